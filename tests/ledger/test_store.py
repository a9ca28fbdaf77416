"""Migrations, the check, backups."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import text

from onrecord.ledger import LedgerError
from onrecord.ledger.backup import backup, restore
from onrecord.ledger.check import check
from onrecord.ledger.packing import pack
from onrecord.ledger.tables import APPLICATION, REVISION
from onrecord.records import Report
from onrecord.reports.files import complete
from onrecord.version import VERSION
from tests.ledger.conftest import QuickLedger, quick_reading, story
from tests.ledger.test_judging import merge

TEXTS = ("Ana said: the bridge is shut. Ben said: the river rose.", "Cem denied: the bridge is shut.")


def test_the_revision_is_that_of_the_newest_migration() -> None:
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", "onrecord.ledger:migrations")
    assert ScriptDirectory.from_config(config).get_current_head() == REVISION


def test_the_tables_are_those_that_the_migrations_make(ledger: QuickLedger) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    from onrecord.ledger.tables import metadata

    with ledger.store.reading() as db:
        words = {"report_words", "claim_words"}
        context = MigrationContext.configure(
            db, opts={"include_name": lambda name, kind, parents: not (name or "").startswith(tuple(words))}
        )
        found = [d for d in compare_metadata(context, metadata) if not (isinstance(d[0], str) and "index" in d[0])]
    assert found == []


def test_a_ledger_of_the_first_version_becomes_one_of_this(tmp_path: Path) -> None:
    target = tmp_path / "old.db"
    old = sqlite3.connect(target)
    old.execute(f"pragma application_id={APPLICATION}")
    old.executescript(
        "create table report (id text primary key, sha256 text not null, body blob not null) strict;"
        "create table reading (sha256 text not null, published text not null, version text not null, model text not null, body blob not null,"
        " primary key (sha256, published, version, model)) strict;"
    )
    for report in story(*TEXTS):
        old.execute("insert into report values (?, ?, ?)", (report.id, report.sha256, msgspec.json.encode(report)))
        key = (report.sha256, (report.published or "")[:10], VERSION, "quick")
        old.execute("insert into reading values (?, ?, ?, ?, ?)", (*key, msgspec.json.encode(quick_reading(report))))
    old.commit()
    old.close()
    with QuickLedger(target) as ledger:
        assert ledger.reports() == story(*TEXTS)
        ledger.update()
        assert len(ledger.account().claims) == 2
        assert list(check(ledger.store)) == []


def test_a_ledger_of_a_later_version_is_refused(target: str) -> None:
    with QuickLedger(target) as ledger, ledger.store.writing() as db:
        db.execute(text("update alembic_version set version_num = '9999'"))
    with pytest.raises(LedgerError, match=r"made by a later onrecord \(revision 9999"):
        QuickLedger(target)


DAMAGE = {
    "a text that was changed": ("report", "its text is not the one that was hashed"),
    "words that are not there": ("update mention set words = 'other words' where number = 1", "is not the words noted"),
    "a span outside": ("update mention set \"end\" = 9999 where number = 1", "lies outside its text"),
    "a lost reading": ("delete from reading", "its reading is lost"),
    "a count that is wrong": ("update claim set mentions = 7 where number = 1", "claim c1: 7 mentions are counted"),
    "a source that is not there": ("update mention set source = 999 where number = 1", "mention.source: 1 rows lead to no actor"),
    "bytes that are no record": ("body", "damaged"),
    "a search without a report": ("delete from report_words where rowid = 1", "1 can be searched, 2 should be"),
}  # fmt: skip


@pytest.mark.parametrize("damage", DAMAGE)
def test_damage_is_found_and_named(ledger: QuickLedger, damage: str) -> None:
    ledger.add(story(*TEXTS))
    ledger.update()
    assert list(check(ledger.store)) == []
    statement, said = DAMAGE[damage]
    with ledger.store.writing() as db:
        if statement == "report":
            changed = pack(msgspec.structs.replace(ledger.reports()[0], text="Ana said: the bridge is open."))
            db.execute(text("update report set body = :body where number = 1"), {"body": changed})
        elif statement == "body":
            db.execute(text("update reading set body = :body"), {"body": b"\x00"})
        else:
            db.execute(text(statement))
    assert any(said in line for line in check(ledger.store)), list(check(ledger.store))


def test_a_backup_is_the_whole_ledger(ledger: QuickLedger, tmp_path: Path) -> None:
    ledger.add(story(*TEXTS))
    ledger.update()
    merge(ledger, "c2", "c1")
    out = tmp_path / "backup.db"
    backup(ledger.store, out)
    with pytest.raises(LedgerError, match="there is a file already"):
        backup(ledger.store, out)
    restore(out, str(tmp_path / "again.db"))
    with QuickLedger(tmp_path / "again.db") as again:
        assert (again.account(), again.judgements(), again.reports()) == (ledger.account(), ledger.judgements(), ledger.reports())
        assert list(check(again.store)) == []
        again.add([complete(Report(id="more", text="Dora said: the river rose."))])
        assert again.update().how == "rebuilt"
    assert [p.name for p in sorted(tmp_path.iterdir()) if "backup" in p.name and p.suffix not in (".db-wal", ".db-shm")] == ["backup.db"]


def test_a_backup_goes_to_another_database(ledger: QuickLedger, target: str, tmp_path: Path) -> None:
    with QuickLedger(tmp_path / "small.db") as small:
        small.add(story(*TEXTS))
        small.update()
        backup(small.store, tmp_path / "backup.db")
        restore(tmp_path / "backup.db", target)
        assert ledger.account() == small.account()
        merge(ledger, "c2", "c1")
        ledger.rebuild()
        assert len(ledger.account().claims) == 1 and list(check(ledger.store)) == []
    with pytest.raises(LedgerError, match="holds something already"):
        restore(tmp_path / "backup.db", target)
