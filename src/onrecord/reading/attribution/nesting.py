"""Attributions inside a content that the tags missed, by the grammar: a cue verb with a speaker and a clause of its own.

"The Post reported that an official confirmed that the minister denied that …": each clause that depends on a verb of saying,
thinking or wanting is that verb's content, to any depth.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from onrecord.reading.attribution.linking import Triple
from onrecord.reading.attribution.stance import lookup
from onrecord.reading.grammar import Grammar
from onrecord.records import Span


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


@cache
def is_cue(word: str) -> bool:
    """Is it, by itself, a verb of the lexicon of cues?"""
    found = lookup([word])
    return found is not None and found.pos == "verb"
