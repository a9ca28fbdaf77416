import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.records import Quantity
from onrecord.story.figures import figures_part, intervals_meet, same_thing


def figure(low: float, high: float | None, of: str = "soldiers", unit: str | None = None) -> Quantity:
    return Quantity(id="q", span=(0, 1), low=low, high=high, best=low, modifier="exact", unit=unit, of=None, of_text=of)


LOWS = st.integers(0, 1000)


@given(LOWS, LOWS, LOWS, LOWS)
def test_meeting_is_symmetric_and_every_figure_meets_itself(a: int, b: int, c: int, d: int) -> None:
    x, y = figure(a, a + b), figure(c, c + d)
    assert intervals_meet(x, y) == intervals_meet(y, x) == (a <= c + d and c <= a + b)
    assert intervals_meet(x, x)


@pytest.mark.parametrize(
    ("a", "b", "part"),
    [
        (figure(0, 12000), figure(11000, 11000), False),  # up to 12,000 against 11,000
        (figure(2000, 9999), figure(11000, 11000), True),  # thousands against 11,000
        (figure(40, None), figure(212, 212), False),  # at least 40 against 212
        (figure(4, 4), figure(9, 9), True),
        (figure(5, 5, unit="km"), figure(5, 5, unit="nmi"), True),
    ],
)
def test_figures_part_when_no_interval_meets(a: Quantity, b: Quantity, part: bool) -> None:
    assert figures_part([a], [b]) is part and figures_part([a], []) is False


def test_what_is_counted_must_be_one_thing() -> None:
    assert same_thing(figure(4, 4, "bodies"), figure(9, 9, "people"))
    assert not same_thing(figure(4, 4, "lorries"), figure(9, 9, "people"))
