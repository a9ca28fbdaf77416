import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from onrecord.reading.trees import ROOT, trees


def depth(word: int, heads: list[int]) -> int:
    steps = 0
    while heads[word] != ROOT and steps <= len(heads):
        word, steps = heads[word], steps + 1
    return steps


@given(st.integers(1, 12), st.integers(1, 4), st.integers(0, 2**32 - 1))
def test_every_sentence_is_one_tree(size: int, ways: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    sentences = np.sort(rng.integers(0, 3, size))
    heads = np.empty((size, ways), np.int64)
    for word in range(size):
        inside = [w for w in np.flatnonzero(sentences == sentences[word]) if w != word]
        heads[word] = rng.choice([ROOT, *inside], ways)
    chances = -np.sort(rng.random((size, ways)).astype(np.float32))
    found, _ = trees(heads, chances, sentences)
    for sentence in np.unique(sentences):
        words = np.flatnonzero(sentences == sentence)
        assert (found[words] == ROOT).sum() == 1
        assert all(found[w] == ROOT or sentences[found[w]] == sentence for w in words)
        assert all(depth(int(w), found.tolist()) <= len(words) for w in words)


def test_a_circle_opens_where_it_costs_least() -> None:
    heads = np.array([[1, ROOT], [0, ROOT], [1, ROOT]])
    chances = np.log(np.array([[0.9, 0.05], [0.6, 0.4], [0.9, 0.1]], np.float32))
    found, ways = trees(heads, chances, np.zeros(3, np.int64))
    assert found.tolist() == [1, ROOT, 1] and ways.tolist() == [0, 1, 0]


def test_of_two_roots_the_surer_one_stays() -> None:
    heads = np.array([[ROOT, 1], [ROOT, 0]])
    chances = np.log(np.array([[0.9, 0.1], [0.6, 0.4]], np.float32))
    assert trees(heads, chances, np.zeros(2, np.int64))[0].tolist() == [ROOT, 0]


def test_no_words() -> None:
    found, _ = trees(np.zeros((0, 4), np.int64), np.zeros((0, 4), np.float32), np.zeros(0, np.int64))
    assert found.tolist() == []


def test_a_sentence_whose_words_all_hang_elsewhere_has_a_root_too() -> None:
    heads = np.array([[ROOT], [3], [1], [1]])
    chances = np.zeros((4, 1), np.float32)
    found, _ = trees(heads, chances, np.array([0, 0, 1, 1]))
    assert (found[:2] == ROOT).sum() == 1 and (found[2:] == ROOT).sum() == 1
