"""Which mentions of a report speak of the same: each mention's best antecedent, and the chains they make.

Word-level coreference (Dobrovolskii 2021): a mention stands for its head word. The network gives each head two vectors; their
product, with a price for every kind of pair ("he" after a name, a description after the same head) and for the distance in
sentences, is weighed against having no antecedent, which scores 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from onrecord.reading.encoder import Prices, Scores, Seen
from onrecord.reading.grammar import Grammar
from onrecord.reading.schemes import ENTITIES
from onrecord.records import Span

_PRONOUNS = (
    "i me my mine myself we us our ours ourselves",
    "you your yours yourself yourselves",
    "he him his himself",
    "she her hers herself",
    "it its itself",
    "they them their theirs themselves",
    "who whom whose which that this these those what there here then one ones",
)
_KIND = {word: kind for kind, words in enumerate(_PRONOUNS) for word in words.split()}
NAME, NOMINAL = len(_PRONOUNS), len(_PRONOUNS) + 1
KINDS = len(_PRONOUNS) + 2
MATCHES = 5  # no word alike; same head; same last word; both; same words
FAR = np.array([1, 2, 3, 5, 8, 16, 32])  # sentences apart: the buckets' lower ends, but for 0
REACH, BLOCK = 1000, 500  # mentions back that an antecedent is looked for; mentions at a time
_FUNCTION = frozenset("the a an this that these those his her its their our my your 's ’s".split())


@dataclass(frozen=True, slots=True)
class Reference:
    """A mention: its words, its head word, its entity type, the number of the chain of those that mean the same, and, among all
    mentions in order, the one it is linked to (-1: none)."""

    span: Span
    head: Span
    type: str
    chain: int
    antecedent: int = -1


@dataclass(frozen=True, slots=True)
class Heads:
    """Mentions as parallel int arrays of length m, in order of the text: keys are equal where the words are."""

    kinds: NDArray[np.int64]
    text: NDArray[np.int64]
    head: NDArray[np.int64]
    last: NDArray[np.int64]
    sentences: NDArray[np.int64]


def heads_of_mentions(mentions: Sequence[tuple[list[str], str, bool]], sentences: Sequence[int]) -> Heads:
    """``mentions``: (lower-case words, lower-case head word, is it a name) of each; ``sentences``: the sentence of each."""
    keys: dict[str, int] = {}
    rows = np.zeros((len(mentions), 4), np.int64)
    for at, (words, head, named) in enumerate(mentions):
        content = [w for w in words if w not in _FUNCTION] or words
        kind = _KIND.get(head, NAME if named else NOMINAL) if len(words) == 1 else NAME if named else NOMINAL
        rows[at] = kind, *(keys.setdefault(key, len(keys)) for key in (" ".join(content), head, content[-1]))
    kinds, texts, words_of_head, last = rows.T
    return Heads(kinds, texts, words_of_head, last, np.asarray(sentences, np.int64))


def pair_codes(heads: Heads, rows: slice, columns: slice) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """For each pair (later mention, earlier mention) its place in the table of pairs and in the table of distances."""
    one = (slice(None), None)
    same = (heads.head[rows][one] == heads.head[columns]) + 2 * (heads.last[rows][one] == heads.last[columns])
    same = np.where(heads.text[rows][one] == heads.text[columns], MATCHES - 1, same)
    pairs = (same * KINDS + heads.kinds[rows][one]) * KINDS + heads.kinds[columns]
    apart = heads.sentences[rows][one] - heads.sentences[columns]
    return pairs, heads.kinds[rows][one] * (len(FAR) + 1) + np.searchsorted(FAR, apart, side="right")


def references(seen: Seen, grammar: Grammar) -> list[Reference]:
    """The mentions of a text in order of their head words, with their chains."""
    found = _mentions(seen, grammar)
    if not found:
        return []
    rows = [
        ([grammar.word(t) for t in range(first, last + 1)], grammar.word(token), grammar.upos(token) == "PROPN")
        for token, first, last in found
    ]
    pieces = grammar.pieces[[token for token, _, _ in found]]
    heads = heads_of_mentions(rows, [grammar.sentence(token) for token, _, _ in found])
    links = _links(seen.anaphor[pieces], seen.antecedent[pieces], heads, seen.prices)
    chains: list[int] = []
    for number, link in enumerate(links):
        chains.append(number if link < 0 else chains[link])
    return [
        Reference(
            (grammar.starts[first], grammar.ends[last]),
            (grammar.starts[token], grammar.ends[token]),
            ENTITIES[seen.entity[piece]],
            chain,
            link,
        )
        for (token, first, last), piece, chain, link in zip(found, pieces, chains, links, strict=True)
    ]


def _mentions(seen: Seen, grammar: Grammar) -> list[tuple[int, int, int]]:
    """(head, first, last) as tokens."""
    tokens = np.flatnonzero(seen.entity[grammar.pieces] > 0)
    pieces = grammar.pieces[tokens]
    bounds = [grammar.tokens_of_pieces(np.where(side == -1, pieces, side)) for side in (seen.first[pieces], seen.last[pieces])]
    here = seen.sentences[pieces]
    first, last = (np.where(seen.sentences[grammar.pieces[side]] == here, side, tokens) for side in bounds)
    first, last = np.minimum(first, tokens), np.maximum(last, tokens)
    return list(zip(tokens.tolist(), first.tolist(), last.tolist(), strict=True))


def _links(anaphors: Scores, antecedents: Scores, heads: Heads, prices: Prices) -> list[int]:
    """The best antecedent of each mention, -1 for none. Rows are scored ``BLOCK`` at a time."""
    links: list[int] = []
    for start in range(0, len(anaphors), BLOCK):
        stop, back = min(start + BLOCK, len(anaphors)), max(0, start - REACH)
        rows, columns = slice(start, stop), slice(back, stop)
        pairs, far = pair_codes(heads, rows, columns)
        scores = anaphors[rows] @ antecedents[columns].T + prices.pairs[pairs] + prices.far[far]
        scores[np.arange(back, stop) >= np.arange(start, stop)[:, None]] = -np.inf
        best = scores.argmax(1)
        linked = scores[np.arange(stop - start), best] > 0
        links += np.where(linked, back + best, -1).tolist()
    return links
