"""Do two mentions assert the same? The judge's word, weighed with what it does not see: the story as a whole, figures, coded events.

A logistic regression over a few features of the pair; ``weights/matcher.json`` holds its coefficients (``training/matcher.py``).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from onrecord.reading.encoder import WEIGHTS
from onrecord.story.blocks import Pair
from onrecord.story.figures import figures_part
from onrecord.story.meaning import Vectors
from onrecord.story.mentions import Draft
from onrecord.story.words import telling_words

FEATURES = ("judged", "related", "cosine", "tfidf", "figures_part", "one_has_figures", "same_event", "claims", "one_report")
MATCHER = "matcher.json"
Matrix = NDArray[np.float64]


def features(drafts: Sequence[Draft], pairs: Sequence[Pair], judged: Matrix, related: Matrix, vectors: Vectors, claims: Matrix) -> Matrix:
    """The features of each pair: (pairs, len(FEATURES)). ``judged``: log-odds of the judge; ``related``: its chance of a disagreement;
    ``claims`` (mentions,): its chance that each is one of a claim."""
    if not pairs:
        return np.zeros((0, len(FEATURES)))
    one, other = np.array(pairs).T
    table = np.empty((len(pairs), len(FEATURES)))
    table[:, 0], table[:, 1] = judged, related
    table[:, 2] = (vectors[one] * vectors[other]).sum(1)
    table[:, 3] = _tfidf([d.text for d in drafts], pairs)
    figures = [d.quantities for d in drafts]
    table[:, 4] = [figures_part(figures[i], figures[j]) for i, j in pairs]
    table[:, 5] = [bool(figures[i]) != bool(figures[j]) for i, j in pairs]
    events = [d.event for d in drafts]
    table[:, 6] = [(1 if events[i] == events[j] else -1) if events[i] and events[j] else 0 for i, j in pairs]
    odds = np.log(np.clip(claims, 0.01, 0.99) / (1 - np.clip(claims, 0.01, 0.99)))
    table[:, 7] = np.minimum(odds[one], odds[other])
    table[:, 8] = [drafts[i].report == drafts[j].report for i, j in pairs]
    return table


def probabilities(table: Matrix) -> Matrix:
    """The probability of each pair to be one claim, from its features."""
    weights, bias = coefficients()
    out: Matrix = 1 / (1 + np.exp(-(table @ weights + bias)))
    return out


@cache
def coefficients() -> tuple[Matrix, float]:
    """(weights, bias) of weights/matcher.json."""
    stored = json.loads((WEIGHTS / MATCHER).read_text(encoding="utf-8"))
    return np.array([stored["weights"][name] for name in FEATURES]), float(stored["bias"])


def _tfidf(texts: Sequence[str], pairs: Sequence[Pair]) -> list[float]:
    """Cosine of the telling words, weighed by how few of the story's mentions have them."""
    bags = [frozenset(telling_words(t)) for t in texts]
    seen = Counter(word for bag in bags for word in bag)
    weight = {word: float(np.log((1 + len(texts)) / n)) ** 2 for word, n in seen.items()}
    norms = [max(1e-9, sum(weight[w] for w in bag)) ** 0.5 for bag in bags]
    return [sum(weight[w] for w in bags[i] & bags[j]) / norms[i] / norms[j] for i, j in pairs]
