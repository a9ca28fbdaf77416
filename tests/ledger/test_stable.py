from hypothesis import given
from hypothesis import strategies as st

from onrecord.ledger.stable import known_again

GROUPS = st.dictionaries(st.integers(1, 9), st.sets(st.integers(0, 40), min_size=1, max_size=8), max_size=9)


def parted(groups: dict[int, set[int]]) -> dict[int, set[int]]:
    """The groups, each place in the first that has it."""
    taken: set[int] = set()
    found = {}
    for number, places in groups.items():
        if own := places - taken:
            found[number] = own
        taken |= places
    return found


def test_a_claim_whose_mentions_mostly_stay_keeps_its_number() -> None:
    found = known_again({4: "abcd", 7: "ef"}, {"x": "abce", "y": "d", "z": "f", "w": "q"}, 10)
    assert found.number == {"x": 4, "z": 7, "y": 10, "w": 11}
    assert found.split == {10: 4} and found.gone == {}


def test_a_claim_that_went_into_another_leads_there() -> None:
    found = known_again({1: "ab", 2: "c", 3: "z"}, {"x": "abc"}, 4)
    assert found.number == {"x": 1} and found.gone == {2: 1, 3: None}


def test_an_outlet_that_nobody_mentions_is_known_by_its_name() -> None:
    assert known_again({5: ""}, {"x": ""}, 9, {"x": 5}).number == {"x": 5}


@given(GROUPS, GROUPS)
def test_every_new_one_has_a_number_of_its_own_and_no_old_number_goes_to_a_stranger(
    old: dict[int, set[int]], new: dict[int, set[int]]
) -> None:
    before, after = parted(old), {f"n{n}": places for n, places in parted(new).items()}
    found = known_again(before, after, 100)
    assert len(set(found.number.values())) == len(after)
    assert all(number >= 100 or before[number] & after[id] for id, number in found.number.items())
    assert set(found.gone) == set(before) - set(found.number.values())


@given(GROUPS)
def test_what_did_not_change_keeps_every_number(groups: dict[int, set[int]]) -> None:
    same = parted(groups)
    assert known_again(same, {f"n{n}": places for n, places in same.items()}, 100).number == {f"n{n}": n for n in same}
