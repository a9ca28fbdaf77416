"""The outlines of the world's countries for the workbench's map: one SVG path, in degrees (x: longitude, y: minus latitude).

Made of the npm package world-atlas (ISC; Natural Earth, public domain): ``python training/world.py countries-110m.json world.txt``.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any


def main(source: str, out: str) -> None:
    topology = json.loads(Path(source).read_text(encoding="utf-8"))
    arcs = [_decoded(arc, topology["transform"]) for arc in topology["arcs"]]
    # every border once: the arcs themselves, not the rings that share them
    path = "".join(_path(arc) for arc in arcs)
    Path(out).write_text(path + "\n", encoding="utf-8")


def _decoded(arc: list[list[int]], transform: dict[str, Any]) -> list[tuple[float, float]]:
    (sx, sy), (dx, dy) = transform["scale"], transform["translate"]
    x = y = 0
    points = []
    for step_x, step_y in arc:
        x, y = x + step_x, y + step_y
        points.append((x * sx + dx, y * sy + dy))
    return points


def _path(arc: list[tuple[float, float]]) -> str:
    """Lines; a border that goes round the back of the world is cut there."""
    path, before = "", None
    for lon, lat in arc:
        path += f"{'M' if before is None or abs(lon - before) > 180 else 'L'}{lon:.1f} {-lat:.1f}"
        before = lon
    return path


if __name__ == "__main__":
    main(*sys.argv[1:3])
