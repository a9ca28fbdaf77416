from onrecord.reading.attribution.quotes import quotations, quote_kind
from onrecord.reading.sentences import lay_out


def quoted(text: str) -> list[str]:
    return [text[slice(*q.span)] for q in quotations(lay_out(text))]


def test_curly_straight_and_doubled_marks() -> None:
    assert quoted("“We left at once,” she said.") == ["“We left at once,”"]
    assert quoted('"We left at once," she said.') == ['"We left at once,"']
    assert quoted("''We left at once,'' she said.") == ["''We left at once,''"]


def test_an_apostrophe_opens_no_quotation() -> None:
    assert quoted("The ministry’s view and the dogs’ barking didn’t matter.") == []


def test_single_marks_quote_three_words_or_more() -> None:
    assert quoted("He called it ‘an invention from start to end’, no less.") == ["‘an invention from start to end’"]


def test_an_unclosed_mark_swallows_no_more_than_its_paragraph() -> None:
    assert quoted("He said: “We will stay.\n\nThe rain went on for days.") == ["“We will stay."]


def test_a_quotation_over_two_paragraphs_carries_on() -> None:
    text = "“We waited all night.\n\n“Nobody came,” she said."
    first, second = quotations(lay_out(text))
    assert first.carries_on and not second.carries_on


def test_kinds_of_quotation() -> None:
    text = "The plan was “utter nonsense” and late. “It was late,” he said."
    quotes = quotations(lay_out(text))
    assert quote_kind(((0, 38),), quotes) == "mixed"
    assert quote_kind(((40, 54),), quotes) == "direct"
    assert quote_kind(((0, 9),), quotes) == "indirect"
