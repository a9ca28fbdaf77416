"""The words the reader knows, kept as tables that a non-programmer can read and mend. Loaded once, on first use.

cues.tsv     cue lemma, part of speech, stance, lean
states.tsv   states with their other names, adjectives, people and seats of government
organizations.tsv  organizations and armed groups that the news calls by a short form, with type and CAMEO actor code
events.tsv   words of events with PLOVER type, mode and CAMEO code
cameo.tsv    CAMEO's event codes with Goldstein values; plover.tsv PLOVER's types and modes with quad class (from openeventdata/PLOVER,
             CC BY-SA 4.0); contexts.tsv words that show a PLOVER context; sectors.tsv nouns with the role code of an actor
abbreviations.tsv  regions as they are shortened after a town
regions.tsv  parts of the world, seas, mountains and islands, with coordinates
units.tsv    units and currencies with the ways they are written, and what one is of a base unit
persons.tsv  heads of state and others whom reports name by surname alone, with actor code and years of office
peoples.tsv  peoples and regions that are no states, with the state they belong to
nouns.tsv    head nouns of descriptions ("the ministry", "an official"), each with the type of actor it means
conditions.tsv  words that tell what has become of the people who are counted: dead, missing, hurt …
abbreviations and number words stand beside the code that reads them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import cast

from onrecord.records import ActorType, Stance


@dataclass(frozen=True, slots=True)
class Cue:
    """A row of cues.tsv. ``lean``: endorsing, neutral or doubting."""

    words: tuple[str, ...]
    stance: Stance
    lean: str
    pos: str


@dataclass(frozen=True, slots=True)
class State:
    """A row of states.tsv; ``code`` is ISO 3166 alpha-3, or EUU, NATO, UNO. ``capital``: the first of its seats."""

    code: str
    name: str
    capital: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Organization:
    """A row of organizations.tsv; ``code`` is a CAMEO actor code."""

    name: str
    type: ActorType
    code: str


@dataclass(frozen=True, slots=True)
class Unit:
    """A row of units.tsv: one of it is ``factor`` of its ``base`` unit."""

    name: str
    base: str
    factor: float


@dataclass(frozen=True, slots=True)
class Person:
    """A row of persons.tsv: somebody whom reports name without saying of which state. ``code``: CAMEO actor code; from, to: years."""

    name: str
    code: str
    since: int
    until: int


@dataclass(frozen=True, slots=True)
class Deed:
    """A row of events.tsv: what words of an event mean. ``words``: the trigger's lemma, then a lemma that must stand with it."""

    words: tuple[str, ...]
    pos: str
    type: str
    mode: str | None
    cameo: str


@dataclass(frozen=True, slots=True)
class Code:
    """A CAMEO event code. ``goldstein``: from -10 to 10 (Goldstein 1992); ``type``: PLOVER's, None where it has none."""

    code: str
    label: str
    goldstein: float
    type: str | None


def table(name: str) -> list[dict[str, str]]:
    """The rows of a TSV file of this folder, by column name."""
    lines = (files(__package__) / name).read_text(encoding="utf-8").splitlines()
    header = lines[0].split("\t")
    return [dict(zip(header, line.split("\t"), strict=True)) for line in lines[1:]]


@cache
def cues() -> dict[tuple[str, ...], Cue]:
    """Cues by their words; where a word is verb and noun, the verb counts."""
    found: dict[tuple[str, ...], Cue] = {}
    for row in table("cues.tsv"):
        words = tuple(row["cue"].split())
        cue = Cue(words, cast(Stance, row["stance"]), row["lean"], row["pos"])
        if words not in found or row["pos"] == "verb":
            found[words] = cue
    return found


@cache
def states() -> dict[str, State]:
    """Every wording that means a state or its government, as it is written, to its state."""
    found: dict[str, State] = {}
    for row in table("states.tsv"):
        state = State(row["code"], row["name"])
        for column in ("name", "aliases", "seats"):
            for wording in row[column].split("|"):
                if wording:
                    found.setdefault(wording.replace("'", "’"), state)
                    found.setdefault(wording, state)
    return found


@cache
def state_of(code: str) -> State | None:
    """The state of a code; None of a territory that is no state."""
    return next((State(row["code"], row["name"]) for row in table("states.tsv") if row["code"] == code), None)


@cache
def capitals() -> dict[str, State]:
    """Seats of government, as they are written, to their state."""
    rows = table("states.tsv")
    seats = ((row, row["seats"].split("|")) for row in rows)
    return {seat: State(row["code"], row["name"], these[0]) for row, these in seats for seat in these if seat}


@cache
def abbreviations() -> dict[str, str]:
    """Regions as they are shortened after a town ("Athens, Ga."), to their full name."""
    return {row["abbreviation"]: row["region"] for row in table("abbreviations.tsv")}


@cache
def adjectives() -> dict[str, State]:
    """Adjectives and peoples ("Ukrainian", "Britons") to their state."""
    found: dict[str, State] = {}
    for row in table("states.tsv"):
        state = State(row["code"], row["name"])
        for column in ("adjectives", "people"):
            for wording in row[column].split("|"):
                if wording:
                    found.setdefault(wording, state)
    return found


@cache
def organizations() -> dict[str, Organization]:
    """Every wording that means an organization of the table, as it is written."""
    found: dict[str, Organization] = {}
    for row in table("organizations.tsv"):
        organization = Organization(row["name"], cast(ActorType, row["type"]), row["code"])
        for wording in (row["name"], *row["aliases"].split("|")):
            if wording:
                found[wording] = found[wording.replace("'", "’")] = organization
    return found


@cache
def nouns() -> dict[str, str]:
    """Head noun (singular, lower case) to the type of actor it means: see nouns.tsv."""
    return {row["noun"]: row["type"] for row in table("nouns.tsv")}


@cache
def units() -> dict[str, Unit]:
    """Every way a unit is written, as it is written, to the unit."""
    found: dict[str, Unit] = {}
    for row in table("units.tsv"):
        unit = Unit(row["unit"], row["base"], float(row["factor"]))
        for form in row["forms"].split("|"):
            found.setdefault(form, unit)
    return found


@cache
def persons() -> dict[str, tuple[Person, ...]]:
    """By full name and other wordings, and by surname where that is no common one, as they are written."""
    found: dict[str, list[Person]] = {}
    for row in table("persons.tsv"):
        person = Person(row["name"], row["state"] + row["sector"], int(row["from"]), int(row["to"]))
        surname = person.name.split()[-1]
        wordings = {person.name, *filter(None, row["aliases"].split("|")), *([] if surname in _COMMON_SURNAMES else [surname])}
        for wording in wordings:
            found.setdefault(wording, []).append(person)
    return {wording: tuple(these) for wording, these in found.items()}


@cache
def peoples() -> dict[str, str]:
    """Peoples and regions that are no states, as they are written, to the code of the state they belong to."""
    rows = table("peoples.tsv")
    return {wording: row["state"] for row in rows for wording in (row["people"], *row["aliases"].split("|")) if wording}


@cache
def deeds() -> dict[str, tuple[Deed, ...]]:
    """By the trigger's lemma, those with the most words first."""
    found: dict[str, list[Deed]] = {}
    for row in table("events.tsv"):
        for words in row["words"].split("|"):
            deed = Deed(tuple(words.split()), row["pos"], row["type"], row["mode"] or None, row["cameo"])
            found.setdefault(deed.words[0], []).append(deed)
    return {lemma: tuple(sorted(these, key=lambda d: -len(d.words))) for lemma, these in found.items()}


@cache
def cameo() -> dict[str, Code]:
    """CAMEO's event codes (Gerner et al. 2002)."""
    return {row["code"]: Code(row["code"], row["label"], float(row["goldstein"]), row["plover"] or None) for row in table("cameo.tsv")}


@cache
def plover() -> dict[tuple[str, str | None], tuple[int, str]]:
    """(type, mode) of PLOVER (2021) to its quad class and the CAMEO code that stands for it."""
    return {(row["type"], row["mode"] or None): (int(row["quad"]), row["cameo"]) for row in table("plover.tsv")}


@cache
def contexts() -> dict[str, tuple[str, ...]]:
    """Words, lower case, to the PLOVER contexts that they show."""
    found: dict[str, tuple[str, ...]] = {}
    for row in table("contexts.tsv"):
        for words in row["words"].lower().split("|"):
            found[words] = (*found.get(words, ()), row["context"])
    return found


@cache
def sectors() -> dict[str, str]:
    """Nouns, singular and lower case, to the CAMEO and PLOVER role code of who is called so; the first row counts."""
    found: dict[str, str] = {}
    for row in table("sectors.tsv"):
        for words in row["words"].split("|"):
            found.setdefault(words, row["sector"])
    return found


@cache
def lemmas_of(word: str) -> tuple[str, ...]:
    """The lemmas an English word form may have, itself first: "denied" → denied, deny, deni…"""
    word = word.lower().replace("’", "'")
    out = [word]
    if word in IRREGULAR:
        out.append(IRREGULAR[word])
    if word.endswith("men"):
        out.append(word[:-3] + "man")
    for ending, replacements in _ENDINGS:
        if word.endswith(ending) and len(word) > len(ending) + 1:
            stem = word[: -len(ending)]
            out.extend(stem + r for r in replacements)
            if ending in ("ed", "ing") and len(stem) > 2 and stem[-1] == stem[-2]:
                out.append(stem[:-1])
    return tuple(dict.fromkeys(out))


_COMMON_SURNAMES = frozenset(
    """Taylor Brown Fox Rice Cook Baker Singh Khan Santos Johnson Howard Smith Harper Straw Powell May Major Adams Jr Paul Francis
    Lama""".split()
)
_ENDINGS = (("ies", ("y",)), ("ied", ("y",)), ("es", ("", "e")), ("s", ("",)), ("ed", ("", "e")), ("ing", ("", "e")))
IRREGULAR = {
    "said": "say", "told": "tell", "thought": "think", "knew": "know", "known": "know", "wrote": "write", "written": "write",
    "spoke": "speak", "spoken": "speak", "swore": "swear", "sworn": "swear", "felt": "feel", "found": "find", "saw": "see",
    "seen": "see", "heard": "hear", "held": "hold", "made": "make", "gave": "give", "given": "give", "put": "put",
    "meant": "mean", "understood": "understand", "went": "go", "gone": "go", "stood": "stand", "sought": "seek",
    "forecast": "forecast", "foresaw": "foresee", "foreseen": "foresee", "forgot": "forget", "learnt": "learn", "let": "let",
    "read": "read", "taught": "teach", "took": "take", "taken": "take", "laid": "lay", "drew": "draw", "drawn": "draw",
    "shown": "show", "fell": "fall", "came": "come", "sang": "sing", "hit": "hit", "shot": "shoot", "was": "be", "were": "be",
    "is": "be", "are": "be", "been": "be", "am": "be", "being": "be", "has": "have", "had": "have", "did": "do", "does": "do",
    "done": "do", "men": "man", "women": "woman", "people": "people", "children": "child", "hoped": "hope", "kept": "keep",
    "leaned": "lean", "bet": "bet", "won": "win", "began": "begin", "begun": "begin", "struck": "strike", "cast": "cast",
    "ruled": "rule", "waved": "wave", "shrugged": "shrug", "broke": "break", "pled": "plead", "tore": "tear", "set": "set",
    "forbade": "forbid", "forbidden": "forbid", "met": "meet", "sent": "send", "fought": "fight", "fled": "flee", "withdrew": "withdraw",
    "withdrawn": "withdraw", "slew": "slay", "slain": "slay", "blew": "blow", "blown": "blow", "froze": "freeze", "frozen": "freeze",
    "flew": "fly", "flown": "fly", "lent": "lend", "fed": "feed", "overran": "overrun", "beat": "beat", "beaten": "beat",
    "withheld": "withhold", "forgave": "forgive", "forgiven": "forgive", "hung": "hang", "burnt": "burn", "broken": "break",
    "shut": "shut", "threw": "throw", "thrown": "throw", "undertook": "undertake", "sold": "sell", "bought": "buy", "built": "build",
    "paid": "pay", "led": "lead", "left": "leave", "lost": "lose", "brought": "bring", "caught": "catch", "chose": "choose",
    "chosen": "choose", "dealt": "deal", "fallen": "fall", "forgotten": "forget", "got": "get", "hid": "hide",
    "lay": "lie", "rose": "rise", "risen": "rise", "ran": "run", "sank": "sink", "sunk": "sink", "sat": "sit", "spent": "spend",
    "split": "split", "spread": "spread", "stole": "steal", "stolen": "steal", "stuck": "stick", "upheld": "uphold",
}  # fmt: skip
