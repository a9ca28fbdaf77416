"""Which claims cannot both be so, and which are denied; and whether time has settled it.

A denial is one claim with mentions on both sides. A quantity disagreement is two claims that would be one but for their
figures, whose intervals do not meet: an update when the later figure comes on a later day, a correction when a report
withdraws the earlier one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from onrecord.reading.descriptions import heads_of
from onrecord.records import Quantity, Reading, Resolved
from onrecord.story.claims import Grouped
from onrecord.story.matching import FEATURES, intervals_meet, probabilities, telling_words
from onrecord.story.mentions import Draft

LIKE = 0.6  # the probability of two mentions to be one claim, were it not for their figures
_WITHDRAWN = re.compile(
    r"\b(?:correct(?:ion|ed|s)|retract\w*|withdr[ae]w\w*|took back|takes back|misstated|erroneous\w*|in error|wrongly|revised|mistaken\w*|"
    r"apologi[sz]\w*|had been wrong|was wrong|did not tell the truth|clarification)\b",
    re.I,
)
_PEOPLE = frozenset(
    """dead death victim casualty injured wounded missing troop soldier men women child body coffin name soul life adviser""".split()
)
_AFFIRMS = frozenset(["asserts", "confirms", "promises", "threatens", "speculates", "demands"])


@dataclass(frozen=True, slots=True)
class Found:
    """A disagreement between groups of mentions, by their numbers."""

    kind: str
    groups: tuple[int, ...]
    resolved: Resolved
    explanation: str


def find_disagreements(grouped: Grouped, stances: Sequence[str], readings: Sequence[Reading]) -> list[Found]:
    """All disagreements, denials first, in order of the groups."""
    texts = {r.report.id: r.report.text for r in readings}
    return [*_denials(grouped, stances, texts), *_quantities(grouped, stances, texts)]


def _denials(grouped: Grouped, stances: Sequence[str], texts: dict[str, str]) -> Iterator[Found]:
    for number, group in enumerate(grouped.groups):
        denies = [m for m in group if stances[m] == "denies"]
        affirms = [m for m in group if stances[m] in _AFFIRMS]
        if not denies or not affirms:
            continue
        both = {grouped.drafts[m].source for m in denies} & {grouped.drafts[m].source for m in affirms} - {None}
        withdrawn = bool(both) or any(_withdrawn(grouped.drafts[m], texts) for m in denies)
        who = "one and the same source has done both" if both else f"affirmed by {len(affirms)}, denied by {len(denies)} of its mentions"
        yield Found("denial", (number,), "correction" if withdrawn else "none", who)


def _quantities(grouped: Grouped, stances: Sequence[str], texts: dict[str, str]) -> Iterator[Found]:
    neutral = _without_numbers(grouped)
    for one, group in enumerate(grouped.groups):
        for two in range(one + 1, len(grouped.groups)):
            pair = _figures(grouped, group, grouped.groups[two], neutral)
            if pair is not None:
                yield _quantity(grouped, (one, two), pair, texts)


def _without_numbers(grouped: Grouped) -> np.ndarray:
    """The pair probabilities, were there no numbers to part them."""
    if not len(grouped.table):
        return grouped.probability
    table = grouped.table.copy()
    table[..., FEATURES.index("numbers_meet")] = np.maximum(
        table[..., FEATURES.index("numbers_meet")], table[..., FEATURES.index("numbers_part")]
    )
    table[..., FEATURES.index("numbers_part")] = 0
    return probabilities(table)


def _figures(grouped: Grouped, a: list[int], b: list[int], neutral: np.ndarray) -> tuple[int, int, Quantity, Quantity] | None:
    """The most alike mentions of two groups that count the same thing and whose figures do not meet."""
    best: tuple[float, int, int, Quantity, Quantity] | None = None
    for i in a:
        for j in b:
            if neutral[i, j] < LIKE or (best and neutral[i, j] <= best[0]):
                continue
            for x in grouped.drafts[i].quantities:
                for y in grouped.drafts[j].quantities:
                    if x.unit == y.unit and not intervals_meet(x, y) and same_thing(x, y):
                        best = float(neutral[i, j]), i, j, x, y
    return best[1:] if best else None


def same_thing(a: Quantity, b: Quantity) -> bool:
    """Can two figures count the same: one unit, a shared word, or two words for people?"""
    if a.unit:
        return a.unit == b.unit
    wa, wb = set(telling_words(a.of_text or "")), set(telling_words(b.of_text or ""))
    return bool(wa & wb) or (_counts_people(a) and _counts_people(b)) or not (wa and wb)


def _counts_people(quantity: Quantity) -> bool:
    return bool(heads_of(quantity.of_text or "") or set(telling_words(quantity.of_text or "")) & _PEOPLE)


def _quantity(grouped: Grouped, groups: tuple[int, int], pair: tuple[int, int, Quantity, Quantity], texts: dict[str, str]) -> Found:
    i, j, x, y = pair
    a, b = grouped.drafts[i], grouped.drafts[j]
    first, last = (first_day(grouped, g) for g in groups)
    resolved: Resolved = "none"
    if any(_withdrawn(grouped.drafts[m], texts) for g in groups for m in grouped.groups[g]):
        resolved = "correction"
    elif first and last and first != last and not _repeated(grouped, groups):
        resolved = "update"
    words = f"{_figure(x, texts[a.report])} ({a.report}) against {_figure(y, texts[b.report])} ({b.report})"
    return Found("quantity", groups, resolved, words)


def _repeated(grouped: Grouped, groups: tuple[int, int]) -> bool:
    """Is the earlier figure still asserted after the later one came up? Then nothing was updated."""
    early, late = sorted(groups, key=lambda g: first_day(grouped, g) or "")
    start = first_day(grouped, late) or ""
    return any((grouped.drafts[m].date or "")[:10] > start for m in grouped.groups[early])


def first_day(grouped: Grouped, group: int) -> str | None:
    """The day a group's first dated mention was published."""
    return min((d[:10] for m in grouped.groups[group] if (d := grouped.drafts[m].date)), default=None)


def _figure(quantity: Quantity, text: str) -> str:
    words = text[slice(*quantity.span)]
    return f"{words} {quantity.of_text}" if quantity.of_text else words


def _withdrawn(draft: Draft, texts: dict[str, str]) -> bool:
    """Does the paragraph around a mention say that something was corrected or taken back?"""
    text = texts[draft.report]
    start = text.rfind("\n", 0, draft.span[0]) + 1
    end = text.find("\n", draft.span[1])
    return _WITHDRAWN.search(text, start, end if end >= 0 else len(text)) is not None
