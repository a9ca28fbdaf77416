"""Which source and which contents belong to which cue.

The network points from each word of a content or source to its cue, and from a cue to its source; where it does not (the cue
stands in another window, or the span inside a content, where pointers are not trained) the nearest cue is taken, with a price
for every sentence between.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.reading.attribution.tags import Tagged
from onrecord.reading.encoder import Scores, Seen
from onrecord.reading.sentences import Layout
from onrecord.records import Span

SENTENCE = 60  # a sentence boundary between two spans counts as so many characters
PARAGRAPH = 200
TOUCH = 8  # two pieces of one content on one side of the cue stand at most so far apart
NEIGHBOURS = 3
REACH = 250  # farther apart than this, two spans have nothing to do with each other
LEAST = 0.1  # the probability below which a pointer says nothing


@dataclass(frozen=True, slots=True)
class Triple:
    """Source, cue and content of one attribution, each as spans in order of the text."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]


class Linker:
    """Links the tagged spans of one text. ``seen`` None: by nearness alone."""

    def __init__(self, tagged: Sequence[Tagged], layout: Layout, seen: Seen | None = None) -> None:
        self.layout, self.seen = layout, seen
        self.sources, self.cues, self.contents = ([t for t in tagged if t.role == role] for role in range(3))

    def triples(self) -> list[Triple]:
        """The attributions, in order of the cues.

        Contents of one cue are pieces of one attribution when the cue parts them within a paragraph or they all but touch;
        any other is an attribution of its own with the same cue and source. What finds no partner is left.
        """
        taken: dict[int, list[Span]] = {number: [] for number in range(len(self.cues))}
        for content in self.contents:
            if (number := self._cue_of(content)) is not None:
                taken[number].append(content.span)
        owners = self._sources()
        return [
            Triple(owners.get(number, ()), (cue.span,), tuple(group))
            for number, cue in enumerate(self.cues)
            for group in _pieces(taken[number], cue.span, self.layout)
        ]

    def _cue_of(self, span: Tagged) -> int | None:
        """Number of the cue a content or source belongs to."""
        if self.seen is not None:
            chances = _pointed(span, self.cues, self.seen, self.seen.cue_of)
            if chances:
                best = max(chances, key=lambda n: chances[n])
                if chances[best] >= LEAST:
                    return best
        return _nearest(span.span, [c.span for c in self.cues], self.layout)

    def _sources(self) -> dict[int, tuple[Span, ...]]:
        """The source of each cue that has one: the one it points to, else the one that belongs to it, else its sentence's."""
        owners: dict[int, tuple[Span, ...]] = {}
        spans = [s.span for s in self.sources]
        for number, cue in enumerate(self.cues):
            chances = _pointed(cue, self.sources, self.seen, self.seen.source_of) if self.seen is not None else {}
            best = max(chances, key=lambda n: chances[n], default=None)
            if best is not None and chances[best] >= LEAST:
                owners[number] = (spans[best],)
        for source in self.sources:
            if source.span in {s for owned in owners.values() for s in owned}:
                continue
            owner = self._cue_of(source)
            if owner is not None and owner not in owners:
                owners[owner] = (source.span,)
        for number, cue in enumerate(self.cues):
            if number not in owners and self.seen is None:
                near = _nearest(cue.span, spans, self.layout)
                if near is not None and self.layout.sentence_at(spans[near][0]) == self.layout.sentence_at(cue.span[0]):
                    owners[number] = (spans[near],)
        return owners


def _pointed(span: Tagged, others: Sequence[Tagged], seen: Seen, matrices: Sequence[Scores]) -> dict[int, float]:
    """The mean probability with which the pieces of a span point into each of the others that share its window."""
    chances: dict[int, float] = {}
    for window, matrix in zip(seen.windows, matrices, strict=True):
        rows = matrix[max(0, span.pieces.start - window.start) : max(0, span.pieces.stop - window.start)]
        if not len(rows):
            continue
        mean = rows.mean(0)
        first = bisect_left(others, window.start, key=lambda t: t.pieces.start)
        for number in range(first, bisect_left(others, window.stop, key=lambda t: t.pieces.start)):
            there = others[number].pieces
            chance = float(mean[1 + there.start - window.start : 1 + there.stop - window.start].sum())
            chances[number] = max(chance, chances.get(number, 0.0))
    return chances


def _pieces(contents: list[Span], cue: Span, layout: Layout) -> list[list[Span]]:
    """Parts the contents of one cue into attributions; the nearest content leads the first."""
    groups: list[list[Span]] = []
    for content in sorted(contents, key=lambda c: distance(c, cue, layout)):
        home = next((g for g in groups if _joins(content, g, cue, layout)), None)
        if home is None:
            groups.append([content])
        else:
            home.append(content)
    return [sorted(group) for group in groups]


def _joins(content: Span, group: list[Span], cue: Span, layout: Layout) -> bool:
    if any(distance(content, piece, layout) <= TOUCH for piece in group):
        return True
    parted = all((content < cue) != (piece < cue) for piece in group)
    return parted and len({layout.paragraph_at(span[0]) for span in (content, cue, *group)}) == 1


def _nearest(span: Span, others: Sequence[Span], layout: Layout) -> int | None:
    """Number of the nearest of some spans in order of the text; of those on each side only the first few can be it."""
    at = bisect_left(others, span)
    best: tuple[int, int] | None = None
    for number in range(max(0, at - NEIGHBOURS), min(len(others), at + NEIGHBOURS)):
        far = distance(span, others[number], layout)
        if far <= REACH and (best is None or far < best[0]):
            best = far, number
    return best[1] if best else None


def distance(a: Span, b: Span, layout: Layout) -> int:
    """Characters between two spans, sentence and paragraph boundaries priced in."""
    if a > b:
        a, b = b, a
    gap = max(0, b[0] - a[1])
    sentences = layout.sentence_at(b[0]) - layout.sentence_at(a[1] - 1)
    paragraphs = layout.paragraph_at(b[0]) - layout.paragraph_at(a[1] - 1)
    return gap + SENTENCE * max(0, sentences) + PARAGRAPH * max(0, paragraphs)
