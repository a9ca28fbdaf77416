from itertools import pairwise, product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from onrecord.reading.attribution.tags import LEGAL, marginals, viterbi

MOVES = np.random.default_rng(1).normal(size=(7, 7)).astype(np.float32)


@given(st.lists(st.integers(0, 2**32 - 1), min_size=1, max_size=4))
def test_every_path_is_legal(seeds: list[int]) -> None:
    rows = [np.random.default_rng(s).normal(size=(1 + s % 30, 7)).astype(np.float32) for s in seeds]
    for row, path in zip(rows, viterbi(rows, MOVES), strict=True):
        assert len(path) == len(row)
        for before, tag in zip(path, path[1:], strict=False):
            assert tag % 2 == 1 or tag == 0 or before in (tag - 1, tag)


def test_a_row_is_decoded_alike_alone_and_beside_longer_ones() -> None:
    rng = np.random.default_rng(7)
    short, long = (rng.normal(size=(n, 7)).astype(np.float32) for n in (5, 60))
    assert viterbi([short], MOVES)[0].tolist() == viterbi([long, short], MOVES)[1].tolist()


@given(st.lists(st.integers(0, 2**32 - 1), min_size=1, max_size=4))
def test_the_chances_of_a_words_tags_make_one(seeds: list[int]) -> None:
    rows = [np.random.default_rng(s).normal(size=(1 + s % 30, 7)).astype(np.float32) for s in seeds]
    for row, chances in zip(rows, marginals(rows, MOVES), strict=True):
        assert chances.shape == row.shape and np.allclose(chances.sum(1), 1, atol=1e-4)


def test_marginals_are_the_share_of_all_legal_chains() -> None:
    row = np.random.default_rng(3).normal(size=(3, 7)).astype(np.float32)
    weight: dict[tuple[int, ...], float] = {}
    for chain in product(range(7), repeat=3):
        if all(LEGAL[a, b] for a, b in pairwise(chain)):
            weight[chain] = float(np.exp(sum(row[i, t] for i, t in enumerate(chain)) + sum(MOVES[a, b] for a, b in pairwise(chain))))
    (got,) = marginals([row], MOVES)
    wanted = sum(w for chain, w in weight.items() if chain[1] == 2) / sum(weight.values())
    assert abs(got[1, 2] - wanted) < 1e-4
