"""A sentence's clauses: the parts of it that can each be so or not, for "the bridge fell, killing nine" says two things.

A predicate joined to another ("fired and fled"), a clause set off by a comma ("which had left on Tuesday", "killing nine"), one
that tells when or why: each is a clause of its own, from its first word to its last. What stands in the middle of another
clause is part of that one too.
"""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.reading.grammar import Grammar
from onrecord.records import Span

LEAST = 3  # words of a clause
_JOINED = frozenset(["conj", "parataxis", "advcl"])
_UNBOUND = frozenset(["infinitive"])  # "to protest against the law" asserts nothing by itself


def clauses_of(grammar: Grammar, sentences: Sequence[Span]) -> list[Span]:
    """The clauses of each sentence, in order of their first words; at least one a sentence that has a word."""
    found: list[Span] = []
    for sentence in sentences:
        tokens = grammar.tokens_in(sentence)
        if not len(tokens):
            continue
        opened = {t for t in tokens if _opens(grammar, t)}
        members: dict[int, list[int]] = {}
        for t in tokens:
            if grammar.upos(t) != "PUNCT":
                members.setdefault(_clause(grammar, t, opened), []).append(t)
        parts = [(part[0], part[-1]) for part in members.values()]
        found += sorted((grammar.starts[a], grammar.ends[b]) for a, b in parts) or [sentence]
    return found


def _clause(grammar: Grammar, token: int, opened: set[int]) -> int:
    """The predicate of the clause a token stands in; -1 for the sentence's own."""
    if token in opened:
        return token
    return next((above for above in grammar.above(token) if above in opened), -1)


def _opens(grammar: Grammar, token: int) -> bool:
    """Does a word head a clause that is to stand by itself?"""
    relation = grammar.relation(token)
    if relation not in _JOINED and relation != "acl":
        return False
    predicate = grammar.upos(token) in ("VERB", "AUX") or bool(grammar.children(token, "cop", "nsubj"))
    if not predicate or (grammar.form(token) in _UNBOUND and not grammar.children(token, "aux")):
        return False
    start, end = grammar.clause_of(token)
    if len(grammar.tokens_in((start, end))) < LEAST:
        return False
    return relation != "acl" or _set_off(grammar, start)


def _set_off(grammar: Grammar, start: int) -> bool:
    """Does a comma or dash stand before it? "the ferry that sank" says which; ", which sank," says something."""
    return grammar.text[:start].rstrip().endswith((",", "–", "—"))
