import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.reading.numbers import number_of


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("1.2m", 1.2e6),
        ("twenty-one", 21),
        ("three hundred and five", 305),
        ("two hundred thousand", 200_000),
        ("half a million", 500_000),
        ("three-quarters", 0.75),
        ("3 1/2", 3.5),
        ("two out of five", 0.4),
        ("-12.5", -12.5),
        ("12,34,567", 1_234_567),
    ],
)
def test_values(words: str, value: float) -> None:
    assert number_of(words) == pytest.approx(value)


@given(st.integers(min_value=0, max_value=999_999))
def test_digits_mean_themselves(number: int) -> None:
    assert number_of(f"{number:,}") == number
