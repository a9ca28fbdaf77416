"""Quotations that no cue of their own introduces: they go on with the speaker who was last quoted.

Two paragraphs of one quotation ("… in the dark." / "And nobody came.") are one content in several pieces. A quotation
that stands alone as a sentence or a paragraph after its speaker was quoted is an attribution with an empty cue, whose
actor is that speaker.
"""

from __future__ import annotations

from onrecord.reading.attribution.linking import Triple
from onrecord.reading.attribution.quotes import Quotation
from onrecord.reading.sentences import Layout
from onrecord.records import Span

LEAST_WORDS = 5


def carried_on(triples: list[Triple], quoted: list[Quotation]) -> list[Triple]:
    """Adds to each content the paragraphs that carry its quotation on."""
    following = {a.span: b.span for a, b in zip(quoted, quoted[1:], strict=False) if a.carries_on}
    covered = [span for t in triples for span in t.content]
    out: list[Triple] = []
    for triple in triples:
        content = list(triple.content)
        last = next((q.span for q in quoted if q.span[0] < content[-1][1] <= q.span[1]), None)
        while last is not None and (last := following.get(last)) is not None:
            if any(s < last[1] and last[0] < e for s, e in covered):
                break
            content.append(last)
        out.append(Triple(triple.source, triple.cue, tuple(content)))
    return out


def uncued(triples: list[Triple], quoted: list[Quotation], layout: Layout) -> list[tuple[Span, Triple]]:
    """Quotations that stand alone and outside every content, each with the attribution whose speaker goes on."""
    found: list[tuple[Span, Triple]] = []
    spoken = [t for t in triples if t.source and any(q.span[0] <= s < q.span[1] for q in quoted for s, _ in t.content)]
    for q in quoted:
        start, end = q.span
        if layout.text.count(" ", start, end) < LEAST_WORDS - 1 or not _stands_alone(q.span, layout):
            continue
        if any(s < end and start < e for t in triples for role in (t.source, t.cue, t.content) for s, e in role):
            continue
        before = [t for t in spoken if t.content[-1][0] < start]
        if before and layout.paragraph_at(start) - layout.paragraph_at(before[-1].content[-1][0]) <= 1:
            found.append((q.span, before[-1]))
    return found


def _stands_alone(span: Span, layout: Layout) -> bool:
    start, end = span
    first, last = layout.sentences[layout.sentence_at(start)], layout.sentences[layout.sentence_at(end - 1)]
    return start - first[0] <= 1 and last[1] - end <= 1
