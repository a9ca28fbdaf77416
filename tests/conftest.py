"""What the tests share: reports made of words, and readings of the example (read once a run)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from onrecord import Account, Reading, Report, load, read, tell
from onrecord.reading.encoder import Encoder
from onrecord.reports.files import complete

EXAMPLE = Path(__file__).parent.parent / "examples" / "harbour"


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    return Encoder()


@pytest.fixture(scope="session")
def read_text(encoder: Encoder) -> Callable[..., Reading]:
    """Reads one text."""

    def reading(text: str, **fields: str) -> Reading:
        return next(iter(read([complete(Report(id=fields.pop("id", "r"), text=text, **fields))], encoder)))

    return reading


@pytest.fixture(scope="session")
def example_readings(encoder: Encoder) -> list[Reading]:
    return list(read(load([EXAMPLE]), encoder))


@pytest.fixture(scope="session")
def example(example_readings: list[Reading]) -> Account:
    return tell(example_readings)


def words(reading: Reading, spans: tuple[tuple[int, int], ...]) -> str:
    """The words under spans, pieces joined by " … "."""
    return " … ".join(reading.report.text[start:end] for start, end in spans)
