import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.reading.quantities import find_quantities, number_of
from onrecord.reading.sentences import lay_out
from onrecord.records import Quantity


def only(text: str) -> Quantity:
    (quantity,) = find_quantities(lay_out(text))
    return quantity


@pytest.mark.parametrize(
    ("text", "low", "high", "modifier"),
    [
        ("They sent up to 12,000 troops.", 0, 12000, "at_most"),
        ("They sent thousands of troops.", 2000, 9999, "vague"),
        ("At least 40 people died.", 40, None, "at_least"),
        ("More than two hundred people fled.", 200, None, "at_least"),
        ("There were between 3,000 and 4,000 soldiers there.", 3000, 4000, "range"),
        ("Twenty-one sailors were saved.", 21, 21, "exact"),
        ("The plan costs 1.2 million dollars.", 1.2e6, 1.2e6, "exact"),
        ("Dozens of people are missing.", 24, 99, "vague"),
    ],
)
def test_intervals(text: str, low: float, high: float | None, modifier: str) -> None:
    quantity = only(text)
    assert (quantity.low, quantity.high, quantity.modifier) == (low, high, modifier)


@pytest.mark.parametrize(
    "text", ["It happened on March 3, 2031.", "The talks began in 2014.", "They met at 10 p.m. there.", "Ida Holm, 34, said so."]
)
def test_dates_times_and_ages_are_no_quantities(text: str) -> None:
    assert find_quantities(lay_out(text)) == []


def test_the_thing_counted() -> None:
    assert only("Some 11,000 border guards were moved.").of_text == "border guards"


@given(st.integers(min_value=0, max_value=999_999))
def test_digits_mean_themselves(number: int) -> None:
    assert number_of(f"{number:,}") == number
