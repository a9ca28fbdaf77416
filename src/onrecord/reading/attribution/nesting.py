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

_CITING = frozenset(["citing", "quoting"])


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


def citations(triples: Sequence[Triple], grammar: Grammar, actors: frozenset[int]) -> Iterator[tuple[Triple, int]]:
    """Whom "citing" and "quoting" name, saying what the sentence's nearest attribution says (but for the words that name them); with that
    attribution's number.

    ``actors``: the head tokens of mentions of people and organizations.
    """
    cues = {t: number for number, triple in enumerate(triples) for span in triple.cue for t in grammar.tokens_in(span)}
    for verb in range(len(grammar)):
        if grammar.word(verb) not in _CITING:
            continue
        source = _cited(verb, triples[cues[verb]] if verb in cues else None, grammar, actors)
        near = [t for t, number in cues.items() if number != cues.get(verb) and grammar.sentence(t) == grammar.sentence(verb)]
        if source is None or not near:
            continue
        said = cues[min(near, key=lambda t: abs(t - verb))]
        if rest := tuple(span for span in triples[said].content if not _overlap(source, span)):
            yield Triple((source,), ((grammar.starts[verb], grammar.ends[verb]),), rest), said


def _cited(verb: int, tagged: Triple | None, grammar: Grammar, actors: frozenset[int]) -> Span | None:
    """Who is cited: what the tags took for the content of "citing", else its object; None when that is nobody."""
    thing = grammar.object_of(verb)
    source = tagged.content[0] if tagged and tagged.content else grammar.phrase_of(thing) if thing is not None else None
    head = grammar.head_in(source) if source else None
    return source if head is not None and (head in actors or grammar.word(head) in nouns()) else None


@cache
def is_cue(word: str) -> bool:
    """Is it, by itself, a verb of the lexicon of cues?"""
    found = lookup([word])
    return found is not None and found.pos == "verb"
