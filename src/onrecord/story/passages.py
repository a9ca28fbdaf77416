"""The passages that two texts have word for word in common: what shows a copy to the eye.

Runs of at least ``LEAST`` words, longest first (greedy string tiling, Wise 1993), found by shingles; each word of a text stands in one run
at most. Case and punctuation do not matter.
"""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import islice

from onrecord.records import Span

LEAST = 5  # words
OFTEN = 8  # places of the same words that are looked at
MOST = 5000  # words of a text that are compared, so that no text costs minutes
_WORD = re.compile(r"\w+")
Passage = tuple[Span, Span]


def passages(a: str, b: str, least: int = LEAST) -> list[Passage]:
    """(span of a, span of b) of each run of words that both have, in order of a."""
    words = [[(m.group().lower(), m.span()) for m in islice(_WORD.finditer(text), MOST)] for text in (a, b)]
    one, two = ([w for w, _ in each] for each in words)
    at: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for j in range(len(two) - least + 1):
        places = at[tuple(two[j : j + least])]
        if len(places) < OFTEN:
            places.append(j)
    runs = []
    for i in range(len(one) - least + 1):
        for j in at.get(tuple(one[i : i + least]), ()):
            if i and j and one[i - 1] == two[j - 1]:
                continue  # stands in a longer run
            length = least
            while i + length < len(one) and j + length < len(two) and one[i + length] == two[j + length]:
                length += 1
            runs.append((-length, i, j))
    taken_a: set[int] = set()
    taken_b: set[int] = set()
    found: list[Passage] = []
    for length, i, j in sorted(runs):
        rows, columns = range(i, i - length), range(j, j - length)
        if taken_a.isdisjoint(rows) and taken_b.isdisjoint(columns):
            taken_a.update(rows)
            taken_b.update(columns)
            found.append(((words[0][i][1][0], words[0][i - length - 1][1][1]), (words[1][j][1][0], words[1][j - length - 1][1][1])))
    return sorted(found)
