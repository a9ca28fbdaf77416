"""What the two databases say in their own words: full-text indexes, and tables whose rows may be added but never changed."""

from __future__ import annotations

from sqlalchemy import Connection, text

_FTS5 = "create virtual table {name} using fts5(body, tokenize = 'porter unicode61 remove_diacritics 2')"
_TSVECTOR = (
    "create table {name} (rowid integer primary key, body text not null,"
    " vector tsvector generated always as (to_tsvector('english', body)) stored)"
)
_SQLITE_KEPT = "create trigger {name}_{deed} before {deed} on {name} begin select raise(abort, '{name} is append-only'); end"
_KEPT_FUNCTION = (
    "create or replace function append_only() returns trigger language plpgsql as"
    " $$ begin raise exception '% is append-only', tg_table_name; end $$"
)
_POSTGRES_KEPT = "create trigger {name}_{deed} before {deed} on {name} for each row execute function append_only()"


def word_index(connection: Connection, name: str) -> None:
    """A table (rowid, body) that can be searched for words: FTS5, or a tsvector with a GIN index."""
    if connection.dialect.name == "sqlite":
        connection.execute(text(_FTS5.format(name=name)))
    else:
        connection.execute(text(_TSVECTOR.format(name=name)))
        connection.execute(text(f"create index {name}_vector on {name} using gin (vector)"))


def never_changed(connection: Connection, *tables: str) -> None:
    """Forbids to change or delete rows."""
    kept = _SQLITE_KEPT
    if connection.dialect.name != "sqlite":
        connection.execute(text(_KEPT_FUNCTION))
        kept = _POSTGRES_KEPT
    for name in tables:
        for deed in ("update", "delete"):
            connection.execute(text(kept.format(name=name, deed=deed)))
