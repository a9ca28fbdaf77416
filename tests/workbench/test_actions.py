"""Judging by forms: what each does, what is refused, and that it shows at once."""

from __future__ import annotations

import re

import pytest

from tests.ledger.conftest import QuickLedger
from tests.workbench.conftest import Browser


def ids(client: Browser) -> dict[str, str]:
    """Statement → claim id."""
    found = re.findall(r'href="/claims/(c\d+)" data-open>“([^”]+)”', client.get("/claims").text)
    return {words: id for id, words in found}


def mentions(client: Browser, claim: str) -> list[str]:
    return re.findall(r'id="m([\d.]+)"', client.get(f"/claims/{claim}").text)


def test_merge_shows_at_once_and_is_undone(client: Browser) -> None:
    before = ids(client)
    shut, closed = before["the bridge is shut"], before["the bridge is closed to all"]
    answer = client.judge("same", claim=shut, other=closed, back=f"/claims/{shut}")
    assert answer.status_code == 303 and answer.headers["location"] == f"/claims/{shut}?done=1"
    page = client.get(answer.headers["location"]).text
    assert "One claim" in page and "5 mentions" in page and "the bridge is closed to all" in page
    assert client.get(f"/claims/{closed}", follow_redirects=False).headers["location"] == f"/claims/{shut}"
    undone = client.judge("undo", undoes="1", back=f"/claims/{shut}")
    assert undone.status_code == 303 and "Taken back" in client.get(undone.headers["location"]).text
    assert ids(client) == before


def test_a_mention_is_parted_or_given_to_another_claim(client: Browser) -> None:
    before = ids(client)
    shut, closed = before["the bridge is shut"], before["the bridge is closed to all"]
    first, second, _ = mentions(client, shut)
    client.judge("different", mention=first, back="/")
    client.judge("different", mention=second, to=closed[1:], back="/")
    assert (len(mentions(client, shut)), len(mentions(client, closed))) == (1, 3)


def test_source_words_and_credibility_are_set(client: Browser, told: QuickLedger) -> None:
    shut = ids(client)["the bridge is shut"]
    key = mentions(client, shut)[0]
    client.judge("source", mention=key, value="  Zoe   Marsh ", back="/")
    client.judge("span", mention=key, value="bridge is shut", back="/")
    client.judge("credibility", claim=shut, value="5", reason="a <b>rumour</b>", back="/")
    page = client.get(f"/claims/{shut}").text
    assert "Zoe Marsh" in page and "corrected" in page and "a &lt;b&gt;rumour&lt;/b&gt;" in page and "improbable" in page
    taken = client.get("/export").text
    assert "Credibility 5 (improbable), set by ann on" in taken and "proposed by rule: set by" not in taken
    assert next(m.span for c in told.account().claims if c.id == shut for m in c.mentions) == (14, 28)


def test_no_claim_is_out_of_the_list_and_can_be_taken_back(client: Browser) -> None:
    boats = ids(client)["two boats sank"]
    client.judge("not_a_claim", claim=boats, reason="a saying", back="/")
    assert "two boats sank" not in ids(client)
    assert "marked as no claim" in client.get(f"/claims/{boats}").text
    assert "two boats sank" in client.get("/claims?status=rejected").text
    client.judge("undo", undoes="1", back="/")
    assert "two boats sank" in ids(client)


def test_the_queue_asks_about_each_mention_once(client: Browser) -> None:
    asked = []
    while keys := re.findall(r'name="mention" value="([\d.]+)"', page := client.get("/review").text):
        asked.append(keys[0])
        assert client.judge("same", mention=keys[0], back="/review?at=0").headers["location"].startswith("/review?at=0&done=")
    assert "Nothing waits for review" in page and len(asked) == len(set(asked)) == 7
    undone = client.judge("undo", undoes=str(len(asked)), back="/review")
    assert undone.headers["location"].startswith(f"/review?mention={asked[-1]}")
    assert asked[-1] in client.get(undone.headers["location"]).text


@pytest.mark.parametrize(
    ("kind", "fields", "said"),
    [
        ("same", {"claim": "c1", "other": "c1"}, "These are one claim already"),
        ("same", {"claim": "c1", "other": "c99"}, "no claim c99"),
        ("same", {"claim": "c1", "other": "<b>"}, "no claim &lt;b&gt;"),
        ("different", {"mention": "1.2.3"}, "no such mention"),
        ("different", {"mention": "x"}, "no such mention"),
        ("credibility", {"claim": "c1", "value": "9", "reason": "r"}, "from 1 (confirmed) to 6"),
        ("credibility", {"claim": "c1", "value": "2", "reason": " "}, "Say why"),
        ("undo", {"undoes": "77"}, "no such judgement"),
        ("sing", {}, "no judgement"),
    ],
)
def test_what_cannot_be_done_is_told_and_nothing_is_kept(
    client: Browser, told: QuickLedger, kind: str, fields: dict[str, str], said: str
) -> None:
    answer = client.judge(kind, back="/", **fields)
    assert answer.status_code == 409 and said in answer.text
    assert told.judgements() == []


def test_the_only_mention_of_a_claim_cannot_be_parted(client: Browser) -> None:
    boats = ids(client)["two boats sank"]
    answer = client.judge("different", mention=mentions(client, boats)[0], back="/")
    assert answer.status_code == 409 and "only mention" in answer.text


def test_words_that_the_report_does_not_have_are_refused(client: Browser) -> None:
    key = mentions(client, ids(client)["two boats sank"])[0]
    assert "The report has no such words" in client.judge("span", mention=key, value="three boats", back="/").text
    assert client.judge("span", mention=key, value="", back="/").status_code == 409


def test_what_was_taken_back_is_not_taken_back_twice(client: Browser) -> None:
    client.judge("same", claim="c1", other="c2", back="/")
    assert client.judge("undo", undoes="1", back="/").status_code == 303
    assert client.judge("undo", undoes="1", back="/").status_code == 409
    assert client.judge("undo", undoes="2", back="/").status_code == 303  # the undo is taken back: they are one again
    assert "c2" not in ids(client).values() or "c1" not in ids(client).values()


@pytest.mark.parametrize("back", ["//evil.example/x", "https://evil.example", "/\\evil.example", "javascript:alert(1)", "", "x"])
def test_no_form_leads_to_another_site(client: Browser, back: str) -> None:
    answer = client.judge("same", claim="c1", other="c2", back=back)
    assert answer.status_code == 303 and answer.headers["location"] == "/?done=1"


def test_to_give_a_mention_away_is_taken_back_as_one(client: Browser) -> None:
    before = ids(client)
    shut, closed = before["the bridge is shut"], before["the bridge is closed to all"]
    second = mentions(client, shut)[1]
    client.judge("different", mention=second, claim=shut, to=closed, back="/")
    for number in ("2", "1"):  # whichever of the two is named
        client.judge("undo", undoes=number, back="/")
        assert (ids(client), len(mentions(client, shut)), len(mentions(client, closed))) == (before, 3, 2)
        last = re.findall(r"(\d+) judgements? by people", client.get("/").text)[0]
        client.judge("undo", undoes=last, back="/")  # and done again as one
        assert (len(mentions(client, shut)), len(mentions(client, closed))) == (2, 3)


def test_what_others_build_on_is_not_taken_back_from_under_them(client: Browser) -> None:
    shut = ids(client)["the bridge is shut"]
    second = mentions(client, shut)[1]
    made = client.judge("different", mention=second, back="/")
    parted = re.findall(r"it is now <a href=\"/claims/(c\d+)", client.get(made.headers["location"]).text)[0]
    client.judge("not_a_claim", claim=parted, back="/")
    refused = client.judge("undo", undoes="1", back="/")
    assert refused.status_code == 409 and "take back #2" in refused.text
    assert client.judge("undo", undoes="2", back="/").status_code == client.judge("undo", undoes="1", back="/").status_code == 303
    assert len(mentions(client, shut)) == 3


def test_a_page_that_is_out_of_date_judges_nothing_else(client: Browser) -> None:
    before = ids(client)
    shut, closed = before["the bridge is shut"], before["the bridge is closed to all"]
    second = mentions(client, shut)[1]
    client.judge("different", mention=second, claim=shut, to=closed, back="/")
    for kind, more in (("different", {}), ("same", {}), ("source", {"value": "x"}), ("span", {"value": "bridge"})):
        answer = client.judge(kind, mention=second, claim=shut, back="/", **more)
        assert answer.status_code == 409 and "Reload the page" in answer.text


def test_nothing_is_merged_with_what_is_no_claim(client: Browser) -> None:
    before = ids(client)
    boats, dry = before["two boats sank"], before["the road is dry"]
    client.judge("not_a_claim", claim=boats, back="/")
    assert "marked as no claim" in client.judge("same", claim=boats, other=dry, back="/").text
    assert "Merge it into this" not in client.get(f"/claims/{boats}").text
    assert "the road is dry" in ids(client)


def test_one_comes_back_to_the_page_of_the_list(client: Browser) -> None:
    answer = client.judge("same", claim="c1", other="c2", back="/claims/c1?page=3&done=9#m1.2.3")
    assert answer.headers["location"] == "/claims/c1?page=3&done=1#m1.2.3"
