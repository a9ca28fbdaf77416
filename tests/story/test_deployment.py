"""Two reports of a deployment, in words of our own: the facts the main job must get right."""

from __future__ import annotations

import pytest

from onrecord import Account, Reading, Report, read, tell
from onrecord.reading.encoder import Encoder
from onrecord.records import Claim, StoryActor
from onrecord.reports.files import complete

LEFT = """North Korea has reportedly sent as many as 12,000 troops to Russia.

Andriy Kovalenko, Ukraine's chief official against disinformation, said on Monday that Ukrainian units had shot at North Korean soldiers \
in Kursk for the first time. The Financial Times reported that an unnamed Ukrainian intelligence official had confirmed the clash.

Russian officials no longer deny the deployment but have stopped short of confirming the North Korean deployment.

US Defense Secretary Lloyd Austin called the presence of North Korean troops in Russia a very serious escalation.

President Volodymyr Zelenskyy said on Monday that 11,000 North Korean troops were now stationed in the Kursk region."""
RIGHT = """US Secretary of Defence Lloyd J. Austin III confirmed on Wednesday that North Korea has sent troops to Russia.

"There is evidence that there are North Korean troops in Russia," Austin told reporters in Rome.

South Korean intelligence says that thousands of North Korean troops have been sent to Russia."""


@pytest.fixture(scope="module")
def readings(encoder: Encoder) -> list[Reading]:
    return list(read([complete(Report(id=name, outlet=name, text=text)) for name, text in (("Left", LEFT), ("Right", RIGHT))], encoder))


@pytest.fixture(scope="module")
def told(readings: list[Reading]) -> Account:
    return tell(readings)


def claims_with(told: Account, readings: list[Reading], words: str) -> list[Claim]:
    texts = {r.report.id: r.report.text for r in readings}
    return [c for c in told.claims if any(words in texts[m.report][slice(*m.span)] for m in c.mentions)]


def people(told: Account, surname: str) -> list[StoryActor]:
    return [a for a in told.actors if a.type == "person" and a.name.split(",")[0].replace(" III", "").endswith(surname)]


def test_the_deployment_is_one_claim_of_both_reports(told: Account) -> None:
    assert any({m.report for m in c.mentions} == {"Left", "Right"} for c in told.claims)


def test_austin_is_one_person(told: Account) -> None:
    (austin,) = people(told, "Austin")
    assert {m.report for m in austin.mentions} == {"Left", "Right"}


def test_up_to_twelve_thousand_and_eleven_thousand_are_two_claims(told: Account, readings: list[Reading]) -> None:
    bound, exact, vague = (claims_with(told, readings, words) for words in ("12,000", "11,000", "thousands of North Korean"))
    assert bound and exact and vague
    assert not {c.id for c in bound} & {c.id for c in exact}


def test_russia_is_non_committal_and_denies_nothing(told: Account, readings: list[Reading]) -> None:
    texts = {r.report.id: r.report.text for r in readings}
    stances = {m.stance for c in told.claims for m in c.mentions if "the North Korean deployment" in texts[m.report][slice(*m.span)]}
    assert stances and "denies" not in stances


def test_kovalenko_and_the_unnamed_official_are_two_origins_of_one_government(told: Account, readings: list[Reading]) -> None:
    bodies = {o.actor: o.organization for c in told.claims for o in c.origins}
    (kovalenko,) = people(told, "Kovalenko")
    unnamed = [a for a in told.actors if a.type == "unnamed" and "official" in a.name]
    assert unnamed and bodies[kovalenko.id] is not None
    assert bodies[unnamed[0].id] == bodies[kovalenko.id]
