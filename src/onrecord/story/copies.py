"""Which reports repeat the words of others, rewrite them, or cite them.

Proof is exact: shingles of four words that stand in both texts. The direction is by date, else by who names whom.
Containment as in Broder (1997), "On the resemblance and containment of documents". News is rewritten within a day, by a house that
has not the words but the facts: then most of the telling words of the later report stand in the earlier one.

Cost: each shingle leads to the few reports that carried it first, so many copies of one text cost no more than one each.
"""

from __future__ import annotations

import re
import zlib
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from onrecord.records import CopyKind, Reading
from onrecord.story.outlets import Naming, names_outlet, state_outlets
from onrecord.story.words import telling_words

VERBATIM, REWRITE = 0.35, 0.08  # shares of the later report's shingles that stand in the earlier one
RETOLD = 0.32  # share of its telling words, of a report that was rewritten within a day
EMBEDDED = 0.6  # share of the earlier report, that the later one holds in a longer text
LEAST_EMBEDDED = 25  # shingles
HOURS = 24.0
SHORTEST = 30  # telling words of a report that can be said to be rewritten
SHINGLE = 4
FIRST = 8  # the reports a shingle leads to, those that carried it first
HOUSE = 5  # reports of one outlet; of so many, what stands in most of them is of the house
HASHED = 4096
_WORD = re.compile(r"\w+")
_NAME = re.compile(r"\b[A-Z]\w{3,}")
Shingles = frozenset[int]


@dataclass(frozen=True, slots=True)
class Edge:
    """``report`` depends on ``of``. ``share`` of the report's shingles stand in it."""

    of: str
    report: str
    kind: CopyKind
    share: float


def order_key(reading: Reading) -> tuple[bool, str, str]:
    """Reports in order of publication; undated ones last; then by id, so that input order never matters."""
    report = reading.report
    return report.published is None, report.published or "", report.id


def outlet_of(reading: Reading) -> str:
    """The outlet of a reading's report, else the report's id."""
    return reading.report.outlet or reading.report.id


def find_copies(readings: Sequence[Reading]) -> list[Edge]:
    """All edges from later to earlier reports. A report that copies is not also said to cite the same one."""
    ordered = sorted((r for r in readings if r.sentences), key=order_key)
    shares = _shares([_shingles(r.report.text) for r in ordered], [r.report.outlet for r in ordered])
    copied = {later for (_, later), share in shares.items() if share >= VERBATIM}
    retold = _retold(ordered, copied)
    likely = {(later, earlier) for (earlier, later), share in shares.items() if share >= REWRITE}
    likely |= {(later, earlier) for earlier, later in retold} | set(_naming(ordered))
    edges = [
        edge
        for later, earlier in sorted(likely)
        if (edge := _edge(ordered[earlier], ordered[later], shares.get((earlier, later), 0.0), (earlier, later) in retold))
    ]
    return _without_detours(edges)


def _shingles(text: str) -> Shingles:
    words = [w.lower() for w in _WORD.findall(text)]
    return frozenset(map(hash, zip(*(words[i:] for i in range(SHINGLE)), strict=False)))


def _shares(shingles: list[Shingles], outlets: Sequence[str | None]) -> dict[tuple[int, int], float]:
    """(earlier, later) → the share of the later one's shingles that stand in the earlier; of one embedded in a longer text ``VERBATIM``."""
    house = _of_the_house(shingles, outlets)
    carriers: dict[int, list[int]] = defaultdict(list)
    shares: dict[tuple[int, int], float] = {}
    for later, (own, outlet) in enumerate(zip(shingles, outlets, strict=True)):
        own = own - house.get(outlet, frozenset())
        met = Counter(earlier for shingle in own for earlier in carriers.get(shingle, ()))
        for earlier, count in met.items():
            shares[earlier, later] = count / len(own)
            if count >= EMBEDDED * len(shingles[earlier]) >= LEAST_EMBEDDED:
                shares[earlier, later] = max(VERBATIM, count / len(own))
        for shingle in own:
            if len(carriers[shingle]) < FIRST:
                carriers[shingle].append(later)
    return shares


def _of_the_house(shingles: list[Shingles], outlets: Sequence[str | None]) -> dict[str | None, Shingles]:
    """What stands in most of an outlet's many reports is of the house, not of the story: "Sign up for our letter"."""
    counts: dict[str | None, Counter[int]] = defaultdict(Counter)
    reports = Counter(outlets)
    for own, outlet in zip(shingles, outlets, strict=True):
        if outlet is not None and reports[outlet] >= HOUSE:
            counts[outlet].update(own)
    return {outlet: frozenset(s for s, n in each.items() if n > 0.6 * reports[outlet]) for outlet, each in counts.items()}


def _retold(ordered: Sequence[Reading], copied: set[int]) -> set[tuple[int, int]]:
    """(earlier, later): of each report that is no copy, the one of the last day that has most of its telling words, if that is many."""
    bags = [frozenset(telling_words(r.report.text)) for r in ordered]
    hours = {i: hour for i, r in enumerate(ordered) if (hour := _hour(r)) is not None}
    at = [i for i, bag in enumerate(bags) if len(bag) >= SHORTEST and i not in copied and i in hours]
    if not at:
        return set()
    at.sort(key=lambda i: (hours[i], i))
    table = np.zeros((len(at), HASHED), np.float32)
    for row, i in enumerate(at):
        table[row, [_column(word) for word in bags[i]]] = 1
    found = set()
    for row, later in enumerate(at):
        start = bisect_left(at, hours[later] - HOURS, key=hours.__getitem__)
        likely = np.flatnonzero(table[start:row] @ table[row] >= RETOLD * len(bags[later])) + start
        near = [
            (len(bags[later] & bags[at[n]]) / len(bags[later]), -at[n]) for n in likely.tolist() if _foreign(ordered[at[n]], ordered[later])
        ]
        best = max(near, default=(0.0, 0))
        if best[0] >= RETOLD:
            found.add((-best[1], later))
    return found


def _column(word: str) -> int:
    return zlib.crc32(word.encode()) % HASHED


def _hour(reading: Reading) -> float | None:
    try:
        return datetime.fromisoformat((reading.report.published or "").replace("Z", "+00:00")).timestamp() / 3600
    except ValueError:
        return None


def _foreign(a: Reading, b: Reading) -> bool:
    return a.report.outlet is None or a.report.outlet != b.report.outlet


def _naming(ordered: Sequence[Reading]) -> Iterator[tuple[int, int]]:
    """(later, earlier) where the later report names the other's outlet: of each outlet its last reports before."""
    known = _names_of_the_story(ordered)
    naming = Naming(r.report.outlet for r in ordered if r.report.outlet)
    seen: dict[str, list[int]] = defaultdict(list)
    for later, reading in enumerate(ordered):
        text, own = reading.report.text, reading.report.outlet
        foreign = [outlet for outlet in seen if outlet != own]
        meant = state_outlets(text, foreign, known)
        for outlet in sorted((naming.named(text) | set(meant)) & seen.keys() - {own}):
            yield from ((later, earlier) for earlier in seen[outlet][-FIRST:])
        if own is not None:
            seen[own].append(later)


def _names_of_the_story(ordered: Sequence[Reading]) -> frozenset[str]:
    """The capitalised words that stand in most reports: the country, the town."""
    counts = Counter(word for r in ordered for word in {w.lower() for w in _NAME.findall(r.report.text)})
    return frozenset(word for word, n in counts.items() if n > 0.6 * len(ordered))


def _edge(earlier: Reading, later: Reading, share: float, retold: bool) -> Edge | None:
    of, report = earlier.report, later.report
    same_house = not _foreign(earlier, later)
    if share >= VERBATIM:
        return Edge(of.id, report.id, "verbatim", round(share, 3))
    if not same_house and (names_outlet(report.text, of.outlet)):
        return Edge(of.id, report.id, "cites", round(share, 3))
    if not same_house and (retold or share >= REWRITE):
        return Edge(of.id, report.id, "rewrite", round(share, 3))
    return None if same_house else Edge(of.id, report.id, "cites", round(share, 3))


def _without_detours(edges: list[Edge]) -> list[Edge]:
    """A report that rewrites a text need not be said to rewrite what that text copied, too."""
    copied: dict[str, set[str]] = defaultdict(set)
    for e in edges:
        if e.kind != "cites":
            copied[e.report].add(e.of)
    return [e for e in edges if not (e.kind == "rewrite" and any(e.of in copied.get(mid, ()) for mid in copied[e.report]))]
