"""Is a ledger whole? Hashes of the texts, spans within them, references, counts, and the database's own check."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

import msgspec
from sqlalchemy import Connection, func, select, text

from onrecord.ledger import tables as t
from onrecord.ledger.judging import judgements_of
from onrecord.ledger.packing import unpack
from onrecord.ledger.store import Store
from onrecord.records import Account, Reading, Report, sha256_of

AT_ONCE = 200
_REFERENCES = (  # a column, and the table it must lead to
    (t.mention.c.report, t.report), (t.mention.c.claim, t.claim), (t.mention.c.base, t.base), (t.mention.c.source, t.actor),
    (t.origin.c.claim, t.claim), (t.origin.c.actor, t.actor), (t.origin.c.first_report, t.report), (t.disputed.c.claim, t.claim),
    (t.disputed.c.base, t.base), (t.disputed.c.disagreement, t.disagreement), (t.copy.c.report, t.report), (t.copy.c.of, t.report),
    (t.touched.c.judgement, t.judgement), (t.claim.c.actor, t.actor), (t.claim.c.recipient, t.actor), (t.claim.c.successor, t.claim),
    (t.report.c.outlet_actor, t.actor),
)  # fmt: skip


def check(store: Store) -> Iterator[str]:
    """What is wrong, a line each; nothing when all is well."""
    with store.reading() as db:
        yield from _database(db)
        yield from _reports(db)
        yield from _readings(db)
        yield from _references(db)
        yield from _counts(db)
        yield from _judgements(db)
        yield from _snapshots(db)


def _database(db: Connection) -> Iterator[str]:
    if db.dialect.name == "sqlite":
        for (said,) in db.execute(text("pragma integrity_check")):
            if said != "ok":
                yield f"database: {said}"


def _reports(db: Connection) -> Iterator[str]:
    """Every text has its hash, and every mention is a span of it that has the words noted."""
    last = 0
    while rows := db.execute(
        select(t.report.c.number, t.report.c.id, t.report.c.sha256, t.report.c.body)
        .where(t.report.c.number > last)
        .order_by(t.report.c.number)
        .limit(AT_ONCE)
    ).all():
        texts: dict[int, tuple[str, str]] = {}
        for row in rows:
            last = row.number
            try:
                report = unpack(row.body, Report)
            except (zlib.error, msgspec.DecodeError) as error:
                yield f"report {row.id}: damaged ({error})"
                continue
            texts[row.number] = (row.id, report.text)
            if sha256_of(report.text) != row.sha256 or report.id != row.id:
                yield f"report {row.id}: its text is not the one that was hashed"
        m = t.mention.c
        asked = select(m.number, m.report, m.start, m.end, m.read_start, m.read_end, m.words).where(m.report.in_(list(texts)))
        for said in db.execute(asked):
            name, body = texts[said.report]
            if not (0 <= said.start < said.end <= len(body) and 0 <= said.read_start < said.read_end <= len(body)):
                yield f"report {name}: mention {said.number} lies outside its text"
            elif body[said.start : said.end].replace("\0", "\ufffd") != said.words:
                yield f"report {name}: mention {said.number} is not the words noted for it"


def _readings(db: Connection) -> Iterator[str]:
    keys = list(db.execute(select(t.reading.c.sha256, t.reading.c.published, t.reading.c.version, t.reading.c.model)).all())
    for key in keys:
        same = (t.reading.c[name] == value for name, value in key._mapping.items())
        try:
            unpack(db.execute(select(t.reading.c.body).where(*same)).scalar_one(), Reading)
        except (zlib.error, msgspec.DecodeError) as error:
            yield f"reading of {key.sha256[:12]}…: damaged ({error})"
    kept = {key.sha256 for key in keys}
    for id, sha256 in db.execute(select(t.report.c.id, t.report.c.sha256).where(t.report.c.placed)):
        if sha256 not in kept:
            yield f"report {id}: its claims are told, but its reading is lost"


def _references(db: Connection) -> Iterator[str]:
    for column, table in _REFERENCES:
        lost = select(func.count()).select_from(column.table).where(column.is_not(None), column.not_in(select(table.c.number)))
        if count := db.execute(lost).scalar_one():
            yield f"{column.table.name}.{column.name}: {count} rows lead to no {table.name}"


def _counts(db: Connection) -> Iterator[str]:
    c, m = t.claim.c, t.mention.c
    counts = select(m.claim, func.count().label("n")).group_by(m.claim).subquery()
    asked = (
        select(c.number, c.mentions, counts.c.n).outerjoin(counts, counts.c.claim == c.number).where(c.status.in_(("standing", "rejected")))
    )
    for row in db.execute(asked):
        if row.mentions != (row.n or 0):
            yield f"claim c{row.number}: {row.mentions} mentions are counted, {row.n or 0} are there"
    lost = select(func.count()).select_from(t.mention.join(t.claim, c.number == m.claim)).where(c.status.not_in(("standing", "rejected")))
    if count := db.execute(lost).scalar_one():
        yield f"{count} mentions stand in claims that are gone"
    for words, table in ((t.report_words, t.report), (t.claim_words, t.claim)):
        shown = select(func.count()).select_from(table)
        if table is t.claim:
            shown = shown.where(c.status.in_(("standing", "rejected")))
        if (has := db.execute(select(func.count()).select_from(words)).scalar_one()) != (wanted := db.execute(shown).scalar_one()):
            yield f"{words.name}: {has} can be searched, {wanted} should be"


def _judgements(db: Connection) -> Iterator[str]:
    try:
        made = judgements_of(db)
    except msgspec.DecodeError as error:
        yield f"judgement: damaged ({error})"
        return
    if [j.id for j in made] != list(range(1, len(made) + 1)):
        yield "judgements: one is missing"


def _snapshots(db: Connection) -> Iterator[str]:
    for number, body in db.execute(select(t.snapshot.c.number, t.snapshot.c.body).order_by(t.snapshot.c.number)):
        try:
            unpack(body, Account)
        except (zlib.error, msgspec.DecodeError) as error:
            yield f"snapshot {number}: damaged ({error})"
