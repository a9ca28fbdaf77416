"""A copy of a ledger while others read and write it, and back: an SQLite file either way, also of a PostgreSQL database."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from sqlalchemy import func, insert, select, text

from onrecord.ledger.errors import LedgerError
from onrecord.ledger.rows import batches
from onrecord.ledger.store import Store
from onrecord.ledger.tables import claim_words, judgement, metadata, person, report, report_words, snapshot, state

_FILLED = (report, judgement, snapshot, state, person)


def backup(store: Store, out: Path) -> None:
    """Writes all of a ledger, as it is at one moment, to a new file: all of it or nothing."""
    if out.exists():
        raise LedgerError(f"{out}: there is a file already; a backup never overwrites one")
    part = out.with_name(out.name + ".part")
    part.unlink(missing_ok=True)
    try:
        with closing(Store(part)) as made:
            copy(store, made)
            made.close()  # nobody else may have it open
            made.settle_down()
        part.replace(out)
    except OSError as error:
        raise LedgerError(f"{out}: {error.strerror or error}") from error
    finally:
        for leftover in (part, *(part.with_name(part.name + end) for end in ("-wal", "-shm", ".lock"))):
            leftover.unlink(missing_ok=True)


def restore(out: Path, target: str) -> None:
    """Makes a ledger of a backup. The ledger must be new, or empty."""
    with closing(Store(out, read_only=True)) as source, closing(Store(target)) as store:
        with store.reading() as db:
            if any(db.execute(select(func.count()).select_from(table)).scalar_one() for table in _FILLED):
                raise LedgerError(f"{store.name}: holds something already; a backup is restored to a new ledger")
        copy(source, store)


def copy(source: Store, to: Store) -> None:
    """All rows of one ledger into another that has none, in one transaction of each."""
    with source.reading() as old, to.writing() as new:
        for table in (*metadata.sorted_tables, report_words, claim_words):
            columns = [table.c[name] for name in table.c.keys()]  # noqa: SIM118
            rows = old.execute(select(*columns).execution_options(yield_per=1000))
            for batch in batches(rows, 1000):
                new.execute(insert(table), [dict(row._mapping) for row in batch])
        if to.url:  # rows of history are numbered by the database
            last = "(select coalesce(max(number), 0) + 1 from history)"
            new.execute(text(f"select setval(pg_get_serial_sequence('history', 'number'), {last}, false)"))
