from onrecord import Reading, Report
from onrecord.records import Reader
from onrecord.reports.files import complete
from onrecord.story.copies import Edge, find_copies, outlet_forms

WIRE = (
    "At least seven sailors were rescued when a trawler sank off the northern cape on Sunday night, the harbour office said. "
    "The vessel had left the port of Orm with a crew of nine and a full load of timber for the islands."
)


def reading(name: str, text: str, outlet: str | None = None, day: str | None = "2031-05-01") -> Reading:
    report = complete(Report(id=name, text=text, outlet=outlet, published=day))
    return Reading(reader=Reader(version="0", model=""), report=report, sentences=((0, len(text)),))


def kinds(*readings: Reading) -> set[tuple[str, str, str]]:
    return {(e.of, e.report, e.kind) for e in find_copies(readings)}


def test_a_copy_depends_on_the_earlier_report_whatever_the_order_given() -> None:
    a, b = reading("a", WIRE, "Wire", "2031-05-01"), reading("b", WIRE + " (Wire)", "Post", "2031-05-02")
    assert kinds(a, b) == kinds(b, a) == {("a", "b", "verbatim")}


def test_a_report_that_names_the_outlet_cites_it() -> None:
    a = reading("a", WIRE, "The Orm Courier")
    b = reading(
        "b", "The Courier put the number of rescued sailors at seven, while the owner of the vessel spoke of eight.", "Post", "2031-05-02"
    )
    assert kinds(a, b) == {("a", "b", "cites")}


def test_part_of_the_words_is_a_rewrite() -> None:
    text = (
        "A fishing boat is lost, and nobody knows what befell it in the dark off the cape, nor why its captain put to sea at all when "
        "every other master stayed at home. It had left the port of Orm with a crew of nine, most of them from the same street."
    )
    assert kinds(reading("a", WIRE, "Wire"), reading("b", text, "Post", "2031-05-02")) == {("a", "b", "rewrite")}


def test_strangers_have_no_edge() -> None:
    assert kinds(reading("a", WIRE, "Wire"), reading("b", "Parliament passed the budget for the coming year.", "Post")) == set()


def test_the_share_is_of_the_later_reports_words() -> None:
    (edge,) = find_copies([reading("a", WIRE, "Wire"), reading("b", WIRE, "Post", None)])
    assert edge == Edge("a", "b", "verbatim", 1.0)


def test_how_an_outlet_is_named() -> None:
    assert outlet_forms("The Orm Courier") == ["Orm Courier", "the Courier"]
    assert "XNA" in outlet_forms("Xan News Agency (XNA)")
