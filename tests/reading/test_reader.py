from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord import Reading, Report, read
from onrecord.reading.encoder import Encoder
from onrecord.reports.files import complete
from tests.conftest import words

Read = Callable[..., Reading]
PLAIN = "The harbour master, Ole Brandt, said that the ferry had left the port at noon. It carried 80 passengers and nobody was hurt."


def spans(reading: Reading) -> list[tuple[int, int]]:
    found = [s for a in reading.attributions for part in (a.source, a.cue, a.content) for s in part]
    found += [s for a in reading.actors for s in a.mentions] + [q.span for q in reading.quantities] + [t.span for t in reading.times]
    return found + list(reading.sentences)


def test_source_cue_and_content(read_text: Read) -> None:
    reading = read_text(PLAIN)
    (a,) = reading.attributions
    assert words(reading, a.source).startswith("The harbour master, Ole Brandt")
    assert words(reading, a.cue) == "said"
    assert "the ferry had left the port at noon" in words(reading, a.content)
    assert next(p.name for p in reading.actors if p.id == a.actor) == "Ole Brandt"


def test_a_content_split_by_its_cue_is_one_attribution(read_text: Read) -> None:
    reading = read_text("“The road is closed,” the mayor said, “and it will stay closed until the river falls again.”")
    (a,) = reading.attributions
    assert len(a.content) == 2 and a.quote == "direct"


def test_a_chain_has_a_parent(read_text: Read) -> None:
    reading = read_text(
        "The Orm Gazette reported on Tuesday that an unnamed senior official had confirmed that the dam was about to break."
    )
    inner = [a for a in reading.attributions if a.parent]
    assert inner and words(reading, inner[0].cue).endswith("confirmed")
    outer = next(a for a in reading.attributions if a.id == inner[0].parent)
    assert "Gazette" in words(reading, outer.source)


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200), st.sampled_from(["", PLAIN, "“Odd ''marks\" here,” he said"]))
def test_spans_always_slice_the_text(encoder: Encoder, noise: str, text: str) -> None:
    (reading,) = read([complete(Report(id="r", text=noise + text))], encoder)
    assert all(0 <= start < end <= len(reading.report.text) for start, end in spans(reading))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (" \n ", "empty_text"),
        ("x" * 1_000_001, "too_long"),
        ("Министр обороны заявил в понедельник, что войска покинут область до конца года. " * 5, "not_english"),
    ],
)
def test_what_cannot_be_read_is_a_defect(read_text: Read, text: str, code: str) -> None:
    reading = read_text(text)
    assert [d.code for d in reading.defects] == [code]
    assert reading.attributions == ()


def test_a_bad_report_costs_its_neighbours_nothing(encoder: Encoder) -> None:
    good = complete(Report(id="good", text=PLAIN))
    bad = complete(Report(id="bad", text=""))
    alone = list(read([good], encoder))
    among = list(read([bad, good, bad], encoder))
    assert [r.report.id for r in among] == ["bad", "good", "bad"]
    assert among[1].attributions == alone[0].attributions


def test_whom_a_report_cites_says_it_inside_the_report(read_text: Read) -> None:
    reading = read_text("The Orm Gazette, citing two port officials, said that the dam was about to break.")
    cited = next(a for a in reading.attributions if "citing" in words(reading, a.cue))
    assert "two port officials" in words(reading, cited.source)
    said = next(a for a in reading.attributions if a.id == cited.parent)
    assert "Gazette" in words(reading, said.source) and cited.content == said.content
