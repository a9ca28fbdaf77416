"""Who says what in one report: tag, link, mend by the quote marks, read each content a second time."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from onrecord.reading.attribution.linking import Triple, link
from onrecord.reading.attribution.quotes import Quotation, mended, quotations, quote_kind
from onrecord.reading.attribution.speakers import carried_on, uncued
from onrecord.reading.attribution.stance import reports_speech
from onrecord.reading.attribution.tags import Tagged, spans_of
from onrecord.reading.encoder import Encoder
from onrecord.reading.sentences import Layout, lay_out
from onrecord.reading.windows import INSIDE_CONTENT
from onrecord.records import Span

LEAST = 0.6  # the mean probability of an attribution's words below which it is left out
LEAST_INSIDE = 0.9  # the same, inside a content, where there is less text to go by
_OWN = frozenset("i we you us me they it this that which who whom one".split())
DEPTH = 3  # how deep a chain of "X says that Y says" is followed
_WORD = re.compile(r"[a-z]{2,}")
CUE = 1  # a cue may be a colon; a source or content has a letter
_LETTER = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Found:
    """An attribution before its actor and stance are known. ``parent``, ``speaker``: numbers in the report's list."""

    triple: Triple
    confidence: float
    parent: int | None = None
    speaker: int | None = None


def attribute(text: str, encoder: Encoder) -> tuple[Layout, list[Quotation], list[Found]]:
    """A text's layout, its quotations and its attributions, outer before inner, else in order of the text."""
    layout = lay_out(text)
    quoted = quotations(layout)
    (tagged,) = spans_of(encoder.tag([text]))
    found = _first_reading(tagged, layout, quoted)
    fresh = [number for number, item in enumerate(found) if quote_kind(item.triple.content, quoted) != "direct"]
    for _ in range(DEPTH):
        inner = _second_reading(fresh, found, layout, encoder)
        fresh = list(range(len(found), len(found) + len(inner)))
        found += inner
    return layout, quoted, found


def _first_reading(tagged: list[Tagged], layout: Layout, quoted: list[Quotation]) -> list[Found]:
    sure = {t.span: t.confidence for t in tagged}
    sured = [(t, confidence) for t in _linked(tagged, layout) if (confidence := _confidence(t, sure)) >= LEAST]
    triples = carried_on([replace(t, content=tuple(mended(span, quoted) for span in t.content)) for t, _ in sured], quoted)
    found = [Found(t, confidence) for t, (_, confidence) in zip(triples, sured, strict=True)]
    for span, speaker in uncued(triples, quoted, layout):
        found.append(Found(Triple((), (), (span,)), 0.5, speaker=triples.index(speaker)))
    return found


def _linked(tagged: list[Tagged], layout: Layout) -> list[Triple]:
    sources, cues, contents = (
        [t.span for t in tagged if t.role == role and (role == CUE or _LETTER.search(layout.text, *t.span))] for role in range(3)
    )
    return link(sources, cues, contents, layout)


def _confidence(triple: Triple, sure: dict[Span, float]) -> float:
    spans = [*triple.source, *triple.cue, *triple.content]
    return sum(sure.get(span, 0.5) for span in spans) / len(spans)


def _second_reading(fresh: list[int], found: list[Found], layout: Layout, encoder: Encoder) -> list[Found]:
    """Reads the contents of the attributions numbered ``fresh`` again; the attributions found inside them."""
    contents = [(number, span) for number in fresh for span in found[number].triple.content]
    contents = [(number, span) for number, span in contents if may_attribute(layout.text[slice(*span)])]
    inner: list[Found] = []
    read = encoder.tag([layout.text[slice(*span)] for _, span in contents], INSIDE_CONTENT)
    for (number, (start, _)), tagged in zip(contents, spans_of(read), strict=True):
        moved = [replace(t, span=(t.span[0] + start, t.span[1] + start)) for t in tagged]
        sure = {t.span: t.confidence for t in moved}
        for triple in _linked(moved, layout):
            confidence = _confidence(triple, sure)
            if confidence >= LEAST_INSIDE and _is_chain(triple, layout.text):
                inner.append(Found(triple, confidence, parent=number))
    return inner


def _is_chain(triple: Triple, text: str) -> bool:
    """Somebody else speaks within the content: "the Post reported that an official had confirmed", not "he says he thinks"."""
    if not triple.source or text[slice(*triple.source[0])].lower() in _OWN:
        return False
    return reports_speech(" ".join(text[start:end] for start, end in triple.cue))


def may_attribute(content: str) -> bool:
    """Is there a word in it that can be a cue of speech, beside others? Spares most contents the second reading."""
    words = _WORD.findall(content.lower())
    return len(words) > 5 and any(map(_can_be_cue, words))


@cache
def _can_be_cue(word: str) -> bool:
    return word in ("according", "per") or reports_speech(word)
