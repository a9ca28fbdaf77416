"""Numbers as intervals: can two figures be so of one thing, and do they count the same thing?"""

from __future__ import annotations

import math
from collections.abc import Sequence

from onrecord.reading.descriptions import heads_of
from onrecord.records import Quantity
from onrecord.story.words import telling_words

_PEOPLE = frozenset(
    """dead death victim casualty injured wounded missing troop soldier men women child body coffin name soul life adviser""".split()
)


def figures_part(a: Sequence[Quantity], b: Sequence[Quantity]) -> bool:
    """Have both mentions figures, of which none of the one meets any of the other?"""
    return bool(a) and bool(b) and not any(intervals_meet(x, y) for x in a for y in b)


def intervals_meet(a: Quantity, b: Quantity) -> bool:
    """Can both figures be so of one thing? Different units never compare, so they do not meet."""
    if (a.unit or None) != (b.unit or None):
        return False
    return a.low <= (b.high if b.high is not None else math.inf) and b.low <= (a.high if a.high is not None else math.inf)


def same_thing(a: Quantity, b: Quantity) -> bool:
    """Can two figures count the same: one unit, a shared word, or two words for people?"""
    if a.unit:
        return a.unit == b.unit
    wa, wb = set(telling_words(a.of_text or "")), set(telling_words(b.of_text or ""))
    return bool(wa & wb) or (_counts_people(a) and _counts_people(b)) or not (wa and wb)


def _counts_people(quantity: Quantity) -> bool:
    return bool(heads_of(quantity.of_text or "") or set(telling_words(quantity.of_text or "")) & _PEOPLE)
