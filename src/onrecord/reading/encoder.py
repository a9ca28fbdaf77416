"""The one network: text in, seven tag scores a word piece out, on ONNX Runtime.

The windows of all texts of a call are sorted by length and run in batches of about equal length, so that little is
padding. The order of the texts changes nothing: scores are put back where their pieces stand.
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
BATCH_PIECES = 4096
Scores = NDArray[np.float32]


class Encoder:
    """The attribution tagger of ``weights/``. Loads on first use."""

    def __init__(self, folder: Path = WEIGHTS, threads: int = 0) -> None:
        self._folder, self._threads = folder, threads

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
        read = [(pieces, np.zeros((len(pieces.ids), 7), np.float32), cut(pieces)) for pieces in pieces_of(texts, self.tokenizer)]
        windows = [(number, part) for number, (_, _, parts) in enumerate(read) for part in parts]
        windows.sort(key=lambda w: w[1].stop - w[1].start)
        for batch in _batches(windows):
            ids, mask, kinds = _padded([(read[n][0], part) for n, part in batch], kind)
            (scores,) = self.session.run(None, {"ids": ids, "mask": mask, "kinds": kinds})
            for row, (number, part) in enumerate(batch):
                read[number][1][part] = scores[row, 1 : 1 + part.stop - part.start]
        return read


def open_session(file: Path, threads: int = 0) -> Any:
    """An ONNX Runtime session on the CPU; ``threads`` 0 lets it take every core."""
    import onnxruntime

    onnxruntime.set_default_logger_severity(3)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    return onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])


def _batches(windows: list[tuple[int, slice]]) -> list[list[tuple[int, slice]]]:
    """Runs of windows, shortest first, of at most ``BATCH_PIECES`` pieces when padded."""
    batches: list[list[tuple[int, slice]]] = []
    for window in windows:
        length = window[1].stop - window[1].start + 2
        if not batches or (len(batches[-1]) + 1) * length > BATCH_PIECES:
            batches.append([])
        batches[-1].append(window)
    return batches


def _padded(batch: list[tuple[Pieces, slice]], kind: int) -> tuple[NDArray[np.int64], ...]:
    longest = max(part.stop - part.start for _, part in batch) + 2
    ids = np.zeros((len(batch), longest), np.int64)
    mask, kinds = np.zeros_like(ids), np.zeros_like(ids)
    for row, (pieces, part) in enumerate(batch):
        end = part.stop - part.start + 1
        ids[row, 0], ids[row, 1:end], ids[row, end] = CLS, pieces.ids[part], SEP
        kinds[row, 0], kinds[row, 1:end] = kind, pieces.kinds[part]
        mask[row, : end + 1] = 1
    return ids, mask, kinds
