"""Disagreements after judgements: they follow their claims, end where these became one, and begin where a merge brings denials together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, delete, func, select, update

from onrecord.ledger import tables as t
from onrecord.ledger.rows import batches, insert_rows
from onrecord.records import Claim
from onrecord.story.origins import MAKES_ORIGIN


def settle_disputes(db: Connection, holders: Mapping[int, int], told: Mapping[int, Claim], merged: Mapping[int, int]) -> None:
    """Sets the claims of each disagreement to those that now hold them, and says which still stand.

    holders: machine claim → the claim that it is, or is part of. told: the claims written now, without rejected ones. merged: those that
    judgements made of several → a machine claim of which each has mentions.
    """
    rows: list[Any] = []
    for batch in batches(holders):
        rows += db.execute(select(t.disputed).where(t.disputed.c.base.in_(batch))).all()
    for row in rows:
        if (holder := holders[row.base]) != row.claim:
            key = (t.disputed.c.disagreement == row.disagreement, t.disputed.c.place == row.place)
            db.execute(update(t.disputed).where(*key).values(claim=holder))
    for batch in batches(sorted({row.disagreement for row in rows})):
        _stand(db, batch, told, set(holders.values()) | set(holders))
    for number in sorted(n for n in merged if n in told and _both_sides(told[n])):
        _deny(db, number, merged[number])
    count_open(db, told)


def _stand(db: Connection, disagreements: Sequence[int], told: Mapping[int, Claim], own: set[int]) -> None:
    claims: dict[int, set[int]] = defaultdict(set)
    for row in db.execute(select(t.disputed).where(t.disputed.c.disagreement.in_(disagreements))):
        claims[row.disagreement].add(row.claim)
    alive = set(told)
    for batch in batches({c for each in claims.values() for c in each} - own):
        alive |= set(db.execute(select(t.claim.c.number).where(t.claim.c.number.in_(batch), t.claim.c.status == "standing")).scalars())
    for row in db.execute(select(t.disagreement).where(t.disagreement.c.number.in_(disagreements))).all():
        held = claims[row.number]
        opposed = all(c not in told or _both_sides(told[c]) for c in held) if row.kind == "denial" else len(held) > 1
        stands = opposed and held <= alive
        if not row.machine and not stands:
            db.execute(delete(t.disputed).where(t.disputed.c.disagreement == row.number))
            db.execute(delete(t.disagreement).where(t.disagreement.c.number == row.number))
        elif stands != row.standing:
            db.execute(update(t.disagreement).where(t.disagreement.c.number == row.number).values(standing=stands))


def _deny(db: Connection, claim: int, base: int) -> None:
    """Adds the denial that a merge has brought together, unless the claim has one."""
    d, c = t.disagreement.c, t.disputed.c
    has = select(func.count()).select_from(t.disputed.join(t.disagreement, d.number == c.disagreement))
    if db.execute(has.where(c.claim == claim, d.kind == "denial", d.standing)).scalar():
        return
    number = (db.execute(select(func.max(d.number))).scalar() or 0) + 1
    said = "some affirm and others deny it, since two claims were judged to be one"
    row = {"number": number, "kind": "denial", "resolved": "none", "explanation": said, "standing": True, "machine": False}
    insert_rows(db, t.disagreement, [row])
    insert_rows(db, t.disputed, [{"disagreement": number, "place": 0, "base": base, "claim": claim}])


def _both_sides(claim: Claim) -> bool:
    stances = {m.stance for m in claim.mentions}
    return "denies" in stances and bool(stances & MAKES_ORIGIN)


def count_open(db: Connection, numbers: Iterable[int]) -> None:
    """Counts how many open disagreements claims stand in, those that stood elsewhere in these too."""
    c, d = t.disputed.c, t.disagreement.c
    rivals: set[int] = set(numbers)
    for batch in batches(sorted(rivals)):
        mine = select(c.disagreement).where(c.claim.in_(batch))
        rivals |= set(db.execute(select(c.claim).where(c.disagreement.in_(mine))).scalars())
    for batch in batches(sorted(rivals)):
        counts = select(c.claim, func.count(c.disagreement.distinct())).join(t.disagreement, d.number == c.disagreement)
        counts = counts.where(c.claim.in_(batch), d.standing, d.resolved == "none").group_by(c.claim)
        told: dict[int, int] = {row[0]: row[1] for row in db.execute(counts)}
        for row in db.execute(select(t.claim.c.number, t.claim.c.open).where(t.claim.c.number.in_(batch))).all():
            if row.open != told.get(row.number, 0):
                db.execute(update(t.claim).where(t.claim.c.number == row.number).values(open=told.get(row.number, 0)))
