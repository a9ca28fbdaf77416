"""Time expressions of news English, resolved against the day the report was published.

In a Friday report "Friday" is that day, "on Monday" the Monday before. Without a publication date such words stay
unresolved; a full date needs no anchor.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from onrecord.reading.sentences import Layout
from onrecord.records import Precision, Time

_DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_MONTH_NAMES = "january february march april may june july august september october november december".split()
_MONTH = (
    r"(?P<name>Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?|Sept?(?:ember|\.)?"
    r"|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_PATTERNS = {
    "iso": r"\b(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)\b",
    "date": rf"\b(?:{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s+(?P<year>\d{{4}}))?(?!\d)"
    rf"|(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH.replace('name', 'name2')}(?:,?\s+(?P<year2>\d{{4}}))?)\b",
    "weekday": r"\b(?P<which>last|next|this)?\s?\b(?P<dayname>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b",
    "near": r"\b(?P<word>today|tonight|this morning|this afternoon|this evening|yesterday|last night|tomorrow|overnight)\b",
    "period": r"\b(?P<turn>last|this|next)\s+(?P<length>week|month|year)\b",
    "month": rf"\b(?:in|since|until|by|from|of|last)\s+{_MONTH.replace('name', 'name3')}(?:\s+(?P<year3>\d{{4}}))?\b(?!\s+\d)",
    "year": r"\b(?:in|since|until|by|from|of)\s+(?P<bare>(?:19|20)\d\d)\b",
}
_TIME = re.compile("|".join(f"(?P<is_{name}>{pattern})" for name, pattern in _PATTERNS.items()))
_NEAR = {"yesterday": -1, "last night": -1, "tomorrow": 1}


def find_times(layout: Layout, published: str | None) -> list[Time]:
    """All time expressions of a text, in order. ``published``: ISO date of the report, or None."""
    anchor = day_of(published)
    found: list[Time] = []
    for match in _TIME.finditer(layout.text):
        kind = next(name for name in _PATTERNS if match[f"is_{name}"])
        value = _VALUES[kind](match, anchor)
        first, last, precision = value or (None, None, "unresolved")
        source = None if value is None else "text" if kind in ("iso", "year") or _full(match) else "published"
        span = match.start(), match.end()
        found.append(
            Time(
                id=f"t{len(found) + 1}",
                span=span,
                start=first.isoformat() if first else None,
                end=last.isoformat() if last else None,
                precision=precision,
                anchor=source,  # type: ignore[arg-type]
            )  # fmt: skip
        )
    return found


def day_of(published: str | None) -> date | None:
    """The day of an ISO date or date-time; None when there is none."""
    try:
        return date.fromisoformat((published or "")[:10])
    except ValueError:
        return None


_Value = tuple[date, date, Precision] | None


def _full(match: re.Match[str]) -> bool:
    return any(match[name] for name in ("year", "year2", "year3"))


def _month(name: str) -> int:
    return next(i for i, full in enumerate(_MONTH_NAMES, 1) if full.startswith(name.lower().rstrip(".")[:3]))


def _exact(day: date) -> _Value:
    return day, day, "day"


def _iso(match: re.Match[str], anchor: date | None) -> _Value:
    return _safe(int(match["y"]), int(match["m"]), int(match["d"]))


def _date(match: re.Match[str], anchor: date | None) -> _Value:
    month = _month(match["name"] or match["name2"])
    day, year = int(match["day"] or match["day2"]), match["year"] or match["year2"]
    if year:
        return _safe(int(year), month, day)
    if anchor is None:
        return None
    candidates = [v for y in (anchor.year - 1, anchor.year, anchor.year + 1) if (v := _safe(y, month, day))]
    return min(candidates, key=lambda v: abs((v[0] - anchor).days)) if candidates else None


def _safe(year: int, month: int, day: int) -> _Value:
    try:
        return _exact(date(year, month, day))
    except ValueError:
        return None


def _weekday(match: re.Match[str], anchor: date | None) -> _Value:
    if anchor is None:
        return None
    back = (anchor.weekday() - _DAYS.index(match["dayname"].lower())) % 7
    if match["which"] == "next":
        return _exact(anchor + timedelta(days=(7 - back) or 7))
    if match["which"] == "last" and back == 0:
        back = 7
    return _exact(anchor - timedelta(days=back))


def _near(match: re.Match[str], anchor: date | None) -> _Value:
    return _exact(anchor + timedelta(days=_NEAR.get(match["word"].lower(), 0))) if anchor else None


def _period(match: re.Match[str], anchor: date | None) -> _Value:
    if anchor is None:
        return None
    step = {"last": -1, "this": 0, "next": 1}[match["turn"].lower()]
    if match["length"] == "week":
        monday = anchor - timedelta(days=anchor.weekday()) + timedelta(weeks=step)
        return monday, monday + timedelta(days=6), "week"
    if match["length"] == "month":
        months = anchor.year * 12 + anchor.month - 1 + step
        return _whole_month(months // 12, months % 12 + 1)
    return date(anchor.year + step, 1, 1), date(anchor.year + step, 12, 31), "year"


def _whole_month(year: int, month: int) -> _Value:
    following = date(year + month // 12, month % 12 + 1, 1)
    return date(year, month, 1), following - timedelta(days=1), "month"


def _in_month(match: re.Match[str], anchor: date | None) -> _Value:
    month = _month(match["name3"])
    if match["year3"]:
        return _whole_month(int(match["year3"]), month)
    if anchor is None:
        return None
    return _whole_month(anchor.year - (month > anchor.month), month)


def _year(match: re.Match[str], anchor: date | None) -> _Value:
    year = int(match["bare"])
    return date(year, 1, 1), date(year, 12, 31), "year"


_VALUES = {"iso": _iso, "date": _date, "weekday": _weekday, "near": _near, "period": _period, "month": _in_month, "year": _year}
