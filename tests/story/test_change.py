from msgspec.structs import replace

from onrecord.records import Account, Claim, Disagreement, Mention, Origin, Story, StoryActor, StoryReport
from onrecord.story.change import changed

ACTORS = (StoryActor(id="s1", name="Ada Brandt", type="person"), StoryActor(id="s2", name="Coast guard", type="government"))


def mention(report: str, start: int, source: str | None = "s1", stance: str = "asserts") -> Mention:
    return Mention(report=report, span=(start, start + 10), attribution=None, source=source, stance=stance)  # type: ignore[arg-type]


def claim(name: str, statement: str, *mentions: Mention, origins: tuple[str, ...] = ("s1",)) -> Claim:
    return Claim(
        id=name,
        statement=statement,
        mentions=mentions,
        origins=tuple(Origin(actor=o, first_report="r1", organization=None, party=False) for o in origins),
        independent_origins=len(origins),
        credibility=3,
        credibility_reason="",
        first_seen=None,
        last_seen=None,
        confidence=1.0,
    )


def account(*claims: Claim, sha: str = "a", disagreements: tuple[Disagreement, ...] = ()) -> Account:
    reports = tuple(StoryReport(id=r, outlet="Post", published=None, title=None, sha256=sha + r) for r in ("r1", "r2"))
    return Account(
        story=Story(title=None, start=None, end=None),
        reports=reports,
        actors=ACTORS,
        claims=claims,
        disagreements=disagreements,
        timeline=(),
        framing=(),
    )


DEAD = claim("c1", "Four people died", mention("r1", 0))


def test_the_same_account_has_not_changed() -> None:
    found = changed(account(DEAD), account(DEAD))
    assert found == replace(found, new_claims=(), gone_claims=(), new_origins=(), moved=(), disagreements=(), revisions=())


def test_a_claim_keeps_its_identity_whatever_its_number() -> None:
    later = claim("c7", "At least four people died", mention("r1", 0), mention("r2", 5, "s2"), origins=("s1", "s2"))
    found = changed(account(DEAD), account(claim("c1", "A dam broke", mention("r2", 40)), later))
    assert [c.statement for c in found.new_claims] == ["A dam broke"]
    assert not found.gone_claims
    assert [(o.origins, o.before, o.after) for o in found.new_origins] == [(("Coast guard",), 1, 2)]


def test_a_denial_that_was_dropped_is_a_moved_stance() -> None:
    before = account(claim("c1", "Troops are there", mention("r1", 0, "s2", "denies")))
    after = account(claim("c1", "Troops are there", mention("r1", 0, "s2", "declines")))
    assert [(m.source, m.before, m.after) for m in changed(before, after).moved] == [("Coast guard", ("denies",), ("declines",))]


def test_a_correction_is_a_retraction() -> None:
    settled = Disagreement(id="d1", kind="denial", claims=("c1",), resolved="correction", explanation="taken back")
    found = changed(account(DEAD), account(DEAD, disagreements=(settled,)))
    assert [d.explanation for d in found.retractions] == ["taken back"]


def test_a_report_with_another_text_is_revised() -> None:
    before, after = account(DEAD), account(claim("c1", "Nine people died", mention("r1", 0)), sha="b")
    (first, *_) = changed(before, after).revisions
    assert (first.report, first.dropped, first.added) == ("r1", ("Four people died",), ("Nine people died",))
