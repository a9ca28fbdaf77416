from collections.abc import Callable

from onrecord import Reading
from onrecord.records import Place

Read = Callable[..., Reading]


def places(text: str, read_text: Read) -> dict[str, Place]:
    return {text[slice(*p.span)]: p for p in read_text(text).places}


def test_a_city_a_region_and_a_country(read_text: Read) -> None:
    found = places("Shells hit Kharkiv in eastern Ukraine. Officials in the Kursk region said so.", read_text)
    assert found["Kharkiv"].country == "UKR" and found["Kharkiv"].precision == "point"
    assert found["Kursk"].country == "RUS"
    assert next(p for t, p in found.items() if t.endswith("Ukraine")).precision == "country"


def test_what_follows_a_comma_says_which_is_meant(read_text: Read) -> None:
    found = places("The fire began in Paris, Texas, and was put out on Monday.", read_text)
    assert found["Paris"].country == "USA"
    assert places("The fire began in Paris and was put out on Monday.", read_text)["Paris"].country == "FRA"


def test_a_shortened_state_says_it_too(read_text: Read) -> None:
    assert places("The trial was held in Athens, Ga., on Monday.", read_text)["Athens"].country == "USA"
    assert places("The trial was held in Athens, Ga., on Monday.", read_text)["Ga"].name == "Georgia"
    assert places("The trial was held in Athens on Monday.", read_text)["Athens"].country == "GRC"


def test_a_misspelt_name_is_found_with_less_certainty(read_text: Read) -> None:
    text = "Russia has moved its troops again. Russian soldiers were seen in Kurst and near Belgorod, in western Russia."
    found = places(text, read_text)
    assert found["Kurst"].name.startswith("Kursk") and found["Kurst"].confidence < 1


def test_parts_of_the_world_lie_on_the_map(read_text: Read) -> None:
    found = places("The ship left the Black Sea. Trains were sent to the Russian far east.", read_text)
    assert found["Black Sea"].precision == "region"
    assert any(p.lon and p.lon > 100 for p in found.values())


def test_people_and_months_are_no_places(read_text: Read) -> None:
    assert places("Paris Whitfield said on Sunday that March had been cold. The University of Texas agreed.", read_text) == {}
