from onrecord.reports.html import from_html

PAGE = (
    """<!doctype html><html lang="en"><head><title>Bridge closed - The Orm Post</title>
<meta property="og:site_name" content="The Orm Post"><meta name="author" content="Ida Lund">
<meta property="article:published_time" content="2031-05-09T08:30:00Z"></head><body><nav>Home Sport Weather</nav>
<article><h1>Bridge closed</h1>"""
    + "".join(
        f"<p>The mayor of Orm said on Friday that the old bridge would stay closed for {n} weeks while divers look at its piers.</p>"
        for n in (3, 4, 5)
    )
    + "</article><footer>About us</footer></body></html>"
)


def test_a_page_gives_text_and_what_it_says_of_itself() -> None:
    report = from_html(PAGE.encode(), "page.html")
    assert report.text.count("The mayor of Orm said") == 3
    assert "Sport" not in report.text and "About us" not in report.text
    assert (report.outlet, report.author, report.published) == ("The Orm Post", "Ida Lund", "2031-05-09T08:30:00Z")
    assert report.title is not None and report.title.startswith("Bridge closed")


def test_a_page_without_an_article_is_a_defect() -> None:
    assert [d.code for d in from_html(b"<html><body></body></html>", "x.html").defects] == ["empty_text"]


def test_odd_bytes_are_a_defect_not_an_error() -> None:
    assert from_html(b"\0\1\2", "x.html").defects[0].code == "binary"
    assert from_html(b"<p>" * 5000, "x.html").defects
