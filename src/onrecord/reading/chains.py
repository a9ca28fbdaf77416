"""Whom a mention means by the chain it stands in: the way back from antecedent to antecedent, and what is known of those on it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence

from onrecord.reading.coreference import Reference
from onrecord.reading.known import Known


class Chains:
    """The mentions of a report, and which actors they turned out to mean."""

    def __init__(self, references: Sequence[Reference]) -> None:
        self._references = references  # in order of their head words, which is how ``antecedent`` counts
        self._heads = [r.head[0] for r in references]
        self._named: dict[int, Known] = {}  # chain → the first actor known of it
        self._holders: dict[int, Known] = {}  # number of a mention → whom it means

    def _number_in(self, start: int, end: int) -> int | None:
        """The number of the mention whose head word stands in a span; of several, of the one with the most words."""
        within = range(bisect_left(self._heads, start), bisect_left(self._heads, end))
        return max(within, key=lambda n: self._references[n].span[1] - self._references[n].span[0], default=None)

    def reference_in(self, start: int, end: int) -> Reference | None:
        """The mention whose head word stands in a span."""
        number = self._number_in(start, end)
        return None if number is None else self._references[number]

    def hold(self, start: int, end: int, known: Known) -> None:
        """Notes whom the mention in a span means."""
        if (number := self._number_in(start, end)) is not None:
            self._holders.setdefault(number, known)
            self._named.setdefault(self._references[number].chain, known)

    def meant(self, start: int, end: int, fits: Callable[[Known], bool] = lambda known: True) -> Known | None:
        """Whom the head word in a span means: the nearest on the way from antecedent to antecedent who fits, else whom its chain names.

        One wrong link makes two chains one, but leaves the way back from either side as it was.
        """
        number = self._number_in(start, end)
        if number is None:
            return None
        at = number
        while at >= 0:
            known = self._holders.get(at)
            if known is not None and fits(known):
                return known
            at = self._references[at].antecedent
        known = self._named.get(self._references[number].chain)
        return known if known is not None and fits(known) else None
