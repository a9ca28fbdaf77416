"""Killed at any point nothing acknowledged is lost or doubled; two writers wait or fail clearly; what cannot be written is one clear error.

A child process, forked so that hundreds of kills take seconds, adds reports, judges and rebuilds, and says through a pipe what is done.
The parent kills it at a random moment, and looks.
"""

from __future__ import annotations

import os
import random
import resource
import signal
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from onrecord.ledger import LedgerError
from onrecord.ledger.check import check
from onrecord.ledger.judging import append, places_of
from onrecord.records import Judgement
from tests.ledger.conftest import QuickLedger, story

KILLS = {"sqlite": 300, "postgresql": 60}
LONGEST = 0.12  # seconds a child lives
NAMES = "Ana Ben Cem Dora Eve Fay Gus Hal".split()
MATTERS = ("the bridge is shut", "the river rose", "two boats sank", "nobody was hurt", "the road is dry")


def report_text(number: int) -> str:
    draw = random.Random(number)
    return " ".join(f"{draw.choice(NAMES)} {draw.choice(('said', 'said', 'denied'))}: {matter}." for matter in draw.sample(MATTERS, 3))


def work(target: str, first: int, seed: int, done: Callable[[str], None]) -> None:
    """Adds, judges and rebuilds until it is killed."""
    draw = random.Random(seed)
    with QuickLedger(target) as ledger:
        number = first
        while True:
            added = ledger.add(story(report_text(number), first=number))
            done(f"report {added[0].id}")
            number += 1
            if draw.random() < 0.6:
                ledger.update()
            if draw.random() < 0.3:
                ledger.rebuild()
            claims = ledger.account().claims
            if len(claims) > 1 and draw.random() < 0.5:
                with ledger.store.writing() as db:
                    made = append(db, _credibility(claims[draw.randrange(len(claims))].id, places_of, db, seed))
                done(f"judgement {made.id} {seed}")


def _credibility(id: str, places: Any, db: Any, seed: int) -> Judgement:
    return Judgement(id=0, kind="credibility", claim=id, places=places(db, id), value="2", reason=str(seed), by="child", at="")


def _child(target: str, first: int, seed: int) -> tuple[int, int]:
    """(process, end of a pipe that tells what it has done)."""
    reading, writing = os.pipe()
    child = os.fork()
    if child:
        os.close(writing)
        return child, reading
    try:
        os.close(reading)
        work(target, first, seed, lambda line: (os.write(writing, f"{line}\n".encode()), None)[1])
    finally:
        os._exit(1)


def test_killed_at_any_point_nothing_is_lost_or_doubled(target: str) -> None:
    draw = random.Random(7)
    QuickLedger(target).store.close()
    acknowledged: list[str] = []
    kills = KILLS["postgresql" if target.startswith("postgresql") else "sqlite"]
    for kill in range(kills):
        child, pipe = _child(target, first=1000 * (kill // 60) + 3 * (kill % 60), seed=kill)
        time.sleep(draw.uniform(0.005, LONGEST))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        with os.fdopen(pipe) as told:
            acknowledged += told.read().splitlines()
        if kill % 20 == 19:
            _look(target, acknowledged)
    _look(target, acknowledged)
    assert len(acknowledged) > kills / 2  # they were not all killed before they did anything


def _look(target: str, acknowledged: list[str]) -> None:
    with QuickLedger(target) as ledger:
        assert list(check(ledger.store)) == []
        ids = [r.id for r in ledger.reports()]
        assert len(ids) == len(set(ids))
        assert {line.split()[1] for line in acknowledged if line.startswith("report")} <= set(ids)
        made = {j.id: j.reason for j in ledger.judgements()}
        for line in acknowledged:
            kind, number, *seed = line.split()
            assert kind == "report" or made[int(number)] == seed[0]
        ledger.update()
        assert {r.id for r in ledger.account().reports} == set(ids)
        held = [(m.report, m.span, m.attribution) for c in ledger.account().claims for m in c.mentions]
        assert len(held) == len(set(held)) == sum(r.text.count(":") for r in ledger.reports())


def test_two_that_add_at_once_both_are_done(target: str) -> None:
    QuickLedger(target).store.close()
    failed: list[BaseException] = []

    def add(first: int) -> None:
        try:
            with QuickLedger(target) as ledger:
                for number in range(first, first + 6):
                    ledger.add(story(report_text(number), first=number))
                    ledger.update()
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=add, args=(first,)) for first in (0, 100)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    with QuickLedger(target) as ledger:
        ledger.update()
        assert len(ledger.account().reports) == 12
        assert list(check(ledger.store)) == []


def test_one_file_by_two_names_is_one_ledger(tmp_path: Path) -> None:
    QuickLedger(tmp_path / "story.db").store.close()
    (tmp_path / "link.db").symlink_to(tmp_path / "story.db")
    with QuickLedger(tmp_path / "story.db") as first, QuickLedger(tmp_path / "link.db", wait=0.2) as second:
        lock = first.store.sole()
        lock.__enter__()
        with pytest.raises(LedgerError, match="another program"):
            second.rebuild()
        lock.__exit__(None, None, None)


def test_a_report_that_came_during_a_rebuild_is_told_by_the_next_update(target: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with QuickLedger(target) as ledger, QuickLedger(target) as other:
        ledger.add(story("Ana said: a b c."))
        tell = ledger._tell
        monkeypatch.setattr(
            ledger, "_tell", lambda readings, **more: (other.add(story("Ben said: d e f.", first=1)), tell(readings, **more))[1]
        )
        ledger.rebuild()
        assert ledger.waiting() == 1
        other.update()
        assert len(ledger.account().claims) == 2 and list(check(ledger.store)) == []


def test_who_waits_too_long_is_told_so(target: str) -> None:
    with QuickLedger(target) as first, QuickLedger(target, wait=0.2) as second:
        with first.store.sole(), pytest.raises(LedgerError, match="another program is adding to it or rebuilding it"):
            second.rebuild()
        with first.store.writing(), pytest.raises(LedgerError, match="another program is writing to it"):
            second.add(story("Ana said: a b c."))
        second.add(story("Ana said: a b c."))


def test_what_reads_sees_one_state_while_another_writes(target: str) -> None:
    with QuickLedger(target) as writer, QuickLedger(target) as reader:
        writer.add(story("Ana said: a b c."))
        with reader.store.reading() as db:
            before = db.exec_driver_sql("select count(*) from report").scalar_one()
            writer.add(story("Ben said: d e f.", first=1))
            assert db.exec_driver_sql("select count(*) from report").scalar_one() == before == 1
        assert len(reader.reports()) == 2


def test_a_full_disk_is_one_clear_error_and_costs_nothing(tmp_path: Path) -> None:
    target = tmp_path / "story.db"
    with QuickLedger(target) as ledger:
        ledger.add(story("Ana said: a b c."))
        ledger.update()

        @event.listens_for(ledger.store._engine, "begin")
        def full(connection: Any) -> None:
            (pages,) = connection.exec_driver_sql("pragma page_count").one()
            connection.exec_driver_sql(f"pragma max_page_count={pages}")

        with pytest.raises(LedgerError, match=r"story\.db: the disk is full; nothing was written"):
            ledger.add(story(*(f"Ben said: {random.Random(n).randbytes(3000).hex()}." for n in range(50)), first=1))
    with QuickLedger(target) as ledger:
        assert len(ledger.reports()) == 1 and list(check(ledger.store)) == []


def test_a_disk_that_takes_no_more_bytes_is_told(tmp_path: Path) -> None:
    """A limit of the operating system, in a process of its own."""
    target = tmp_path / "story.db"
    QuickLedger(target).store.close()
    child = os.fork()
    if not child:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))
        try:
            with QuickLedger(target) as ledger:
                ledger.add(story(*(f"Ben said: {random.Random(n).randbytes(9000).hex()}." for n in range(99))))
        except LedgerError as error:
            os._exit(3 if "story.db" in str(error) and "disk" in str(error) else 4)
        finally:
            os._exit(5)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 3
    with QuickLedger(target) as ledger:
        assert ledger.reports() == [] and list(check(ledger.store)) == []


def test_a_ledger_that_may_not_be_written(target: str) -> None:
    with QuickLedger(target) as ledger:
        ledger.add(story("Ana said: a b c."))
    with QuickLedger(target, read_only=True) as ledger:
        assert len(ledger.reports()) == 1
        with pytest.raises(LedgerError, match="opened to be read only"):
            ledger.add(story("Ben said: a b c."))


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_a_file_of_somebody_else_is_told(tmp_path: Path) -> None:
    target = tmp_path / "story.db"
    QuickLedger(target).store.close()
    target.chmod(0o444)
    tmp_path.chmod(0o555)
    for above in tmp_path.parents:
        if above != Path("/") and above.stat().st_uid == 0 and str(above).startswith(str(Path("/tmp"))) and above != Path("/tmp"):
            above.chmod(0o755)
    child = os.fork()
    if not child:
        os.setuid(65534)
        try:
            with QuickLedger(target) as ledger:
                ledger.add(story("Ana said: a b c."))
        except LedgerError as error:
            os._exit(3 if "story.db" in str(error) and "may not be written" in str(error) else 4)
        finally:
            os._exit(5)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 3
