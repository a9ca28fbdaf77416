"""A claim's chains as one small drawing: origins on the left, go-betweens in the middle, outlets on the right.

SVG without script or style of its own; all text of reports is escaped. A line is a mention: solid for who asserts it, dashed for who
denies or doubts it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from markupsafe import Markup, escape

from onrecord.records import Claim, Mention

MOST = 14  # mentions drawn
_WIDTH, _BOX, _ROW, _HIGH, _LETTERS = 760, 200, 30, 22, 30
_AGAINST = frozenset(["denies", "doubts", "declines", "condemns", "asks"])
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class _Node:
    column: int
    name: str


def drawing(claim: Claim, name: Callable[[str | None], str], outlet: Callable[[str], str]) -> Markup:
    """The chains of a claim's mentions; ``name`` and ``outlet`` give the names of actors and of reports' outlets."""
    chains = list(dict.fromkeys(_chain(m, name, outlet) for m in claim.mentions))[:MOST]
    nodes = list(dict.fromkeys(node for chain, _ in chains for node in chain))
    columns = sorted({n.column for n in nodes})
    at: dict[_Node, Point] = {}
    for place, column in enumerate(columns):
        x = place * (_WIDTH - _BOX) / max(1, len(columns) - 1)
        for row, node in enumerate(n for n in nodes if n.column == column):
            at[node] = (x, row * _ROW + 4)
    height = 8 + _ROW * max(sum(n.column == c for n in nodes) for c in columns)
    lines = Markup("").join(_line(at[a], at[b], against) for chain, against in chains for a, b in zip(chain, chain[1:], strict=False))
    boxes = Markup("").join(_box(at[n], n, origin=n.name in {name(o.actor) for o in claim.origins}) for n in nodes)
    label = Markup('role="img" aria-label="{}"').format("; ".join(" to ".join(n.name for n in chain) for chain, _ in chains))
    return Markup('<svg class="chains" viewBox="0 0 {} {}" {}>{}{}</svg>').format(_WIDTH, height, label, lines, boxes)


def _chain(mention: Mention, name: Callable[[str | None], str], outlet: Callable[[str], str]) -> tuple[tuple[_Node, ...], bool]:
    between = [_Node(1 + place, name(actor)) for place, actor in enumerate(reversed(mention.via))]
    source = name(mention.source) if mention.source else "no stated source"
    return (_Node(0, source), *between, _Node(99, outlet(mention.report))), mention.stance in _AGAINST


def _line(start: Point, end: Point, against: bool) -> Markup:
    (x, y), (to_x, to_y) = (start[0] + _BOX, start[1] + _HIGH / 2), (end[0], end[1] + _HIGH / 2)
    middle = (x + to_x) / 2
    path = f"M{x:.0f} {y:.0f}C{middle:.0f} {y:.0f} {middle:.0f} {to_y:.0f} {to_x:.0f} {to_y:.0f}"
    return Markup('<path d="{}"{}/>').format(path, Markup(' class="against"') if against else "")


def _box(at: Point, node: _Node, origin: bool) -> Markup:
    words = node.name if len(node.name) <= _LETTERS else node.name[: _LETTERS - 1].rstrip() + "…"
    kind = "origin" if origin and node.column == 0 else "link"
    rect = Markup('<rect x="{:.0f}" y="{:.0f}" width="{}" height="{}" rx="4"/>').format(at[0], at[1], _BOX, _HIGH)
    text = Markup('<text x="{:.0f}" y="{:.0f}">{}</text>').format(at[0] + 7, at[1] + 15, words)
    return Markup('<g class="{}"><title>{}</title>{}{}</g>').format(kind, escape(node.name), rect, text)
