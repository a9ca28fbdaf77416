"""Actor codes as CAMEO and PLOVER write them: the country's three letters (ISO 3166; ``---`` where none is known) and a role.

USAGOV is a US official or office, RUSMIL Russia's forces, ---REB rebels of a country that the report does not name, IGOUNO the United
Nations. The role is read off the nouns that the report calls the actor by (lexicon/sectors.tsv).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from onrecord.reading.dates import day_of
from onrecord.reading.known import Known
from onrecord.reading.lexicon import Person, lemmas_of, organizations, peoples, persons, sectors
from onrecord.reading.names import SUPRANATIONAL
from onrecord.records import Actor, ActorType

NOWHERE = "---"
_OF_TYPE: dict[ActorType, str] = {"government": "GOV", "armed_force": "MIL", "population": "CVL"}
_LONGEST = 3  # words of a noun in the table
_WEAK = frozenset("leader spokesman spokeswoman spokesperson official delegate representative head chief member negotiator".split())
_APART = re.compile(r"\s(?:of|in|from|at|with|who|that|near|on|for)\s")


def code_of(known: Known, year: int | None = None) -> str | None:
    """The code of an actor; None of whom neither country nor role is known. ``year``: of the report; who held an office is told by it."""
    if known.type == "person" and known.state is None and (person := _person(known.name, year)):
        return person.code
    if known.state is None and (code := named_in(known.name)):
        return code
    if organization := organizations().get(known.name):
        return organization.code
    if known.state and known.state.code in SUPRANATIONAL:
        return f"IGO{known.state.code[:3]}" if known.type in ("organization", "government") else "IGO"
    country = known.state.code[:3].upper() if known.state and len(known.state.code) == 3 else NOWHERE
    role = _role(known)
    if known.state and known.type == "government" and known.name == known.state.name:
        role = "GOV"
    return f"{country}{role or ''}" if role or country != NOWHERE else None


def _person(name: str, year: int | None) -> Person | None:
    """The known person of a name, in the years of office; a surname alone will do when only one such person is known for the year."""
    fitting = [p for p in persons().get(name, ()) if year is None or p.since <= year <= p.until]
    return fitting[0] if len({p.code for p in fitting}) == 1 else None


def named_in(name: str) -> str | None:
    """The code that an organization or people in a name gives: "Tamil Tiger rebels", "Chechen fighters"; the longest wording counts."""
    words = re.findall(r"[\w’'-]+", name)
    for length in range(min(_LONGEST + 1, len(words)), 0, -1):
        for at in range(len(words) - length + 1):
            wording = " ".join(words[at : at + length])
            found = organizations().get(wording) or organizations().get(f"{wording}s")
            if found and len(words) > length:
                return found.code
            if wording in peoples():
                return peoples()[wording] + (sector_in(name) or "")
    return None


def _role(known: Known) -> str | None:
    """By the role the report gives, else the name, else the nouns of descriptions, else the type of actor."""
    for words in (known.role or "", known.name if known.type != "person" else "", " ".join(sorted(known.heads))):
        if found := sector_in(words):
            return found
    return _OF_TYPE.get(known.type)


def sector_in(words: str) -> str | None:
    """The role code that words show: the last noun's before "of", "in", "who" …, unless that is a mere leader's or spokesman's.

    "rebel leader" is REB and "spokesman for the army" MIL, "foreign minister" GOV.
    """
    plain = _APART.split(words.lower())[0] or words.lower()
    near, every = _nouns_in(plain), _nouns_in(words.lower())
    telling = [code for code, weak in near if not weak] or [code for code, weak in every if not weak] or [code for code, _ in every]
    return telling[-1] if telling else None


def _nouns_in(words: str) -> list[tuple[str, bool]]:
    """The role codes of the nouns among some words, in order, and whether each is weak; of two that overlap the longer."""
    tokens = re.findall(r"[a-z][a-z-]*", words)
    found, at = list[tuple[str, bool]](), 0
    while at < len(tokens):
        lengths = range(min(_LONGEST, len(tokens) - at), 0, -1)
        code, length = next(((code, n) for n in lengths if (code := _sector(tokens[at : at + n]))), (None, 1))
        found += [(code, bool(_WEAK & set(lemmas_of(tokens[at + length - 1]))) and length == 1)] if code else []
        at += length
    return found


def _sector(words: list[str]) -> str | None:
    """The code of a noun in one or more words, the last of which may be inflected."""
    wordings = (" ".join([*words[:-1], lemma]) for lemma in lemmas_of(words[-1]))
    return next((sectors()[wording] for wording in wordings if wording in sectors()), None)


def frozen(everyone: Sequence[Known], used: Iterable[Known], published: str | None = None) -> dict[int, Actor]:
    """The actors of a report as records, by ``id()`` of what they were known as; those who speak or act first."""
    day = day_of(published)
    ordered = list({id(k): k for k in [*used, *everyone]}.values())
    return {
        id(known): Actor(
            id=f"p{number}",
            name=known.name,
            type=known.type,
            role=known.role,
            affiliation=known.state.code if known.state else None,
            code=code_of(known, day.year if day else None),
            mentions=tuple(sorted(set(known.mentions))),
        )
        for number, known in enumerate(ordered, 1)
    }
