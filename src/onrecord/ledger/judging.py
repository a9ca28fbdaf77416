"""Judgements in the database: append-only, each settled at once for the claims that it can concern."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from msgspec import json
from msgspec.structs import replace
from sqlalchemy import Connection, func, insert, select

from onrecord.ledger import tables as t
from onrecord.ledger.packing import unpack
from onrecord.ledger.reports import now
from onrecord.ledger.rows import NO_CLAIM, actor_id, batches, claim_id, delete_where, insert_rows, number_of
from onrecord.ledger.settling import Base, Item, Settler
from onrecord.records import ClaimEvent, Judgement, Report, Whereabouts

KEPT = 200  # places by which a judgement knows a claim again


class NotThereError(LookupError):
    """A claim, mention, report or judgement that the ledger does not have; the message names it."""


def judgements_of(db: Connection, wanted: Iterable[int] | None = None) -> list[Judgement]:
    """All judgements, in the order they were made; or those wanted, and all that take others back."""
    c = t.judgement.c
    if wanted is None:
        rows = db.execute(select(c.body).order_by(c.number)).scalars().all()
    else:
        found = {row.number: row.body for row in db.execute(select(c.number, c.body).where(c.kind == "undo"))}
        for batch in batches(sorted(set(wanted))):
            found |= {row.number: row.body for row in db.execute(select(c.number, c.body).where(c.number.in_(batch)))}
        rows = [found[number] for number in sorted(found)]
    return [json.decode(body, type=Judgement) for body in rows]


def latest_judgements(db: Connection, most: int) -> list[Judgement]:
    """The last judgements without their places, in the order they were made: to tell which stand."""
    c = t.judgement.c
    rows = db.execute(select(c.number, c.kind, c.by, c.claim, c.undoes).order_by(c.number.desc()).limit(most)).all()
    return [Judgement(id=r.number, kind=r.kind, by=r.by, claim=r.claim, undoes=r.undoes, at="") for r in reversed(rows)]


def standing_claim(db: Connection, id: str) -> str:
    """The claim that a permanent id leads to: itself, or the one it was merged into. Raises NotThereError."""
    try:
        number: int | None = number_of(id) if id[:1] == "c" else None
    except ValueError:
        number = None
    seen: set[int] = set()
    while number is not None and number not in seen:
        seen.add(number)
        row = db.execute(select(t.claim.c.status, t.claim.c.successor).where(t.claim.c.number == number)).one_or_none()
        if row is None:
            break
        if row.status in ("standing", "rejected"):
            return claim_id(number)
        number = row.successor
    raise NotThereError(f"no claim {id}")


def places_of(db: Connection, id: str, most: int = KEPT) -> tuple[Whereabouts, ...]:
    """Where the mentions of a claim stand."""
    m, r = t.mention.c, t.report.c
    rows = db.execute(
        select(r.id, m.read_start, m.read_end)
        .join(t.report, r.number == m.report)
        .where(m.claim == number_of(id))
        .order_by(m.number)
        .limit(most)
    )
    return tuple(Whereabouts(report=row.id, span=(row.read_start, row.read_end)) for row in rows)


def append(db: Connection, judgement: Judgement) -> Judgement:
    """Signs a judgement into the ledger and settles what it concerns. ``id``, ``at`` and ``made`` are set here. Raises NotThereError."""
    number = (db.execute(select(func.max(t.judgement.c.number))).scalar() or 0) + 1
    judgement = replace(judgement, id=number, at=now())
    if judgement.kind == "different":
        taken = db.execute(select(func.max(t.claim.c.number))).scalar() or 0
        judgement = replace(judgement, made=claim_id(taken + 1))
    told = {"kind": judgement.kind, "by": judgement.by, "claim": judgement.claim, "undoes": judgement.undoes}
    db.execute(insert(t.judgement), [{"number": number, **told, "body": json.encode(judgement).decode()}])
    bases = _concerned(db, judgement)
    settle(db, bases, judgement.at)
    _take(db, judgement)
    _log(db, judgement)
    return judgement


def _take(db: Connection, judgement: Judgement) -> None:
    """Sees to it that an id once given is never given again, though the judgement parted nothing."""
    if judgement.made and db.execute(select(t.claim.c.number).where(t.claim.c.number == number_of(judgement.made))).scalar() is None:
        row = {
            **NO_CLAIM,
            "number": number_of(judgement.made),
            "status": "gone",
            "successor": None,
            "created": judgement.at,
            "statement": "",
        }
        insert_rows(db, t.claim, [row])


def settle(db: Connection, bases: set[int], at: str) -> None:
    """Writes anew the claims that some machine claims, and all that judgements tie to them, have become."""
    bases = _tied(db, bases)
    judged: set[int] = set()
    for batch in batches(bases):
        judged |= set(db.execute(select(t.touched.c.judgement).where(t.touched.c.base.in_(batch))).scalars())
    judgements = judgements_of(db, judged)
    items, held = items_of(db, bases)
    Settler(db, items, bases_of(db, bases), judgements, at).write(held)


def items_of(db: Connection, bases: Iterable[int]) -> tuple[list[Item], dict[int, str | None]]:
    """The mentions of machine claims, and the claims they stand in now → the machine claim that most of each came from."""
    m, r = t.mention.c, t.report.c
    items: list[Item] = []
    held: dict[int, Counter[str]] = {}
    for batch in batches(sorted(bases)):
        asked = select(t.mention, r.id, r.published, r.outlet).join(t.report, r.number == m.report)
        for row in db.execute(asked.where(m.base.in_(batch)).order_by(m.number)):
            held.setdefault(row.claim, Counter())[claim_id(row.base)] += 1
            words = (
                row.words
                if (row.start, row.end) == (row.read_start, row.read_end)
                else _text(db, row.report)[row.read_start : row.read_end]
            )
            items.append(_item(row, words))
    return items, {claim: counts.most_common(1)[0][0] for claim, counts in held.items()}


def _item(row: Any, words: str) -> Item:
    return Item(
        number=row.number,
        base=claim_id(row.base),
        report=row.report,
        id=row.id,
        published=row.published,
        outlet=row.outlet or row.id,
        span=(row.read_start, row.read_end),
        words=words,
        attribution=row.attribution,
        source=actor_id(row.read_source) if row.read_source is not None else None,
        via=tuple(map(actor_id, json.decode(row.via, type=list[int]))),
        stance=row.stance,
        confidence=row.confidence,
    )


def bases_of(db: Connection, numbers: Iterable[int]) -> dict[str, Base]:
    """What the machine said of claims of its own."""
    found: dict[str, Base] = {}
    for batch in batches(sorted(numbers)):
        for row in db.execute(select(t.base).where(t.base.c.number.in_(batch)).order_by(t.base.c.number)):
            found[claim_id(row.number)] = Base(json.decode(row.event, type=ClaimEvent) if row.event else None, row.withdrawn)
    return found


def _text(db: Connection, report: int) -> str:
    return unpack(db.execute(select(t.report.c.body).where(t.report.c.number == report)).scalar_one(), Report).text


def _concerned(db: Connection, judgement: Judgement) -> set[int]:
    """The machine claims at the places of a judgement, and of the one it takes back."""
    found: set[int] = set()
    each: Judgement | None = judgement
    chain: list[int] = []
    while each is not None:
        chain.append(each.id)
        found |= _bases_at(db, [*each.places, *each.others])
        body = db.execute(select(t.judgement.c.body).where(t.judgement.c.number == each.undoes)).scalar()
        each = json.decode(body, type=Judgement) if body else None
    delete_where(db, t.touched, t.touched.c.judgement, chain)
    insert_rows(db, t.touched, [{"judgement": id, "base": base} for id in chain for base in sorted(found)])
    return found


def _bases_at(db: Connection, places: Sequence[Whereabouts]) -> set[int]:
    m, r = t.mention.c, t.report.c
    found: set[int] = set()
    of_report: dict[str, set[tuple[int, int]]] = {}
    for place in places:
        of_report.setdefault(place.report, set()).add(place.span)
    for batch in batches(of_report):
        rows = db.execute(select(r.id, m.base, m.read_start, m.read_end).join(t.report, r.number == m.report).where(r.id.in_(batch)))
        found |= {row.base for row in rows if (row.read_start, row.read_end) in of_report[row.id]}
    return found


def _tied(db: Connection, bases: set[int]) -> set[int]:
    """All machine claims that judgements tie to these, directly or through others."""
    known, fresh = set(bases), set(bases)
    while fresh:
        judged: set[int] = set()
        for batch in batches(fresh):
            judged |= set(db.execute(select(t.touched.c.judgement).where(t.touched.c.base.in_(batch))).scalars())
        near: set[int] = set()
        for batch in batches(judged):
            near |= set(db.execute(select(t.touched.c.base).where(t.touched.c.judgement.in_(batch))).scalars())
        near &= set(_existing(db, near))
        fresh = near - known
        known |= fresh
    return known


def _existing(db: Connection, bases: Iterable[int]) -> list[int]:
    found: list[int] = []
    for batch in batches(bases):
        found += db.execute(select(t.base.c.number).where(t.base.c.number.in_(batch))).scalars()
    return found


def _log(db: Connection, judgement: Judgement) -> None:
    """Writes into the history of each claim concerned what was judged."""
    concerned = dict.fromkeys(id for id in (judgement.claim, judgement.other, judgement.made) if id)
    rows = [
        {"claim": number_of(id), "at": judgement.at, "kind": "judged", "other": None, "judgement": judgement.id, "note": ""}
        for id in concerned
    ]
    if rows:
        db.execute(insert(t.history), rows)
