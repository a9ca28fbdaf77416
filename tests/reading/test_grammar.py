from collections.abc import Callable

import pytest

from onrecord.reading.encoder import NONE, Encoder
from onrecord.reading.grammar import Grammar
from onrecord.reading.sentences import lay_out

Parse = Callable[[str], Grammar]


@pytest.fixture(scope="module")
def parse(encoder: Encoder) -> Parse:
    def parsed(text: str) -> Grammar:
        return Grammar(text, encoder.see(text, lay_out(text).sentences))

    return parsed


def token(grammar: Grammar, word: str) -> int:
    return next(t for t in range(len(grammar)) if grammar.word(t) == word)


def word(grammar: Grammar, found: int | None) -> str | None:
    return None if found is None else grammar.word(found)


def test_subject_object_and_tense(parse: Parse) -> None:
    grammar = parse("The army shelled two villages on Monday.")
    verb = token(grammar, "shelled")
    assert word(grammar, grammar.subject_of(verb)) == "army"
    assert word(grammar, grammar.object_of(verb)) == "villages"
    assert grammar.tense(verb) == "past" and grammar.upos(verb) == "VERB" and not grammar.negated(verb)


def test_a_passive_turns_the_roles(parse: Parse) -> None:
    grammar = parse("Two villages were shelled by the army.")
    verb = token(grammar, "shelled")
    assert grammar.is_passive(verb)
    assert word(grammar, grammar.agent_of(verb)) == "army"
    assert word(grammar, grammar.object_of(verb)) == "villages"


def test_control_joined_verbs_and_relative_clauses(parse: Parse) -> None:
    grammar = parse("The rebels promised to leave the town and released the hostages.")
    assert word(grammar, grammar.subject_of(token(grammar, "leave"))) == "rebels"
    assert word(grammar, grammar.subject_of(token(grammar, "released"))) == "rebels"
    grammar = parse("The officer who ordered the strike has resigned.")
    assert word(grammar, grammar.subject_of(token(grammar, "resigned"))) == "officer"


def test_negation_and_modality(parse: Parse) -> None:
    grammar = parse("The governor did not resign. The bridge may collapse. The talks will resume on Friday.")
    assert grammar.negated(token(grammar, "resign"))
    assert grammar.modality(token(grammar, "collapse")) == "may"
    assert grammar.tense(token(grammar, "resume")) == "future"


def test_clause_and_apposition(parse: Parse) -> None:
    text = "Officials said that the dam had burst. Ole Brandt, the harbour master, resigned."
    grammar = parse(text)
    complement = grammar.complement_of(token(grammar, "said"))
    assert complement is not None and text[slice(*grammar.clause_of(complement))] == "that the dam had burst"
    assert word(grammar, grammar.apposition_of(token(grammar, "ole"))) == "master"


@pytest.mark.parametrize("text", ["", "!", "\u200b", "a", "...", "\n\n\u00a0"])
def test_odd_texts_have_a_grammar(parse: Parse, text: str) -> None:
    grammar = parse(text)
    assert all(head == NONE or 0 <= head < len(grammar) for head in grammar.heads)


def test_clitics_are_tokens(parse: Parse) -> None:
    grammar = parse("Ukraine's army can't leave.")
    assert [grammar.word(t) for t in range(len(grammar))] == ["ukraine", "'s", "army", "ca", "n't", "leave", "."]
