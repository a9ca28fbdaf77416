import pytest

from onrecord.records import Actor, ActorType, Reader, Reading, Report
from onrecord.reports.files import complete
from onrecord.story.actors import unite
from onrecord.story.copies import Edge
from onrecord.story.names import same_person


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Volodymyr Zelenskyy", "Volodymyr Zelensky"),
        ("Vladamir Putin", "Vladimir Putin"),
        ("Lloyd J. Austin III", "Lloyd Austin"),
        ("L. Austin", "Lloyd Austin"),
        ("Austin", "Lloyd Austin"),
        ("Tomas Halvorsen", "Thomas Halversen"),
    ],
)
def test_one_person_in_two_spellings(a: str, b: str) -> None:
    assert same_person(a, b) and same_person(b, a)


@pytest.mark.parametrize(("a", "b"), [("Anna Holm", "Peter Holm"), ("Ida Lund", "Ida Lang"), ("Holm", "Hall")])
def test_two_people(a: str, b: str) -> None:
    assert not same_person(a, b) and not same_person(b, a)


def reading(name: str, *actors: tuple[str, ActorType], outlet: str | None = None) -> Reading:
    made = tuple(Actor(id=f"p{n}", name=a, type=t, mentions=((0, 1),)) for n, (a, t) in enumerate(actors))
    return Reading(reader=Reader(version="0", model=""), report=complete(Report(id=name, text="words", outlet=outlet)), actors=made)


def groups(*readings: Reading, edges: tuple[Edge, ...] = ()) -> set[frozenset[str]]:
    cast = unite(readings, edges)
    return {frozenset(f"{key[0]}:{a.name}" for key, a in g.members) for g in cast.joined.values() if g.members}


def test_unnamed_sources_are_one_only_within_a_chain_of_outlets() -> None:
    a, b = reading("a", ("senior port official", "unnamed")), reading("b", ("port official", "unnamed"))
    assert len(groups(a, b)) == 2
    assert len(groups(a, b, edges=(Edge("a", "b", "cites", 0.1),))) == 1


def test_an_outlet_is_the_actor_that_others_cite() -> None:
    a, b = reading("a", outlet="The Orm Courier"), reading("b", ("Orm Courier", "organization"))
    cast = unite([a, b], [])
    assert cast.of["b", "p0"] == cast.outlets["The Orm Courier"]


def test_the_order_of_reports_changes_nothing() -> None:
    readings = [
        reading("a", ("Ida Lund", "person"), ("Harbour Ministry", "government")),
        reading("b", ("Lund", "person"), ("Ministry", "government")),
        reading("c", ("Ida Lundh", "person")),
    ]
    assert groups(*readings) == groups(*reversed(readings))
