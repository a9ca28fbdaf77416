import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.records import Quantity
from onrecord.story.figures import figures_meet, figures_part, same_thing


def figure(low: float, high: float | None, modifier: str = "exact", of: str = "soldiers", unit: str | None = None) -> Quantity:
    return Quantity(id="q", span=(0, 1), low=low, high=high, best=low, modifier=modifier, unit=unit, of=None, of_text=of)  # type: ignore[arg-type]


MODIFIERS = st.sampled_from(["exact", "about", "at_least", "at_most", "vague", "range"])


@given(st.integers(1, 1000), st.integers(1, 1000), MODIFIERS, MODIFIERS)
def test_meeting_is_symmetric_and_every_figure_meets_itself(a: int, b: int, one: str, other: str) -> None:
    x, y = figure(a, 2 * a, one), figure(b, 2 * b, other)
    assert figures_meet(x, y) == figures_meet(y, x)
    assert figures_meet(x, x) and figures_meet(y, y)


@pytest.mark.parametrize(
    ("a", "b", "part"),
    [
        (figure(0, 12000, "at_most"), figure(11000, 11000), True),  # up to 12,000 against 11,000
        (figure(2000, 9999, "vague"), figure(11000, 11000), False),  # thousands: 11,000 are thousands
        (figure(200, None, "at_least"), figure(212, 212), False),  # more than 200: 212
        (figure(4, None, "at_least"), figure(9, 9), True),  # at least four, later nine
        (figure(24, 99, "vague"), figure(48, 48), False),  # dozens
        (figure(4, 4), figure(9, 9), True),
        (figure(5, 5, unit="km"), figure(5, 5, unit="nmi"), True),
    ],
)
def test_when_figures_part(a: Quantity, b: Quantity, part: bool) -> None:
    assert figures_part([a], [b]) is part and figures_part([a], []) is False


def test_what_is_counted_must_be_one_thing() -> None:
    assert same_thing(figure(4, 4, of="bodies"), figure(9, 9, of="people"))
    assert not same_thing(figure(4, 4, of="lorries"), figure(9, 9, of="people"))
