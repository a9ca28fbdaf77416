"""One actor under many names: the actors of all readings, united where the evidence says they are one.

States join by code, persons by surname and what is known of the first name (misspellings allowed), organizations by
their telling words or acronym. Unnamed sources join only within one chain of outlets: the same house, a copy, or a
report that names the other's outlet. Two people of one surname with different first names stay apart.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from rapidfuzz.distance import JaroWinkler

from onrecord.reading.descriptions import acronym, heads_of
from onrecord.records import Actor, ActorType, Reading, StoryActor, Whereabouts
from onrecord.story.copies import Edge, order_key
from onrecord.story.outlets import outlet_forms

Key = tuple[str, str]  # report id, actor id in that report's reading
ALIKE = 0.88
_SMALL = frozenset(
    """the a an of for and in on at to its his her their jr sr ii iii iv mr mrs ms dr me hon prof this that
    unnamed anonymous another""".split()
)
_SPELLING = {"defense": "defence", "organization": "organisation", "center": "centre", "program": "programme", "labor": "labour"}
_SOUNDS = (
    ("sch", "s"), ("tch", "c"), ("kh", "h"), ("gh", "g"), ("zh", "z"), ("sh", "s"), ("ch", "c"), ("ph", "f"), ("th", "t"), ("dj", "j"),
    ("dh", "d"), ("ou", "u"), ("oo", "u"), ("ee", "i"), ("ck", "k"), ("ks", "x"), ("q", "k"), ("c", "k"), ("w", "v"), ("y", "i"),
    ("j", "i"), ("z", "s"),
)  # fmt: skip
_NAMED = frozenset(["person", "organization", "government", "armed_force", "place"])


@dataclass
class Joined:
    """An actor of the story while it is being put together."""

    id: str
    members: list[tuple[Key, Actor]] = field(default_factory=list)
    outlet: str | None = None  # this actor is the outlet of a report

    @property
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


def unite(readings: Sequence[Reading], edges: Sequence[Edge]) -> StoryCast:
    """Unites the actors of all readings. The result does not depend on the order of the readings."""
    chains = _chains(readings, edges)
    groups: list[Joined] = []
    rows = [((r.report.id, a.id), a) for r in sorted(readings, key=order_key) for a in r.actors]
    rows.sort(key=lambda row: (-len(words_of(row[1].name)), row[1].name))
    for key, actor in rows:
        fitting = [g for g in groups if _same(g, key, actor, chains)]
        if len(fitting) > 1:
            near = [g for g in fitting if any(k[0] == key[0] for k, _ in g.members)] or fitting
            fitting = sorted(near, key=lambda g: (-len(g.members), g.members[0][1].name))
        if fitting:
            fitting[0].members.append((key, actor))
        else:
            groups.append(Joined("", [(key, actor)]))
    outlets = _with_outlets(groups, readings)
    order = {r.report.id: n for n, r in enumerate(sorted(readings, key=order_key))}
    groups.sort(key=lambda g: min((_first(order, k, a) for k, a in g.members), default=(len(order), 0, g.outlet or "")))
    for number, group in enumerate(groups, 1):
        group.id = f"s{number}"
    return StoryCast(
        joined={g.id: g for g in groups},
        of={key: g.id for g in groups for key, _ in g.members},
        outlets={name: g.id for name, g in outlets.items()},
        outlet_of={r.report.id: outlets[r.report.outlet].id for r in readings if r.report.outlet},
    )


def _first(order: dict[str, int], key: Key, actor: Actor) -> tuple[int, int, str]:
    return order[key[0]], actor.mentions[0][0] if actor.mentions else 0, actor.name


def _chains(readings: Sequence[Reading], edges: Sequence[Edge]) -> set[frozenset[str]]:
    """Pairs of reports of which one depends on the other, or that one house published."""
    pairs = {frozenset((e.of, e.report)) for e in edges}
    for a in readings:
        pairs |= {frozenset((a.report.id, b.report.id)) for b in readings if a.report.outlet and a.report.outlet == b.report.outlet}
    return pairs


def _same(group: Joined, key: Key, actor: Actor, chains: set[frozenset[str]]) -> bool:
    return any(_pair(key, actor, other_key, other, chains) for other_key, other in group.members) and not any(
        k[0] == key[0] and a.type == actor.type == "person" and not same_person(a.name, actor.name) for k, a in group.members
    )


def _pair(key: Key, a: Actor, other: Key, b: Actor, chains: set[frozenset[str]]) -> bool:
    if key[0] == other[0]:
        return False  # the reading already told them apart
    if a.type == "person" and b.type == "person":
        return same_person(a.name, b.name)
    if "person" in (a.type, b.type) and a.type != b.type:
        short, full = (b, a) if a.type == "person" else (a, b)
        return short.type == "organization" and len(short.name.split()) == 1 and full.name.split()[-1] == short.name
    if a.type in _NAMED and b.type in _NAMED:
        return _same_body(a, b)
    if a.type != b.type:
        return False
    wa, wb = words_of(a.name), words_of(b.name)
    if not wa or not wb:
        return False
    linked = frozenset((key[0], other[0])) in chains
    if a.type == "unnamed":
        return linked and (wa <= wb or wb <= wa) and (len(wa & wb) > 1 or wa == wb)
    return wa == wb or (linked and (wa <= wb or wb <= wa))


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


def same_person(a: str, b: str) -> bool:
    """One person's name in two wordings: initials, missing first names, misspellings and transliterations allowed."""
    wa, wb = _person_words(a), _person_words(b)
    if not wa or not wb or not alike(wa[-1], wb[-1]):
        return False
    firsts_a, firsts_b = wa[:-1], wb[:-1]
    if not firsts_a or not firsts_b:
        return wa[-1] == wb[-1] or len(wa[-1]) > 5
    return any(alike(x, y) or (1 in (len(x), len(y)) and x[0] == y[0]) for x in firsts_a for y in firsts_b)


def alike(a: str, b: str) -> bool:
    """The same word, or a variant spelling of it: of one sound, or near by Jaro–Winkler with one first sound."""
    if a == b:
        return True
    if min(len(a), len(b)) <= 3:
        return False
    sa, sb = _sound(a), _sound(b)
    return sa == sb or (sa[:1] == sb[:1] and max(JaroWinkler.similarity(a, b), JaroWinkler.similarity(sa, sb)) >= ALIKE)


@lru_cache(maxsize=65536)
def _sound(word: str) -> str:
    """A word as it may be written from another script: one letter a sound, none doubled, no mute h."""
    for letters, sound in _SOUNDS:
        word = word.replace(letters, sound)
    return re.sub(r"(.)\1+", r"\1", word)


@lru_cache(maxsize=65536)
def _person_words(name: str) -> list[str]:
    """First names and surname, without titles, ranks, and what follows "of"."""
    words = [w for w in re.split(r"\b(?:of|from|at|,)\b", _plain(name))[0].split() if w not in _SMALL]
    named = [w for w in words if not heads_of(w)]
    return named or words


def words_of(name: str) -> frozenset[str]:
    """The telling words of a name: plain letters, no articles, one spelling."""
    return frozenset(_SPELLING.get(w, w) for w in _plain(name).split() if w not in _SMALL)


def _plain(name: str) -> str:
    flat = "".join(c for c in unicodedata.normalize("NFKD", name.lower()) if not unicodedata.combining(c))
    return re.sub(r"[^\w\s]", " ", re.sub(r"[’']s\b", "", flat))


def _with_outlets(groups: list[Joined], readings: Sequence[Reading]) -> dict[str, Joined]:
    """Makes every report's outlet an actor, joined with the actor whom reports cite under its name."""
    found: dict[str, Joined] = {}
    for outlet in sorted({r.report.outlet for r in readings if r.report.outlet}):
        forms = {f.lower().removeprefix("the ") for f in outlet_forms(outlet)}
        cited = [g for g in groups if any(a.type != "person" and _bare(a.name) in forms for _, a in g.members)]
        group = Joined("", [member for g in cited for member in g.members])
        groups[:] = [g for g in groups if g not in cited] + [group]
        group.outlet = outlet
        found[outlet] = group
    return found


def _bare(name: str) -> str:
    return re.sub(r"^(?:the |agency |newspaper |website )+", "", name.lower())


def as_records(cast: StoryCast, used: set[str]) -> list[StoryActor]:
    """The actors that the account speaks of, with all their wordings and places."""
    unnamed = [g for g in cast.joined.values() if g.id in used and g.members and g.type == "unnamed"]
    return [_record(group, unnamed) for group in cast.joined.values() if group.id in used]


def _record(group: Joined, unnamed: Sequence[Joined]) -> StoryActor:
    if not group.members:
        return StoryActor(id=group.id, name=group.outlet or "", type="organization")
    best = group.best
    names = {a.name for _, a in group.members} | ({group.outlet} if group.outlet else set())
    own = words_of(best.name)
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
        maybe=tuple(g.id for g in unnamed if g is not group and _one_in_other(own, words_of(g.best.name)))
        if best.type == "unnamed"
        else (),
    )


def _one_in_other(a: frozenset[str], b: frozenset[str]) -> bool:
    return bool(a and b) and (a <= b or b <= a)


def _most(values: Iterable[str | None]) -> str | None:
    """The value seen most often; of equals the first in the alphabet."""
    counts = Counter(v for v in values if v)
    return min(counts, key=lambda v: (-counts[v], v), default=None)
