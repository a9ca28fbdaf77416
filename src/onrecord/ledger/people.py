"""Who may see and judge where the workbench is open to a network: names, roles, and hashes of their tokens.

A token has 256 random bits, so that its SHA-256 can be kept without salt; the token itself is shown once and kept nowhere.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import time
from typing import Any

from sqlalchemy import delete, insert, select

from onrecord.ledger import tables as t
from onrecord.ledger.reports import now
from onrecord.ledger.store import Store

LASTS = 14 * 24 * 3600.0  # seconds of a session


def hashed(secret: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(secret.encode()).hexdigest()


def add(store: Store, name: str, role: str) -> str:
    """A new token for a person; an earlier one, and all sessions with it, end."""
    token = secrets.token_urlsafe(32)
    with store.writing() as db:
        db.execute(delete(t.person).where(t.person.c.name == name))
        db.execute(insert(t.person), [{"name": name, "role": role, "token": hashed(token), "created": now()}])
    return token


def remove(store: Store, name: str) -> bool:
    """Takes a person's token away, and ends all sessions; was there such a person?"""
    with store.writing() as db:
        there = db.execute(select(t.person.c.name).where(t.person.c.name == name)).scalar() is not None
        db.execute(delete(t.person).where(t.person.c.name == name))
    return there


def all_people(store: Store) -> list[Any]:
    """All who have a token, by name."""
    with store.reading() as db:
        return list(db.execute(select(t.person).order_by(t.person.c.name)).all())


def person_with(store: Store, token: str) -> Any:
    """Who has a token; None when nobody has."""
    with store.reading() as db:
        return db.execute(select(t.person).where(t.person.c.token == hashed(token))).one_or_none()


def session_of(person: Any, expires: int) -> str:
    """What a signed-in browser keeps: the name and an end (seconds since 1970), signed by the hash of the token, so that a session outlives
    the server and ends with the token."""
    told = f"{base64.urlsafe_b64encode(person.name.encode()).decode()}.{expires}"
    return f"{told}.{_signature(person.token, told)}"


def person_in(store: Store, session: str) -> Any:
    """Whose session it is; None when it has ended, or was made up."""
    told, _, signature = session.rpartition(".")
    name, _, expires = told.rpartition(".")
    try:
        known, end = base64.urlsafe_b64decode(name.encode()).decode(), int(expires)
    except ValueError:
        return None
    with store.reading() as db:
        person = db.execute(select(t.person).where(t.person.c.name == known)).one_or_none()
    if person is None or end < time.time() or not hmac.compare_digest(signature, _signature(person.token, told)):
        return None
    return person


def _signature(key: str, told: str) -> str:
    return hmac.new(key.encode(), told.encode(), hashlib.sha256).hexdigest()
