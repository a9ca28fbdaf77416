"""Numbers that belong together: "between 8 and 10", "two to three million", "three dollars and fifty cents"; not the 3-1 of a match."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from onrecord.reading.lexicon import Unit
from onrecord.reading.numbers import SCALES

_JOINED = re.compile(r"\s?[-–—]\s?|\s+to\s+(?:about\s+|around\s+|nearly\s+)?|\s+and\s+|\s+or\s+")
_FROM = re.compile(r"\bfrom\s+(?:about\s+|around\s+|nearly\s+)?$", re.I)
_MONEY = frozenset(["USD", "GBP", "EUR", "AUD", "CAD"])
_CENTS = re.compile(r"(?:\s+and)?\s+")
NOUN = r"(?:(?!(?:is|was|has|as|its|us|this|does|less|plus|rose)\b)[a-z’'-]+s|people|men|women|children|staff)\b"
COUNTABLE = re.compile(rf"(?:\s+(?:of\s+(?:the\s+|its\s+|their\s+|those\s+)?)?|-)(?:[\w’'-]+\s+){{0,2}}?{NOUN}")


@dataclass(frozen=True, slots=True)
class Number:
    """A number where it stands, its unit included. ``text``: the number alone; ``scale``: does it carry one of its own?"""

    start: int
    end: int
    text: str
    value: float
    unit: Unit | None
    scaled: bool
    vague: tuple[float, float] | None = None


def ranges_of(text: str, numbers: list[Number]) -> Iterator[tuple[Number, Number | None]]:
    """Each number, with the upper one of a range where it is the lower."""
    at = 0
    while at < len(numbers):
        low, high = numbers[at], numbers[at + 1] if at + 1 < len(numbers) else None
        if high and (joined := _CENTS.fullmatch(text, low.end, high.start)) and _adds_cents(low, high):
            yield replace(low, end=high.end, value=low.value + high.value / 100), None
            at += 2
            continue
        joined = _JOINED.fullmatch(text, low.end, high.start) if high else None
        if high and joined and _is_range(text, low, high, joined.group()):
            if not _is_score(text, low, high, joined.group()):
                yield _same_scale(low, high), high
            at += 2
            continue
        yield low, None
        at += 1


def _adds_cents(low: Number, high: Number) -> bool:
    """ "three dollars and fifty cents", "15 dollars 50"."""
    money = low.unit is not None and low.unit.base in _MONEY and not low.scaled and low.value == int(low.value)
    cents = high.unit is None or (high.unit.base in _MONEY and high.unit.factor < 1)
    return money and cents and high.value < 100 and high.value == int(high.value) and not high.scaled


def _is_range(text: str, low: Number, high: Number, joint: str) -> bool:
    before = text[max(0, low.start - 20) : low.start]
    if low.vague or high.vague or (low.unit and high.unit and low.unit.base != high.unit.base):
        return False
    if low.unit and not high.unit:
        return "to" in joint and low.unit.base != "percent" and bool(_FROM.search(before))
    if "and" in joint:
        return bool(re.search(r"\bbetween\s+(?:about\s+|around\s+)?$", before, re.I))
    return "or" not in joint or (low.value < high.value <= low.value * 2 + 1 and not low.scaled)


def _is_score(text: str, low: Number, high: Number, joint: str) -> bool:
    """ "won 3-1": two small numbers that count nothing."""
    small = low.unit is None and high.unit is None and low.value < 150 and high.value < 150
    return small and joint.strip() in ("-", "–") and not COUNTABLE.match(text, high.end)


def _same_scale(low: Number, high: Number) -> Number:
    """ "two to three million": the scale of the second number holds for the first."""
    if low.scaled or not high.scaled or low.value >= 1000 or high.value < 1000:
        return low
    factor = next((SCALES[s] for s in SCALES if re.search(rf"(?:\d\s?|[\s-]|^){s}$", high.text.lower())), 1.0)
    return replace(low, value=low.value * factor)
