from __future__ import annotations

import re
from html import unescape

import pytest

from onrecord.workbench.app import _PAGES
from onrecord.workbench.desk import Desk, with_query
from tests.ledger.conftest import QuickLedger
from tests.workbench.conftest import Browser, browser_of

PATHS = [
    "/", "/claims", "/claims?q=bridge&origins=1&open=1&order=new", "/claims/c1", "/disagreements", "/disagreements?resolved=none", "/sources",
    "/sources?q=an", "/sources/s6", "/reports", "/reports/1", "/reports/2/beside/1", "/search?q=bridge", "/search", "/review", "/timeline",
    "/timeline?day=2031-05-02", "/network", "/places", "/outlets", "/changes", "/changes?since=2031-01-01", "/export?origins=1",
    "/timeline.json", "/network.json",
]  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_every_page_is_there(client: Browser, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    if answer.headers["content-type"].startswith("text/html") and not path.startswith("/export"):
        assert "<h1" in answer.text and "</html>" in answer.text


def test_every_page_of_the_table_was_asked_for() -> None:
    asked = [re.sub(r"\{[^}]*\}", "X", path) for path, _ in _PAGES]
    shown = {re.sub(r"/(c|s)?\d+", "/X", p.split("?")[0]) for p in PATHS}
    assert {re.sub(r"/X", "/X", path) for path in asked} == shown


@pytest.mark.parametrize("path", PATHS)
def test_an_empty_ledger_has_the_same_pages(ledger: QuickLedger, path: str) -> None:
    answer = browser_of(Desk(ledger.store, "ann")).get(path)
    assert answer.status_code in (200, 404) and "Traceback" not in answer.text


@pytest.mark.parametrize(
    "path",
    ["/claims/c99", "/claims/x", "/claims/c", "/claims/c1e9", "/sources/s999", "/sources/c1", "/reports/99", "/reports/99/beside/1", "/nope",
     "/claims/c99999999999999999999"],
)  # fmt: skip
def test_what_is_not_there_is_told(client: Browser, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404 and "<h1>Not here</h1>" in answer.text


@pytest.mark.parametrize(
    "query",
    ["page=-1", "page=99999999999999", "page=x", "origins=x", "origins=99999999999", "order=evil", "status=gone", "pair=1.2", "pair=a.b.c",
     "actor=1%20or%201", "q=%00", "since=%27", "outlet=%F0%9F%98%80", "stance=sings", "place=%3Cb%3E", "done=abc", "done=9999999", "at=-5"],
)  # fmt: skip
def test_an_odd_address_is_no_error(client: Browser, query: str) -> None:
    for path in ("/claims", "/claims/c1", "/search", "/review", "/timeline", "/disagreements", "/changes"):
        assert client.get(f"{path}?{query}").status_code == 200


def test_every_link_of_every_page_leads_somewhere(client: Browser) -> None:
    seen: set[str] = set()
    waiting = ["/"]
    while waiting:
        path = waiting.pop()
        answer = client.get(path)
        assert answer.status_code == 200, path
        anchors = {unescape(a) for a in re.findall(r'\bid="([^"]+)"', answer.text)}
        for link in re.findall(r'(?:href|src)="([^"]+)"', answer.text):
            link = unescape(link)
            if link.startswith("#"):
                assert link[1:] in anchors or path.startswith("/export"), (path, link)
            elif link.startswith("/") and (page := link.split("#")[0]) not in seen and len(seen) < 250:
                seen.add(page)
                if not page.startswith("/assets"):
                    waiting.append(page)
                assert client.get(page).status_code == 200, (path, link)
    assert len(seen) > 60


def test_a_mention_leads_to_its_very_place_in_the_report(client: Browser) -> None:
    page = client.get("/claims/c1").text
    links = re.findall(r'href="(/reports/\d+)#(m[\d.]+)"', page)
    assert links
    for report, anchor in links:
        text = client.get(report).text
        spot = text.index(f'id="{anchor}"')
        assert re.sub(r"<[^>]+>", "", text[spot : spot + 300]).split('">', 1)[-1].startswith("the bridge is shut")


def test_the_page_to_take_away_has_what_was_asked_for(client: Browser) -> None:
    page = client.get("/export?q=boats")
    assert page.headers["content-disposition"].startswith("attachment") and "two boats sank" in page.text
    assert "<script" not in page.text and 'id="c' in page.text and "nobody was hurt”" not in page.text


def test_what_is_no_claim_can_be_taken_away_too_and_order_stays(client: Browser) -> None:
    client.judge("not_a_claim", claim="c3", back="/")
    words = re.findall(r"data-open>“([^”]+)”", client.get("/claims?status=rejected").text)
    assert len(words) == 1 and words[0] in client.get("/export?status=rejected").text
    shown = re.findall(r"data-open>“([^”]+)”", client.get("/claims?order=new").text)
    taken = re.findall(r'<details class="claim" id="(c\d+)">', client.get("/export?order=new").text)
    assert len(taken) == len(shown) > 3


def test_a_query_leaves_out_what_is_empty() -> None:
    assert with_query({"q": "a b", "page": "2"}, page="", open=1) == "?q=a+b&open=1"


def test_changes_are_those_since_the_state_that_was_chosen(told: QuickLedger, client: Browser) -> None:
    from tests.ledger.conftest import story

    assert "Nothing changed" in client.get("/changes").text
    told.add(story("Kim said: the ferry left early.", first=20))
    told.update()
    page = client.get("/changes").text
    assert "the ferry left early" in page and "r20" in page
