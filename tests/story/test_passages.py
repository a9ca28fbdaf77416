from hypothesis import given
from hypothesis import strategies as st

from onrecord.story.passages import LEAST, passages

WORDS = st.lists(st.sampled_from("a b c d".split()), max_size=30).map(" ".join)


def test_what_is_word_for_word_in_both_is_found_whatever_its_case_and_signs() -> None:
    a = "The Mayor of Orm said on Friday that the bridge was shut. Nobody was hurt."
    b = "On Monday it rained. “The mayor of Orm said, on Friday, that the bridge was shut”; two boats sank."
    assert [(a[slice(*x)], b[slice(*y)]) for x, y in passages(a, b)] == [
        ("The Mayor of Orm said on Friday that the bridge was shut", "The mayor of Orm said, on Friday, that the bridge was shut")
    ]


@given(WORDS, WORDS)
def test_passages_are_the_same_words_and_never_overlap(a: str, b: str) -> None:
    found = passages(a, b)
    for one, other in found:
        assert a[slice(*one)].split() == b[slice(*other)].split() and len(a[slice(*one)].split()) >= LEAST
    for side in (0, 1):
        spans = sorted(pair[side] for pair in found)
        assert all(x[1] <= y[0] for x, y in zip(spans, spans[1:], strict=False))


@given(WORDS)
def test_a_text_is_all_of_itself(text: str) -> None:
    words = text.split()
    if len(words) >= LEAST:
        assert passages(text, text) == [((0, len(text)), (0, len(text)))]
