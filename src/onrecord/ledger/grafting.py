"""What new reports say into a ledger too large to be told anew for them.

They are told together with the reports that are most like them; of each claim that comes out, the new mentions join the claim whose
mentions they were put together with. A rebuild may put them otherwise, since it sees all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from msgspec import json
from msgspec.structs import replace
from sqlalchemy import Connection, func, select, update

from onrecord.ledger import tables as t
from onrecord.ledger.installing import (
    Names,
    Place,
    mark_placed,
    outlets,
    reports,
    set_outlets,
    withdrawn,
    write_bases,
    write_copies,
    write_disagreements,
)
from onrecord.ledger.judging import settle
from onrecord.ledger.packing import pack, unpack
from onrecord.ledger.rows import actor_id, actor_row, batches, claim_id, insert_rows, number_of
from onrecord.ledger.settling import Base, Item
from onrecord.records import Account, StoryActor

NAMELESS = ("unnamed", "group", "population", "document")  # kinds of actors whose name may be that of others, too


def graft(db: Connection, account: Account, texts: Mapping[str, str], new: set[str], at: str) -> None:
    """Adds what the reports ``new`` say. ``account`` was told of them and of some reports that the ledger has placed."""
    held = reports(db)
    new = new - set(db.execute(select(t.report.c.id).where(t.report.c.placed)).scalars())
    account = _concerning(account, new)
    actors = _known_actors(db, account)
    claims, fresh = _known_claims(db, account, new)
    account = replace(
        account,
        claims=tuple(c for c in account.claims if c.id in claims),
        disagreements=tuple(d for d in account.disagreements if claims.keys() >= set(d.claims)),
    )
    names = Names(held, actors, claims)
    _write_new_actors(db, account, names, new)
    made = {claims[c.id]: Base(names.event(c.event), withdrawn(account, c.id)) for c in account.claims if claims[c.id] in fresh}
    write_bases(db, made)
    first = (db.execute(select(func.max(t.mention.c.number))).scalar() or 0) + 1
    items: list[Item] = []
    for claim in account.claims:
        own = replace(claim, mentions=tuple(m for m in claim.mentions if m.report in new))
        items += names.items(own, texts, first + len(items))
    concerned = {number_of(i.base) for i in items}
    _place(db, items)
    concerned |= _withdraw(db, account, claims, fresh)
    write_copies(db, account, names, new)
    concerned |= write_disagreements(db, account, names, concerned)
    settle(db, concerned, at)
    mark_placed(db, account, new)


def _concerning(account: Account, new: set[str]) -> Account:
    """The account with those claims alone that new reports make or that stand against such, and the disagreements between them."""
    made = {c.id for c in account.claims if any(m.report in new for m in c.mentions)}
    disagreements = tuple(d for d in account.disagreements if made & set(d.claims))
    against = {c for d in disagreements for c in d.claims}
    return replace(account, claims=tuple(c for c in account.claims if c.id in made | against), disagreements=disagreements)


def _withdraw(db: Connection, account: Account, claims: Mapping[str, str], fresh: set[str]) -> set[int]:
    """Notes of claims that were there what a new report takes back."""
    taken = {number_of(claims[c.id]) for c in account.claims if claims[c.id] not in fresh and withdrawn(account, c.id)}
    for batch in batches(taken):
        db.execute(update(t.base).where(t.base.c.number.in_(batch)).values(withdrawn=True))
    return taken


def _known_actors(db: Connection, account: Account) -> dict[str, str]:
    """The actors of an account → those of the ledger, by where they are mentioned, else, where they have one, by name; else new numbers."""
    wanted = {(w.report, *w.span) for a in account.actors for w in a.mentions}
    rows = db.execute(select(t.actor).where(t.actor.c.status == "standing").order_by(t.actor.c.number)).all()
    of_place: dict[Place, int] = {}
    for row in rows:
        for w in unpack(row.body, StoryActor).mentions:
            if (w.report, *w.span) in wanted:
                of_place[w.report, *w.span] = row.number
    named = {row.name: row.number for row in reversed(rows) if row.type not in NAMELESS or row.outlet}
    found: dict[str, str] = {}
    last = max((row.number for row in rows), default=0)
    last = max(last, db.execute(select(func.max(t.actor.c.number))).scalar() or 0)
    for a in account.actors:
        counts = Counter(of_place[place] for w in a.mentions if (place := (w.report, *w.span)) in of_place)
        number = counts.most_common(1)[0][0] if counts else named.get(a.name)
        if number is None:
            last = number = last + 1
        found[a.id] = actor_id(number)
    return found


def _known_claims(db: Connection, account: Account, new: set[str]) -> tuple[dict[str, str], set[str]]:
    """The claims of an account → the machine's claims of the ledger that hold most of their mentions; those that none holds are new,
    if a new report makes them."""
    told = sorted({m.report for c in account.claims for m in c.mentions})
    m, r = t.mention.c, t.report.c
    of_place: dict[Place, int] = {}
    for batch in batches(told):
        rows = db.execute(select(m.base, r.id, m.read_start, m.read_end).join(t.report, r.number == m.report).where(r.id.in_(batch)))
        of_place |= {(row.id, row.read_start, row.read_end): row.base for row in rows}
    last = db.execute(select(func.max(t.claim.c.number))).scalar() or 0
    found: dict[str, str] = {}
    fresh: set[str] = set()
    for c in account.claims:
        counts = Counter(of_place[place] for each in c.mentions if (place := (each.report, *each.span)) in of_place)
        if counts:
            found[c.id] = claim_id(counts.most_common(1)[0][0])
        elif any(m.report in new for m in c.mentions):
            last += 1
            found[c.id] = claim_id(last)
            fresh.add(found[c.id])
    return found, fresh


def _write_new_actors(db: Connection, account: Account, names: Names, new: set[str]) -> None:
    """Adds actors and, to those that are there, where new reports mention them."""
    houses = outlets(account, names)
    held: dict[int, StoryActor] = {}
    for batch in batches({number_of(id) for id in names.actors.values()}):
        rows = db.execute(select(t.actor.c.number, t.actor.c.body).where(t.actor.c.number.in_(batch)))
        held |= {row.number: unpack(row.body, StoryActor) for row in rows}
    for a in account.actors:
        number = number_of(names.actors[a.id])
        own = tuple(w for w in a.mentions if w.report in new)
        if number not in held:
            held[number] = replace(names.actor(a), mentions=own)
            insert_rows(db, t.actor, [actor_row(number, held[number], outlet=a.name in houses)])
        elif own:
            aliases = tuple(sorted({*held[number].aliases, *a.aliases, a.name} - {held[number].name}))
            held[number] = replace(held[number], mentions=(*held[number].mentions, *own), aliases=aliases)
            db.execute(update(t.actor).where(t.actor.c.number == number).values(body=pack(held[number])))
        if a.name in houses:
            db.execute(update(t.actor).where(t.actor.c.number == number).values(outlet=True))
    set_outlets(db, houses)


def _place(db: Connection, items: list[Item]) -> None:
    """Lays new mentions beside the others of their machine claims, for the settler to find."""
    rows = [
        {
            "number": i.number, "base": number_of(i.base), "claim": number_of(i.base), "report": i.report, "start": i.span[0],
            "end": i.span[1], "read_start": i.span[0], "read_end": i.span[1], "words": i.words, "attribution": i.attribution,
            "source": None, "read_source": number_of(i.source) if i.source else None,
            "via": json.encode([number_of(v) for v in i.via]).decode(), "stance": i.stance, "confidence": i.confidence,
        }
        for i in items
    ]  # fmt: skip
    insert_rows(db, t.mention, rows)
