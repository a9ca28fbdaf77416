"""Outlets side by side: whom each quotes, how its cues lean and towards whom, its wordings, what it alone carries and what it omits.

Shares come with Wilson's interval (1927) of 95 %, and not at all where too few cues were counted.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence

from onrecord.records import Claim, Cues, Framing, Label, Lean, Reading, Wording
from onrecord.story.actors import StoryCast
from onrecord.story.copies import order_key, outlet_of
from onrecord.story.events import STATEMENT
from onrecord.story.mentions import events_in

UNKNOWN = "unknown"  # the state of a source whom no report gives one
LEAST = 8  # cues; of fewer no share is given
_Z = 1.96  # of a normal distribution, for 95 %
CARRIED = 2  # a claim that so many other outlets carry is missed where it is missing


def frame(readings: Sequence[Reading], claims: Sequence[Claim], cast: StoryCast) -> list[Framing]:
    """One row an outlet, in order of first publication; a report without an outlet stands under its id."""
    outlets: dict[str, list[Reading]] = {}
    for reading in sorted(readings, key=order_key):
        outlets.setdefault(outlet_of(reading), []).append(reading)
    house = {r.report.id: name for name, part in outlets.items() for r in part}
    carriers = {c.id: {house[m.report] for m in c.mentions} for c in claims}
    shared = [c for c in claims if c.event and len(carriers[c.id]) >= CARRIED]
    return [_framing(name, part, carriers, cast, _events(part, shared)) for name, part in outlets.items()]


def _events(readings: Sequence[Reading], shared: Sequence[Claim]) -> tuple[Wording, ...]:
    """The words that name what happened, in an outlet's mentions of claims that others carry too."""
    own = {r.report.id: r for r in readings}
    found = []
    for claim in shared:
        words: Counter[str] = Counter()
        for m in claim.mentions:
            if m.report in own:
                reading = own[m.report]
                words.update(reading.report.text[slice(*e.trigger)].lower() for e in events_in(reading, m.span) if e.type != STATEMENT)
        if words:
            found.append(Wording(claim=claim.id, wordings=dict(sorted(words.items()))))
    return tuple(found)


def _framing(outlet: str, readings: list[Reading], carriers: dict[str, set[str]], cast: StoryCast, events: tuple[Wording, ...]) -> Framing:
    types: Counter[str] = Counter()
    states: Counter[str] = Counter()
    leans: Counter[str] = Counter()
    towards: dict[str, Counter[str]] = defaultdict(Counter)
    wordings: dict[str, Counter[str]] = {}
    for reading in readings:
        affiliation = {a.id: a.affiliation for a in reading.actors}
        for a in reading.attributions:
            types[a.source_type] += 1
            leans[a.lean] += 1
            state = (affiliation.get(a.actor) if a.actor else None) or UNKNOWN
            states[state] += 1
            for whom in (*([f"affiliation {state}"] if state != UNKNOWN else []), f"type {a.source_type}"):
                towards[whom][a.lean] += 1
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
        leans=tuple(_lean(whom, counts) for whom, counts in sorted(towards.items())),
        events=events,
    )


def _lean(whom: str, counts: Counter[str]) -> Lean:
    n = counts.total()
    return Lean(
        of=whom,
        cues=Cues(endorsing=counts["endorsing"], neutral=counts["neutral"], doubting=counts["doubting"]),
        endorsing=interval(counts["endorsing"], n) if n >= LEAST else None,
        doubting=interval(counts["doubting"], n) if n >= LEAST else None,
    )


def interval(count: int, n: int) -> tuple[float, float, float]:
    """(share, low, high): a share of n > 0 with its Wilson interval of 95 %."""
    share = count / n
    middle = (share + _Z**2 / (2 * n)) / (1 + _Z**2 / n)
    half = _Z * math.sqrt(share * (1 - share) / n + _Z**2 / (4 * n**2)) / (1 + _Z**2 / n)
    return round(share, 3), round(max(0.0, middle - half), 3), round(min(1.0, middle + half), 3)
