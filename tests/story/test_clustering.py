import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from onrecord.story.clustering import cluster


def matrix(seed: int, n: int) -> np.ndarray:
    table = np.random.default_rng(seed).random((n, n))
    return np.round((table + table.T) / 2, 3)


@given(st.integers(0, 10_000), st.integers(1, 14))
def test_clusters_hold_every_mention_once_and_no_forbidden_pair(seed: int, n: int) -> None:
    never = [(i, j) for i in range(n) for j in range(i) if (i + j + seed) % 5 == 0]
    groups = cluster(matrix(seed, n), never, 0.5)
    assert sorted(m for g in groups for m in g) == list(range(n))
    assert not any(i in g and j in g for g in groups for i, j in never)


@given(st.integers(0, 10_000), st.integers(2, 12), st.randoms())
def test_the_order_of_mentions_changes_no_cluster(seed: int, n: int, random: object) -> None:
    table = matrix(seed, n) + np.triu(np.arange(n * n).reshape(n, n) * 1e-7, 1)  # no ties
    table = np.triu(table, 1) + np.triu(table, 1).T
    order = np.random.default_rng(seed + 1).permutation(n)
    plain = {frozenset(g) for g in cluster(table, [], 0.45)}
    shuffled = {frozenset(int(order[m]) for m in g) for g in cluster(table[np.ix_(order, order)], [], 0.45)}
    assert plain == shuffled


def test_likeness_below_the_threshold_joins_nothing() -> None:
    assert cluster(np.full((3, 3), 0.3), [], 0.5) == [[0], [1], [2]]
