"""Reports and their readings in one SQLite file.

Every batch of readings is one transaction, so a run that is killed loses at most the batch it was reading, and started
again reads only what is missing. A reading is found by the sha256 of the text, the publication day (which its times
hang on) and the reader that made it; the same text is never read twice.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from types import TracebackType

import msgspec
from msgspec.structs import replace

from onrecord.reading.encoder import Encoder
from onrecord.reading.reader import read
from onrecord.records import Reading, Report
from onrecord.version import VERSION

BATCH = 16
_ID = 0x6F6E7265  # "onre", SQLite's application_id of a ledger
_SCHEMA = """
create table if not exists report (id text primary key, sha256 text not null, body blob not null) strict;
create table if not exists reading (
  sha256 text not null, published text not null, version text not null, model text not null, body blob not null,
  primary key (sha256, published, version, model)
) strict;
"""


class LedgerError(ValueError):
    """The ledger's file cannot be used; the message names it and says why."""


class Ledger:
    """One file; a context manager. Raises LedgerError when the file is no ledger or cannot be written."""

    def __init__(self, path: str | Path, encoder: Encoder | None = None) -> None:
        self._path, self._encoder = str(path), encoder or Encoder()
        try:
            self._db = sqlite3.connect(self._path, timeout=30)
            self._open()
        except sqlite3.Error as error:
            raise LedgerError(f"{path}: {error}") from error

    def _open(self) -> None:
        (found,) = self._db.execute("pragma application_id").fetchone()
        (tables,) = self._db.execute("select count(*) from sqlite_master").fetchone()
        if tables and found != _ID:
            raise LedgerError(f"{self._path}: a database, but no ledger")
        self._db.execute("pragma journal_mode=wal")
        self._db.execute(f"pragma application_id={_ID}")
        self._db.executescript(_SCHEMA)

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._db.close()

    def add(self, reports: Iterable[Report]) -> None:
        """Keeps reports. The same id and text is the same report; an id with another text gets a number."""
        rows: list[tuple[str, str, bytes]] = []
        held = dict(self._db.execute("select id, sha256 from report").fetchall())
        for report in reports:
            name, count = report.id, 1
            while held.get(name, report.sha256) != report.sha256:
                count += 1
                name = f"{report.id}#{count}"
            held[name] = report.sha256
            rows.append((name, report.sha256, msgspec.json.encode(replace(report, id=name))))
        self._write("insert into report values (?, ?, ?) on conflict (id) do update set body = excluded.body", rows)

    def reports(self) -> list[Report]:
        """All reports, in the order they came."""
        rows = self._db.execute("select body from report order by rowid").fetchall()
        return [msgspec.json.decode(body, type=Report) for (body,) in rows]

    def readings(self, reports: Sequence[Report]) -> Iterator[Reading]:
        """A reading for each report, in order: kept ones as they are, the others read now and kept, batch by batch."""
        self.add(reports)
        waiting = iter(reports)
        while batch := list(islice(waiting, BATCH)):
            kept = {self._key(r): reading for r in batch if (reading := self._kept(r))}
            fresh = list({self._key(r): r for r in batch if self._key(r) not in kept}.values())
            made = {self._key(r): reading for r, reading in zip(fresh, read(fresh, self._encoder), strict=True)}
            self._write(
                "insert or ignore into reading values (?, ?, ?, ?, ?)",
                [(*key, msgspec.json.encode(replace(m, report=replace(m.report, text="")))) for key, m in made.items()],
            )
            for report in batch:
                reading = (kept | made)[self._key(report)]
                yield replace(reading, report=report, defects=(*report.defects, *reading.defects[len(reading.report.defects) :]))

    def _key(self, report: Report) -> tuple[str, str, str, str]:
        return report.sha256, (report.published or "")[:10], VERSION, self._encoder.model

    def _kept(self, report: Report) -> Reading | None:
        where = "sha256 = ? and published = ? and version = ? and model = ?"
        row = self._db.execute(f"select body from reading where {where}", self._key(report)).fetchone()
        return msgspec.json.decode(row[0], type=Reading) if row else None

    def _write(self, statement: str, rows: Sequence[tuple[object, ...]]) -> None:
        try:
            with self._db:
                self._db.executemany(statement, rows)
        except sqlite3.Error as error:
            raise LedgerError(f"{self._path}: {error}") from error
