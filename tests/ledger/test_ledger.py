import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from onrecord import Ledger, Reading, Report
from onrecord.ledger import LedgerError, ledger
from onrecord.reading.encoder import Encoder
from onrecord.reports.files import complete

TEXT = "The mayor of Orm said that bridge number {} was closed to all traffic after the storm."


def reports(count: int) -> list[Report]:
    return [complete(Report(id=f"r{n}", text=TEXT.format(n))) for n in range(count)]


def test_a_reading_comes_back_as_it_was(tmp_path: Path, encoder: Encoder) -> None:
    with Ledger(tmp_path / "a.db", encoder) as kept:
        first = list(kept.readings(reports(3)))
    with Ledger(tmp_path / "a.db", encoder) as kept:
        assert list(kept.readings(reports(3))) == first
        assert kept.reports() == reports(3)


def test_nothing_is_read_twice(tmp_path: Path, encoder: Encoder, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    real = ledger.read

    def counted(batch: Iterable[Report], with_encoder: Encoder) -> Iterator[Reading]:
        batch = list(batch)
        seen.extend(r.id for r in batch)
        return real(batch, with_encoder)

    monkeypatch.setattr(ledger, "read", counted)
    with Ledger(tmp_path / "a.db", encoder) as kept:
        list(kept.readings(reports(2)))
        again = [*reports(3), complete(Report(id="copy", text=TEXT.format(0)))]
        assert [r.report.id for r in kept.readings(again)] == ["r0", "r1", "r2", "copy"]
    assert seen == ["r0", "r1", "r2"]


def test_one_id_with_two_texts_is_two_reports(tmp_path: Path, encoder: Encoder) -> None:
    with Ledger(tmp_path / "a.db", encoder) as kept:
        kept.add([complete(Report(id="r", text="one")), complete(Report(id="r", text="two")), complete(Report(id="r", text="one"))])
        assert [(r.id, r.text) for r in kept.reports()] == [("r", "one"), ("r#2", "two")]


def test_a_file_that_is_no_ledger_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.db").write_text("just some words, and long enough to be looked at as a database header " * 3)
    with pytest.raises(LedgerError, match=r"a\.db"):
        Ledger(tmp_path / "a.db")


def test_killed_and_started_again_nothing_is_lost_or_doubled(tmp_path: Path) -> None:
    file, db = tmp_path / "in.jsonl", tmp_path / "a.db"
    file.write_text("".join(json.dumps({"id": f"r{n}", "text": TEXT.format(n)}) + "\n" for n in range(120)))
    command = [sys.executable, "-m", "onrecord", "read", str(file), "--ledger", str(db), "-q"]
    for wait in (0.8, 1.2, 1.6):
        running = subprocess.Popen(command, stdout=subprocess.DEVNULL, env={**os.environ})
        time.sleep(wait)
        running.send_signal(signal.SIGKILL)
        running.wait()
    done = subprocess.run(command, capture_output=True, check=True)
    assert [json.loads(line)["report"]["id"] for line in done.stdout.splitlines()] == [f"r{n}" for n in range(120)]
    with Ledger(db) as kept:
        assert len(kept.reports()) == 120
        assert kept._db.execute("select count(*) from reading").fetchone() == (120,)
