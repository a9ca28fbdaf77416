"""Text with coloured marks as safe HTML: spans may overlap and nest, report text is always escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from onrecord.records import Span


@dataclass(frozen=True, slots=True)
class Mark:
    """A span and the CSS class it gets; where marks overlap, the later in the list is on top."""

    span: Span
    css: str


def marked(text: str, span: Span, marks: Sequence[Mark], anchors: Iterable[tuple[int, str]] = ()) -> Markup:
    """text[span] with its marks; ``anchors`` are (position, id) of places that can be linked to."""
    start, end = span
    inside = [m for m in marks if m.span[0] < end and start < m.span[1]]
    spots = [(at, name) for at, name in anchors if start <= at < end]
    edges = sorted({start, end, *(min(max(x, start), end) for m in inside for x in m.span), *(at for at, _ in spots)})
    names: dict[int, list[str]] = {}
    for at, name in spots:
        names.setdefault(at, []).append(name)
    out: list[str] = []
    for a, b in zip(edges, edges[1:], strict=False):
        out.extend(f'<span class="spot" id="{escape(name)}"></span>' for name in names.get(a, ()))
        css = " ".join(dict.fromkeys(m.css for m in inside if m.span[0] <= a and b <= m.span[1]))
        piece = escape(text[a:b])
        out.append(f'<mark class="{escape(css)}">{piece}</mark>' if css else str(piece))
    return Markup("".join(out))
