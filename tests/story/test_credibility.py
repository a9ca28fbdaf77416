import pytest

from onrecord.story.credibility import credibility


@pytest.mark.parametrize(
    ("independent", "denials", "withdrawn", "level"),
    [
        (0, 0, False, 6),
        (0, 2, False, 5),
        (1, 0, False, 3),
        (1, 1, False, 4),
        (1, 0, True, 5),
        (2, 0, False, 2),
        (3, 0, False, 1),
        (3, 1, False, 3),
    ],
)
def test_the_rule(independent: int, denials: int, withdrawn: bool, level: int) -> None:
    found, reason = credibility(independent, denials, withdrawn)
    assert found == level and reason
