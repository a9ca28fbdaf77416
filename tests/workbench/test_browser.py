"""The workbench as a person meets it, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from onrecord.ledger.judging import append, places_of
from onrecord.records import Judgement, Report
from onrecord.reports.files import complete
from onrecord.workbench.desk import Desk
from tests.ledger.conftest import QuickLedger, story
from tests.workbench.conftest import TEXTS, served
from tests.workbench.vectors import VECTORS

PAGES = ("/", "/claims", "/claims/c1", "/disagreements", "/review", "/sources", "/sources/s6", "/reports", "/reports/1", "/reports/3/beside/1",
         "/search?q=bridge", "/timeline", "/network", "/places", "/outlets", "/changes", "/sign-in", "/nope")  # fmt: skip
WAYS = [("light", 1280), ("dark", 1280), ("light", 390), ("dark", 390)]


@pytest.fixture
def kept(tmp_path: Path) -> Any:
    with QuickLedger(tmp_path / "story.db") as ledger:
        ledger.add(story(*TEXTS, *(f"Kim said: matter number {n} came up. Lee said: matter number {n} came up." for n in range(8))))
        ledger.update()
        yield ledger


def test_a_desk_works_through_twenty_mentions_by_keyboard(kept: QuickLedger, open_page: Callable[..., Any], tmp_path: Path) -> None:
    desk = Desk(kept.store, "ann")
    with served(desk) as address:
        page = open_page()
        page.goto(f"{address}/review")
        for number in range(20):
            asked = page.locator("input[name=mention]").first.get_attribute("value")
            page.keyboard.press("d" if number % 5 == 4 else "s")
            page.wait_for_function("key => document.querySelector('input[name=mention]')?.value !== key", arg=asked)
            assert "done=" in page.url
        made = kept.judgements()
        assert len(made) == 20 and {j.kind for j in made} == {"same", "different"}
        last = made[-1].places[0]
        page.keyboard.press("u")
        page.wait_for_url("**/review?mention=*")
        assert page.locator("input[name=mention]").first.get_attribute("value").endswith(f".{last.span[0]}.{last.span[1]}")
        page.goto(f"{address}/claims/c1")
        page.locator("summary", has_text="Judge this claim").click()
        page.locator("form", has_text="Merge it into this").locator("input[name=other]").fill("c5")
        page.get_by_role("button", name="Merge it into this").click()
        page.wait_for_selector("text=One claim.")
        told = page.locator("p.lead").inner_text()
        page.reload()
        assert page.locator("p.lead").inner_text() == told
        port = int(address.rsplit(":", 1)[1])
    with QuickLedger(kept.store.target) as again, served(Desk(again.store, "ann"), port=port) as address:
        page.goto(f"{address}/claims/c5")
        assert page.url == f"{address}/claims/c1" and page.locator("p.lead").inner_text() == told
        page.keyboard.press("u")
        page.wait_for_selector("text=Taken back.")
        page.goto(f"{address}/claims/c5")
        assert page.url == f"{address}/claims/c5"
        assert len(again.judgements()) == 23


def test_a_key_held_down_judges_once_and_keys_can_be_switched_off(kept: QuickLedger, open_page: Callable[..., Any]) -> None:
    with served(Desk(kept.store, "ann")) as address:
        page = open_page()
        page.goto(f"{address}/review")
        for _ in range(8):
            page.keyboard.down("s")  # the first press, then repeats
        page.keyboard.up("s")
        page.wait_for_url("**done=1*")
        page.wait_for_timeout(300)
        assert len(kept.judgements()) == 1
        page.keyboard.press("?")
        page.get_by_label("Keys are on").uncheck()
        page.keyboard.press("Escape")
        page.locator("#keys").wait_for(state="hidden")
        page.keyboard.press("s")
        page.wait_for_timeout(300)
        assert len(kept.judgements()) == 1
        page.goto(f"{address}/claims/c1")
        page.keyboard.press("?")
        page.get_by_label("Keys are on").check()
        page.get_by_role("button", name="Close").click()
        page.locator("#keys").wait_for(state="hidden")
        page.keyboard.press("n")  # folded away: it is shown, not pressed
        page.get_by_role("button", name="Mark as no claim").wait_for(state="visible")
        page.wait_for_timeout(300)
        assert len(kept.judgements()) == 1


def test_keys_move_open_search_and_explain(kept: QuickLedger, open_page: Callable[..., Any]) -> None:
    with served(Desk(kept.store, "ann")) as address:
        page = open_page()
        page.goto(f"{address}/claims")
        page.keyboard.press("j")
        page.keyboard.press("j")
        page.keyboard.press("k")
        first = page.locator(".item.at a[data-open]").get_attribute("href")
        assert first == page.locator("#results a[data-open]").first.get_attribute("href") and page.locator(".item.at").count() == 1
        page.keyboard.press("Enter")
        page.wait_for_url(f"**{first}")
        page.keyboard.press("/")
        page.keyboard.type("boats")
        page.keyboard.press("Enter")
        page.wait_for_url("**/search?q=boats")
        assert "two boats sank" in page.locator("main").inner_text()
        page.keyboard.press("?")
        page.locator("#keys").wait_for(state="visible")
        page.keyboard.press("Escape")
        page.locator("#keys").wait_for(state="hidden")


def test_filters_show_their_claims_without_the_page_being_left(kept: QuickLedger, open_page: Callable[..., Any]) -> None:
    with served(Desk(kept.store, "ann")) as address:
        page = open_page()
        page.goto(f"{address}/claims")
        page.evaluate("window.same = true")
        page.get_by_label("Stance").select_option("denies")
        page.wait_for_selector("#results >> text=1 claim ·")
        assert page.evaluate("window.same") and "stance=denies" in page.url
        page.reload()
        assert page.locator("#results li.item").count() == 1


def test_everything_can_be_read_and_judged_without_script(kept: QuickLedger, open_page: Callable[..., Any]) -> None:
    with served(Desk(kept.store, "ann")) as address:
        page = open_page(java_script_enabled=False)
        page.goto(address)
        page.get_by_role("link", name="Review", exact=True).click()
        page.get_by_role("button", name="Different").click()
        assert "Parted." in page.locator("[role=status]").first.inner_text()
        page.get_by_role("button", name="Undo").click()
        assert "Taken back." in page.locator("[role=status]").first.inner_text()
        page.goto(f"{address}/claims")
        page.get_by_label("Words").fill("boats")
        page.get_by_role("button", name="Show").click()
        assert page.locator("#results li.item").count() == 1
        for path in ("/timeline", "/network", "/places", "/reports/3/beside/1"):
            page.goto(f"{address}{path}")
            assert page.locator("h1").is_visible()
        assert len(kept.judgements()) == 2


def test_passages_of_two_reports_lead_to_one_another(kept: QuickLedger, open_page: Callable[..., Any]) -> None:
    kept.add(story("Word came late. Ana said: the bridge is shut. Ben said: the river rose.", first=50))
    with served(Desk(kept.store, "ann")) as address:
        page = open_page()
        number = len(kept.reports())
        page.goto(f"{address}/reports/{number}/beside/1")
        left = page.locator("#a1")
        left.click()
        assert page.url.endswith("#b1") and page.locator("#b1").inner_text() == left.inner_text() == TEXTS[0].rstrip(".")


def test_the_timeline_and_the_network_are_drawn_and_open_their_claims(
    tmp_path: Path, open_page: Callable[..., Any], example_ledger: Path
) -> None:
    from onrecord.ledger import Ledger

    with Ledger(example_ledger) as ledger, served(Desk(ledger.store, "ann")) as address:
        page = open_page(viewport={"width": 1280, "height": 900}, timezone_id="America/New_York")
        page.goto(f"{address}/timeline")
        page.wait_for_selector("#timeline.on canvas")
        page.mouse.move(0, 0)
        box = page.locator("#timeline canvas").bounding_box()
        page.mouse.click(box["x"] + 0.15 * box["width"], box["y"] + 0.75 * box["height"])
        page.wait_for_url("**/timeline?day=2031-05-08*")
        page.goto(f"{address}/network")
        page.wait_for_selector("#network.on canvas")
        edge = page.evaluate("drawing.edges()[0].data('href')")
        page.evaluate("drawing.edges()[0].emit('tap')")
        page.wait_for_url(f"**{edge}")
        assert page.locator("#results li.item").count() >= 1
        page.goto(f"{address}/places")
        page.locator("svg.map a").first.focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**/claims?place=*")


@pytest.fixture(scope="module")
def example_ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger told by the real reader and judge, in a process of its own, of reports with deeds and places."""
    import json
    import subprocess
    import sys

    folder = tmp_path_factory.mktemp("deeds")
    rows = [
        {"id": "a", "published": "2031-05-08", "outlet": "Wire", "text": "Russia attacked Ukraine near Kharkiv on Wednesday, President Volodymyr Zelensky said. "
         "The mayor of Kyiv said that two bridges were closed."},
        {"id": "b", "published": "2031-05-09", "outlet": "Post", "text": "Germany sent aid to Ukraine on Friday, the government in Berlin said. Iran threatened Israel, "
         "a spokesman said in Tehran."},
    ]  # fmt: skip
    (folder / "in.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    command = [sys.executable, "-m", "onrecord", "add", str(folder / "in.jsonl"), "--ledger", str(folder / "story.db"), "-q"]
    subprocess.run(command, check=True, capture_output=True)
    return folder / "story.db"


@pytest.mark.parametrize(("scheme", "width"), WAYS)
def test_every_page_is_for_everybody(
    kept: QuickLedger, open_page: Callable[..., Any], example_ledger: Path, scheme: str, width: int
) -> None:
    """axe-core finds nothing serious (WCAG 2.1 A and AA), and nothing is wider than a phone."""
    from axe_playwright_python.sync_playwright import Axe

    from onrecord.ledger import Ledger

    found: list[str] = []
    with Ledger(example_ledger) as deeds, served(Desk(kept.store, "ann")) as address, served(Desk(deeds.store, "ann")) as other:
        page = open_page(color_scheme=scheme, viewport={"width": width, "height": 900})
        for path in (*PAGES, *(f"{other}{p}" for p in ("/network", "/places", "/timeline", "/claims/c1"))):
            page.goto(path if path.startswith("http") else f"{address}{path}")
            page.wait_for_load_state("networkidle")
            if path == "/claims/c1":
                for summary in page.locator("details.act > summary").all()[:2]:
                    summary.click()
            wide = page.evaluate("document.documentElement.scrollWidth")
            if wide > width:
                found.append(f"{path}: {wide} px wide")
            report = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]}).response
            found += [
                f"{path}: {v['id']} {v['nodes'][0]['html'][:120]}" for v in report["violations"] if v["impact"] in ("serious", "critical")
            ]
    assert found == []


def test_nothing_of_a_hostile_report_runs_on_any_page(tmp_path: Path, open_page: Callable[..., Any]) -> None:
    assert len(VECTORS) >= 100
    rows = [
        complete(
            Report(
                id=f"{n}-{v}.html", title=v, outlet=v, author=v, url=v, published="2031-05-09",
                text=f"Ana said: {v} the bridge {n} is shut. Ben denied: {v} the bridge {n} is shut.\n\n{v}",
            )
        )
        for n, v in enumerate(VECTORS)
    ]  # fmt: skip
    with QuickLedger(tmp_path / "hostile.db") as ledger:
        ledger.add(rows)
        ledger.update()
        with ledger.store.writing() as db:
            for n, vector in enumerate(VECTORS[:40]):
                id = ledger.account().claims[n].id if n == 0 else f"c{n + 1}"
                append(
                    db,
                    Judgement(id=0, kind="source", by=vector, at="", reason=vector, value=vector, claim=id, places=places_of(db, id)[:1]),
                )
        with served(Desk(ledger.store, VECTORS[0])) as address:
            page = open_page()
            asked: list[str] = []
            page.on("request", lambda request: asked.append(request.url))
            claims = [c.id for c in ledger.account().claims]
            paths = ["/", "/review", "/timeline", "/network", "/places", "/outlets", "/changes?since=2000", "/disagreements"]
            paths += [f"{path}?page={n}" for path in ("/claims", "/sources", "/reports", "/disagreements") for n in range(1, 8)]
            paths += [f"/claims/{id}?done=1" for id in claims] + [f"/reports/{n}" for n in range(1, len(rows) + 1)]
            paths += [f"/reports/{n}/beside/{n + 1}" for n in range(1, len(rows), 9)]
            from urllib.parse import quote

            paths += [f"{path}?q={quote(v)}&outlet={quote(v)}&place={quote(v)}&day={quote(v)}&since={quote(v)}&resolved={quote(v)}"
                      for v in VECTORS[::4] for path in ("/search", "/claims", "/timeline", "/changes")]  # fmt: skip
            for path in paths:
                page.goto(f"{address}{path}", wait_until="domcontentloaded")
                assert page.evaluate("window.hit") is None, path
                assert page.locator("h1").count() == 1, path
            page.mouse.move(300, 300)
            assert {re.sub(r"^(https?://[^/]+).*", r"\1", url) for url in asked} == {address}
            export = tmp_path / "taken.html"
            from tests.workbench.conftest import browser_of

            export.write_text(browser_of(Desk(ledger.store, "ann")).get("/export").text, encoding="utf-8")
            page.goto(export.as_uri())
            assert page.evaluate("window.hit") is None and page.locator("h1").count() == 1
