import re

from hypothesis import given
from hypothesis import strategies as st

from onrecord.account.marks import Mark, marked

SPANS = st.tuples(st.integers(0, 30), st.integers(0, 30)).map(lambda p: (min(p), max(p)))


@given(st.text(max_size=30), st.lists(SPANS, max_size=5))
def test_marks_never_lose_or_add_a_letter(text: str, spans: list[tuple[int, int]]) -> None:
    html = str(marked(text, (0, len(text)), [Mark(s, "con") for s in spans]))
    bare = re.sub(r"</?mark[^>]*>", "", html)
    for entity, letter in (("&lt;", "<"), ("&gt;", ">"), ("&#34;", '"'), ("&#39;", "'"), ("&amp;", "&")):
        bare = bare.replace(entity, letter)
    assert bare == text


def test_text_is_escaped_and_the_place_can_be_linked_to() -> None:
    html = str(marked("a <b> c", (0, 7), [Mark((2, 5), "src")], [(2, 'x"y')]))
    assert html == 'a <span class="spot" id="x&#34;y"></span><mark class="src">&lt;b&gt;</mark> c'
