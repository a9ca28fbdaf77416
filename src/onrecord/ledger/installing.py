"""A whole account into the ledger, in the place of the one before: the machine's claims and actors under the numbers by which they are
known, then everything settled by the judgements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from msgspec import json
from msgspec.structs import replace
from sqlalchemy import Connection, delete, func, select, update

from onrecord.ledger import tables as t
from onrecord.ledger.judging import judgements_of
from onrecord.ledger.packing import unpack
from onrecord.ledger.rows import actor_id, actor_row, batches, claim_id, insert_rows, number_of
from onrecord.ledger.settling import Base, Item, Settler
from onrecord.ledger.stable import Numbered, known_again
from onrecord.ledger.state import FRAMING, keep_state
from onrecord.records import Account, Claim, ClaimEvent, Framing, StoryActor

Place = tuple[str, int, int]


class Names:
    """The numbers that an account's reports, actors and claims have in the ledger."""

    def __init__(self, reports: Mapping[str, Any], actors: Mapping[str, str], claims: Mapping[str, str]) -> None:
        self.reports, self.actors, self.claims = reports, actors, claims

    def actor(self, actor: StoryActor) -> StoryActor:
        """An actor under the ledger's ids."""
        body = self.actors.get(actor.organization or "", actor.organization)
        maybe = tuple(self.actors[m] for m in actor.maybe if m in self.actors)
        return replace(actor, id=self.actors[actor.id], organization=body, maybe=maybe)

    def event(self, event: ClaimEvent | None) -> ClaimEvent | None:
        """An event whose sides have the ledger's ids."""
        if event is None:
            return None
        return replace(event, actor=self.actors.get(event.actor or ""), recipient=self.actors.get(event.recipient or ""))

    def items(self, claim: Claim, texts: Mapping[str, str], first: int) -> list[Item]:
        """A claim's mentions, numbered from ``first``."""
        return [
            Item(
                number=first + n,
                base=self.claims[claim.id],
                report=self.reports[m.report].number,
                id=m.report,
                published=self.reports[m.report].published,
                outlet=self.reports[m.report].outlet or m.report,
                span=m.span,
                words=texts[m.report][slice(*m.span)],
                attribution=m.attribution,
                source=self.actors.get(m.source or ""),
                via=tuple(self.actors[v] for v in m.via if v in self.actors),
                stance=m.stance,
                confidence=m.confidence,
            )
            for n, m in enumerate(claim.mentions)
        ]


def install(db: Connection, account: Account, texts: Mapping[str, str], at: str) -> None:
    """Puts an account in the place of what was told before. Claims and actors keep their numbers, judgements are applied anew."""
    held_reports = reports(db)
    actors = _number_actors(db, account)
    old = _places_of_bases(db)
    taken = db.execute(select(func.max(t.claim.c.number))).scalar() or 0
    places = {c.id: [(m.report, *m.span) for m in c.mentions] for c in account.claims}
    numbered = known_again(old, places, taken + 1)
    names = Names(held_reports, {a: actor_id(n) for a, n in actors.number.items()}, {c: claim_id(n) for c, n in numbered.number.items()})
    held = dict.fromkeys(db.execute(select(t.claim.c.number)).scalars())
    for table in (t.touched, t.disputed, t.disagreement, t.origin, t.mention, t.base, t.copy):
        db.execute(delete(table))
    _write_actors(db, account, names, actors)
    bases = {names.claims[c.id]: Base(names.event(c.event), withdrawn(account, c.id)) for c in account.claims}
    write_bases(db, bases)
    write_copies(db, account, names)
    write_disagreements(db, account, names)
    items: list[Item] = []
    for claim in account.claims:
        items += names.items(claim, texts, len(items) + 1)
    Settler(db, items, bases, judgements_of(db), at).write(held)
    _log(db, numbered, at)
    framing = [json.encode(each).decode() for each in (_framing(f, names) for f in account.framing)]
    keep_state(db, FRAMING, f"[{','.join(framing)}]")
    mark_placed(db, account)


# -- what is there --


def reports(db: Connection) -> dict[str, Any]:
    """The reports of the ledger, by id: number, date, outlet."""
    columns = (t.report.c.number, t.report.c.id, t.report.c.published, t.report.c.outlet, t.report.c.outlet_actor)
    return {row.id: row for row in db.execute(select(*columns))}


def _places_of_bases(db: Connection) -> dict[int, list[Place]]:
    m, r = t.mention.c, t.report.c
    found: dict[int, list[Place]] = defaultdict(list)
    for row in db.execute(select(m.base, r.id, m.read_start, m.read_end).join(t.report, r.number == m.report)):
        found[row.base].append((row.id, row.read_start, row.read_end))
    return found


def _number_actors(db: Connection, account: Account) -> Numbered:
    rows = db.execute(select(t.actor).where(t.actor.c.status == "standing").order_by(t.actor.c.number)).all()
    bodies = {row.number: unpack(row.body, StoryActor) for row in rows}
    old = {
        row.number: [(w.report, *w.span) for w in bodies[row.number].mentions] for row in rows if row.outlet or bodies[row.number].mentions
    }
    by_name = {(row.name.lower(), bool(row.outlet)): row.number for row in reversed(rows)}
    outlets = {r.outlet for r in account.reports}
    named = {a.id: by_name[key] for a in account.actors if (key := (a.name.lower(), a.name in outlets)) in by_name}
    taken = db.execute(select(func.max(t.actor.c.number))).scalar() or 0
    return known_again(old, {a.id: [(w.report, *w.span) for w in a.mentions] for a in account.actors}, taken + 1, named)


# -- what is written --


def withdrawn(account: Account, claim: str) -> bool:
    """Was a claim taken back, by an account?"""
    return any(d.resolved == "correction" and d.claims[:1] == (claim,) for d in account.disagreements)


def outlets(account: Account, names: Names) -> dict[str, int]:
    """Outlet → its actor's number."""
    wanted = {r.outlet for r in account.reports if r.outlet}
    return {a.name: number_of(names.actors[a.id]) for a in account.actors if a.name in wanted}


def _write_actors(db: Connection, account: Account, names: Names, numbered: Numbered) -> None:
    houses = outlets(account, names)
    kept = {number_of(names.actors[a.id]) for a in account.actors}
    for batch in batches(sorted(kept)):
        db.execute(delete(t.actor).where(t.actor.c.number.in_(batch)))
    insert_rows(db, t.actor, [actor_row(number_of(names.actors[a.id]), names.actor(a), outlet=a.name in houses) for a in account.actors])
    for number, holder in numbered.gone.items():
        known = {"status": "merged", "successor": holder} if holder is not None else {"status": "gone"}
        db.execute(update(t.actor).where(t.actor.c.number == number).values(known))
    set_outlets(db, houses)


def set_outlets(db: Connection, outlets: Mapping[str, int]) -> None:
    """Sets the actor that each outlet is."""
    for name, number in outlets.items():
        db.execute(update(t.report).where(t.report.c.outlet == name).values(outlet_actor=number))


def mark_placed(db: Connection, account: Account, new: set[str] | None = None) -> None:
    """Notes of reports, all or those named, that their claims are told, and what was wrong with them."""
    if new is None:
        db.execute(update(t.report).values(placed=False))
    for r in account.reports:
        if new is None or r.id in new:
            told = json.encode(r.defects).decode()
            db.execute(update(t.report).where(t.report.c.id == r.id).values(placed=True, defects=told))


def write_bases(db: Connection, bases: Mapping[str, Base]) -> None:
    """Writes what the machine said of claims."""
    rows = [
        {"number": number_of(id), "event": json.encode(base.event).decode() if base.event else None, "withdrawn": base.withdrawn}
        for id, base in bases.items()
    ]
    insert_rows(db, t.base, rows)


def write_copies(db: Connection, account: Account, names: Names, new: set[str] | None = None) -> None:
    """Writes which reports copy which: of all reports, or of those named."""
    rows = {
        (names.reports[r.id].number, names.reports[c.of].number, c.kind): c.share
        for r in account.reports
        for c in r.copies
        if new is None or r.id in new or c.of in new
    }
    for report, of, kind in rows if new is not None else ():
        db.execute(delete(t.copy).where(t.copy.c.report == report, t.copy.c.of == of, t.copy.c.kind == kind))
    insert_rows(db, t.copy, [{"report": r, "of": of, "kind": kind, "share": share} for (r, of, kind), share in rows.items()])


def write_disagreements(db: Connection, account: Account, names: Names, concerned: set[int] | None = None) -> set[int]:
    """All disagreements, or those in which a claim ``concerned`` stands: new ones, and held ones that are settled now. Returns the machine
    claims in them."""
    held = _held_disagreements(db) if concerned is not None else {}
    number = db.execute(select(func.max(t.disagreement.c.number))).scalar() or 0
    rows, sides = [], []
    stand: set[int] = set()
    for each in account.disagreements:
        bases = list(dict.fromkeys(number_of(names.claims[c]) for c in each.claims))
        if (concerned is not None and not concerned & set(bases)) or (each.kind != "denial" and len(bases) < 2):
            continue
        stand |= set(bases)
        known = {"kind": each.kind, "resolved": each.resolved, "explanation": each.explanation}
        if (same := held.get((each.kind, frozenset(bases)))) is not None:
            if each.resolved != "none":
                db.execute(update(t.disagreement).where(t.disagreement.c.number == same).values(known))
            continue
        number += 1
        rows.append({**known, "number": number, "standing": True, "machine": True})
        sides += [{"disagreement": number, "place": n, "base": b, "claim": b} for n, b in enumerate(bases)]
    insert_rows(db, t.disagreement, rows)
    insert_rows(db, t.disputed, sides)
    return stand


def _held_disagreements(db: Connection) -> dict[tuple[str, frozenset[int]], int]:
    """(kind, machine claims) → number, of those that the machine found."""
    claims: dict[tuple[int, str], set[int]] = defaultdict(set)
    d = t.disagreement.c
    for row in db.execute(select(t.disputed, d.kind).join(t.disagreement, d.number == t.disputed.c.disagreement).where(d.machine)):
        claims[row.disagreement, row.kind].add(row.base)
    return {(kind, frozenset(bases)): number for (number, kind), bases in claims.items()}


def _framing(framing: Framing, names: Names) -> Framing:
    def claims(ids: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(names.claims[c] for c in ids)

    labels = tuple(replace(label, actor=names.actors[label.actor]) for label in framing.labels if label.actor in names.actors)
    events = tuple(replace(e, claim=names.claims[e.claim]) for e in framing.events)
    return replace(framing, omits=claims(framing.omits), only=claims(framing.only), labels=labels, events=events)


def _log(db: Connection, numbered: Numbered, at: str) -> None:
    rows = [
        {"claim": new, "at": at, "kind": "split", "other": old, "judgement": None, "note": "a rebuild parted it from another claim"}
        for new, old in numbered.split.items()
    ]
    for old, holder in numbered.gone.items():
        kind, note = ("merged", "a rebuild put it to another claim") if holder is not None else ("gone", "a rebuild no longer finds it")
        rows.append({"claim": old, "at": at, "kind": kind, "other": holder, "judgement": None, "note": note})
        if holder is not None:
            db.execute(update(t.claim).where(t.claim.c.number == old).values(status="merged", successor=holder))
    insert_rows(db, t.history, rows)
