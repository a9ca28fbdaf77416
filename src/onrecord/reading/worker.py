"""A process that reads for another: pickled reports in, pickled readings out, see ``workers``."""

from __future__ import annotations

import pickle
import sys
from pathlib import Path

from onrecord.reading.encoder import Encoder
from onrecord.reading.reader import read_one


def main() -> None:
    encoder = Encoder(Path(sys.argv[1]))
    encoder.load()
    source, target = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # nothing but readings goes back
    while True:
        try:
            report = pickle.load(source)
        except EOFError:
            return
        pickle.dump(read_one(report, encoder), target)
        target.flush()


if __name__ == "__main__":
    main()
