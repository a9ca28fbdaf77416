from hypothesis import given
from hypothesis import strategies as st

from onrecord import Account
from onrecord.story.framing import LEAST, interval


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_a_share_lies_in_its_interval_and_more_cues_narrow_it(counts: tuple[int, int]) -> None:
    count, n = counts
    share, low, high = interval(count, n)
    assert 0 <= low <= share + 1e-3 and share - 1e-3 <= high <= 1
    _, low_of_more, high_of_more = interval(10 * count, 10 * n)
    assert high_of_more - low_of_more <= high - low


def test_few_cues_give_no_share(example: Account) -> None:
    leans = [lean for f in example.framing for lean in f.leans]
    assert leans
    for lean in leans:
        n = lean.cues.endorsing + lean.cues.neutral + lean.cues.doubting
        assert (lean.doubting is not None) == (n >= LEAST)
