"""A ledger from the terminal, with the real reader and judge, as a new user would."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from onrecord.cli.main import KEEPING, main

FIRST = "The mayor of Orm, Ida Lund, said that the old bridge was closed. Police denied that anybody was hurt there."
SECOND = "The mayor of Orm, Ida Lund, said that the old bridge was closed. A fisherman, Per Holm, said that two boats sank near the quay."


def run(*arguments: str, **environment: str) -> Result:
    return CliRunner().invoke(main, list(arguments), prog_name="onrecord", env=environment)


@pytest.fixture(scope="module")
def inbox(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("inbox")
    rows = [
        {"id": "a", "text": FIRST, "outlet": "The Orm Post", "published": "2031-05-09", "title": "Bridge closed"},
        {"id": "b", "text": SECOND, "outlet": "Quay Radio", "published": "2031-05-10", "title": "Two boats"},
    ]
    (folder / "in.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    return folder


@pytest.fixture(scope="module")
def db(inbox: Path) -> str:
    target = str(inbox.parent / "story.db")
    added = run("add", str(inbox), "--ledger", target, "-q")
    assert added.exit_code == 0 and "2 reports told anew" in added.output
    return target


def lines(*arguments: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in run(*arguments, "--json").stdout.splitlines()]


def test_claims_sources_disagreements_and_search(db: str) -> None:
    claims = lines("claims", "--ledger", db)
    assert claims and {"id", "statement", "independent_origins", "credibility"} <= set(claims[0])
    assert any("closed" in str(c["statement"]) for c in lines("claims", "closed", "--ledger", db))
    assert all("boats" in str(c["statement"]) for c in lines("claims", "--ledger", db, "--outlet", "Quay Radio", "--actor", "Per Holm"))
    assert "Ida Lund" in run("sources", "Lund", "--ledger", db).output
    assert "disagreement" in run("disagreements", "--ledger", db).output.lower()
    found = lines("search", "boats -police", "--ledger", db)
    assert {"report": "b", "title": "Two boats", "outlet": "Quay Radio", "published": "2031-05-10"} in found
    assert run("judgements", "--ledger", db).output == "No judgement.\n"
    assert "of" in run("claims", "--limit", "1", "--ledger", db).output


def test_the_ledger_may_stand_in_the_environment(db: str) -> None:
    assert "whole; 2 reports" in run("check", ONRECORD_LEDGER=db).output
    assert "Missing option '--ledger'" in run("check", ONRECORD_LEDGER="").output


def test_an_account_of_the_ledger_has_the_same_ids(db: str, tmp_path: Path) -> None:
    account = json.loads(run("account", "--ledger", db, "--format", "json").stdout)
    assert [c["id"] for c in account["claims"]] == [c["id"] for c in lines("claims", "--ledger", db)]
    assert run("account", "--ledger", db, "-o", str(tmp_path / "story.html"), "-q").exit_code == 0
    assert "the old bridge was closed" in (tmp_path / "story.html").read_text(encoding="utf-8")


def test_adding_the_same_again_is_nothing_new(db: str, inbox: Path) -> None:
    assert run("add", str(inbox), "--ledger", db, "-q").output.endswith("nothing new\n")
    assert "2 reports told anew" in run("rebuild", "--ledger", db, "-q").output


def test_backup_check_and_restore(db: str, tmp_path: Path) -> None:
    copy, again = str(tmp_path / "copy.db"), str(tmp_path / "again.db")
    assert run("backup", copy, "--ledger", db).exit_code == 0
    assert run("restore", copy, "--ledger", again).exit_code == 0
    assert run("check", "--ledger", again).exit_code == 0
    assert run("claims", "--ledger", again).output == run("claims", "--ledger", db).output
    refused = run("backup", copy, "--ledger", db)
    assert refused.exit_code == 2 and "never overwrites" in refused.output


def test_damage_ends_with_one(db: str, tmp_path: Path) -> None:
    import sqlite3

    run("backup", str(tmp_path / "copy.db"), "--ledger", db)
    with sqlite3.connect(tmp_path / "copy.db") as damaged:
        damaged.execute("update claim set mentions = 99")
    result = run("check", "--ledger", str(tmp_path / "copy.db"))
    assert result.exit_code == 1 and "99 mentions are counted" in result.output


def test_users_get_a_token_once(db: str) -> None:
    token = run("user", "ana", "--role", "reviewer", "--ledger", db).output.splitlines()[-1]
    assert len(token) > 40 and "ana (reviewer)" in run("user", "--ledger", db).output and token not in run("user", "--ledger", db).output
    assert run("user", "ana", "--remove", "--ledger", db).exit_code == 0
    assert "nobody is called" in run("user", "ana", "--remove", "--ledger", db).output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["claims", "--ledger", "/none/story.db"], "/none/story.db: no such ledger"),
        (["search", '* ""', "--ledger", "X"], "has no word to look for"),
        (["claims", "--ledger", "X", "--actor", "Nobody At All"], "no source has 'Nobody At All' in its name"),
        (["claims", "--ledger", "X", "--stance", "sings"], "'sings' is not one of"),
        (["add", "/none/at/all.txt", "--ledger", "X"], "no such file or folder"),
        (["serve", "--ledger", "X", "--host", "0.0.0.0"], "everybody needs a token, and nobody has one"),
        (["serve", "--ledger", "X", "--host", "203.0.113.7", "--port", "1"], "needs a token"),
        (["restore", "README.md", "--ledger", "Y"], "no ledger"),
        (["watch", "/none", "--ledger", "X"], "does not exist"),
        (["claims", "--ledger", "postgresql://nobody:pw@127.0.0.1:1/x"], "127.0.0.1"),
    ],
)  # fmt: skip
def test_wrong_use_is_told(db: str, tmp_path: Path, arguments: list[str], said: str) -> None:
    given = [db if a == "X" else str(tmp_path / "new.db") if a == "Y" else a for a in arguments]
    result = run(*given)
    assert result.exit_code == 2 and said in " ".join(result.output.split()), result.output
    assert "Traceback" not in result.output and "pw" not in result.output


def test_a_watched_folder_is_taken_in_as_it_fills(tmp_path: Path) -> None:
    folder, target = tmp_path / "in", str(tmp_path / "story.db")
    (folder / "sub").mkdir(parents=True)
    command = [sys.executable, "-m", "onrecord", "watch", str(folder), "--ledger", target, "--every", "0.2", "-q"]
    watching = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ.copy())
    try:
        assert watching.stdout is not None
        (folder / "a.txt").write_text(FIRST)
        assert "1 reports told anew" in watching.stdout.readline()
        (folder / "sub" / "a.txt").write_text(SECOND)
        (folder / "photo.png").write_bytes(b"\x89PNG")
        assert "2 reports told anew" in watching.stdout.readline()
        (folder / "copy.txt").write_text(FIRST)  # a copy under another name is a report of its own
        assert "3 reports told anew" in watching.stdout.readline()
        (folder / "a.txt").write_text(FIRST + " The mayor said that it opens on Friday.")
        assert "4 reports told anew" in watching.stdout.readline()  # what was changed is another text; the earlier one stays
    finally:
        watching.send_signal(signal.SIGINT)
        watching.wait(timeout=20)
    reports = run("account", "--ledger", target, "--format", "json")
    assert sorted(r["id"] for r in json.loads(reports.stdout)["reports"]) == ["a.txt", "a.txt#2", "copy.txt", "sub/a.txt"]
    assert run("watch", str(folder), "--ledger", target, "--once", "-q").output == ""


def test_an_interrupted_addition_goes_on_where_it_stopped(tmp_path: Path) -> None:
    target, file = str(tmp_path / "story.db"), tmp_path / "in.jsonl"
    texts = [FIRST.replace("old bridge", f"bridge number {n}") for n in range(80)]
    file.write_text("".join(json.dumps({"id": f"r{n}", "text": words}) + "\n" for n, words in enumerate(texts)))
    command = [sys.executable, "-m", "onrecord", "add", str(file), "--ledger", target, "-q"]
    adding = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and not _kept(target):
        time.sleep(0.05)
    adding.kill()
    adding.wait()
    held = _kept(target)
    assert held
    assert run("add", str(file), "--ledger", target, "-q").exit_code == 0
    assert "whole; 80 reports" in run("check", "--ledger", target).output


def _kept(target: str) -> int:
    import sqlite3

    try:
        with sqlite3.connect(f"file:{target}?mode=ro", uri=True) as db:
            return int(db.execute("select count(*) from reading").fetchone()[0])
    except sqlite3.Error:
        return 0


def test_every_command_of_the_ledger_has_examples() -> None:
    for command in KEEPING:
        assert "Examples:" in (command.epilog or "") and "--ledger" in (command.epilog or "")
