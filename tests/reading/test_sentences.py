from hypothesis import given
from hypothesis import strategies as st

from onrecord.reading.sentences import lay_out


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in lay_out(text).sentences]


def test_ranks_and_titles_end_no_sentence() -> None:
    text = "Capt. Rita Holm said so. Lt. Gen. Ivo Brand agreed."
    assert sentences(text) == ["Capt. Rita Holm said so.", "Lt. Gen. Ivo Brand agreed."]


def test_a_closed_quotation_before_a_capital_ends_a_sentence() -> None:
    assert sentences("“All is lost.” The minister left the room.") == ["“All is lost.”", "The minister left the room."]


def test_a_line_break_ends_a_sentence() -> None:
    assert sentences("Ferry sinks off Orm\nThe coast guard was called.") == ["Ferry sinks off Orm", "The coast guard was called."]


@given(st.text(max_size=300))
def test_sentences_are_in_order_trimmed_and_within_the_text(text: str) -> None:
    spans = lay_out(text).sentences
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(a[1] <= b[0] for a, b in zip(spans, spans[1:], strict=False))
    assert all(text[start:end] == text[start:end].strip() for start, end in spans)
