from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.ledger import queries, search
from onrecord.ledger.queries import ClaimFilter
from tests.ledger.conftest import QuickLedger, story
from tests.ledger.test_judging import judge, merge

TEXTS = (
    "Ana said: the bridges are shut. Ben said: the river rose.",
    "Cem said: the bridges are shut. Ana said: nobody was hurt at Zürich.",
    "Dora denied: the bridges are shut. Eve said: the river rose.",
    "Gus said: two boats sank below the bridge.",
)


@pytest.fixture
def told(ledger: QuickLedger) -> QuickLedger:
    ledger.add(story(*TEXTS))
    ledger.update()
    return ledger


def found(ledger: QuickLedger, **wanted: Any) -> list[str]:
    with ledger.store.reading() as db:
        return [row.statement for row in queries.claims(db, ClaimFilter(**wanted))[0]]


def test_claims_are_found_by_each_filter(told: QuickLedger) -> None:
    assert len(found(told)) == 4
    assert found(told, q="bridge") == ["the bridges are shut", "two boats sank below the bridge"]
    assert found(told, q='"boats sank" -river') == ["two boats sank below the bridge"]
    assert found(told, q="zurich") == found(told, q="ZÜRICH") or found(told, q="Zürich") == ["nobody was hurt at Zürich"]
    assert found(told, origins=2) == ["the bridges are shut", "the river rose"]
    assert found(told, stance="denies") == found(told, open=True) == ["the bridges are shut"]
    assert found(told, outlet="Paper 3") == ["two boats sank below the bridge"]
    assert found(told, since="2031-05-02", until="2031-05-02") == ["nobody was hurt at Zürich"]
    assert found(told, outlets=3) == ["the bridges are shut"]
    assert found(told, order="new")[0] == "two boats sank below the bridge"
    assert sorted(found(told, who="AN")) == ["nobody was hurt at Zürich", "the bridges are shut"]
    assert found(told, who="%") == []
    with told.store.reading() as db:
        (ana,), total = queries.sources(db, q="ana")
    assert (ana.name, ana.origin, ana.said, ana.denies, total) == ("Ana", 2, 2, 0, 1)
    assert sorted(found(told, actor=ana.number)) == ["nobody was hurt at Zürich", "the bridges are shut"]


def test_what_is_merged_is_found_by_the_words_of_both(told: QuickLedger) -> None:
    merge(told, "c4", "c1")
    assert found(told, q="boats") == found(told, q="shut") == ["two boats sank below the bridge"]  # the statement is the clearest wording


def test_what_is_no_claim_is_listed_apart(told: QuickLedger) -> None:
    from onrecord.ledger.judging import places_of

    with told.store.reading() as db:
        places = places_of(db, "c2")
    judge(told, "not_a_claim", claim="c2", places=places)
    assert "the river rose" not in found(told) and found(told, status="rejected") == ["the river rose"]


def test_disagreements_and_reports(told: QuickLedger) -> None:
    with told.store.reading() as db:
        rows, total = queries.disagreements(db, "none")
        sides = queries.sides_of(db, [row.number for row in rows])
        assert (total, [[s.statement for s in each] for each in sides.values()]) == (1, [["the bridges are shut"]])
        assert queries.disagreements(db, "update") == ([], 0)
        reports, n = queries.reports_with(db, "river", 10)
        assert n == 2 and {r.id for r in reports} == {"r0", "r2"}
        assert queries.reports_with(db, "", 2)[1] == 4


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=30))
def test_no_query_is_an_error(told: QuickLedger, query: str) -> None:
    with told.store.reading() as db:
        for rows, total in (queries.claims(db, ClaimFilter(q=query)), queries.reports_with(db, query, 5)):
            assert len(rows) == total <= 4


@pytest.mark.parametrize(
    "query",
    [
        '"',
        '""',
        "-",
        "-a",
        "a -",
        "*",
        "a*",
        "NEAR(a b)",
        "a OR b",
        "AND",
        "(",
        ":",
        "body:a",
        "'; drop table claim; --",
        "\\",
        "a\0b",
        "&|!",
    ],
)
def test_signs_that_mean_something_to_a_database_mean_nothing(told: QuickLedger, query: str) -> None:
    found(told, q=query)
    assert len(found(told)) == 4


def test_an_excerpt_shows_the_words() -> None:
    body = "word " * 100 + "and then the ferries left the quay " + "word " * 100
    start, end = search.excerpt(body, "ferry")
    assert "ferries" in body[start:end] and end - start < 300
    assert search.excerpt("short", "none") == (0, 5)
