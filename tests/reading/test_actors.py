from onrecord.reading.actors import Cast
from onrecord.reading.coreference import references
from onrecord.reading.encoder import Encoder
from onrecord.reading.grammar import Grammar
from onrecord.reading.known import Known
from onrecord.reading.sentences import lay_out

TEXT = (
    "Defence Minister Ana Kovar said the port was safe. Kovar added that work would go on. She promised help. "
    "A senior harbour official disagreed. The official spoke of two fires. The World Shipping Agency warned crews. "
    "The WSA said it was watching. US Secretary of State John Abel Smith III came on Monday; Secretary Smith met the crews."
)


ENCODER = Encoder()


def cast_of(text: str) -> Cast:
    layout = lay_out(text)
    seen = ENCODER.see(text, layout.sentences)
    grammar = Grammar(text, seen)
    return Cast(layout, grammar, references(seen, grammar))


def resolve(words: str) -> Known:
    cast = cast_of(TEXT)
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


def test_a_name_beside_a_description_is_whom_it_means() -> None:
    text = "The port’s chief engineer, Vera Lindqvist, said the crane had failed."
    known = cast_of(text).resolve([(0, text.index(" said"))])
    assert known is not None and known.name == "Vera Lindqvist" and known.type == "person"


def test_an_organization_has_its_full_name() -> None:
    text = "Nobody should drink from the river, the WHO said on Monday."
    at = text.index("the WHO")
    known = cast_of(text).resolve([(at, at + 7)])
    assert known is not None and known.name == "World Health Organization"


def test_a_ministry_is_not_its_state() -> None:
    text = "Peru closed two ports. The health ministry of Peru said the ports would open soon."
    at = text.index("The health")
    known = cast_of(text).resolve([(at, text.index(" said"))])
    assert known is not None and "ministry" in known.name
