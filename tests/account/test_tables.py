import csv
import io
from collections.abc import Callable

from onrecord import Reading
from onrecord.account.tables import COLUMNS, event_lines, header

Read = Callable[..., Reading]


def rows(reading: Reading) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((header() + event_lines(reading)).decode())))


def test_an_event_is_a_row_with_codes_place_and_words(read_text: Read) -> None:
    (row,) = [r for r in rows(read_text("Russian troops shelled Kharkiv on May 5, 2031.", outlet="The Orm Post")) if r["type"] == "ASSAULT"]
    assert (row["actor_code"], row["cameo_root"], row["quad"], row["happened"]) == ("RUSMIL", "19", "4", "yes")
    assert (row["place"], row["country"], row["date_from"]) == ("Kharkiv", "UKR", "2031-05-05")
    assert "shelled" in row["words"] and list(row) == COLUMNS


def test_a_plan_is_a_row_that_did_not_happen(read_text: Read) -> None:
    found = [r for r in rows(read_text("The army will attack the town on Friday if the talks fail.")) if r["type"] == "ASSAULT"]
    assert all(r["happened"] == "no" for r in found)


def test_a_cell_that_looks_like_a_formula_is_made_harmless(read_text: Read) -> None:
    found = rows(read_text("Rebels attacked the town of Nyala.", id='=HYPERLINK("http://x")'))
    assert found and all(r["report"].startswith("'=") for r in found)


def test_an_actor_code_stays_as_coders_know_it(read_text: Read) -> None:
    assert "---REB" in {r["actor_code"] for r in rows(read_text("Rebels attacked the town of Nyala."))}
