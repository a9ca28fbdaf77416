"""The thing a number counts: "11,000 border guards", and with "of them 3,000 in Kursk" the guards again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from onrecord.records import Quantity, Span

_STOP = """the a an its their his her our of in on at to and or from with for who that were was are is have had has by as into
    near after over could can will would may might must should did do does be been whose when if than so but not say said
    says since during before between against through under while because more less per each this these those i you he she
    it we they there died fled burned left came went killed injured wounded missing""".split()
_SMALL = r"(?:more|other|additional|further|extra|or more|or so|plus|of(?: (?:the|its|their|his|her|our|those|these))?)\s+"
_NOUNS = re.compile(rf"[\s-]+(?:{_SMALL})?((?:(?!(?:{'|'.join(_STOP)})\b)(?!\d)(?:(?:[A-Z]\.)+|[\w’'-]+)\s*){{1,4}})", re.I)
_SAME = re.compile(r"\s*(?:of (?:them|whom|these|those|which)|others?\b|more\b(?!\s+[a-z]))", re.I)
_SAME_BEFORE = re.compile(r"(?:of (?:them|whom|these|those|which)|another|including|among them|some)\s+(?:\w+\s+)?$", re.I)
_PREPOSITION = re.compile(r"\s*(?:[,.;:)]|$|(?:in|on|at|near|from|were|was|are|had|have|died|fled)\b)")


def thing_counted(text: str, at: int, end: int, earlier: Sequence[Quantity]) -> Span | None:
    """The words for what is counted by a number that ends at a place; those of an earlier number where it counts the same."""
    start = max(0, at - 60)
    near = takewhile(lambda q: q.span[0] >= start - 240, reversed(earlier))
    back = next((q.of for q in near if q.of), None)
    if _SAME.match(text, at, end):
        return back
    if back and _PREPOSITION.match(text, at, end) and _SAME_BEFORE.search(text[start:at].rsplit(" ", 1)[0] + " "):
        return back
    match = _NOUNS.match(text, at, end)
    if not match:
        return None
    stop = match.start(1) + len(match[1].rstrip())
    return (match.start(1), stop) if stop > match.start(1) else None
