"""Where each chain ends, and how many ends are independent.

A mention's chain runs outlet → cited outlet or agency → speaker. Its end is an origin when the source asserts, confirms,
demands, promises, threatens or speculates; who denies, doubts, asks, declines or condemns is none. When the end is an
outlet whose own report of the same claim is in the pile and names its source, the chain goes on to that source. An
outlet's own voice, first-hand or not, that names nobody is "no stated origin". Origins of one organization or government
count once.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from msgspec.structs import replace

from onrecord.reading.descriptions import heads_of
from onrecord.records import ClaimEvent, Mention, Origin, Stance, StoryActor
from onrecord.story.organizations import HOME

MAKES_ORIGIN: frozenset[Stance] = frozenset(["asserts", "confirms", "demands", "promises", "threatens", "speculates"])
_MEDIA = frozenset("website newspaper paper agency broadcaster television daily magazine blog media tabloid report outlet channel".split())
_COLLECTIVE = frozenset("report source resident survivor witness villager people other critic observer expert analyst".split())


@dataclass(frozen=True)
class Known:
    """The actors of a story, by id, and which of them is the outlet of a report."""

    actors: Mapping[str, StoryActor]
    outlet_of: Mapping[str, str]

    @cached_property
    def outlets(self) -> frozenset[str]:
        """The actors that are outlets."""
        return frozenset(self.outlet_of.values())


def origins_of(mentions: Sequence[Mention], known: Known) -> list[Origin]:
    """The distinct origins of one claim, in order of first report, as its mentions are."""
    carriers = _by_outlet(mentions, known)
    found: dict[str, str] = {}
    for m in mentions:
        if m.source is not None and m.stance in MAKES_ORIGIN:
            for end in _ends(m.source, carriers, set()):
                found.setdefault(end, m.report)
    told = [o for o in found if not _is_heard(o, known)]
    if told:  # "a newspaper reports", "local media": those of whom they have it are here
        found = {o: found[o] for o in told}
    named = [o for o in found if known.actors[o].type != "group"]
    if named:  # "reports", "survivors say" only sum up the sources that are named
        found = {o: r for o, r in found.items() if o in named or not heads_of(known.actors[o].name) & _COLLECTIVE}
    return [Origin(actor=o, first_report=r, organization=known.actors[o].organization, party=False) for o, r in found.items()]


def independent(origins: Sequence[Origin]) -> int:
    """How many origins do not belong to one and the same organization or government.

    Who serves a government that is not named is taken to serve the one that is, where one is.
    """
    ends = {o.organization or o.actor for o in origins}
    return len(ends) - (HOME in ends and any(e.startswith("state:") and e != HOME for e in ends))


def marked(origins: Sequence[Origin], event: ClaimEvent | None, known: Known) -> tuple[Origin, ...]:
    """The origins, those marked that are a party to the matter: who acts or is acted upon in the claim's event, or belongs to these."""
    sides = {side for side in (event.actor, event.recipient) if side} if event else set()
    bodies = sides | {body for side in sides if (body := known.actors[side].organization) and body != HOME}
    return tuple(replace(o, party=o.actor in bodies or o.organization in bodies) for o in origins)


def _by_outlet(mentions: Sequence[Mention], known: Known) -> dict[str, list[str]]:
    """Outlet actor → the sources its own reports name for this claim."""
    carriers: dict[str, list[str]] = {}
    for m in mentions:
        outlet = known.outlet_of.get(m.report)
        if outlet and m.source and m.stance in MAKES_ORIGIN and m.source != outlet:
            carriers.setdefault(outlet, []).append(m.source)
    return carriers


def _ends(source: str, carriers: dict[str, list[str]], seen: set[str]) -> list[str]:
    if source in seen or source not in carriers:
        return [source]
    seen.add(source)
    return list(dict.fromkeys(end for inner in carriers[source] for end in _ends(inner, carriers, seen)))


def _is_heard(actor: str, known: Known) -> bool:
    """Is it a medium without a name, "an opposition website", "multiple reports"?"""
    each = known.actors[actor]
    return actor not in known.outlets and all(_words_of(name) & _MEDIA for name in (each.name, *each.aliases))


def _words_of(name: str) -> set[str]:
    return {w.removesuffix("s") for w in re.findall(r"[a-z]+", name.lower())} if not re.search(r"[a-z] [A-Z]", name) else set()
