"""Judgements over groups of mentions, without a database."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from onrecord.records import Judgement, Whereabouts
from onrecord.story.judged import judge_all, standing

CLAIMS = {"c1": [1, 2, 3], "c2": [4, 5], "c3": [6]}
PLACES = {n: Whereabouts(report=f"r{n % 3}", span=(10 * n, 10 * n + 8)) for n in range(1, 7)}


def at(*items: int) -> tuple[Whereabouts, ...]:
    return tuple(PLACES[n] for n in items)


def judgement(id: int, kind: Any, **parts: Any) -> Judgement:
    return Judgement(id=id, kind=kind, by="ann", at="2031-05-09T10:00:00Z", **parts)


def test_the_same_is_one_claim_under_the_id_of_the_second() -> None:
    found = judge_all(CLAIMS, PLACES, [judgement(1, "same", places=at(6), others=at(4, 5))])
    assert found.claims == {"c1": [1, 2, 3], "c2": [4, 5, 6]} and found.merged == {"c3": "c2"} and found.touched == {1: {"c2", "c3"}}


def test_a_claim_is_the_one_that_holds_most_of_its_places() -> None:
    found = judge_all(CLAIMS, PLACES, [judgement(1, "same", places=at(3, 4, 5), others=at(6))])
    assert found.merged == {"c2": "c3"}


def test_different_is_parted_once_and_never_empties_a_claim() -> None:
    parted = judge_all(CLAIMS, PLACES, [judgement(1, "different", places=at(2), others=at(1, 3), made="c9")])
    assert parted.claims["c1"] == [1, 3] and parted.claims["c9"] == [2]
    nothing = judge_all(CLAIMS, PLACES, [judgement(1, "different", places=at(6), others=at(1), made="c9")])
    assert nothing.claims == CLAIMS


def test_a_later_judgement_is_over_an_earlier_one() -> None:
    made = [judgement(1, "same", places=at(4, 5), others=at(1, 2, 3)), judgement(2, "different", places=at(4), others=at(1, 2), made="c9"),
            judgement(3, "credibility", places=at(1), value="2"), judgement(4, "credibility", places=at(5), value="4")]  # fmt: skip
    found = judge_all(CLAIMS, PLACES, made)
    assert found.claims == {"c1": [1, 2, 3, 5], "c9": [4], "c3": [6]} and found.signed["c1"].value == "4"


def test_what_a_merge_swallows_loses_its_own_marks() -> None:
    made = [judgement(1, "not_a_claim", places=at(6)), judgement(2, "same", places=at(6), others=at(4, 5))]
    assert judge_all(CLAIMS, PLACES, made).rejected == {}


def test_a_place_that_a_new_reader_cut_otherwise_is_still_found() -> None:
    shifted = Whereabouts(report=PLACES[6].report, span=(62, 70))
    gone = Whereabouts(report="r0", span=(900, 910))
    found = judge_all(CLAIMS, PLACES, [judgement(1, "not_a_claim", places=(shifted,)), judgement(2, "source", places=(gone,), value="x")])
    assert list(found.rejected) == ["c3"] and [j.id for j in found.unplaced] == [2]


def test_what_is_taken_back_stands_no_more_and_that_may_be_taken_back_too() -> None:
    made = [judgement(1, "source", places=at(1), value="x"), judgement(2, "undo", undoes=1), judgement(3, "undo", undoes=2)]
    assert [j.id for j in standing(made[:2])] == [] and [j.id for j in standing(made)] == [1]


ANY = st.lists(
    st.tuples(st.sampled_from(["same", "different", "not_a_claim", "source"]), st.sets(st.integers(1, 6), min_size=1), st.sets(st.integers(1, 6), min_size=1)),
    max_size=8,
)  # fmt: skip


@given(ANY)
def test_no_judgement_loses_or_doubles_a_mention(steps: list[tuple[str, set[int], set[int]]]) -> None:
    made = [
        judgement(n, kind, places=at(*a), others=at(*b) if kind in ("same", "different") else (), made=f"c{100 + n}", value="")
        for n, (kind, a, b) in enumerate(steps, 1)
    ]
    found = judge_all(CLAIMS, PLACES, made)
    assert sorted(item for items in found.claims.values() for item in items) == [1, 2, 3, 4, 5, 6]
    assert all(found.claims.values()) and set(found.rejected) <= set(found.claims) and not set(found.merged) & set(found.claims)
