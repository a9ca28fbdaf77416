"""Single values that a ledger keeps: which reader told it, the outlets side by side, whether it must be told anew."""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert, select

from onrecord.ledger import tables as t

READER, FRAMING, STALE = "reader", "framing", "stale"


def keep_state(db: Connection, key: str, value: str) -> None:
    """Keeps one value under a key."""
    db.execute(delete(t.state).where(t.state.c.key == key))
    db.execute(insert(t.state), [{"key": key, "value": value}])


def state_of(db: Connection, key: str) -> str | None:
    """The value under a key."""
    return db.execute(select(t.state.c.value).where(t.state.c.key == key)).scalar()
