"""All steps from gold data to weights: ``python -m training --minilm FOLDER --gold FOLDER``."""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

INVENTED = Path(__file__).parent / "invented"
LAYERS = "0 1 2 3 4 5 6 8 10 11".split()  # of MPNet's twelve, those the judge keeps
WEIGHTS = Path(__file__).parent.parent / "src" / "onrecord" / "weights"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minilm", type=Path, required=True)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--mpnet", type=Path, help="a larger network: the teacher of events, and what the judge is made of")
    parser.add_argument("--to", type=Path, default=WEIGHTS)
    parser.add_argument("--open-only", action="store_true", help="train the reader on openly licensed data alone")
    options = parser.parse_args()
    start, learn = ["--minilm", str(options.minilm)], ["--gold", str(options.gold)]
    options.to.mkdir(parents=True, exist_ok=True)
    weights = options.to / "reader.pt"
    taught = options.to / "taught.pt"
    if options.mpnet:
        teacher, large = str(options.to / "teacher.pt"), ["--mpnet", str(options.mpnet)]
        _run("train", *start, *learn, *large, "--out", teacher, "--batch", "2000", "--lr", "7e-5", "--epochs", "6")
        _run("teacher", teacher, *start, *learn, *large, "--out", str(taught))
    more = [*(["--taught", str(taught)] if options.mpnet else []), *(["--open-only"] if options.open_only else [])]
    _run("train", *start, *learn, "--out", str(weights), "--story-weight", "1", *more)
    _run("export", str(weights), *start, "--to", str(options.to))
    weights.unlink()
    _claims(options.minilm, options.mpnet, options.gold, options.to)


def _claims(minilm: Path, mpnet: Path | None, gold: Path, to: Path) -> None:
    """What tells one claim from another: sentence vectors, the judge (only with ``mpnet``), the matcher."""
    scenarios = ["--scenarios", str(gold / "claims/scenarios.jsonl"), str(INVENTED / "scenarios.jsonl")]
    told = [*scenarios, "--dev", str(gold / "claims/scenarios-dev.jsonl"), "--stories", str(INVENTED / "stories")]
    _run("claims", "--minilm", str(minilm), *told, "--to", str(to), "--epochs", "3", "--lr", "1e-4")
    if mpnet:
        whole, judge = str(to / "judge12.pt"), str(to / "judge.pt")
        encoder = ["--encoder", str(mpnet), "--joint", "4"]
        _run("judging", *encoder, *told, "--out", whole, "--epochs", "2", "--lr", "5e-5")
        _run("judging", *encoder, *told, "--init", whole, "--layers", *LAYERS, "--out", judge, "--epochs", "4")
        _run("judge_export", judge, *encoder, "--layers", *LAYERS, "--to", str(to))
    _run("matcher", "--stories", str(gold / "stories"), "--weights", str(to), "--to", str(to))


def _run(step: str, *arguments: str) -> None:
    subprocess.run([sys.executable, "-m", f"training.{step}", *arguments], check=True)


if __name__ == "__main__":
    main()
