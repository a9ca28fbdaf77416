"""When an outlet speaks for itself: its reporter saw it, it has learned it, or it is no newspaper but an organization with a statement.

"A reporter of this paper saw two lorries leave": the outlet is the origin. "Two lorries left": no origin is stated.
"""

from __future__ import annotations

import re

from onrecord.records import Reading, Span
from onrecord.story.outlets import names_outlet

_STATEMENT = re.compile(
    r"\b(?:statement|communiqu[eé]|press release|press office|aid organi[sz]ation|charity|ngo|ministry|department|embassy|foundation|"
    r"human rights|union|committee|campaign|society|red cross|red crescent)\b",
    re.I,
)
_PRESS = re.compile(r"\b(?:news|press|times|post|herald|tribune|journal|radio|tv|television|agency|wire|blog|gazette|mail|star)\b", re.I)
_REPORTER = r"(?:reporters?|correspondents?|photographers?|journalists?|camera crew|cameraman|team)"
_SAW = r"(?:saw|seen|sees|heard|hears|counted|counts|watched|witnessed|found|visited|photographed|filmed|observed)"
_OBSERVED = re.compile(
    rf"\b(?:[Oo]ur|[Aa]|[Tt]he|[Tt]his|own)\b[^.;:]{{0,40}}\b{_REPORTER}\b[^.;]{{0,60}}\b{_SAW}\b|\b(?:I|[Ww]e)\s+(?:\w+\s+)?{_SAW}\b"
)
_LEARNED = re.compile(r"\b(?:has|have)\s+(?:learn(?:ed|t)|established|obtained|reviewed)\b|\bcan (?:reveal|report)\b", re.I)
_ITSELF = re.compile(r"\b(?:this (?:news)?paper|this (?:website|channel|station)|we)\b", re.I)


def is_statement(reading: Reading) -> bool:
    """Is the report an organization's own word, by the name of its outlet?"""
    outlet = reading.report.outlet or ""
    return _STATEMENT.search(outlet) is not None and not _PRESS.search(outlet)


def first_hand(reading: Reading, span: Span) -> bool:
    """Does the outlet vouch for what stands in this span of its own voice?"""
    if is_statement(reading):
        return True
    start, end = next(((s, e) for s, e in reading.sentences if s <= span[0] < e), span)
    sentence = reading.report.text[start : max(end, span[1])]
    if _OBSERVED.search(sentence):
        return True
    return _LEARNED.search(sentence) is not None and (_ITSELF.search(sentence) is not None or names_outlet(sentence, reading.report.outlet))
