"""Names in a text: capitalised words that mean a person, an organization, a state or a place.

Written without a model: what counts is the words before (a title, a role), the words inside ("Ministry", "of"), and what
the rest of the report calls the same thing. A name is never longer than its sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from onrecord.reading.lexicon import adjectives, lemmas_of, nouns, organizations, states
from onrecord.reading.sentences import Layout
from onrecord.records import ActorType, Span

_RANK = r"(?:Adm|Amb|Brig|Capt|Cmdr|Col|Cpl|Dr|Gen|Gov|Hon|Lt|Maj|Mr|Mrs|Ms|Prof|Rep|Rev|Sen|Sgt|St)\."
_CAP = rf"(?:{_RANK}|(?:[A-Z]\.){{2,}}|[A-Z]\.|[A-ZÀ-ÖØ-ÞĀ-Ž][\w’'\-]*[\w]|[A-Z])"
_JOIN = r"(?:\s+(?:of the|of|for the|for|al|bin|ibn|van der|van den|van|von|de la|de|da|del|di|du|la|le|ter|ul)\s+)"
_NAME = re.compile(rf"{_CAP}(?:(?:{_JOIN}|\s+){_CAP})*")
_POSSESSIVE = re.compile(r"[’']s?$")
TITLES = frozenset(
    """mr mrs ms miss dr sir dame lord lady president prime minister chancellor secretary senator sen rep governor mayor general gen
    colonel col captain capt commander lieutenant lt major maj sergeant sgt admiral adm pope king queen prince princess ambassador
    judge justice professor prof reverend rev father sister brother chief deputy vice foreign defense defence interior finance
    health education transport justice energy trade state press spokesman spokeswoman spokesperson director chairman chairwoman
    chair head leader premier representative congressman congresswoman archbishop bishop imam sheikh ayatollah officer inspector
    detective sheriff commissioner attorney superintendent first special envoy national security adviser advisor assistant under
    permanent acting former ex-president brigadier marshal private constable speaker hon h.e corporal cpl brig""".split()
)
_NOT_NAMES = frozenset(
    """the a an this that these those it its he his she her they their we our you your i my who what when where why how there here
    but and or if as at by for from in into of on to with after before while during since until although though because so yet not
    no nor yes one two three four five six seven eight nine ten both all some many most more several other another each every any
    few monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september
    october november december spring summer autumn winter today yesterday tomorrow meanwhile however also then now earlier later
    last next according asked reports correction photo picture story summary read sign comment dozens hundreds thousands about
    jan feb mar apr jun jul aug sep sept oct nov dec
    only even speaking adding following despite among between under over up down is are was were has have had do did does will
    would can could nobody nothing everybody everyone somebody perhaps such still just once soon often never always against
    whether which let questioned asking whose too much back long first second third another earlier local old eight eighteen
    fourteen seventeen god gmt am pm mrs""".split()
)
_PORTFOLIOS = frozenset(
    """of for the and state defense defence interior affairs foreign health finance education transport justice energy trade
    agriculture labour labor environment homeland security housing culture treasury commerce war navy army staff police relations
    development""".split()
)
SUPRANATIONAL = frozenset(["EUU", "NATO", "UNO"])
PERSONAL = ("person", "unnamed")
_CODE = re.compile(r"\w*\d\w*")  # a word with a digit in it is nobody
_DATELINE = re.compile(
    r"[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ’'. -]{2,}(?P<where>,\s[^()\n—–]{0,40}?)?\s*(?:\((?P<agency>[^()\n]{2,40})\)\s*[-–—]|\s[-–—]{1,2}\s)"
)
_BEFORE_PLACE = re.compile(r"(?:\bin|\bnear|\bat|\bfrom|\boff|\boutside|\baround|\btown of|\bcity of|\bvillage of|\bregion of)\s+$")


@dataclass(frozen=True, slots=True)
class Name:
    """A name where it stands. ``span`` leaves out titles, ``full`` takes them in; ``role`` is the words of the title."""

    span: Span
    full: Span
    words: tuple[str, ...]
    type: ActorType
    role: str | None = None
    code: str | None = None  # of a state, when the name is one
    sure: bool = True  # does the type rest on more than the name's shape?

    @property
    def text(self) -> str:
        """The name in one line."""
        return " ".join(self.words)


def find_names(layout: Layout, parts_of: Callable[[Span], list[Span]] = lambda span: [span]) -> list[Name]:
    """All names of a text, in order. ``parts_of`` parts a run of capitalised words that the grammar does not hold together."""
    text = layout.text
    inside = frozenset(re.findall(r"(?<=[a-z,;’'\"“(] )[A-Z][\w’-]*\w|(?<=[A-Z][a-z]{2} )[A-Z][\w’-]*\w", text))
    found: list[Name] = []
    for start, end in layout.sentences:
        line = _DATELINE.match(text, start, end)
        for match in _NAME.finditer(text, start, end):
            parts = (span for part in parts_of(match.span()) for span in _parted(text, *part))
            for span in parts:
                if name := _name(text, span, span[0] == start or text[span[0] - 1] in '“"‘(', inside):
                    found.append(_in_dateline(name, line) if line and span[1] <= line.end() else name)
    return found


def _in_dateline(name: Name, line: re.Match[str]) -> Name:
    """A name in "MIRAN, Oct 14 (Interlace) —": a place or, in brackets, an agency."""
    agency = line["agency"] is not None and line.start("agency") <= name.span[0]
    return name if name.code else replace(name, type="organization" if agency else "place", sure=True)


def _parted(text: str, start: int, end: int) -> list[Span]:
    """Parts a run of capitals at a possessive ("Ukraine’s President …") and drops words that are no names."""
    parts: list[Span] = []
    at = start
    for match in re.finditer(r"[’']s\s+", text[start:end]):
        parts.append((at, start + match.start()))
        at = start + match.end()
    parts.append((at, end))
    return [span for part in parts if (span := _without_edges(text, *part))]


def _without_edges(text: str, start: int, end: int) -> Span | None:
    words = list(re.finditer(r"\S+", text[start:end]))
    while words and is_small(words[0].group()):
        words.pop(0)
    while words and (is_small(words[-1].group()) or words[-1].group().islower() or (words[1:] and _CODE.fullmatch(words[-1].group()))):
        words.pop()
    if not words:
        return None
    start, end = start + words[0].start(), start + words[-1].end()
    return start, end - len(match.group()) if (match := _POSSESSIVE.search(text[start:end])) else end


def is_small(word: str) -> bool:
    """ "The", "Monday", but not the WHO."""
    return word.lower().strip(".") in _NOT_NAMES and word not in organizations()


def _name(text: str, span: Span, at_start: bool, inside: frozenset[str]) -> Name | None:
    start, end = span
    whole = re.sub(r"\s+", " ", text[start:end])
    if state := states().get(whole):
        kind: ActorType = "organization" if state.code in SUPRANATIONAL else "government"
        return Name(span, span, (state.name,), kind, code=state.code)
    if organization := organizations().get(whole):
        return Name(span, span, tuple(organization.name.split()), organization.type)
    if whole in adjectives() or _CODE.fullmatch(whole):
        return None
    words = list(re.finditer(r"\S+", text[start:end]))
    titles = _last_role(words)
    while titles < len(words) and _is_title(words, titles):
        titles += 1
    titles = _over_portfolio(words, titles)
    if titles == len(words) or words[titles].group() in ("of", "for", "to"):
        if _is_office(words[:titles]) or _type_of(whole) in PERSONAL:
            return None
        return Name(span, span, tuple(whole.split()), _type_of(whole))
    if titles and _type_by_noun(" ".join(w.group() for w in words[titles:])):
        titles = 0
    if titles and titles + 1 < len(words) and nouns().get(words[-1].group().lower()) == "person":
        return None  # "Chief Veterinary Officer" is a role
    rest = words[titles:]
    name_words = tuple(w.group().strip(",") for w in rest)
    if at_start and not titles and len(rest) == 1 and name_words[0] not in inside and not name_words[0].isupper():
        return None  # the capital of a sentence's first word tells nothing
    if len(rest) == 1 and (name_words[0] in adjectives() or name_words[0].lower() in TITLES):
        return None
    name_span = (start + rest[0].start(), end)
    role = " ".join(w.group() for w in words[:titles]) or None
    kind = "person" if role else _type_of(" ".join(name_words))
    if kind == "person" and not role and _BEFORE_PLACE.search(text, max(0, start - 12), start):
        kind = "place"
    return Name(name_span, span, name_words, kind, role, sure=bool(role or _type_by_noun(" ".join(name_words))))


def _is_office(titles: list[re.Match[str]]) -> bool:
    """ "The Minister", "Mayor of San Telmo": capitals or not, an office describes who holds it."""
    return bool(titles) and nouns().get(titles[-1].group().lower()) == "person"


def _last_role(words: list[re.Match[str]]) -> int:
    """ "Foreign Office Minister Tobias Ellwood": how many words stand up to the last noun that means a person."""
    roles = [i for i, w in enumerate(words[:-1]) if nouns().get(w.group().lower()) == "person" and w.group().lower() != "major"]
    return roles[-1] + 1 if roles else 0


def _over_portfolio(words: list[re.Match[str]], at: int) -> int:
    """ "Secretary of State John Smith": the title goes on over "of State"."""
    after = at
    while 0 < after < len(words) and words[after].group().lower() in _PORTFOLIOS:
        after += 1
    return after if 0 < at < after < len(words) and words[after - 1].group()[0].isupper() else at


def _is_title(words: list[re.Match[str]], at: int) -> bool:
    word = words[at].group()
    plain = word.lower().rstrip(".")
    if plain in TITLES:
        return True
    follows = at + 1 < len(words) and (
        words[at + 1].group().lower().rstrip(".") in TITLES or (at + 2 < len(words) and _is_title(words, at + 1))
    )
    return follows and (
        word in adjectives() or word in states() or word in organizations() or plain in ("white", "house", "of", "for", "the", "and", "to")
    )


def _type_by_noun(name: str) -> ActorType | None:
    """Of a name that holds a noun which says what it is ("Ministry", "Party")."""
    kinds = [kind for word in name.split() for lemma in lemmas_of(word.lower())[:3] if (kind := nouns().get(lemma))]
    found = next((kind for kind in ("government", "armed_force", "organization", "media") if kind in kinds), None)
    return "organization" if found == "media" else found


def _type_of(name: str) -> ActorType:
    """Of a name without a title: by its noun, else a person when it is made of plain capitalised words."""
    if kind := _type_by_noun(name):
        return kind
    words = name.split()
    if len(words) == 1:
        return "organization"  # a person is as a rule named in full once, or with a title; Reuters and Daesh are not
    if any(w in ("of", "for", "the", "and") for w in words) or len(words) > 5:
        return "organization"
    return "person"
