"""One tree a sentence, out of each word's likeliest heads.

The network scores the heads of each word by itself, so that its best ones may run in a circle or leave a sentence with two roots.
As in Chu & Liu (1965) and Edmonds (1967) a circle is opened where that costs least; with few heads a word to choose from.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

ROOT = -1
Numbers = NDArray[np.int64]
Chances = NDArray[np.float32]


def trees(heads: Numbers, chances: Chances, sentences: Numbers) -> tuple[Numbers, Numbers]:
    """The head of each of n words (``ROOT`` of a sentence's root), and which of its ways that was.

    heads, chances (n, ways): word numbers, within the sentence or ``ROOT``, and their log probabilities; -inf for none.
    """
    ways = chances.argmax(1)
    found = heads[np.arange(len(heads)), ways]
    for words in _crooked(found, sentences):
        _mend(words, heads, chances, found, ways)
    return found, ways


def _crooked(heads: Numbers, sentences: Numbers) -> list[Numbers]:
    """The words of each sentence that is no tree."""
    if not len(heads):
        return []
    above = np.append(heads, ROOT)  # the last place stands for the root, which is its own head
    for _ in range(len(heads).bit_length()):
        above = above[above]
    circling = above[:-1] != ROOT
    numbers, within = np.unique(sentences, return_inverse=True)
    roots = np.bincount(within[heads == ROOT], minlength=len(numbers))
    return [np.flatnonzero(within == number) for number in np.unique(within[circling | (roots[within] != 1)])]


def _mend(words: Numbers, heads: Numbers, chances: Chances, found: Numbers, ways: Numbers) -> None:
    """Opens the circles of a sentence, then leaves it one root."""
    for word in words:
        if word in (circle := _path(word, found)[1]):
            _turn(circle, words, heads, chances, found, ways)
    roots = [int(w) for w in words if found[w] == ROOT]
    if not roots:  # its top word hangs on another sentence
        inside = set(words.tolist())
        roots = [next((int(w) for w in words if int(found[w]) not in inside), int(words[0]))]
        found[roots[0]] = ROOT
    best = max(roots, key=lambda w: float(chances[w, ways[w]]))
    for root in roots:
        if root != best:
            found[root] = best
            _turn([root], words, heads, chances, found, ways, rooted=True)


def _turn(circle: list[int], words: Numbers, heads: Numbers, chances: Chances, found: Numbers, ways: Numbers, rooted: bool = False) -> None:
    """Gives one word of a circle the head that costs least and does not lead back to it; with none, the sentence's root."""
    best: tuple[float, int, int] | None = None
    for word in circle:
        for way in range(heads.shape[1]):
            head, cost = int(heads[word, way]), float(chances[word, ways[word]] - chances[word, way])
            if not np.isfinite(cost) or (head == ROOT and rooted) or (head != ROOT and word in _path(head, found)[0]):
                continue
            if best is None or cost < best[0]:
                best = cost, word, way
    if best is not None:
        _, word, way = best
        found[word], ways[word] = heads[word, way], way
    elif not rooted:
        found[circle[0]] = next((int(w) for w in words if found[w] == ROOT), ROOT)


def _path(word: int, found: Numbers) -> tuple[list[int], list[int]]:
    """The words from one upwards, itself first; and those of them that run in a circle."""
    path: list[int] = []
    at: dict[int, int] = {}
    while word != ROOT and word not in at:
        at[word] = len(path)
        path.append(int(word))
        word = int(found[word])
    return path, path[at[word] :] if word != ROOT else []
