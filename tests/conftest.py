"""What the tests share: reports made of words, and readings of the example (read once a run)."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from onrecord import Account, Reading, Report, load, read, tell
from onrecord.reading.encoder import Encoder
from onrecord.reports.files import complete

CHROMIUM = Path("/usr/bin/chromium")
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


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """A real browser, Debian's."""
    if not CHROMIUM.exists():
        if os.environ.get("ONRECORD_NEEDS_BROWSER"):
            pytest.fail("chromium is wanted here and is not installed")
        pytest.skip("no chromium at /usr/bin/chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-gpu"])
        yield launched
        launched.close()


def words(reading: Reading, spans: tuple[tuple[int, int], ...]) -> str:
    """The words under spans, pieces joined by " … "."""
    return " … ".join(reading.report.text[start:end] for start, end in spans)
