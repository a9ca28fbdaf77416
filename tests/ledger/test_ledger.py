from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord import Report, load, read, tell
from onrecord.ledger import Ledger, LedgerError
from onrecord.ledger.check import check
from onrecord.reading.encoder import Encoder
from onrecord.reports.files import complete
from tests.ledger.conftest import QuickLedger, quick_account, quick_reading, story

EXAMPLE = Path(__file__).parent.parent.parent / "examples" / "harbour"
TEXTS = ("Ana said: the bridge is shut. Ben said: the river rose.", "Cem said: the bridge is shut.", "Dora denied: the bridge is shut.")


def test_a_reading_comes_back_as_it_was(target: str) -> None:
    with QuickLedger(target) as kept:
        first = list(kept.readings(story(*TEXTS)))
    with QuickLedger(target) as kept:
        assert list(kept.readings(story(*TEXTS))) == first == [quick_reading(r) for r in story(*TEXTS)]
        assert kept.reports() == story(*TEXTS)


def test_nothing_is_read_twice(ledger: QuickLedger, quick_reader: list[str]) -> None:
    list(ledger.readings(story(*TEXTS[:2])))
    again = [*story(*TEXTS), complete(Report(id="copy", text=TEXTS[0], published="2031-05-01"))]
    assert [r.report.id for r in ledger.readings(again)] == ["r0", "r1", "r2", "copy"]
    assert quick_reader == ["r0", "r1", "r2"]


def test_times_hang_on_the_day_so_another_day_is_another_reading(ledger: QuickLedger, quick_reader: list[str]) -> None:
    same = [
        complete(Report(id=f"r{n}", text=TEXTS[0], published=day))
        for n, day in enumerate(("2031-05-01T08:00:00Z", "2031-05-01", "2031-05-02"))
    ]
    list(ledger.readings(same))
    assert quick_reader == ["r0", "r2"]


def test_one_id_with_two_texts_is_two_reports(ledger: QuickLedger) -> None:
    added = ledger.add([complete(Report(id="r", text="one")), complete(Report(id="r", text="two")), complete(Report(id="r", text="one"))])
    assert [r.id for r in added] == ["r", "r#2", "r"]
    assert [(r.id, r.text) for r in ledger.reports()] == [("r", "one"), ("r#2", "two")]


def test_any_text_is_kept_as_it_is(ledger: QuickLedger) -> None:
    hostile = ["\0 nul", "\u202e\U0001f600 é ﷺ", "'; drop table report; --", "x" * 300_000, "\r\n\t", "%s :x {y}"]
    ledger.add([complete(Report(id=f"h{n}{t[:9]}", text=t, title=t[:99], outlet=t[:99], url=t[:99])) for n, t in enumerate(hostile)])
    assert [r.text for r in ledger.reports()] == hostile
    assert list(check(ledger.store)) == []


def test_an_account_out_of_the_ledger_is_the_one_that_was_told(ledger: QuickLedger) -> None:
    ledger.add(story(*TEXTS))
    assert ledger.update().how == "rebuilt"
    told = quick_account([quick_reading(r) for r in story(*TEXTS)])
    kept = ledger.account()
    assert [(c.statement, c.mentions, c.origins, c.credibility) for c in kept.claims] == [
        (c.statement, c.mentions, c.origins, c.credibility) for c in told.claims
    ]
    assert [d.kind for d in kept.disagreements] == ["denial"]
    assert ledger.update().how == "nothing"


def test_the_example_told_by_a_ledger_is_the_example(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, encoder: Encoder) -> None:
    """With the real reader and the real judge."""
    from onrecord.ledger import reports

    monkeypatch.setattr(reports, "read", read)
    told = tell(list(read(load([EXAMPLE]), encoder)))
    with Ledger(tmp_path / "a.db", encoder) as kept:
        kept.add(load([EXAMPLE]))
        kept.update()
        held = kept.account()
        assert list(check(kept.store)) == []
    names = [{a.id: a.name for a in account.actors} for account in (told, held)]
    for one, other in zip(told.claims, held.claims, strict=True):
        assert (one.id, one.statement, one.credibility, one.first_seen) == (other.id, other.statement, other.credibility, other.first_seen)
        assert [m.span for m in one.mentions] == [m.span for m in other.mentions]
        assert [names[0].get(o.actor) for o in one.origins] == [names[1].get(o.actor) for o in other.origins]
    assert [(d.kind, d.claims, d.resolved) for d in told.disagreements] == [(d.kind, d.claims, d.resolved) for d in held.disagreements]
    assert (told.reports, told.timeline, len(told.framing)) == (held.reports, held.timeline, len(held.framing))


def test_a_file_that_is_no_ledger_is_refused(tmp_path: Path) -> None:
    import sqlite3

    (tmp_path / "a.db").write_text("just some words, and long enough to be looked at as a database header " * 3)
    other = sqlite3.connect(tmp_path / "b.db")
    other.execute("create table wine (year int)")
    other.commit()
    for name in ("a.db", "b.db"):
        with pytest.raises(LedgerError, match=rf"{name}: a (file|database), but no ledger"):
            Ledger(tmp_path / name)
    with pytest.raises(LedgerError, match="a folder, not a ledger"):
        Ledger(tmp_path)
    with pytest.raises(LedgerError, match="no such ledger"):
        Ledger(tmp_path / "none.db", read_only=True)
    with pytest.raises(LedgerError, match="is the folder there"):
        Ledger(tmp_path / "none" / "a.db")


def test_a_password_is_never_told() -> None:
    with pytest.raises(LedgerError) as raised:
        Ledger("postgresql://ana:secret@127.0.0.1:1/story")
    assert "secret" not in str(raised.value) and "127.0.0.1" in str(raised.value)


@given(
    st.lists(
        st.sampled_from(["Ana said: a b c.", "Ben said: a b c.", "Cem denied: a b c.", "Dora said: d e f.", "Eve said: g h i."]),
        min_size=1,
        max_size=8,
    )
)
def test_a_copy_never_adds_an_origin(texts: list[str]) -> None:
    told = quick_account([quick_reading(r) for r in story(*texts)])
    more = quick_account([quick_reading(r) for r in story(*texts, texts[0])])
    assert {c.statement: c.independent_origins for c in told.claims} == {c.statement: c.independent_origins for c in more.claims}


def test_what_is_told_better_later_is_told_anew(ledger: QuickLedger) -> None:
    undated = [complete(Report(id="r0", text=TEXTS[0], outlet="Paper 0"))]
    ledger.add(undated)
    ledger.update()
    dated = complete(Report(id="r0", text=TEXTS[0], published="2031-05-04", title="Bridges"))
    assert ledger.add([dated])[0].outlet == "Paper 0"
    assert ledger.update().how == "rebuilt"
    assert {c.first_seen for c in ledger.account().claims} == {"2031-05-04"}
    ledger.add(undated)  # what is known is not forgotten
    assert ledger.update().how == "nothing" and ledger.reports()[0].published == "2031-05-04"
    with ledger.store.reading() as db:
        from onrecord.ledger.queries import reports_with

        assert reports_with(db, "bridges", 5)[1] == 1


def test_defects_of_a_reading_stay_when_the_report_comes_again(ledger: QuickLedger) -> None:
    from onrecord import Account
    from onrecord.records import Defect

    ledger.add(story(*TEXTS[:1]))
    told = quick_account([quick_reading(r) for r in story(*TEXTS[:1])])
    from msgspec.structs import replace

    def tell_with_defect(readings: object, /, *, fresh: object = None) -> Account:
        defect = Defect(code="not_english", message="so it looks")
        return replace(told, reports=(replace(told.reports[0], defects=(defect,)),))

    ledger._tell = tell_with_defect  # type: ignore[method-assign,assignment]
    ledger.update()
    ledger.add(story(*TEXTS[:1]))
    list(ledger.readings(story(*TEXTS[:1])))
    assert [(id, d.code) for id, d in ledger.defects(["r0", "none"])] == [("r0", "not_english")]


def test_a_name_that_is_too_long_is_shortened_and_said(ledger: QuickLedger) -> None:
    (kept,) = ledger.add([complete(Report(id="x" * 9000, text=TEXTS[0], outlet="é" * 9000))])
    assert len(kept.id) < 400 and len(kept.outlet or "") < 400 and [d.code for d in kept.defects] == ["too_long", "too_long"]
    assert ledger.update().how == "rebuilt" and list(check(ledger.store)) == []
