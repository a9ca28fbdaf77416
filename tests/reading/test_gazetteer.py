from onrecord.reading.gazetteer import folded_name, gazetteer


def test_a_name_is_found_whatever_its_case_and_accents() -> None:
    assert {e.country for e in gazetteer().find("são PAULO")} >= {"BRA"}
    assert folded_name("St. Petersburg") == folded_name("saint petersburg")


def test_the_largest_place_of_a_name_comes_first() -> None:
    assert gazetteer().find("Birmingham")[0].country == "GBR"


def test_an_older_name_of_a_city_is_known() -> None:
    assert gazetteer().find("Kiev")[0].name == gazetteer().find("Kyiv")[0].name


def test_a_name_with_a_slip_finds_its_neighbours() -> None:
    assert "Kursk" in {e.name for e in gazetteer().near_names("Kurst")}


def test_an_unknown_name_finds_nothing() -> None:
    assert gazetteer().find("Xyzzyville-on-Nowhere") == []
