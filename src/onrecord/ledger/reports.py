"""Reports and readings in the database. A report's text never changes; the same text is never read twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from itertools import islice
from typing import Any

from msgspec import json
from msgspec.structs import replace
from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from onrecord.ledger import tables as t
from onrecord.ledger.nearness import bag_of
from onrecord.ledger.packing import pack, unpack
from onrecord.ledger.store import Store
from onrecord.reading.encoder import Encoder
from onrecord.reading.reader import read
from onrecord.records import Reading, Report
from onrecord.version import VERSION

BATCH = 16  # readings that are kept in one transaction; of a run that is killed at most so many are lost
MANY = 400  # values in one question to the database
SEARCHED = 200_000  # characters of a report that can be searched
Key = tuple[str, str, str, str]


def now() -> str:
    """The time, ISO, UTC, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def add_reports(store: Store, reports: Sequence[Report]) -> list[Report]:
    """Keeps reports, all or none; returns them under the ids they have in the ledger.

    The same id and text is the same report, whose other fields may be told better now; an id with another text gets a number.
    """
    kept: list[Report] = []
    with store.writing() as db:
        held = {row.id: row.sha256 for row in db.execute(select(t.report.c.id, t.report.c.sha256))}
        number = db.execute(select(func.max(t.report.c.number))).scalar() or 0
        fresh: dict[str, dict[str, Any]] = {}
        for report in reports:
            id = report.id.encode("utf-8", "replace").decode().replace("\0", "\ufffd")
            name, count = id, 1
            while held.get(name, report.sha256) != report.sha256:
                count += 1
                name = f"{id}#{count}"
            report = replace(report, id=name)
            kept.append(report)
            if name not in held:
                number += 1
                fresh[name] = {"number": number, "captured": now(), "placed": False, **_row(report)}
            elif name in fresh:
                fresh[name] |= _row(report)
            else:
                db.execute(update(t.report).where(t.report.c.id == name).values(_row(report)))
            held[name] = report.sha256
        if fresh:
            db.execute(insert(t.report), list(fresh.values()))
            db.execute(insert(t.report_words), [searched_row(row["number"], row["body"]) for row in fresh.values()])
    return kept


def all_reports(store: Store) -> list[Report]:
    """All reports, in the order they came."""
    with store.reading() as db:
        return [unpack(body, Report) for body in db.execute(select(t.report.c.body).order_by(t.report.c.number)).scalars()]


def readings_of(store: Store, reports: Sequence[Report], encoder: Encoder) -> Iterator[Reading]:
    """A reading for each report of the ledger, in order: kept ones as they are, the others read now and kept, batch by batch."""
    missing = _missing(store, reports, encoder)
    stream = iter(read(missing.values(), encoder))
    made: dict[Key, Reading] = {}
    waiting: dict[Key, Reading] = {}
    rest = iter(reports)
    while batch := list(islice(rest, BATCH)):
        with store.reading() as db:
            kept = _kept(db, [_key(r, encoder) for r in batch if _key(r, encoder) not in missing])
        for report in batch:
            key = _key(report, encoder)
            if key in missing and key not in made:
                made[key] = waiting[key] = next(stream)
                if len(waiting) == BATCH:
                    _keep(store, waiting)
            yield _of(report, kept.get(key) or made[key])
    _keep(store, waiting)


def rows_of_first_version(bodies: Sequence[bytes]) -> list[dict[str, Any]]:
    """Rows of the first ledger's reports, for the migration."""
    reports = [json.decode(body, type=Report) for body in bodies]
    return [{"number": n, "captured": now(), "placed": False, **_row(report)} for n, report in enumerate(reports, 1)]


def _row(report: Report) -> dict[str, Any]:
    return {
        "id": report.id,
        "sha256": report.sha256,
        "body": pack(report),
        "title": report.title,
        "outlet": report.outlet,
        "published": report.published,
        "extractor": _extractor(report),
        "bag": bag_of(f"{report.title or ''}\n{report.text}"),
        "words": len(report.text.split()),
        "defects": json.encode(report.defects).decode(),
    }


def _extractor(report: Report) -> str:
    """The program that made text of the file, with its version."""
    made = f"onrecord {VERSION}"
    return f"{made}, trafilatura {version('trafilatura')}" if report.id.lower().endswith((".html", ".htm")) else made


def searched_row(number: int, body: bytes) -> dict[str, Any]:
    report = unpack(body, Report)
    words = f"{report.title or ''}\n{report.outlet or ''}\n{report.text[:SEARCHED]}"
    return {"rowid": number, "body": words.replace("\0", " ")}


def _key(report: Report, encoder: Encoder) -> Key:
    return report.sha256, (report.published or "")[:10], VERSION, encoder.model


def _missing(store: Store, reports: Sequence[Report], encoder: Encoder) -> dict[Key, Report]:
    """The reports without a reading, one of each text."""
    wanted = {_key(r, encoder): r for r in reversed(reports)}
    with store.reading() as db:
        c = t.reading.c
        rows = db.execute(select(c.sha256, c.published).where(c.version == VERSION, c.model == encoder.model))
        for sha256, published in rows:
            wanted.pop((sha256, published, VERSION, encoder.model), None)
    order = dict.fromkeys(key for r in reports if (key := _key(r, encoder)) in wanted)
    return {key: wanted[key] for key in order}


def _kept(db: Connection, keys: Sequence[Key]) -> dict[Key, Reading]:
    c = t.reading.c
    found: dict[Key, Reading] = {}
    for version_, model in {key[2:] for key in keys}:
        texts = sorted({key[0] for key in keys})
        rows = db.execute(select(c.sha256, c.published, c.body).where(c.version == version_, c.model == model, c.sha256.in_(texts)))
        found |= {(row.sha256, row.published, version_, model): unpack(row.body, Reading) for row in rows}
    return found


def _keep(store: Store, made: dict[Key, Reading]) -> None:
    if made:
        names = ("sha256", "published", "version", "model")
        rows = [
            {**dict(zip(names, key, strict=True)), "body": pack(replace(m, report=replace(m.report, text="")))} for key, m in made.items()
        ]
        same = [{f"b_{name}": value for name, value in zip(names, key, strict=True)} for key in made]
        with store.writing() as db:  # another program may have read the same
            db.execute(delete(t.reading).where(*(t.reading.c[name] == bindparam(f"b_{name}") for name in names)), same)
            db.execute(insert(t.reading), rows)
        made.clear()


def _of(report: Report, reading: Reading) -> Reading:
    return replace(reading, report=report, defects=(*report.defects, *reading.defects[len(reading.report.defects) :]))
