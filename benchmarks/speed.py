"""Words a second, memory and the share of each step: ``python benchmarks/speed.py REPORTS.jsonl``.

Three runs over the same reports: the whole command ``onrecord read``; each step alone on one core, for its share; and, where
they are installed, spaCy's small English pipeline with textacy's quotations, which do a part of the work. Each run is a process
of its own, so that memory is its own too.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

STEPS = (
    "lay_out", "see", "Grammar", "quotations", "attribute", "references", "Cast", "speakers_of", "find_deeds", "find_quantities",
    "find_times", "find_places", "events_of",
)  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("reports", type=Path, help="JSONL rows with a text")
    parser.add_argument("--only", choices=["steps", "spacy"], help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.only:
        {"steps": _steps, "spacy": _spacy}[options.only](_texts(options.reports))
        return
    words = sum(len(text.split()) for text in _texts(options.reports))
    _timed("onrecord read", words, [sys.executable, "-m", "onrecord", "read", str(options.reports), "-o", "-", "--format", "jsonl"])
    again = [sys.executable, __file__, str(options.reports), "--only"]
    subprocess.run([*again, "steps"], check=True)
    if find_spec("spacy") and find_spec("textacy"):
        _timed("spaCy small + textacy quotations", words, [*again, "spacy"])
    else:
        print("spaCy or textacy is not installed; nothing to compare with")


def _texts(file: Path) -> list[str]:
    return [json.loads(line)["text"] for line in file.read_text(encoding="utf-8").splitlines()]


def _timed(name: str, words: int, command: list[str]) -> None:
    """Runs a command and prints its rate and the peak of its memory, that of the processes it starts added."""
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    peaks: dict[int, int] = {}
    while process.poll() is None:
        peaks |= _peaks(process.pid)
        time.sleep(0.1)
    seconds = time.perf_counter() - started
    if process.returncode:
        print(f"{name}: failed")
        return
    print(f"{name:<34}{words / seconds:>8,.0f} words/s {seconds:>7.1f} s {sum(peaks.values()) / 1024:>6,.0f} MiB")


def _peaks(root: int) -> dict[int, int]:
    """KiB at the highest of a process and of all under it, as Linux tells it."""
    found, under = {}, [root]
    while under:
        pid = under.pop()
        try:
            status = Path(f"/proc/{pid}/status").read_text()
            under += map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split())
        except OSError:
            continue
        found[pid] = int(next((line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")), "0"))
    return found


def _steps(texts: list[str]) -> None:
    """Reads every text on one core with each step of the reader timed."""
    from onrecord import Report
    from onrecord.reading import reader
    from onrecord.reading.encoder import Encoder

    spent: Counter[str] = Counter()

    def timed(name: str, step: Callable[..., Any]) -> Callable[..., Any]:
        def run(*arguments: Any) -> Any:
            started = time.perf_counter()
            try:
                return step(*arguments)
            finally:
                spent[name] += time.perf_counter() - started

        return run

    encoder = Encoder()
    encoder.load()
    for name in STEPS:
        if name == "see":
            encoder.see = timed(name, encoder.see)  # type: ignore[method-assign]
        else:
            setattr(reader, name, timed(name, getattr(reader, name)))
    started = time.perf_counter()
    for number, text in enumerate(texts):
        reader.read_one(Report(id=str(number), text=text), encoder)
    total = time.perf_counter() - started
    spent["all else"] = total - sum(spent.values())
    print("share of each step, on one core:")
    for name, seconds in spent.most_common():
        print(f"  {name:<20}{100 * seconds / total:>6.1f} %")


def _spacy(texts: list[str]) -> None:
    import spacy
    from textacy.extract import direct_quotations

    nlp = spacy.load("en_core_web_sm")
    for doc in nlp.pipe(texts, n_process=2):
        try:
            list(direct_quotations(doc))
        except ValueError:  # an odd number of quote marks
            continue


if __name__ == "__main__":
    main()
