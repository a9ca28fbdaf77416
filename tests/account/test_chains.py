import re

from onrecord.account.chains import drawing
from onrecord.records import Claim, Mention, Origin

HOSTILE = '</svg><script>alert(1)</script>" onload="x'


def claim(*mentions: Mention) -> Claim:
    return Claim(
        id="c1",
        statement="x",
        mentions=mentions,
        origins=(Origin(actor="s1", first_report="r1", organization=None, party=False),),
        independent_origins=1,
        credibility=3,
        credibility_reason="",
        first_seen=None,
        last_seen=None,
        confidence=1.0,
    )


def test_a_chain_runs_from_the_origin_through_go_betweens_to_the_outlet() -> None:
    told = Mention(report="r1", span=(0, 1), attribution=None, source="s1", via=("s2", "s3"), stance="asserts")
    svg = drawing(claim(told), lambda a: {"s1": "Official", "s2": "Post", "s3": "Agency"}[a or ""], lambda r: "Review")
    label = re.search(r'aria-label="([^"]*)"', svg)
    assert label and label.group(1) == "Official to Agency to Post to Review"
    assert svg.count("<path") == 3


def test_hostile_names_are_escaped_everywhere() -> None:
    denied = Mention(report="r1", span=(0, 1), attribution=None, source="s1", stance="denies")
    svg = drawing(claim(denied), lambda a: HOSTILE, lambda r: HOSTILE)
    assert "<script" not in svg and 'onload="' not in svg
    assert 'class="against"' in svg
