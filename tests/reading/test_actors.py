from onrecord.reading.actors import Cast
from onrecord.reading.coreference import Reference, references
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


def found(text: str, words: str) -> Known:
    at = text.index(words)
    known = cast_of(text).resolve([(at, at + len(words))])
    assert known is not None
    return known


def test_the_person_at_the_end_of_a_source_speaks_not_the_body_before() -> None:
    text = "The river was safe, Ferry Workers Union (FWU) head Ole Marsten, who sails it, said on Monday."
    assert found(text, "Ferry Workers Union (FWU) head Ole Marsten, who sails it").name == "Ole Marsten"


def test_a_name_before_a_noun_says_whose_official_it_is_and_is_not_the_official() -> None:
    text = "The bridge was mined, a Marrow intelligence official told The Post."
    assert found(text, "a Marrow intelligence official").name == "Marrow intelligence official"


def test_a_name_ends_where_the_next_clause_begins() -> None:
    text = "In Peru Lindqvist said nothing."
    assert found(text, "Lindqvist").name == "Lindqvist"


def test_us_is_a_state_when_it_is_written_so() -> None:
    text = "US Defence Secretary Ana Kovar said the fleet had sailed."
    assert found(text, "US Defence Secretary Ana Kovar").name == "Ana Kovar"


def test_her_deputy_may_be_a_man() -> None:
    text = "Pia Holm spoke first. Her deputy, Teo Abara, said nothing had changed. He thanked the crew."
    cast = cast_of(text)
    at = text.index("Her deputy")
    cast.resolve([(at, text.index(" said"))])
    he = cast.resolve([(text.index("He thanked"), text.index(" thanked"))])
    assert he is not None and he.name == "Teo Abara"


def test_both_sides_are_the_two_named_last() -> None:
    text = "Peru met Chile on Monday. Both sides said the talks went well."
    known = found(text, "Both sides")
    assert known.name == "Peru and Chile" and known.type == "group"


def test_the_newspaper_is_the_one_that_was_named() -> None:
    text = "The Harbour Tribune saw the letter on Friday. The newspaper said two ships had left."
    cast = cast_of(text)
    first = cast.resolve([(0, text.index(" saw"))])
    assert first is not None and cast.resolve([(text.index("The newspaper"), text.index(" said"))]) is first


def test_a_wrong_link_does_not_lead_a_pronoun_astray() -> None:
    """Two chains that one link has made one: each pronoun still finds the antecedent on its own way back."""
    text = "Ana Kovar spoke first. Then Ole Brandt spoke. He left early."
    layout = lay_out(text)
    grammar = Grammar(text, ENCODER.see(text, layout.sentences))
    spans = [(0, 9), (text.index("Ole"), text.index("Ole") + 10), (text.index("He"), text.index("He") + 2)]
    links = [-1, 0, 1]
    cast = Cast(layout, grammar, [Reference(span, span, "person", 0, link) for span, link in zip(spans, links, strict=True)])
    found = cast.resolve([spans[2]])
    assert found is not None and found.name == "Ole Brandt"


def test_its_director_is_of_the_firm_named_before() -> None:
    text = "Halcyon Marine denied the charge. Its director, Ole Brandt, said the ship was empty."
    layout = lay_out(text)
    grammar = Grammar(text, ENCODER.see(text, layout.sentences))
    firm, its, name = (0, 14), (text.index("Its"), text.index("Its") + 3), (text.index("Ole"), text.index("Ole") + 10)
    cast = Cast(
        layout,
        grammar,
        [Reference(firm, firm, "organization", 0), Reference(its, its, "organization", 0, 0), Reference(name, name, "person", 2)],
    )
    found = cast.resolve([(its[0], name[1])])
    assert found is not None and found.name == "Ole Brandt" and found.role == "director of Halcyon Marine"
