import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.reading.quantities import find_quantities
from onrecord.reading.sentences import lay_out
from onrecord.reading.times import find_times
from onrecord.records import Quantity


def found(text: str) -> list[Quantity]:
    layout = lay_out(text)
    return find_quantities(layout, find_times(layout, None))


def only(text: str) -> Quantity:
    (quantity,) = found(text)
    return quantity


@pytest.mark.parametrize(
    ("text", "low", "high", "modifier"),
    [
        ("They sent up to 12,000 troops.", 0, 12000, "at_most"),
        ("They sent thousands of troops.", 2000, 9999, "vague"),
        ("Tens of thousands of people fled.", 20000, 99999, "vague"),
        ("At least 40 people died.", 40, None, "at_least"),
        ("40 or more people died.", 40, None, "at_least"),
        ("More than two hundred people fled.", 200, None, "at_least"),
        ("There were between 3,000 and 4,000 soldiers there.", 3000, 4000, "range"),
        ("Some four to five thousand soldiers came.", 4000, 5000, "range"),
        ("Fares rose from $8 to $10.", 8, 10, "range"),
        ("Twenty-one sailors were saved.", 21, 21, "exact"),
        ("One soldier was killed.", 1, 1, "exact"),
        ("The plan costs 1.2 million dollars.", 1.2e6, 1.2e6, "exact"),
        ("It moved 1.2m people.", 1.2e6, 1.2e6, "exact"),
        ("Half a million people voted.", 5e5, 5e5, "exact"),
        ("Dozens of people are missing.", 24, 99, "vague"),
        ("Nearly 100 houses burned.", 90, 110, "about"),
        ("No fewer than 17 children were there.", 17, None, "at_least"),
        ("A hundred thousand soldiers came.", 1e5, 1e5, "exact"),
        ("It was 12 km away, minus 20 degrees.", 12, 12, "exact"),
    ],
)
def test_intervals(text: str, low: float, high: float | None, modifier: str) -> None:
    quantity = found(text)[0]
    assert (quantity.low, quantity.high and round(quantity.high, 6), quantity.modifier) == (low, high, modifier)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("Two-thirds of the houses burned.", 2 / 3, None),
        ("A third of the crew left.", 1 / 3, None),
        ("One in five voters stayed at home.", 0.2, None),
        ("Turnout was 61 per cent.", 61, "percent"),
        ("It cost €3.5bn to build.", 3.5e9, "EUR"),
        ("It cost US$40 million.", 4e7, "USD"),
        ("He took a $4.5 billion loan.", 4.5e9, "USD"),
        ("It cost USD1,700 a year.", 1700, "USD"),
        ("The fine was three dollars and fifty cents.", 3.5, "USD"),
        ("A 400-kilometre pipeline was cut.", 400, "km"),
        ("The 65-year-old was freed.", 65, "year-old"),
    ],
)
def test_values_and_units(text: str, value: float, unit: str | None) -> None:
    quantity = only(text)
    assert quantity.best == pytest.approx(value) and quantity.unit == unit


@pytest.mark.parametrize(
    "text",
    [
        "It happened on March 3, 2031.",
        "The talks began in 2014.",
        "They met at 10 p.m. there.",
        "Ida Holm, 34, said so.",
        "He came third.",
        "A Boeing 787 was delayed.",
        "The home side won 3-1.",
        "Flight 19 was late.",
    ],
)
def test_dates_times_ages_and_names_are_no_quantities(text: str) -> None:
    assert found(text) == []


def test_the_thing_counted() -> None:
    assert only("Some 11,000 border guards were moved.").of_text == "border guards"


def test_a_part_counts_the_same_thing_as_the_whole() -> None:
    _, part = found("The army has 11,000 conscripts, and of them 3,000 are in the north.")
    assert part.of_text == "conscripts"


def test_what_is_counted_may_be_abbreviated() -> None:
    assert only("It cost the lives of 12 U.S. soldiers.").of_text == "U.S. soldiers"


def test_a_number_too_large_to_be_one_is_none() -> None:
    assert found("It weighed " + "9" * 400 + " tonnes and 3 x 10^999 joules.") == []


@given(st.text(alphabet="0123456789,.$%-–/ abmthousandmillion½€\n", max_size=50))
def test_any_text_is_read_and_spans_slice_it(text: str) -> None:
    for quantity in found(text):
        assert 0 <= quantity.span[0] < quantity.span[1] <= len(text)
        assert quantity.high is None or quantity.low <= quantity.high
