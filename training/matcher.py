"""Fits the pair matcher on annotated stories the judge has not seen: ``python -m training.matcher --stories FOLDER --to FOLDER``.

Each gold mention is the pair's mention, in its sentence, with the figures and events the reader finds in it. Logistic regression on
``onrecord.story.matching.features``, stored as plain numbers. Figures are of the story left out.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score

from onrecord.reading.reader import read
from onrecord.records import Report
from onrecord.reports.files import complete
from onrecord.story.actors import unite
from onrecord.story.blocks import Pair
from onrecord.story.claims import UNREAD, cluster, read_together
from onrecord.story.copies import find_copies
from onrecord.story.judge import Judge
from onrecord.story.matching import FEATURES, MATCHER, features
from onrecord.story.meaning import Meaning
from onrecord.story.mentions import Draft, draft_of
from training.blocks import place_of


@dataclass
class Story:
    """One story's mentions, the claim of each, and the features of all pairs that were read together."""

    name: str
    claims: list[str]
    pairs: list[Pair]
    table: np.ndarray

    @property
    def same(self) -> np.ndarray:
        """Is each pair one claim? (pairs,)"""
        return np.array([self.claims[i] == self.claims[j] for i, j in self.pairs])


def main() -> None:
    options = _arguments()
    meaning, judge = Meaning(options.weights), Judge(options.weights)
    found = [_story(path, meaning, judge) for path in sorted(options.stories.glob("*.json"))]
    precision, scores = [], {t: [] for t in (0.2, 0.25, 0.3, 0.35, 0.4, 0.5)}  # type: ignore[var-annotated]
    for left in found:
        weights, bias = _fit([s for s in found if s is not left], options.c)
        chance = 1 / (1 + np.exp(-(left.table @ weights + bias)))
        precision.append(average_precision_score(left.same, chance))
        for threshold, each in scores.items():
            each.append(b_cubed(left.claims, cluster(_square(left, chance), [], threshold)))
    judged = np.mean([average_precision_score(s.same, s.table[:, 0]) for s in found])
    print(f"average precision, story left out: {100 * np.mean(precision):.1f} (judge alone {100 * judged:.1f})")
    print("B3 on gold mentions, story left out:", {t: round(100 * float(np.mean(each)), 1) for t, each in scores.items()})
    weights, bias = _fit(found, options.c)
    stored = {"weights": dict(zip(FEATURES, weights.round(4).tolist(), strict=True)), "bias": round(bias, 4)}
    print(stored)
    (options.to / MATCHER).write_text(json.dumps(stored) + "\n", encoding="utf-8")


def _story(path: Path, meaning: Meaning, judge: Judge) -> Story:
    row = json.loads(path.read_text(encoding="utf-8"))
    keys = ("id", "outlet", "published", "title", "text")
    readings = {r.report.id: r for r in read([complete(Report(**{k: r[k] for k in keys})) for r in row["reports"]])}
    cast = unite(list(readings.values()), find_copies(list(readings.values())))
    drafts: list[Draft] = []
    claims = []
    for claim in row["claims"]:
        for m in claim["mentions"]:
            reading = readings[m["report"]]
            drafts.append(draft_of(reading, cast, place_of(reading.report.text, m), None))
            claims.append(claim["id"])
    seen, vectors, _ = read_together(drafts, meaning, judge)
    pairs = sorted(seen)
    odds, related = (np.array([f(seen[p]) for p in pairs]) for f in (lambda w: w.odds, lambda w: 1 - float(w.kind[0])))
    return Story(path.stem, claims, pairs, features(drafts, pairs, odds, related, vectors))


def _fit(found: list[Story], c: float) -> tuple[np.ndarray, float]:
    x, y = np.concatenate([s.table for s in found]), np.concatenate([s.same for s in found])
    middle, spread = x.mean(0), x.std(0) + 1e-9
    model = LogisticRegression(C=c, max_iter=5000).fit((x - middle) / spread, y)
    weights = model.coef_[0] / spread
    return weights, float(model.intercept_[0] - weights @ middle)


def _square(story: Story, chance: np.ndarray) -> np.ndarray:
    table = np.full((len(story.claims), len(story.claims)), UNREAD)
    for (i, j), value in zip(story.pairs, chance, strict=True):
        table[i, j] = table[j, i] = value
    return table


def b_cubed(gold: list[str], groups: list[list[int]]) -> float:
    """B-cubed F1 (Bagga & Baldwin 1998)."""
    of = {i: frozenset(g) for g in groups for i in g}
    same = {i: frozenset(j for j, c in enumerate(gold) if c == gold[i]) for i in range(len(gold))}
    p = float(np.mean([len(of[i] & same[i]) / len(of[i]) for i in same]))
    r = float(np.mean([len(of[i] & same[i]) / len(same[i]) for i in same]))
    return 2 * p * r / (p + r)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stories", type=Path, required=True)
    parser.add_argument("--weights", type=Path, required=True, help="the folder with judge.onnx and meaning.onnx")
    parser.add_argument("--to", type=Path, required=True)
    parser.add_argument("--c", type=float, default=1.0)
    return parser.parse_args()


if __name__ == "__main__":
    main()
