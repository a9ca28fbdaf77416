"""The database of a ledger: an SQLite file or a PostgreSQL URL, its transactions and its locks.

A transaction that reads sees one state of the ledger throughout. One that writes is all or nothing, and waits for others that write. To
tell claims anew takes longer than a transaction should: it holds ``sole``, a lock that the operating system or the server gives back when
the program is killed.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from onrecord.ledger.errors import LedgerError, named
from onrecord.ledger.tables import APPLICATION, REVISION

WAIT = 30.0  # seconds for another that writes
_KEY = APPLICATION  # of PostgreSQL's advisory lock
_POOL: dict[str, Any] = {"pool_size": 10, "max_overflow": 60}  # the workbench answers on forty threads
_URLS = ("postgresql://", "postgres://", "postgresql+psycopg://")


class Store:
    """Opens or makes the database, of this version. Raises LedgerError when that cannot be.

    read_only: nothing is written, not even a migration. wait: seconds for another writer.
    """

    def __init__(self, target: str | Path, *, read_only: bool = False, wait: float = WAIT) -> None:
        self.target, self.read_only, self._wait = str(target), read_only, wait
        self.url = self.target if self.target.startswith(_URLS) else None
        self.name = make_name(self.target)
        with named(self.name):
            self._engine = self._postgres() if self.url else self._sqlite(Path(self.target))
        try:
            self._open()
        except BaseException:
            self.close()
            raise

    @property
    def dialect(self) -> str:
        """``sqlite`` or ``postgresql``."""
        return self._engine.dialect.name

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that only reads."""
        with named(self.name), self._engine.connect() as connection:
            if self.url:
                connection = connection.execution_options(isolation_level="REPEATABLE READ")
            with connection.begin():
                yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that writes: all of it or, when anything goes wrong, nothing."""
        if self.read_only:
            raise LedgerError(f"{self.name}: opened to be read only")
        with named(self.name), self._engine.connect().execution_options(onrecord_writes=True) as connection, connection.begin():
            if self.url:
                connection.execute(text(f"select pg_advisory_xact_lock({_KEY + 1})"))
            yield connection

    @contextmanager
    def sole(self) -> Iterator[Callable[[], None]]:
        """Only one program at a time gets in here; the others wait, and fail clearly when it takes too long. Gives what is to be called
        before a commit: it raises LedgerError when the lock was lost, as with its connection."""
        busy = f"{self.name}: another program is adding to it or rebuilding it; try again when that is done"
        if self.url:
            with named(self.name), self._engine.connect() as connection:
                try:
                    connection.execute(text(f"select pg_advisory_lock({_KEY})"))
                    connection.commit()
                except DBAPIError as error:
                    raise LedgerError(busy) from error
                try:
                    yield lambda: self._still(connection)
                finally:
                    connection.execute(text(f"select pg_advisory_unlock({_KEY})"))
                    connection.commit()
            return
        import filelock

        lock = filelock.FileLock(os.path.realpath(self.target) + ".lock", timeout=self._wait)
        try:
            lock.acquire()
        except filelock.Timeout:
            raise LedgerError(busy) from None
        except OSError as error:
            raise LedgerError(f"{self.name}: it may not be written: {error.strerror or error}") from error
        try:
            yield lambda: None
        finally:
            lock.release()

    def _still(self, connection: Connection) -> None:
        with named(self.name):
            connection.execute(text("select 1"))
            connection.commit()

    def settle_down(self) -> None:
        """Makes one file of an SQLite ledger that nobody else has open, so that it can be read from where nothing can be written."""
        if not self.url:
            with named(self.name), self._engine.connect() as connection:
                connection.exec_driver_sql("commit")
                connection.exec_driver_sql("pragma journal_mode=delete")

    def close(self) -> None:
        """Gives back all connections."""
        self._engine.dispose()

    def _sqlite(self, path: Path) -> Engine:
        if self.read_only and not path.exists():
            raise LedgerError(f"{path}: no such ledger")
        if path.is_dir():
            raise LedgerError(f"{path}: a folder, not a ledger")
        mode = "ro" if self.read_only else "rwc"
        engine = create_engine(
            f"sqlite:///file:{quote(str(path.absolute()))}?mode={mode}&uri=true", connect_args={"timeout": self._wait}, **_POOL
        )

        @event.listens_for(engine, "connect")
        def connected(connection: Any, record: Any) -> None:
            connection.isolation_level = None
            connection.execute("pragma foreign_keys=on")
            connection.execute("pragma synchronous=full")  # what is acknowledged outlives a power cut
            connection.execute("pragma cache_size=-65536")
            connection.create_function("lower", 1, lambda text: text.lower() if isinstance(text, str) else text, deterministic=True)

        @event.listens_for(engine, "begin")
        def begun(connection: Connection) -> None:
            writes = connection.get_execution_options().get("onrecord_writes")
            connection.exec_driver_sql("begin immediate" if writes else "begin")

        return engine

    def _postgres(self) -> Engine:
        try:
            url = make_url(self.target).set(drivername="postgresql+psycopg")
            options = f"-c lock_timeout={int(self._wait * 1000)}"
            return create_engine(url, connect_args={"options": options, "connect_timeout": 10}, pool_pre_ping=True, **_POOL)
        except ArgumentError as error:
            raise LedgerError(f"{self.name}: {error}") from None
        except ModuleNotFoundError:
            raise LedgerError(f"{self.name}: PostgreSQL needs its driver: pip install 'onrecord[postgresql]'") from None

    def _open(self) -> None:
        with self.reading() as connection:
            tables = set(inspect(connection).get_table_names())
            found = self._found(connection, tables)
        if found == REVISION:
            if not self.url and not self.read_only:
                self._write_ahead()
            return
        if self.read_only:
            raise LedgerError(f"{self.name}: " + ("made by an earlier onrecord; open it once to be written" if tables else "no ledger"))
        if not self.url:
            self._write_ahead()
        with self.sole(), self.writing() as connection:
            tables = set(inspect(connection).get_table_names())
            found = self._found(connection, tables)
            if found != REVISION:
                _migrate(connection, found, first_version="report" in tables)
                if not self.url:
                    connection.exec_driver_sql(f"pragma application_id={APPLICATION}")

    def _write_ahead(self) -> None:
        with named(self.name), self._engine.connect() as connection:
            connection.exec_driver_sql("commit")  # no journal can be changed inside a transaction
            connection.exec_driver_sql("pragma journal_mode=wal")

    def _found(self, connection: Connection, tables: set[str]) -> str | None:
        """The revision of what is there. Raises LedgerError when that is no ledger, or of a later onrecord."""
        if not self.url:
            (mark,) = connection.exec_driver_sql("pragma application_id").one()
            if tables and mark != APPLICATION:
                raise LedgerError(f"{self.name}: a database, but no ledger")
        elif tables and not {"alembic_version", "judgement"} <= tables:
            raise LedgerError(f"{self.name}: a database with tables of another program; a ledger needs one of its own")
        if "alembic_version" not in tables:
            return None
        found: str | None = connection.execute(text("select version_num from alembic_version")).scalar()
        if found is not None and found > REVISION:
            raise LedgerError(f"{self.name}: made by a later onrecord (revision {found}, this one knows {REVISION})")
        return found


def make_name(target: str) -> str:
    """How a ledger is named to people: a file's path, or a URL without the password."""
    if not target.startswith(_URLS):
        return target
    try:
        return make_url(target).render_as_string(hide_password=True)
    except ArgumentError:
        return target.split("@")[-1]


def _migrate(connection: Connection, found: str | None, *, first_version: bool) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "onrecord.ledger:migrations")
    config.attributes["connection"] = connection
    if found is None and first_version:
        command.stamp(config, "0001")
    command.upgrade(config, "head")
