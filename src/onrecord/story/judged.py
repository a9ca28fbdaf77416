"""The machine's groups of mentions, corrected by what people judged. Pure: the same groups and judgements give the same claims.

The machine proposes, a person signs: judgements are applied one after the other, a later one over an earlier one. A claim is found again
by where its mentions stand, and is the one that holds most of them; a place, exactly or by the mention that covers it best.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from onrecord.records import Judgement, Span, Whereabouts

COVERED = 0.5  # of the shorter of two spans, for a mention to be the one that was meant

Item = TypeVar("Item", bound=Hashable)


@dataclass
class Judged(Generic[Item]):
    """Claims (id → the items of their mentions) after the judgements, and what was said of them.

    rejected, signed: claims that are none, claims with a credibility by a person. sources, spans: of items. merged: the id of a claim that
    is now part of another → that one. applied, unplaced: judgements that stand, and those whose places no report has any more. touched:
    of each judgement, by id, the claims of the machine that it concerns.
    """

    claims: dict[str, list[Item]]
    rejected: dict[str, Judgement] = field(default_factory=dict)
    signed: dict[str, Judgement] = field(default_factory=dict)
    sources: dict[Item, Judgement] = field(default_factory=dict)
    spans: dict[Item, Judgement] = field(default_factory=dict)
    merged: dict[str, str] = field(default_factory=dict)
    applied: list[Judgement] = field(default_factory=list)
    unplaced: list[Judgement] = field(default_factory=list)
    touched: dict[int, set[str]] = field(default_factory=dict)


def judge_all(claims: Mapping[str, Sequence[Item]], places: Mapping[Item, Whereabouts], judgements: Sequence[Judgement]) -> Judged[Item]:
    """Applies the judgements that still stand, in order. ``claims``: the machine's; ``places``: where each item's mention stands."""
    state = _State(claims, places)
    for judgement in standing(judgements):
        state.apply(judgement)
    return state.judged


def standing(judgements: Sequence[Judgement]) -> list[Judgement]:
    """The judgements that are not taken back, without those that take back. An undo may be undone."""
    undone: set[int] = set()
    for judgement in reversed(judgements):
        if judgement.undoes is not None and judgement.id not in undone:
            undone.add(judgement.undoes)
    return [j for j in judgements if j.id not in undone and j.kind != "undo"]


class _State(Generic[Item]):
    def __init__(self, claims: Mapping[str, Sequence[Item]], places: Mapping[Item, Whereabouts]) -> None:
        self.judged: Judged[Item] = Judged({id: list(items) for id, items in claims.items()})
        self._of = {item: id for id, items in claims.items() for item in items}
        self._machine = dict(self._of)
        self._at: dict[str, list[tuple[Span, Item]]] = {}
        for item, place in places.items():
            self._at.setdefault(place.report, []).append((place.span, item))

    def apply(self, judgement: Judgement) -> None:
        first, second = self._found(judgement.places), self._found(judgement.others)
        self.judged.touched[judgement.id] = {self._machine[item] for item in (*first, *second)}
        if not first or (judgement.others and not second):
            self.judged.unplaced.append(judgement)
        else:
            self.judged.applied.append(judgement)
            getattr(self, f"_{judgement.kind}")(judgement, first, second)

    def _same(self, judgement: Judgement, first: list[Item], second: list[Item]) -> None:
        one, into = self._holder(first), self._holder(second)
        if one != into:
            self._into(one, into, self.judged.claims[one])
            self.judged.merged[one] = into

    def _different(self, judgement: Judgement, first: list[Item], second: list[Item]) -> None:
        whole = self._holder(second)
        parted = [item for item in first if self._of[item] == whole]
        if judgement.made and 0 < len(parted) < len(self.judged.claims[whole]):
            self._into(whole, judgement.made, parted)

    def _not_a_claim(self, judgement: Judgement, first: list[Item], second: list[Item]) -> None:
        self.judged.rejected[self._holder(first)] = judgement

    def _credibility(self, judgement: Judgement, first: list[Item], second: list[Item]) -> None:
        self.judged.signed[self._holder(first)] = judgement

    def _source(self, judgement: Judgement, first: list[Item], second: list[Item]) -> None:
        self.judged.sources.update((item, judgement) for item in first)

    def _span(self, judgement: Judgement, first: list[Item], second: list[Item]) -> None:
        self.judged.spans.update((item, judgement) for item in first)

    def _into(self, whole: str, to: str, items: Iterable[Item]) -> None:
        claims = self.judged.claims
        moved = dict.fromkeys(items)
        claims.setdefault(to, []).extend(moved)
        claims[whole] = [item for item in claims[whole] if item not in moved]
        self._of.update(dict.fromkeys(moved, to))
        if not claims[whole]:
            del claims[whole]
            self.judged.rejected.pop(whole, None)
            self.judged.signed.pop(whole, None)

    def _holder(self, items: Sequence[Item]) -> str:
        counts = Counter(self._of[item] for item in items)
        return max(counts, key=lambda claim: counts[claim])  # of equals the first named

    def _found(self, places: Sequence[Whereabouts]) -> list[Item]:
        found = (item for place in places for item in self._items(place))
        return list(dict.fromkeys(found))

    def _items(self, place: Whereabouts) -> list[Item]:
        """The items at a place; where none stands exactly there, the one that covers it best."""
        near = self._at.get(place.report, [])
        exact = [item for span, item in near if span == place.span]
        if exact:
            return exact
        covers = [(_shared(span, place.span), item) for span, item in near]
        best = max(covers, key=lambda each: each[0], default=None)
        return [best[1]] if best is not None and best[0] >= COVERED else []


def _shared(a: Span, b: Span) -> float:
    """The share of the shorter of two spans that lies in the other."""
    return max(0, min(a[1], b[1]) - max(a[0], b[0])) / max(1, min(a[1] - a[0], b[1] - b[0]))
