"""Fits the pair matcher on claim scenarios: ``python -m training.matcher --gold FOLDER --to FOLDER`` (needs meaning.onnx there).

Logistic regression (scikit-learn) on ``onrecord.story.matching.features``; stored as plain numbers. It is fitted on
scenarios-dev: on the scenarios that the sentence encoder was trained on, the encoder's cosine looks better than it is.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from onrecord.reading.quantities import find_quantities
from onrecord.reading.sentences import lay_out
from onrecord.reading.times import find_times
from onrecord.story.claims import cluster
from onrecord.story.matching import expanded, features
from onrecord.story.meaning import Meaning
from training.data import rows_of


def main() -> None:
    options = _arguments()
    meaning = Meaning(options.to)
    scenarios = _tables(options.gold / "scenarios-dev.jsonl", meaning)
    x, y = (np.concatenate([part[i] for part in map(_pairs, scenarios)]) for i in (0, 1))
    model = LogisticRegression(C=options.c, max_iter=2000).fit(x, y)
    weights, bias = model.coef_[0], float(model.intercept_[0])
    print("pairs", len(y), "same", y.mean().round(3), dict(zip(range(len(weights)), weights.round(2), strict=True)))
    for threshold in (0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5):
        scores = [_b_cubed(claims, cluster(_probability(table, weights, bias), [], threshold)) for table, claims in scenarios]
        print(threshold, "B3 on what it was fitted on", round(100 * float(np.mean(scores)), 1))
    stored = {"weights": [round(float(w), 4) for w in weights], "bias": round(bias, 4)}
    (options.to / "matcher.json").write_text(json.dumps(stored) + "\n", encoding="utf-8")


def _tables(path: Path, meaning: Meaning) -> list[tuple[np.ndarray, list[str]]]:
    out = []
    for row in rows_of(path):
        texts = [s["text"] for s in row["sentences"]]
        layouts = [lay_out(t) for t in texts]
        quantities = [find_quantities(layout, find_times(layout, None)) for layout in layouts]
        out.append((features(texts, quantities, meaning.vectors(texts)), [s["claim"] for s in row["sentences"]]))
    return out


def _pairs(scenario: tuple[np.ndarray, list[str]]) -> tuple[np.ndarray, np.ndarray]:
    table, claims = scenario
    rows, columns = np.triu_indices(len(claims), 1)
    return expanded(table)[rows, columns], np.array([claims[i] == claims[j] for i, j in zip(rows, columns, strict=True)])


def _probability(table: np.ndarray, weights: np.ndarray, bias: float) -> np.ndarray:
    return 1 / (1 + np.exp(-(expanded(table) @ weights + bias)))


def _b_cubed(gold: list[str], groups: list[list[int]]) -> float:
    of = {i: frozenset(g) for g in groups for i in g}
    same = {i: frozenset(j for j, c in enumerate(gold) if c == gold[i]) for i in range(len(gold))}
    p = float(np.mean([len(of[i] & same[i]) / len(of[i]) for i in same]))
    r = float(np.mean([len(of[i] & same[i]) / len(same[i]) for i in same]))
    return 2 * p * r / (p + r)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--to", type=Path, required=True)
    parser.add_argument("--c", type=float, default=1.0)
    return parser.parse_args()


if __name__ == "__main__":
    main()
