"""Numbers as intervals: can two figures be so of one thing, and do they count the same thing?"""

from __future__ import annotations

import math
from collections.abc import Sequence

from onrecord.reading.descriptions import heads_of
from onrecord.records import Quantity
from onrecord.story.words import telling_words

_REACH = {"about": (0.95, 1.05), "at_least": (1.0, 1.3), "at_most": (0.95, 1.0), "vague": (1.0, 2.0)}
_PEOPLE = frozenset(
    """dead death victim casualty injured wounded missing troop soldier men women child body coffin name soul life adviser""".split()
)


def figures_part(a: Sequence[Quantity], b: Sequence[Quantity]) -> bool:
    """Have both mentions figures, of which none of the one meets any of the other?"""
    return bool(a) and bool(b) and not any(figures_meet(x, y) for x in a for y in b)


def figures_meet(a: Quantity, b: Quantity) -> bool:
    """Can both figures be the same claim about one thing? Different units never compare, so they do not meet.

    A bound is taken for a figure near it: "more than 200" may be 212, but "at least four" is not nine, nor "up to 12,000" 11,000; and
    what is vague reaches further than its name: 11,000 are thousands.
    """
    if (a.unit or None) != (b.unit or None):
        return False
    (low, high), (other_low, other_high) = _near(a), _near(b)
    return low <= other_high and other_low <= high


def _near(figure: Quantity) -> tuple[float, float]:
    high = figure.high if figure.high is not None else math.inf
    below, above = _REACH.get(figure.modifier, (1.0, 1.0))
    if figure.modifier == "at_least":
        return figure.low, above * figure.low
    if figure.modifier == "at_most":
        return below * high, high
    return below * figure.low, above * high


def same_thing(a: Quantity, b: Quantity) -> bool:
    """Can two figures count the same: one unit, a shared word, or two words for people?"""
    if a.unit:
        return a.unit == b.unit
    wa, wb = set(telling_words(a.of_text or "")), set(telling_words(b.of_text or ""))
    return bool(wa & wb) or (_counts_people(a) and _counts_people(b)) or not (wa and wb)


def _counts_people(quantity: Quantity) -> bool:
    return bool(heads_of(quantity.of_text or "") or set(telling_words(quantity.of_text or "")) & _PEOPLE)
