from __future__ import annotations

import pytest

from onrecord.ledger import people
from onrecord.workbench.desk import Desk
from tests.ledger.conftest import QuickLedger
from tests.workbench.conftest import Browser, browser_of


@pytest.fixture
def shared(told: QuickLedger) -> Browser:
    """A workbench that is open to a network."""
    return browser_of(Desk(told.store, "ann", tokens=True), loopback_only=False)


def token(told: QuickLedger, name: str = "ana", role: str = "reviewer") -> str:
    return people.add(told.store, name, role)


def test_every_answer_forbids_script_of_others(client: Browser) -> None:
    for path in ("/", "/claims/c1", "/nope", "/assets/desk.js", "/export", "/timeline.json"):
        headers = client.get(path).headers
        policy = headers["content-security-policy"]
        assert (
            "default-src 'none'" in policy
            and "script-src 'self'" in policy
            and "unsafe" not in policy
            and "frame-ancestors 'none'" in policy
        )
        assert headers["x-content-type-options"] == "nosniff" and headers["referrer-policy"] == "same-origin"


def test_no_page_has_script_or_style_of_its_own(client: Browser) -> None:
    import re

    for path in ("/", "/claims", "/claims/c1", "/review", "/timeline", "/network", "/places", "/reports/1"):
        page = client.get(path).text
        assert not re.search(r"<script(?![^>]*\bsrc=\"/assets/)", page) and "<style" not in page
        assert not re.search(r"\s(?:style|on\w+)=", page), path


def test_a_form_of_another_site_does_nothing(client: Browser, told: QuickLedger) -> None:
    client.get("/")
    key = client.cookies["onrecord_form"]
    fields = {"kind": "same", "claim": "c1", "other": "c2", "back": "/"}
    for data, headers in (
        (fields, {}),
        (fields | {"form_key": ""}, {}),
        (fields | {"form_key": "x" * 43}, {}),
        (fields | {"form_key": key}, {"Origin": "http://evil.example"}),
        (fields | {"form_key": key}, {"Origin": "null"}),
        (fields | {"form_key": key}, {"Sec-Fetch-Site": "cross-site"}),
    ):
        assert client.post("/judge", data=data, headers=headers).status_code == 403
    assert told.judgements() == []
    assert client.post("/judge", data=fields | {"form_key": key}, follow_redirects=False).status_code == 303


def test_a_name_that_was_made_to_lead_here_gets_nothing(client: Browser) -> None:
    for host in ("evil.example", "evil.example:8765", "127.0.0.1.evil.example", "localhost.evil.example", ""):
        assert client.get("/", headers={"Host": host}).status_code == 421
    for host in ("localhost", "localhost:8765", "127.0.0.1:1", "[::1]:8765"):
        assert client.get("/", headers={"Host": host}).status_code == 200


def test_open_to_a_network_nobody_sees_anything_without_a_token(shared: Browser, told: QuickLedger) -> None:
    for path in ("/", "/claims", "/claims/c1", "/reports/1", "/export", "/timeline.json", "/network.json", "/search?q=bridge"):
        answer = shared.get(path, follow_redirects=False)
        assert answer.status_code == 303 and answer.headers["location"].startswith("/sign-in") and "bridge" not in answer.text
    assert shared.judge("same", claim="c1", other="c2", back="/").headers["location"] == "/sign-in"
    assert told.judgements() == []


def test_a_reviewer_judges_in_her_own_name(shared: Browser, told: QuickLedger) -> None:
    assert shared.form("/sign-in", token=token(told)).headers["location"] == "/"
    assert "ana, reviewer" in shared.get("/").text
    assert shared.judge("same", claim="c1", other="c2", back="/").status_code == 303
    assert [j.by for j in told.judgements()] == ["ana"]
    assert shared.form("/sign-out").status_code == 303
    assert shared.get("/", follow_redirects=False).status_code == 303


def test_a_reader_looks_and_does_not_judge(shared: Browser, told: QuickLedger) -> None:
    shared.form("/sign-in", token=token(told, "rolf", "reader"))
    page = shared.get("/claims/c1").text
    assert "the bridge is shut" in page and 'action="/judge"' not in page
    assert shared.judge("same", claim="c1", other="c2", back="/").status_code == 403
    assert told.judgements() == []


def test_read_only_is_for_everybody(told: QuickLedger) -> None:
    with QuickLedger(told.store.target, read_only=True) as kept:
        client = browser_of(Desk(kept.store, "ann", read_only=True))
        assert 'action="/judge"' not in client.get("/claims/c1").text
        assert client.judge("same", claim="c1", other="c2", back="/").status_code == 403


def test_a_session_ends_with_the_token(shared: Browser, told: QuickLedger) -> None:
    shared.form("/sign-in", token=token(told))
    assert shared.get("/", follow_redirects=False).status_code == 200
    people.remove(told.store, "ana")
    assert shared.get("/", follow_redirects=False).status_code == 303


def test_what_the_ledger_keeps_opens_nothing(shared: Browser, told: QuickLedger) -> None:
    token(told)
    for stolen in (people.all_people(told.store)[0].token, "YW5h.9999999999.é".encode().decode("latin-1")):
        assert shared.form("/sign-in", token=stolen).status_code == 403
        assert (
            shared.get("/", headers={"Cookie": f"onrecord_session={stolen}".encode("latin-1")}, follow_redirects=False).status_code == 303
        )


def test_who_comes_by_a_link_is_led_on_after_signing_in(shared: Browser, told: QuickLedger) -> None:
    asked = shared.get("/claims/c1?page=1", follow_redirects=False)
    assert asked.headers["location"] == "/sign-in?next=%2Fclaims%2Fc1%3Fpage%3D1"
    assert 'name="next" value="/claims/c1?page=1"' in shared.get(asked.headers["location"]).text
    assert shared.form("/sign-in", token=token(told), next="/claims/c1?page=1").headers["location"] == "/claims/c1?page=1"
    assert shared.form("/sign-in", token=token(told), next="//evil.example").headers["location"] == "/"


def test_guessing_tokens_is_slow(shared: Browser, told: QuickLedger) -> None:
    good = token(told)
    assert [shared.form("/sign-in", token=good).status_code for _ in range(12)] == [303] * 12  # to sign in is no guess
    assert [shared.form("/sign-in", token=f"guess{n}").status_code for n in range(12)] == [403] * 10 + [429] * 2
    assert shared.form("/sign-in", token=good).status_code == 429


def test_many_pages_at_once_are_all_answered(shared: Browser, told: QuickLedger) -> None:
    from concurrent.futures import ThreadPoolExecutor

    shared.form("/sign-in", token=token(told))
    with ThreadPoolExecutor(40) as pool:
        answers = list(pool.map(lambda n: shared.get(f"/claims?page={n % 3}").status_code, range(80)))
    assert answers == [200] * 80


def test_behind_a_proxy_without_tokens_nobody_is_the_owner(client: Browser) -> None:
    for name in ("X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Forwarded", "Via"):
        assert client.get("/", headers={name: "203.0.113.9"}).status_code == 421


@pytest.mark.parametrize("headers", [{"Host": "[x"}, {"Host": "\x7f"}, {"Origin": "http://[x", "Host": "localhost"}])
def test_odd_headers_are_no_error(client: Browser, headers: dict[str, str]) -> None:
    assert client.get("/", headers=headers).status_code in (200, 421)
    client.get("/")
    data = {"kind": "undo", "form_key": client.cookies["onrecord_form"]}
    assert client.post("/judge", data=data, headers=headers).status_code in (403, 421)


def test_a_ledger_that_fails_is_told_to_its_owner_alone(told: QuickLedger, monkeypatch: pytest.MonkeyPatch) -> None:
    from contextlib import contextmanager

    from onrecord.ledger import LedgerError

    desks = [browser_of(Desk(told.store, "ann")), browser_of(Desk(told.store, "ann", tokens=True), loopback_only=False)]
    desks[1].form("/sign-in", token=token(told))

    @contextmanager
    def broken() -> object:
        raise LedgerError("/secret/place/story.db: the disk is full")
        yield

    monkeypatch.setattr(told.store, "reading", broken)
    owner, guest = (desk.get("/") for desk in desks)
    assert owner.status_code == guest.status_code == 503
    assert "/secret/place" in owner.text and "/secret" not in guest.text


def test_cookies_are_for_this_site_alone(shared: Browser, told: QuickLedger) -> None:
    answer = shared.form("/sign-in", token=token(told))
    for cookie in answer.headers.get_list("set-cookie"):
        assert "HttpOnly" in cookie and "SameSite=lax" in cookie


def test_a_form_that_is_too_long_is_refused(client: Browser) -> None:
    assert client.judge("same", claim="c1", other="c2", reason="x" * 100_000, back="/").status_code == 413
    assert client.judge("credibility", claim="c1", value="2", reason="x" * 10_000, back="/").status_code == 303


def test_no_file_beside_the_assets_is_given_out(client: Browser) -> None:
    for path in ("/assets/../app.py", "/assets/%2e%2e/app.py", "/assets/..%2fapp.py", "/assets/vendor", "/assets//etc/passwd"):
        assert client.get(path).status_code in (404, 405)
