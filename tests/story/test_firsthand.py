import pytest

from onrecord import Reading, Report
from onrecord.records import Reader
from onrecord.reports.files import complete
from onrecord.story.firsthand import first_hand, is_statement


def reading(text: str, outlet: str) -> Reading:
    return Reading(
        reader=Reader(version="0", model=""), report=complete(Report(id="r", text=text, outlet=outlet)), sentences=((0, len(text)),)
    )


@pytest.mark.parametrize(
    ("text", "outlet", "vouched"),
    [
        ("A reporter of this paper counted nine graves.", "The Orm Courier", True),
        ("Our correspondent saw two lorries leave the yard.", "The Orm Courier", True),
        ("The Orm Courier has learned that the mayor will resign.", "The Orm Courier", True),
        ("The mayor has learned to swim.", "The Orm Courier", False),
        ("Two lorries left the yard at dawn.", "The Orm Courier", False),
        ("We are suspending our work in the valley.", "Open Hands (aid organisation)", True),
        ("Two lorries left the yard at dawn.", "Ministry of the Sea (statement)", True),
    ],
)
def test_when_an_outlet_vouches_for_what_it_says(text: str, outlet: str, vouched: bool) -> None:
    assert first_hand(reading(text, outlet), (0, len(text))) is vouched


def test_a_press_office_is_no_newspaper_and_a_newspaper_no_ministry() -> None:
    assert is_statement(reading("x", "Harbour Workers' Union"))
    assert not is_statement(reading("x", "Union Post"))
