"""Texts made to break a reader: long runs of what patterns look for. Each must be read, and soon; none may raise."""

from collections.abc import Callable

import pytest

from onrecord import Reading, Report, read, tell
from onrecord.reading.encoder import Encoder
from onrecord.reports.files import complete

N = 20_000
RUNS = {
    "words": "word " * (N // 5),
    "capitals": "Abc " * (N // 4),
    "one word": "A" * N,
    "initials": "A. " * (N // 3),
    "digits": "1" * N,
    "thousands": "1," * (N // 2),
    "quote marks": '" ' * (N // 2),
    "ands": "a, and " * (N // 7),
    "numerals": "twenty " * (N // 7),
    "ofs": "Abc of " * (N // 7),
    "spaces": "a" + " " * N + "b",
    "millions": "3 million " * (N // 10),
    "dashes": " — " * (N // 3),
    "full stops": ".!?” " * (N // 5),
    "said": "he said that " * (N // 13),
    "years": "1999 " * (N // 5),
    "dates": "5 May " * (N // 6),
    "money": "$5 " * (N // 3),
    "attacks": "rebels attacked " * (N // 16),
    "places": "Paris, Texas " * (N // 13),
}


@pytest.mark.parametrize("run", RUNS.values(), ids=RUNS.keys())
def test_long_runs_are_read(encoder: Encoder, run: str) -> None:
    text = "The mayor said that the bridge was closed. " + run
    (reading,) = read([complete(Report(id="r", text=text))], encoder)
    assert "not_read" not in {d.code for d in reading.defects}
    assert all(reading.report.text[start:end].strip() for start, end in reading.sentences)
    assert tell([reading]).reports[0].id == "r"


def test_a_name_of_many_words_is_a_name(read_text: Callable[..., Reading]) -> None:
    assert read_text("A statement by " + "Abc " * 200 + "was read out on Monday.").actors


@pytest.mark.parametrize(
    "text", ["War", "Talks failed", "..", "\0", "UN", "\u202eattack\u202c on Nyala", "killed 5", "A", "Rebels attacked."]
)
def test_the_shortest_texts_are_read(read_text: Callable[..., Reading], text: str) -> None:
    assert "not_read" not in {d.code for d in read_text(text).defects}
