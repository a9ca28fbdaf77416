"""What kind a name is, and which name in a source is its own: in "the bureau's head Ole Brandt, who …" the last, not the bureau's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from onrecord.reading.coreference import Reference
from onrecord.reading.grammar import Grammar
from onrecord.reading.lexicon import nouns
from onrecord.reading.names import Name
from onrecord.records import ActorType, Span

_RELATIVE_CLAUSE = re.compile(r",\s+(?:who|whom|whose|which)\b")
_AFTER_PREPOSITION = re.compile(
    r"\b(?:of|for|to|by|with|from|in|on|at|about|against|and|near|outside|inside|around|across|over|through|into|towards?|between|off|behind)\s+(?:the\s+)?(?:\w+(?:ern|al|ing)\s+)?$"
)

_NO_ACTORS = frozenset(["event", "time", "abstract", "object"])
_OF_ENTITY: dict[str, ActorType] = {"person": "person", "organization": "organization", "place": "place"}


def name_in(source: Span, names: Sequence[Name], grammar: Grammar, text: str) -> Name | None:
    """The name a source opens with, or that its head word belongs to or stands beside, or that it closes with."""
    inside = [n for n in names if source[0] <= n.full[0] and n.full[1] <= source[1] + 3]
    if not inside:
        return None
    chosen = _opening(source, inside, text) or _of_head(source, inside, grammar, text)
    if chosen is None or chosen.type != "person":
        last = _closing(source, inside, text)
        chosen = last if last and (chosen is None or last.type == "person") else chosen
    return chosen


def _opening(source: Span, inside: list[Name], text: str) -> Name | None:
    """A person: "Ole Brandt, head of the bureau"."""
    first = inside[0]
    opens = first.type == "person" and first.full[0] == source[0] and text[first.full[1] : source[1]].startswith(",")
    return first if opens else None


def _of_head(source: Span, inside: list[Name], grammar: Grammar, text: str) -> Name | None:
    """The name that the head word means: its own, or a person's beside a noun for people ("the harbour master, Ole Brandt")."""
    head = grammar.head_in(source)
    if head is None:
        return None
    own = next((n for n in inside if n.full[0] <= grammar.starts[head] < n.full[1]), None)
    if nouns().get(grammar.word(head)) != "person" or (own and own.type == "person"):
        return own
    beside = grammar.apposition_of(head)
    after = [t for t in grammar.names_of(head) if t >= head]  # a name before the noun says whose it is: "a Brandt spokesman"
    joined = [grammar.starts[t] for t in (*after, *([beside] if beside is not None else []))]
    people = (n for n in inside if n.type == "person")
    return next((n for n in people if any(n.full[0] <= at < n.full[1] for at in joined) or _after_comma(n, text)), own)


def _closing(source: Span, inside: list[Name], text: str) -> Name | None:
    """The last name before any relative clause, unless a preposition leads to it."""
    clause = _RELATIVE_CLAUSE.search(text, *source)
    end = clause.start() if clause else source[1]
    last = next((n for n in reversed(inside) if n.full[1] <= end + 3), None)
    if last and last.full[1] >= end - 2 and not _AFTER_PREPOSITION.search(text, max(source[0], last.full[0] - 30), last.full[0]):
        return last
    return None


def _after_comma(name: Name, text: str) -> bool:
    return text[max(0, name.full[0] - 4) : name.full[0]].rstrip().endswith(",")


def typed(name: Name, grammar: Grammar, reference: Reference | None) -> Name | None:
    """A name of which only the shape was known, with the type that the network gives its mention; None for no actor's."""
    if not name.sure and all(grammar.upos(t) == "ADJ" for t in grammar.tokens_in(name.span)):
        return None
    if name.sure or reference is None:
        return name
    return replace(name, type=_OF_ENTITY.get(reference.type, name.type)) if reference.type not in _NO_ACTORS else None
