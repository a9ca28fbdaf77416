"""The routes, and what stands around every page: sessions, errors, one transaction each."""

from __future__ import annotations

import logging
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from onrecord.ledger import people
from onrecord.ledger.errors import LedgerError
from onrecord.workbench import actions, pages, views
from onrecord.workbench.desk import Desk, with_query
from onrecord.workbench.pages import Page
from onrecord.workbench.security import SESSION, Guard, Tries, forged

LARGEST = 64 * 1024  # bytes of a form
_HERE = Path(__file__).parent
_PAGES: tuple[tuple[str, Page], ...] = (
    ("/", pages.overview),
    ("/claims", pages.claims),
    ("/claims/{id}", pages.claim),
    ("/disagreements", pages.disagreements),
    ("/sources", pages.sources),
    ("/sources/{id}", pages.source),
    ("/reports", pages.reports),
    ("/reports/{number:int}", pages.report),
    ("/reports/{number:int}/beside/{other:int}", views.beside),
    ("/search", pages.search),
    ("/review", pages.review),
    ("/timeline", views.timeline),
    ("/timeline.json", views.timeline_data),
    ("/network", views.network),
    ("/network.json", views.network_data),
    ("/places", views.places),
    ("/outlets", views.outlets),
    ("/changes", views.changes),
    ("/export", views.export),
)


class Workbench:
    """The pages of one ledger. ``loopback_only``: it answers to localhost names alone."""

    def __init__(self, desk: Desk, *, loopback_only: bool = True) -> None:
        self._desk, self._tries = desk, Tries()
        routes: list[BaseRoute] = [Route(path, self._shown(page), name=page.__name__) for path, page in _PAGES]
        routes += [
            Route("/judge", self._judge, methods=["POST"]),
            Route("/sign-in", self._sign_in_page, methods=["GET"]),
            Route("/sign-in", self._sign_in, methods=["POST"]),
            Route("/sign-out", self._sign_out, methods=["POST"]),
        ]
        routes += [Route("/assets/page.css", _style), Mount("/assets", StaticFiles(directory=_HERE / "assets"))]
        self.app = Starlette(
            routes=routes,
            middleware=[Middleware(Guard, loopback_only=loopback_only), Middleware(GZipMiddleware, minimum_size=2048)],
            exception_handlers={404: self._not_found, LedgerError: self._broken},
        )

    def _shown(self, page: Page) -> Callable[[Request], Response]:
        def answer(request: Request) -> Response:
            if self._desk.person(request) is None:
                wanted = f"{request.url.path}?{request.url.query}" if request.url.query else request.url.path
                return RedirectResponse("/sign-in" + with_query({}, next=wanted if wanted != "/" else ""), 303)
            with self._desk.store.reading() as db:
                return page(self._desk, db, request)

        return answer

    async def _judge(self, request: Request) -> Response:
        return await self._form(request, self._judged)

    def _judged(self, request: Request, form: dict[str, str]) -> Response:
        person = self._desk.person(request)
        if person is None:
            return RedirectResponse("/sign-in", 303)
        if person.role != "reviewer":
            return self._told(request, 403, "Not done", "You may look here, but not judge.")
        try:
            with self._desk.store.writing() as db:
                made = actions.judge(db, form, person.name)
                to = actions.back(db, form, made)
        except actions.NotDoneError as error:
            return self._told(request, 409, "Not done", str(error))
        return RedirectResponse(to, 303)

    async def _form(self, request: Request, answer: Callable[[Request, dict[str, str]], Response]) -> Response:
        """Reads a form, refuses a forged one, and answers."""
        length = request.headers.get("content-length", "")
        if not length.isdigit() or int(length) > LARGEST:
            return self._desk.trouble(request, 413, "Not done", "The form is too long.")
        form = {key: value for key, value in (await request.form(max_files=0, max_fields=50)).items() if isinstance(value, str)}
        if forged(request, form.get("form_key")):
            return self._desk.trouble(request, 403, "Not done", "This form did not come from this page. Go back, reload it and try again.")
        return await run_in_threadpool(answer, request, form)

    def _sign_in_page(self, request: Request) -> Response:
        return self._desk.page(request, "sign_in.html", wrong=False, next=actions.safe(request.query_params.get("next", "")))

    async def _sign_in(self, request: Request) -> Response:
        return await self._form(request, self._signed_in)

    def _signed_in(self, request: Request, form: dict[str, str]) -> Response:
        address, to = request.client.host if request.client else "", actions.safe(form.get("next", ""))
        if self._tries.too_many(address):
            return self._told(request, 429, "Too many attempts", "Wait five minutes, then try again.")
        person = people.person_with(self._desk.store, form.get("token", "").strip())
        if person is None:
            self._tries.failed(address)
            return self._desk.page(request, "sign_in.html", status=403, wrong=True, next=to)
        answer = RedirectResponse(to, 303)
        key = self._desk.sessions.begin(person)
        answer.set_cookie(SESSION, key, max_age=people.LASTS, httponly=True, samesite="lax", secure=request.url.scheme == "https")
        return answer

    async def _sign_out(self, request: Request) -> Response:
        return await self._form(request, self._signed_out)

    def _signed_out(self, request: Request, form: dict[str, str]) -> Response:
        self._desk.sessions.end(request.cookies.get(SESSION, ""))
        answer = RedirectResponse("/sign-in", 303)
        answer.delete_cookie(SESSION)
        return answer

    def _told(self, request: Request, status: int, title: str, message: str) -> Response:
        return self._desk.page(request, "message.html", status=status, title=title, message=message)

    def _not_found(self, request: Request, error: Exception) -> Response:
        return self._told(request, 404, "Not here", "There is no such page.")

    def _broken(self, request: Request, error: Exception) -> Response:
        said = str(error) if not self._desk.tokens else "Whoever keeps it finds the reason in the server's log."
        logging.getLogger("uvicorn.error").error("%s", error)
        return self._desk.trouble(request, 503, "The ledger cannot be used", said)


def _style(request: Request) -> Response:
    """The style of the page that can be taken away: texts look the same here."""
    return FileResponse(Path(str(files("onrecord.account") / "templates" / "page.css")), media_type="text/css")


def application(desk: Desk, *, loopback_only: bool = True) -> Starlette:
    """The ASGI application of a ledger."""
    return Workbench(desk, loopback_only=loopback_only).app
