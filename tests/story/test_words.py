import pytest

from onrecord.story.words import conditions_in


@pytest.mark.parametrize(
    ("text", "conditions"),
    [
        ("nine people were killed", {"dead"}),
        ("the toll rose to nine", {"dead"}),
        ("40 are still unaccounted for", {"missing"}),
        ("two nurses were wounded and one died", {"hurt", "dead"}),
        ("a hundred lorries left the yard", set()),
    ],
)
def test_what_has_become_of_those_counted(text: str, conditions: set[str]) -> None:
    assert conditions_in(text) == conditions
