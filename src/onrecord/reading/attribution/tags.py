"""Tag scores to spans: the best sequence of tags that is a legal one.

Tags are BIO over three roles. An inside tag may only follow the begin or inside tag of its own role; at the start of a
window it may also carry on what the window before ended with. Viterbi runs over all windows of a call at once.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from onrecord.reading.encoder import Scores
from onrecord.reading.windows import Pieces
from onrecord.records import Span

ROLES = ("source", "cue", "content")
_TAGS = 7
_LEGAL = np.ones((_TAGS, _TAGS), bool)
for _role in range(3):
    _LEGAL[:, 2 * _role + 2] = False
    _LEGAL[[2 * _role + 1, 2 * _role + 2], 2 * _role + 2] = True
_PRICE = np.where(_LEGAL, 0.0, -1e9).astype(np.float32)


@dataclass(frozen=True, slots=True)
class Tagged:
    """A span with its role (0 source, 1 cue, 2 content) and the mean probability of its words' tags."""

    role: int
    span: Span
    confidence: float


def spans_of(read: list[tuple[Pieces, Scores, list[slice]]]) -> list[list[Tagged]]:
    """The tagged spans of each text, in order."""
    heads = [np.flatnonzero(pieces.heads) for pieces, _, _ in read]
    rows: list[Scores] = []
    for (_, scores, parts), head in zip(read, heads, strict=True):
        rows.extend(scores[head[(head >= part.start) & (head < part.stop)]] for part in parts)
    paths = iter(viterbi(rows))
    out: list[list[Tagged]] = []
    for (pieces, scores, parts), head in zip(read, heads, strict=True):
        tags = np.concatenate([next(paths) for _ in parts]) if parts else np.zeros(0, np.int64)
        out.append(_text_spans(pieces, scores[head], head, tags))
    return out


def viterbi(rows: list[Scores]) -> list[NDArray[np.int64]]:
    """The best legal tag sequence of each row of scores (words, 7)."""
    if not rows:
        return []
    longest = max(len(row) for row in rows)
    scores = np.zeros((len(rows), longest, _TAGS), np.float32)
    for number, row in enumerate(rows):
        scores[number, : len(row)] = row
    back = np.zeros((len(rows), longest, _TAGS), np.int8)
    best = scores[:, 0]
    for at in range(1, longest):
        ways = best[:, :, None] + _PRICE
        back[:, at] = ways.argmax(1)
        best = ways.max(1) + scores[:, at]
    # Padding scores nothing, so the best way through it ends in the best tag of the last word.
    paths = np.zeros((len(rows), longest), np.int64)
    paths[:, -1] = best.argmax(1)
    every = np.arange(len(rows))
    for at in range(longest - 1, 0, -1):
        paths[:, at - 1] = back[every, at, paths[:, at]]
    return [path[: len(row)] for path, row in zip(paths, rows, strict=True)]


def _text_spans(pieces: Pieces, scores: Scores, heads: NDArray[np.intp], tags: NDArray[np.int64]) -> list[Tagged]:
    """Joins the tags of one text's words into spans."""
    if not len(tags):
        return []
    roles = (tags + 1) // 2  # 0 none, 1 source, 2 cue, 3 content
    before = np.concatenate(([0], roles[:-1]))
    begins = np.flatnonzero((roles > 0) & ((roles != before) | (tags % 2 == 1)))
    changes = np.append(np.flatnonzero((roles != before) | (tags % 2 == 1)), len(tags))
    ends = changes[np.searchsorted(changes, begins, side="right")]
    word_ends = pieces.ends[np.append(heads[1:], len(pieces.ids)) - 1]
    shifted = np.exp(scores - scores.max(1, keepdims=True))
    sure = (shifted / shifted.sum(1, keepdims=True))[np.arange(len(tags)), tags]
    return [
        Tagged(int(roles[b]) - 1, (int(pieces.starts[heads[b]]), int(word_ends[e - 1])), float(sure[b:e].mean()))
        for b, e in zip(begins, ends, strict=True)
    ]
