from pathlib import Path

import msgspec
from click.testing import CliRunner
from msgspec.structs import replace

from onrecord import Account
from onrecord.cli.main import main
from onrecord.records import Change


def written(account: Account, path: Path) -> str:
    path.write_bytes(msgspec.json.encode(account))
    return str(path)


def test_an_account_has_not_changed_against_itself(example: Account, tmp_path: Path) -> None:
    file = written(example, tmp_path / "a.json")
    result = CliRunner().invoke(main, ["diff", file, file])
    assert (result.exit_code, result.output) == (0, "Nothing changed.\n")


def test_new_claims_are_told_in_text_and_json(example: Account, tmp_path: Path) -> None:
    before = written(replace(example, claims=example.claims[1:], disagreements=()), tmp_path / "a.json")
    after = written(example, tmp_path / "b.json")
    text = CliRunner().invoke(main, ["diff", before, after]).output
    assert "NEW CLAIMS" in text and " ".join(example.claims[0].statement.split()) in text
    found = msgspec.json.decode(CliRunner().invoke(main, ["diff", before, after, "--format", "json"]).output, type=Change)
    assert [c.id for c in found.new_claims] == [example.claims[0].id]


def test_what_is_no_account_is_named(tmp_path: Path) -> None:
    (tmp_path / "no.json").write_text("{}")
    result = CliRunner().invoke(main, ["diff", str(tmp_path / "no.json"), str(tmp_path / "no.json")])
    assert result.exit_code == 2 and "no.json" in result.output and "BEFORE" in result.output
