"""Average-link clusters, and the connected components that they are looked for in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from onrecord.story.blocks import Pair


def components(n: int, links: Iterator[Pair]) -> list[list[int]]:
    """Connected components (union-find with path halving), each sorted, in order of first member."""
    above = list(range(n))

    def top(i: int) -> int:
        while above[i] != i:
            above[i] = above[above[i]]
            i = above[i]
        return i

    for i, j in links:
        a, b = sorted((top(i), top(j)))
        above[b] = a
    found: dict[int, list[int]] = {}
    for i in range(n):
        found.setdefault(top(i), []).append(i)
    return list(found.values())


def cluster(probability: NDArray[np.floating], never: Sequence[Pair], threshold: float, core: float = 0.0) -> list[list[int]]:
    """Average-link clusters of n items; ``never`` are pairs that no cluster may hold, and so are those of a probability of -inf. Sorted by
    first member.

    Two clusters are only joined when one pair across them is as likely as ``core``: what is a little like everything joins nothing.
    """
    n = len(probability)
    likeness, best = probability.copy(), probability.copy()
    np.fill_diagonal(likeness, -1.0)
    np.fill_diagonal(best, -1.0)
    for i, j in never:
        likeness[i, j] = likeness[j, i] = -np.inf
    free = np.where(best >= core, likeness, -1.0)  # of pairs that may be joined
    top = free.max(1, initial=-1.0)
    members: dict[int, list[int]] = {i: [i] for i in range(n)}
    while len(members) > 1:
        first = int(top.argmax())
        if top[first] < threshold:
            break
        i, j = sorted((first, int(free[first].argmax())))
        a, b = len(members[i]), len(members[j])
        likeness[i] = likeness[:, i] = (a * likeness[i] + b * likeness[j]) / (a + b)
        best[i] = best[:, i] = np.maximum(best[i], best[j])
        likeness[i, i] = best[i, i] = -1.0
        likeness[j], likeness[:, j], best[j], best[:, j] = -1.0, -1.0, -1.0, -1.0
        # rows whose likeliest was one of the two; of those below the threshold, which are never chosen, a bound is enough
        stale = np.flatnonzero((top >= threshold) & ((free[:, i] >= top) | (free[:, j] >= top)))
        free[i] = free[:, i] = np.where(best[i] >= core, likeness[i], -1.0)
        free[j], free[:, j] = -1.0, -1.0
        np.maximum(top, free[:, i], out=top)
        stale = np.append(stale, (i, j))
        top[stale] = free[stale].max(1)
        members[i] += members.pop(j)
    return sorted(sorted(m) for m in members.values())
