"""Outlets side by side: whom each quotes, how its cues lean, what it alone carries and what it omits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from onrecord.records import Claim, Cues, Framing, Label, Reading
from onrecord.story.actors import StoryCast
from onrecord.story.copies import order_key

CARRIED = 2  # a claim that so many other outlets carry is missed where it is missing


def frame(readings: Sequence[Reading], claims: Sequence[Claim], cast: StoryCast) -> list[Framing]:
    """One row an outlet, in order of first publication; a report without an outlet stands under its id."""
    outlets: dict[str, list[Reading]] = {}
    for reading in sorted(readings, key=order_key):
        outlets.setdefault(outlet_of(reading), []).append(reading)
    house = {r.report.id: name for name, part in outlets.items() for r in part}
    carriers = {c.id: {house[m.report] for m in c.mentions} for c in claims}
    return [_framing(name, part, carriers, cast) for name, part in outlets.items()]


def outlet_of(reading: Reading) -> str:
    """The outlet of a reading's report, else the report's id."""
    return reading.report.outlet or reading.report.id


def _framing(outlet: str, readings: list[Reading], carriers: dict[str, set[str]], cast: StoryCast) -> Framing:
    types: Counter[str] = Counter()
    states: Counter[str] = Counter()
    leans: Counter[str] = Counter()
    wordings: dict[str, Counter[str]] = {}
    for reading in readings:
        affiliation = {a.id: a.affiliation for a in reading.actors}
        for a in reading.attributions:
            types[a.source_type] += 1
            leans[a.lean] += 1
            states[(affiliation.get(a.actor) if a.actor else None) or "unknown"] += 1
        for actor in reading.actors:
            for start, end in actor.mentions:
                wording = " ".join(reading.report.text[start:end].split())
                wordings.setdefault(cast.of[reading.report.id, actor.id], Counter())[wording] += 1
    return Framing(
        outlet=outlet,
        sources={"by affiliation": dict(sorted(states.items())), "by type": dict(sorted(types.items()))},
        cues=Cues(endorsing=leans["endorsing"], neutral=leans["neutral"], doubting=leans["doubting"]),
        omits=tuple(c for c, who in carriers.items() if outlet not in who and len(who) >= CARRIED),
        only=tuple(c for c, who in carriers.items() if who == {outlet}),
        labels=tuple(Label(actor=a, wordings=dict(sorted(w.items()))) for a, w in sorted(wordings.items()) if len(w) > 1),
    )
