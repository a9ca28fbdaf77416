import json
import random
from itertools import combinations
from pathlib import Path

import msgspec
import pytest

from onrecord import Account, Reading, Report, read, tell
from onrecord.reading.encoder import Encoder
from onrecord.records import Claim
from onrecord.reports.files import complete
from tests.conftest import EXAMPLE

EXPECTED = json.loads((EXAMPLE / "expected.json").read_text(encoding="utf-8"))


def test_the_order_of_reports_never_changes_the_account(example: Account, example_readings: list[Reading]) -> None:
    shuffled = list(example_readings)
    random.Random(5).shuffle(shuffled)
    assert tell(shuffled) == example


def test_a_copy_under_another_name_adds_mentions_but_no_origin(example: Account, example_readings: list[Reading], encoder: Encoder) -> None:
    first = example_readings[0].report
    copy = complete(Report(id="copy", text=first.text, outlet="The Copying Herald", published="2032-04-20T00:00:00Z"))
    told = tell([*example_readings, *read([copy], encoder)])
    assert any(c.of == first.id and c.kind == "verbatim" for r in told.reports if r.id == "copy" for c in r.copies)
    before = {span: c.independent_origins for c in example.claims for span in _mentions(c, first.id)}
    after = {span: c.independent_origins for c in told.claims for span in _mentions(c, first.id)}
    assert before and after.keys() == before.keys()
    assert all(after[span] <= before[span] for span in before)


def _mentions(claim: Claim, report: str) -> list[tuple[int, int]]:
    return [m.span for m in claim.mentions if m.report == report]


def test_no_readings_give_an_empty_account() -> None:
    assert tell([]).claims == ()


def test_the_account_survives_its_own_format(example: Account) -> None:
    assert msgspec.json.decode(msgspec.json.encode(example), type=Account) == example


# The shipped example against its key.


def _words(text: str) -> set[str]:
    return set("".join(c.lower() if c.isalnum() else " " for c in text).split())


def _matches(claim: Claim, expected: dict[str, object], texts: dict[str, str]) -> int:
    hits = 0
    for wanted in expected["mentions"]:  # type: ignore[attr-defined]
        words = _words(wanted["quote"])
        for m in claim.mentions:
            if m.report == wanted["report"]:
                got = _words(texts[m.report][slice(*m.span)])
                hits += len(words & got) / len(words | got) >= 0.5
    return hits


@pytest.fixture(scope="module")
def matched(example: Account, example_readings: list[Reading]) -> dict[str, Claim]:
    """Expected statement → the claim that holds most of its mentions."""
    texts = {r.report.id: r.report.text for r in example_readings}
    found = {e["statement"]: max(example.claims, key=lambda c: _matches(c, e, texts)) for e in EXPECTED["claims"]}
    return {e["statement"]: found[e["statement"]] for e in EXPECTED["claims"] if _matches(found[e["statement"]], e, texts)}


def test_the_example_has_its_copies(example: Account) -> None:
    found = {(c.of, r.id) for r in example.reports for c in r.copies}
    wanted = {(c["of"], c["report"]) for c in EXPECTED["copies"]}
    assert len(found & wanted) >= 0.6 * len(wanted)


def test_the_example_has_its_claims(matched: dict[str, Claim]) -> None:
    assert len(matched) >= 0.85 * len(EXPECTED["claims"])


def test_origins_are_counted_better_than_outlets_are(matched: dict[str, Claim], example: Account) -> None:
    outlet = {r.id: r.outlet for r in example.reports}
    wrong = naive = 0
    for wanted in EXPECTED["claims"]:
        claim, count = matched[wanted["statement"]], wanted["independent_origins"]
        wrong += abs(claim.independent_origins - count)
        naive += abs(len({outlet[m["report"]] for m in wanted["mentions"]}) - count)
    assert wrong < 0.75 * naive


def test_the_examples_conflicting_tolls_are_different_claims(matched: dict[str, Claim]) -> None:
    tolls = [claim.id for statement, claim in matched.items() if "killed" in statement or "dead" in statement.lower()]
    assert len(tolls) >= 2 and all(a != b for a, b in combinations(tolls, 2))


def test_the_example_finds_its_disagreements(example: Account) -> None:
    assert {"denial", "quantity"} <= {d.kind for d in example.disagreements}


def test_every_span_of_the_account_slices_its_report(example: Account, example_readings: list[Reading]) -> None:
    lengths = {r.report.id: len(r.report.text) for r in example_readings}
    spans = [(m.report, m.span) for c in example.claims for m in c.mentions] + [
        (m.report, m.span) for a in example.actors for m in a.mentions
    ]
    assert all(0 <= start < end <= lengths[report] for report, (start, end) in spans)
    assert Path(EXAMPLE).is_dir()
