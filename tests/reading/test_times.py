import pytest

from onrecord.reading.sentences import lay_out
from onrecord.reading.times import find_times
from onrecord.records import Time


def only(text: str, published: str | None = "2031-05-09") -> Time:  # a Friday
    (time,) = find_times(lay_out(text), published)
    return time


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("He spoke on Friday.", "2031-05-09", "2031-05-09"),
        ("He spoke on Monday.", "2031-05-05", "2031-05-05"),
        ("He spoke yesterday.", "2031-05-08", "2031-05-08"),
        ("He spoke last week.", "2031-04-28", "2031-05-04"),
        ("He spoke on March 3.", "2031-03-03", "2031-03-03"),
        ("He spoke on 3 March 2030.", "2030-03-03", "2030-03-03"),
        ("He spoke in August.", "2030-08-01", "2030-08-31"),
    ],
)
def test_days_are_counted_from_the_publication(text: str, start: str, end: str) -> None:
    assert (only(text).start, only(text).end) == (start, end)


def test_without_a_publication_date_a_weekday_stays_unresolved() -> None:
    time = only("He spoke on Friday.", None)
    assert (time.start, time.precision, time.anchor) == (None, "unresolved", None)


def test_a_full_date_needs_no_anchor() -> None:
    assert only("It sank on July 6, 2031.", None).anchor == "text"


def test_an_impossible_date_is_unresolved() -> None:
    assert only("It sank on February 30, 2031.").precision == "unresolved"
