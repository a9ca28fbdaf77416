"""Place names on the map: which capitalised words are toponyms, and which of the places of that name is meant.

A name is taken for a place when the network says so, when a word beside it does ("in", "province", ", Texas"), or when it is a
country. Of several places of one name the one is meant that is large, lies in a country the report speaks of, and near its other
places; one name means one place throughout a report (Leidner 2007).
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from onrecord.reading.coreference import Reference
from onrecord.reading.gazetteer import Entry, folded_name, gazetteer
from onrecord.reading.lexicon import abbreviations, adjectives, capitals, nouns, organizations, states
from onrecord.reading.names import SUPRANATIONAL, Name, is_small
from onrecord.reading.sentences import Layout
from onrecord.records import Place, Span

_WORD = r"(?:(?:St|Ste|Mt|Ft)\.|(?:[A-Z]\.){2,}|[A-ZÀ-ÖØ-ÞĀ-ŽȘȚİ][\w’'-]*\w|[A-Z])"
_JOIN = r"(?:\s+(?:of the|of|and the|el|al|de la|de|da|do|du|la|le|les|sur|upon|on|am|an der|bin|ul)\s+|\s+|-)"
_COMPASS = r"(?:(?:[Nn]orth|[Ss]outh|[Ee]ast|[Ww]est)(?:-?(?:east|west))?(?:ern)?|[Cc]entral)\s+"
_RUN = re.compile(rf"(?:{_COMPASS})?{_WORD}(?:{_JOIN}{_WORD})*(?:\s+far\s+east\b)?")
_LONGEST = 6  # words of a name
_OF = r"(?:city|town|village|port|province|region|state|district|capital|island)\s+of\s+"
_SIDE = r"(?:(?:north|south|east|west|central|downtown|nearby|upper|lower|greater)(?:-?(?:east|west))?(?:ern)?\s+)"
_LOCATIVE = re.compile(
    r"\b(?:in|at|near|from|to|around|outside|across|towards?|into|through|off|between|inside|throughout|within|left|reached?|entered?"
    rf"|visit(?:ed|ing)?|besieged|captured?|retook|leaving)\s+(?:the\s+)?{_SIDE}?(?:{_OF})?$",
    re.I,
)
_SURE_LOCATIVE = re.compile(rf"\b(?:(?:in|near|outside|around)\s+|{_OF})(?:the\s+)?$", re.I)
_AFTER = re.compile(
    r"\s+(?P<noun>provinces?|regions?|state|district|governorate|oblast|county|prefecture|city|town|village|river|lake|islands?|mountains?"
    r"|valley|peninsula|desert|airport|area|suburb|border|coast)\b",
    re.I,
)
_KINDS_AFTER = {
    "province": "level", "region": "level", "state": "level", "district": "level", "governorate": "level", "oblast": "level",
    "county": "level", "prefecture": "level", "city": "city", "town": "city", "village": "city", "suburb": "city", "airport": "city",
    "river": "water", "lake": "water",
}  # fmt: skip
_SHORT = re.compile(r",\s+((?:[A-Z][a-z]{0,4}\.){1,3})")  # ", Ga."
_COMMA = re.compile(r"\s*(?:,|\()\s*$")
_PRIOR = {"country": 7.0, "first-level": -0.5, "second-level": -1.0, "region": 2.0, "water": 0.0, "city": 0.0}
_PRECISION = {"country": "country", "city": "point"}
_COMMON = frozenset(
    """north south east west northern southern eastern western central state region province city town village hospital health drug
    republic department earth world aid road street park school college square hill""".split()
)
_NOT_PLACE = frozenset(["person", "organization"])
SEAT = 4.7  # fifty thousand inhabitants, below which a seat that is no capital is taken for no city of its name ("White House")
LARGE = 5.7  # half a million inhabitants
SPOKEN_OF = 10  # mentions of a country beyond which another makes its places no likelier
MOST_ANCHORS = 50  # places of a report that others are held to be near
LONGEST_WORD = 30  # letters
MISSPELT = 0.5  # how sure a place is that stands there with one letter wrong


@dataclass(slots=True)
class _Toponym:
    """A place name where it stands, with the places that bear it."""

    span: Span
    text: str
    entries: list[Entry]
    sure: float = 1.0
    kind_after: str | None = None
    within: list[str] = field(default_factory=list)  # names of larger places that follow a comma


def find_places(layout: Layout, names: Sequence[Name], references: Sequence[Reference]) -> list[Place]:
    """All toponyms of a text, in order."""
    text = layout.text
    found = _toponyms(layout, names, references)
    _note_commas(text, found)
    chosen = _chosen(found, _countries(text, found))
    return [_place(f"l{number}", toponym, chosen.get(folded_name(toponym.text))) for number, toponym in enumerate(found, 1)]


def _place(name: str, toponym: _Toponym, entry: Entry | None) -> Place:
    if entry is None:
        return Place(id=name, span=toponym.span, name=toponym.text, precision=None, confidence=toponym.sure)
    return Place(
        id=name, span=toponym.span, name=entry.name, country=entry.country or None, lat=entry.lat, lon=entry.lon,
        precision=_PRECISION.get(entry.kind, "region"), gazetteer_id=entry.id, confidence=toponym.sure,  # type: ignore[arg-type]
    )  # fmt: skip


# -- finding -------------------------------------------------------------------------------------------------------


class _Evidence:
    """What the network and the names of the report say of a stretch of text."""

    def __init__(self, names: Sequence[Name], references: Sequence[Reference]) -> None:
        self._names = sorted(names, key=lambda n: n.full[0])
        self._starts = [n.full[0] for n in self._names]
        self._types = {r.head: r.type for r in references}
        self._heads = sorted(self._types)
        self._places = sorted((r.span for r in references if r.type == "place"), key=lambda s: s[0])

    def name_over(self, span: Span) -> Name | None:
        """The name that holds a span."""
        at = bisect_right(self._starts, span[0]) - 1
        return next((n for n in self._names[max(0, at - 1) : at + 1] if n.full[0] <= span[0] and span[1] <= n.full[1]), None)

    def type_in(self, span: Span) -> str | None:
        """The entity type of the mention whose head word stands in a span; of several, the last."""
        at = bisect_right(self._heads, (span[1], 0)) - 1
        return self._types[self._heads[at]] if at >= 0 and self._heads[at][0] >= span[0] else None

    def in_place(self, span: Span) -> bool:
        """Is a span inside a mention of a place?"""
        return any(s <= span[0] and span[1] <= e for s, e in self._places)


def _toponyms(layout: Layout, names: Sequence[Name], references: Sequence[Reference]) -> list[_Toponym]:
    evidence = _Evidence(names, references)
    found: list[_Toponym] = []
    for start, end in layout.sentences:
        for run in _RUN.finditer(layout.text, start, end):
            found += _in_run(layout.text, run.span(), evidence, start)
    return found


def _in_run(text: str, run: Span, evidence: _Evidence, sentence: int) -> Iterator[_Toponym]:
    """The toponyms in a run of capitalised words: at each word the longest that is one."""
    words = [(run[0] + m.start(), run[0] + m.end()) for m in re.finditer(r"[^\s]+", text[slice(*run)])]
    at = 0
    while at < len(words):
        lengths = range(min(len(words), at + _LONGEST), at, -1)
        spans = [(words[at][0], _without_possessive(text, words[last - 1])) for last in lengths]
        found = [toponym for span in spans if (toponym := _toponym(text, span, evidence, sentence))]
        best = next((t for t in found if t.entries and t.sure == 1), found[0] if found else None)
        if best:
            yield best
        at += len(text[best.span[0] : best.span[1]].split()) if best else 1


def _without_possessive(text: str, word: Span) -> int:
    return word[1] - 2 if text[word[1] - 2 : word[1]] in ("’s", "'s") else word[1]


def _toponym(text: str, span: Span, evidence: _Evidence, sentence: int) -> _Toponym | None:
    words = text[slice(*span)]
    if text[span[1] : span[1] + 1] == "." and (region := abbreviations().get(f"{words}.")):
        entries = [e for e in gazetteer().find(region) if e.kind == "first-level"]
        return _Toponym(span, region, entries) if text[sentence : span[0]].rstrip().endswith(",") else None
    state = states().get(words)
    if state is None and (is_small(words.split()[0]) or words in adjectives() or words.lower() in _COMMON or words.lower() in nouns()):
        return None
    if state and state.code in SUPRANATIONAL:
        return None
    entries = _entries(words)
    over, kind = evidence.name_over(span), evidence.type_in(span)
    after = _AFTER.match(text, span[1])
    before = text[max(sentence, span[0] - 40) : span[0]]
    inside = over is not None and over.full != span and over.span != span and state is None
    if inside and over and (over.type not in ("place", "government") or _entries(over.text)):
        return None
    named = over is not None and over.type != "person" and not (over.type == "organization" and over.sure)
    if words in organizations() or (not entries and (kind != "place" or not named)):
        return None
    if not _is_place(words, entries, over, kind, before, after is not None, evidence.in_place(span)):
        return None
    toponym = _Toponym(span, words, entries, kind_after=_KINDS_AFTER.get(after["noun"].lower().rstrip("s")) if after else None)
    if not entries and " " not in words and 4 < len(words) <= LONGEST_WORD:
        toponym.entries = [e for e in gazetteer().near_names(words) if e.size > 5 and folded_name(e.name)[0] == folded_name(words)[0]]
        toponym.sure = MISSPELT
    return toponym


def _is_place(words: str, entries: list[Entry], over: Name | None, kind: str | None, before: str, after: bool, within: bool) -> bool:
    if words in states() or any(e.kind == "country" or (e.kind == "first-level" and e.size > LARGE) for e in entries):
        return not (over and over.type == "person" and over.full[1] - over.full[0] > len(words))
    if kind == "place" or (kind not in _NOT_PLACE and (after or within)):
        return True
    if _SURE_LOCATIVE.search(before) and not (over and over.role):
        return kind != "person" or (over is None or over.type != "person")
    if kind in _NOT_PLACE or (over and over.type == "person" and not any(e.size > 5 for e in entries)):
        return False
    if " " in words:
        return any(e.size > 4 for e in entries) or bool(_LOCATIVE.search(before))
    return kind is None and bool(_LOCATIVE.search(before))


def _entries(words: str) -> list[Entry]:
    """The places of a name; none of a seat of government that is no city ("the Kremlin")."""
    found = gazetteer().find(words)
    seat = capitals().get(words)
    if seat is None:
        return found
    cities = [e for e in found if e.kind != "country"]
    least = 0.0 if seat.capital == words else SEAT
    return cities if any(e.size > least and seat.code in (e.country, "EUU", "XKX") for e in cities) else []


# -- choosing ------------------------------------------------------------------------------------------------------


def _note_commas(text: str, found: list[_Toponym]) -> None:
    """ "Paris, Texas": what follows a comma is where the one before it lies."""
    for place in found:
        if (short := _SHORT.match(text, place.span[1])) and short[1] in abbreviations():
            place.within.append(abbreviations()[short[1]])
    for place, larger in reversed(list(zip(found, found[1:], strict=False))):
        gap = text[place.span[1] : larger.span[0]]
        if _COMMA.fullmatch(gap) or re.fullmatch(r",?\s+(?:in|of)\s+(?:the\s+)?(?:\w+\s+)?", gap):
            place.within += [larger.text, *larger.within][:3]


def _countries(text: str, found: Iterable[_Toponym]) -> Counter[str]:
    """How often the report speaks of each country, by its adjective or a name that no other large place has."""
    counts = Counter(
        next(e.country for e in t.entries if e.kind == "country")
        for t in found
        if any(e.kind == "country" for e in t.entries) and not any(e.kind == "first-level" and e.size > 6 for e in t.entries)
    )
    for match in re.finditer(r"\b[A-Z][a-z]+\b", text):
        if state := adjectives().get(match.group()):
            counts[state.code] += 1
    return counts


def _chosen(found: Sequence[_Toponym], countries: Counter[str]) -> dict[str, Entry]:
    """The place each name means, by its folded form."""
    groups: dict[str, list[_Toponym]] = {}
    for toponym in found:
        if toponym.sure < 1:  # a slip of the pen is of a place in a country that the report speaks of
            toponym.entries = [e for e in toponym.entries if countries[e.country]]
        if toponym.entries:
            groups.setdefault(folded_name(toponym.text), []).append(toponym)
    chosen = {name: max(group[0].entries, key=lambda e: _score(e, group, countries)) for name, group in groups.items()}
    anchors = {name: entry for name, entry in chosen.items() if entry.kind != "country"}
    for name, group in groups.items():
        others = [entry for other, entry in anchors.items() if other != name]
        if len(group[0].entries) > 1 and others:
            chosen[name] = max(group[0].entries, key=lambda e: _score(e, group, countries) + _nearness(e, others[:MOST_ANCHORS]))
    return chosen


def _score(entry: Entry, group: Sequence[_Toponym], countries: Counter[str]) -> float:
    seat = capitals().get(group[0].text)
    score = entry.size + _PRIOR[entry.kind] + math.log1p(min(SPOKEN_OF, countries[entry.country]) if entry.country else 0)
    if seat is not None and seat.code == entry.country and entry.kind == "city":
        score += 2.5
    for toponym in group:
        if toponym.kind_after:
            score += 3.0 * (toponym.kind_after in entry.kind) / len(group)
        if any(_lies_in(entry, larger) for larger in toponym.within):
            score += 6.0
    return score


def _lies_in(entry: Entry, larger: str) -> bool:
    """Is a place in the country or region of this name?"""
    if folded_name(entry.parent) == folded_name(larger) and entry.parent:
        return True
    return entry.kind != "country" and any(e.kind == "country" and e.country == entry.country for e in gazetteer().find(larger)[:3])


def _nearness(entry: Entry, others: Sequence[Entry]) -> float:
    """From 2 beside another place of the report down to 0 at 1,500 km."""
    return 2.0 * max(0.0, 1 - min(distance(entry, other) for other in others) / 1500)


def distance(a: Entry, b: Entry) -> float:
    """Kilometres on a sphere of 6,371 km (haversine)."""
    lat1, lon1, lat2, lon2 = map(math.radians, (a.lat, a.lon, b.lat, b.lon))
    h = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 12742 * math.asin(min(1.0, math.sqrt(h)))
