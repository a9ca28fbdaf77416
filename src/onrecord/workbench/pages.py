"""The pages that show: each a function of the desk, one transaction that reads, and the address asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
from sqlalchemy import Connection, func, select
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from onrecord.ledger import queries
from onrecord.ledger import tables as t
from onrecord.ledger.judging import NotThereError, judgements_of, standing_claim
from onrecord.ledger.packing import unpack
from onrecord.ledger.search import excerpt, parts_of
from onrecord.records import Report, StoryActor
from onrecord.story.judged import standing
from onrecord.workbench import shown
from onrecord.workbench.desk import Desk, whole

A_PAGE = 25
TAKEN = 2000  # claims of a page to take away
STANCES = ("asserts", "confirms", "denies", "doubts", "demands", "promises", "threatens", "condemns", "speculates")
Page = Callable[[Desk, Connection, Request], Response]


def asked(request: Request) -> queries.ClaimFilter:
    """The claims that an address asks for; what it cannot mean is left out."""
    given = request.query_params
    values: dict[str, Any] = {
        key: given[key].strip()[:200] for key in ("q", "who", "outlet", "event", "stance", "since", "until", "place") if key in given
    }
    values |= {key: n for key in ("actor", "origins", "outlets") if (n := whole(given.get(key, ""))) is not None}
    values |= {"open": given.get("open", "") not in ("", "0")}
    values |= {
        key: given[key] for key, known in (("order", queries.ORDERS), ("status", ("standing", "rejected"))) if given.get(key) in known
    }
    pair = [whole(part) for part in given.get("pair", "").split(".")]
    if len(pair) == 3 and None not in pair:
        values["pair"] = tuple(pair)
    return msgspec.convert(values, queries.ClaimFilter)


def page_number(request: Request) -> int:
    """Which page of a list, from 1."""
    return max(1, min(whole(request.query_params.get("page", "")) or 1, 100_000))


def pages_of(total: float, size: int = A_PAGE) -> int:
    """How many pages a list has."""
    return max(1, int(-(-total // size)))


def overview(desk: Desk, db: Connection, request: Request) -> Response:
    """The story in figures, what is contested, what is best corroborated, what waits for review."""
    rows, _ = queries.claims(db, queries.ClaimFilter(), 8)
    disputes, _ = queries.disagreements(db, "none", 5)
    names = queries.origin_names(db, [row.number for row in rows])
    title = db.execute(
        select(t.report.c.title).where(t.report.c.title.is_not(None)).order_by(t.report.c.published, t.report.c.number).limit(1)
    ).scalar()
    first, last = db.execute(select(func.min(t.report.c.published), func.max(t.report.c.published))).one()
    latest = db.execute(select(t.snapshot.c.at).order_by(t.snapshot.c.number.desc()).limit(1)).scalar()
    return desk.page(
        request, "overview.html", db=db, counts=shown.counts(db), rows=rows, origins=names, disputes=disputes, title=title, first=first,
        last=last, latest=latest, sides=queries.sides_of(db, [d.number for d in disputes]),
    )  # fmt: skip


def claims(desk: Desk, db: Connection, request: Request) -> Response:
    """Claims by filter."""
    wanted, page = asked(request), page_number(request)
    rows, total = queries.claims(db, wanted, A_PAGE, A_PAGE * (page - 1))
    types = db.execute(select(t.claim.c.type).where(t.claim.c.status == "standing", t.claim.c.type.is_not(None)).distinct()).scalars()
    names = shown.Names().load(db, [wanted.actor, *(wanted.pair[:2] if wanted.pair else ())])
    return desk.page(
        request, "claims.html", db=db, rows=rows, total=total, wanted=wanted, plain=queries.ClaimFilter(), page=page, taken=TAKEN,
        pages=pages_of(total), origins=queries.origin_names(db, [row.number for row in rows]), types=sorted(str(kind) for kind in types),
        stances=STANCES, outlets=outlet_names(db), who=names, query=dict(request.query_params),
    )  # fmt: skip


def outlet_names(db: Connection) -> list[str]:
    """All outlets, by name."""
    return sorted(str(o) for o in db.execute(select(t.report.c.outlet).where(t.report.c.outlet.is_not(None)).distinct()).scalars())


def claim(desk: Desk, db: Connection, request: Request) -> Response:
    """One claim: every mention in its sentence, its chains, origins, disagreements, claims like it, its history."""
    given = str(request.path_params["id"])
    try:
        id = standing_claim(db, given)
    except NotThereError:
        return _gone(desk, db, request, given)
    if id != given:
        return RedirectResponse(f"/claims/{id}{'?' + request.url.query if request.url.query else ''}", 303)
    number, page = int(id[1:]), page_number(request)
    row = db.execute(select(t.claim).where(t.claim.c.number == number)).one()
    names = shown.Names()
    origins = db.execute(select(t.origin).where(t.origin.c.claim == number).order_by(t.origin.c.place)).all()
    names.load(db, [o.actor for o in origins], [o.first_report for o in origins])
    mentions = shown.spoken(db, shown.mention_rows(db, number, A_PAGE, A_PAGE * (page - 1)), names)
    disputes = db.execute(
        select(t.disagreement)
        .where(
            t.disagreement.c.standing, t.disagreement.c.number.in_(select(t.disputed.c.disagreement).where(t.disputed.c.claim == number))
        )
        .order_by(t.disagreement.c.resolved != "none", t.disagreement.c.number)
        .limit(A_PAGE)
    ).all()
    return desk.page(
        request, "claim.html", db=db, row=row, id=id, page=page, pages=pages_of(row.mentions), mentions=mentions, origins=origins,
        who=names, chains=shown.chains(db, row, origins, names), coding=shown.codes(row.event, names, db),
        bodies={o.place: shown.organization(db, o.organization, names) for o in origins}, disputes=disputes,
        sides=queries.sides_of(db, [d.number for d in disputes]), alike=shown.alike(db, row), log=history(db, number),
        query=dict(request.query_params),
    )  # fmt: skip


def history(db: Connection, number: int) -> list[tuple[str, str, str, bool, int | None]]:
    """(when, what, by whom, does it still stand, judgement) of what became of a claim, the latest first."""
    rows = db.execute(select(t.history).where(t.history.c.claim == number).order_by(t.history.c.number.desc()).limit(50)).all()
    made = {j.id: j for j in judgements_of(db, {row.judgement for row in rows if row.judgement})} if any(r.judgement for r in rows) else {}
    stand = {j.id for j in standing(list(made.values()))} | {j.id for j in made.values() if j.kind == "undo"}
    told: list[tuple[str, str, str, bool, int | None]] = []
    for row in rows:
        if row.judgement in made:
            j = made[row.judgement]
            parts = (j.kind.replace("_", " "), j.claim, j.other, f"to “{j.value}”" if j.value else "", f"({j.reason})" if j.reason else "")
            told.append((row.at, " ".join(part for part in parts if part), j.by, j.id in stand, j.id))
        else:
            told.append((row.at, f"{row.kind}: {row.note}" + (f" (c{row.other})" if row.other else ""), "onrecord", True, None))
    return told


def _gone(desk: Desk, db: Connection, request: Request, given: str) -> Response:
    number = whole(given[1:]) if given[:1] == "c" else None
    row = db.execute(select(t.claim).where(t.claim.c.number == number)).one_or_none()
    if row is None:
        return desk.missing(request, f"There is no claim {given} in this ledger.")
    said = "A rebuild no longer finds this claim, or the judgement that made it was taken back."
    return desk.page(request, "message.html", status=410, db=db, title=f"{given}: “{row.statement}”", message=said)


def disagreements(desk: Desk, db: Connection, request: Request) -> Response:
    """Where claims cannot both be so, or are denied."""
    page, resolved = page_number(request), request.query_params.get("resolved", "")
    rows, total = queries.disagreements(db, resolved if resolved in ("none", "update", "correction") else "", A_PAGE, A_PAGE * (page - 1))
    sides = queries.sides_of(db, [row.number for row in rows])
    names = queries.origin_names(db, [side.number for each in sides.values() for side in each])
    return desk.page(
        request, "disagreements.html", db=db, rows=rows, total=total, sides=sides, origins=names, page=page, pages=pages_of(total),
        resolved=resolved, query=dict(request.query_params),
    )  # fmt: skip


def sources(desk: Desk, db: Connection, request: Request) -> Response:
    """Who says something."""
    page, q = page_number(request), request.query_params.get("q", "").strip()[:200]
    rows, total = queries.sources(db, 2 * A_PAGE, 2 * A_PAGE * (page - 1), q)
    return desk.page(
        request, "sources.html", db=db, rows=rows, total=total, q=q, page=page, pages=pages_of(total, 2 * A_PAGE),
        query=dict(request.query_params),
    )  # fmt: skip


def source(desk: Desk, db: Connection, request: Request) -> Response:
    """One actor: names, role, what it says, what it is the origin of."""
    given = str(request.path_params["id"])
    number = whole(given[1:]) if given[:1] == "s" else None
    row = db.execute(select(t.actor).where(t.actor.c.number == number)).one_or_none()
    if row is not None and row.status == "merged" and row.successor:
        return RedirectResponse(f"/sources/s{row.successor}", 303)
    if row is None or number is None:
        return desk.missing(request, f"There is no source {given} in this ledger.")
    page = page_number(request)
    rows, total = queries.claims(db, queries.ClaimFilter(actor=number), A_PAGE, A_PAGE * (page - 1))
    return desk.page(
        request, "source.html", db=db, actor=unpack(row.body, StoryActor), number=number, rows=rows, total=total, page=page,
        pages=pages_of(total), origins=queries.origin_names(db, [r.number for r in rows]), query=dict(request.query_params),
    )  # fmt: skip


def reports(desk: Desk, db: Connection, request: Request) -> Response:
    """The reports, the newest first."""
    page = page_number(request)
    rows, total = queries.reports_with(db, "", A_PAGE, A_PAGE * (page - 1))
    return desk.page(
        request,
        "reports.html",
        db=db,
        rows=rows,
        total=total,
        page=page,
        pages=pages_of(total),
        query=dict(request.query_params),
    )


def report(desk: Desk, db: Connection, request: Request) -> Response:
    """One report in full, its claims in the margin, its copies."""
    number = whole(str(request.path_params["number"]))
    held = shown.report_of(db, number) if number is not None else None
    if held is None or number is None:
        return desk.missing(request, f"There is no report {request.path_params['number']} in this ledger.")
    reading = shown.readings(db, [number]).get(number)
    row = db.execute(select(t.report).where(t.report.c.number == number)).one()
    c = t.copy.c
    of = db.execute(select(t.copy).where(c.report == number).order_by(c.share.desc()).limit(A_PAGE)).all()
    by = db.execute(select(t.copy).where(c.of == number).order_by(c.share.desc()).limit(A_PAGE)).all()
    names = shown.Names().load(db, [], [*(x.of for x in of), *(x.report for x in by)])
    defects = reading.defects if reading else held.defects
    return desk.page(
        request, "report.html", db=db, number=number, report=held, row=row, of=of, by=by, who=names, defects=defects,
        paragraphs=shown.paragraphs(db, number, held, reading),
    )  # fmt: skip


def search(desk: Desk, db: Connection, request: Request) -> Response:
    """Claims and reports with the words asked for."""
    q, page = request.query_params.get("q", "").strip()[:200], page_number(request)
    if not parts_of(q)[0]:
        return desk.page(
            request, "search.html", db=db, q=q, rows=[], total=0, found=[], reports_total=0, page=1, pages=1, origins={}, query={}
        )
    rows, total = queries.claims(db, queries.ClaimFilter(q=q), A_PAGE, A_PAGE * (page - 1))
    with_words, reports_total = queries.reports_with(db, q, 10, 10 * (page - 1))
    bodies = {n: unpack(body, Report).text for n, body in db.execute(
        select(t.report.c.number, t.report.c.body).where(t.report.c.number.in_([r.number for r in with_words]))
    )}  # fmt: skip
    found = [(row, bodies[row.number][slice(*excerpt(bodies[row.number], q))]) for row in with_words]
    return desk.page(
        request, "search.html", db=db, q=q, rows=rows, total=total, found=found, reports_total=reports_total, page=page,
        pages=pages_of(max(total, 2.5 * reports_total)), origins=queries.origin_names(db, [r.number for r in rows]),
        query=dict(request.query_params),
    )  # fmt: skip


def review(desk: Desk, db: Connection, request: Request) -> Response:
    """The review queue: one mention after the other, the unsurest of what most outlets carry first."""
    m, c = t.mention.c, t.claim.c
    key, place = request.query_params.get("mention", ""), whole(request.query_params.get("at", "")) or 0
    waiting = db.execute(select(func.count()).select_from(t.mention).where(m.doubt > 0)).scalar_one()
    found = mention_at(db, key) if key else None
    if found is None:
        found = db.execute(select(t.mention).where(m.doubt > 0).order_by(m.doubt.desc(), m.number).limit(1).offset(place)).one_or_none()
    if found is None:
        return desk.page(request, "review.html", db=db, mention=None, waiting=waiting, at=place)
    row = db.execute(select(t.claim).where(c.number == found.claim)).one()
    rest = db.execute(
        select(t.mention).where(m.claim == found.claim, m.number != found.number).order_by(m.confidence.desc(), m.number).limit(4)
    ).all()
    names = shown.Names()
    told = shown.spoken(db, [found, *rest], names)
    origins = queries.origin_names(db, [row.number])
    return desk.page(
        request,
        "review.html",
        db=db,
        mention=told[0],
        rest=told[1:],
        row=row,
        waiting=waiting,
        at=place,
        origins=origins.get(row.number, []),
    )


def mention_at(db: Connection, key: str, claim: int | None = None) -> Any:
    """The row of a mention by its key, ``report.start.end`` as it was read, in a claim if one is named; None when there is none."""
    parts = [whole(part) for part in key.split(".")]
    if len(parts) != 3 or None in parts:
        return None
    report_, start, end = parts
    m = t.mention.c
    asked_ = select(t.mention).where(m.report == report_, m.read_start == start, m.read_end == end).order_by(m.number).limit(1)
    return db.execute(asked_ if claim is None else asked_.where(m.claim == claim)).one_or_none()
