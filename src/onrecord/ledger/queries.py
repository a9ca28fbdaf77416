"""Questions to a ledger: claims by filter, sources, disagreements, reports."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import msgspec
from sqlalchemy import ColumnElement, Connection, Select, and_, func, or_, select

from onrecord.ledger import search
from onrecord.ledger import tables as t
from onrecord.ledger.assembling import RANKED
from onrecord.ledger.rows import batches

Order = Literal["origins", "new", "doubt", "outlets"]
ORDERS: dict[str, tuple[Any, ...]] = {
    "origins": RANKED,
    "new": (t.claim.c.first_seen.desc().nulls_last(), t.claim.c.number.desc()),
    "doubt": (t.claim.c.confidence, t.claim.c.outlets.desc(), t.claim.c.number),
    "outlets": (t.claim.c.outlets.desc(), t.claim.c.mentions.desc(), t.claim.c.number),
}


class ClaimFilter(msgspec.Struct, frozen=True, kw_only=True):
    """Which claims are asked for; every field that is set must hold.

    q: words, see ``search``. who: part of the name of one who says it, or is its origin. actor: the number of one who says it, is its
    origin, or takes part in what it says happened. outlet: a name. event: a PLOVER type. stance: at least one mention has it. origins: at
    least so many independent ones. outlets: at least so many carry it. open: stands in a disagreement that is not settled. since, until:
    days on which it was first seen. place: where it happened, by name. pair: (actor, recipient, quad class) of the deed it tells of.
    status: standing or rejected.
    """

    q: str = ""
    who: str = ""
    actor: int | None = None
    outlet: str = ""
    event: str = ""
    stance: str = ""
    origins: int = 0
    outlets: int = 0
    open: bool = False
    since: str = ""
    until: str = ""
    place: str = ""
    pair: tuple[int, int, int] | None = None  # (actor, recipient, quad) of the deed
    status: Literal["standing", "rejected"] = "standing"
    order: Order = "origins"


def claims(db: Connection, wanted: ClaimFilter, limit: int | None = None, offset: int = 0) -> tuple[list[Any], int]:
    """Rows of claims, in the order asked for, and how many there are in all."""
    asked = _where(db, wanted)
    if asked is None:
        return [], 0
    total = db.execute(select(func.count()).select_from(t.claim).where(asked)).scalar_one()
    rows = db.execute(select(t.claim).where(asked).order_by(*ORDERS[wanted.order]).limit(limit).offset(offset)).all()
    return list(rows), total


def _where(db: Connection, wanted: ClaimFilter) -> ColumnElement[bool] | None:
    """The condition; None when nothing can meet it."""
    c = t.claim.c
    found: list[Any] = [c.status == wanted.status]
    if wanted.q:
        numbers = search.matching(db, search.CLAIMS, wanted.q)
        if numbers is None:
            return None
        found.append(c.number.in_(numbers.order_by(None)))
    if wanted.who:
        named = select(t.actor.c.number).where(func.lower(t.actor.c.name).contains(wanted.who.lower(), autoescape=True))
        said = select(t.mention.c.claim).where(t.mention.c.source.in_(named))
        found.append(or_(c.number.in_(said), c.number.in_(select(t.origin.c.claim).where(t.origin.c.actor.in_(named)))))
    if wanted.actor is not None:
        said = select(t.mention.c.claim).where(t.mention.c.source == wanted.actor)
        begun = select(t.origin.c.claim).where(t.origin.c.actor == wanted.actor)
        found.append(or_(c.number.in_(said), c.number.in_(begun), c.actor == wanted.actor, c.recipient == wanted.actor))
    if wanted.outlet:
        found.append(c.number.in_(_mentions_in(wanted.outlet)))
    if wanted.event:
        found.append(c.type == wanted.event)
    if wanted.stance == "denies":
        found.append(c.denials > 0)
    elif wanted.stance:
        found.append(c.number.in_(select(t.mention.c.claim).where(t.mention.c.stance == wanted.stance)))
    if wanted.pair:
        actor, recipient, quad = wanted.pair
        found += [c.actor == actor, c.recipient == recipient, c.quad == quad, c.deed]
    if wanted.place:
        found.append(c.place == wanted.place)
    bounds = (
        (wanted.origins, c.independent >= wanted.origins),
        (wanted.outlets, c.outlets >= wanted.outlets),
        (wanted.open, c.open > 0),
        (wanted.since, c.first_seen >= wanted.since),
        (wanted.until, func.substr(c.first_seen, 1, 10) <= wanted.until[:10]),
    )
    found += [condition for value, condition in bounds if value]
    return and_(*found)


def _mentions_in(outlet: str) -> Select[int]:
    r = t.report.c
    return (
        select(t.mention.c.claim)
        .join(t.report, r.number == t.mention.c.report)
        .where(or_(r.outlet == outlet, and_(r.outlet.is_(None), r.id == outlet)))
    )


def sources(db: Connection, limit: int | None = None, offset: int = 0, q: str = "") -> tuple[list[Any], int]:
    """Actors who say something: (number, name, type, origin: claims they are an origin of, said: mentions, denies), most claims first."""
    m, o, a = t.mention.c, t.origin.c, t.actor.c
    made = (
        select(m.source.label("actor"), func.count().label("said"), func.count().filter(m.stance == "denies").label("denies"))
        .join(t.claim, and_(t.claim.c.number == m.claim, t.claim.c.status == "standing"))
        .where(m.source.is_not(None))
        .group_by(m.source)
        .subquery()
    )
    standing = select(t.claim.c.number).where(t.claim.c.status == "standing")
    begun = select(o.actor, func.count().label("origin")).where(o.claim.in_(standing)).group_by(o.actor).subquery()
    origin = func.coalesce(begun.c.origin, 0)
    asked = (
        select(a.number, a.name, a.type, origin.label("origin"), made.c.said, made.c.denies)
        .join(made, made.c.actor == a.number)
        .outerjoin(begun, begun.c.actor == a.number)
    )
    if q:
        asked = asked.where(func.lower(a.name).contains(q.lower(), autoescape=True))
    total = db.execute(select(func.count()).select_from(asked.subquery())).scalar_one()
    rows = db.execute(asked.order_by(origin.desc(), made.c.said.desc(), a.name, a.number).limit(limit).offset(offset)).all()
    return list(rows), total


def disagreements(db: Connection, resolved: str = "", limit: int | None = None, offset: int = 0) -> tuple[list[Any], int]:
    """Disagreements that stand, the open ones and those of most outlets first: rows with ``claims``, rows of their claims, in order."""
    d, c = t.disagreement.c, t.claim.c
    asked: Select[Any] = select(t.disagreement).where(d.standing)
    if resolved:
        asked = asked.where(d.resolved == resolved)
    total = db.execute(select(func.count()).select_from(asked.subquery())).scalar_one()
    carried = (
        select(func.max(c.outlets))
        .join(t.disputed, t.disputed.c.claim == c.number)
        .where(t.disputed.c.disagreement == d.number)
        .scalar_subquery()
    )
    rows = db.execute(asked.order_by(d.resolved != "none", carried.desc(), d.number).limit(limit).offset(offset)).all()
    return list(rows), total


def sides_of(db: Connection, numbers: Sequence[int]) -> dict[int, list[Any]]:
    """The claims of disagreements, as rows."""
    asked = select(t.disputed.c.disagreement, t.claim).join(t.claim, t.claim.c.number == t.disputed.c.claim)
    asked = asked.order_by(t.disputed.c.disagreement, t.disputed.c.place)
    found: dict[int, list[Any]] = {n: [] for n in numbers}
    for batch in batches(numbers):
        for row in db.execute(asked.where(t.disputed.c.disagreement.in_(batch))):
            if all(row.number != held.number for held in found[row.disagreement]):
                found[row.disagreement].append(row)
    return found


def reports_with(db: Connection, q: str, limit: int, offset: int = 0) -> tuple[list[Any], int]:
    """Rows of reports with these words, the best first; all reports, the newest first, without any."""
    columns = (t.report.c.number, t.report.c.id, t.report.c.title, t.report.c.outlet, t.report.c.published, t.report.c.words)
    if not q:
        total = db.execute(select(func.count()).select_from(t.report)).scalar_one()
        asked = select(*columns).order_by(t.report.c.published.desc().nulls_last(), t.report.c.number).limit(limit).offset(offset)
        return list(db.execute(asked).all()), total
    numbers = search.matching(db, search.REPORTS, q)
    if numbers is None:
        return [], 0
    total = db.execute(select(func.count()).select_from(numbers.order_by(None).subquery())).scalar_one()
    best = list(db.execute(numbers.limit(limit).offset(offset)).scalars())
    rows = {row.number: row for row in db.execute(select(*columns).where(t.report.c.number.in_(best)))}
    return [rows[n] for n in best], total


def origin_names(db: Connection, numbers: Sequence[int], most: int = 3) -> dict[int, list[str]]:
    """The names of the first origins of claims."""
    o = t.origin.c
    asked = select(o.claim, t.actor.c.name).join(t.actor, t.actor.c.number == o.actor).where(o.place < most).order_by(o.claim, o.place)
    found: dict[int, list[str]] = {}
    for batch in batches(numbers):
        for row in db.execute(asked.where(o.claim.in_(batch))):
            found.setdefault(row.claim, []).append(row.name)
    return found
