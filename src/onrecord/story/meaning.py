"""Sentence vectors: what a mention says, as 384 numbers whose angle to another's tells how alike the two are.

MiniLM-L6 (Wang et al. 2020), fine-tuned on claim sentences (``training/claims.py``), mean-pooled, of unit length.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onrecord.reading.encoder import WEIGHTS
from onrecord.reading.engine import open_session
from onrecord.reading.windows import CLS, SEP, pieces_of, plain_tokenizer

LONGEST = 94  # word pieces of a mention that are looked at
BATCH = 64
Vectors = NDArray[np.float32]


class Meaning:
    """The sentence encoder of ``weights/``. Loads on first use."""

    def __init__(self, folder: Path = WEIGHTS) -> None:
        self._folder = folder

    @cached_property
    def _session(self) -> Any:
        return open_session(self._folder / "meaning.onnx")

    def vectors(self, texts: list[str]) -> Vectors:
        """Unit vectors (n, 384) of n texts; equal texts get equal vectors, whatever stands beside them."""
        unique = sorted(set(texts), key=lambda t: (len(t), t))
        ids = [p.ids[:LONGEST] for p in pieces_of(unique, plain_tokenizer(self._folder))]
        rows: dict[str, NDArray[np.float32]] = {}
        for at in range(0, len(unique), BATCH):
            part = ids[at : at + BATCH]
            longest = max(len(i) for i in part) + 2
            padded = np.zeros((len(part), longest), np.int64)
            mask = np.zeros_like(padded)
            for row, i in enumerate(part):
                padded[row, : len(i) + 2] = [CLS, *i, SEP]
                mask[row, : len(i) + 2] = 1
            (out,) = self._session.run(None, {"ids": padded, "mask": mask})
            rows.update(zip(unique[at : at + BATCH], out, strict=True))
        return np.stack([rows[t] for t in texts]) if texts else np.zeros((0, 384), np.float32)
