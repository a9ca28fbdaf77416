"""What can be wrong with a ledger, said so that a person can mend it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, SQLAlchemyError


class LedgerError(ValueError):
    """The ledger cannot be used; the message names it and says why."""


_TOLD = (  # what a driver says, and what a person should know
    ("database is locked", "another program is writing to it; try again when that is done"),
    ("lock timeout", "another program is writing to it; try again when that is done"),
    ("database or disk is full", "the disk is full; nothing was written, and what stood there is unharmed"),
    ("No space left", "the disk is full; nothing was written, and what stood there is unharmed"),
    ("readonly database", "it may not be written: the file or its folder is read-only"),
    ("permission denied", "it may not be written: permission denied"),
    ("unable to open database file", "cannot be opened: is the folder there, and may it be written?"),
    ("file is not a database", "a file, but no ledger"),
    ("database disk image is malformed", "the file is damaged; `onrecord check` says more, and a backup can be restored"),
)


@contextmanager
def named(name: str) -> Iterator[None]:
    """Turns what a driver raises into a LedgerError that names the ledger."""
    try:
        yield
    except SQLAlchemyError as error:
        said = str(error.orig) if isinstance(error, DBAPIError) else str(error)
        told = next((told for words, told in _TOLD if words.lower() in said.lower()), None)
        raise LedgerError(f"{name}: {told or ' '.join(said.split())}") from error
