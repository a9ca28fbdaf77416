import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.story.judge import KINDS, LONGEST, RESOLVED, Judge, Said, arrays, sentences_of

SAID = [
    "Nine people died when the bridge at Orm fell, the mayor said.",
    "The collapse of the Orm bridge killed nine, according to its mayor.",
    "The mayor of Orm denied that anyone had died on the bridge.",
    "The bridge at Orm was closed in May for repairs.",
    "Eleven people lost their lives on the bridge, firefighters said.",
]


@pytest.fixture(scope="module")
def judge() -> Judge:
    return Judge()


def whole(text: str) -> Said:
    return Said(text, (0, len(text)))


@settings(deadline=None, max_examples=12)
@given(st.permutations(range(len(SAID))))
def test_the_order_in_a_block_changes_nothing_but_roundings(judge: Judge, order: list[int]) -> None:
    plain = judge.weigh(judge.lay([whole(t) for t in SAID]))
    turned = judge.weigh(judge.lay([whole(SAID[i]) for i in order]))
    assert np.allclose(turned.same, plain.same[np.ix_(order, order)], atol=1.5)  # log-odds; int8 rounds what differs in the last bit
    assert np.allclose(turned.stance, plain.stance[order], atol=0.3)


def test_the_same_said_otherwise_is_likelier_than_something_else(judge: Judge) -> None:
    same = judge.weigh(judge.lay([whole(t) for t in SAID])).same
    assert same[0, 1] > same[0, 3] and same[0, 1] > same[0, 4]


def test_a_verdict_is_symmetric_and_has_chances(judge: Judge) -> None:
    verdict = judge.weigh(judge.lay([whole(t) for t in SAID[:3]]))
    assert np.allclose(verdict.same, verdict.same.T, atol=1e-3)
    assert verdict.kind.shape == (3, 3, len(KINDS)) and verdict.resolved.shape == (3, 3, len(RESOLVED))
    assert np.allclose(verdict.kind.sum(-1), 1, atol=1e-4) and np.allclose(verdict.stance.sum(-1), 1, atol=1e-4)


def test_of_a_long_sentence_the_mention_is_kept(judge: Judge) -> None:
    text = "word " * 300 + "the bridge fell"
    (laid,) = judge.lay([Said(text, (len(text) - 15, len(text)))])
    assert len(laid.ids) == LONGEST + 2 and len(laid.own) == 3


def test_a_mention_without_a_piece_is_its_sentence(judge: Judge) -> None:
    (laid,) = judge.lay([Said("a b", (1, 2))])
    assert laid.own


def test_a_sentence_with_two_mentions_is_read_once(judge: Judge) -> None:
    text = "The bridge fell and nine people died."
    laid = judge.lay([Said(text, (0, 15)), Said(text, (20, 36)), whole(SAID[0])])
    assert len(sentences_of(laid)) == 2
    given = arrays(laid)
    assert given["pools"].shape == (1, 3, sum(len(ids) for ids in sentences_of(laid))) and np.allclose(given["pools"].sum(-1), 1)
    assert ((judge.weigh(laid).claim > 0) & (judge.weigh(laid).claim < 1)).all()


def test_many_blocks_side_by_side_are_judged_as_one_by_one(judge: Judge) -> None:
    laid = judge.lay([whole(t) for t in SAID])
    blocks = [laid[:n] for n in range(1, len(laid))] * 4
    for one, other in zip([judge.weigh(b) for b in blocks], judge.weigh_all(blocks), strict=True):
        assert all((getattr(one, part) == getattr(other, part)).all() for part in ("same", "kind", "resolved", "stance", "claim"))
