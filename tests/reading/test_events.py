from collections.abc import Callable

import pytest

from onrecord import Reading
from onrecord.records import Event

Read = Callable[..., Reading]


def coded(reading: Reading) -> list[Event]:
    return [e for e in reading.events if e.type not in (None, "STATEMENT")]


def code(reading: Reading, actor: str | None) -> str | None:
    return next((a.code for a in reading.actors if a.id == actor), None)


def word(reading: Reading, event: Event) -> str:
    return reading.report.text[slice(*event.trigger)]


@pytest.mark.parametrize(
    ("text", "kind", "actor", "recipient", "quad"),
    [
        ("Russian troops shelled the city of Kharkiv on Monday.", "ASSAULT", "RUSMIL", None, 4),
        ("France accused Belgium of breaking the treaty.", "ACCUSE", "FRAGOV", "BELGOV", 3),
        ("The Kenyan president met the Ugandan president in Nairobi on Tuesday.", "CONSULT", "KENGOV", "UGAGOV", 1),
        ("Japan sent 40 tonnes of rice to Nepal.", "AID", "JPNGOV", "NPLGOV", 2),
        ("Turkey expelled four Greek diplomats.", "SANCTION", "TURGOV", "GRCGOV", 4),
        ("Police in Chile arrested two journalists.", "COERCE", "CHLCOP", None, 4),
        ("Rebels freed the hostages.", "RETREAT", "---REB", None, 2),
        ("India rejected an offer of talks from Pakistan.", "REJECT", "INDGOV", "PAKGOV", 3),
    ],
)
def test_who_did_what_to_whom(read_text: Read, text: str, kind: str, actor: str | None, recipient: str | None, quad: int) -> None:
    reading = read_text(text)
    event = max(coded(reading), key=lambda e: e.confidence)
    assert (event.type, event.quad, code(reading, event.actor)) == (kind, quad, actor)
    assert recipient is None or code(reading, event.recipient) == recipient


def test_a_passive_has_its_agent_and_recipient_the_right_way_round(read_text: Read) -> None:
    reading = read_text("Two Spanish trawlers were seized by the Moroccan navy off the coast.")
    event = max(coded(reading), key=lambda e: e.confidence)
    assert code(reading, event.actor) == "MARMIL"


def test_a_noun_can_be_a_deed(read_text: Read) -> None:
    reading = read_text("The shelling of Donetsk by Ukrainian forces went on until noon.")
    event = next(e for e in coded(reading) if word(reading, e) == "shelling")
    assert event.type == "ASSAULT" and code(reading, event.actor) == "UKRMIL"


def test_place_time_and_quantity_belong_to_their_event(read_text: Read) -> None:
    reading = read_text("Syrian rebels killed 40 soldiers in Aleppo on Sunday.", published="2031-05-09")
    event = next(e for e in coded(reading) if word(reading, e) == "killed")
    quantity = next(q for q in reading.quantities if q.id == event.quantity)
    place, time = (next(x for x in xs if x.id == i) for xs, i in ((reading.places, event.place), (reading.times, event.time)))
    assert (quantity.best, place.name, time.start) == (40, "Aleppo", "2031-05-04")


def test_what_is_denied_is_denied_by_its_source_and_not_asserted_by_the_report(read_text: Read) -> None:
    reading = read_text("The Ethiopian government denied that its troops had attacked the village of Adwa.")
    event = next(e for e in reading.events if word(reading, e) == "attacked")
    assert event.certainty != "certain"
    assert [(v.stance, v.polarity) for v in event.views] == [("denies", "negated")]


@pytest.mark.parametrize(
    "text",
    [
        "The army will attack the town if the talks fail.",
        "The army did not attack the town.",
        "The general said the army could attack the town.",
    ],
)
def test_plans_and_denials_are_not_coded_as_done(read_text: Read, text: str) -> None:
    attacks = [e for e in read_text(text).events if e.type == "ASSAULT"]
    assert all((e.polarity, e.certainty) != ("affirmed", "certain") or e.tense not in ("past", "ongoing") for e in attacks)


@pytest.mark.parametrize(("verb", "polarity"), [("failed", "negated"), ("managed", "affirmed")])
def test_an_implicative_verb_tells_whether_it_happened(read_text: Read, verb: str, polarity: str) -> None:
    reading = read_text(f"The rebels {verb} to capture the town of Nyala on Monday.")
    event = next(e for e in coded(reading) if word(reading, e) == "capture")
    assert (event.polarity, event.certainty) == (polarity, "certain")


def test_a_match_report_has_no_assault(read_text: Read) -> None:
    assert not [e for e in read_text("The home side beat its old rivals by three goals to one.").events if e.type == "ASSAULT"]


def test_every_part_of_an_event_is_known_to_its_reading(example_readings: list[Reading]) -> None:
    for reading in example_readings:
        held = {x.id for xs in (reading.actors, reading.quantities, reading.times, reading.places, reading.attributions) for x in xs}
        for e in reading.events:
            assert {x for x in (e.actor, e.recipient, e.quantity, e.time, e.place, e.attribution) if x} <= held
            assert e.span[0] <= e.trigger[0] < e.trigger[1] <= len(reading.report.text)
