"""The gazetteer: place names and where they lie, in one file that is mapped into memory and opens at once.

``places.bin`` holds a header (JSON, its length in the first eight bytes) and arrays: ``keys`` (k, sorted 64-bit hashes of folded names)
with ``rows`` (k, the entry each means), and of each entry ``lat``, ``lon``, ``size`` (log10 of inhabitants), ``kind``, ``country``,
``number`` (GeoNames id or 0), and the offsets of its name and its parent region's. Made by ``training/gazetteer.py`` from GeoNames
(CC BY 4.0), Natural Earth (public domain) and the table ``lexicon/regions.tsv``.
"""

from __future__ import annotations

import json
import mmap
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import blake2b
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np

FILE = Path(str(files("onrecord") / "weights" / "places.bin"))
KINDS = ("country", "first-level", "second-level", "region", "water", "city")
_SAINT = re.compile(r"\b(?:st|ste)\b")
_NOT_LETTERS = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Entry:
    """A place: ``country`` is ISO 3166 alpha-3 or empty; ``size`` the logarithm of its inhabitants; ``parent`` its first-level region."""

    name: str
    kind: str
    country: str
    lat: float
    lon: float
    size: float
    number: int
    parent: str

    @property
    def id(self) -> str:
        """``geonames:703448``, or the kind and name of what GeoNames does not number."""
        return f"geonames:{self.number}" if self.number else f"{self.kind}:{self.country or '-'}:{self.name}"


def folded_name(name: str) -> str:
    """A name without case, accents and punctuation: "St. Petersburg" → saint petersburg."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.lower()) if not unicodedata.combining(c))
    return _SAINT.sub("saint", _NOT_LETTERS.sub(" ", plain.replace("'", "").replace("’", ""))).strip().removeprefix("the ")


def key_of(folded: str) -> int:
    """The 64-bit hash of a folded name."""
    return int.from_bytes(blake2b(folded.encode(), digest_size=8).digest(), "little")


class Gazetteer:
    """An opened file. Raises OSError when there is none."""

    def __init__(self, file: Path = FILE) -> None:
        with file.open("rb") as opened:
            self._bytes = mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)
        size = int.from_bytes(self._bytes[:8], "little")
        header: dict[str, Any] = json.loads(self._bytes[8 : 8 + size])
        self._countries: list[str] = header["countries"]
        self._arrays = {
            name: np.frombuffer(self._bytes, np.dtype(kind), count, 8 + size + start) for name, kind, start, count in header["arrays"]
        }

    def find(self, name: str) -> list[Entry]:
        """All places of a name, the largest first."""
        return [self._entry(row) for row in self._rows(folded_name(name))]

    @lru_cache(maxsize=1024)  # noqa: B019 - one gazetteer lives as long as the process
    def near_names(self, name: str) -> list[Entry]:
        """All places whose name is one letter away from this one, the largest first."""
        folded = folded_name(name)
        rows = {row for way in _edits(folded) for row in self._rows(way)}
        return sorted((self._entry(row) for row in rows), key=lambda e: -e.size)

    def _rows(self, folded: str) -> list[int]:
        key = np.uint64(key_of(folded))
        keys = self._arrays["keys"]
        first = int(np.searchsorted(keys, key))
        last = first
        while last < len(keys) and keys[last] == key:
            last += 1
        rows: list[int] = self._arrays["rows"][first:last].tolist()
        return rows

    @lru_cache(maxsize=4096)  # noqa: B019 - one gazetteer lives as long as the process
    def _entry(self, row: int) -> Entry:
        a = self._arrays
        parent = int(a["parent"][row])
        return Entry(
            self._text(row),
            KINDS[a["kind"][row]],
            self._countries[a["country"][row]],
            round(float(a["lat"][row]), 4),
            round(float(a["lon"][row]), 4),
            float(a["size"][row]),
            int(a["number"][row]),
            self._text(parent) if parent >= 0 else "",
        )

    def _text(self, row: int) -> str:
        start, end = self._arrays["names"][row : row + 2].tolist()
        return bytes(self._arrays["text"][start:end]).decode()


def packed(countries: list[str], arrays: dict[str, Any]) -> bytes:
    """The bytes of a gazetteer file."""
    rows, at = [], 0
    for name, values in arrays.items():
        rows.append((name, values.dtype.str, at, len(values)))
        at += -(-values.nbytes // 8) * 8
    header = json.dumps({"countries": countries, "arrays": rows}).encode()
    header += b" " * (-len(header) % 8)
    body = b"".join(values.tobytes() + b"\0" * (-values.nbytes % 8) for values in arrays.values())
    return len(header).to_bytes(8, "little") + header + body


def _edits(word: str) -> Iterable[str]:
    """Words one letter away (Norvig 2007): one left out, put in, changed, or two swapped."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    for at in range(len(word) + 1):
        before, after = word[:at], word[at:]
        if after:
            yield before + after[1:]
            yield from (before + c + after[1:] for c in letters if c != after[0])
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:]
        yield from (before + c + after for c in letters)


@cache
def gazetteer() -> Gazetteer:
    """The one that ships."""
    return Gazetteer()
