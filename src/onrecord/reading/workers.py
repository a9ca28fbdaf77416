"""Reading on all cores: worker processes, each with a network of its own.

Threads share Python's lock, which the rules between the network's runs hold: measured on two cores, two threads read 10,000 words
a second, two processes 17,000. Workers are started as ``python -m onrecord.reading.worker`` and spoken to through pipes, so that a
script that reads needs no ``__main__`` guard, and a worker ends with whoever started it.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from typing import cast

from onrecord.records import Defect, Reading, Report

SHARED = 100_000  # characters of text from which workers pay for their start
AHEAD = 4  # reports that wait finished for a slow one, times the cores
_ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def read_by_workers(reports: Iterable[Report], weights: Path, failed: Callable[[Report, Defect], Reading]) -> Iterator[Reading]:
    """The readings in order. ``failed`` makes the reading of a report at which its worker died."""
    workers = [Worker(weights) for _ in range(cores())]
    idle: SimpleQueue[Worker] = SimpleQueue()
    for worker in workers:
        idle.put(worker)

    def ask(report: Report) -> Reading:
        worker = idle.get()
        try:
            return worker.read(report)
        except (EOFError, OSError, pickle.UnpicklingError):
            worker.start()
            return failed(report, Defect(code="not_read", message="the process that read it ended early; is there too little memory?"))
        finally:
            idle.put(worker)

    waiting = deque[Future[Reading]]()
    pool = ThreadPoolExecutor(len(workers))
    try:
        for report in reports:
            waiting.append(pool.submit(ask, report))
            if len(waiting) > AHEAD * len(workers):
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        for worker in workers:
            worker.stop()


class Worker:
    """A process that reads one report after the other until it is stopped or its input ends."""

    def __init__(self, weights: Path) -> None:
        self._command = [sys.executable, "-m", "onrecord.reading.worker", str(weights)]
        self._stopped = False
        self.start()

    def start(self) -> None:
        """Starts the process, unless the worker was stopped."""
        if self._stopped:
            return
        path = os.pathsep.join(p for p in sys.path if p)
        self._process = subprocess.Popen(
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, **_ONE_THREAD, "PYTHONPATH": path},
            start_new_session=True,  # Ctrl-C is for the one who started it
        )

    def read(self, report: Report) -> Reading:
        """The report's reading. Raises EOFError or OSError when the process has ended."""
        assert self._process.stdin and self._process.stdout
        pickle.dump(report, self._process.stdin)
        self._process.stdin.flush()
        return cast(Reading, pickle.load(self._process.stdout))

    def stop(self) -> None:
        """Ends the process at once."""
        self._stopped = True
        self._process.kill()
        self._process.wait()
