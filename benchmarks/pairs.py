"""Is a pair of sentences one claim or not? Average precision and calibration of the judge, and of all that is weighed, on claim scenarios.

    python benchmarks/pairs.py SCENARIOS.jsonl [--weights FOLDER]

A scenario is one JSON object a line: {"sentences": [{"text", "claim", "stance"}, …], "relations": [{"claims", "kind", "resolved"}]}.
Each scenario is read as one block. ECE: expected calibration error over ten bins of equal width (Naeini et al. 2015).
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

import numpy as np

from onrecord import Report, read
from onrecord.reading.encoder import WEIGHTS
from onrecord.reading.schemes import STANCES
from onrecord.reports.files import complete
from onrecord.story.actors import unite
from onrecord.story.judge import KINDS, Judge, Said, by_itself
from onrecord.story.matching import FEATURES, features, probabilities
from onrecord.story.meaning import Meaning
from onrecord.story.mentions import Draft, draft_of


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("scenarios", type=Path)
    parser.add_argument("--weights", type=Path, default=WEIGHTS)
    options = parser.parse_args()
    judge = Judge(options.weights)
    meaning = Meaning(options.weights)
    scores, cosines, weighed, truths, right, related = [], [], [], [], [], []
    pieces, started = 0, time.perf_counter()
    for line in options.scenarios.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        laid = judge.lay([Said(s["text"], (0, len(s["text"]))) for s in row["sentences"]])
        verdict = judge.weigh(laid)
        pieces += sum(len(each.ids) for each in laid)
        claims = np.array([s["claim"] for s in row["sentences"]])
        upper = np.triu_indices(len(claims), 1)
        scores.append(1 / (1 + np.exp(-verdict.same[upper])))
        drafts = _drafts([s["text"] for s in row["sentences"]])
        pairs = list(zip(*(each.tolist() for each in upper), strict=True))
        vectors = meaning.vectors(judge.lay([by_itself(d.text) for d in drafts]))
        table = features(
            drafts, pairs, verdict.same[upper], 1 - verdict.kind[upper][:, 0], vectors, np.full(len(drafts), 0.5)
        )  # here all are claims
        weighed.append(probabilities(table))
        cosines.append(table[:, FEATURES.index("cosine")])
        truths.append((claims[:, None] == claims)[upper])
        right += [STANCES[int(s.argmax())] == each["stance"] for s, each in zip(verdict.stance, row["sentences"], strict=True)]
        gold = {frozenset(r["claims"]): KINDS.index(r["kind"]) for r in row["relations"] if len(r["claims"]) == 2}
        for i, j in zip(*upper, strict=True):
            if claims[i] != claims[j]:
                related.append((int(verdict.kind[i, j].argmax()), gold.get(frozenset((claims[i], claims[j])), 0)))
    score, truth = np.concatenate(scores), np.concatenate(truths)
    found, hit, known = (
        sum(bool(x) for x in each) for each in ([a for a, _ in related], [a and a == b for a, b in related], [b for _, b in related])
    )
    print(f"pairs {len(score)}  same {truth.mean():.3f}")
    for name, each in (("judge alone", score), ("all weighed", np.concatenate(weighed))):
        print(f"{name}: average precision {100 * average_precision(each, truth):.1f}  ECE {calibration(each, truth):.3f}")
    print(f"cosine alone: average precision {100 * average_precision(np.concatenate(cosines), truth):.1f}")
    print(f"stance accuracy {100 * np.mean(right):.1f}  related pairs, kind right, F1 {200 * hit / max(1, found + known):.1f}")
    print(f"{pieces / (time.perf_counter() - started):,.0f} word pieces a second")


def _drafts(texts: list[str]) -> list[Draft]:
    """Each sentence as the mention it is, with the figures and events the reader finds in it."""
    readings = list(read([complete(Report(id=f"s{n:03}", text=text)) for n, text in enumerate(texts)]))
    cast = unite(readings, [])
    return [draft_of(reading, cast, (0, len(reading.report.text)), None) for reading in readings]


def average_precision(score: np.ndarray, truth: np.ndarray) -> float:
    """The mean precision at each true pair, pairs ranked by score."""
    ranked = truth[np.argsort(-score, kind="stable")]
    return float((np.cumsum(ranked) / np.arange(1, len(ranked) + 1))[ranked].mean())


def calibration(score: np.ndarray, truth: np.ndarray) -> float:
    """Expected calibration error over ten bins."""
    bins = np.minimum((score * 10).astype(int), 9)
    return float(sum(abs(score[bins == b].mean() - truth[bins == b].mean()) * (bins == b).mean() for b in range(10) if (bins == b).any()))


if __name__ == "__main__":
    main()
