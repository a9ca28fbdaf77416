from onrecord.reading.actors import Cast, Known
from onrecord.reading.sentences import lay_out

TEXT = (
    "Defence Minister Ana Kovar said the port was safe. Kovar added that work would go on. She promised help. "
    "A senior harbour official disagreed. The official spoke of two fires. The World Shipping Agency warned crews. "
    "The WSA said it was watching. US Secretary of State John Abel Smith III came on Monday; Secretary Smith met the crews."
)


def resolve(words: str, occurrence: int = 0) -> Known:
    cast = Cast(lay_out(TEXT))
    found: list[Known | None] = []
    for wording in (
        "Defence Minister Ana Kovar",
        "Kovar",
        "She",
        "A senior harbour official",
        "The official",
        "The World Shipping Agency",
        "The WSA",
    ):
        at = TEXT.index(wording + " ") if wording != "Kovar" else TEXT.index(". Kovar") + 2
        found.append(cast.resolve([(at, at + len(wording))]))
        if wording == words:
            assert found[-1] is not None
            return found[-1]
    at = TEXT.index(words)
    known = cast.resolve([(at, at + len(words))])
    assert known is not None
    return known


def test_a_surname_and_a_pronoun_are_the_person_named_before() -> None:
    assert resolve("Defence Minister Ana Kovar").name == resolve("Kovar").name == resolve("She").name == "Ana Kovar"


def test_a_description_is_the_actor_it_described_before() -> None:
    assert resolve("The official").name == "senior harbour official"
    assert resolve("The official").type == "unnamed"


def test_an_acronym_is_the_organization_spelt_out_before() -> None:
    assert resolve("The WSA").name == "World Shipping Agency"


def test_titles_suffixes_and_initials_are_no_part_of_the_name() -> None:
    known = resolve("Secretary Smith")
    assert known.name == "John Abel Smith"
    assert known.role is not None and known.role.startswith("US Secretary")
