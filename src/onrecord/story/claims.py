"""Mentions grouped by what they assert.

Average-link clustering on the matcher's probabilities, with pairs that may never be joined: figures of one thing whose
intervals do not meet. Ties go by the mentions' own keys, so the order of the reports never changes a claim.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from onrecord.story.matching import FEATURES, features, probabilities
from onrecord.story.meaning import Meaning
from onrecord.story.mentions import Draft

THRESHOLD = 0.5
COPIED = 0.999
Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class Grouped:
    """The mentions, their groups (numbers of mentions, each group sorted), and the pair table they were made from."""

    drafts: Sequence[Draft]
    groups: list[list[int]]
    probability: Matrix
    table: NDArray[np.float64]


def group(drafts: Sequence[Draft], meaning: Meaning) -> Grouped:
    """Groups the mentions of a story into claims."""
    texts = [d.text for d in drafts]
    if not drafts:
        return Grouped(drafts, [], np.zeros((0, 0)), np.zeros((0, 0, len(FEATURES))))
    table = features(texts, [d.quantities for d in drafts], meaning.vectors(texts))
    probability = probabilities(table)
    same_words = np.array([[a.lower() == b.lower() for b in texts] for a in texts])
    probability = np.where(same_words, COPIED, probability)
    parted = (table[..., FEATURES.index("numbers_part")] > 0) & ~same_words
    return Grouped(
        drafts,
        cluster(probability, [(int(i), int(j)) for i, j in zip(*np.nonzero(np.triu(parted, 1)), strict=True)], THRESHOLD),
        probability,
        table,
    )


def cluster(probability: Matrix, never: Sequence[tuple[int, int]], threshold: float) -> list[list[int]]:
    """Average-link clusters of n items; ``never`` are pairs that no cluster may hold. Sorted by first member."""
    n = len(probability)
    likeness = probability.copy()
    np.fill_diagonal(likeness, -1.0)
    for i, j in never:
        likeness[i, j] = likeness[j, i] = -np.inf
    members: dict[int, list[int]] = {i: [i] for i in range(n)}
    while len(members) > 1:
        flat = int(likeness.argmax())
        i, j = sorted(divmod(flat, n))
        if likeness[i, j] < threshold:
            break
        a, b = len(members[i]), len(members[j])
        merged = (a * likeness[i] + b * likeness[j]) / (a + b)
        likeness[i], likeness[:, i] = merged, merged
        likeness[i, i] = -1.0
        likeness[j], likeness[:, j] = -1.0, -1.0
        members[i] += members.pop(j)
    return sorted(sorted(m) for m in members.values())
