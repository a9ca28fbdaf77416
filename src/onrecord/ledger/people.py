"""Who may see and judge where the workbench is open to a network: names, roles, and hashes of their tokens.

A token has 256 random bits, so that its SHA-256 can be kept without salt; the token itself is shown once and kept nowhere.
"""

from __future__ import annotations

import hashlib
import secrets
import time
from typing import Any

from sqlalchemy import delete, insert, select

from onrecord.ledger import tables as t
from onrecord.ledger.reports import now
from onrecord.ledger.store import Store

LASTS = 14 * 24 * 3600  # seconds of a session


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


class Sessions:
    """Who has signed in, by hashes of keys that browsers keep. They end with the server, after ``LASTS`` seconds, and with the token: what
    the ledger keeps is not enough to make one."""

    def __init__(self) -> None:
        self._held: dict[str, tuple[str, str, float]] = {}

    def begin(self, person: Any) -> str:
        """A new session's key."""
        now_ = time.time()
        self._held = {key: held for key, held in self._held.items() if held[2] > now_}
        key = secrets.token_urlsafe(32)
        self._held[hashed(key)] = (person.name, person.token, now_ + LASTS)
        return key

    def end(self, key: str) -> None:
        """Ends a session."""
        self._held.pop(hashed(key), None)

    def person(self, store: Store, key: str) -> Any:
        """Whose session it is; None when it has ended, or was made up."""
        held = self._held.get(hashed(key)) if key.isascii() else None
        if held is None or held[2] < time.time():
            return None
        with store.reading() as db:
            return db.execute(select(t.person).where(t.person.c.name == held[0], t.person.c.token == held[1])).one_or_none()
