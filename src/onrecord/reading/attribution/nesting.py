"""Attributions inside others that the tags do not show.

By the grammar, a cue verb with a speaker and a clause of its own: "the Post reported that an official confirmed that the minister
denied that …" – each clause that depends on a verb of saying, thinking or wanting is that verb's content, to any depth. And by the
cue: "the Post, citing two officials, said …" has the officials say it inside the Post.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from onrecord.reading.attribution.linking import Triple
from onrecord.reading.attribution.stance import lookup
from onrecord.reading.grammar import Grammar
from onrecord.reading.lexicon import nouns
from onrecord.records import Span

_CITING = frozenset("cite cites cited citing quote quotes quoted quoting".split())


def nested(content: Span, grammar: Grammar) -> Iterator[Triple]:
    """The attributions by verb and clause that lie wholly inside a span."""
    for verb in grammar.tokens_in(content):
        if grammar.upos(verb) != "VERB" or not is_cue(grammar.word(verb)):
            continue
        clause, speaker = grammar.content_clause_of(verb), grammar.agent_of(verb)
        if clause is None or speaker is None:
            continue
        source, said = grammar.phrase_of(speaker), grammar.clause_of(clause)
        if all(content[0] <= s and e <= content[1] for s, e in (source, said)) and not _overlap(source, said):
            yield Triple((source,), (grammar.verb_group_of(verb),), (said,))


def _overlap(a: Span, b: Span) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def citations(triples: Sequence[Triple], grammar: Grammar, actors: frozenset[int]) -> dict[int, tuple[Triple, int]]:
    """What "citing" and "quoting" introduce: number of the attribution → (whom it cites saying it, number of what is said).

    ``actors``: the head tokens of mentions of people and organizations.
    """
    found: dict[int, tuple[Triple, int]] = {}
    for number, triple in enumerate(triples):
        if len(triple.content) != 1 or not _CITING & {grammar.word(t) for span in triple.cue for t in grammar.tokens_in(span)}:
            continue
        cited = grammar.head_in(triple.content[0])
        if cited is None or not (cited in actors or grammar.word(cited) in nouns()):
            continue
        sentence = grammar.sentence(cited)
        for other, said in enumerate(triples):
            here = [t for span in said.cue for t in grammar.tokens_in(span)]
            if other != number and said.source == triple.source and here and grammar.sentence(here[0]) == sentence:
                found[number] = Triple(triple.content, triple.cue, said.content), other
    return found


@cache
def is_cue(word: str) -> bool:
    """Is it, by itself, a verb of the lexicon of cues?"""
    found = lookup([word])
    return found is not None and found.pos == "verb"
