from onrecord.reading.descriptions import learned_states
from onrecord.reading.names import find_names
from onrecord.reading.sentences import lay_out


def names(text: str) -> dict[str, str]:
    return {name.text: name.type for name in find_names(lay_out(text))}


def test_an_office_in_capitals_is_no_name() -> None:
    found = names("On Friday the Minister spoke to the Mayor of Port Osk. The Foreign Ministry said nothing.")
    assert "Minister" not in found and not any("Mayor" in name for name in found)
    assert found["Foreign Ministry"] == "government"


def test_a_dateline_holds_places_and_an_agency() -> None:
    found = names("OSKAR BAY, Taruna, Oct 14 (Coastwire News) - Ana Kovar said the ships had sailed.")
    assert found["OSKAR BAY"] == "place" and found["Coastwire News"] == "organization" and found["Ana Kovar"] == "person"
    assert "Oct" not in found


def test_who_shouts_at_the_beginning_of_a_line_is_no_place() -> None:
    assert names("NATO said - and others agreed - that it would wait.").get("NATO") != "place"


def test_a_name_with_an_adjective_of_its_own_is_a_state() -> None:
    layout = lay_out("On Friday Taruna closed its border, and two Tarunan officials left Velm with Ana Kovar.")
    states = learned_states(layout.text, find_names(layout))
    assert states["Tarunan"].name == "Taruna"
