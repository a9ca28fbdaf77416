import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord import Report, load
from onrecord.reports import parse_rows


def rows(*lines: object) -> list[Report]:
    raw = [line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines]
    return list(parse_rows(raw, "x.jsonl"))


def codes(report: Report) -> list[str]:
    return [d.code for d in report.defects]


def test_a_text_file_is_kept_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("One “line”.\r\n\r\nTwo.\n".encode())
    (report,) = load([tmp_path / "a.txt"])
    assert report.text == "One “line”.\r\n\r\nTwo.\n" and report.id == "a.txt" and len(report.sha256) == 64


def test_a_folder_is_read_in_order_and_other_files_are_left(tmp_path: Path) -> None:
    for name in ("b.txt", "a.md", "c.pdf"):
        (tmp_path / name).write_text("words")
    assert [r.id for r in load([tmp_path])] == ["a.md", "b.txt"]


def test_unknown_keys_are_kept() -> None:
    (report,) = rows({"text": "words", "desk": {"id": 7}})
    assert report.extra == {"desk": {"id": 7}} and report.id == "row1"


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (["a", "list"], "bad_row"),
        (b"{not json", "bad_row"),
        ({"id": "x"}, "bad_row"),
        ({"text": 7}, "bad_row"),
        (b'{"text": "\xff\xfe"}', "bad_encoding"),
        ({"text": "a \ud800 surrogate"}, "bad_encoding"),
        ({"text": "words", "published": "last week"}, "bad_date"),
    ],
)
def test_a_bad_row_is_a_defect_that_names_it_and_its_neighbours_go_on(line: object, code: str) -> None:
    before, bad, after = rows({"text": "one"}, line, {"text": "two"})
    assert (before.text, after.text) == ("one", "two") and codes(bad) == [code]
    assert "row 2" in bad.defects[0].message or code == "bad_date"


def test_ids_that_stand_twice_are_told_apart(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"id": "r", "text": "one"}\n{"id": "r", "text": "two"}\n')
    first, second = load([tmp_path / "a.jsonl"])
    assert (first.id, second.id) == ("r", "r#2") and codes(second) == ["duplicate_id"]


def test_odd_files_are_defects(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\x7fELF\0\0\0")
    (tmp_path / "b.txt").write_bytes(b"caf\xe9 closed")
    (tmp_path / "c.html").write_bytes(b"")
    (tmp_path / "d.txt").write_bytes(b"")
    binary, latin, empty_page, empty = load([tmp_path])
    assert codes(binary) == ["binary"] and binary.text == ""
    assert codes(latin) == ["bad_encoding"] and latin.text == "caf\ufffd closed"
    assert codes(empty_page) == ["empty_text"] and empty.text == ""


def test_a_missing_path_and_an_unknown_kind_are_the_callers_mistake(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="nowhere"):
        list(load([tmp_path / "nowhere"]))
    (tmp_path / "a.pdf").write_bytes(b"")
    with pytest.raises(ValueError, match=r"a\.pdf"):
        list(load([tmp_path / "a.pdf"]))


def test_standard_input() -> None:
    (report,) = load(["-"], io.BytesIO(b'{"id": "a", "text": "words"}\n\n'))
    assert report.text == "words"


@given(st.lists(st.binary(max_size=60), max_size=5))
def test_no_bytes_ever_stop_the_rows(lines: list[bytes]) -> None:
    found = list(parse_rows(lines, "x"))
    assert len(found) == sum(bool(line.strip()) for line in lines)
