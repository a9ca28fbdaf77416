"""Numbers as intervals: what a count can at least and at most be, given the words around it.

"up to 12,000" is [0, 12000], "thousands" [2000, 9999], "at least 40" [40, ∞), "about 3,500" within a tenth. Dates, clock
times, ages, ordinals and numbers inside names are no quantities.
"""

from __future__ import annotations

import re

from onrecord.reading.sentences import Layout
from onrecord.records import Modifier, Quantity, Span

_ONES = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
    nineteen""".split()
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_WORDS = {w: i for i, w in enumerate(_ONES)} | {w: 20 + 10 * i for i, w in enumerate(_TENS)}
_SCALES = {
    "hundred": 100.0,
    "thousand": 1e3,
    "million": 1e6,
    "billion": 1e9,
    "trillion": 1e12,
    "m": 1e6,
    "bn": 1e9,
    "k": 1e3,
    "dozen": 12.0,
}
_VAGUE = {
    "dozens": (24, 99), "scores": (40, 199), "hundreds": (200, 999), "thousands": (2000, 9999),
    "tens of thousands": (20000, 99999), "hundreds of thousands": (200000, 999999), "millions": (2e6, 9.9e6),
    "several": (3, 9), "a handful": (2, 6), "several hundred": (300, 900), "several thousand": (3000, 9000),
    "several dozen": (36, 108), "a dozen": (12, 12), "half a million": (5e5, 5e5), "a couple": (2, 2),
    "a hundred": (100, 100), "a thousand": (1000, 1000), "a million": (1e6, 1e6),
}  # fmt: skip
_NUM = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_WORD_NUM = rf"(?:(?:{'|'.join([*_TENS, *reversed(_ONES[1:])])})(?:[\s-](?:{'|'.join(_ONES[1:10])}))?)"
_SCALE = r"(?:[\s-]?(?:hundred|thousand|million|billion|trillion|bn|dozen)\b|(?<=\d)(?:m|k|bn)\b)"
_NUMBER = rf"(?:{_NUM}|{_WORD_NUM}){_SCALE}*(?:\s+and\s+{_WORD_NUM})?"
_QUANTITY = re.compile(
    rf"(?<![\w.,/:-])(?P<cur>[$€£]|US\$)?(?:(?P<vague>{'|'.join(sorted(_VAGUE, key=len, reverse=True))})|(?P<a>{_NUMBER})"
    rf"(?:\s*(?:-|–|to|and)\s*(?P<b>{_NUMBER}))?)(?P<unit>\s?%|[\s-](?:per\s?cent|percent)\b)?(?![\w]|,\d|:\d|/\d)",
    re.I,
)
_BOUNDS: tuple[tuple[str, Modifier], ...] = (
    (r"up to|as many as|at most|no more than|not more than|a maximum of|fewer than|less than|under|below", "at_most"),
    (r"at least|more than|over|no fewer than|no less than|a minimum of|upwards of|in excess of|exceeding|above|already", "at_least"),
    (r"about|around|some|roughly|approximately|nearly|almost|close to|an estimated|estimated|or so", "about"),
)
_MODIFIERS = tuple((re.compile(rf"(?:{words})\s+(?:the\s+)?$", re.I), modifier) for words, modifier in _BOUNDS)
_MONTHS = (
    "jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec|january|february|march|april|june|july|august|september|october|november|december"
)
_DATE_BEFORE = re.compile(rf"\b(?:{_MONTHS})\.?\s+$|\b(?:in|since|by|of|until|from|early|late)\s+$", re.I)
_DATE_AFTER = re.compile(
    rf"\s+(?:{_MONTHS})\b|\s*(?:a\.?m|p\.?m)\b|\s*o[’']clock|\s+(?:hundred\s+)?hours\b|(?:st|nd|rd|th)\b|-year-old|-(?=[a-z])", re.I
)
_CLOCK_BEFORE = re.compile(r"\b(?:half past|quarter past|quarter to|past|at|until|after|before|by|since)\s+$", re.I)
_NOUNS = re.compile(
    r"\s+((?:(?!(?:of|in|on|at|to|and|or|from|with|for|who|that|were|was|are|is|have|had|has|by|as|into|near|after|over|could|can|will|would|may|might|must|should|did|do|does|be|been|whose|when|if|than|so|but|not|say|said|since|during|before)\b)[\w’'-]+\s*){1,4})"
)
_UNITS = dict(
    pair.split("=")
    for pair in """km=km kilometre=km kilometer=km mile=mile metre=m meter=m tonne=t ton=t hour=hour minute=minute day=day week=week
    month=month year=year second=second percent=percent dollar=USD euro=EUR pound=GBP litre=l liter=l barrel=barrel kilogram=kg kg=kg
    hectare=ha acre=acre feet=ft foot=ft""".split()
)
_CURRENCIES = {"$": "USD", "us$": "USD", "€": "EUR", "£": "GBP"}


def find_quantities(layout: Layout) -> list[Quantity]:
    """All counted quantities of a text, in order."""
    found: list[Quantity] = []
    for start, end in layout.sentences:
        for match in _QUANTITY.finditer(layout.text, start, end):
            if quantity := _quantity(layout.text, match, start, end, f"q{len(found) + 1}"):
                found.append(quantity)
    return found


def _quantity(text: str, match: re.Match[str], start: int, end: int, name: str) -> Quantity | None:
    vague = match["vague"]
    if not vague and (_is_date(text, match, start) or (match["a"].lower() == "one" and not match["unit"])):
        return None
    before = text[start : match.start()]
    modifier: Modifier = next((m for pattern, m in _MODIFIERS if pattern.search(before)), "vague" if vague else "exact")
    if vague:
        low, high = _VAGUE[vague.lower()]
        best = None if low != high else float(low)
        if low == high and modifier == "vague":
            modifier = "exact"
    else:
        low = high = number_of(match["a"])
        best = low
        if match["b"] and (other := number_of(match["b"])) > low and (modifier := _range_modifier(match, before, modifier)) == "range":
            low, high, best = _shared_scale(match, low, other), other, None
    interval = _interval(low, high, modifier)
    of = _thing(text, match.end(), end)
    unit = _CURRENCIES.get((match["cur"] or "").lower()) or ("percent" if match["unit"] else None)
    if unit is None and of:
        unit = _unit(text[slice(*of)])
    span = match.start(), match.end()
    return Quantity(
        id=name, span=span, low=interval[0], high=interval[1], best=best, modifier=modifier, unit=unit,
        of=of, of_text=text[slice(*of)] if of else None,
    )  # fmt: skip


def _range_modifier(match: re.Match[str], before: str, modifier: Modifier) -> Modifier:
    joined = re.search(r"\s+and\s+", match.group(), re.I) is not None
    return modifier if joined and not re.search(r"between\s+$", before, re.I) else "range"


def _shared_scale(match: re.Match[str], low: float, high: float) -> float:
    """ "two to three million": the scale of the second number holds for the first."""
    scale = re.search(r"(hundred|thousand|million|billion)s?$", match["b"], re.I)
    return low * _SCALES[scale[1].lower()] if scale and low < 1000 and high >= 1000 and not re.search(r"[a-z]{4,}$", match["a"]) else low


def _interval(low: float, high: float, modifier: Modifier) -> tuple[float, float | None]:
    if modifier == "at_most":
        return 0.0, float(high)
    if modifier == "at_least":
        return float(low), None
    if modifier == "about" and low == high:
        return low * 0.9, high * 1.1
    return float(low), float(high)


def number_of(words: str) -> float:
    """The value of a number in digits or words: "1.2m", "twenty-one", "half a dozen thousand" aside."""
    value = total = 0.0
    for part in re.findall(rf"{_NUM}|[a-z]+", words.lower()):
        if part[0].isdigit():
            value += float(part.replace(",", ""))
        elif part in _WORDS:
            value += _WORDS[part]
        elif part in _SCALES:
            value = max(value, 1) * _SCALES[part]
            if _SCALES[part] >= 1000:
                total, value = total + value, 0.0
    return total + value


def _is_date(text: str, match: re.Match[str], start: int) -> bool:
    plain = match["a"].replace(",", "")
    if _DATE_AFTER.match(text, match.end()) or (
        text[match.end() : match.end() + 1] == "-" and text[match.end() + 1 : match.end() + 2].isalpha()
    ):
        return True
    year = plain.isdigit() and len(plain) == 4 and "," not in match["a"] and 1500 <= int(plain) <= 2100
    small = plain.isdigit() and int(plain) <= 31
    before = text[start : match.start()]
    if (year or small) and re.search(rf"\b(?:{_MONTHS})\.?\s+(?:\d{{1,2}},?\s+)?$", before, re.I):
        return True
    if year and (_DATE_BEFORE.search(before) or not _NOUNS.match(text, match.end())):
        return True
    if _CLOCK_BEFORE.search(before) and not re.match(r"\s+[a-z]{4,}", text[match.end() :]):
        return True
    age = re.search(r",\s*$", before) and re.match(r"\s*,", text[match.end() :])
    return bool(age) or bool(re.search(r"[A-Z][\w-]*\s+$", before) and plain.isdigit() and not re.match(r"\s+[a-z]", text[match.end() :]))


def _thing(text: str, at: int, end: int) -> Span | None:
    skipped = re.compile(r"\s+of\s+(?:the|its|their|his|her|our|them)?").match(text, at, end)
    match = _NOUNS.match(
        text, skipped.end() - 1 if skipped and text[skipped.end() - 1].isspace() else skipped.end() if skipped else at, end
    )
    if not match:
        return None
    stop = match.start(1) + len(match[1].rstrip())
    return (match.start(1), stop) if stop > match.start(1) else None


def _unit(of: str) -> str | None:
    first = of.split()[0].lower()
    return _UNITS.get(first) or _UNITS.get(first.rstrip("s")) or _UNITS.get(first.removesuffix("es"))
