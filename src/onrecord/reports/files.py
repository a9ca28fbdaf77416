"""Reports from .txt, .md, .html and .jsonl files, folders of them, and standard input.

A file that cannot be understood becomes a report without text and with a defect that names the file (and row), so that
its neighbours are read all the same. Only a path that does not exist is the caller's mistake.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from onrecord.records import Defect, Report, sha256_of

SUFFIXES = (".txt", ".md", ".html", ".htm", ".jsonl")
LARGEST = 64 * 2**20  # bytes of one file or row
_FIELDS = frozenset(["id", "text", "title", "outlet", "url", "author", "published", "language"])
_SURROGATE = re.compile("[\ud800-\udfff]")


def load(paths: Iterable[str | Path], stdin: BinaryIO | None = None) -> Iterator[Report]:
    """All reports of the paths, in order; ``-`` is standard input (JSONL). Ids are made unique.

    Raises FileNotFoundError for a path that does not exist, ValueError for a file of a kind that is not read.
    """
    seen: dict[str, int] = {}
    for report in _all(paths, stdin):
        count = seen[report.id] = seen.get(report.id, 0) + 1
        if count > 1:
            defect = Defect(code="duplicate_id", message=f"the id {report.id!r} stands more than once; this one is now {report.id}#{count}")
            report = msgspec.structs.replace(report, id=f"{report.id}#{count}", defects=(*report.defects, defect))
        yield report


def _all(paths: Iterable[str | Path], stdin: BinaryIO | None) -> Iterator[Report]:
    for path in paths:
        if str(path) == "-":
            yield from parse_rows((stdin or sys.stdin.buffer), "standard input")
            continue
        path = Path(path)
        if path.is_dir():
            for file in sorted(p for p in path.rglob("*") if p.suffix.lower() in SUFFIXES and p.is_file()):
                yield from _file(file, str(file.relative_to(path)))
        elif not path.exists():
            raise FileNotFoundError(f"no such file or folder: {path}")
        elif path.suffix.lower() not in SUFFIXES:
            raise ValueError(f"{path}: not a kind of file that is read ({', '.join(SUFFIXES)})")
        else:
            yield from _file(path, path.name)


def _file(path: Path, name: str) -> Iterator[Report]:
    try:
        if path.suffix.lower() == ".jsonl":
            with path.open("rb") as lines:
                yield from parse_rows(lines, name)
            return
        if path.stat().st_size > LARGEST:
            yield broken(name, "too_long", f"{name}: larger than {LARGEST >> 20} MiB")
            return
        raw = path.read_bytes()
    except OSError as error:
        yield broken(name, "unreadable", f"{name}: {error.strerror or error}")
        return
    if path.suffix.lower() in (".html", ".htm"):
        from onrecord.reports.html import from_html

        yield from_html(raw, name)
        return
    text, defects = decoded(raw, name)
    yield complete(Report(id=name, text=text, defects=defects))


def decoded(raw: bytes, name: str) -> tuple[str, tuple[Defect, ...]]:
    """Bytes as text. Binary files give no text; bytes that are not UTF-8 become U+FFFD; both are defects."""
    if b"\0" in raw[:65536] and not raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "", (Defect(code="binary", message=f"{name}: a binary file, not text"),)
    encoding = "utf-16" if raw.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        return raw.decode(encoding), ()
    except UnicodeDecodeError as error:
        text = raw.decode(encoding, "replace")
        return text, (Defect(code="bad_encoding", message=f"{name}: not UTF-8 from byte {error.start}; unknown bytes stand as \ufffd"),)


def parse_rows(lines: BinaryIO | Iterable[bytes], name: str) -> Iterator[Report]:
    """One report a JSON line; a bad row is a report with a defect that says which row and why."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _row(line, number, f"{name}, row {number}")


def _row(line: bytes, number: int, where: str) -> Report:
    nameless = f"row{number}"
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        return broken(nameless, "bad_encoding", f"{where}: not UTF-8 from byte {error.start}")
    except (ValueError, RecursionError) as error:
        return broken(nameless, "bad_row", f"{where}: no JSON ({error})")
    if not isinstance(row, dict):
        return broken(nameless, "bad_row", f"{where}: a JSON object is wanted, this is a {type(row).__name__}")
    name = str(row["id"]) if isinstance(row.get("id"), (str, int)) and str(row["id"]) else nameless
    wrong = [key for key in _FIELDS - {"id"} if row.get(key) is not None and not isinstance(row[key], str)]
    if "text" not in row or wrong:
        what = f"{', '.join(sorted(wrong))} must be a string" if wrong else "no text"
        return broken(_clean(name), "bad_row", f"{where}: {what}")
    known = {key: _clean(row[key]) for key in _FIELDS if key != "id" and row.get(key) is not None}
    extra = {_clean(str(key)): value for key, value in row.items() if key not in _FIELDS}
    defects: tuple[Defect, ...] = ()
    if any(isinstance(value, str) and _SURROGATE.search(value) for value in row.values()):
        defects = (Defect(code="bad_encoding", message=f"{where}: lone surrogates stand as \ufffd"),)
    if _SURROGATE.search(json.dumps(extra, ensure_ascii=False)):
        extra = json.loads(_clean(json.dumps(extra, ensure_ascii=False)))
    return complete(Report(id=_clean(name), extra=extra, defects=defects, **known))


def broken(name: str, code: str, message: str) -> Report:
    """A report that could not be taken in: no text, one defect."""
    return complete(Report(id=name, text="", defects=(Defect(code=code, message=message),)))


def complete(report: Report) -> Report:
    """The report with its hash, and its publication date checked."""
    published, defects = report.published, report.defects
    if published is not None and not is_date(published):
        defects = (*defects, Defect(code="bad_date", message=f"{report.id}: {published!r} is no ISO date; treated as unknown"))
        published = None
    return msgspec.structs.replace(report, sha256=sha256_of(report.text), published=published, defects=defects)


def is_date(value: str) -> bool:
    """Is this an ISO date or date-time?"""
    from datetime import date, datetime

    try:
        date.fromisoformat(value) if len(value) == 10 else datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


def _clean(value: Any) -> Any:
    return _SURROGATE.sub("\ufffd", value)
