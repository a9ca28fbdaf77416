"""The pages that draw: timeline, network, places, outlets, what changed, two reports side by side, the page to take away."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

from markupsafe import Markup
from sqlalchemy import Connection, func, select
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from onrecord.account.marks import Mark, marked
from onrecord.account.page import page as account_page
from onrecord.account.words import worded
from onrecord.ledger import queries
from onrecord.ledger import tables as t
from onrecord.ledger.assembling import account_of, actors_of, framing_of
from onrecord.ledger.packing import unpack
from onrecord.ledger.rows import claim_id
from onrecord.records import Account, Change, Reader, Reading
from onrecord.story.change import changed
from onrecord.story.framing import LEAST
from onrecord.story.passages import passages
from onrecord.version import VERSION
from onrecord.workbench import shown
from onrecord.workbench.desk import Desk, whole
from onrecord.workbench.pages import A_PAGE, TAKEN, asked, page_number, pages_of

EDGES = 150  # deeds drawn at once


def _days(db: Connection) -> list[dict[str, Any]]:
    c = t.claim.c
    day = func.substr(c.first_seen, 1, 10).label("day")
    valued = c.deed & c.goldstein.is_not(None)
    rows = db.execute(
        select(
            day,
            func.count().label("claims"),
            func.count().filter(valued).label("events"),
            func.avg(c.goldstein).filter(valued).label("goldstein"),
        )
        .where(c.status == "standing", c.first_seen.is_not(None))
        .group_by(day)
        .order_by(day)
    )
    return [
        {
            "day": r.day,
            "claims": r.claims,
            "events": r.events,
            "goldstein": round(float(r.goldstein), 2) if r.goldstein is not None else None,
        }
        for r in rows
    ]


def timeline(desk: Desk, db: Connection, request: Request) -> Response:
    """Day by day: how many claims came up, how warm or cold their events are, and which they are."""
    days = _days(db)
    chosen = request.query_params.get("day") or (days[-1]["day"] if days else "")
    rows, total = (
        queries.claims(db, queries.ClaimFilter(since=chosen, until=chosen), A_PAGE, A_PAGE * (page_number(request) - 1))
        if chosen
        else ([], 0)
    )
    return desk.page(
        request, "timeline.html", db=db, days=days, chosen=chosen, rows=rows, total=total, page=page_number(request),
        pages=pages_of(total), origins=queries.origin_names(db, [r.number for r in rows]), query=dict(request.query_params),
    )  # fmt: skip


def timeline_data(desk: Desk, db: Connection, request: Request) -> Response:
    """The days, for the drawing."""
    return JSONResponse(_days(db))


def _edges(db: Connection) -> list[Any]:
    c = t.claim.c
    weight = func.count().label("weight")
    asked_ = (
        select(c.actor, c.recipient, c.quad, weight)
        .where(c.status == "standing", c.deed, c.actor.is_not(None), c.recipient.is_not(None), c.quad.is_not(None), c.actor != c.recipient)
        .group_by(c.actor, c.recipient, c.quad)
        .order_by(weight.desc(), c.actor, c.recipient, c.quad)
        .limit(EDGES)
    )
    return list(db.execute(asked_).all())


def network(desk: Desk, db: Connection, request: Request) -> Response:
    """Who acts towards whom."""
    edges = _edges(db)
    names = shown.Names().load(db, [side for e in edges for side in (e.actor, e.recipient)])
    return desk.page(request, "network.html", db=db, edges=edges, who=names)


def network_data(desk: Desk, db: Connection, request: Request) -> Response:
    """The network, for the drawing."""
    edges = _edges(db)
    names = shown.Names().load(db, [side for e in edges for side in (e.actor, e.recipient)])
    nodes = [{"data": {"id": f"s{n}", "name": name}} for n, name in sorted(names.actors.items())]
    arrows = [
        {"data": {"id": f"e{i}", "source": f"s{e.actor}", "target": f"s{e.recipient}", "quad": e.quad, "weight": e.weight,
                  "href": f"/claims?pair={e.actor}.{e.recipient}.{e.quad}"}}
        for i, e in enumerate(edges)
    ]  # fmt: skip
    return JSONResponse({"nodes": nodes, "edges": arrows})


def places(desk: Desk, db: Connection, request: Request) -> Response:
    """Where what the claims say happened, happened."""
    c = t.claim.c
    conflict = func.count().filter(c.quad > 2).label("conflict")
    rows = db.execute(
        select(c.place, func.min(c.lat).label("lat"), func.min(c.lon).label("lon"), func.count().label("claims"), conflict)
        .where(c.status == "standing", c.place.is_not(None))
        .group_by(c.place)
        .order_by(func.count().desc(), c.place)
        .limit(200)
    ).all()
    found = [row for row in rows if row.lat is not None]
    box = _box(found)
    return desk.page(request, "places.html", db=db, rows=rows, found=found, box=box, labels=_labels(found, box), world=_world())


def _box(rows: list[Any]) -> tuple[float, float, float, float]:
    """What the map shows, as an SVG view box in degrees: all places with some land around them, twice as wide as high."""
    if not rows:
        return -180.0, -85.0, 360.0, 170.0
    lons, lats = [r.lon for r in rows], [-r.lat for r in rows]
    width = min(360.0, max(30.0, 1.3 * (max(lons) - min(lons)), 2.6 * (max(lats) - min(lats))))
    return (min(lons) + max(lons)) / 2 - width / 2, (min(lats) + max(lats)) / 2 - width / 4, width, width / 2


def _labels(rows: list[Any], box: tuple[float, float, float, float]) -> list[tuple[Any, float, float]]:
    """The names that have room on the map, those of most claims first: (row, x, y)."""
    high, taken = box[2] / 50, list[tuple[float, float, float]]()
    found = []
    for row in rows:
        x, y = row.lon + box[2] / 130 * (1 + row.claims**0.5), -row.lat
        end = x + 0.55 * high * len(row.place)
        if all(abs(y - other) > high or end < start or x > stop for start, stop, other in taken):
            taken.append((x, end, y))
            found.append((row, x, y))
    return found


@cache
def _world() -> Markup:
    path = (files("onrecord.workbench") / "assets" / "world.txt").read_text(encoding="utf-8").strip()
    return Markup(path)


def outlets(desk: Desk, db: Connection, request: Request) -> Response:
    """Outlets side by side, as of the last rebuild."""
    claims = {
        claim_id(n): words for n, words in db.execute(select(t.claim.c.number, t.claim.c.statement).where(t.claim.c.status == "standing"))
    }
    known = {row.outlet or row.id for row in db.execute(select(t.report.c.outlet, t.report.c.id))}
    framing = framing_of(db, set(claims), known)
    actors = {a.id: a for a in actors_of(db, {label.actor for f in framing for label in f.labels})}
    words = worded(framing, actors, claims)
    return desk.page(request, "outlets.html", db=db, framing=framing, claims=claims, least=LEAST, words=words)


def changes(desk: Desk, db: Connection, request: Request) -> Response:
    """What changed since an earlier state of the ledger."""
    s = t.snapshot.c
    kept = db.execute(select(s.number, s.at, s.reports, s.claims).order_by(s.number.desc()).limit(200)).all()
    since = request.query_params.get("since", "")
    if since:
        before = next((row for row in kept if row.at <= since + "~"), kept[-1] if kept else None)
    else:
        before = kept[1] if len(kept) > 1 else kept[0] if kept else None
    judged = db.execute(select(func.max(t.judgement.c.number))).scalar() or 0
    last = db.execute(select(func.max(t.history.c.number))).scalar() or 0
    told = _changed(desk, db, before.number, (kept[0].number, judged, last)) if before else None
    return desk.page(request, "changes.html", db=db, kept=kept, before=before, change=told, since=since)


_CHANGES: dict[tuple[Desk, int, tuple[int, int, int]], Change] = {}  # the last few that were asked for, since they take seconds


def _changed(desk: Desk, db: Connection, before: int, state: tuple[int, int, int]) -> Change:
    key = (desk, before, state)
    if key not in _CHANGES:
        body = db.execute(select(t.snapshot.c.body).where(t.snapshot.c.number == before)).scalar_one()
        found = changed(unpack(body, Account), account_of(db))
        while len(_CHANGES) >= 8:
            _CHANGES.pop(next(iter(_CHANGES)), None)
        _CHANGES[key] = found
    return _CHANGES[key]


def beside(desk: Desk, db: Connection, request: Request) -> Response:
    """Two reports side by side, what both have word for word linked."""
    asked_for = [str(request.path_params[key]) for key in ("number", "other")]
    numbers = [whole(given) or 0 for given in asked_for]
    held = [shown.report_of(db, n) for n in numbers]
    if held[0] is None or held[1] is None:
        return desk.missing(request, f"There is no report {asked_for[0] if held[0] is None else asked_for[1]} in this ledger.")
    pairs = passages(held[0].text, held[1].text)
    sides = []
    for side, report in enumerate(held):
        assert report is not None
        spans = [pair[side] for pair in pairs]
        sides.append(
            {"report": report, "number": numbers[side], "pieces": _pieces(report.text, spans), "side": "ab"[side], "other": "ba"[side]}
        )
    words = sum(len(held[0].text[slice(*a)].split()) for a, _ in pairs)
    shares = [round(100 * words / max(1, len(r.text.split()))) for r in held if r]
    return desk.page(request, "beside.html", db=db, sides=sides, pairs=len(pairs), words=words, shares=shares)


def _pieces(text: str, spans: list[tuple[int, int]]) -> list[tuple[Markup, int | None]]:
    """A text in pieces: (words, number of the passage, from 1, or None)."""
    found: list[tuple[Markup, int | None]] = []
    at = 0
    for number, (start, end) in sorted(enumerate(spans, 1), key=lambda each: each[1]):
        if at < start:
            found.append((marked(text, (at, start), []), None))
        found.append((marked(text, (start, end), [Mark((start, end), "same")]), number))
        at = end
    if at < len(text):
        found.append((marked(text, (at, len(text)), []), None))
    return found


def export(desk: Desk, db: Connection, request: Request) -> Response:
    """The claims asked for as one page that needs nothing else."""
    rows, _ = queries.claims(db, asked(request), TAKEN)
    account = account_of(db, [row.number for row in rows])
    ids = {r.id for r in account.reports}
    numbers = [n for n, id in db.execute(select(t.report.c.number, t.report.c.id)) if id in ids]
    read = {r.report.id: r for r in shown.readings(db, numbers).values()}
    missing = [n for n, id in db.execute(select(t.report.c.number, t.report.c.id)) if id in ids - read.keys()]
    for number in missing:
        report = shown.report_of(db, number)
        if report is not None:
            read[report.id] = Reading(reader=Reader(version=VERSION, model=""), report=report)
    headers = {"Content-Disposition": 'attachment; filename="claims.html"'}
    return Response(account_page(account, list(read.values())), media_type="text/html; charset=utf-8", headers=headers)
