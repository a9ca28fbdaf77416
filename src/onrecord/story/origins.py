"""Where each chain ends, and how many ends are independent.

A mention's chain runs outlet → cited outlet or agency → speaker. Its end is an origin when the source asserts, confirms,
demands, promises, threatens or speculates; who denies, doubts, asks, declines or condemns is none. When the end is an
outlet whose own report of the same claim is in the pile and names its source, the chain goes on to that source. An
outlet's own voice, first-hand or not, that names nobody is "no stated origin". Origins of one organization or government
count once.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from msgspec.structs import replace

from onrecord.reading.descriptions import heads_of
from onrecord.records import ClaimEvent, Origin, Stance
from onrecord.story.actors import Joined, StoryCast
from onrecord.story.mentions import Draft
from onrecord.story.names import words_of

MAKES_ORIGIN: frozenset[Stance] = frozenset(["asserts", "confirms", "demands", "promises", "threatens", "speculates"])
_OFFICIAL = frozenset(["government", "armed_force"])
_PUBLIC = frozenset(
    """minister ministry president premier governor mayor police army navy military force general colonel official spokesman spokeswoman
    spokesperson ambassador government parliament coastguard guard council commission prosecutor secretary cabinet chancellor
    captain commander admiral envoy embassy""".split()
)
_NOT_IN_OFFICE = re.compile(
    r"\b(?:former|ex-|retired|exiled|opposition|rebels?|militia|militants?|insurgents?|separatists?|guerrillas?|front|movement|brigades|"
    r"union|league|association|party|self-styled|so-called)\b",
    re.I,
)
_ABROAD = re.compile(
    r"\b(?:ambassador|envoy|embassy|diplomat|mission|observers?|united nations|un|eu|international|"
    r"foreign (?!minist|office|secretary|affairs)|western|european|regional|"
    r"allied)\b",
    re.I,
)
_MEDIA = frozenset("website newspaper paper agency broadcaster television daily magazine blog media tabloid report outlet channel".split())
HOME = "state:unnamed"
_RANKS = frozenset("col gen lt brig sgt capt maj adm marshal sergeant lieutenant brigadier major commander inspector constable".split())
_COLLECTIVE = frozenset("report source resident survivor witness villager people other critic observer expert analyst".split())


def origins_of(drafts: Sequence[Draft], stances: Sequence[Stance], cast: StoryCast) -> list[Origin]:
    """The distinct origins of one claim, in order of first report (``drafts`` are its mentions in that order)."""
    carriers = _by_outlet(drafts, stances, cast)
    found: dict[str, Draft] = {}
    for draft, stance in zip(drafts, stances, strict=True):
        if draft.source is None or stance not in MAKES_ORIGIN:
            continue
        for end in _ends(draft.source, carriers, cast, set()):
            found.setdefault(end, draft)
    told = [o for o in found if not _is_heard(cast.joined[o])]
    if told:  # "a newspaper reports", "local media": those of whom they have it are here
        found = {o: found[o] for o in told}
    named = [o for o in found if cast.joined[o].type != "group"]
    if named:  # "reports", "survivors say" only sum up the sources that are named
        found = {o: d for o, d in found.items() if o in named or not _sums_up(cast.joined[o])}
    return [Origin(actor=o, first_report=d.report, organization=organization(o, cast), party=False) for o, d in found.items()]


def independent(origins: Sequence[Origin]) -> int:
    """How many origins do not belong to one and the same organization or government.

    Who serves a government that is not named is taken to serve the one that is, where one is.
    """
    ends = {o.organization or o.actor for o in origins}
    return len(ends) - (HOME in ends and any(e.startswith("state:") and e != HOME for e in ends))


def marked(origins: Sequence[Origin], event: ClaimEvent | None, cast: StoryCast) -> tuple[Origin, ...]:
    """The origins, those marked that are a party to the matter: who acts or is acted upon in the claim's event, or belongs to these."""
    sides = {side for side in (event.actor, event.recipient) if side} if event else set()
    bodies = sides | {body for side in sides if (body := organization(side, cast)) and body != HOME}
    return tuple(replace(o, party=o.actor in bodies or o.organization in bodies) for o in origins)


def _by_outlet(drafts: Sequence[Draft], stances: Sequence[Stance], cast: StoryCast) -> dict[str, list[str]]:
    """Outlet actor → the sources its own reports name for this claim."""
    carriers: dict[str, list[str]] = {}
    for draft, stance in zip(drafts, stances, strict=True):
        outlet = cast.outlet_of.get(draft.report)
        if outlet and draft.source and stance in MAKES_ORIGIN and draft.source != outlet:
            carriers.setdefault(outlet, []).append(draft.source)
    return carriers


def _ends(source: str, carriers: dict[str, list[str]], cast: StoryCast, seen: set[str]) -> list[str]:
    if source in seen or source not in carriers:
        return [source]
    seen.add(source)
    return list(dict.fromkeys(end for inner in carriers[source] for end in _ends(inner, carriers, cast, seen)))


def _is_heard(actor: Joined) -> bool:
    """Is it a medium without a name, "an opposition website", "multiple reports"?"""
    return bool(actor.members) and actor.outlet is None and all(_words_of(a.name) & _MEDIA for _, a in actor.members)


def _words_of(name: str) -> set[str]:
    return {w.removesuffix("s") for w in re.findall(r"[a-z]+", name.lower())} if not re.search(r"[a-z] [A-Z]", name) else set()


def _sums_up(actor: Joined) -> bool:
    return bool(heads_of(actor.best.name) & _COLLECTIVE) if actor.members else False


def organization(actor: str, cast: StoryCast) -> str | None:
    """The organization or government an actor belongs to: a story actor's id, or the name of a state; None when it is its own or unknown.

    Officials to whom no report gives a state count as of one government, ``HOME``: two of them are hardly ever of two that agree.
    """
    if actor not in cast.bodies:
        cast.bodies[actor] = _organization(actor, cast)
    return cast.bodies[actor]


def _organization(actor: str, cast: StoryCast) -> str | None:
    joined = cast.joined[actor]
    if not joined.members:
        return None
    affiliation = Counter(a.affiliation for _, a in joined.members if a.affiliation)
    described = " ".join(sorted({f"{a.role or ''} {a.name}" for _, a in joined.members}))
    words = set(re.findall(r"\w+", described.lower()))
    official = joined.best.type in _OFFICIAL or bool(heads_of(described) & _PUBLIC or words & _RANKS)
    if not official or _NOT_IN_OFFICE.search(described):
        return _employer(actor, described, cast)
    state = min(affiliation, key=lambda s: (-affiliation[s], s), default=None)
    if state is None and _ABROAD.search(described):
        return None
    return f"state:{state}" if state else HOME


def _employer(actor: str, described: str, cast: StoryCast) -> str | None:
    """The organization that a role names: "leader of the Rally for the Republic", "spokesman of the Front" where there is but one."""
    words = words_of(described)
    named = [body for word in words for body, own in cast.by_word.get(word, ()) if body != actor and own <= words]
    if named:
        return min(named)
    hinted = {body for word in words if len(bodies := cast.of_word.get(word, ())) == 1 for body in bodies if body != actor}
    return min(hinted) if len(hinted) == 1 else None
