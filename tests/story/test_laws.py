"""What must hold of every story, whatever its words."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord import Account, Reading, Report, read, tell
from onrecord.reading.encoder import Encoder
from onrecord.records import Claim
from onrecord.reports.files import complete

SLOW = settings(deadline=None, max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
STORY = {
    "r1": (
        "Orm Wire",
        "Nine sailors drowned when the trawler Alka sank off Cape Tillen on Sunday, said Ada Brandt, the harbour master of Orm. "
        "The trawler had left the port with a broken pump, Brandt said.",
    ),
    "r2": (
        "The Orm Courier",
        "The harbour master, Ada Brandt, said that nine men of the Alka had died. The owner, Carl Voss, denied that the pump was broken.",
    ),
    "r3": ("Radio Tillen", "According to Carl Voss, who owns the Alka, eleven sailors are dead. A lifeboat was sent out at noon."),
}
UNRELATED = "Parliament in Velm passed a law on pensions by two votes, deputy Lena Sorg said. Unions called a general strike for Thursday."
SECOND = (
    "Nine sailors were killed when the trawler Alka went down off Cape Tillen, said Nurse Petra Lind, who counted the bodies at the "
    "hospital of Tillen."
)


def report(name: str, outlet: str, text: str, day: int = 1) -> Report:
    return complete(Report(id=name, outlet=outlet, text=text, published=f"2031-05-0{day}T06:00:00Z"))


@pytest.fixture(scope="module")
def readings(encoder: Encoder) -> list[Reading]:
    return list(read([report(name, outlet, text) for name, (outlet, text) in STORY.items()], encoder))


@pytest.fixture(scope="module")
def told(readings: list[Reading]) -> Account:
    return tell(readings)


def said(claim: Claim, ours: set[str]) -> frozenset[tuple[str, tuple[int, int], str]]:
    return frozenset((m.report, m.span, m.stance) for m in claim.mentions if m.report in ours)


def of_death(account: Account, texts: dict[str, str]) -> Claim:
    """The claim that nine sailors died: the one that holds the first sentence of r1."""
    return next(c for c in account.claims for m in c.mentions if m.report == "r1" and "Nine sailors" in texts["r1"][slice(*m.span)])


@SLOW
@given(st.permutations(range(len(STORY))))
def test_the_order_of_reports_changes_nothing(readings: list[Reading], told: Account, order: list[int]) -> None:
    assert tell([readings[i] for i in order]) == told


@SLOW
@given(st.sampled_from(sorted(STORY)), st.sampled_from(["", "\n\n(Orm Wire)", "\n\nAll rights reserved."]))
def test_a_verbatim_copy_adds_no_origin(readings: list[Reading], told: Account, encoder: Encoder, name: str, credit: str) -> None:
    copy = next(iter(read([report("copy", "The Copying Herald", STORY[name][1] + credit, 2)], encoder)))
    after = tell([*readings, copy])
    counts = {said(c, set(STORY)): c.independent_origins for c in told.claims}
    assert all(c.independent_origins <= counts[key] for c in after.claims if (key := said(c, set(STORY))) in counts)
    assert sum(c.independent_origins for c in after.claims) <= sum(counts.values())


def test_an_unrelated_report_changes_no_claim(readings: list[Reading], told: Account, encoder: Encoder) -> None:
    other = next(iter(read([report("other", "The Velm Post", UNRELATED)], encoder)))
    after = tell([*readings, other])
    ours = set(STORY)
    assert {said(c, ours) for c in after.claims} - {frozenset()} == {said(c, ours) for c in told.claims}
    assert all({m.report for m in c.mentions} <= ours or {m.report for m in c.mentions} == {"other"} for c in after.claims)


def test_a_second_first_hand_source_adds_exactly_one_origin(readings: list[Reading], told: Account, encoder: Encoder) -> None:
    second = next(iter(read([report("second", "The Tillen Post", SECOND, 2)], encoder)))
    texts = {name: text for name, (_, text) in STORY.items()}
    before, after = of_death(told, texts), of_death(tell([*readings, second]), texts)
    assert any(m.report == "second" for m in after.mentions)
    assert after.independent_origins == before.independent_origins + 1
