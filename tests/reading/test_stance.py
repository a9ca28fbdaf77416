import pytest

from onrecord.reading.attribution.stance import stance_of
from onrecord.reading.lexicon import cues


@pytest.mark.parametrize(
    ("cue", "content", "stance"),
    [
        ("said", "the bridge was closed", "asserts"),
        ("confirmed", "the deployment", "confirms"),
        ("has not denied", "the deployment", "declines"),
        ("stopping short of confirming", "the deployment", "declines"),
        ("would neither confirm nor deny", "the deployment", "declines"),
        ("flatly denied", "that it happened", "denies"),
        ("rejected", "the figure", "denies"),
        ("demanded to know", "whether troops were there", "asks"),
        ("called for", "an inquiry", "demands"),
        ("told", "to leave the area at once", "demands"),
        ("did not believe", "the figure", "doubts"),
        ("is believed", "to have fled", "speculates"),
        ("declined to comment", "on the report", "declines"),
        ("slammed", "the move", "condemns"),
    ],
)
def test_stances(cue: str, content: str, stance: str) -> None:
    assert stance_of(cue, content)[0] == stance


@pytest.mark.parametrize(
    ("cue", "content", "modal", "stance"),
    [
        ("said", "the bridge might close", "might", "speculates"),
        ("said", "the bridge will close", "will", "asserts"),
        ("decided", "to close the bridge", None, "promises"),
        ("denied", "that it might close", "might", "denies"),
        ("no reports of", "injuries", None, "denies"),
    ],
)
def test_the_content_tells_what_a_plain_cue_does_not(cue: str, content: str, modal: str | None, stance: str) -> None:
    assert stance_of(cue, content, None, modal)[0] == stance


def test_cues_lean() -> None:
    assert [stance_of(cue, "it")[1] for cue in ("revealed", "said", "claimed")] == ["endorsing", "neutral", "doubting"]


def test_the_lexicon_is_large_and_well_formed() -> None:
    assert len(cues()) > 300
    assert {c.lean for c in cues().values()} == {"endorsing", "neutral", "doubting"}
