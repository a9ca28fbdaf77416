"""What time expressions mean: a match of a wording in, days of the calendar out; None where it cannot be known."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from onrecord.reading.dates import (
    WEEKDAYS,
    Value,
    around,
    day,
    day_in,
    month_number,
    months,
    shifted,
    stretch,
    week,
    years,
)
from onrecord.reading.numbers import number_of

ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "final": 4}
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
_WEEKDAY = {name[:3]: number for number, name in enumerate(WEEKDAYS)}
HOLIDAYS = {
    "new year's day": (1, 1), "christmas eve": (12, 24), "christmas day": (12, 25), "christmas": (12, 25), "new year's eve": (12, 31),
    "valentine's day": (2, 14), "independence day": (7, 4), "halloween": (10, 31), "may day": (5, 1), "bastille day": (7, 14),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Context:
    """What an expression is resolved by. ``last``: the day the text spoke of last; ``ahead``: does its clause look to the future?"""

    anchor: date | None
    last: date | None
    ahead: bool


Resolver = Callable[[re.Match[str], Context], Value | None]


def of_iso(match: re.Match[str], context: Context) -> Value | None:
    return day_in(*(int(x) for x in re.findall(r"\d+", match.group())[:3]))


def of_compact(match: re.Match[str], context: Context) -> Value | None:
    digits = match["compact"]
    return day_in(int(digits[:4]), int(digits[4:6]), int(digits[6:]))


def of_slashed(match: re.Match[str], context: Context) -> Value | None:
    """ "02/06/98": month first or day first, whichever is near the day of publication; unknown without one."""
    a, b, year = (int(x) for x in re.findall(r"\d+", match.group())[:3])
    year += 0 if year > 99 else 2000 if year < 50 else 1900
    ways = list(dict.fromkeys(v for month, number in ((a, b), (b, a)) if (v := day_in(year, month, number))))
    if context.anchor is None:
        return ways[0] if len(ways) == 1 else None
    anchor = context.anchor
    return min(ways, key=lambda v: abs((v.start - anchor).days), default=None)


def of_date(match: re.Match[str], context: Context) -> Value | None:
    month, first = month_number(match["month"]), int(match["day"])
    if group(match, "year"):
        found = day_in(int(group(match, "year")), month, first)
    elif context.anchor is None:
        return None
    else:
        anchor = context.anchor
        ways = [v for y in (anchor.year - 1, anchor.year, anchor.year + 1) if (v := day_in(y, month, first))]
        found = min(ways, key=lambda v: abs((v.start - anchor).days), default=None)
    until = group(match, "until") and found and day_in(found.start.year, month, int(group(match, "until")))
    return stretch(found.start, until.start, "day") if found and until else found


def of_month(match: re.Match[str], context: Context) -> Value | None:
    month = month_number(match["month"])
    if group(match, "year"):
        return months(int(group(match, "year")), month)
    if context.anchor is None:
        return None
    anchor, turn = context.anchor, group(match, "turn")
    if turn in ("last", "past"):
        return months(anchor.year - (month >= anchor.month), month)
    if turn == "next" or (not turn and context.ahead):
        return months(anchor.year + (month <= anchor.month if turn else month < anchor.month), month)
    return months(anchor.year - (month > anchor.month and turn != "this"), month)


def of_weekday(match: re.Match[str], context: Context) -> Value | None:
    if context.anchor is None:
        return None
    back = (context.anchor.weekday() - _WEEKDAY[match["weekday"].lower()[:3]]) % 7
    turn = group(match, "turn")
    if turn == "next" or (turn not in ("last", "past") and context.ahead):
        return day(context.anchor + timedelta(days=((7 - back) or 7) if turn == "next" else (7 - back) % 7))
    if turn in ("last", "past") and back == 0:
        back = 7
    if group(match, "week"):  # "Monday last week"
        monday = week(context.anchor).start + timedelta(weeks={"last": -1, "next": 1}.get(group(match, "week"), 0))
        return day(monday + timedelta(days=(context.anchor.weekday() - back) % 7))
    return day(context.anchor - timedelta(days=back))


def of_clock(match: re.Match[str], context: Context) -> Value | None:
    """ "at 9:30 a.m. on Monday": of the weekday that follows, else of the day the text spoke of last."""
    if group(match, "weekday"):
        found = of_weekday(match, context)
        when = found.start if found else None
    else:
        when = context.last
    if when is None:
        return None
    hour, half = int(match["hour"]), group(match, "half")[:1]
    if half and not 1 <= hour <= 12:
        return None
    hour = hour % 12 + 12 * (half == "p") if half else hour
    return Value(when, when, "minute", f"{hour:02d}:{match['minute'] or '00'}")


def of_near(match: re.Match[str], context: Context) -> Value | None:
    if context.anchor is None:
        return None
    word = " ".join(match["word"].lower().split())
    if word == "overnight":
        return stretch(context.anchor - timedelta(days=1), context.anchor, "day")
    before = {"the day before yesterday": -2, "yesterday": -1, "last night": -1, "tomorrow": 1, "the day after tomorrow": 2}
    return day(context.anchor + timedelta(days=before.get(word, 0)))


def of_turn(match: re.Match[str], context: Context) -> Value | None:
    """ "last week", "this year", "the current quarter"; of weekends, Saturday and Sunday."""
    if context.anchor is None:
        return None
    step = {"last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1}.get(group(match, "turn"), 0)
    if group(match, "unit") == "weekend":
        saturday = week(context.anchor).start + timedelta(days=5)
        step += step == 0 and not context.ahead and context.anchor.weekday() < 5 and group(match, "turn") != "this" and -1
        saturday += timedelta(weeks=step)
        return stretch(saturday, saturday + timedelta(days=1), "day")
    return around(shifted(around(context.anchor, group(match, "unit")).start, step, group(match, "unit")), group(match, "unit"))


def of_weekend(match: re.Match[str], context: Context) -> Value | None:
    if context.anchor is None:
        return None
    saturday = week(context.anchor).start + timedelta(days=5 if context.ahead or context.anchor.weekday() >= 5 else -2)
    return stretch(saturday, saturday + timedelta(days=1), "day")


def of_counted(match: re.Match[str], context: Context) -> Value | None:
    """ "three days ago", "two years later": counted from the publication, or from the day the text spoke of last."""
    way = match["way"].lower()
    since = context.anchor if way in ("ago", "from now") else context.last or context.anchor
    if since is None:
        return None
    count = _count(match["count"])
    if count is None:
        return None
    sign = -1 if way in ("ago", "earlier", "before") else 1
    return around(shifted(since, sign * count, group(match, "unit")), group(match, "unit"))


def of_within(match: re.Match[str], context: Context) -> Value | None:
    """ "in the past three months": up to the publication."""
    if context.anchor is None or (count := _count(match["count"])) is None:
        return None
    sign = 1 if group(match, "turn") in ("next", "coming") else -1
    return stretch(context.anchor, shifted(context.anchor, sign * count, group(match, "unit")), group(match, "unit"))


def of_follows(match: re.Match[str], context: Context) -> Value | None:
    """ "the next day", "the previous week", "the same month": from the day the text spoke of last."""
    since = context.last or context.anchor
    if since is None:
        return None
    step = {"previous": -1, "before": -1, "same": 0}.get(group(match, "which"), 1)
    return around(shifted(since, step, group(match, "unit")), group(match, "unit"))


def of_quarter(match: re.Match[str], context: Context) -> Value | None:
    number = int(match["q"] or ORDINALS[match["ordinal"].lower()])
    if group(match, "year"):
        return months(int(group(match, "year")), 3 * number - 2, 3)
    if context.anchor is None:
        return None
    step = {"last": -1, "next": 1}.get(group(match, "turn"), 0)
    late = not step and not context.ahead and 3 * number - 2 > context.anchor.month
    return months(context.anchor.year + step - late, 3 * number - 2, 3)


def of_season(match: re.Match[str], context: Context) -> Value | None:
    first = SEASONS[group(match, "season")]
    if group(match, "year"):
        return months(int(group(match, "year")), first, 3)
    if context.anchor is None:
        return None
    turn = group(match, "turn")
    ahead = turn == "next" or (not turn and context.ahead)
    year = context.anchor.year - (first > context.anchor.month and not ahead and turn != "this") + (ahead and first < context.anchor.month)
    return months(year - (turn == "last" and first <= context.anchor.month < first + 3), first, 3)


def of_year(match: re.Match[str], context: Context) -> Value | None:
    return years(int(group(match, "year")))


def of_year_range(match: re.Match[str], context: Context) -> Value | None:
    first, last = int(group(match, "year")), match["to"]
    until = int(last) if len(last) == 4 else first - first % 100 + int(last)
    if until < first and len(last) == 2 and 1 <= int(last) <= 12:
        return months(first, int(last))
    return years(first, until) if first < until < first + 100 else None


def of_decade(match: re.Match[str], context: Context) -> Value | None:
    digits = match["decade"] or match["decade4"]
    first = int(digits) if len(digits) == 4 else 1900 + int(digits)
    return years(first, first + 9)


def of_holiday(match: re.Match[str], context: Context) -> Value | None:
    month, number = HOLIDAYS[" ".join(match["holiday"].lower().replace("’", "'").split())]
    if group(match, "year"):
        return day_in(int(group(match, "year")), month, number)
    if context.anchor is None:
        return None
    anchor = context.anchor
    ways = [date(y, month, number) for y in (anchor.year - 1, anchor.year, anchor.year + 1)]
    return day(min(ways, key=lambda d: abs((d - anchor).days)))


def group(match: re.Match[str], name: str) -> str:
    """The text of a group in lower case; empty where the rule has no such group."""
    return (match.groupdict().get(name) or "").lower()


def _count(words: str) -> int | None:
    """A small number in words; None of "several"."""
    words = " ".join(words.lower().split())
    if words in ("a", "an"):
        return 1
    if words == "a couple of":
        return 2
    return None if words.endswith(("several", "few")) else int(number_of(words))
