"""The wordings of time expressions and what each means: patterns, and functions that turn a match into days."""

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
from onrecord.reading.numbers import NUMBER_WORD, number_of

_DAY = rf"(?P<weekday>{'|'.join(d.title() for d in WEEKDAYS)}|(?:Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun)\b\.?)"
_MONTH = (
    r"(?P<month>January|February|March|April|May|June|July|August|September|October|November|December|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?"
    r"|Oct|Nov|Dec)\b\.?)"
)
_YEAR = r"(?P<year>(?:1[6-9]|20)\d\d)"
_PART = r"(?:(?P<part>early|late|mid(?:dle of)?|the (?:end|start|beginning|middle) of|end of)[\s-]+(?:the\s+)?)?"
_OF_DAY = r"(?: (?:morning|afternoon|evening|night|at noon|at midnight))?"
_UNIT = r"(?P<unit>day|week|fortnight|month|quarter|year|decade)"
_COUNT = rf"(?P<count>\d{{1,3}}|{NUMBER_WORD}|an?|several|(?:a )?few|a couple of)"
_ORDINAL = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "final": 4}
_QUARTER = rf"(?:(?P<ordinal>{'|'.join(_ORDINAL)})[\s-]quarter|Q(?P<q>[1-4])\b)"
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
_HOLIDAYS = {
    "new year's day": (1, 1), "christmas eve": (12, 24), "christmas day": (12, 25), "christmas": (12, 25), "new year's eve": (12, 31),
    "valentine's day": (2, 14), "independence day": (7, 4), "halloween": (10, 31), "may day": (5, 1), "bastille day": (7, 14),
}  # fmt: skip
_PAPERS = r"(?!\s+(?:Times|Mirror|Telegraph|Express|Mail|Herald|Post)\b)"


@dataclass(frozen=True, slots=True)
class Context:
    """What an expression is resolved by. ``last``: the day the text spoke of last; ``ahead``: does its clause look to the future?"""

    anchor: date | None
    last: date | None
    ahead: bool


Resolver = Callable[[re.Match[str], Context], Value | None]


# -- resolvers -----------------------------------------------------------------------------------------------------


def _iso(match: re.Match[str], context: Context) -> Value | None:
    return day_in(*(int(x) for x in re.findall(r"\d+", match.group())[:3]))


def _compact(match: re.Match[str], context: Context) -> Value | None:
    digits = match["compact"]
    return day_in(int(digits[:4]), int(digits[4:6]), int(digits[6:]))


def _slashed(match: re.Match[str], context: Context) -> Value | None:
    """ "02/06/98": month first or day first, whichever is near the day of publication; unknown without one."""
    a, b, year = (int(x) for x in re.findall(r"\d+", match.group())[:3])
    year += 0 if year > 99 else 2000 if year < 50 else 1900
    ways = list(dict.fromkeys(v for month, number in ((a, b), (b, a)) if (v := day_in(year, month, number))))
    if context.anchor is None:
        return ways[0] if len(ways) == 1 else None
    anchor = context.anchor
    return min(ways, key=lambda v: abs((v.start - anchor).days), default=None)


def _date(match: re.Match[str], context: Context) -> Value | None:
    month, first = month_number(match["month"]), int(match["day"])
    if _group(match, "year"):
        found = day_in(int(_group(match, "year")), month, first)
    elif context.anchor is None:
        return None
    else:
        anchor = context.anchor
        ways = [v for y in (anchor.year - 1, anchor.year, anchor.year + 1) if (v := day_in(y, month, first))]
        found = min(ways, key=lambda v: abs((v.start - anchor).days), default=None)
    until = _group(match, "until") and found and day_in(found.start.year, month, int(_group(match, "until")))
    return stretch(found.start, until.start, "day") if found and until else found


def _month(match: re.Match[str], context: Context) -> Value | None:
    month = month_number(match["month"])
    if _group(match, "year"):
        return months(int(_group(match, "year")), month)
    if context.anchor is None:
        return None
    anchor, turn = context.anchor, _group(match, "turn")
    if turn in ("last", "past"):
        return months(anchor.year - (month >= anchor.month), month)
    if turn == "next" or (not turn and context.ahead):
        return months(anchor.year + (month <= anchor.month if turn else month < anchor.month), month)
    return months(anchor.year - (month > anchor.month and turn != "this"), month)


def _weekday(match: re.Match[str], context: Context) -> Value | None:
    if context.anchor is None:
        return None
    back = (context.anchor.weekday() - next(i for i, d in enumerate(WEEKDAYS) if d.startswith(match["weekday"].lower()[:3]))) % 7
    turn = _group(match, "turn")
    if turn == "next" or (turn not in ("last", "past") and context.ahead):
        return day(context.anchor + timedelta(days=((7 - back) or 7) if turn == "next" else (7 - back) % 7))
    if turn in ("last", "past") and back == 0:
        back = 7
    if match["week"]:  # "Monday last week"
        monday = week(context.anchor).start + timedelta(weeks={"last": -1, "next": 1}.get(_group(match, "week"), 0))
        return day(monday + timedelta(days=(context.anchor.weekday() - back) % 7))
    return day(context.anchor - timedelta(days=back))


def _near(match: re.Match[str], context: Context) -> Value | None:
    if context.anchor is None:
        return None
    word = match["word"].lower()
    if word == "overnight":
        return stretch(context.anchor - timedelta(days=1), context.anchor, "day")
    before = {"the day before yesterday": -2, "yesterday": -1, "last night": -1, "tomorrow": 1, "the day after tomorrow": 2}
    return day(context.anchor + timedelta(days=before.get(word, 0)))


def _turn(match: re.Match[str], context: Context) -> Value | None:
    """ "last week", "this year", "the current quarter"; of weekends, Saturday and Sunday."""
    if context.anchor is None:
        return None
    step = {"last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1}.get(_group(match, "turn"), 0)
    if _group(match, "unit") == "weekend":
        saturday = week(context.anchor).start + timedelta(days=5)
        step += step == 0 and not context.ahead and context.anchor.weekday() < 5 and _group(match, "turn") != "this" and -1
        saturday += timedelta(weeks=step)
        return stretch(saturday, saturday + timedelta(days=1), "day")
    return around(shifted(around(context.anchor, _group(match, "unit")).start, step, _group(match, "unit")), _group(match, "unit"))


def _weekend(match: re.Match[str], context: Context) -> Value | None:
    if context.anchor is None:
        return None
    saturday = week(context.anchor).start + timedelta(days=5 if context.ahead or context.anchor.weekday() >= 5 else -2)
    return stretch(saturday, saturday + timedelta(days=1), "day")


def _counted(match: re.Match[str], context: Context) -> Value | None:
    """ "three days ago", "two years later": counted from the publication, or from the day the text spoke of last."""
    way = match["way"].lower()
    since = context.anchor if way in ("ago", "from now") else context.last or context.anchor
    if since is None:
        return None
    count = _count(match["count"])
    if count is None:
        return None
    sign = -1 if way in ("ago", "earlier", "before", "previously") else 1
    return around(shifted(since, sign * count, _group(match, "unit")), _group(match, "unit"))


def _within(match: re.Match[str], context: Context) -> Value | None:
    """ "in the past three months": up to the publication."""
    if context.anchor is None or (count := _count(match["count"])) is None:
        return None
    sign = 1 if _group(match, "turn") in ("next", "coming") else -1
    return stretch(context.anchor, shifted(context.anchor, sign * count, _group(match, "unit")), _group(match, "unit"))


def _follows(match: re.Match[str], context: Context) -> Value | None:
    """ "the next day", "the previous week", "the same month": from the day the text spoke of last."""
    since = context.last or context.anchor
    if since is None:
        return None
    step = {"previous": -1, "before": -1, "same": 0, "that": 0}.get(_group(match, "which"), 1)
    return around(shifted(since, step, _group(match, "unit")), _group(match, "unit"))


def _quarter(match: re.Match[str], context: Context) -> Value | None:
    number = int(match["q"] or _ORDINAL[match["ordinal"].lower()])
    if _group(match, "year"):
        return months(int(_group(match, "year")), 3 * number - 2, 3)
    if context.anchor is None:
        return None
    step = {"last": -1, "next": 1}.get(_group(match, "turn"), 0)
    late = not step and not context.ahead and 3 * number - 2 > context.anchor.month
    return months(context.anchor.year + step - late, 3 * number - 2, 3)


def _season(match: re.Match[str], context: Context) -> Value | None:
    first = _SEASONS[_group(match, "season")]
    if _group(match, "year"):
        return months(int(_group(match, "year")), first, 3)
    if context.anchor is None:
        return None
    turn = _group(match, "turn")
    ahead = turn == "next" or (not turn and context.ahead)
    year = context.anchor.year - (first > context.anchor.month and not ahead and turn != "this") + (ahead and first < context.anchor.month)
    return months(year - (turn == "last" and first <= context.anchor.month < first + 3), first, 3)


def _year(match: re.Match[str], context: Context) -> Value | None:
    return years(int(_group(match, "year")))


def _year_range(match: re.Match[str], context: Context) -> Value | None:
    first, last = int(_group(match, "year")), match["to"]
    return years(first, int(last) if len(last) == 4 else first - first % 100 + int(last))


def _decade(match: re.Match[str], context: Context) -> Value | None:
    digits = match["decade"] or match["decade4"]
    first = int(digits) if len(digits) == 4 else 1900 + int(digits)
    return years(first, first + 9)


def _holiday(match: re.Match[str], context: Context) -> Value | None:
    month, number = _HOLIDAYS[match["holiday"].lower().replace("’", "'")]
    if _group(match, "year"):
        return day_in(int(_group(match, "year")), month, number)
    if context.anchor is None:
        return None
    anchor = context.anchor
    ways = [date(y, month, number) for y in (anchor.year - 1, anchor.year, anchor.year + 1)]
    return day(min(ways, key=lambda d: abs((d - anchor).days)))


def _holiday_words() -> str:
    return "|".join(name.replace("'", "[’']") for name in _HOLIDAYS)


def _group(match: re.Match[str], name: str) -> str:
    """The text of a group in lower case; empty where the rule has no such group."""
    return (match.groupdict().get(name) or "").lower()


def _count(words: str) -> int | None:
    """A small number in words; None of "several"."""
    words = words.lower()
    if words in ("a", "an"):
        return 1
    if words == "a couple of":
        return 2
    return None if words.endswith(("several", "few")) else int(number_of(words))


# -- rules ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern and what resolves it; ``full``: does it need no day of publication?"""

    pattern: re.Pattern[str]
    resolve: Resolver
    full: bool = False

    def anchored(self, match: re.Match[str]) -> bool:
        """Does what it matched need the day of publication?"""
        return not self.full and not _group(match, "year")


def _rule(pattern: str, resolve: Resolver, full: bool = False, any_case: bool = True) -> Rule:
    """A rule of a pattern in which a space stands for any white space."""
    return Rule(re.compile(pattern.replace(" ", r"\s+"), re.I if any_case else 0), resolve, full)


_TURNS = r"(?:(?P<turn>last|past|next|this) )?"
_WHEN = r"(?:(?:earlier|later|late|early|sometime) )?"
_UNTIL = r"(?:\s?(?:-|–|to|and)\s?(?P<until>\d{1,2})(?![\d:]|[,.]\d| (?:percent|per|million|people)))?"
_BEFORE_MONTH = "|".join(rf"(?<=\b{word}\x20)" for word in "in since until by from of during for through between and".split())
_SURE_MONTH = r"(?P<month>January|February|July|September|October|November|December|(?:Jan|Feb|Aug|Sept?|Oct|Nov|Dec)\.)"
_NO_NOUN = r"(?! (?:[a-z]+s\b(?<!\bwas)(?<!\bhas)(?<!\bis)(?<!\bas)|percent|per cent|million|billion))"
_NUMBER = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_ON_DAY = rf"\b(?:{_DAY},?\s+(?:the )?)?"
_AND_YEAR = rf"(?:,?\s+{_YEAR}\b)?"
_NEARBY = (
    r"the day (?:before yesterday|after tomorrow)|today|tonight|this (?:morning|afternoon|evening)|yesterday|last night|tomorrow|overnight"
)
_ABOUT = r"(?:(?:about|some|around|almost|nearly|more than|just) )?"
_SPAN = r"(?P<unit>week|month|year|quarter|weekend|decade)"
_SEASON = r"(?:(?P<turn>last|this|next)|in the|of|the|during the) (?P<season>spring|summer|autumn|fall|winter)"
_DIGITS_BEFORE = r"(?<![\d$€£.,/:-])"
RULES = (
    _rule(r"\b\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d)?Z?)?\b", _iso, full=True),
    _rule(r"(?<![\d.,-])(?P<compact>(?:19|20)\d\d[01]\d[0-3]\d)(?!\d)", _compact, full=True),
    _rule(r"(?<![\d/-])\d{1,2}([/-])\d{1,2}\1(?:\d{4}|\d\d)(?![\d/-])", _slashed, full=True),
    _rule(rf"{_ON_DAY}{_MONTH} {_NUMBER}{_UNTIL}{_AND_YEAR}(?![\d:]){_NO_NOUN}", _date),
    _rule(rf"{_ON_DAY}{_NUMBER}{_UNTIL} (?:of )?{_MONTH}{_AND_YEAR}(?!\w)", _date),
    _rule(rf"\b{_PART}{_MONTH},?\s+(?:of )?{_YEAR}\b", _month, any_case=False),
    _rule(rf"\b(?P<turn>last|past|next|this) {_MONTH}(?! \d)(?!\w)", _month, any_case=False),
    _rule(rf"(?:\b(?:[Ee]arly|[Ll]ate|[Mm]id)[\s-]|{_BEFORE_MONTH}){_MONTH}(?! \d)(?!\w)", _month, any_case=False),
    _rule(rf"\b{_SURE_MONTH}(?! \d)(?!\w)", _month, any_case=False),
    _rule(
        rf"\b(?:(?:[Ee]arl(?:y|ier)|[Ll]ater?)(?: on)? )?{_TURNS}{_DAY}{_PAPERS}{_OF_DAY}(?:,?\s+(?:of )?(?P<week>last|this|next) week)?",
        _weekday,
        any_case=False,
    ),
    _rule(rf"\b{_WHEN}(?P<word>{_NEARBY}){_OF_DAY}\b", _near),
    _rule(rf"\b{_PART}{_WHEN}(?:the )?(?P<turn>last|this|next|current|coming|previous) {_SPAN}\b(?![’']s? \w+-old)", _turn),
    _rule(r"\b(?:over|during|at|on) the weekend\b", _weekend),
    _rule(rf"\b{_ABOUT}{_COUNT} {_UNIT}s? (?P<way>ago|earlier|later|before|from now)\b", _counted),
    _rule(rf"\b(?:the )?(?P<turn>last|past|next|coming) {_COUNT} {_UNIT}s?\b", _within),
    _rule(rf"\bthe (?P<which>next|following|previous|same) {_UNIT}\b", _follows),
    _rule(rf"\bthe {_UNIT} (?P<which>before|after)\b", _follows),
    _rule(rf"\b{_TURNS}(?:(?:this )?year[’']s )?(?:the )?{_QUARTER}(?: (?:of |in )?(?:fiscal )?{_YEAR})?\b", _quarter),
    _rule(rf"\b{_PART}{_SEASON}(?: (?:of )?{_YEAR})?\b(?! of)", _season, any_case=False),
    _rule(rf"\b(?P<holiday>{_holiday_words()})(?:,?\s+{_YEAR})?\b", _holiday),
    _rule(rf"{_DIGITS_BEFORE}{_YEAR}\s?[-–]\s?(?P<to>\d{{4}}|\d\d)(?![\d-])", _year_range, full=True),
    _rule(r"(?:\b(?:early|late|mid)[\s-](?:the )?)?(?:(?<=[’'])(?P<decade>[2-9]0)s|\b(?P<decade4>(?:1[89]|20)\d0)s)\b", _decade, full=True),
    _rule(rf"\b{_PART}(?:fiscal (?:year )?)?{_DIGITS_BEFORE}{_YEAR}(?![\d%]|[,./:]\d|-\w){_NO_NOUN}", _year, full=True),
)
