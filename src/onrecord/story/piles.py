"""A pile of reports parted into stories: each report joins the story it is most like, or opens one.

Likeness is the cosine of tf-idf (telling words, and names once more) to the mean of a story's reports; the leader algorithm (Hartigan
1975) in order of publication, so that a new report never parts what stood together. Words count as if a small pile were part of a
larger one, else of two reports on one matter the shared words would tell nothing.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from onrecord.records import Reading
from onrecord.story.copies import order_key
from onrecord.story.words import telling_words

JOINS = 0.12  # cosine to a story's mean
OTHERS, ELSEWHERE = 40, 2  # a word as if in so many reports more, it stood in so many of them
_NAME = re.compile(r"\b[A-Z][a-zA-Z]{2,}")
Weights = dict[str, float]


def part(readings: Sequence[Reading], joins: float = JOINS) -> list[list[Reading]]:
    """The stories of a pile, each in order of publication, the longest first."""
    ordered = sorted(readings, key=order_key)
    stories = _Stories(joins)
    for reading, weights in zip(ordered, _vectors(ordered), strict=True):
        stories.add(reading, weights)
    return sorted(stories.members, key=lambda members: (-len(members), order_key(members[0])))


class _Stories:
    """Stories as they grow: the sum of the vectors of each, and which stories a word stands in."""

    def __init__(self, joins: float) -> None:
        self.members: list[list[Reading]] = []
        self._joins = joins
        self._sums: list[Weights] = []
        self._squares: list[float] = []
        self._of_word: dict[str, set[int]] = defaultdict(set)

    def add(self, reading: Reading, weights: Weights) -> None:
        products: dict[int, float] = defaultdict(float)
        for word, weight in weights.items():
            for story in self._of_word.get(word, ()):
                products[story] += weight * self._sums[story][word]
        likeness = {story: product / math.sqrt(self._squares[story]) for story, product in products.items()}
        best = max(likeness, key=lambda story: (likeness[story], -story), default=None)
        if best is None or likeness[best] < self._joins:
            best = len(self.members)
            self.members.append([])
            self._sums.append({})
            self._squares.append(0.0)
        self._join(best, reading, weights)

    def _join(self, story: int, reading: Reading, weights: Weights) -> None:
        total = self._sums[story]
        for word, weight in weights.items():
            before = total.get(word, 0.0)
            total[word] = before + weight
            self._squares[story] += total[word] ** 2 - before**2
            self._of_word[word].add(story)
        self.members[story].append(reading)


def _vectors(readings: Sequence[Reading]) -> list[Weights]:
    """Unit tf-idf vectors."""
    bags = [_bag(f"{r.report.title or ''}\n{r.report.text}") for r in readings]
    seen = Counter(word for bag in bags for word in bag)
    vectors = []
    for bag in bags:
        weights = {
            word: (1 + math.log(count)) * max(0.1, math.log((len(bags) + OTHERS) / (seen[word] + ELSEWHERE))) for word, count in bag.items()
        }
        length = math.sqrt(sum(w * w for w in weights.values())) or 1.0
        vectors.append({word: weight / length for word, weight in weights.items()})
    return vectors


def _bag(text: str) -> Counter[str]:
    return Counter(telling_words(text)) + Counter(f"#{name.lower()}" for name in _NAME.findall(text))
