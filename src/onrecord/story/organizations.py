"""Whom an actor's word counts for: the organization that its role names, or the government it serves."""

from __future__ import annotations

import re
from collections import Counter

from onrecord.reading.descriptions import heads_of
from onrecord.story.actors import StoryCast
from onrecord.story.names import words_of

HOME = "state:unnamed"
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
_RANKS = frozenset("col gen lt brig sgt capt maj adm marshal sergeant lieutenant brigadier major commander inspector constable".split())


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
