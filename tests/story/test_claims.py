from itertools import combinations

from onrecord import Account, Reading, tell


def test_of_what_was_told_before_only_what_is_new_is_read(example_readings: list[Reading]) -> None:
    """Told for the sake of two reports, their mentions are grouped with the others mostly as if all had been read."""
    fresh = {r.report.id for r in example_readings[-2:]}
    whole, part = tell(example_readings), tell(example_readings, fresh=fresh)
    pairs = [_with_new(account, fresh) for account in (whole, part)]
    assert len(pairs[0] & pairs[1]) >= 0.4 * len(pairs[0] | pairs[1]) > 0
    assert {r.id for r in part.reports} == {r.id for r in whole.reports}


def _with_new(account: Account, fresh: set[str]) -> set[frozenset[object]]:
    places = [[(m.report, m.span) for m in c.mentions] for c in account.claims]
    return {frozenset(pair) for each in places for pair in combinations(each, 2) if {pair[0][0], pair[1][0]} & fresh}
