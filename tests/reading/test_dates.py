from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.reading.dates import around, day_of, months, shifted, week

DAYS = st.dates(min_value=date(1000, 1, 1), max_value=date(3000, 1, 1))


def test_a_month_back_from_its_31st_is_the_last_of_the_month_before() -> None:
    assert shifted(date(2031, 3, 31), -1, "month") == date(2031, 2, 28)


def test_months_outside_the_year_belong_to_its_neighbours() -> None:
    assert (months(2031, 0).start, months(2031, 13).start) == (date(2030, 12, 1), date(2032, 1, 1))


@pytest.mark.parametrize("published", [None, "", "yesterday", "2031-02-30"])
def test_what_is_no_date_has_no_day(published: str | None) -> None:
    assert day_of(published) is None


@given(DAYS, st.sampled_from(["day", "week", "month", "quarter", "year"]))
def test_a_day_lies_in_what_is_around_it(when: date, unit: str) -> None:
    value = around(when, unit)
    assert value.start <= when <= value.end


@given(DAYS)
def test_a_week_runs_from_monday_to_sunday(when: date) -> None:
    assert (week(when).start.weekday(), week(when).end.weekday()) == (0, 6)
