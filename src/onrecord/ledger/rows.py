"""Rows as the database has them: ids and numbers, claims and actors as rows, many rows at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, TypeVar

from msgspec import json
from sqlalchemy import Connection, Table, delete, func, insert, select

from onrecord.ledger import tables as t
from onrecord.ledger.packing import pack
from onrecord.records import ClaimEvent, StoryActor
from onrecord.story.events import STATEMENT

MANY = 500  # values in one question to the database
T = TypeVar("T")


def claim_id(number: int) -> str:
    """12 → c12."""
    return f"c{number}"


def actor_id(number: int) -> str:
    """12 → s12."""
    return f"s{number}"


def number_of(id: str) -> int:
    """c12 → 12. Raises ValueError when it is no such id."""
    if len(id) > 10:
        raise ValueError(f"{id[:20]}: no id")
    return int(id[1:])


def batches(values: Iterable[T], size: int = MANY) -> Iterator[list[T]]:
    """The values, so many at a time."""
    rest = iter(values)
    while batch := list(islice(rest, size)):
        yield batch


def actor_named(db: Connection, name: str) -> str:
    """The actor of a name that a person gave; a new one where there is none."""
    a = t.actor.c
    found = db.execute(select(a.number).where(func.lower(a.name) == name.lower(), a.status == "standing").order_by(a.number)).scalar()
    if found is None:
        found = (db.execute(select(func.max(a.number))).scalar() or 0) + 1
        actor = StoryActor(id=f"s{found}", name=name, type="person" if name != name.lower() else "unnamed")
        insert_rows(db, t.actor, [actor_row(found, actor, outlet=False)])
    return f"s{found}"


def actor_row(number: int, actor: StoryActor, *, outlet: bool) -> dict[str, Any]:
    """An actor as a row."""
    return {
        "number": number, "name": actor.name[:300], "type": actor.type, "body": pack(actor), "outlet": outlet, "status": "standing",
        "successor": None,
    }  # fmt: skip


NO_CLAIM: dict[str, Any] = {
    "independent": 0, "reports": 0, "outlets": 0, "mentions": 0, "denials": 0, "credibility": 6, "credibility_reason": "",
    "signed_by": None, "confidence": 1.0, "open": 0, "first_seen": None, "last_seen": None, "event": None, "type": None, "quad": None,
    "goldstein": None, "deed": False, "actor": None, "recipient": None, "place": None, "lat": None, "lon": None,
}  # fmt: skip


def event_row(event: ClaimEvent) -> dict[str, Any]:
    """What of a claim's event stands in columns of its own."""
    place = event.place
    return {
        "event": json.encode(event).decode(),
        "type": event.type,
        "quad": event.quad,
        "goldstein": event.goldstein,
        "deed": event.actual and event.type != STATEMENT,
        "actor": number_of(event.actor) if event.actor else None,
        "recipient": number_of(event.recipient) if event.recipient else None,
        "place": place.name if place else None,
        "lat": place.lat if place else None,
        "lon": place.lon if place else None,
    }


def delete_where(db: Connection, table: Table, column: Any, values: Iterable[int]) -> None:
    """Deletes the rows whose column has one of the values."""
    for batch in batches(values):
        db.execute(delete(table).where(column.in_(batch)))


def insert_rows(db: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Inserts rows, if there are any."""
    if rows:
        db.execute(insert(table), [dict(row) for row in rows])
