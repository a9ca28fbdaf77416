"""Numbers as intervals: what a count can at least and at most be, given the words around it.

"up to 12,000" is [0, 12000], "thousands" [2000, 9999], "at least 40" [40, ∞), "about 3,500" within a tenth, "from 8 to 10"
[8, 10]. Dates, clock times, ages in apposition, ordinals and numbers that belong to a name are no quantities.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from math import inf, isfinite

from onrecord.reading.counted import thing_counted
from onrecord.reading.lexicon import Unit, lemmas_of, nouns, units
from onrecord.reading.numbers import NUMBER, SCALES, number_of
from onrecord.reading.ranges import COUNTABLE, NOUN, Number, ranges_of
from onrecord.reading.sentences import Layout
from onrecord.records import Modifier, Quantity, Span, Time

_VAGUE = {
    "dozens": (24, 99), "scores": (40, 199), "hundreds": (200, 999), "thousands": (2000, 9999),
    "tens of thousands": (20000, 99999), "hundreds of thousands": (200000, 999999), "tens of millions": (2e7, 9.9e7),
    "hundreds of millions": (2e8, 9.9e8), "millions": (2e6, 9.9e6), "billions": (2e9, 9.9e9), "several": (3, 9), "a handful": (2, 6),
    "several hundred": (300, 900), "several thousand": (3000, 9000), "several dozen": (36, 108), "several million": (3e6, 9e6),
    "a few hundred": (200, 500), "a few thousand": (2000, 5000), "a few dozen": (24, 60), "a couple": (2, 2),
}  # fmt: skip
_BOUNDS: tuple[tuple[str, Modifier], ...] = (
    (r"(?<!back )up to|as many as|as much as|at most|no more than|not more than|a maximum of|(?<!no )(?<!not )(?:fewer|less|lower) than"
     r"|under|below|sub-|<|≤|a limit of|not exceeding|no higher than|not over", "at_most"),
    (r"at least|more than|over|no (?:fewer|less|lower) than|not (?:fewer|less) than|a minimum of|upwards of|in excess of"
     r"|exceed(?:s|ed|ing)?|above|already|higher than|greater than|beyond|>|≥", "at_least"),
    (r"about|around|some|roughly|approximately|approx\.?|nearly|almost|close to|near|an estimated|estimated|~|≈|circa|more or less"
     r"|in the region of|on the order of|as little as", "about"),
)  # fmt: skip
_BEFORE = tuple((re.compile(rf"(?:(?<!\w)|(?<=\W))(?:{words})\s*(?:(?:the|an?|another|its|their)\s+)?$", re.I), m) for words, m in _BOUNDS)
_AFTER: tuple[tuple[re.Pattern[str], Modifier], ...] = (
    (re.compile(r"\s+or (?:more|above|better|higher)\b|\+|\s+at least\b|\s+plus\b", re.I), "at_least"),
    (re.compile(r"\s+or (?:less|fewer|under|below)\b|\s+at most\b", re.I), "at_most"),
    (re.compile(r"\s+or so\b|\s+or thereabouts\b", re.I), "about"),
)
_CODES = "USD|EUR|GBP|JPY|CNY|RMB|CHF|HKD|AUD|CAD|INR|SEK|NOK"
_CURRENCY = (
    rf"(?:(?<![\w’'])(?-i:US|A|C|HK|NZ|S|NT|R|AU)\$|(?-i:US|HK|C|A)\s\$|\$\s?US|[$€£¥₹₩₽₴₪₺฿]|\b(?-i:{_CODES}|Rs\.?|RM)|\bPS(?=\d)|\bY=)\s?"
)
_ALIASES = {"PS": "£", "Y=": "¥", "$US": "US$"}
_NOT_BEFORE = (
    re.compile(r"\s*(?:a\.?m\b|p\.?m\b|o[’']clock|GMT|EDT|EST|hours? local|hundred hours)", re.I),  # a clock time
    re.compile(r"(?:st|nd|rd|th)\b|:\d|/\d|[-–]\d+[-–]\d"),  # an ordinal, a time, a date, a number of a telephone
)
_LISTED = re.compile(r"\s?\)")
_RANKED = re.compile(r"\b(?:top|bottom|first|last|final|big)\s$", re.I)
_NOT_NAMES = frozenset("the a some about at in of on for nearly almost around only with and but or than over".split())
_NUMBERED = re.compile(
    r"(?:\b(?:no|nos|number|chapter|page|room|flight|route|article|section|phase|part|level|grade|stage|category|model|class|group|game|act"
    r"|title|step|interstate|highway|exit|line|gate|unit|tier|round|week|day|question|resolution|type|round)\.?|#|№)\s*$", re.I,
)  # fmt: skip
_CLOCK_BEFORE = re.compile(r"\b(?:half past|quarter past|quarter to|at|until|after|before|by|since)\s+$", re.I)
_PLURAL = re.compile(rf"\s+(?:{NOUN}|more\b|of\b)")
_FRACTION_OF = re.compile(r"\s+(?:of|the|its|their|his|her|our|those|all)\b|-?\s*(?:full|empty)\b")
_BEFORE_HALF = re.compile(r"\b(?:about|nearly|almost|than|over|by|least|around|and a)\s+$", re.I)
_NOT_ONE = re.compile(r"\b(?:no|any|every|each|this|that|which|the|only|some|not|number|square|day|another)\s+$", re.I)
_AFTER_ONE = re.compile(r"\s+(?:of\s+\w|(?!another\b|day\b|time\b|or\b|and\b|thing\b|can\b|is\b|that\b|who\b)[a-z-]{3,})")
_TIME_UNIT = re.compile(r"[\s-]+(?:second|minute|hour|day|week|month|quarter|year|decade)s?\b", re.I)
_METRES = re.compile(r"\s*\(|\s*-?(?:long|tall|high|deep|wide|away|below|above|off|from|race|sprint|final)\b")
_LETTERS = re.compile(r"[A-Za-z&][\w&.’'/-]*\s$")
_MILLIONS = re.compile(rf"\s?M(?P<code>{_CODES})\b")
_SCALED_UNIT = re.compile(r"\s(million|billion|trillion)\b")
_FOLD = re.compile(r"-?\s?fold\b")
_VAGUELY = "|".join(sorted(_VAGUE, key=len, reverse=True))
_PATTERN = re.compile(
    rf"(?<![\w.,/:])(?:(?<=\bsub-)|(?<![a-z]-)|(?<=\d[mk]-)|(?<=\dbn-)|(?<=illion-))(?P<currency>{_CURRENCY})?(?:(?P<vague>{_VAGUELY})\b|{NUMBER})",
    re.I,
)


def find_quantities(layout: Layout, times: Sequence[Time] = ()) -> list[Quantity]:
    """All counted quantities of a text, in order; ``times``: its time expressions, whose numbers are none."""
    found: list[Quantity] = []
    dates = [t.span for t in times]
    for start, end in layout.sentences:
        for number, high in ranges_of(layout.text, list(_numbers(layout.text, start, end, dates))):
            found.append(_quantity(layout.text, (start, end), number, high, f"q{len(found) + 1}", found))
    return found


# -- numbers -------------------------------------------------------------------------------------------------------


def _numbers(text: str, start: int, end: int, dates: Sequence[Span]) -> Iterator[Number]:
    """The numbers of a sentence that count something."""
    for match in _PATTERN.finditer(text, start, end):
        if vague := match["vague"]:
            interval = _VAGUE.get(vague.lower())
            if interval and (vague.lower() != "several" or COUNTABLE.match(text, match.end(), end)):
                yield Number(match.start(), match.end(), vague, 0.0, None, True, interval)
            continue
        number = _with_unit(text, end, match)
        if number and not _no_quantity(text, (start, end), match, number, dates):
            yield number


def _with_unit(text: str, end: int, match: re.Match[str]) -> Number | None:
    """The number with what stands right after it: a scale, a unit. None where a word goes on ("3G", "six-speed")."""
    sign = re.sub(r"\s", "", match["currency"] or "")
    currency = units().get(_ALIASES.get(sign, sign)) or units().get(sign.upper())
    start = match.start() if currency else match.start() + len(match["currency"] or "")
    stop, words = match.end(), text[match.start() + len(match["currency"] or "") : match.end()]
    tight = (match["scale"] or "").strip().lower()
    if not currency and ((tight == "m" and _METRES.match(text, stop, end)) or (tight in ("k", "b") and _unit_at(text, stop - 1, end))):
        stop, words, tight = stop - 1, words[:-1], ""
    scaled = bool(tight or match["half"]) or (match["words"] is not None and any(s in words.lower() for s in SCALES if len(s) > 3))
    value = number_of(words)
    if match["power"]:
        power = int(match["power"].replace("−", "-"))
        value = number_of(match["digits"]) * 10.0**power if abs(power) < 300 else inf
    if not isfinite(value):
        return None  # no count has three hundred digits
    if text[max(0, match.start() - 6) : match.start()].lower() == "minus ":
        value = -value
    if millions := _MILLIONS.match(text, stop, end):
        return Number(start, millions.end(), words, value * 1e6, units()[millions["code"]], True)
    found = _unit_at(text, stop, end) or ((fold.end(), None) if (fold := _FOLD.match(text, stop, end)) else None)
    if found:
        stop, own = found
        if scale := _SCALED_UNIT.match(text, stop, end) if own and not scaled else None:
            stop, value, scaled = scale.end(), value * SCALES[scale[1]], True
        return Number(start, stop, words, value, currency or own, scaled)
    if re.match(r"[A-Za-z]|-[A-Za-z]", text[stop : stop + 2]) and not currency:
        return None
    return Number(start, stop, words, value, currency, scaled)


@cache
def _unit_pattern() -> re.Pattern[str]:
    """Units after a number: one letter only right after it, others after a space or hyphen too."""
    forms = sorted((f for f in units() if f.strip() and f[-1] not in "$€£¥₹₩₽₴₪₺฿"), key=len, reverse=True)
    single = [re.escape(f) for f in forms if len(f) == 1]
    longer = [re.escape(f) if len(f) < 4 else f"(?i:{re.escape(f)})" for f in forms if len(f) > 1]
    longer = [form.replace(r"\ ", r"[\s-]").replace(r"\-", r"[\s-]") for form in longer]
    return re.compile(rf"(?:\s?[-–]?(?P<long>{'|'.join(longer)})|(?P<one>{'|'.join(single)}))(?![A-Za-z]|[²³])")


def _unit_at(text: str, at: int, end: int) -> tuple[int, Unit] | None:
    found = _unit_pattern().match(text, at, end)
    if not found:
        return None
    form = re.sub(r"\s", " ", found["long"] or found["one"])
    ways = (form, form.lower(), form.replace("-", " ").lower(), form.replace(" ", "-").lower())
    unit = next((units()[way] for way in ways if way in units()), None)
    return (found.end(), unit) if unit else None


# -- what is no quantity -------------------------------------------------------------------------------------------


def _no_quantity(text: str, sentence: Span, match: re.Match[str], number: Number, dates: Sequence[Span]) -> bool:
    start, end = sentence
    before, after = text[max(start, number.start - 40) : number.start], text[number.end : min(end, number.end + 60)]
    at = bisect_right(dates, (match.start(), len(text) + 1)) - 1
    if at >= 0 and match.start() < dates[at][1] and not _TIME_UNIT.match(text, match.end(), dates[at][1] + 12):
        return True
    if any(pattern.match(after) for pattern in _NOT_BEFORE) or (_LISTED.match(after) and "(" not in before) or re.search(r"\d:$", before):
        return True
    if number.unit:
        return False
    if match["fraction"] and not re.search(r"[\d½¼¾⅓⅔]| in | of ", match.group()):
        half = "half" in match.group().lower() and _BEFORE_HALF.search(before)
        return not (_FRACTION_OF.match(after) or half)
    if number.text.lower() == "one":
        return bool(_NOT_ONE.search(before)) or not _AFTER_ONE.match(after)
    return not number.scaled and (bool(_NUMBERED.search(before)) or _named_or_dated(before, after, match, number))


def _named_or_dated(before: str, after: str, match: re.Match[str], number: Number) -> bool:
    """A year, a clock time, an age, a part of a name ("FTSE 100", "Kick Six")."""
    digits = match["digits"] or ""
    plain = digits.isdigit()
    people = (word := re.match(r"\s+([a-z]+)", after)) and any(nouns().get(lemma) == "person" for lemma in lemmas_of(word[1]))
    if len(digits) == 4 and plain and (1700 <= number.value <= 2100 or digits[0] == "0"):
        return not (people or any(pattern.search(before) for pattern, _ in _BEFORE))
    if (plain or number.text[0].isupper()) and (word := _LETTERS.search(before)):
        named = any(c.isupper() for c in word.group()) and len(before.rstrip()) > len(word.group())
        if named and word.group().strip().lower() not in _NOT_NAMES and not _PLURAL.match(after):
            return True
    if COUNTABLE.match(after):
        return False
    if _CLOCK_BEFORE.search(before) and plain and number.value <= 24 and not re.match(r"\s+[a-z]{3,}", after):
        return True
    if before.rstrip().endswith(",") and after.lstrip().startswith(",") and plain and number.value < 120:
        return True
    return bool(_RANKED.search(before)) and (not re.match(r"\s+[a-z]", after) or bool(re.match(r"\s+(?:during|in|of|and|at)\b", after)))


# -- quantities ----------------------------------------------------------------------------------------------------


def _quantity(text: str, sentence: Span, number: Number, high: Number | None, name: str, earlier: Sequence[Quantity]) -> Quantity:
    stop = high.end if high else number.end
    modifier = _modifier(text, sentence, number, high, stop)
    best: float | None
    if number.vague:
        low, top = number.vague
        best = None if low != top else low
    elif high:
        low, top = sorted((number.value, high.value))
        best = None
    else:
        low = top = best = number.value
    interval = _interval(low, top, modifier)
    unit = (high.unit if high and high.unit else number.unit) if not number.vague else None
    of = thing_counted(text, stop, sentence[1], earlier)
    return Quantity(
        id=name, span=(number.start, stop), low=interval[0], high=interval[1], best=best, modifier=modifier,
        unit=unit.name if unit else None, of=of, of_text=text[slice(*of)] if of else None,
    )  # fmt: skip


def _modifier(text: str, sentence: Span, number: Number, high: Number | None, stop: int) -> Modifier:
    before, after = text[max(sentence[0], number.start - 30) : number.start], text[stop : min(sentence[1], stop + 20)]
    if high:
        return "range"
    found = next((m for pattern, m in _BEFORE if pattern.search(before)), None) or next((m for p, m in _AFTER if p.match(after)), None)
    return found or ("vague" if number.vague and number.vague[0] != number.vague[1] else "exact")


def _interval(low: float, high: float, modifier: Modifier) -> tuple[float, float | None]:
    if modifier == "at_most":
        return min(0.0, float(high)), float(high)
    if modifier == "at_least":
        return float(low), None
    if modifier == "about" and low == high:
        return low - abs(low) / 10, high + abs(high) / 10
    return float(low), float(high)
