"""Simulated coverage of one story, with the truth beside it: who is the origin of what, who copies, who cites, who rewords.

    python benchmarks/simulator.py REPORTS --seed 1 -o reports.jsonl --truth truth.json

A seed always gives the same reports. A tenth of the reports are first-hand: an agency or paper asks one to four sources, each of whom
asserts one of the story's claims. The others copy one of these (with or without a credit), cite it, or tell it again in other words. The
number of claims and sources grows with the square root of the reports, as coverage of one story does.
"""

from __future__ import annotations

import argparse
import json
import random
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

_TOWNS = """Orlen Massat Tirvin Dolmach Sepra Kalvo Hurrik Beldan Oskra Vendel Parn Lusk Moreth Savin Trask Ulmer Yarrow Zelin Corvo
    Fennick""".split()
_NAMES = """Anton Berta Carl Dora Emil Frida Georg Hanna Ivan Julia Karl Lena Mirko Nadia Oskar Petra Ralf Sonja Tomas Vera""".split()
_SURNAMES = """Arlov Brandt Cerny Dovic Ekman Farkas Gruber Havel Ivers Jansky Kroll Lindt Maros Novik Oster Pavic Rosner Sandu Tanner
    Vasko""".split()
_ROLES = (
    "mayor of {town}", "doctor at the hospital in {town}", "police spokesman in {town}", "aid worker in {town}", "teacher from {town}",
    "spokeswoman of the governor of {town}", "farmer near {town}", "priest in {town}", "railwayman from {town}", "colonel in {town}",
)  # fmt: skip
_DEEDS = (
    (
        "{n} people were killed when shells hit the market of {town}",
        "shelling of the market in {town} left {n} dead",
        "{n} lives were lost in the bombardment of the market at {town}",
    ),
    ("{n} houses were burned in {town}", "fire destroyed {n} homes in {town}", "in {town} the flames consumed {n} dwellings"),
    (
        "soldiers closed the bridge at {town} for {n} days",
        "the crossing at {town} was shut by troops for {n} days",
        "for {n} days the army let nobody over the river at {town}",
    ),
    (
        "{n} lorries with food reached {town}",
        "a convoy of {n} trucks brought flour to {town}",
        "{town} received {n} truckloads of provisions",
    ),
    ("{n} men were arrested in {town}", "police in {town} detained {n} men", "{n} males were taken into custody at {town}"),
    (
        "the mine at {town} was flooded and {n} workers are missing",
        "{n} miners are unaccounted for after water broke into the pit of {town}",
        "water filled the workings at {town}; of {n} of the crew there is no trace",
    ),
)
_SAID = ("{Claim}, said {who}.", "{who} said that {claim}.", "According to {who}, {claim}.", "{Claim}, {who} told {outlet}.")
_FILLER = (
    "The weather was cold.",
    "Shops stayed shut in the morning.",
    "The road to the north is narrow.",
    "Many had not slept.",
    "It was a grey day.",
)
_START = datetime(2031, 5, 1, 6)


class World:
    """A story that is going on: its claims, who stands behind each, and the outlets that report it."""

    def __init__(self, reports: int, seed: int) -> None:
        self.random = random.Random(seed)
        size = max(6, int(3 * reports**0.5))
        self.claims = [self._claim() for _ in range(size)]
        self.sources = [self._source(number) for number in range(size)]
        self.origins = [sorted(self.random.sample(range(size), self.random.choice((1, 1, 1, 2, 3)))) for _ in self.claims]
        self.outlets = [f"{town} {kind}" for town in _TOWNS for kind in ("Courier", "Post", "Radio", "Press Agency", "Herald")]

    def _claim(self) -> dict[str, Any]:
        return {"deed": self.random.randrange(len(_DEEDS)), "n": self.random.randint(3, 900), "town": self.random.choice(_TOWNS)}

    def _source(self, number: int) -> tuple[str, str]:
        name = f"{self.random.choice(_NAMES)} {self.random.choice(_SURNAMES)}{'' if number < 200 else '-' + self.random.choice(_SURNAMES)}"
        return name, self.random.choice(_ROLES).format(town=self.random.choice(_TOWNS))

    def reports(self, count: int) -> tuple[list[dict[str, Any]], dict[str, Any]]:
        """(reports, truth): truth names each claim's sources that were heard, and each report's copies."""
        made: list[dict[str, Any]] = []
        parts: list[list[tuple[int, int]]] = []  # of each report, (claim, source)
        first: list[int] = []
        copies: list[dict[str, str]] = []
        for number in range(count):
            outlet = self.random.choice(self.outlets)
            kind = "first" if not first else self.random.choices(("first", "verbatim", "cites", "rewrite"), (10, 50, 20, 20))[0]
            base = self.random.choice(first[-60:]) if kind != "first" else None
            if base is None:
                first.append(number)
                told = [
                    (c, self.random.choice(self.origins[c])) for c in self.random.sample(range(len(self.claims)), self.random.randint(1, 4))
                ]
                text = self._text(told, outlet)
            else:
                told = parts[base]
                text = self._again(kind, made[base], told, outlet)
                copies.append({"from": made[base]["id"], "to": f"r{number}", "kind": kind})
            parts.append(told)
            published = (_START + timedelta(minutes=7 * number)).strftime("%Y-%m-%dT%H:%M:%SZ")
            made.append({"id": f"r{number}", "outlet": outlet, "published": published, "text": text})
        heard = sorted({(c, s) for told in parts for c, s in told})
        claims = [
            {"claim": self._words(c, 0), "sources": [self.sources[s][0] for k, s in heard if k == c]} for c in sorted({c for c, _ in heard})
        ]
        return made, {"claims": claims, "copies": copies}

    def _words(self, claim: int, way: int) -> str:
        fact = self.claims[claim]
        return _DEEDS[fact["deed"]][way].format(n=fact["n"], town=fact["town"])

    def _sentence(self, claim: int, source: int, outlet: str) -> str:
        words = self._words(claim, self.random.randrange(3))
        name, role = self.sources[source]
        who = f"{name}, a {role}" if self.random.random() < 0.7 else name
        return self.random.choice(_SAID).format(claim=words, Claim=words[0].upper() + words[1:], who=who, outlet=f"the {outlet}")

    def _text(self, told: list[tuple[int, int]], outlet: str) -> str:
        sentences = [self._sentence(c, s, outlet) for c, s in told]
        return "\n\n".join(f"{sentence} {self.random.choice(_FILLER)}" for sentence in sentences)

    def _again(self, kind: str, base: dict[str, Any], told: list[tuple[int, int]], outlet: str) -> str:
        if kind == "verbatim":
            return base["text"] + (f"\n\n({base['outlet']})" if self.random.random() < 0.7 else "")
        if kind == "cites":
            claim, source = told[0]
            words = self._words(claim, self.random.randrange(3))
            return f"{self.sources[source][0]} told the {base['outlet']} that {words}. {self.random.choice(_FILLER)}"
        return self._text(told, outlet)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reports", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("-o", "--out", type=Path, required=True)
    parser.add_argument("--truth", type=Path)
    options = parser.parse_args()
    made, truth = World(options.reports, options.seed).reports(options.reports)
    options.out.write_text("".join(json.dumps(each) + "\n" for each in made), encoding="utf-8")
    if options.truth:
        options.truth.write_text(json.dumps(truth, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
