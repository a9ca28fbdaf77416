"""The one network: text in, seven tag scores a word piece out, on ONNX Runtime.

Every window is run by itself: nothing is padding, and what stands beside a window never changes its scores (the scale of
int8 products is taken from all that is run at once). Cores are kept busy by reading several reports side by side.
"""

from __future__ import annotations

import hashlib
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onrecord.reading.windows import CLS, SEP, WHOLE_REPORT, Pieces, cut, pieces_of

WEIGHTS = Path(str(files("onrecord") / "weights"))
Scores = NDArray[np.float32]


class Encoder:
    """The attribution tagger of ``weights/``. Loads on first use; ``load`` does so now, before threads share it."""

    def __init__(self, folder: Path = WEIGHTS, threads: int = 1) -> None:
        self._folder, self._threads = folder, threads

    def load(self) -> None:
        """Opens all files."""
        assert self.tokenizer and self.session and self.model

    @cached_property
    def tokenizer(self) -> Any:
        """The word-piece tokenizer (uncased, 30,522 pieces)."""
        from tokenizers import Tokenizer

        return Tokenizer.from_file(str(self._folder / "tokenizer.json"))

    @cached_property
    def session(self) -> Any:
        """The ONNX Runtime session of tagger.onnx."""
        return open_session(self._folder / "tagger.onnx", self._threads)

    @cached_property
    def model(self) -> str:
        """``sha256:…`` of the weights, for a reading's provenance."""
        return "sha256:" + hashlib.sha256((self._folder / "tagger.onnx").read_bytes()).hexdigest()

    def tag(self, texts: list[str], kind: int = WHOLE_REPORT) -> list[tuple[Pieces, Scores, list[slice]]]:
        """For each text its n pieces, their scores (n, 7) and the windows they were read in."""
        read: list[tuple[Pieces, Scores, list[slice]]] = []
        for pieces in pieces_of(texts, self.tokenizer):
            windows = cut(pieces)
            scores = [self._run(pieces, window, kind) for window in windows]
            read.append((pieces, np.concatenate(scores) if scores else np.zeros((0, 7), np.float32), windows))
        return read

    def _run(self, pieces: Pieces, window: slice, kind: int) -> Scores:
        ids = np.concatenate(([CLS], pieces.ids[window], [SEP])).astype(np.int64)[None]
        kinds = np.concatenate(([kind], pieces.kinds[window], [0])).astype(np.int64)[None]
        (scores,) = self.session.run(None, {"ids": ids, "mask": np.ones_like(ids), "kinds": kinds})
        found: Scores = scores[0, 1:-1]
        return found


def open_session(file: Path, threads: int = 0) -> Any:
    """An ONNX Runtime session on the CPU; ``threads`` 0 lets it take every core."""
    import onnxruntime

    onnxruntime.set_default_logger_severity(3)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    return onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])
