"""One actor under many names: the actors of all readings, united where the evidence says they are one.

States join by code, persons by surname and what is known of the first name (misspellings allowed), organizations by
their telling words or acronym. Unnamed sources join only within one chain of outlets: the same house, a copy, or a
report that names the other's outlet. Two people of one surname with different first names stay apart.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from msgspec.structs import replace

from onrecord.records import Actor, ActorType, Reading, StoryActor, Whereabouts
from onrecord.story.copies import Edge, order_key
from onrecord.story.names import words_of
from onrecord.story.outlets import Naming, outlet_forms
from onrecord.story.uniting import Chains, Groups, Key


@dataclass
class Joined:
    """An actor of the story, and the actors of readings that it is."""

    id: str
    members: list[tuple[Key, Actor]] = field(default_factory=list)
    outlet: str | None = None  # this actor is the outlet of a report

    @cached_property
    def best(self) -> Actor:
        """The member whose name tells most; ties in order of the alphabet."""
        counts = Counter(a.name for _, a in self.members)
        return min((a for _, a in self.members), key=lambda a: (-len(words_of(a.name)), -counts[a.name], a.name))

    @property
    def type(self) -> ActorType:
        """Of the best member; an outlet nobody cites is an organization."""
        return self.best.type if self.members else "organization"


@dataclass(frozen=True)
class StoryCast:
    """The story's actors, and which of them each reading's actors are."""

    joined: dict[str, Joined]
    of: dict[Key, str]
    outlets: dict[str, str]  # outlet name → actor id
    outlet_of: dict[str, str]  # report id → actor id of its outlet
    bodies: dict[str, str | None] = field(default_factory=dict)  # actor id → its organization, once it was asked for

    @cached_property
    def naming(self) -> Naming:
        """Finds outlets by name."""
        return Naming(self.outlets)

    @cached_property
    def of_word(self) -> dict[str, set[str]]:
        """A word → the organizations of several words that have it in their name."""
        found: dict[str, set[str]] = defaultdict(set)
        for each in self.joined.values():
            if each.members and each.best.type in ("organization", "armed_force", "group") and len(words_of(each.best.name)) > 1:
                for word in words_of(each.best.name):
                    found[word].add(each.id)
        return found

    @cached_property
    def by_word(self) -> dict[str, list[tuple[str, frozenset[str]]]]:
        """One word of each organization of several → (its id, all its words)."""
        found: dict[str, list[tuple[str, frozenset[str]]]] = defaultdict(list)
        for each in self.joined.values():
            if each.members and each.best.type == "organization" and len(words := words_of(each.best.name)) > 1:
                found[min(words)].append((each.id, words))
        return found


def unite(readings: Sequence[Reading], edges: Sequence[Edge]) -> StoryCast:
    """Unites the actors of all readings. The result does not depend on the order of the readings."""
    ordered = sorted(readings, key=order_key)
    groups = Groups(Chains(ordered, edges))
    rows = [((r.report.id, a.id), a) for r in ordered for a in r.actors]
    for key, actor in sorted(rows, key=lambda row: (-len(words_of(row[1].name)), row[1].name)):
        groups.add(key, actor)
    joined = [Joined("", group.members) for group in groups.all]
    outlets = _with_outlets(joined, readings)
    order = {r.report.id: n for n, r in enumerate(ordered)}
    joined.sort(key=lambda g: min((_first(order, k, a) for k, a in g.members), default=(len(order), 0, g.outlet or "")))
    for number, each in enumerate(joined, 1):
        each.id = f"s{number}"
    return StoryCast(
        joined={g.id: g for g in joined},
        of={key: g.id for g in joined for key, _ in g.members},
        outlets={name: g.id for name, g in outlets.items()},
        outlet_of={r.report.id: outlets[r.report.outlet].id for r in readings if r.report.outlet},
    )


def _first(order: dict[str, int], key: Key, actor: Actor) -> tuple[int, int, str]:
    return order[key[0]], actor.mentions[0][0] if actor.mentions else 0, actor.name


def _with_outlets(groups: list[Joined], readings: Sequence[Reading]) -> dict[str, Joined]:
    """Makes every report's outlet an actor, joined with the actor whom reports cite under its name."""
    called: dict[str, list[Joined]] = defaultdict(list)
    for group in groups:
        for name in {_bare(a.name) for _, a in group.members if a.type != "person"}:
            called[name].append(group)
    found: dict[str, Joined] = {}
    taken: set[int] = set()
    for outlet in sorted({r.report.outlet for r in readings if r.report.outlet}):
        forms = dict.fromkeys(f.lower().removeprefix("the ") for f in outlet_forms(outlet))
        cited = {id(g): g for form in forms for g in called.get(form, ()) if id(g) not in taken}
        taken |= cited.keys()
        found[outlet] = Joined("", [member for g in groups if id(g) in cited for member in g.members] if cited else [], outlet)
    groups[:] = [g for g in groups if id(g) not in taken] + list(found.values())
    return found


def _bare(name: str) -> str:
    return re.sub(r"^(?:the |agency |newspaper |website )+", "", name.lower())


def as_record(group: Joined, organization: str | None) -> StoryActor:
    """An actor with all its wordings and places."""
    if not group.members:
        return StoryActor(id=group.id, name=group.outlet or "", type="organization")
    best = group.best
    names = {a.name for _, a in group.members} | ({group.outlet} if group.outlet else set())
    return StoryActor(
        id=group.id,
        name=group.outlet or best.name,
        type=best.type,
        role=_most(a.role for _, a in sorted(group.members)),
        affiliation=_most(a.affiliation for _, a in group.members),
        code=_most(a.code for _, a in group.members),
        aliases=tuple(sorted(names - {group.outlet or best.name})),
        mentions=tuple(
            Whereabouts(report=key[0], span=span) for key, a in sorted(group.members, key=lambda m: m[0]) for span in a.mentions
        ),
        organization=organization,
    )


def with_doubles(actors: Sequence[StoryActor]) -> list[StoryActor]:
    """The actors, the unnamed ones with those who may be the same."""
    unnamed = [(a.id, words_of(a.name)) for a in actors if a.type == "unnamed"]
    maybe = {id: tuple(other for other, words in unnamed if other != id and _one_in_other(own, words)) for id, own in unnamed}
    return [replace(a, maybe=maybe[a.id]) if maybe.get(a.id) else a for a in actors]


def _one_in_other(a: frozenset[str], b: frozenset[str]) -> bool:
    return bool(a and b) and (a <= b or b <= a)


def _most(values: Iterable[str | None]) -> str | None:
    """The value seen most often; of equals the first in the alphabet."""
    counts = Counter(v for v in values if v)
    return min(counts, key=lambda v: (-counts[v], v), default=None)
