"""All steps from gold data to weights: ``python -m training --minilm FOLDER --gold FOLDER``."""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

WEIGHTS = Path(__file__).parent.parent / "src" / "onrecord" / "weights"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minilm", type=Path, required=True)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--to", type=Path, default=WEIGHTS)
    options = parser.parse_args()
    start = ["--minilm", str(options.minilm)]
    options.to.mkdir(parents=True, exist_ok=True)
    first, second = options.to / "first.pt", options.to / "second.pt"
    learn = [*start, "--gold", str(options.gold / "attribution")]
    _run("train", *learn, "--out", str(first), "--epochs", "4", "--open-weight", "2")
    _run("train", *learn, "--out", str(second), "--epochs", "2", "--init", str(first), "--lr", "6e-5", "--seed", "7")
    _run("export", str(first), str(second), *start, "--to", str(options.to))
    _run("claims", *start, "--gold", str(options.gold / "claims"), "--to", str(options.to))
    _run("matcher", "--gold", str(options.gold / "claims"), "--to", str(options.to))
    for file in (first, second):
        file.unlink()


def _run(step: str, *arguments: str) -> None:
    subprocess.run([sys.executable, "-m", f"training.{step}", *arguments], check=True)


if __name__ == "__main__":
    main()
