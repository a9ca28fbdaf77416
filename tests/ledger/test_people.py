import time

from onrecord.ledger import people
from tests.ledger.conftest import QuickLedger


def test_a_token_opens_a_session_until_it_is_taken_away(ledger: QuickLedger) -> None:
    store = ledger.store
    token = people.add(store, "ana", "reviewer")
    person = people.person_with(store, token)
    assert (person.name, person.role) == ("ana", "reviewer") and people.person_with(store, token + "x") is None
    session = people.session_of(person, int(time.time()) + 60)
    assert people.person_in(store, session).name == "ana"
    people.add(store, "ana", "reader")  # a new token
    assert people.person_in(store, session) is None and people.person_with(store, token) is None
    assert people.remove(store, "ana") and not people.remove(store, "ana") and people.all_people(store) == []


def test_a_session_that_ended_or_was_made_up_is_none(ledger: QuickLedger) -> None:
    store = ledger.store
    person = people.person_with(store, people.add(store, "ana", "reader"))
    people.add(store, "eve", "reviewer")
    session = people.session_of(person, int(time.time()) + 60)
    name, expires, signature = session.split(".")
    made_up = ["", ".", "..", "a.b.c", f"{name}.{int(expires) + 99}.{signature}", f"ZXZl.{expires}.{signature}", session[:-1], "é.1.2"]
    assert all(people.person_in(store, each) is None for each in made_up)
    assert people.person_in(store, people.session_of(person, int(time.time()) - 1)) is None


def test_the_token_itself_is_kept_nowhere(ledger: QuickLedger) -> None:
    token = people.add(ledger.store, "ana", "reader")
    assert token not in str(people.all_people(ledger.store)) and people.hashed(token) in str(people.all_people(ledger.store))
