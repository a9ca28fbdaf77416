import pytest

from onrecord.reading.codes import code_of, sector_in
from onrecord.reading.known import Known
from onrecord.reading.lexicon import State


@pytest.mark.parametrize(
    ("words", "sector"),
    [
        ("foreign minister", "GOV"),
        ("Russian troops", "MIL"),
        ("supreme court", "JUD"),
        ("opposition party", "PTY"),
        ("aid workers", "NGO"),
        ("head of the rebels", "REB"),
        ("rebel leader", "REB"),
        ("spokesman for the army", "MIL"),
        ("secretary general", "GOV"),
        ("gunmen", "REB"),
        ("carpet", None),
    ],
)
def test_the_role_is_read_off_the_nouns(words: str, sector: str | None) -> None:
    assert sector_in(words) == sector


def test_country_and_role_make_the_code() -> None:
    assert code_of(Known("Ida Holm", "person", role="Defence Minister", state=State("NOR", "Norway"))) == "NORGOV"
    assert code_of(Known("separatist rebels", "group", heads={"rebel"})) == "---REB"
    assert code_of(Known("Hamas", "armed_force")) == "PSEREB"
    assert code_of(Known("Ida Holm", "person")) is None


def test_an_office_is_held_in_its_years() -> None:
    chirac = Known("Jacques Chirac", "person")
    assert code_of(chirac, 1998) == "FRAGOV"
    assert code_of(chirac, 2020) is None
