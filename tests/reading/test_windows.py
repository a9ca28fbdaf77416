import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.reading.encoder import Encoder
from onrecord.reading.windows import cut, network_view, pieces_of

ENCODER = Encoder()


@given(st.text(max_size=400))
def test_the_networks_view_is_as_long_as_the_text(text: str) -> None:
    assert len(network_view(text)) == len(text)


@settings(deadline=None)
@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=400))
def test_pieces_lie_in_order_within_the_text(text: str) -> None:
    (pieces,) = pieces_of([text], ENCODER.tokenizer)
    assert np.all(pieces.starts >= 0) and np.all(pieces.ends <= len(text))
    assert np.all(np.diff(pieces.starts) >= 0)


def test_windows_hold_every_piece_once_and_stop_at_paragraphs() -> None:
    text = "\n\n".join(["The mayor said that the bridge was closed for repairs."] * 60)
    (pieces,) = pieces_of([text], ENCODER.tokenizer)
    windows = cut(pieces)
    assert [w.start for w in windows[1:]] == [w.stop for w in windows[:-1]]
    assert windows[-1].stop == len(pieces.ids)
    assert all(pieces.breaks[w.start] for w in windows)


def test_one_endless_line_is_cut_all_the_same() -> None:
    (pieces,) = pieces_of(["word " * 2000], ENCODER.tokenizer)
    assert all(0 < w.stop - w.start <= 254 for w in cut(pieces))


def test_capitals_are_told_to_the_network() -> None:
    (pieces,) = pieces_of(["NATO met Anna in town"], ENCODER.tokenizer)
    assert pieces.kinds[pieces.heads].tolist() == [5, 0, 1, 0, 0]
