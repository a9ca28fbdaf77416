"""Telling a ledger's claims: a small one anew whenever reports come, a large one by grafting, and anew when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy import func, insert, select

from onrecord.ledger import tables as t
from onrecord.ledger.assembling import account_of
from onrecord.ledger.grafting import graft
from onrecord.ledger.installing import install
from onrecord.ledger.nearness import nearest
from onrecord.ledger.packing import pack, unpack
from onrecord.ledger.reports import all_reports, now, readings_of
from onrecord.ledger.rows import batches
from onrecord.ledger.state import READER, STALE, keep_state, state_of
from onrecord.ledger.store import Store
from onrecord.reading.encoder import Encoder
from onrecord.records import Account, Reading, Report
from onrecord.version import VERSION

WHOLE = 300  # reports; a ledger of no more is told anew for every report that comes
NEAR = 60  # reports of a larger one that new ones are told together with
AT_ONCE = 100  # new reports that are grafted together


class Tell(Protocol):
    """Tells an account; see ``onrecord.story.story.tell``."""

    def __call__(self, readings: Sequence[Reading], /, *, fresh: Container[str] | None = None) -> Account:
        """The account of the readings."""


Tracked = Callable[[Iterable[Reading], int], Iterable[Reading]]


@dataclass(frozen=True)
class Built:
    """What telling did. how: rebuilt, grafted, or nothing (no report was new)."""

    how: str
    reports: int = 0
    claims: int = 0


def update_claims(store: Store, encoder: Encoder, tell: Tell, tracked: Tracked) -> Built:
    """Tells what the reports say whose claims are not told yet."""
    with store.reading() as db:
        placed = db.execute(select(func.count()).select_from(t.report).where(t.report.c.placed)).scalar_one()
        waiting = [
            unpack(body, Report)
            for body in db.execute(select(t.report.c.body).where(~t.report.c.placed).order_by(t.report.c.number)).scalars()
        ]
        same = state_of(db, READER) == _reader(encoder) and state_of(db, STALE) != "yes"
    if not waiting and same:
        return Built("nothing")
    if not same or placed + len(waiting) <= WHOLE or placed == 0:
        return rebuild(store, encoder, tell, tracked)
    list(tracked(readings_of(store, waiting, encoder), len(waiting)))
    for batch in batches(waiting, AT_ONCE):
        _graft(store, batch, encoder, tell)
    return Built("grafted", len(waiting), _claims(store))


def rebuild(store: Store, encoder: Encoder, tell: Tell, tracked: Tracked) -> Built:
    """Tells everything anew, reads what is not read by this reader, and keeps the account as a snapshot."""
    with store.sole() as still_sole:
        reports = all_reports(store)
        readings = list(tracked(readings_of(store, reports, encoder), len(reports)))
        account = tell(readings)
        at = now()
        with store.writing() as db:
            install(db, account, {r.id: r.text for r in reports}, at)
            keep_state(db, READER, _reader(encoder))
            keep_state(db, STALE, "no")
            still_sole()
        told = keep_snapshot(store, at)
        return Built("rebuilt", len(reports), len(told.claims))


def keep_snapshot(store: Store, at: str) -> Account:
    """Keeps the account as it is, and returns it. It is put together before the writing begins, so that nobody waits for it."""
    with store.reading() as db:
        told = account_of(db)
    body = pack(told)
    with store.writing() as db:
        number = (db.execute(select(func.max(t.snapshot.c.number))).scalar() or 0) + 1
        row = {"number": number, "at": at, "reports": len(told.reports), "claims": len(told.claims), "body": body}
        db.execute(insert(t.snapshot), [row])
    return told


def _graft(store: Store, new: Sequence[Report], encoder: Encoder, tell: Tell) -> None:
    with store.sole() as still_sole:
        with store.reading() as db:
            rows = db.execute(select(t.report.c.number, t.report.c.bag).where(t.report.c.placed).order_by(t.report.c.number)).all()
            own = select(t.report.c.id, t.report.c.bag).where(t.report.c.id.in_([r.id for r in new]), ~t.report.c.placed)
            bags = {row.id: row.bag for row in db.execute(own)}
            near = [rows[place].number for place in nearest(list(bags.values()), [row.bag for row in rows], NEAR)]
            beside = [unpack(b, Report) for b in db.execute(select(t.report.c.body).where(t.report.c.number.in_(near))).scalars()]
        fresh = [r for r in new if r.id in bags]  # another program may have placed some meanwhile
        together = [*beside, *fresh]
        account = tell(list(readings_of(store, together, encoder)), fresh=set(bags))
        with store.writing() as db:
            graft(db, account, {r.id: r.text for r in together}, set(bags), now())
            still_sole()


def _claims(store: Store) -> int:
    with store.reading() as db:
        return db.execute(select(func.count()).select_from(t.claim).where(t.claim.c.status == "standing")).scalar_one()


def _reader(encoder: Encoder) -> str:
    return f"{VERSION} {encoder.model}"
