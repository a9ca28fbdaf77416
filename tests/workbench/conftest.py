"""Workbenches for tests: a ledger told quickly, its pages asked for as a browser would, or in a real browser."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import uvicorn
from starlette.testclient import TestClient

from onrecord.workbench import application
from onrecord.workbench.desk import Desk
from tests.ledger.conftest import QuickLedger, ledger, quick_reader, story, target, template

__all__ = ["ledger", "quick_reader", "target", "template"]

TEXTS = (
    "Ana said: the bridge is shut. Ben said: the river rose.",
    "Cem said: the bridge is shut. Ana said: nobody was hurt.",
    "Dora denied: the bridge is shut. Eve said: the river rose.",
    "Fay said: the bridge is closed to all. Gus said: two boats sank.",
    "Hal said: the bridge is closed to all. Ida said: the road is dry.",
)


class Browser(TestClient):
    """Asks for pages as a browser does: keeps cookies, fills the forms' key in, says where it comes from."""

    def form(self, path: str, **fields: Any) -> Any:
        """Sends a form of a page."""
        if "onrecord_form" not in self.cookies:
            self.get("/sign-in")
        given = {"form_key": self.cookies.get("onrecord_form", ""), **fields}
        return self.post(path, data=given, headers={"Origin": "http://localhost"}, follow_redirects=False)

    def judge(self, kind: str, **fields: Any) -> Any:
        """Makes a judgement."""
        return self.form("/judge", kind=kind, **fields)


def browser_of(desk: Desk, *, loopback_only: bool = True) -> Browser:
    return Browser(application(desk, loopback_only=loopback_only), base_url="http://localhost", raise_server_exceptions=True)


@pytest.fixture
def told(ledger: QuickLedger) -> QuickLedger:
    ledger.add(story(*TEXTS))
    ledger.update()
    return ledger


@pytest.fixture
def client(told: QuickLedger) -> Browser:
    return browser_of(Desk(told.store, "ann"))


@contextmanager
def served(desk: Desk, *, port: int = 0) -> Iterator[str]:
    """The workbench on a real socket; its address."""
    listening = socket.socket()
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.bind(("127.0.0.1", port))
    server = uvicorn.Server(uvicorn.Config(application(desk), log_level="error", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield f"http://localhost:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()


@pytest.fixture
def open_page(chromium: Any) -> Iterator[Callable[..., Any]]:
    """Opens a page of a browser; fails the test for anything that a page's policy stopped, and for any error on it."""
    contexts, wrong = [], []

    def opened(**options: Any) -> Any:
        context = chromium.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda m: wrong.append(m.text) if m.type == "error" and "404" not in m.text and "409" not in m.text else None)
        page.on("pageerror", lambda e: wrong.append(str(e)))
        page.on("dialog", lambda d: (wrong.append("dialog"), d.dismiss()))
        return page

    yield opened
    for context in contexts:
        context.close()
    assert wrong == []
