from onrecord import Report, read
from onrecord.reports.files import complete
from onrecord.story.actors import unite
from onrecord.story.mentions import Draft, collect


def drafts(text: str, outlet: str = "The Orm Courier") -> tuple[list[Draft], str]:
    """The mentions of a report, and the actor that is its outlet."""
    readings = list(read([complete(Report(id="r", text=text, outlet=outlet))]))
    cast = unite(readings, [])
    return collect(readings, cast), cast.outlet_of["r"]


def test_a_figure_and_an_hour_are_mentions_of_their_own() -> None:
    found = [d.text for d in drafts("The ferry left the harbour of Orm at 7.40 a.m. with 212 passengers, the harbour master said.")[0]]
    assert any(text.startswith("212 passengers") and len(text) < 20 for text in found)
    assert any("7.40" in text and len(text) < 14 for text in found)


def test_what_is_little_more_than_its_figure_is_one_mention() -> None:
    found = [d.text for d in drafts("Nine people died, the mayor said.")[0]]
    assert found.count("Nine people died") == 1 and "Nine people" not in found


def test_an_outlet_that_says_we_is_the_source() -> None:
    found, outlet = drafts("We believe that the minister should resign at once.")
    assert any(d.source == outlet for d in found)


def test_we_in_a_quotation_is_not_the_outlet() -> None:
    found, outlet = drafts("“We believe that the minister should resign at once,” said Ana Kovar, the leader of the dockers.")
    assert found and all(d.source != outlet for d in found)
