from onrecord.reading.coreference import heads_of_mentions, pair_codes, references
from onrecord.reading.encoder import Encoder
from onrecord.reading.grammar import Grammar
from onrecord.reading.sentences import lay_out

TEXT = "Anna Lind resigned on Monday. She had led the ministry for a year. The former minister gave no reason."


def test_mentions_of_one_person_are_one_chain(encoder: Encoder) -> None:
    seen = encoder.see(TEXT, lay_out(TEXT).sentences)
    found = references(seen, Grammar(TEXT, seen))
    chain = {TEXT[slice(*r.span)]: r.chain for r in found}
    assert chain["Anna Lind"] == chain["She"] != chain["the ministry"]
    assert all(r.span[0] <= r.head[0] and r.head[1] <= r.span[1] for r in found)


def test_pairs_are_told_apart_by_kind_match_and_distance() -> None:
    every = slice(None)
    heads = heads_of_mentions([(["anna", "lind"], "anna", True), (["she"], "she", False), (["the", "lind"], "lind", True)], [0, 1, 9])
    pairs, far = pair_codes(heads, every, every)
    assert pairs[1, 0] != pairs[2, 0] and far[1, 0] != far[2, 0]
    assert pairs[2, 0] != pairs[2, 1]


def test_a_text_without_mentions() -> None:
    encoder = Encoder()
    seen = encoder.see("!", [(0, 1)])
    assert references(seen, Grammar("!", seen)) == []
