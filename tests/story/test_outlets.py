import pytest

from onrecord.story.outlets import names_outlet, outlet_forms, state_outlets


def test_how_an_outlet_is_named() -> None:
    assert outlet_forms("The Orm Courier") == ("Orm Courier", "the Courier")
    assert "XNA" in outlet_forms("Xan News Agency (XNA)")
    assert "La Torre" in outlet_forms("La Torre Digital")
    assert outlet_forms(None) == ()


@pytest.mark.parametrize(
    ("text", "outlet", "named"),
    [
        ("The Courier wrote that nine had died.", "The Orm Courier", True),
        ("A courier brought the letter.", "The Orm Courier", False),
        ("XNA quoted a fisherman.", "Xan News Agency (XNA)", True),
        ("La Torre had it first.", "La Torre Digital", True),
    ],
)
def test_a_text_names_an_outlet(text: str, outlet: str, named: bool) -> None:
    assert names_outlet(text, outlet) is named


def test_state_television_is_the_one_outlet_of_that_medium_and_place() -> None:
    outlets = ["Televizia Maruna", "Radio Freedom", "The Orm Courier"]
    assert state_outlets("State television put the toll at nine.", outlets, frozenset(["maruna"])) == ["Televizia Maruna"]
    assert state_outlets("State television put the toll at nine.", [*outlets, "Maruna TV"], frozenset(["maruna"])) == []
