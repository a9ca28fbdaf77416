"""Days, weeks, months and years as intervals of the calendar, counted from an anchor."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from onrecord.records import Precision

WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
MONTHS = "january february march april may june july august september october november december".split()
_UNITS: dict[str, tuple[int, Precision]] = {
    "day": (0, "day"), "week": (0, "week"), "fortnight": (0, "week"), "month": (1, "month"), "quarter": (3, "month"),
    "year": (12, "year"), "decade": (120, "year"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Value:
    """First and last day, and how exactly that is known; ``clock``: the time of day as HH:MM, of one that is known to the minute."""

    start: date
    end: date
    precision: Precision
    clock: str = ""


def day_of(published: str | None) -> date | None:
    """The day of an ISO date or date-time; None when there is none."""
    try:
        return date.fromisoformat((published or "")[:10])
    except ValueError:
        return None


def month_number(name: str) -> int:
    """1 to 12 of a month's name or its first three letters; 0 of anything else, which is in no calendar."""
    return next((i for i, full in enumerate(MONTHS, 1) if full.startswith(name.lower()[:3])), 0)


def day(when: date) -> Value:
    """One day."""
    return Value(when, when, "day")


def day_in(year: int, month: int, number: int) -> Value | None:
    """A day by its numbers; None when the calendar has no such day."""
    try:
        return day(date(year, month, number))
    except ValueError:
        return None


def months(year: int, month: int, count: int = 1) -> Value:
    """``count`` months from one on; the month may lie outside 1 … 12."""
    first, after = (_first_of(year * 12 + month - 1 + step) for step in (0, count))
    return Value(first, after - timedelta(days=1), "month")


def years(first: int, last: int | None = None) -> Value:
    """Whole years."""
    return Value(date(first, 1, 1), date(last or first, 12, 31), "year")


def week(when: date) -> Value:
    """The week of a day, from Monday to Sunday (ISO 8601)."""
    monday = when - timedelta(days=when.weekday())
    return Value(monday, monday + timedelta(days=6), "week")


def around(when: date, unit: str) -> Value:
    """The day, week, month, quarter or year that holds a day."""
    if unit == "day":
        return day(when)
    if unit in ("week", "fortnight"):
        return week(when)
    if unit == "quarter":
        return months(when.year, when.month - (when.month - 1) % 3, 3)
    return months(when.year, when.month) if unit == "month" else years(when.year)


def shifted(when: date, count: int, unit: str) -> date:
    """A day ``count`` units later (or earlier, below 0); the last of a month where there is no such day."""
    step, _ = _UNITS[unit]
    if not step:
        return when + timedelta(days=count * {"day": 1, "week": 7, "fortnight": 14}[unit])
    first = _first_of(when.year * 12 + when.month - 1 + count * step)
    last = (_first_of(first.year * 12 + first.month) - timedelta(days=1)).day
    return first.replace(day=min(when.day, last))


def stretch(first: date, last: date, unit: str) -> Value:
    """From one day to another, known to the unit."""
    return Value(min(first, last), max(first, last), _UNITS[unit][1])


def _first_of(number: int) -> date:
    """The first day of the month with a number, 12 × year + month - 1. Raises OverflowError outside the calendar."""
    year, month = divmod(number, 12)
    if not 1 <= year <= 9998:
        raise OverflowError(f"the calendar has no year {year}")
    return date(year, month + 1, 1)
