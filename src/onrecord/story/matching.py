"""Do two mentions assert the same? A logistic regression over a few features of the pair, trained on claim scenarios.

Inside one story everything is about the same few people and deeds, so plain similarity fails; the features therefore
measure likeness against the story's own mean, and what numbers, negations and sources say. ``weights/matcher.json``
holds the coefficients (``training/matcher.py``).
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from onrecord.reading.encoder import WEIGHTS
from onrecord.reading.lexicon import lemmas_of
from onrecord.records import Quantity
from onrecord.story.meaning import Vectors

FEATURES = ("cosine", "centred", "tfidf", "contained", "numbers_meet", "numbers_part", "number_alone", "negation", "length")
MAIN_WORDS = 8
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_STOP = frozenset(
    """the a an of to in on at by for from with and or but as that this these those it its he his she her they their we our i you is
    are was were be been being has have had do did does will would can could may might not no had who which what when where
    whether if than then there also more most some any all about into over after before during said say says told""".split()
)
_NEGATIONS = re.compile(r"\b(?:not|no|never|none|nobody|nothing|neither|nor|false|untrue|wrong|fantasy|lie|invention)\b|n[’']t\b", re.I)
Matrix = NDArray[np.float64]


def features(texts: Sequence[str], quantities: Sequence[Sequence[Quantity]], vectors: Vectors) -> NDArray[np.float64]:
    """The features of every pair: (n, n, len(FEATURES)), symmetric."""
    n = len(texts)
    cosine = (vectors @ vectors.T).astype(np.float64)
    centre = vectors - vectors.mean(0, keepdims=True)
    centre = centre / np.maximum(np.linalg.norm(centre, axis=1, keepdims=True), 1e-9)
    centred = (centre @ centre.T).astype(np.float64)
    tfidf, contained = _words(texts)
    meet, part, alone = _numbers(quantities)
    turned = np.array([negated(t) for t in texts])
    lengths = np.log([len(t) + 1 for t in texts])
    out = np.empty((n, n, len(FEATURES)))
    columns = (
        cosine,
        centred,
        tfidf,
        contained,
        meet,
        part,
        alone,
        turned[:, None] != turned[None, :],
        abs(lengths[:, None] - lengths[None, :]),
    )
    for number, column in enumerate(columns):
        out[:, :, number] = column
    return out


def probabilities(table: NDArray[np.float64]) -> Matrix:
    """The probability of each pair to be one claim, from its features."""
    weights, bias = coefficients()
    return 1 / (1 + np.exp(-(expanded(table) @ weights + bias)))


def expanded(table: NDArray[np.float64]) -> NDArray[np.float64]:
    """The features with the products that matter: likeness counts for less when numbers part."""
    part = table[..., FEATURES.index("numbers_part")]
    extra = [table[..., FEATURES.index("centred")] * part, table[..., 0] ** 2, table[..., 1] ** 2]
    return np.concatenate([table, np.stack(extra, -1)], -1)


@cache
def coefficients() -> tuple[NDArray[np.float64], float]:
    """(weights, bias) of weights/matcher.json."""
    stored = json.loads((WEIGHTS / "matcher.json").read_text(encoding="utf-8"))
    return np.array(stored["weights"]), float(stored["bias"])


def negated(text: str) -> bool:
    """Is a mention negated in its main clause, that is in its first words?"""
    return _NEGATIONS.search(" ".join(text.split()[:MAIN_WORDS])) is not None


def telling_words(text: str) -> list[str]:
    """The lemmas of a text's words that are no function words."""
    words = (w.lower() for w in _WORD.findall(text))
    return [_stem(w) for w in words if w not in _STOP and len(w) > 1]


@cache
def _stem(word: str) -> str:
    return min(lemmas_of(word), key=len) if len(word) > 3 else word


def _words(texts: Sequence[str]) -> tuple[Matrix, Matrix]:
    """tf-idf cosine within the story, and the share of the shorter mention's weight that the longer one holds."""
    bags = [Counter(telling_words(t)) for t in texts]
    seen = Counter(word for bag in bags for word in bag)
    columns = {word: n for n, word in enumerate(sorted(seen))}
    table = np.zeros((len(texts), max(1, len(columns))))
    for row, bag in enumerate(bags):
        for word in bag:
            table[row, columns[word]] = np.log((1 + len(texts)) / seen[word])
    norms = np.maximum(np.linalg.norm(table, axis=1), 1e-9)
    cosine = (table @ table.T) / norms[:, None] / norms[None, :]
    root = np.sqrt(table)
    shared = (root**2 > 0).astype(float) @ table.T
    own = np.maximum(table.sum(1), 1e-9)
    contained = np.maximum(shared.T / own[:, None], (shared.T / own[:, None]).T)
    return cosine, np.minimum(contained, 1.0)


def _numbers(quantities: Sequence[Sequence[Quantity]]) -> tuple[Matrix, Matrix, Matrix]:
    n = len(quantities)
    meet, part, alone = np.zeros((n, n)), np.zeros((n, n)), np.zeros((n, n))
    for i in range(n):
        for j in range(i):
            a, b = quantities[i], quantities[j]
            if a and b:
                together = any(intervals_meet(x, y) for x in a for y in b)
                meet[i, j] = meet[j, i] = together
                part[i, j] = part[j, i] = not together
            elif a or b:
                alone[i, j] = alone[j, i] = 1
    return meet, part, alone


def intervals_meet(a: Quantity, b: Quantity) -> bool:
    """Can both figures be so of one thing? Different units never compare, so they do not meet."""
    if (a.unit or None) != (b.unit or None):
        return False
    return a.low <= (b.high if b.high is not None else np.inf) and b.low <= (a.high if a.high is not None else np.inf)
