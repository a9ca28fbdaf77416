"""Who says what in one report: link the tagged spans, mend them by the quote marks, find what is attributed inside a content."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from onrecord.reading.attribution.linking import Linker, Triple
from onrecord.reading.attribution.nesting import citations, nested
from onrecord.reading.attribution.quotes import Quotation, mended
from onrecord.reading.attribution.speakers import carried_on, uncued
from onrecord.reading.attribution.stance import refuses
from onrecord.reading.attribution.tags import Tagged, layers_of
from onrecord.reading.encoder import Seen
from onrecord.reading.grammar import Grammar
from onrecord.reading.schemes import ENTITIES
from onrecord.reading.sentences import Layout

LEAST = 0.6  # the mean probability of an attribution's words below which it is left out
LEAST_INSIDE = 0.75  # the same, inside a content; what is doubtful there is mostly an attitude, not a chain of sources
BY_GRAMMAR = 0.5  # the confidence in what only the grammar shows
CUE = 1  # a cue may be a colon; a source or content has a letter
_WHO = [ENTITIES.index("person"), ENTITIES.index("organization")]
_LETTER = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Found:
    """An attribution before its actor and stance are known. ``parent``, ``speaker``: numbers in the report's list.

    ``pieces``: the word pieces of its source and cue.
    """

    triple: Triple
    confidence: float
    pieces: tuple[int, ...] = ()
    parent: int | None = None
    speaker: int | None = None


def attribute(layout: Layout, quoted: list[Quotation], seen: Seen, grammar: Grammar) -> list[Found]:
    """The attributions of a text, outer before inner, else in order of the text."""
    outer, inner = ([t for t in layer if t.role == CUE or _LETTER.search(layout.text, *t.span)] for layer in layers_of(seen))
    found = _cited([_with_refusal(f, grammar) for f in _outer(outer, layout, quoted, seen)], seen, grammar)
    return found + _inner(inner, found, layout, grammar)


def _outer(tagged: list[Tagged], layout: Layout, quoted: list[Quotation], seen: Seen) -> list[Found]:
    sured = list(_sure(tagged, layout, seen, LEAST))
    triples = carried_on([replace(t, content=tuple(mended(span, quoted) for span in t.content)) for t, _, _ in sured], quoted)
    found = [Found(t, confidence, pieces) for t, (_, confidence, pieces) in zip(triples, sured, strict=True)]
    for span, speaker in uncued(triples, quoted, layout):
        found.append(Found(Triple((), (), (span,)), 0.5, speaker=triples.index(speaker)))
    return found


def _with_refusal(found: Found, grammar: Grammar) -> Found:
    """With the verb that turns the cue as a part of it: "stopped short of confirming"."""
    cue = found.triple.cue
    verb = grammar.head_in(cue[0]) if cue else None
    above = grammar.governor_of(verb) if verb is not None else None
    if above is None or grammar.starts[above] >= cue[0][0] or not refuses(grammar.word(above)):
        return found
    return replace(found, triple=replace(found.triple, cue=((grammar.verb_group_of(above)[0], cue[0][1]), *cue[1:])))


def _cited(found: list[Found], seen: Seen, grammar: Grammar) -> list[Found]:
    """With those whom others cite inside them; what the tags took for the citing's own content gives way to it."""
    actors = frozenset(np.flatnonzero(np.isin(seen.entity[grammar.pieces], _WHO)).tolist())
    out = list(found)
    for triple, said in citations([f.triple for f in found], grammar, actors):
        at = next((n for n, f in enumerate(found) if any(s <= triple.cue[0][0] < e for s, e in f.triple.cue)), None)
        if at is None:
            out.append(Found(triple, BY_GRAMMAR, parent=said))
        elif at != said:
            out[at] = replace(found[at], triple=triple, parent=said)
        out[said] = replace(out[said], triple=replace(out[said].triple, content=triple.content))
    return out


def _inner(tagged: list[Tagged], outer: list[Found], layout: Layout, grammar: Grammar) -> list[Found]:
    """Attributions inside the contents of others, each with the smallest content that holds its cue as its parent.

    The tags tell what stands inside a content; what stands inside that again is left to the grammar.
    """
    inside = [Found(*each) for each in _sure(tagged, layout, None, LEAST_INSIDE)]
    inside = [each for each in inside if _holder(each, outer) is not None]
    taken = [span for each in (*outer, *inside) for span in each.triple.cue]
    for span in sorted({span for each in inside for span in each.triple.content}):
        for triple in nested(span, grammar):
            if not any(s < triple.cue[0][1] and triple.cue[0][0] < e for s, e in taken):
                inside.append(Found(triple, BY_GRAMMAR))
                taken.append(triple.cue[0])
    return [replace(each, parent=_holder(each, [*outer, *inside])) for each in inside]


def _holder(inner: Found, others: list[Found]) -> int | None:
    start, end = inner.triple.cue[0]
    around = [(e - s, n) for n, o in enumerate(others) if o is not inner for s, e in o.triple.content if s <= start and end <= e]
    return min(around)[1] if around else None


def _sure(tagged: list[Tagged], layout: Layout, seen: Seen | None, least: float) -> Iterator[tuple[Triple, float, tuple[int, ...]]]:
    """The linked attributions that are probable enough: triple, confidence, word pieces of source and cue."""
    by_span = {t.span: t for t in tagged}
    for triple in Linker(tagged, layout, seen).triples():
        parts = [by_span[span] for role in (triple.source, triple.cue, triple.content) for span in role]
        confidence = sum(t.confidence for t in parts) / len(parts)
        if confidence >= least:
            yield triple, confidence, tuple(p for t in parts if t.role <= CUE for p in range(t.pieces.start, t.pieces.stop))
