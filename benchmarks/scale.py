"""What telling a story costs as it grows: seconds and memory after reading, and how near the count of origins is to the truth.

    python benchmarks/scale.py 100 300 1000 3000 10000 [--seed 1]

Each size is a simulated story (``simulator.py``), told in a process of its own. Reading is timed apart.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import time
from typing import Any

from simulator import World

from onrecord import Report, read, tell
from onrecord.reports.files import complete


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", type=int, nargs="+")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    print(f"{'reports':>8}{'mentions':>10}{'claims':>8}{'read s':>9}{'told s':>9}{'peak MiB':>10}{'origins exact':>15}{'mean error':>12}")
    for size in options.sizes:
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            print(pool.apply(_row, (size, options.seed)), flush=True)


def _row(size: int, seed: int) -> str:
    made, truth = World(size, seed).reports(size)
    started = time.perf_counter()
    readings = list(read([complete(Report(**each)) for each in made]))
    reading, started = time.perf_counter() - started, time.perf_counter()
    account = tell(readings)
    telling = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    exact, error = _against(account, truth, made)
    mentions = sum(len(c.mentions) for c in account.claims)
    return f"{size:>8}{mentions:>10}{len(account.claims):>8}{reading:>9.1f}{telling:>9.1f}{peak:>10.0f}{exact:>14.1f}%{error:>12.2f}"


def _against(account: Any, truth: dict[str, Any], made: list[dict[str, Any]]) -> tuple[float, float]:
    """(share of true claims whose number of sources is right, mean error); a true claim is the one that holds most of its wording."""
    texts = {each["id"]: each["text"] for each in made}
    held: dict[str, str] = {}
    for claim in account.claims:
        for m in claim.mentions:
            held.setdefault(" ".join(texts[m.report][slice(*m.span)].lower().split()), claim.id)
    counts = {c.id: len(c.origins) for c in account.claims}
    errors = [abs(counts[held[words]] - len(set(true["sources"]))) for true in truth["claims"] if (words := true["claim"].lower()) in held]
    return 100 * sum(e == 0 for e in errors) / max(1, len(errors)), sum(errors) / max(1, len(errors))


if __name__ == "__main__":
    main()
