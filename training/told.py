"""Annotated stories as windows for the reader, as far as they tell: the source, cue and content of each mention, and who is meant.

A story marks the mentions of its claims and no other attribution, so what it does not mark costs nothing: tags around a mention may be
any, and so may the first word of a content, which a longer one may hold. What is in an outlet's own voice has no tag. For coreference a
story knows an actor's names and the wordings of its sources; other names are somebody else, other words may be anybody (-1).
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from onrecord.reading.coreference import Heads, Reference, heads_of_mentions, references
from onrecord.reading.encoder import Encoder
from onrecord.reading.grammar import Grammar
from onrecord.reading.known import PRONOUNS
from onrecord.reading.schemes import ENTITIES, SOURCE_TYPES
from onrecord.reading.sentences import Layout, lay_out
from onrecord.reading.windows import LIMIT, pieces_of
from onrecord.records import Span
from training.blocks import place_of
from training.data import IGNORED, Marked, Row, Window, windows_of

ROLE_TAG = {"source": 1, "cue": 3, "content": 5}  # B of each role; I is the next
ENTITY = {"person": "person", "unnamed": "person", "organization": "organization", "armed_force": "organization", "population": "person"}
SOURCE = {
    "person": "named_person", "organization": "named_organization", "government": "government", "armed_force": "named_organization",
    "unnamed": "unnamed", "document": "document", "population": "group",
}  # fmt: skip
NEAR = 300  # code points between a quote and its source or cue
_SMALL = re.compile(r"^(?:the|a|an)\s+|[’']s?$", re.I)


@dataclass(frozen=True)
class Told:
    """One report of a story: its text, what is marked in it, and the mentions a reader finds in it, each with its actor's number (-1: not
    known) and entity type ("" likewise)."""

    text: str
    marks: list[tuple[str, Span, Span | None, Span | None, str]]  # kind (own, said), quote, source, cue, source type
    found: list[tuple[Reference, list[str], bool]]
    actors: list[tuple[int, str]]


def told(stories: Sequence[Row], encoder: Encoder) -> list[Told]:
    """The reports of all stories."""
    return [_report(story, report, encoder) for story in stories for report in story["reports"]]


def _report(story: Row, report: Row, encoder: Encoder) -> Told:
    layout = lay_out(report["text"])
    actors = {a["id"]: a for a in story["actors"]}
    marks, sources = [], dict[Span, str]()
    for m in (m for claim in story["claims"] for m in claim["mentions"] if m["report"] == report["id"]):
        quote = place_of(report["text"], m)
        source, cue = (_nearest(report["text"], m[part], quote) for part in ("source_text", "cue"))
        if source and m["source"]:
            sources[source] = m["source"]
        if m["via"]:
            continue
        if m["source"] is None and m["cue"] is None:
            marks.append(("own", quote, None, None, "none"))
        elif m["source"] and cue and source and layout.sentence_at(cue[0]) == layout.sentence_at(source[0]) and not _meet(quote, cue):
            marks.append(("said", quote, source, cue, SOURCE[actors[m["source"]]["type"]]))
    seen = encoder.see(layout.text, layout.sentences)
    grammar = Grammar(layout.text, seen)
    found = [(r, *_words(r, grammar)) for r in references(seen, grammar)]
    return Told(layout.text, marks, found, list(_meant(story, layout, found, sources)))


def _nearest(text: str, words: str | None, quote: Span) -> Span | None:
    """Where a source or cue stands, nearest to its quote, as a whole word and outside it."""
    if not words:
        return None
    spans = [m.span() for m in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text)]
    return min((s for s in spans if _far(s, quote) <= NEAR and not _meet(s, quote)), key=lambda s: _far(s, quote), default=None)


def _far(a: Span, b: Span) -> int:
    return max(a[0] - b[1], b[0] - a[1], 0)


def _meet(a: Span, b: Span) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def _words(reference: Reference, grammar: Grammar) -> tuple[list[str], bool]:
    tokens = grammar.tokens_in(reference.span)
    head = grammar.tokens_in(reference.head)
    return [grammar.word(t) for t in tokens], bool(head) and grammar.upos(head[0]) == "PROPN"


def _meant(
    story: Row, layout: Layout, found: Sequence[tuple[Reference, list[str], bool]], sources: dict[Span, str]
) -> Iterator[tuple[int, str]]:
    """Of each mention the number of whom it means (-1: not known) and its entity type ("": not known)."""
    numbers: dict[str, int] = {}
    wordings: dict[str, set[str]] = {}
    for actor in story["actors"]:
        for name in (actor["name"], *actor["aliases"]):
            wordings.setdefault(_SMALL.sub("", name.lower()), set()).add(actor["id"])
    kinds = {a["id"]: a["type"] for a in story["actors"]}
    countries = {a["affiliation"] for a in story["actors"] if a["affiliation"] and a["affiliation"] not in kinds}
    for reference, _words, named in found:
        text = _SMALL.sub("", layout.text[slice(*reference.span)].lower())
        said = next((a for span, a in sources.items() if span[0] <= reference.head[0] < span[1] and _meet(span, reference.span)), None)
        said = said if said and _heads_source(reference, sources) else None
        called = wordings.get(text, set())
        actor = said or (next(iter(called)) if len(called) == 1 and text not in PRONOUNS else None)
        if layout.text[slice(*reference.span)] in countries:
            yield numbers.setdefault(f"name {text}", len(numbers)), "place"
        elif actor:
            yield numbers.setdefault(actor, len(numbers)), ENTITY.get(kinds[actor], "")
        elif named:
            yield numbers.setdefault(f"name {text}", len(numbers)), ""
        else:
            yield -1, ""


def _heads_source(reference: Reference, sources: dict[Span, str]) -> bool:
    """Is the mention the source itself, not a part of it: "a colonel of the Guard", not "the Guard"?"""
    return any(s <= reference.span[0] <= s + 5 and reference.head[0] < e and reference.span[1] <= e + 3 for s, e in sources)


def told_windows(reports: Sequence[Told], tokenizer: Tokenizer, seed: int) -> list[list[Window]]:
    """The windows of each report."""
    limit = random.Random(seed).randint(180, LIMIT)
    out = []
    for report, pieces in zip(reports, pieces_of([r.text for r in reports], tokenizer), strict=True):
        starts = [start for start, _ in lay_out(report.text).sentences]
        marked = Marked(pieces, np.searchsorted(starts, pieces.starts, side="right"))
        _mark(marked, report)
        _mark_mentions(marked, report)
        out.append(windows_of(marked, limit))
    return out


def _mark(marked: Marked, report: Told) -> None:
    labels = marked.labels
    for kind, quote, _, _, _ in report.marks:
        if kind == "own":
            labels["tags"][_inside(marked, quote)] = 0
    for kind, quote, source, cue, source_type in report.marks:
        if kind == "own" or source is None or cue is None:
            continue
        content, sources, cues = (_inside(marked, span) for span in (quote, source, cue))
        if not len(content) or not len(sources) or not len(cues):
            continue
        labels["tags"][content[1:]] = ROLE_TAG["content"] + 1
        labels["tags"][content[:1]] = IGNORED
        for role, inside in (("source", sources), ("cue", cues)):
            labels["tags"][inside] = ROLE_TAG[role] + 1
            labels["tags"][inside[:1]] = ROLE_TAG[role]
        labels["cue_of"][content] = labels["cue_of"][sources] = cues[0]
        labels["source_of"][cues] = sources[0]
        for inside in (cues, sources):
            labels["source_type"][inside] = SOURCE_TYPES.index(source_type)  # type: ignore[arg-type]
    labels["tags"][~marked.pieces.heads] = IGNORED


def _inside(marked: Marked, span: Span) -> NDArray[np.int64]:
    return np.flatnonzero((marked.pieces.starts >= span[0]) & (marked.pieces.starts < span[1]))


def _mark_mentions(marked: Marked, report: Told) -> None:
    rows = []
    for (reference, words, named), (number, kind) in zip(report.found, report.actors, strict=True):
        at = _inside(marked, reference.head)
        if len(at):
            rows.append((int(at[0]), number, words, _head(report.text, reference), named))
            if kind:
                marked.labels["entity"][at[0]] = ENTITIES.index(kind)
    if rows:
        positions = np.array([row[0] for row in rows], np.int64)
        heads: Heads = heads_of_mentions([row[2:] for row in rows], marked.sentences[positions].tolist())
        marked.mentions = positions, np.array([row[1] for row in rows], np.int64), heads


def _head(text: str, reference: Reference) -> str:
    return text[slice(*reference.head)].lower()
