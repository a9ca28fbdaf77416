"""Time expressions of news English, resolved against the day the report was published.

In a Friday report "Friday" is that day, "on Monday" the Monday before, "will meet on Monday" the one after. Without a publication
date such words stay unresolved; a full date needs no anchor. "A day later" counts from the last date the text gave. What is marked
follows TimeML (Pustejovsky et al. 2003); durations ("for three days") have no place in the calendar and are quantities.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from onrecord.reading.dates import Value, day_of
from onrecord.reading.sentences import Layout
from onrecord.reading.timevalues import Context
from onrecord.reading.timewords import RULES, Rule
from onrecord.records import Span, Time

_HINT = re.compile(
    r"\d|(?:mon|tues|wednes|thurs|fri|satur|sun)day|\b(?:mon|tues?|wed|thurs?|fri|sat|sun)\b"
    r"|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|today|tonight|yester|tomorrow|morning|afternoon|evening|night"
    r"|\b(?:day|week|fortnight|month|quarter|year|decade|spring|summer|autumn|fall|winter|christmas|halloween|valentine|independence|bastille)",
    re.I,
)  # every wording of a time has one of these
_AHEAD = re.compile(
    r"\b(?:will|shall|would)\b|[’']ll\b|\b(?:due|set|plan\w*|expected|scheduled|slated|going|is|are|hopes?|vow\w*|agreed|ready) to\b"
    r"|\b(?:scheduled|planned|expected|slated|set|due) (?:for|on|in|at)\b|\b(?:upcoming|until)\b"
    r"|\b(?:resumes?|opens?|begins?|starts?|meets?|takes? effect|expires?|convenes?)\b"
)
_BEHIND = re.compile(
    r"(?<!to be )(?<!will be )(?<!shall be )(?<!would be )(?<!to have )"
    r"\b(?:said|says|told|was|were|had|did|(?!hundred|need|breed|speed|seed)[a-z]{3,}ed|met|held|made|took|went|came|began|won|shot"
    r"|killed|sent|fell|rose|fought|fled|struck|hit|broke|left)\b"
)


def find_times(layout: Layout, published: str | None) -> list[Time]:
    """All time expressions of a text, in order. ``published``: ISO date of the report, or None."""
    anchor, last = day_of(published), None
    found: list[Time] = []
    for match, rule, sentence in _matches(layout):
        context = Context(anchor, last, _looks_ahead(layout.text, match, sentence))
        try:
            value = rule.resolve(match, context)
        except (OverflowError, ValueError, LookupError):
            value = None
        if value and value.precision == "day":
            last = value.end
        found.append(_time(f"t{len(found) + 1}", match, value, rule.anchored(match)))
    return found


def _time(name: str, match: re.Match[str], value: Value | None, anchored: bool) -> Time:
    source: Literal["published", "text"] | None = None if value is None else "published" if anchored else "text"
    if value is None:
        return Time(id=name, span=match.span(), start=None, end=None, precision="unresolved", anchor=None)
    start, end = (f"{day.isoformat()}T{value.clock}" if value.clock else day.isoformat() for day in (value.start, value.end))
    return Time(id=name, span=match.span(), start=start, end=end, precision=value.precision, anchor=source)


def _looks_ahead(text: str, match: re.Match[str], sentence: tuple[int, int]) -> bool:
    """Is the verb nearest before an expression, or else the first after it, one that looks to the future?"""
    before = text[max(sentence[0], match.start() - 90) : match.start()]
    ahead, behind = (max((m.start() for m in words.finditer(before)), default=-1) for words in (_AHEAD, _BEHIND))
    if ahead >= 0 or behind >= 0:
        return ahead >= behind
    after = text[match.end() : min(sentence[1], match.end() + 60)]
    first, past = (next((m.start() for m in words.finditer(after)), len(after)) for words in (_AHEAD, _BEHIND))
    return first < past


def _matches(layout: Layout) -> Iterator[tuple[re.Match[str], Rule, Span]]:
    """What the rules match in each sentence that has a word of time, in order; of two that overlap the longer, then the earlier rule's."""
    for start, end in layout.sentences:
        if not _HINT.search(layout.text, start, end):
            continue
        found = [(match, number) for number, rule in enumerate(RULES) for match in rule.pattern.finditer(layout.text, start, end)]
        found.sort(key=lambda each: (each[0].start() - each[0].end(), each[1]))
        taken: list[tuple[re.Match[str], int]] = []
        for match, number in found:
            if all(match.end() <= other.start() or other.end() <= match.start() for other, _ in taken):
                taken.append((match, number))
        yield from ((match, RULES[number], (start, end)) for match, number in sorted(taken, key=lambda each: each[0].start()))
