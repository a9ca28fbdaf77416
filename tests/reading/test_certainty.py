import pytest

from onrecord.reading.certainty import HAPPENED, NOT_HAPPENED, OPEN, Facts, as_reported, class_of, views_of
from onrecord.records import Attribution, Stance

PAST = Facts("affirmed", "certain", "past")


def said(stance: Stance) -> Attribution:
    return Attribution(
        id="a1", source=(), cue=(), content=(), quote="indirect", source_type="government", actor=None, stance=stance, confidence=1.0
    )


def test_only_what_is_certain_happened_or_did_not() -> None:
    assert class_of("affirmed", "certain", "past") == HAPPENED
    assert class_of("negated", "certain", "past") == NOT_HAPPENED
    assert class_of("affirmed", "possible", "past") == class_of("affirmed", "certain", "future") == OPEN


@pytest.mark.parametrize(
    ("stance", "polarity", "certainty"),
    [
        ("asserts", "affirmed", "certain"),
        ("denies", "negated", "certain"),
        ("speculates", "affirmed", "possible"),
        ("asks", "affirmed", "unknown"),
    ],
)
def test_a_source_puts_an_event_by_its_stance(stance: Stance, polarity: str, certainty: str) -> None:
    (view,) = views_of(PAST, [said(stance)])
    assert (view.polarity, view.certainty) == (polarity, certainty)


def test_to_deny_that_something_did_not_happen_is_to_say_that_it_did() -> None:
    (view,) = views_of(Facts("negated", "certain", "past"), [said("denies")])
    assert view.polarity == "affirmed"


def test_a_report_does_not_vouch_for_what_its_source_denies() -> None:
    assert as_reported(PAST, [said("denies")]).certainty == "unknown"
    assert as_reported(PAST, [said("confirms")]) == PAST
