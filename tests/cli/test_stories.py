import json
from pathlib import Path

from click.testing import CliRunner

from onrecord.cli.main import main
from tests.story.test_piles import FERRY, VOTE


def folder(path: Path) -> Path:
    (path / "inbox").mkdir()
    for number, text in enumerate((*FERRY, *VOTE)):
        (path / "inbox" / f"r{number}.txt").write_text(text, encoding="utf-8")
    return path / "inbox"


def test_a_mixed_folder_gives_a_page_for_each_story_and_one_with_links(tmp_path: Path) -> None:
    out = tmp_path / "out.html"
    result = CliRunner().invoke(main, ["account", str(folder(tmp_path)), "-o", str(out)])
    assert result.exit_code == 0, result.output
    assert 'href="out-1.html"' in out.read_text(encoding="utf-8")
    assert "Orm Star" in (tmp_path / "out-1.html").read_text(encoding="utf-8")
    assert "Velm" in (tmp_path / "out-2.html").read_text(encoding="utf-8")


def test_as_json_each_story_is_a_line_and_one_story_is_one(tmp_path: Path) -> None:
    inbox = str(folder(tmp_path))
    lines = CliRunner().invoke(main, ["account", inbox, "--format", "json", "-q"]).output.splitlines()
    assert [len(json.loads(line)["reports"]) for line in lines] == [3, 2]
    (only,) = CliRunner().invoke(main, ["account", inbox, "--one-story", "--format", "json", "-q"]).output.splitlines()
    assert len(json.loads(only)["reports"]) == 5


def test_files_that_are_named_are_one_story(tmp_path: Path) -> None:
    files = sorted(str(p) for p in folder(tmp_path).iterdir())
    (only,) = CliRunner().invoke(main, ["account", *files, "--format", "json", "-q"]).output.splitlines()
    assert len(json.loads(only)["reports"]) == 5
