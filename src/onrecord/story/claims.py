"""Mentions grouped by what they assert.

Average-link clustering on the matcher's probabilities, with pairs that may never be joined: figures of one thing whose
intervals do not meet. What is clustered are wordings, so that a hundred copies weigh as much as one. Ties go by the mentions'
own keys, so the order of the reports never changes a claim.
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
    if not drafts:
        return Grouped(drafts, [], np.zeros((0, 0)), np.zeros((0, 0, len(FEATURES))))
    numbers: dict[str, int] = {}
    wording = np.array([numbers.setdefault(d.text.lower(), len(numbers)) for d in drafts])
    first = [int(np.flatnonzero(wording == number)[0]) for number in range(len(numbers))]
    texts = [drafts[at].text for at in first]
    table = features(texts, [drafts[at].quantities for at in first], meaning.vectors(texts))
    probability = probabilities(table)
    parted = np.triu(table[..., FEATURES.index("numbers_part")] > 0, 1)
    groups = cluster(probability, [(int(i), int(j)) for i, j in zip(*np.nonzero(parted), strict=True)], THRESHOLD)
    np.fill_diagonal(probability, COPIED)
    every = np.ix_(wording, wording)
    members = [np.flatnonzero(np.isin(wording, group)).tolist() for group in groups]
    return Grouped(drafts, sorted(members), probability[every], table[every])


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
