"""Fits the pair matcher on annotated stories the judge has not seen: ``python -m training.matcher --stories FOLDER --to FOLDER``.

The mentions are those that ``onrecord`` finds, each with the claim of the marked mention it meets. Logistic regression on
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

from onrecord.story.blocks import Pair
from onrecord.story.claims import CORE, UNREAD, barred, read_together
from onrecord.story.clustering import cluster
from onrecord.story.judge import Judge
from onrecord.story.matching import FEATURES, MATCHER, features
from onrecord.story.meaning import Meaning
from training.blocks import IGNORED, drafts_of, heard, is_one


@dataclass
class Story:
    """One story's mentions as they are heard, the claim of each (None: of none), and the features of all pairs that were read together;
    ``told``: does the gold say of a pair whether it is one claim? ``never``: pairs that cannot be."""

    name: str
    claims: list[str | None]
    pairs: list[Pair]
    table: np.ndarray
    told: np.ndarray
    never: list[Pair]

    @property
    def same(self) -> np.ndarray:
        """Is each pair one claim? (pairs,)"""
        return np.array([self.claims[i] is not None and self.claims[i] == self.claims[j] for i, j in self.pairs])


def main() -> None:
    options = _arguments()
    meaning, judge = Meaning(options.weights), Judge(options.weights)
    found = [_story(path, meaning, judge) for path in sorted(options.stories.glob("*.json"))]
    precision, scores = [], {t: [] for t in (0.2, 0.25, 0.3, 0.35, 0.4, 0.5)}  # type: ignore[var-annotated]
    for left in found:
        weights, bias = _fit([s for s in found if s is not left], options.c)
        chance = 1 / (1 + np.exp(-(left.table @ weights + bias)))
        precision.append(average_precision_score(left.same[left.told], chance[left.told]))
        for threshold, each in scores.items():
            each.append(b_cubed(left.claims, cluster(_square(left, chance), left.never, threshold, CORE)))
    judged = np.mean([average_precision_score(s.same[s.told], s.table[s.told, 0]) for s in found])
    print(f"average precision, story left out: {100 * np.mean(precision):.1f} (judge alone {100 * judged:.1f})")
    print("B3 on mentions with a claim, story left out:", {t: round(100 * float(np.mean(each)), 1) for t, each in scores.items()})
    weights, bias = _fit(found, options.c)
    stored = {"weights": dict(zip(FEATURES, weights.round(4).tolist(), strict=True)), "bias": round(bias, 4)}
    print(stored)
    (options.to / MATCHER).write_text(json.dumps(stored) + "\n", encoding="utf-8")


def _story(path: Path, meaning: Meaning, judge: Judge) -> Story:
    row = json.loads(path.read_text(encoding="utf-8"))
    drafts = drafts_of(row)
    said = heard(drafts, row)
    seen, vectors, alone = read_together(drafts, meaning, judge)
    pairs = sorted(seen)
    odds, related = (np.array([f(seen[p]) for p in pairs]) for f in (lambda w: w.odds, lambda w: 1 - float(w.kind[0])))
    table = features(drafts, pairs, odds, related, vectors, alone.claims.astype(float))
    told = np.array([is_one(said[i], said[j]) != IGNORED for i, j in pairs])
    return Story(path.stem, [s.claim for s in said], pairs, table, told, [pair for pair in pairs if barred(*(drafts[i] for i in pair))])


def _fit(found: list[Story], c: float) -> tuple[np.ndarray, float]:
    x, y = np.concatenate([s.table[s.told] for s in found]), np.concatenate([s.same[s.told] for s in found])
    middle, spread = x.mean(0), x.std(0) + 1e-9
    model = LogisticRegression(C=c, max_iter=5000).fit((x - middle) / spread, y)
    weights = model.coef_[0] / spread
    return weights, float(model.intercept_[0] - weights @ middle)


def _square(story: Story, chance: np.ndarray) -> np.ndarray:
    table = np.full((len(story.claims), len(story.claims)), UNREAD)
    for (i, j), value in zip(story.pairs, chance, strict=True):
        table[i, j] = table[j, i] = value
    return table


def b_cubed(gold: list[str | None], groups: list[list[int]]) -> float:
    """B-cubed F1 (Bagga & Baldwin 1998) of the items with a label."""
    of = {i: frozenset(j for j in g if gold[j]) for g in groups for i in g if gold[i]}
    same = {i: frozenset(j for j, c in enumerate(gold) if c == gold[i]) for i in of}
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
