"""Adding to a ledger that is too large to be told anew each time."""

from __future__ import annotations

import random

import pytest

from onrecord.ledger import building
from onrecord.ledger.check import check
from onrecord.ledger.nearness import bag_of, nearest
from tests.ledger.conftest import QuickLedger, story
from tests.ledger.test_judging import claim, merge

FILLER = "Kim said: {} came to the market of {}."
TEXTS = (
    "Ana said: the bridge is shut. Ben said: the river rose.",
    "Cem said: the bridge is shut.",
    *(FILLER.format(what, town) for what in ("flour", "diesel", "cattle") for town in ("Orm", "Velm", "Lusk")),
)
MORE = ("Dora denied: the bridge is shut.", "Eve said: two boats sank.", "Ana said: two boats sank. Fay said: the river rose.")


@pytest.fixture
def large(ledger: QuickLedger, monkeypatch: pytest.MonkeyPatch) -> QuickLedger:
    monkeypatch.setattr(building, "WHOLE", 5)
    monkeypatch.setattr(building, "NEAR", 6)
    ledger.add(story(*TEXTS))
    ledger.rebuild()
    return ledger


def test_new_mentions_join_the_claims_that_are_there(large: QuickLedger) -> None:
    before = {c.statement: c.id for c in large.account().claims}
    large.add(story(*MORE, first=50))
    assert large.update().how == "grafted"
    after = large.account()
    shut = claim(after, "the bridge is shut")
    assert shut.id == before["the bridge is shut"] and [m.stance for m in shut.mentions] == ["asserts", "asserts", "denies"]
    assert claim(after, "the river rose").independent_origins == 2
    assert claim(after, "two boats sank").id not in before.values()
    assert [(d.kind, d.claims) for d in after.disagreements] == [("denial", (shut.id,))]
    assert {a.name for a in after.actors} >= {"Dora", "Eve", "Fay"} and len([a for a in after.actors if a.name == "Ana"]) == 1
    assert list(check(large.store)) == []


def test_what_was_grafted_is_what_is_told_anew(large: QuickLedger) -> None:
    for n, words in enumerate(MORE):
        large.add(story(words, first=50 + n))
        large.update()
    grafted = large.account()
    large.rebuild()
    anew = large.account()
    assert sorted(grafted.claims, key=lambda c: c.id) == sorted(anew.claims, key=lambda c: c.id)
    assert [d.claims for d in grafted.disagreements] == [d.claims for d in anew.disagreements]


def test_a_graft_joins_what_people_have_merged(large: QuickLedger) -> None:
    account = large.account()
    shut, rose = claim(account, "the bridge is shut"), claim(account, "the river rose")
    merge(large, rose.id, shut.id)
    large.add(story("Fay said: the river rose.", first=60))
    assert large.update().how == "grafted"
    now = next(c for c in large.account().claims if c.id == shut.id)
    assert len(now.mentions) == 4 and rose.id not in {c.id for c in large.account().claims}
    assert list(check(large.store)) == []


def test_a_source_far_from_the_new_report_is_known_by_its_name(large: QuickLedger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(building, "NEAR", 1)
    large.add(story("Ana said: the road is wet.", first=70))
    assert large.update().how == "grafted"
    assert len([a for a in large.account().actors if a.name == "Ana"]) == 1


def test_a_report_that_another_program_has_placed_is_not_placed_twice(large: QuickLedger) -> None:
    from onrecord.ledger.grafting import graft
    from tests.ledger.conftest import quick_account, quick_reading

    new = story(*MORE, first=50)
    large.add(new)
    large.update()
    before = large.account()
    with large.store.writing() as db:
        graft(db, quick_account([quick_reading(r) for r in new]), {r.id: r.text for r in new}, {r.id for r in new}, "2031-06-01T00:00:00Z")
    assert large.account() == before


def test_a_graft_that_fails_costs_nothing_and_can_be_done_again(large: QuickLedger, monkeypatch: pytest.MonkeyPatch) -> None:
    before = large.account()
    large.add(story(*MORE, first=50))
    with monkeypatch.context() as patched:
        patched.setattr(building, "graft", lambda *given: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            large.update()
    assert large.account().claims == before.claims
    assert large.update().how == "grafted" and large.update().how == "nothing"


def test_the_nearest_are_those_with_most_telling_words_in_common() -> None:
    draw = random.Random(1)
    words = [f"word{n}" for n in range(400)]
    held = [" ".join(draw.sample(words, 40)) for _ in range(50)]
    held[17] = "the ferry left the harbour of Orm with two hundred passengers on Monday"
    new = ["a ferry with two hundred passengers left Orm harbour", held[30]]
    found = nearest([bag_of(t) for t in new], [bag_of(t) for t in held], 5)
    assert found[:2] == [17, 30] and len(found) == 5
    assert nearest([], [bag_of("a")], 3) == nearest([bag_of("a")], [], 3) == []
    assert nearest([bag_of("")], [bag_of("")], 3) == [0]
