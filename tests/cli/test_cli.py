import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from onrecord.cli.main import main
from onrecord.reading.encoder import FILES, WEIGHTS

GOOD = "The mayor of Orm, Ida Lund, said that the old bridge was closed. Police denied that anybody was hurt there."


def run(*arguments: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(main, list(arguments), input=stdin, prog_name="onrecord")


@pytest.fixture
def report(tmp_path: Path) -> str:
    (tmp_path / "a.txt").write_text(GOOD)
    return str(tmp_path / "a.txt")


@pytest.mark.parametrize("command", [[], ["read"], ["account"], ["completion"]])
def test_help_has_examples(command: list[str]) -> None:
    result = run(*command, "--help")
    assert result.exit_code == 0 and "Examples:" in result.output and "onrecord" in result.output


def test_version() -> None:
    assert run("--version").output.startswith("onrecord, version ")


def test_read_prints_one_reading_a_report_in_order() -> None:
    rows = [{"id": "a", "text": GOOD}, ["no", "report"], {"id": "b", "text": GOOD}]
    result = run("read", "-", stdin="".join(json.dumps(r) + "\n" for r in rows))
    readings = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 0
    assert [r["report"]["id"] for r in readings] == ["a", "row2", "b"]
    assert readings[1]["defects"][0]["code"] == "bad_row" and readings[0]["format"] == "onrecord/reading/1"
    assert "text" not in readings[0]["report"]


def test_read_writes_a_table_of_events(tmp_path: Path) -> None:
    stdin = json.dumps({"id": "a", "text": "Rebels attacked a convoy near Nyala."}) + "\n"
    result = run("read", "-", "--format", "csv", stdin=stdin)
    assert result.exit_code == 0 and result.stdout.splitlines()[0].startswith("report,outlet,published,event,type")
    assert any(",ASSAULT," in line for line in result.stdout.splitlines()[1:])
    assert run("read", "-", "--format", "csv", "-o", str(tmp_path / "e.csv"), "-q", stdin=stdin).exit_code == 0
    assert (tmp_path / "e.csv").read_text() == result.stdout


def test_strict_ends_with_one_when_there_were_defects(report: str) -> None:
    assert run("read", report, "--strict").exit_code == 0
    assert run("read", "-", "--strict", stdin='{"text": ""}\n').exit_code == 1
    assert run("account", "-", "--strict", stdin='{"text": ""}\n').exit_code == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ["read"],
        ["account"],
        ["read", "/no/such/file.txt"],
        ["read", "-", "--format", "xml"],
        ["nonsense"],
        ["account", "-", "--published", "nonsense"],
        ["account", "-", "--published", "other=2031-05-06"],
        ["account", "-", "-o", "/no/such/folder/a.html"],
        ["account", "-", "--ledger", "/no/such/folder/a.db"],
    ],
)
def test_wrong_use_ends_with_two_and_says_why(arguments: list[str]) -> None:
    result = run(*arguments, stdin=json.dumps({"text": GOOD}) + "\n")
    assert result.exit_code == 2 and "Traceback" not in result.output and result.stderr.strip()


def test_account_writes_what_the_ending_says(report: str, tmp_path: Path) -> None:
    for ending, start in (("html", "<!doctype html>"), ("json", '{"format":"onrecord/account/1"'), ("txt", "A story")):
        out = tmp_path / f"out.{ending}"
        assert run("account", report, "-o", str(out), "-q").exit_code == 0
        assert out.read_text().startswith(start)


def test_published_dates_resolve_weekdays(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The mayor said on Friday that the old bridge was closed.")
    path = str(tmp_path / "a.txt")
    times = [json.loads(run("read", path, *more).stdout)["times"][0]["start"] for more in ([], ["--published", "a.txt=2031-05-09"])]
    assert times == [None, "2031-05-09"]


def test_an_account_of_a_ledger_holds_what_came_before(report: str, tmp_path: Path) -> None:
    db = str(tmp_path / "story.db")
    (tmp_path / "b.txt").write_text("The mayor of Orm said that two cars had been lost when the bridge fell.")
    run("account", report, "--ledger", db, "--format", "json")
    result = run("account", str(tmp_path / "b.txt"), "--ledger", db, "--format", "json")
    assert [r["id"] for r in json.loads(result.stdout)["reports"]] == ["a.txt", "b.txt"]
    assert run("account", "--ledger", db, "--format", "json").stdout == result.stdout


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion(shell: str) -> None:
    assert "_ONRECORD_COMPLETE" in run("completion", shell).output


def test_an_account_of_odd_input_tells_every_defect_and_goes_on(tmp_path: Path) -> None:
    (tmp_path / "endless.txt").write_text("word " * 400_000)
    (tmp_path / "good.txt").write_text(GOOD)
    (tmp_path / "page.html").write_bytes(b"")
    (tmp_path / "photo.txt").write_bytes(b"\x89PNG\0\0")
    (tmp_path / "russian.txt").write_text("Министр заявил в понедельник, что войска покинут область. " * 9)
    out = tmp_path / "page.out.html"
    result = run("account", str(tmp_path), "-o", str(out))
    assert result.exit_code == 0
    for code in ("too_long", "empty_text", "binary", "not_english"):
        assert code in result.stderr
    assert out.stat().st_size < 500_000 and "the old bridge was closed" in out.read_text()


def test_weights_of_ones_own_are_a_folder_with_all_files(tmp_path: Path, report: str) -> None:
    result = run("read", report, "--weights", str(tmp_path))
    assert result.exit_code == 2 and "reader.onnx" in result.output
    for name in FILES:
        (tmp_path / name).write_text("{}")
    result = run("read", report, "--weights", str(tmp_path))
    assert result.exit_code == 2 and str(tmp_path) in result.output
    mine, shipped = run("read", report, "--weights", str(WEIGHTS)), run("read", report)
    assert mine.exit_code == 0 and mine.stdout == shipped.stdout
