"""Which reports of a ledger are likely to speak of what new ones speak of: the cosine of their telling words, by a small table of bits.

A report is a set of 4,096 bits, one for each telling word (``zlib.crc32``): half a kilobyte in the database. Ten thousand reports are one
matrix product (some 100 MB). Rare bits weigh more (inverse document frequency).
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
    table, asked = _table(held), _table(new).astype(np.float32)
    weight = np.log((len(held) + 1) / (table.sum(0, dtype=np.int64) + 1)).clip(0.0).astype(np.float32)
    length = np.sqrt(table @ (weight * weight)) + np.float32(1e-6)
    shared = asked.any(0) & (weight > 0)  # the other bits add nothing to any product
    product = (asked * weight * weight)[:, shared] @ table[:, shared].astype(np.float32).T
    likeness = product / length  # the length of what is asked orders nothing
    order = np.argsort(-likeness, axis=1, kind="stable")[:, :most]
    found: dict[int, None] = {}
    for rank in range(order.shape[1]):  # the likest of every new report before the second likest of any
        for place in order[:, rank].tolist():
            found.setdefault(place)
        if len(found) >= most:
            break
    return list(found)[:most]


def _table(bags: Sequence[bytes]) -> NDArray[np.uint8]:
    return np.unpackbits(np.frombuffer(b"".join(bags), np.uint8).reshape(len(bags), -1), axis=1)
