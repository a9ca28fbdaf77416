"""Which reports repeat the words of others, rewrite them, or cite them.

Proof is exact: shingles of four words that stand in both texts. The direction is by date, else by who names whom.
Containment as in Broder (1997), "On the resemblance and containment of documents".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.records import CopyKind, Reading

VERBATIM, REWRITE = 0.35, 0.08  # shares of the later report's shingles that stand in the earlier one
SHINGLE = 4
_WORD = re.compile(r"\w+")
_SMALL = frozenset("the of news daily press agency online tv radio website blog www com state television a".split())


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


def find_copies(readings: Sequence[Reading]) -> list[Edge]:
    """All edges from later to earlier reports. A report that copies is not also said to cite the same one."""
    ordered = sorted((r for r in readings if r.sentences), key=order_key)
    words = [[w.lower() for w in _WORD.findall(r.report.text)] for r in ordered]
    shingles = [frozenset(zip(*(w[i:] for i in range(SHINGLE)), strict=False)) for w in words]
    common = _boilerplate(shingles)
    edges: list[Edge] = []
    for later, reading in enumerate(ordered):
        for earlier in range(later):
            share = _share(shingles[later] - common, shingles[earlier])
            if edge := _edge(ordered[earlier], reading, share):
                edges.append(edge)
    return _without_detours(edges)


def _boilerplate(shingles: list[frozenset[tuple[str, ...]]]) -> frozenset[tuple[str, ...]]:
    """Shingles that stand in most of five reports or more are of the house, not of the story."""
    if len(shingles) < 8:
        return frozenset()
    counts: dict[tuple[str, ...], int] = {}
    for each in shingles:
        for shingle in each:
            counts[shingle] = counts.get(shingle, 0) + 1
    return frozenset(s for s, n in counts.items() if n > 0.6 * len(shingles))


def _share(part: frozenset[tuple[str, ...]], whole: frozenset[tuple[str, ...]]) -> float:
    return len(part & whole) / len(part) if part else 0.0


def _edge(earlier: Reading, later: Reading, share: float) -> Edge | None:
    of, report = earlier.report, later.report
    same_house = of.outlet is not None and of.outlet == report.outlet
    named = not same_house and names_outlet(report.text, of.outlet)
    if share >= VERBATIM:
        return Edge(of.id, report.id, "verbatim", round(share, 3))
    if named:
        return Edge(of.id, report.id, "cites", round(share, 3))
    if share >= REWRITE and not same_house:
        return Edge(of.id, report.id, "rewrite", round(share, 3))
    return None


def names_outlet(text: str, outlet: str | None) -> bool:
    """Does a text name an outlet: by its full name, its telling words, or its acronym in brackets?"""
    return any(re.search(rf"\b{re.escape(form).replace('the', '[Tt]he', 1)}\b", text) for form in outlet_forms(outlet))


def outlet_forms(outlet: str | None) -> list[str]:
    """The ways an outlet is named: "The Laskov Courier" → Laskov Courier, the Courier; "X News Agency (XNA)" → XNA."""
    if not outlet:
        return []
    forms: list[str] = []
    for part in re.split(r"[()]", outlet):
        name = re.sub(r"^(?:The|the)\s+", "", part.split(",")[0].strip())
        if len(name) < 3:
            continue
        forms.append(name)
        words = name.split()
        telling = [w for w in words if w.lower() not in _SMALL]
        if len(words) > 1 and telling:
            forms.append(f"the {words[-1]}" if words[-1].lower() not in _SMALL or len(words) > 2 else telling[0])
            if len(words) > 2 and all(w[0].isupper() for w in words):
                forms.append("".join(w[0] for w in words))
    return forms


def _without_detours(edges: list[Edge]) -> list[Edge]:
    """Of a report's verbatim sources only the first published and the fullest matter: the others copied it too."""
    copied = {(e.of, e.report) for e in edges if e.kind != "cites"}
    return [
        e
        for e in edges
        if not (
            e.kind == "rewrite" and any((e.of, mid) in copied and (mid, e.report) in copied for mid, _ in ((x.report, 0) for x in edges))
        )
    ]
