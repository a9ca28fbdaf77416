"""Knowing claims and actors again after a rebuild, so that what people linked to and judged stays where it was.

A claim keeps its number when its mentions mostly stay: of all pairs of an old and a new one that share places, those that share most come
first, and each is taken once. The rest are new, or gone: into the claim that now holds most of their places, or for good.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field


@dataclass
class Numbered:
    """number: of each new one, by its id. split: new number → the old one that most of its places were in, and that lives on.
    gone: old number → the one that holds most of its places now; None when none does."""

    number: dict[str, int]
    split: dict[int, int] = field(default_factory=dict)
    gone: dict[int, int | None] = field(default_factory=dict)


def known_again(
    old: Mapping[int, Iterable[Hashable]], new: Mapping[str, Iterable[Hashable]], next_number: int, names: Mapping[str, int] | None = None
) -> Numbered:
    """Numbers for the new ones. ``names``: new ids that are known by name when no place tells, → old numbers."""
    of_place: dict[Hashable, int] = {place: number for number, places in old.items() for place in places}
    shared: dict[str, Counter[int]] = {id: Counter(of_place[place] for place in places if place in of_place) for id, places in new.items()}
    taken: dict[int, str] = {}
    found = Numbered({})
    ranked = sorted((-n, number, order, id) for order, id in enumerate(new) for number, n in shared[id].items())
    named = [(0, names[id], order, id) for order, id in enumerate(new) if names and id in names]
    for _, number, _, id in (*ranked, *named):
        if id not in found.number and number not in taken:
            found.number[id], taken[number] = number, id
    for id in new:
        if id not in found.number:
            found.number[id] = next_number
            if shared[id]:
                found.split[next_number] = shared[id].most_common(1)[0][0]
            next_number += 1
    holders: dict[int, Counter[int]] = defaultdict(Counter)
    for id, counts in shared.items():
        for number, n in counts.items():
            holders[number][found.number[id]] += n
    found.gone = {number: (holders[number].most_common(1)[0][0] if holders[number] else None) for number in old if number not in taken}
    return found
