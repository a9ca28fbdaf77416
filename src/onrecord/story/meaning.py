"""Mention vectors: what a mention says, as 384 numbers whose angle to another's tells how alike the two are.

MiniLM-L6 (Wang et al. 2020), fine-tuned on claims (``training/claims.py``); a mention is the mean of its pieces, of unit length. Equal
texts are read once.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onrecord.reading.encoder import WEIGHTS
from onrecord.reading.engine import open_session
from onrecord.story.judge import Laid, sentences_of

MEANING = "meaning.onnx"
BATCH = 64
Vectors = NDArray[np.float32]


class Meaning:
    """The sentence encoder of ``weights/``. Loads on first use."""

    def __init__(self, folder: Path = WEIGHTS) -> None:
        self._folder = folder

    @cached_property
    def _session(self) -> Any:
        return open_session(self._folder / MEANING)

    def load(self) -> None:
        """Loads the weights now."""
        _ = self._session

    def vectors(self, laid: Sequence[Laid]) -> Vectors:
        """Unit vectors (n, 384) of n mentions."""
        vectors = np.zeros((len(laid), 384), np.float32)
        mentions: dict[tuple[int, ...], list[int]] = {}
        for number, each in enumerate(laid):
            mentions.setdefault(each.ids, []).append(number)
        sentences = sorted(sentences_of(laid), key=lambda ids: (len(ids), ids))
        for at in range(0, len(sentences), BATCH):
            part = sentences[at : at + BATCH]
            ids = np.zeros((len(part), max(map(len, part))), np.int64)
            mask = np.zeros_like(ids)
            for row, sentence in enumerate(part):
                ids[row, : len(sentence)], mask[row, : len(sentence)] = sentence, 1
            (pieces,) = self._session.run(None, {"ids": ids, "mask": mask})
            for row, sentence in enumerate(part):
                for number in mentions[sentence]:
                    vectors[number] = pieces[row, list(laid[number].own)].mean(0)
        vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
        return vectors
