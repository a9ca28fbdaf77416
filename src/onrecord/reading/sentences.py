"""Sentences and paragraphs as spans.

Sentence ends come from nupunkt's Punkt (Kiss & Strunk 2006), with the abbreviations of news text: the model it ships was
trained on law and takes "week." and "so." for abbreviations.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from onrecord.records import Span

_ABBREVIATIONS = """adm amb atty ave blvd brig capt cmdr col cpl dep dr esq fr gen gov hon insp lt maj messrs mr mrs ms mt mx pfc ph.d pres
    prof pvt rep reps rev sec sen sens sgt spc sr st supt jr jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu
    thurs fri inc corp co ltd llc bros vs nos a.m p.m u.s u.k u.n e.u u.a.e d.c n.y l.a i.e e.g etc ft approx dept est ala ariz
    ark calif colo conn del fla ga ind kan ky la md mich minn mo mont neb nev okla pa tenn tex va vt wis wyo""".split()
LONGEST = 1000  # code points; what is longer is cut at a space
_LINE = re.compile(r"[^\n\r\u2028\u2029]+")
_SPLIT_AFTER_QUOTE = re.compile(r"[.!?][\"”’']+\s+(?=[\"“‘]?[A-Z])")


@cache
def _splitter() -> Any:
    from nupunkt import PunktParameters, PunktSentenceTokenizer

    parameters = PunktParameters()
    parameters.update_abbrev_types(set(_ABBREVIATIONS))
    return PunktSentenceTokenizer(parameters)


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the sentences and paragraphs of a text lie; both in order, without white space around them."""

    text: str
    sentences: list[Span]
    paragraphs: list[Span]
    _starts: list[int]
    _paragraph_starts: list[int]

    def sentence_at(self, position: int) -> int:
        """Number of the sentence that holds the position (or the one before it)."""
        return max(0, bisect_right(self._starts, position) - 1)

    def paragraph_at(self, position: int) -> int:
        """Number of the paragraph that holds the position (or the one before it)."""
        return max(0, bisect_right(self._paragraph_starts, position) - 1)


def lay_out(text: str) -> Layout:
    """Finds the paragraphs (lines) of a text and the sentences of each."""
    paragraphs = [span for line in _LINE.finditer(text) if (span := trimmed(text, line.start(), line.end()))]
    sentences: list[Span] = []
    splitter = _splitter()
    for start, end in paragraphs:
        for s, e in splitter.span_tokenize(text[start:end]):
            sentences.extend(part for span in _split_quotes(text, start + s, start + e) for part in _cut(text, *span))
    return Layout(text, sentences, paragraphs, [s for s, _ in sentences], [s for s, _ in paragraphs])


def _split_quotes(text: str, start: int, end: int) -> list[Span]:
    """nupunkt keeps '… lost.” The minister …' together; a closed quote before a capital ends a sentence."""
    found: list[Span] = []
    for match in _SPLIT_AFTER_QUOTE.finditer(text, start, end):
        if span := trimmed(text, start, match.end()):
            found.append(span)
        start = match.end()
    if span := trimmed(text, start, end):
        found.append(span)
    return found


def _cut(text: str, start: int, end: int) -> Iterator[Span]:
    """A sentence no longer than ``LONGEST``: what looks for patterns in one never meets a whole book without a full stop."""
    while end - start > LONGEST:
        space = text.rfind(" ", start + 1, start + LONGEST)
        stop = space if space > start else start + LONGEST
        if span := trimmed(text, start, stop):
            yield span
        start = stop
    if span := trimmed(text, start, end):
        yield span


def trimmed(text: str, start: int, end: int) -> Span | None:
    """The span without white space at its ends; None when nothing is left."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None
