"""Who says what, over many reports at once: tag, link, mend by the quote marks, read each content a second time."""

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


def attribute(texts: list[str], encoder: Encoder) -> list[tuple[Layout, list[Quotation], list[Found]]]:
    """For each text its layout, its quotations and its attributions, outer before inner, else in order of the text."""
    layouts = [lay_out(text) for text in texts]
    quoted = [quotations(layout) for layout in layouts]
    tagged = spans_of(encoder.tag(texts))
    found = [_first_reading(*each) for each in zip(tagged, layouts, quoted, strict=True)]
    fresh = [
        (report, number)
        for report, items in enumerate(found)
        for number, item in enumerate(items)
        if quote_kind(item.triple.content, quoted[report]) != "direct"
    ]
    for _ in range(DEPTH):
        fresh = _second_reading(fresh, found, layouts, encoder)
        if not fresh:
            break
    return list(zip(layouts, quoted, found, strict=True))


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


def _second_reading(
    fresh: list[tuple[int, int]], found: list[list[Found]], layouts: list[Layout], encoder: Encoder
) -> list[tuple[int, int]]:
    """Reads the contents of the ``fresh`` attributions (report, number) again; returns those found inside them."""
    jobs: list[tuple[int, int, Span]] = []
    for report, number in fresh:
        jobs.extend(
            (report, number, span) for span in found[report][number].triple.content if may_attribute(layouts[report].text[slice(*span)])
        )
    inner = spans_of(encoder.tag([layouts[report].text[slice(*span)] for report, _, span in jobs], INSIDE_CONTENT)) if jobs else []
    added: list[tuple[int, int]] = []
    for (report, number, (start, _)), tagged in zip(jobs, inner, strict=True):
        moved = [replace(t, span=(t.span[0] + start, t.span[1] + start)) for t in tagged]
        sure = {t.span: t.confidence for t in moved}
        for triple in _linked(moved, layouts[report]):
            confidence = _confidence(triple, sure)
            if confidence >= LEAST_INSIDE and _is_chain(triple, layouts[report].text):
                found[report].append(Found(triple, confidence, parent=number))
                added.append((report, len(found[report]) - 1))
    return added


def _is_chain(triple: Triple, text: str) -> bool:
    """Somebody else speaks within the content: "the Post reported that an official had confirmed", not "he says he thinks"."""
    if not triple.source or text[slice(*triple.source[0])].lower() in _OWN:
        return False
    return reports_speech(" ".join(text[start:end] for start, end in triple.cue))


def may_attribute(content: str) -> bool:
    """Is there a word in it that can be a cue of speech, beside others? Spares most contents the second reading."""
    words = _WORD.findall(content.lower())
    return len(words) > 3 and any(map(_can_be_cue, words))


@cache
def _can_be_cue(word: str) -> bool:
    return word in ("according", "per") or reports_speech(word)
