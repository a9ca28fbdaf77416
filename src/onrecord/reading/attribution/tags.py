"""Tag scores to spans: the best sequence of tags that is a legal one.

Tags are BIO over three roles. An inside tag may only follow the begin or inside tag of its own role; at the start of a
window it may also carry on what the window before ended with. Viterbi runs over all windows of a text at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from onrecord.reading.encoder import Scores, Seen
from onrecord.records import Span

_TAGS = 7
LEGAL = np.ones((_TAGS, _TAGS), bool)
for _role in range(3):
    LEGAL[:, 2 * _role + 2] = False
    LEGAL[[2 * _role + 1, 2 * _role + 2], 2 * _role + 2] = True
_BARRED = np.where(LEGAL, 0.0, -1e9).astype(np.float32)


@dataclass(frozen=True, slots=True)
class Tagged:
    """A span with its role (0 source, 1 cue, 2 content), the mean probability of its words' tags, and its word pieces."""

    role: int
    span: Span
    confidence: float
    pieces: slice


def layers_of(seen: Seen) -> tuple[list[Tagged], list[Tagged]]:
    """The spans of attributions, and of those inside a content, each in order."""
    words = np.flatnonzero(seen.pieces.heads)
    if not len(words):
        return [], []
    edges = np.searchsorted(words, [0, *(window.stop for window in seen.windows)])
    both = (seen.tags[words], seen.inner[words])
    rows = [scores[a:b] for scores in both for a, b in pairwise(edges)]
    moves = np.repeat([seen.prices.tags, seen.prices.inner], len(seen.windows), axis=0)
    tags = np.concatenate(viterbi(rows, moves)).reshape(2, -1)
    sure = np.concatenate(marginals(rows, moves)).reshape(2, len(words), _TAGS)
    outer, inner = (_spans(seen, words, tags[layer], sure[layer]) for layer in range(2))
    return outer, inner


def _spans(seen: Seen, words: NDArray[np.int64], tags: NDArray[np.int64], chances: Scores) -> list[Tagged]:
    sure = chances[np.arange(len(tags)), tags]
    roles = (tags + 1) // 2  # 0 none, 1 source, 2 cue, 3 content
    before = np.concatenate(([0], roles[:-1]))
    changes = (roles != before) | (tags % 2 == 1)
    begins = np.flatnonzero((roles > 0) & changes)
    ends = np.append(np.flatnonzero(changes), len(tags))
    ends = ends[np.searchsorted(ends, begins, side="right")]
    stops = np.append(words[1:], len(seen.pieces.ids))
    return [
        Tagged(
            int(roles[b]) - 1,
            (int(seen.pieces.starts[words[b]]), int(seen.pieces.ends[stops[e - 1] - 1])),
            float(sure[b:e].mean()),
            slice(int(words[b]), int(stops[e - 1])),
        )
        for b, e in zip(begins, ends, strict=True)
    ]


def viterbi(rows: list[Scores], moves: Scores) -> list[NDArray[np.int64]]:
    """The best legal tag sequence of each row of scores (words, 7).

    ``moves`` (7, 7), or for each row (rows, 7, 7): what it adds to go from a tag to the next.
    """
    if not rows:
        return []
    scores = _padded(rows)
    longest = scores.shape[1]
    back = np.zeros((len(rows), longest, _TAGS), np.int8)
    best, prices = scores[:, 0], moves + _BARRED
    for at in range(1, longest):
        ways = best[:, :, None] + prices
        back[:, at] = ways.argmax(1)
        best = ways.max(1) + scores[:, at]
    # Padding scores nothing, so the best way through it ends in the best tag of the last word.
    paths = np.zeros((len(rows), longest), np.int64)
    paths[:, -1] = best.argmax(1)
    every = np.arange(len(rows))
    for at in range(longest - 1, 0, -1):
        paths[:, at - 1] = back[every, at, paths[:, at]]
    return [path[: len(row)] for path, row in zip(paths, rows, strict=True)]


def marginals(rows: list[Scores], moves: Scores) -> list[Scores]:
    """The probability of each tag at each word, over all chains: forward and backward over the rows side by side."""
    if not rows:
        return []
    scores = _padded(rows)
    lengths, longest = np.array([len(row) for row in rows]), scores.shape[1]
    ways, chances = np.exp(moves + _BARRED), np.exp(scores - scores.max(2, keepdims=True))
    ahead, behind = chances.copy(), np.ones_like(chances)
    for at in range(1, longest):
        ahead[:, at] *= (ahead[:, at - 1, None] @ ways)[:, 0]
        ahead[:, at] /= ahead[:, at].sum(1, keepdims=True)
    for at in range(longest - 2, -1, -1):
        here = (ways @ (chances[:, at + 1] * behind[:, at + 1])[:, :, None])[:, :, 0]
        behind[:, at] = np.where((at + 1 < lengths)[:, None], here / here.sum(1, keepdims=True), 1)
    both = ahead * behind
    both /= both.sum(2, keepdims=True)
    return [row[:length] for row, length in zip(both, lengths, strict=True)]


def _padded(rows: list[Scores]) -> Scores:
    scores = np.zeros((len(rows), max(len(row) for row in rows), _TAGS), np.float32)
    for number, row in enumerate(rows):
        scores[number, : len(row)] = row
    return scores
