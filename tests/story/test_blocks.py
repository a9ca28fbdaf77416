import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from onrecord.story.blocks import between, candidates, pack


@given(st.integers(2, 30), st.integers(0, 500), st.integers(40, 200))
def test_every_pair_stands_in_a_block_and_no_block_is_too_long(n: int, seed: int, most: int) -> None:
    random = np.random.default_rng(seed)
    sizes = random.integers(5, 20, n).tolist()
    pairs = {(i, j): float(random.random()) for i in range(n) for j in range(i + 1, n) if random.random() < 0.4}
    blocks = pack(pairs, sizes, most, at_once=8)
    together = {(i, j) for block in blocks for i in block for j in block if i < j}
    assert pairs.keys() <= together
    assert all(len(block) <= 8 and sum(sizes[i] for i in block) <= most for block in blocks)


@given(st.integers(1, 40), st.integers(0, 500), st.integers(1, 6))
def test_a_mention_finds_its_nearest(n: int, seed: int, nearest: int) -> None:
    vectors = np.random.default_rng(seed).normal(size=(n, 8)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    found = candidates(vectors, nearest, floor=-2.0)
    for i in range(n):
        others = sorted((j for j in range(n) if j != i), key=lambda j: -float(vectors[i] @ vectors[j]))[:nearest]
        assert all((min(i, j), max(i, j)) in found for j in others)


def test_what_is_unlike_everything_is_in_no_pair() -> None:
    vectors = np.eye(3, dtype=np.float32)
    assert candidates(vectors) == {}


def test_pairs_of_sentences_are_as_near_as_their_nearest_mentions() -> None:
    assert between({(0, 1): 0.9, (0, 2): 0.2, (1, 2): 0.6}, [[0, 1], [2]]) == {(0, 1): 0.6}
