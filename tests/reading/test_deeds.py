from onrecord.reading.deeds import CLASS_OF_ROOT, coding, contexts_in
from onrecord.reading.lexicon import cameo, deeds, plover
from onrecord.reading.schemes import EVENTS

EVEN = [0.2] * 5


def test_every_row_of_the_lexicon_has_a_type_a_mode_and_a_code_that_exist() -> None:
    for these in deeds().values():
        for deed in these:
            assert (deed.type, deed.mode) in plover() and deed.cameo in cameo()


def test_every_type_can_be_coded_without_the_lexicon() -> None:
    for kind in EVENTS:
        code = coding(kind, [], EVEN)
        assert code.quad in (1, 2, 3, 4) and code.cameo_root in CLASS_OF_ROOT


def test_an_accusation_is_never_worth_more_than_nothing() -> None:
    goldstein = coding("ACCUSE", [], EVEN).goldstein
    assert goldstein is not None and goldstein < 0


def test_appeal_or_demand_is_told_by_the_sentence_where_the_words_leave_it_open() -> None:
    assert coding("REQUEST", [], [0.1, 0, 0, 0.8, 0.1]).cameo_root == "10"
    assert coding("REQUEST", [], [0.8, 0, 0, 0.1, 0.1]).cameo_root == "02"


def test_contexts_are_shown_by_words() -> None:
    assert contexts_in("the\narmy moved its tanks") == ["military"]
    assert contexts_in("a couple of taxis crossed the lawn") == []
