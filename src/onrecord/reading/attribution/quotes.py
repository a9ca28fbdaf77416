"""Quotations: where quote marks open and close, whatever marks a report uses.

A curly mark says which way it faces; a straight one ("…" or ''…'') opens when what stands before it is a space, a
bracket or a dash, else closes. A quotation that is still open where its paragraph ends closes there; when the next
paragraph opens with a mark of its own, it carries on, as newspapers set long quotations. So an odd mark never swallows
more than its paragraph.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from onrecord.reading.sentences import Layout
from onrecord.records import Quote, Span

_MARK = re.compile(r"[“”„«»\"]|''|``|(?<!\w)[‘']|[’'](?!\w)")
_OPENS, _CLOSES = "“„«``", "”»"
_BEFORE_OPENING = re.compile(r"[\s(\[{—–\-/]")


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation with its marks; ``carries_on`` when it is continued by the next paragraph's."""

    span: Span
    carries_on: bool = False


def quotations(layout: Layout) -> list[Quotation]:
    """All double-quoted quotations, and single-quoted ones of three words or more, in order of the text."""
    found: list[Quotation] = []
    for number, (start, end) in enumerate(layout.paragraphs):
        following = layout.paragraphs[number + 1 : number + 2]
        next_opens = bool(following) and layout.text[following[0][0]] in "“\"„«'`"
        found.extend(_in_paragraph(layout.text, start, end, next_opens))
    return found


def _in_paragraph(text: str, start: int, end: int, next_opens: bool) -> list[Quotation]:
    found: list[Quotation] = []
    opened: tuple[int, bool] | None = None  # where, and whether by a single mark
    for match in _MARK.finditer(text, start, end):
        mark, at = match.group(), match.start()
        single = mark in "‘’'"
        if opened is None:
            if mark not in _CLOSES and mark != "’" and (at == start or mark in _OPENS or _BEFORE_OPENING.match(text[at - 1])):
                opened = at, single
        elif single == opened[1] and (mark in _CLOSES or mark == "’" or (mark not in _OPENS and mark != "‘")):
            if not single or text.count(" ", opened[0], at) >= 2:
                found.append(Quotation((opened[0], match.end())))
            opened = None
    if opened is not None and not opened[1] and end - opened[0] > 2:
        found.append(Quotation((opened[0], end), carries_on=next_opens))
    return found


def quote_kind(content: tuple[Span, ...], quoted: list[Quotation]) -> Quote:
    """direct when the content is a quotation, mixed when it holds words outside one too, else indirect."""
    covered = total = 0
    starts = [q.span[0] for q in quoted]
    for start, end in content:
        total += end - start
        for q in quoted[max(0, bisect_left(starts, start) - 1) :]:
            if q.span[0] >= end:
                break
            covered += max(0, min(end, q.span[1]) - max(start, q.span[0]))
    if not covered:
        return "indirect"
    return "direct" if covered >= 0.9 * total else "mixed"


def mended(span: Span, quoted: list[Quotation]) -> Span:
    """A content that stops within four characters of a quotation's edge, made to stop at it (marks, full stops)."""
    start, end = span
    for q in quoted:
        if abs(q.span[0] - start) <= 4 and start < q.span[1]:
            start = min(start, q.span[0])
        if abs(q.span[1] - end) <= 4 and end > q.span[0]:
            end = max(end, q.span[1])
    return start, end
