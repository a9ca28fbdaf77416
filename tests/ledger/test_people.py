import pytest

from onrecord.ledger import people
from tests.ledger.conftest import QuickLedger


def test_a_token_opens_a_session_until_it_is_taken_away(ledger: QuickLedger) -> None:
    store, sessions = ledger.store, people.Sessions()
    token = people.add(store, "ana", "reviewer")
    person = people.person_with(store, token)
    assert (person.name, person.role) == ("ana", "reviewer") and people.person_with(store, token + "x") is None
    key = sessions.begin(person)
    assert sessions.person(store, key).name == "ana"
    people.add(store, "ana", "reader")  # a new token
    assert sessions.person(store, key) is None and people.person_with(store, token) is None
    assert people.remove(store, "ana") and not people.remove(store, "ana") and people.all_people(store) == []


def test_a_session_that_ended_or_was_made_up_is_none(ledger: QuickLedger, monkeypatch: pytest.MonkeyPatch) -> None:
    store, sessions = ledger.store, people.Sessions()
    person = people.person_with(store, people.add(store, "ana", "reader"))
    first, second = sessions.begin(person), sessions.begin(person)
    assert all(sessions.person(store, made_up) is None for made_up in ("", "é", first[:-1], people.hashed(first), person.token))
    sessions.end(first)
    assert sessions.person(store, first) is None and sessions.person(store, second).name == "ana"
    later = people.time.time() + people.LASTS + 1
    monkeypatch.setattr(people.time, "time", lambda: later)
    assert sessions.person(store, second) is None


def test_the_token_itself_is_kept_nowhere(ledger: QuickLedger) -> None:
    token = people.add(ledger.store, "ana", "reader")
    assert token not in str(people.all_people(ledger.store)) and people.hashed(token) in str(people.all_people(ledger.store))
