from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord import Reading, Report, read
from onrecord.reports.files import complete

CASES = [
    ("The bridge fell on Sunday, killing nine people.", ["killing nine people"]),
    ("The mayor resigned and the council elected a new one.", ["and the council elected a new one"]),
    ("Soldiers entered the village at dawn and burned the mill.", ["burned the mill"]),
    ("The ferry, which had left Orm at noon, sank off the cape.", ["which had left Orm at noon"]),
]


@pytest.mark.parametrize(("text", "clauses"), CASES)
def test_a_sentence_is_parted_where_it_says_two_things(read_text: Callable[..., Reading], text: str, clauses: list[str]) -> None:
    found = [text[slice(*span)] for span in read_text(text).clauses]
    for clause in clauses:
        assert any(clause in each and len(each) < len(clause) + 6 for each in found), found


@pytest.mark.parametrize("text", ["The ferry that sank belonged to a bank.", "They came to protest against the new law on pensions."])
def test_what_only_says_which_or_what_for_is_no_clause(read_text: Callable[..., Reading], text: str) -> None:
    assert len(read_text(text).clauses) == 1


@settings(deadline=None, max_examples=25)
@given(st.lists(st.sampled_from([t for t, _ in CASES] + ["", "\n\n", "No one came.", "??", "“We fired,” he said."]), max_size=4))
def test_clauses_slice_the_text_and_every_sentence_has_one(parts: list[str]) -> None:
    (reading,) = read([complete(Report(id="r", text=" ".join(parts)))])
    text = reading.report.text
    assert all(0 <= a < b <= len(text) and text[a:b].strip() for a, b in reading.clauses)
    assert all(any(a < y and x < b for x, y in reading.clauses) for a, b in reading.sentences)
