"""Which sentences are read together: every pair of mentions that could be one claim stands in some block, and few blocks do for all.

Candidates of a mention are those nearest to it in meaning and above a floor, so that what has nothing to do with a story changes nothing
there. A sentence is read once for all mentions in it. A block is grown from the likeliest pair of sentences not yet read, by the one with
most such pairs in it. Cost: linear in the mentions, for each has at most ``NEAREST`` candidates, and is read ``READS`` times on average.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Sequence

import numpy as np

from onrecord.story.meaning import Vectors

NEAREST = 30  # candidates a mention
FLOOR = 0.05  # cosine
AT_ONCE = 100  # sentences a block
READS = 1.0  # times a sentence is read on average, in a large story
ALL = 3500  # word pieces that a small story may cost, though its sentences have fewer
LARGE = 700  # word pieces a block of a story that costs more: what a pair costs, in time and memory, grows with its block
ROWS = 512
Pair = tuple[int, int]


def candidates(vectors: Vectors, nearest: int = NEAREST, floor: float = FLOOR) -> dict[Pair, float]:
    """Pairs i < j with their cosine, each of them among the ``nearest`` of one of the two."""
    found: dict[Pair, float] = {}
    for at in range(0, len(vectors), ROWS):
        near = vectors[at : at + ROWS] @ vectors.T
        near[np.arange(len(near)), np.arange(at, at + len(near))] = -1
        best = np.argpartition(-near, min(nearest, near.shape[1] - 1), axis=1)[:, :nearest] if near.shape[1] > nearest else None
        for row, values in enumerate(near):
            for j in range(len(values)) if best is None else best[row]:
                if values[j] >= floor:
                    i = at + row
                    found[(i, int(j)) if i < j else (int(j), i)] = float(values[j])
    return found


def between(pairs: dict[Pair, float], members: Sequence[Sequence[int]]) -> dict[Pair, float]:
    """Pairs of sentences from pairs of mentions, by the likeliest; ``members``: the mentions in each sentence."""
    sentence = {m: number for number, each in enumerate(members) for m in each}
    found: dict[Pair, float] = {}
    for (i, j), value in pairs.items():
        a, b = sorted((sentence[i], sentence[j]))
        if a != b:
            found[a, b] = max(value, found.get((a, b), value))
    return found


def pack(pairs: dict[Pair, float], sizes: Sequence[int], most: int, at_once: int = AT_ONCE, budget: float = math.inf) -> list[list[int]]:
    """Blocks of sentences (numbers, sorted) of at most ``most`` pieces in which all pairs stand together; ``sizes``: pieces a sentence.

    The likeliest pairs come first, so that a ``budget`` (pieces in all) costs the others.
    """
    left: dict[int, dict[int, float]] = {}
    for (i, j), value in pairs.items():
        left.setdefault(i, {})[j] = left.setdefault(j, {})[i] = value
    heap = [(-value, pair) for pair, value in pairs.items()]
    heapq.heapify(heap)
    blocks: list[list[int]] = []
    while heap and budget > 0:
        _, (i, j) = heapq.heappop(heap)
        if j not in left[i]:
            continue
        block = _grown([i, j], left, sizes, most, at_once)
        blocks.append(sorted(block))
        budget -= sum(sizes[i] for i in block)
        for one in block:
            for other in block:
                left[one].pop(other, None)
    return blocks


def budget_of(sizes: Sequence[int]) -> float:
    """How many pieces may be read for sentences of these sizes."""
    return max(ALL, READS * sum(sizes))


def _grown(block: list[int], left: dict[int, dict[int, float]], sizes: Sequence[int], most: int, at_once: int) -> list[int]:
    """A block with all that has pairs to read in it, the most first, as far as there is room."""
    room = most - sum(sizes[i] for i in block)
    gain: dict[int, float] = {}
    for i in block:
        for j, value in left[i].items():
            gain[j] = gain.get(j, 0.0) + value
    while len(block) < at_once:
        fitting = [j for j in gain if sizes[j] <= room and j not in block]
        if not fitting:
            break
        best = min(fitting, key=lambda j: (-gain[j], j))
        block.append(best)
        room -= sizes[best]
        for j, value in left[best].items():
            gain[j] = gain.get(j, 0.0) + value
    return block
