import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.reading.sentences import lay_out
from onrecord.reading.times import find_times
from onrecord.records import Time

FRIDAY = "2031-05-09"


def only(text: str, published: str | None = FRIDAY) -> Time:
    (time,) = find_times(lay_out(text), published)
    return time


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("He spoke on Friday.", "2031-05-09", "2031-05-09"),
        ("He spoke on Monday.", "2031-05-05", "2031-05-05"),
        ("Early Monday a shed burned.", "2031-05-05", "2031-05-05"),
        ("The council will meet on Monday.", "2031-05-12", "2031-05-12"),
        ("The court said Tuesday the case was closed.", "2031-05-06", "2031-05-06"),
        ("He spoke yesterday.", "2031-05-08", "2031-05-08"),
        ("Shells fell overnight.", "2031-05-08", "2031-05-09"),
        ("He spoke last week.", "2031-04-28", "2031-05-04"),
        ("He spoke on March 3.", "2031-03-03", "2031-03-03"),
        ("He spoke on 3 March 2030.", "2030-03-03", "2030-03-03"),
        ("The talks ran from May 3 to 5.", "2031-05-03", "2031-05-05"),
        ("He spoke in August.", "2030-08-01", "2030-08-31"),
        ("The bridge will open in August.", "2031-08-01", "2031-08-31"),
        ("It has been shut since 2014.", "2014-01-01", "2014-12-31"),
        ("Exports fell in the third quarter of 2029.", "2029-07-01", "2029-09-30"),
        ("Three days ago the ferry sank.", "2031-05-06", "2031-05-06"),
        ("Two years ago the ferry sank.", "2029-01-01", "2029-12-31"),
        ("Wages fell in the 1990s.", "1990-01-01", "1999-12-31"),
        ("It grew between 2014-16.", "2014-01-01", "2016-12-31"),
        ("Attacks rose in the past three months.", "2031-02-09", "2031-05-09"),
        ("WAR ENDED LAST YEAR", "2030-01-01", "2030-12-31"),
        ("By the end of the year it will be closed.", "2031-01-01", "2031-12-31"),
        ("It lost money on 2029 sales of books.", "2029-01-01", "2029-12-31"),
        ("The tax was cut earlier this month.", "2031-05-01", "2031-05-31"),
    ],
)
def test_days_are_counted_from_the_publication(text: str, start: str, end: str) -> None:
    assert (only(text).start, only(text).end) == (start, end)


WEDNESDAY = "2024-11-06"


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("The envoy went to Orm on Friday.", "2024-11-01"),
        ("Four men were killed by gunmen on Friday.", "2024-11-01"),
        ("It raised rates to 5 percent on Thursday.", "2024-10-31"),
        ("The election will be held on Friday.", "2024-11-08"),
        ("The meeting is scheduled for Friday.", "2024-11-08"),
        ("He is due in court on Thursday.", "2024-11-07"),
        ("Talks resume on Monday.", "2024-11-11"),
        ("The vote will be held in March.", "2025-03-01"),
        ("Last Wednesday the bridge fell.", "2024-10-30"),
        ("Next Tuesday the cabinet meets.", "2024-11-12"),
        ("This summer the harvest failed.", "2024-06-01"),
        ("It closed in 1999-05.", "1999-05-01"),
    ],
)
def test_the_verb_says_whether_a_day_is_past_or_to_come(text: str, start: str) -> None:
    assert only(text, WEDNESDAY).start == start


def test_white_space_and_odd_letters_in_an_expression_cost_nothing() -> None:
    assert only("It sank the day  before\u00a0yesterday.", WEDNESDAY).start == "2024-11-04"
    assert only("They met on Christmas\u00a0Eve.", WEDNESDAY).start == "2024-12-24"
    assert all(t.start is None for t in find_times(lay_out("On ſept 5 he left on Chriſtmas."), WEDNESDAY))


def test_a_day_later_is_counted_from_the_day_the_text_spoke_of() -> None:
    first, then = find_times(lay_out("The truce began on March 3, 2031. A day later it was broken."), FRIDAY)
    assert (first.start, then.start) == ("2031-03-03", "2031-03-04")


def test_a_clock_time_is_of_the_day_beside_it_and_of_none_without_one() -> None:
    assert (only("It sank at 9:30 p.m. on Monday.").start, only("It sank at 9:30 p.m. on Monday.").precision) == (
        "2031-05-05T21:30",
        "minute",
    )
    assert find_times(lay_out("On Monday the alarm was raised at 14:05."), FRIDAY)[1].start == "2031-05-05T14:05"
    assert only("It sank at 12 a.m. there.").precision == "unresolved"


def test_without_a_publication_date_a_weekday_stays_unresolved() -> None:
    time = only("He spoke on Friday.", None)
    assert (time.start, time.precision, time.anchor) == (None, "unresolved", None)


def test_a_date_in_figures_is_read_the_way_round_that_lies_near_the_publication() -> None:
    assert only("Filed 06/05/31.").start == "2031-05-06"
    assert only("Filed 06/05/31.", None).precision == "unresolved"


def test_a_full_date_needs_no_anchor() -> None:
    assert only("It sank on July 6, 2031.", None).anchor == "text"


def test_an_impossible_date_is_unresolved() -> None:
    assert only("It sank on February 30, 2031.").precision == "unresolved"


@pytest.mark.parametrize(
    "text", ["They may march on the palace.", "The Sunday Times was sued.", "It lasted three days.", "It cost 2,014 euros."]
)
def test_what_is_no_time(text: str) -> None:
    assert find_times(lay_out(text), FRIDAY) == []


@given(st.text(alphabet="0123456789/-., MayJuneFriday\n", max_size=60), st.sampled_from([None, FRIDAY, "0001-01-02", "9999-12-30"]))
def test_any_text_is_read_and_spans_slice_it(text: str, published: str | None) -> None:
    for time in find_times(lay_out(text), published):
        assert 0 <= time.span[0] < time.span[1] <= len(text)
        assert (time.start is None) == (time.precision == "unresolved")
        assert time.start is None or time.start <= (time.end or "")


def test_a_weekday_in_letters_that_only_look_alike_stays_unresolved() -> None:
    assert only("He came at 9 a.m. on ſunday to town.").precision == "unresolved"
