"""Judgements: what each does, that all are kept, and that to settle a few claims gives what telling all anew gives."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from onrecord import Account
from onrecord.ledger import LedgerError
from onrecord.ledger.check import check
from onrecord.ledger.judging import NotThereError, append, places_of, standing_claim
from onrecord.records import Claim, Judgement
from tests.ledger.conftest import QuickLedger, on_server, story

TEXTS = (
    "Ana said: the bridge is shut. Ben said: the river rose.",
    "Cem said: the bridge is shut. Ana said: nobody was hurt.",
    "Dora denied: the bridge is closed to all. Eve said: the river rose.",
    "Fay said: the bridge is closed to all. Gus said: two boats sank.",
)


@pytest.fixture
def told(ledger: QuickLedger) -> QuickLedger:
    ledger.add(story(*TEXTS))
    ledger.update()
    return ledger


def claim(account: Account, statement: str) -> Claim:
    return next(c for c in account.claims if c.statement == statement)


def judge(ledger: QuickLedger, kind: Any, by: str = "ann", **parts: Any) -> Judgement:
    with ledger.store.writing() as db:
        return append(db, Judgement(id=0, kind=kind, by=by, at="", **parts))


def merge(ledger: QuickLedger, one: str, into: str) -> Judgement:
    with ledger.store.writing() as db:
        places = {"places": places_of(db, one), "others": places_of(db, into)}
        return append(db, Judgement(id=0, kind="same", claim=one, other=into, by="ann", at="", **places))


def part(ledger: QuickLedger, claim: Claim, number: int) -> Judgement:
    from onrecord.records import Whereabouts

    own = [Whereabouts(report=m.report, span=m.span) for m in claim.mentions]
    return judge(ledger, "different", claim=claim.id, places=(own.pop(number),), others=tuple(own))


def undo(ledger: QuickLedger, judgement: Judgement) -> Judgement:
    return judge(ledger, "undo", undoes=judgement.id)


def test_merged_claims_are_counted_as_one(told: QuickLedger) -> None:
    account = told.account()
    shut, closed = claim(account, "the bridge is shut"), claim(account, "the bridge is closed to all")
    merge(told, closed.id, shut.id)
    now = told.account()
    merged = next(c for c in now.claims if c.id == shut.id)
    assert len(merged.mentions) == 4 and merged.independent_origins == 3 and closed.id not in {c.id for c in now.claims}
    with told.store.reading() as db:
        assert standing_claim(db, closed.id) == shut.id  # the permanent link leads on
        with pytest.raises(NotThereError):
            standing_claim(db, "c99")
    assert [(d.kind, d.claims) for d in now.disagreements] == [("denial", (shut.id,))]  # it follows its claim


def test_a_merge_that_brings_a_denial_together_is_a_disagreement_until_it_is_undone(ledger: QuickLedger) -> None:
    ledger.add(story("Ana said: the mast fell.", "Ben denied: the pole fell."))
    ledger.update()
    before = ledger.account()
    made = merge(ledger, before.claims[1].id, before.claims[0].id)
    assert [d.kind for d in ledger.account().disagreements] == ["denial"]
    undo(ledger, made)
    assert ledger.account() == before


def test_a_parted_mention_is_a_claim_of_its_own(told: QuickLedger) -> None:
    rose = claim(told.account(), "the river rose")
    made = part(told, rose, 1)
    account = told.account()
    assert {c.id: len(c.mentions) for c in account.claims if c.statement == "the river rose"} == {rose.id: 1, made.made: 1}
    undo(told, made)
    assert claim(told.account(), "the river rose") == rose
    with told.store.reading() as db:
        assert standing_claim(db, made.made or "") == rose.id


def test_no_claim_is_left_out_and_can_be_found_again(told: QuickLedger) -> None:
    boats = claim(told.account(), "two boats sank")
    with told.store.reading() as db:
        places = places_of(db, boats.id)
    made = judge(told, "not_a_claim", claim=boats.id, places=places)
    assert boats.id not in {c.id for c in told.account().claims}
    with told.store.reading() as db:
        assert standing_claim(db, boats.id) == boats.id
    undo(told, made)
    assert claim(told.account(), "two boats sank") == boats


def test_credibility_source_and_words_are_those_a_person_set(told: QuickLedger) -> None:
    rose = claim(told.account(), "the river rose")
    with told.store.reading() as db:
        places = places_of(db, rose.id)
    judge(told, "credibility", claim=rose.id, places=places, value="2", reason="I saw it")
    judge(told, "source", claim=rose.id, places=places[:1], value="Zoe Marsh")
    start = places[1].span[0]
    judge(told, "span", claim=rose.id, places=places[1:], value=f"{start}:{start + 9}")
    account = told.account()
    now = next(c for c in account.claims if c.id == rose.id)
    assert (now.credibility, now.signed_by) == (
        2,
        "ann",
    ) and now.credibility_reason == f"set by ann on {told.judgements()[0].at[:10]}: I saw it"
    assert {a.name for a in account.actors if a.id in {o.actor for o in now.origins}} == {"Zoe Marsh", "Eve"}
    assert now.mentions[1].span == (start, start + 9)
    told.rebuild()
    assert told.account() == account
    judge(told, "source", claim=rose.id, places=places[:1], value="")
    assert next(c for c in told.account().claims if c.id == rose.id).mentions[0].source is None
    assert list(check(told.store)) == []


def test_judgements_outlive_new_reports_and_a_new_reader(told: QuickLedger) -> None:
    account = told.account()
    shut, closed = claim(account, "the bridge is shut"), claim(account, "the bridge is closed to all")
    merge(told, closed.id, shut.id)
    told.add(story("Hal said: the bridge is closed to all.", "Ida said: the road is dry.", first=10))
    told.update()
    now = next(c for c in told.account().claims if c.id == shut.id)
    assert len(now.mentions) == 5
    with QuickLedger(told.store.target, model="another") as later:
        assert later.update().how == "rebuilt"
        assert next(c for c in later.account().claims if c.id == shut.id).mentions == now.mentions
        assert len(later.judgements()) == 1


def test_a_judgement_is_never_changed(told: QuickLedger) -> None:
    merge(told, "c2", "c1")
    for statement in ("update judgement set body = ''", "delete from judgement", "delete from history"):
        with pytest.raises(LedgerError, match="append-only"), told.store.writing() as db:
            db.execute(text(statement))


def test_who_judges_and_when_is_told(told: QuickLedger) -> None:
    merge(told, "c2", "c1")
    made = told.judgements()[0]
    assert (made.id, made.by, made.kind, made.claim, made.other) == (1, "ann", "same", "c2", "c1") and made.at.endswith("Z")


STEPS: dict[str, Callable[[QuickLedger, Account, int, int], object]] = {
    "merge": lambda ledger, account, a, b: a % len(account.claims) != b % len(account.claims)
    and merge(ledger, account.claims[a % len(account.claims)].id, account.claims[b % len(account.claims)].id),
    "part": lambda ledger, account, a, b: len((c := account.claims[a % len(account.claims)]).mentions) > 1 and part(ledger, c, b % len(c.mentions)),
    "reject": lambda ledger, account, a, b: len(account.claims) > 2
    and judge(ledger, "not_a_claim", claim=(c := account.claims[a % len(account.claims)]).id, places=_places(ledger, c.id)),
    "sign": lambda ledger, account, a, b: judge(
        ledger, "credibility", claim=(c := account.claims[a % len(account.claims)]).id, places=_places(ledger, c.id), value=str(1 + b % 6), reason="r"
    ),
    "source": lambda ledger, account, a, b: judge(
        ledger, "source", claim=(c := account.claims[a % len(account.claims)]).id, places=_places(ledger, c.id)[:1], value=["", "Zoe", "Ana"][b % 3]
    ),
    "undo": lambda ledger, account, a, b: (made := ledger.judgements()) and undo(ledger, made[a % len(made)]),
}  # fmt: skip


def _places(ledger: QuickLedger, id: str) -> Any:
    with ledger.store.reading() as db:
        return places_of(db, id)


@pytest.fixture
def fresh(target: str) -> Iterator[Callable[[], QuickLedger]]:
    """Makes ledgers that hold the story and no judgement, one for each example."""
    with QuickLedger(target) as kept:
        kept.add(story(*TEXTS))
        kept.update()
    made: list[str] = []

    def copied() -> QuickLedger:
        copy = f"{target}_{len(made)}"
        if target.startswith("postgresql"):
            on_server(f"create database {copy.rsplit('/', 1)[1]} template {target.rsplit('/', 1)[1]}")
        else:
            shutil.copy(target, copy)
        made.append(copy)
        return QuickLedger(copy)

    yield copied
    for copy in made if target.startswith("postgresql") else ():
        on_server(f"drop database {copy.rsplit('/', 1)[1]} with (force)")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(st.sampled_from(sorted(STEPS)), st.integers(0, 30), st.integers(0, 30)), max_size=7))
def test_what_is_settled_at_once_is_what_telling_anew_gives(fresh: Callable[[], QuickLedger], steps: list[tuple[str, int, int]]) -> None:
    with fresh() as ledger:
        machine = ledger.account()
        for kind, a, b in steps:
            STEPS[kind](ledger, ledger.account(), a, b)
        at_once = ledger.account()
        assert list(check(ledger.store)) == []
        ledger.rebuild()
        assert _plain(ledger.account()) == _plain(at_once)
        for judgement in reversed(ledger.judgements()):
            if judgement.kind != "undo":
                while judgement.id in _standing(ledger):
                    undo(ledger, judgement)
        assert _plain(ledger.account()) == _plain(machine)
        assert list(check(ledger.store)) == []


def _standing(ledger: QuickLedger) -> set[int]:
    from onrecord.story.judged import standing

    return {j.id for j in standing(ledger.judgements())}


def _plain(account: Account) -> Any:
    """An account, its disagreements without their numbers, in order of its claims' ids."""
    return sorted(account.claims, key=lambda c: c.id), sorted((d.kind, d.claims, d.resolved) for d in account.disagreements)


def test_a_merge_into_a_parted_claim_may_bring_a_denial_together(ledger: QuickLedger) -> None:
    ledger.add(story("Ana said: the mast fell. Ben said: the mast fell.", "Cem denied: the pole fell."))
    ledger.update()
    mast, pole = ledger.account().claims
    made = part(ledger, mast, 1)
    merge(ledger, pole.id, made.made or "")
    assert [(d.kind, d.claims) for d in ledger.account().disagreements] == [("denial", (made.made,))]
    before = _plain(ledger.account())
    ledger.rebuild()
    assert _plain(ledger.account()) == before and list(check(ledger.store)) == []


def test_an_undo_is_taken_back_at_once_also_after_a_rebuild(told: QuickLedger) -> None:
    made = merge(told, "c2", "c1")
    taken = undo(told, made)
    told.rebuild()
    undo(told, taken)
    assert "c2" not in {c.id for c in told.account().claims}


def test_an_id_is_given_once_though_nothing_was_parted(told: QuickLedger) -> None:
    account = told.account()
    boats = claim(account, "two boats sank")
    with told.store.reading() as db:
        own = places_of(db, boats.id)
    made = judge(told, "different", claim=boats.id, places=own, others=own)
    told.add(story("Hal said: a new matter.", first=40))
    told.update()
    assert claim(told.account(), "a new matter").id != made.made


def test_a_name_in_other_letters_is_one_source(told: QuickLedger) -> None:
    with told.store.reading() as db:
        places = places_of(db, "c2")
    for _ in range(2):
        judge(told, "source", claim="c2", places=places, value="Élise Ærø")
        told.rebuild()
    with told.store.reading() as db:
        assert db.execute(text("select count(*) from actor where name = 'Élise Ærø' and status = 'standing'")).scalar() == 1
