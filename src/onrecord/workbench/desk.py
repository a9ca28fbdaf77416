"""What every page has: the ledger, who asks, the templates, the forms' key, and the judgement that was just made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from msgspec import json
from sqlalchemy import Connection, select
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from onrecord.account.words import QUADS, SETTLED
from onrecord.ledger import people
from onrecord.ledger import tables as t
from onrecord.ledger.judging import latest_judgements
from onrecord.ledger.store import Store
from onrecord.records import Judgement
from onrecord.story.credibility import NAMES
from onrecord.story.judged import standing
from onrecord.workbench.security import FORGERY, SESSION, form_key

SAID = {
    "same": "One claim", "different": "Parted", "not_a_claim": "Marked as no claim", "source": "Source set", "span": "Words set",
    "credibility": "Credibility set", "undo": "Taken back",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Person:
    """Who looks: a reader, or a reviewer, who may judge."""

    name: str
    role: str


@dataclass(frozen=True)
class Desk:
    """The ledger and how it is served. owner: who judges where no token is asked for; tokens: is one asked for?"""

    store: Store
    owner: str
    tokens: bool = False
    read_only: bool = False

    @cached_property
    def sessions(self) -> people.Sessions:
        """Who has signed in."""
        return people.Sessions()

    @cached_property
    def templates(self) -> Environment:
        """The templates, everything in them escaped."""
        loader = ChoiceLoader([PackageLoader("onrecord.workbench"), PackageLoader("onrecord.account")])
        return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)

    def person(self, request: Request) -> Person | None:
        """Who asks; None when nobody has signed in where one must."""
        if not self.tokens:
            return Person(self.owner, "reader" if self.read_only else "reviewer")
        if not hasattr(request.state, "person"):  # asked once for each request, before the page takes a connection of its own
            row = self.sessions.person(self.store, request.cookies.get(SESSION, ""))
            request.state.person = Person(row.name, "reader" if self.read_only else row.role) if row else None
        found: Person | None = request.state.person
        return found

    def page(self, request: Request, template: str, *, status: int = 200, db: Connection | None = None, **shown: Any) -> Response:
        """A page. ``db``: to tell which judgement was just made."""
        key = form_key(request)
        person = self.person(request)
        context = {
            "desk": self, "request": request, "person": person, "may_judge": bool(person and person.role == "reviewer"), "form_key": key,
            "done": done(db, request) if db is not None else None,
            "latest_own": latest(db, person.name) if db is not None and person and person.role == "reviewer" else None,
            "names": NAMES, "quads": QUADS, "settled": SETTLED, "said": SAID, "with_query": with_query,
            "here": str(request.url.path) + (f"?{request.url.query}" if request.url.query else ""),
        }  # fmt: skip
        answer = HTMLResponse(self.templates.get_template(template).render(**context, **shown), status)
        if request.cookies.get(FORGERY) != key:
            answer.set_cookie(FORGERY, key, httponly=True, samesite="lax", secure=request.url.scheme == "https")
        return answer

    def trouble(self, request: Request, status: int, title: str, message: str) -> Response:
        """A page that needs no ledger."""
        template = self.templates.get_template("trouble.html")
        return HTMLResponse(template.render(title=title, message=message), status)

    def missing(self, request: Request, what: str) -> Response:
        """404, in words."""
        return self.page(request, "message.html", status=404, title="Not here", message=what)


def whole(given: str) -> int | None:
    """A number out of an address, as large as the database has them; None for anything else."""
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else None


def done(db: Connection, request: Request) -> Judgement | None:
    """The judgement that the page before made, to be told and taken back."""
    number = whole(request.query_params.get("done", ""))
    if number is None:
        return None
    body = db.execute(select(t.judgement.c.body).where(t.judgement.c.number == number)).scalar()
    return json.decode(body, type=Judgement) if body else None


def latest(db: Connection, name: str) -> Judgement | None:
    """The last judgement of a person that still stands, if it is among the latest of all."""
    made = latest_judgements(db, 200)
    return next((j for j in reversed(standing(made)) if j.by == name), None)


def with_query(query: Mapping[str, str], **changed: object) -> str:
    """A query string with some values set, or left out when they are empty."""
    values = {**query, **{key: str(value) for key, value in changed.items()}}
    told = urlencode({key: value for key, value in values.items() if value not in ("", "None", "False")})
    return f"?{told}" if told else ""
