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
    parser.add_argument("--mpnet", type=Path, help="a larger network that is taught events first, and has news read that nobody coded")
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
    _run("train", *start, *learn, "--out", str(weights), *more)
    _run("export", str(weights), *start, "--to", str(options.to))
    _run("claims", *start, "--gold", str(options.gold / "claims"), "--to", str(options.to))
    _run("matcher", "--gold", str(options.gold / "claims"), "--to", str(options.to))
    weights.unlink()


def _run(step: str, *arguments: str) -> None:
    subprocess.run([sys.executable, "-m", f"training.{step}", *arguments], check=True)


if __name__ == "__main__":
    main()
