"""Which reports of a ledger are likely to speak of what new ones speak of: the cosine of their telling words, by a small table of bits.

A report is a set of 4,096 bits, one for each telling word (``zlib.crc32``): half a kilobyte in the database. Ten thousand reports are one
matrix product (160 MB). Rare bits weigh more (inverse document frequency).
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from onrecord.story.words import telling_words

BITS = 4096


def bag_of(text: str) -> bytes:
    """The telling words of a text as 512 bytes."""
    bits = np.zeros(BITS, bool)
    bits[[zlib.crc32(word.encode()) % BITS for word in set(telling_words(text))]] = True
    return np.packbits(bits).tobytes()


def nearest(new: Sequence[bytes], held: Sequence[bytes], most: int) -> list[int]:
    """The places in ``held`` of at most so many reports: those that are most like any of the new ones, the likest first."""
    if not new or not held:
        return []
    table, asked = _table(held), _table(new)
    seen = table.sum(0) + 1
    weight = np.log((len(held) + 1) / seen).clip(0.0).astype(np.float32)
    table *= weight
    asked *= weight
    likeness = (asked @ table.T) / (_length(asked)[:, None] * _length(table)[None, :])
    order = np.argsort(-likeness, axis=1, kind="stable")[:, :most]
    found: dict[int, None] = {}
    for rank in range(order.shape[1]):  # the likest of every new report before the second likest of any
        for place in order[:, rank].tolist():
            found.setdefault(place)
        if len(found) >= most:
            break
    return list(found)[:most]


def _table(bags: Sequence[bytes]) -> NDArray[np.float32]:
    return np.unpackbits(np.frombuffer(b"".join(bags), np.uint8).reshape(len(bags), -1), axis=1).astype(np.float32)


def _length(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    length: NDArray[np.float32] = np.sqrt((rows * rows).sum(1)) + np.float32(1e-6)
    return length
