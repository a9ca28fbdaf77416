"""Who may come in, and what a page may do: hosts, sessions, forgery, headers.

No page runs or loads anything but the workbench's own files (Content-Security-Policy without inline script or style), so that report text,
which is hostile, could do nothing even if an escape were missed.
"""

from __future__ import annotations

import hmac
import secrets
import time
from collections import defaultdict, deque
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SESSION, FORGERY = "onrecord_session", "onrecord_form"
LOOPBACK = frozenset(["localhost", "127.0.0.1", "::1", "[::1]"])
_FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip", "via")
TRIES, WINDOW = 10, 300.0  # failed attempts to sign in, in so many seconds, from one address
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self';"
    " base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


class Guard:
    """Sets the headers of every answer and, where no token is asked for, answers to loopback names alone: a foreign page whose name is
    made to lead here (DNS rebinding) gets nothing."""

    def __init__(self, app: ASGIApp, *, loopback_only: bool) -> None:
        self._app, self._loopback_only = app, loopback_only

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
                if not scope["path"].startswith("/assets/"):
                    headers.setdefault("Cache-Control", "no-store")
            await send(message)

        headers = Request(scope).headers
        if self._loopback_only and (_name(headers.get("host", "")) not in LOOPBACK or any(name in headers for name in _FORWARDED)):
            said = "This workbench answers to localhost only. Behind a proxy, start it with --tokens."
            await PlainTextResponse(said, 421)(scope, receive, guarded)
            return
        await self._app(scope, receive, guarded)


def _name(host: str) -> str:
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def form_key(request: Request) -> str:
    """The key that a browser's forms carry, and its cookie; a new one when it has none."""
    key = request.cookies.get(FORGERY, "")
    return key if len(key) >= 32 else secrets.token_urlsafe(32)


def forged(request: Request, key: object) -> bool:
    """Was a form sent by another site: without the key that this browser's cookie has, or from another origin?"""
    cookie = request.cookies.get(FORGERY, "")
    if len(cookie) < 32 or not isinstance(key, str) or not hmac.compare_digest(cookie.encode(), key.encode()):
        return True
    origin = request.headers.get("origin")
    if origin and origin.partition("://")[2] != request.headers.get("host"):
        return True
    return request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none")


class Tries:
    """How often each address has failed to sign in lately."""

    def __init__(self) -> None:
        self._at: dict[str, deque[float]] = defaultdict(deque)

    def too_many(self, address: str) -> bool:
        """Has it failed too often?"""
        tries = self._at.get(address, deque())
        while tries and tries[0] < time.monotonic() - WINDOW:
            tries.popleft()
        return len(tries) >= TRIES

    def failed(self, address: str) -> None:
        """Counts one more."""
        now = time.monotonic()
        if len(self._at) > 10_000:
            self._at = defaultdict(deque, {a: tries for a, tries in self._at.items() if tries and tries[-1] > now - WINDOW})
        self._at[address].append(now)
