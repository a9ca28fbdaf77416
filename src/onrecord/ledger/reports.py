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
from onrecord.ledger.rows import batches
from onrecord.ledger.state import STALE, keep_state
from onrecord.ledger.store import Store
from onrecord.reading.encoder import Encoder
from onrecord.reading.reader import read
from onrecord.records import Defect, Reading, Report, sha256_of
from onrecord.version import VERSION

BATCH = 16  # readings that are kept in one transaction; of a run that is killed at most so many are lost
SEARCHED = 200_000  # characters of a report that can be searched
LONGEST_NAME = 300  # characters of an id or an outlet
_FIELDS = ("title", "outlet", "url", "author", "published", "language")
Key = tuple[str, str, str, str]


def now() -> str:
    """The time, ISO, UTC, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def add_reports(store: Store, reports: Sequence[Report]) -> list[Report]:
    """Keeps reports, all or none; returns them under the ids they have in the ledger.

    The same id and text is the same report, of which a date, an outlet, a title … may be told later or better; an id with another text
    gets a number.
    """
    kept: list[Report] = []
    with store.writing() as db:
        held = {row.id: row.sha256 for row in db.execute(select(t.report.c.id, t.report.c.sha256))}
        number = db.execute(select(func.max(t.report.c.number))).scalar() or 0
        fresh: dict[str, dict[str, Any]] = {}
        for report in map(_sound, reports):
            name, count = report.id, 1
            while held.get(name, report.sha256) != report.sha256:
                count += 1
                name = f"{report.id}#{count}"
            report = replace(report, id=name)
            if name not in held:
                number += 1
                fresh[name] = {"number": number, "captured": now(), "placed": False, **_row(report)}
            elif name in fresh:
                report = _better(unpack(fresh[name]["body"], Report), report)
                fresh[name] |= _row(report)
            else:
                report = _told_again(db, report)
            kept.append(report)
            held[name] = report.sha256
        if fresh:
            db.execute(insert(t.report), list(fresh.values()))
            db.execute(insert(t.report_words), [searched_row(row["number"], row["body"]) for row in fresh.values()])
    return kept


def holds(store: Store, reports: Sequence[Report]) -> bool:
    """Are all of these held, under these ids?"""
    with store.reading() as db:
        held = {(row.id, row.sha256) for row in db.execute(select(t.report.c.id, t.report.c.sha256))}
    return all((r.id, r.sha256) in held for r in reports)


def _sound(report: Report) -> Report:
    """A report whose id and outlet any database can hold: of a name that is too long the beginning is kept, which is a defect."""
    names = {"id": report.id.encode("utf-8", "replace").decode().replace("\0", "\ufffd"), "outlet": report.outlet}
    long = [key for key, name in names.items() if name and len(name) > LONGEST_NAME]
    for key in long:
        name = str(names[key])
        names[key] = f"{name[:LONGEST_NAME]}…{sha256_of(name)[:12]}"
    told = tuple(Defect(code="too_long", message=f"its {key} is longer than {LONGEST_NAME} characters, and was shortened") for key in long)
    return replace(report, **names, defects=(*report.defects, *told))


def _better(held: Report, again: Report) -> Report:
    """A report as it is known after it was told again: what is told now, else what was."""
    return replace(again, **{key: value for key in _FIELDS if getattr(again, key) is None and (value := getattr(held, key)) is not None})


def _told_again(db: Connection, report: Report) -> Report:
    """Keeps what is told better of a report that is there; a new date or outlet makes its claims be told anew."""
    row = db.execute(select(t.report.c.number, t.report.c.body, t.report.c.placed).where(t.report.c.id == report.id)).one()
    held = unpack(row.body, Report)
    better = _better(held, report)
    if better != held:
        values = _row(better)
        if row.placed:
            del values["defects"]  # those of its reading stand there
        db.execute(update(t.report).where(t.report.c.number == row.number).values(values))
        db.execute(delete(t.report_words).where(t.report_words.c.rowid == row.number))
        db.execute(insert(t.report_words), [searched_row(row.number, values["body"])])
        if row.placed and (better.published, better.outlet) != (held.published, held.outlet):
            keep_state(db, STALE, "yes")
    return better


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


def waiting(store: Store) -> int:
    """How many reports have claims that are not told."""
    with store.reading() as db:
        return db.execute(select(func.count()).select_from(t.report).where(~t.report.c.placed)).scalar_one()


def defects_of(store: Store, ids: Sequence[str]) -> list[tuple[str, Defect]]:
    """(id, defect) of all that is wrong with these reports."""
    found: dict[str, tuple[Defect, ...]] = {}
    with store.reading() as db:
        for batch in batches(ids):
            for id, told in db.execute(
                select(t.report.c.id, t.report.c.defects).where(t.report.c.id.in_(batch), t.report.c.defects != "[]")
            ):
                found[id] = json.decode(told, type=tuple[Defect, ...])
    return [(id, defect) for id in dict.fromkeys(ids) for defect in found.get(id, ())]


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
