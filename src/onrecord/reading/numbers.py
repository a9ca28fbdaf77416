"""Numbers as they are written, in digits, words and fractions, and their values."""

from __future__ import annotations

import re

_ONES = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
    nineteen""".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_WORDS = {w: i for i, w in enumerate(_ONES)} | {w: 20 + 10 * i for i, w in enumerate(_TENS)}
_PARTS = {
    "half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10,
    "twentieth": 20, "hundredth": 100, "thousandth": 1000,
}  # fmt: skip
SCALES = {
    "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "dozen": 12.0, "lakh": 1e5, "crore": 1e7,
    "k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9, "b": 1e9, "tn": 1e12,
}  # fmt: skip
_GLYPHS = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3}

_WORD = rf"(?:{'|'.join([*_TENS, *reversed(_ONES)])})"
_LONG_SCALE = r"(?:hundred|thousand|million|billion|trillion|dozen|lakh|crore)"
NUMBER_WORD = rf"(?:(?:{'|'.join(_TENS)})[\s-](?:{'|'.join(_ONES[1:10])})\b|{_WORD}\b)"
DIGITS = r"(?:\d{1,2}(?:,\d\d)+,\d{3}(?!\d)(?:\.\d+)?|\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?|(?<![\d.])\.\d+)"
PART_WORD = rf"(?:{'|'.join(_PARTS)})s?"
_POWER = r"(?:\s?[×x]\s?10\s?\^?(?P<power>[-−]?\d+))"
_IN_WORDS = rf"{NUMBER_WORD}(?:[\s-]+(?:and\s+)?(?:{_LONG_SCALE}|{NUMBER_WORD}))*"
_ROUND = "million|billion|dozen|hundred|thousand"
_HALF_OF = (
    r"(?:(?:an?|three)\s+)?quarters?\s+(?:of\s+a\s+)?(?:million|billion)"
    rf"|(?:an?\s+)?half\s+(?:a\s+)?(?:{_ROUND})|(?:a|an|one)\s+(?:{_ROUND})(?:\s+(?:thousand|million|billion))?\b"
)
_FRACTION = (
    rf"(?:(?:an?|one|two|three|four|five|seven|nine)[\s-](?:and[\s-]a[\s-])?{PART_WORD}\b|half\b(?!-)"
    r"|\d{1,3}\s\d/\d\b|\d{1,2}/\d{1,2}\b"
    rf"|\d*[½¼¾⅓⅔]|(?:{NUMBER_WORD}|\d)\s+(?:out\s+of|in)\s+(?:every\s+)?(?:{NUMBER_WORD}|\d{{1,2}})(?=\s+(?:[A-Za-z]+s|people|children|men|women)\b))"
)
_TIGHT = r"(?:(?<=\d)\s?(?:bn|tn|mn)\b|(?<=\d)(?:m|k|M|K|B|b)(?![\w²³/]))"  # "4.3M", "2.8bn"
NUMBER = (
    rf"(?:(?P<half>{_HALF_OF})|(?P<fraction>{_FRACTION})|(?P<digits>(?:(?<=\s)[-−]|(?<=^)[-−]|(?<=[$€£])[-−])?{DIGITS}){_POWER}?"
    rf"(?P<scale>{_TIGHT}|(?:[\s-]{_LONG_SCALE})+\b)?|(?P<words>{_IN_WORDS}))"
)


def number_of(words: str) -> float:
    """The value of a number in digits or words: "1.2m", "twenty-one", "three hundred and five thousand", "half a million"."""
    text = words.lower().replace("−", "-")
    if (fraction := _fraction(text)) is not None:
        return fraction
    value, total = 0.0, 0.0
    for part in re.findall(rf"{DIGITS}|[a-z]+|[½¼¾⅓⅔]", text):
        if part[0].isdigit() or part[0] == ".":
            value += float(part.replace(",", ""))
        elif part in _GLYPHS:
            value += _GLYPHS[part]
        elif part in _WORDS:
            value += _WORDS[part]
        elif part == "half":
            value += 0.5
        elif part in ("quarter", "quarters"):
            value = (value or 1) / 4
        elif part in SCALES:
            value = (value or 1) * SCALES[part]
            if SCALES[part] >= 1000:
                total, value = total + value, 0.0
    return -(total + value) if text.startswith("-") else total + value


def _fraction(text: str) -> float | None:
    """ "two-thirds", "1/2", "3 1/2", "one in five"; None for anything else."""
    if written := re.fullmatch(r"(?:(\d+)\s)?(\d+)/(\d+)", text):
        full, over, under = (int(x or 0) for x in written.groups())
        return full + over / under if under else None
    if ratio := re.fullmatch(r"(\S+)\s+(?:out\s+of|in)\s+(?:every\s+)?(\S+)", text):
        whole = number_of(ratio[2])
        return number_of(ratio[1]) / whole if whole else None
    if named := re.fullmatch(rf"(?:(\w+)[\s-]+)??(?:(and)[\s-]a[\s-])?({PART_WORD})", text):
        count = 1 if named[1] in (None, "a", "an") else _WORDS.get(named[1])
        part = _PARTS.get(named[3]) or _PARTS.get(named[3].removesuffix("s"))
        if count is None or part is None:
            return None
        return count + 1 / part if named[2] else count / part
    return None
