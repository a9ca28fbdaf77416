from pathlib import Path

import pytest

from onrecord import Account, Reading, Report, page, read, tell
from onrecord.account.text import text
from onrecord.reading.encoder import Encoder
from onrecord.reports.files import complete

VECTORS = (
    "<script>window.hit=1</script>",
    "<img src=x onerror=window.hit=1>",
    '"><svg onload=window.hit=1>',
    "'-window.hit=1-'",
    "</style><script>window.hit=1</script>",
    "<iframe srcdoc='<script>parent.hit=1</script>'>",
    "{{ 7*7 }}{% raw %}",
    "javascript:window.hit=1",
    "<a href='javascript:window.hit=1'>x</a>",
    "<!--<script>window.hit=1</script>-->",
    "\u202e<b onmouseover=window.hit=1>",
)


@pytest.fixture(scope="module")
def hostile(encoder: Encoder) -> str:
    rows = [
        complete(
            Report(
                id=f"id{n}{v}", title=v, outlet=v, author=v, url=v,
                text=f"The mayor {v} said on Friday that {v} the bridge of Orm was closed. Police denied that the bridge of Orm was closed {v}.",
                published="2031-05-09",
            )
        )
        for n, v in enumerate(VECTORS)
    ]  # fmt: skip
    readings = list(read(rows, encoder))
    return page(tell(readings), readings)


def test_the_page_needs_nothing_from_elsewhere(example: Account, example_readings: list[Reading]) -> None:
    html = page(example, example_readings)
    assert "<script" not in html and 'src="' not in html and "url(" not in html and "@import" not in html
    assert "http://" not in html.replace("http://www.w3.org", "")
    order = [html.index(f'id="{part}"') for part in ("disagreements", "claims", "timeline", "sources", "outlets", "reports")]
    assert order == sorted(order)


def test_every_link_within_the_page_leads_somewhere(example: Account, example_readings: list[Reading]) -> None:
    import re

    html = page(example, example_readings)
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert set(re.findall(r'href="#([^"]+)"', html)) <= set(ids)
    assert len(ids) == len(set(ids))


def test_report_text_is_never_markup(hostile: str) -> None:
    assert "<script>window" not in hostile and "<img src=x" not in hostile and "<svg onload" not in hostile
    assert "{{ 7*7 }}" in hostile


def test_the_terminal_gets_the_same_in_short(example: Account) -> None:
    short = text(example)
    assert "DISAGREEMENTS" in short and "CLAIMS" in short and max(map(len, short.splitlines())) <= 100


# In a real browser.


def test_nothing_of_a_hostile_report_runs(chromium, hostile: str, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "a.html").write_text(hostile, encoding="utf-8")
    shown = chromium.new_page()
    asked: list[str] = []
    shown.on("request", lambda request: asked.append(request.url))
    shown.on("dialog", lambda dialog: asked.append("dialog"))
    shown.goto((tmp_path / "a.html").as_uri())
    assert shown.evaluate("window.hit") is None
    assert asked == [(tmp_path / "a.html").as_uri()]
    assert shown.title().startswith("<script>")


@pytest.mark.parametrize("width", [390, 1280])
def test_the_page_fits_and_opens_by_keyboard(
    chromium, example: Account, example_readings: list[Reading], tmp_path: Path, width: int
) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "a.html").write_text(page(example, example_readings), encoding="utf-8")
    shown = chromium.new_page(viewport={"width": width, "height": 800})
    shown.goto((tmp_path / "a.html").as_uri())
    assert shown.evaluate("document.documentElement.scrollWidth") <= width
    claim = shown.locator("details.claim").first
    claim.locator("summary").focus()
    shown.keyboard.press("Enter")
    assert claim.evaluate("e => e.open")
    link = claim.locator(".mentions a").first
    target = (link.get_attribute("href") or "").removeprefix("#")
    link.focus()
    shown.keyboard.press("Enter")
    assert shown.evaluate("location.hash") == f"#{target}"
    assert shown.locator(f"id={target}").count() == 1
