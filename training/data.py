"""Gold attributions as labelled windows.

A label a word piece: 0 outside, then begin / inside of source, cue and content (``TAGS`` of the reader); -100 on the
later pieces of a word and on ``discard`` spans, which cost nothing. Attributions that stand inside the content of
another one (``parent``) are labelled in windows of their own, made of that content alone: so the network learns the
second reading of a content. Only corpora that mark nesting give such windows.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from onrecord.reading.windows import CLS, INSIDE_CONTENT, LIMIT, SEP, WHOLE_REPORT, Pieces, cut, pieces_of

ROLES = ("source", "cue", "content")
IGNORED = -100
_STYLES = {"“": '"', "”": '"', "‘": "'", "’": "'"}


@dataclass(frozen=True)
class Window:
    """ids, kinds, labels: int arrays of one length, with [CLS] and [SEP]."""

    ids: NDArray[np.int32]
    kinds: NDArray[np.int32]
    labels: NDArray[np.int64]


def rows_of(path: Path) -> list[dict[str, Any]]:
    """The rows of a JSONL file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def windows_of(rows: list[dict[str, Any]], tokenizer: Tokenizer, nested: bool, vary: float = 0.0, seed: int = 0) -> list[Window]:
    """All windows of gold rows. ``nested``: the rows mark nesting.

    ``vary``: the share of rows that get straight quote marks; above 0 windows are also cut at another length each time,
    so that no epoch shows a sentence in quite the same surroundings.
    """
    rng = random.Random(seed)
    limit = rng.randint(160, LIMIT) if vary else LIMIT
    texts = [_plain(row["text"]) if rng.random() < vary else row["text"] for row in rows]
    out: list[Window] = []
    for row, pieces in zip(rows, pieces_of(texts, tokenizer), strict=True):
        top = [a for a in row["attributions"] if a.get("parent") is None]
        out += _cut_up(pieces, labels_of(pieces, top, row.get("discard") or []), WHOLE_REPORT, limit)
    if nested:
        out += list(_second_readings(rows, tokenizer))
    return out


def labels_of(pieces: Pieces, attributions: list[dict[str, Any]], discard: list[list[int]], offset: int = 0) -> NDArray[np.int64]:
    """BIO labels of a text's pieces; ``offset`` is where the text starts in the row's text."""
    labels = np.zeros(len(pieces.ids), np.int64)
    starts = pieces.starts + offset
    for attribution in attributions:
        for role, name in enumerate(ROLES):
            for start, end in attribution[name]:
                inside = np.flatnonzero((starts >= start) & (starts < end))
                labels[inside] = 2 * role + 2
                labels[inside[:1]] = 2 * role + 1
    for start, end in discard:
        labels[(starts >= start) & (starts < end)] = IGNORED
    labels[~pieces.heads] = IGNORED
    return labels


def _second_readings(rows: list[dict[str, Any]], tokenizer: Tokenizer) -> Iterator[Window]:
    for row in rows:
        for number, parent in enumerate(row["attributions"]):
            children = [a for a in row["attributions"] if a.get("parent") is not None and a["parent"] in (number, parent.get("id"))]
            for start, end in parent["content"]:
                (pieces,) = pieces_of([row["text"][start:end]], tokenizer)
                inside = [a for a in children if any(start <= s < end for s, _ in a["cue"])]
                yield from _cut_up(pieces, labels_of(pieces, inside, [], start), INSIDE_CONTENT)


def _cut_up(pieces: Pieces, labels: NDArray[np.int64], kind: int, limit: int = LIMIT) -> Iterator[Window]:
    for part in cut(pieces, limit):
        yield Window(
            np.concatenate(([CLS], pieces.ids[part], [SEP])).astype(np.int32),
            np.concatenate(([kind], pieces.kinds[part], [0])).astype(np.int32),
            np.concatenate(([IGNORED], labels[part], [IGNORED])),
        )


def _plain(text: str) -> str:
    return "".join(_STYLES.get(c, c) for c in text)
