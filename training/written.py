"""Event sentences written for the project (``events.txt``), with their slots filled: rows like those of the coded corpora."""

from __future__ import annotations

import random
import re
from pathlib import Path
from typing import Any

from onrecord.reading.lexicon import State, table
from onrecord.reading.schemes import CERTAINTIES, POLARITIES, TENSES

TIMES = 3  # how often each sentence is filled
_TRIGGER = re.compile(r"\[([^|\]]+)\|([A-Z]+)(?:/([\w-]+))?([^\]]*)\]")
_SLOT = re.compile(r"<(\w):(\w+)>")
_FIRST = "Anna Omar Lena Pavel Grace Ibrahim Carlos Mei Tomas Ruth Yusuf Helen Viktor Amina Daniel Sofia Joao Keiko Nils Fatou".split()
_LAST = "Keller Haddad Novak Okafor Brandt Silva Marsh Petrov Lindqvist Rahman Castillo Whitfield Tanaka Moreau Dlamini Fox Zeller".split()
_ROLES = "President|Prime Minister|Foreign Minister|Defence Minister|Interior Minister|Chancellor|Secretary of State".split("|")
_REBELS = """the Northern Front|the Free Valley Army|separatist rebels|armed militants|insurgents|the rebels|a guerrilla group|
    Islamist fighters|the People's Resistance|Maoist guerrillas|pro-government militias""".split("|")
_CIVILIANS = """villagers|thousands of farmers|students|refugees|hundreds of protesters|teachers|bus drivers|two aid workers|
    opposition supporters|demonstrators|dockers|women and children|residents|journalists|dissidents""".split("|")
_PARTIES = (
    "the Green Union|the opposition|the National Peasants' Party|the trade unions|the Liberal Alliance|an opposition coalition".split("|")
)
_COMPANIES = (
    "a state broadcaster|the Herald newspaper|Norvik Energy|a mining company|Baltic Steel|the national airline|two private banks".split("|")
)
_BODIES = """the United Nations|the European Union|the Red Cross|the African Union|NATO|the UN Security Council|the World Food Programme|
    the Arab League|the International Criminal Court|the World Bank""".split("|")
_CITIES = "Mosul Gaza Lyon Aden Kharkiv Medan Puebla Gori Juba Porto Basra Kano Izmir Davao Cali Sumy".split()


def written_rows(file: Path) -> list[dict[str, Any]]:
    """Each sentence of the file ``TIMES`` times, always the same way."""
    rng = random.Random(7)
    lines = [line for line in file.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    return [_row(line, rng) for line in lines for _ in range(TIMES)]


def _row(line: str, rng: random.Random) -> dict[str, Any]:
    filled: dict[str, str] = {}

    def fill(match: re.Match[str]) -> str:
        filled[match[1]] = _filler(match[2], rng, set(filled.values()))
        return filled[match[1]]

    line = _SLOT.sub(fill, line)
    events = [_event(match, filled) for match in _TRIGGER.finditer(line)]
    mains = [e for e in events if e["main"]] or events[:1]
    for e in events:
        e["main"] = e is mains[0]
    text = _TRIGGER.sub(r"\1", line)
    return {"text": text[0].upper() + text[1:], "events": [_capital(e, text) for e in events]}


def _capital(event: dict[str, Any], text: str) -> dict[str, Any]:
    """An event whose words that open the sentence have its capital letter."""
    parts = ("trigger", "actor", "recipient")
    opened = {part: event[part][0].upper() + event[part][1:] for part in parts if event[part] and text.startswith(event[part])}
    return {**event, **opened}


def _event(match: re.Match[str], filled: dict[str, str]) -> dict[str, Any]:
    marks = match[4].split()
    sides = dict(mark.split("=") for mark in marks if "=" in mark)

    def fact(values: tuple[str, ...], plain: str) -> str:
        return next((mark for mark in marks if mark in values), plain)

    return {
        "trigger": match[1],
        "type": match[2],
        "mode": match[3],
        "actor": filled.get(sides.get("a", "")),
        "recipient": filled.get(sides.get("r", "")),
        "polarity": fact(POLARITIES, "affirmed"),
        "certainty": fact(CERTAINTIES, "certain"),
        "tense": fact(TENSES, "past"),
        "main": "main" in marks,
    }


def _filler(kind: str, rng: random.Random, taken: set[str]) -> str:
    for _ in range(20):
        state = rng.choice(_states())
        words = _words(kind, state, rng)
        if not any(words in other or other in words for other in taken):
            break
    return words


def _words(kind: str, row: dict[str, str], rng: random.Random) -> str:
    state, adjective = State(row["code"], row["name"]).name, row["adjectives"].split("|")[0]
    person = f"{rng.choice(_FIRST)} {rng.choice(_LAST)}"
    seat = row["seats"].split("|")[0] or state
    ways: dict[str, list[str]] = {
        "state": [state, state, state, f"the {adjective} government", f"{adjective} officials", f"{adjective} authorities", seat],
        "leader": [
            f"{adjective} {rng.choice(_ROLES)} {person}",
            f"{state}'s {rng.choice(_ROLES).lower()}",
            f"{rng.choice(_ROLES)} {person}",
            f"{adjective} {rng.choice(_ROLES).lower()} {person}",
        ],
        "troops": [f"{adjective} troops", f"the {adjective} army", f"{adjective} forces", f"{adjective} soldiers", "government troops"],
        "police": [f"{adjective} police", "police", f"{adjective} security forces"],
        "people": [adjective],
        "capital": [seat],
        "city": _CITIES,
        "person": [person, f"{person}, a journalist", "an opposition leader", f"a {adjective} lawyer", f"{adjective} activist {person}"],
        "rebels": _REBELS,
        "civilians": [*_CIVILIANS, f"{adjective} refugees", f"{adjective} workers"],
        "party": _PARTIES,
        "company": _COMPANIES,
        "body": _BODIES,
    }
    return " ".join(rng.choice(ways[kind]).split())


def _states() -> list[dict[str, str]]:
    return [row for row in table("states.tsv") if row["adjectives"] and len(row["code"]) == 3 and row["code"] not in ("EUU", "UNO")]
