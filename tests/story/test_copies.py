from onrecord import Reading, Report
from onrecord.records import Reader
from onrecord.reports.files import complete
from onrecord.story.copies import Edge, find_copies

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


def test_news_told_again_within_a_day_in_other_words_is_a_rewrite() -> None:
    told = (
        "Seven sailors were saved after their trawler went down off the northern cape late on Sunday, said the harbour office. Timber for "
        "the islands filled the vessel, which sailed from the port of Orm with nine in its crew; the night was rough, and a lifeboat "
        "crew, a helicopter and two fishing boats searched the water until morning for the missing captain and his mate."
    )
    again = (
        "The harbour office says that seven sailors are safe: their trawler sank on Sunday night off the northern cape. With a crew of nine "
        "and timber for the islands it had come from the port of Orm. In rough water a lifeboat, a helicopter and fishing boats "
        "searched through the night until morning; captain and mate are missing."
    )
    first, same_day = reading("a", told, "Wire", "2031-05-01T06:00:00Z"), reading("b", again, "Post", "2031-05-01T18:00:00Z")
    assert kinds(first, same_day) == {("a", "b", "rewrite")}
    assert kinds(first, reading("b", again, "Post", "2031-05-09T18:00:00Z")) == set()


def test_many_copies_of_one_text_lead_to_those_that_came_first() -> None:
    pile = [reading(f"r{n:02}", WIRE, f"Paper {n}", f"2031-05-01T{n:02}:00:00Z") for n in range(20)]
    edges = find_copies(pile)
    assert {e.report for e in edges} == {f"r{n:02}" for n in range(1, 20)}
    assert len(edges) <= 20 * 8
