"""Actors of many reports put together, one after the other; each is compared with the groups that share a sound or a word with it.

What decides is a pair of names; a group keeps one example of each name, however many reports have it, so that a thousand copies
cost no more than one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from onrecord.reading.descriptions import acronym, heads_of
from onrecord.records import Actor, Reading
from onrecord.story.copies import Edge
from onrecord.story.names import same_person, sound_of_surname, words_of

Key = tuple[str, str]  # report id, actor id in that report's reading
_NAMED = frozenset(["person", "organization", "government", "armed_force", "place"])


class Chains:
    """Which reports depend on one another, or are of one house."""

    def __init__(self, readings: Sequence[Reading], edges: Sequence[Edge]) -> None:
        self._outlet = {r.report.id: r.report.outlet for r in readings}
        self._near: dict[str, set[str]] = defaultdict(set)
        for e in edges:
            self._near[e.of].add(e.report)
            self._near[e.report].add(e.of)

    def outlet(self, report: str) -> str | None:
        """The outlet of a report."""
        return self._outlet.get(report)

    def link(self, report: str, others: set[str], outlets: set[str | None]) -> bool:
        """Does a report depend on one of others, or one of them on it, or is its outlet theirs?"""
        own = self.outlet(report)
        return (own is not None and own in outlets) or not self._near.get(report, set()).isdisjoint(others)


@dataclass
class _Example:
    """One name in a group, and where it stands."""

    actor: Actor
    reports: set[str] = field(default_factory=set)
    outlets: set[str | None] = field(default_factory=set)


@dataclass
class Group:
    """Actors of readings that are one."""

    members: list[tuple[Key, Actor]] = field(default_factory=list)
    reports: set[str] = field(default_factory=set)
    examples: dict[tuple[object, ...], _Example] = field(default_factory=dict)
    people: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))  # report → names of persons


class Groups:
    """Groups as they grow."""

    def __init__(self, chains: Chains) -> None:
        self.all: list[Group] = []
        self._chains = chains
        self._by_mark: dict[str, dict[int, None]] = defaultdict(dict)

    def add(self, key: Key, actor: Actor) -> None:
        """Puts an actor into the group it fits, or into one of its own."""
        near = sorted({n for mark in _marks(actor) for n in self._by_mark.get(mark, ())})
        fitting = [n for n in near if self._fits(self.all[n], key, actor)]
        if len(fitting) > 1:
            fitting = [n for n in fitting if key[0] in self.all[n].reports] or fitting
            fitting.sort(key=lambda n: (-len(self.all[n].members), self.all[n].members[0][1].name))
        if not fitting:
            self.all.append(Group())
            fitting = [len(self.all) - 1]
        self._join(fitting[0], key, actor)

    def _join(self, number: int, key: Key, actor: Actor) -> None:
        group = self.all[number]
        group.members.append((key, actor))
        group.reports.add(key[0])
        example = group.examples.setdefault((actor.name, actor.type, actor.affiliation), _Example(actor))
        example.reports.add(key[0])
        example.outlets.add(self._chains.outlet(key[0]))
        if actor.type == "person":
            group.people[key[0]].append(actor.name)
        for mark in _marks(actor):
            self._by_mark[mark][number] = None

    def _fits(self, group: Group, key: Key, actor: Actor) -> bool:
        if not any(self._pair(key[0], actor, example) for example in group.examples.values()):
            return False
        return actor.type != "person" or all(same_person(name, actor.name) for name in group.people.get(key[0], ()))

    def _pair(self, report: str, a: Actor, example: _Example) -> bool:
        """Are an actor and a name in a group one? Not on the word of the same report, which told them apart."""
        b = example.actor
        if example.reports == {report}:
            return False
        if a.type == b.type == "person":
            return same_person(a.name, b.name)
        if "person" in (a.type, b.type):
            short, full = (b, a) if a.type == "person" else (a, b)
            return short.type == "organization" and len(short.name.split()) == 1 and full.name.split()[-1] == short.name
        if a.type in _NAMED and b.type in _NAMED:
            return _same_body(a, b)
        wa, wb = words_of(a.name), words_of(b.name)
        if a.type != b.type or not wa or not wb:
            return False
        if a.type != "unnamed" and wa == wb:
            return True
        alike = (wa <= wb or wb <= wa) and (a.type != "unnamed" or len(wa & wb) > 1 or wa == wb)
        return alike and self._chains.link(report, example.reports, example.outlets)


def _marks(actor: Actor) -> list[str]:
    """What two actors that are one share at least one of."""
    last = actor.name.split()[-1:] or [""]
    marks = [f"word {word}" for word in words_of(actor.name)] + [f"last {last[0]}"]
    if actor.type == "person":
        marks.append(f"sound {sound_of_surname(actor.name)[:1]}")
    elif actor.type in _NAMED:
        marks += [f"acronym {actor.name}", f"acronym {acronym(actor.name)}"]
    return marks


def _same_body(a: Actor, b: Actor) -> bool:
    if a.affiliation and b.affiliation and a.affiliation != b.affiliation:
        return False
    wa, wb = words_of(a.name), words_of(b.name)
    if wa == wb and wa:
        return True
    if a.name.isupper() != b.name.isupper() and (acronym(a.name) == b.name or acronym(b.name) == a.name):
        return True
    small, big = sorted((wa, wb), key=len)
    telling = small - {w for w in small if heads_of(w)}
    return (
        bool(small)
        and small <= big
        and a.type == b.type
        and ((bool(telling) and len(small) > 1) or (a.type == "government" and not telling))
    )
