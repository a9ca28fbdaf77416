"""The wordings of time expressions: a table of patterns, each with the function of ``timevalues`` that resolves it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from onrecord.reading.dates import WEEKDAYS
from onrecord.reading.numbers import NUMBER_WORD
from onrecord.reading.timevalues import (
    HOLIDAYS,
    ORDINALS,
    Resolver,
    group,
    of_clock,
    of_compact,
    of_counted,
    of_date,
    of_decade,
    of_follows,
    of_holiday,
    of_iso,
    of_month,
    of_near,
    of_quarter,
    of_season,
    of_slashed,
    of_turn,
    of_weekday,
    of_weekend,
    of_within,
    of_year,
    of_year_range,
)

_DAY = rf"(?P<weekday>{'|'.join(d.title() for d in WEEKDAYS)}|(?:Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun)(?:\.|(?=,)))"
_MONTH = (
    r"(?P<month>January|February|March|April|May|June|July|August|September|October|November|December|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?"
    r"|Oct|Nov|Dec)\b\.?)"
)
_YEAR = r"(?P<year>(?:1[6-9]|20)\d\d)"
_PART = r"(?:(?P<part>early|late|mid(?:dle of)?|the (?:end|start|beginning|middle) of|end of)[\s-]+(?:the\s+)?)?"
_OF_DAY = r"(?: (?:morning|afternoon|evening|night|at noon|at midnight))?"
_UNIT = r"(?P<unit>day|week|fortnight|month|quarter|year|decade)"
_COUNT = rf"(?P<count>\d{{1,3}}|{NUMBER_WORD}|an?|several|(?:a )?few|a couple of)"
_QUARTER = rf"(?:(?P<ordinal>{'|'.join(ORDINALS)})[\s-]quarter|Q(?P<q>[1-4])\b)"
_PAPERS = r"(?!\s+(?:Times|Mirror|Telegraph|Express|Mail|Herald|Post)\b)"


def _holiday_words() -> str:
    return "|".join(name.replace("'", "[’']") for name in HOLIDAYS)


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern and what resolves it; ``full``: does it need no day of publication?"""

    pattern: re.Pattern[str]
    resolve: Resolver
    full: bool = False

    def anchored(self, match: re.Match[str]) -> bool:
        """Does what it matched need the day of publication?"""
        return not self.full and not group(match, "year")


def _rule(pattern: str, resolve: Resolver, full: bool = False, any_case: bool = True) -> Rule:
    """A rule of a pattern in which a space stands for any white space."""
    return Rule(re.compile(pattern.replace(" ", r"\s+"), re.I if any_case else 0), resolve, full)


_TURNS = r"(?:(?P<turn>(?i:last|past|next|this)) )?"
_WHEN = r"(?:(?:earlier|later|late|early|sometime) )?"
_UNTIL = r"(?:\s?(?:-|–|to|and)\s?(?P<until>\d{1,2})(?![\d:]|[,.]\d| (?:percent|per|million|people)))?"
_BEFORE_MONTH = "|".join(rf"(?<=\b{word}\x20)" for word in "in since until by from of during for through between and".split())
_SURE_MONTH = r"(?P<month>January|February|July|September|October|November|December|(?:Jan|Feb|Aug|Sept?|Oct|Nov|Dec)\.)"
# What four digits without a comma may count; before anything else they are a year: "1988 sales".
_COUNTED = (
    "people men women children troops soldiers workers jobs employees dollars pounds euros tons tonnes miles feet yards "
    "meters metres points shares units homes houses cars votes seats members students refugees civilians fighters "
    "prisoners years days weeks months rounds lb kg km GMT BST EST EDT hours percent million billion"
)
_NO_NOUN = rf"(?! (?:{_COUNTED.replace(' ', '|')}|per cent)\b)"
_NUMBER = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_ON_DAY = rf"\b(?:{_DAY},?\s+(?:the )?)?"
_AND_YEAR = rf"(?:,?\s+{_YEAR}\b)?"
_NEARBY = (
    r"the day (?:before yesterday|after tomorrow)|today|tonight|this (?:morning|afternoon|evening)|yesterday|last night|tomorrow|overnight"
)
_ABOUT = r"(?:(?:about|some|around|almost|nearly|more than|just) )?"
_SPAN = r"(?P<unit>week|month|year|quarter|weekend|decade)"
_SEASON = r"(?:(?P<turn>(?i:last|this|next))|in the|of|(?i:the)|during the) (?P<season>spring|summer|autumn|fall|winter)"
_DECADE = r"(?:(?<=[’'])(?P<decade>[2-9]0)s|\b(?P<decade4>(?:1[89]|20)\d0)s)\b"
_DIGITS_BEFORE = r"(?<![\d$€£.,/:-])"
RULES = (
    _rule(r"\b\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d)?Z?)?\b", of_iso, full=True),
    _rule(r"(?<![\d.,-])(?P<compact>(?:19|20)\d\d[01]\d[0-3]\d)(?!\d)", of_compact, full=True),
    _rule(r"(?<![\d/-])\d{1,2}([/-])\d{1,2}\1(?:\d{4}|\d\d)(?![\d/-])", of_slashed, full=True),
    _rule(rf"{_ON_DAY}{_MONTH} {_NUMBER}{_UNTIL}{_AND_YEAR}(?![\d:]){_NO_NOUN}", of_date),
    _rule(rf"{_ON_DAY}{_NUMBER}{_UNTIL} (?:of )?{_MONTH}{_AND_YEAR}(?!\w)", of_date),
    _rule(rf"\b{_PART}{_MONTH},?\s+(?:of )?{_YEAR}\b", of_month, any_case=False),
    _rule(rf"\b(?P<turn>(?i:last|past|next|this)) {_MONTH}(?! \d)(?!\w)", of_month, any_case=False),
    _rule(rf"(?:\b(?:[Ee]arly|[Ll]ate|[Mm]id)[\s-]|{_BEFORE_MONTH}){_MONTH}(?! \d)(?!\w)", of_month, any_case=False),
    _rule(rf"\b{_SURE_MONTH}(?! \d)(?!\w)", of_month, any_case=False),
    _rule(
        r"(?<=[a-z,]\s)(?P<month>March|April|June|August)\b(?! [A-Z\d])(?! (?:on|for|against|to|through|of)\b)", of_month, any_case=False
    ),
    _rule(
        rf"\b(?:(?:[Ee]arl(?:y|ier)|[Ll]ater?)(?: on)? )?{_TURNS}{_DAY}{_PAPERS}{_OF_DAY}(?:,?\s+(?:of )?(?P<week>last|this|next) week)?",
        of_weekday,
        any_case=False,
    ),
    _rule(rf"{_DIGITS_BEFORE}(?P<hour>1?\d)(?:[:.](?P<minute>[0-5]\d))?\s?(?P<half>[ap])\.?m\b\.?(?:,?\s+(?:on )?{_DAY}\b)?", of_clock),
    _rule(rf"(?<=\bat\s){_DIGITS_BEFORE}(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)(?!\d)(?:,?\s+(?:on )?{_DAY}\b)?", of_clock),
    _rule(rf"\b{_WHEN}(?P<word>{_NEARBY}){_OF_DAY}\b", of_near),
    _rule(rf"\b{_PART}{_WHEN}(?:the )?(?P<turn>last|this|next|current|coming|previous) {_SPAN}\b(?![’']s? \w+-old)", of_turn),
    _rule(rf"\b(?:the )?(?:end|start|beginning|middle|rest|first half|second half) of the {_SPAN}\b", of_turn),
    _rule(r"\b(?P<unit>year)(?:-|[’']s )end\b", of_turn),
    _rule(r"\b(?:over|during|at|on) the weekend\b", of_weekend),
    _rule(rf"\b{_ABOUT}{_COUNT} {_UNIT}s? (?P<way>ago|earlier|later|before|from now)\b", of_counted),
    _rule(rf"\b(?:the )?(?P<turn>last|past|next|coming) {_COUNT} {_UNIT}s?\b", of_within),
    _rule(rf"\bthe (?P<which>next|following|previous|same) {_UNIT}\b", of_follows),
    _rule(rf"\bthe {_UNIT} (?P<which>before|after)\b", of_follows),
    _rule(rf"\b{_TURNS}(?:(?:this )?year[’']s )?(?:the )?{_QUARTER}(?: (?:of |in )?(?:fiscal )?{_YEAR})?\b", of_quarter),
    _rule(rf"\b{_PART}{_SEASON}(?: (?:of )?{_YEAR})?\b(?! of)", of_season, any_case=False),
    _rule(rf"\b(?P<holiday>{_holiday_words()})(?:,?\s+{_YEAR})?\b", of_holiday),
    _rule(rf"{_DIGITS_BEFORE}{_YEAR}\s?[-–]\s?(?P<to>\d{{4}}|\d\d)(?![\d-])", of_year_range, full=True),
    _rule(rf"(?:\b(?:early|late|mid)[\s-](?:the )?)?{_DECADE}", of_decade, full=True),
    _rule(
        rf"\b{_PART}(?:fiscal (?:year )?)?(?<!Room\x20)(?<!least\x20){_DIGITS_BEFORE}{_YEAR}(?![\w%]|[,./:]\d|-\w){_NO_NOUN}",
        of_year,
        full=True,
    ),
)
