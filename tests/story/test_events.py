from collections.abc import Callable

from onrecord import Account, Reading, tell

Read = Callable[..., Reading]
ATTACK = "Rebels attacked a convoy of the Sudanese army near Nyala on Monday, the ministry said."


def story(read_text: Read) -> Account:
    return tell(
        [
            read_text(ATTACK, id="r1", outlet="The Orm Post", published="2031-05-09T08:00:00Z"),
            read_text(ATTACK, id="r2", outlet="The Lindmar Review", published="2031-05-09T12:00:00Z"),
        ]
    )


def test_a_claim_has_its_event_and_a_deed_counts_once_however_often_it_is_printed(read_text: Read) -> None:
    account = story(read_text)
    events = [c.event for c in account.claims if c.event and c.event.type == "ASSAULT"]
    assert len(events) == 1 and events[0].actual and events[0].place and events[0].place.name == "Nyala"
    assert [(e.quad, e.weight) for e in account.network.edges] == [(4, 1)]
    names = {a.id: a.code for a in account.actors}
    assert [(names[e.source], names[e.target]) for e in account.network.edges] == [("---REB", "SDNMIL")]


def test_a_day_of_fighting_is_cold(read_text: Read) -> None:
    (day,) = story(read_text).timeline
    assert day.goldstein is not None and day.goldstein < -5 and day.events == 1


def test_a_threat_draws_no_blow(read_text: Read) -> None:
    account = tell([read_text("Rebels will attack the Sudanese army near Nyala if the talks fail, a spokesman said.", id="r1")])
    assert not [e for e in account.network.edges if e.quad == 4]
