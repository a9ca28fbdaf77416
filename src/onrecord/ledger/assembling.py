"""The ledger's claims as an Account: all of them as they stand after the judgements, or some."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from msgspec import json
from msgspec.structs import replace
from sqlalchemy import Connection, select

from onrecord.ledger import tables as t
from onrecord.ledger.packing import unpack
from onrecord.ledger.rows import actor_id, batches, claim_id, number_of
from onrecord.ledger.state import FRAMING, state_of
from onrecord.records import (
    Account,
    Claim,
    ClaimEvent,
    Copy,
    Defect,
    Disagreement,
    Framing,
    Mention,
    Origin,
    Report,
    Story,
    StoryActor,
    StoryReport,
)
from onrecord.story.events import network_of
from onrecord.story.story import timeline

RANKED = (t.claim.c.independent.desc(), t.claim.c.reports.desc(), t.claim.c.mentions.desc(), t.claim.c.number)


def account_of(db: Connection, claims: Sequence[int] | None = None) -> Account:
    """The account of a ledger; with ``claims``, of those claims alone, whatever was judged of them, in their order, and the reports they
    stand in."""
    reports = _reports(db)
    names = {row.number: row.id for row in reports}
    told = _claims(db, names, claims)
    held = {c.id for c in told}
    carried = {m.report for c in told for m in c.mentions}
    shown = [row for row in reports if claims is None or row.id in carried]
    days = sorted(row.published for row in shown if row.published)
    return Account(
        story=Story(
            title=next((row.title for row in shown if row.title), None), start=days[0] if days else None, end=days[-1] if days else None
        ),
        reports=tuple(_story_reports(db, shown, names)),
        actors=tuple(_actors(db, told)),
        claims=tuple(told),
        disagreements=tuple(disagreements_of(db, held)),
        timeline=tuple(timeline(told)),
        network=network_of(told),
        framing=tuple(framing_of(db, held, {row.outlet or row.id for row in shown})),
    )


def _reports(db: Connection) -> list[Any]:
    columns = (t.report.c.number, t.report.c.id, t.report.c.title, t.report.c.outlet, t.report.c.published, t.report.c.defects)
    rows = db.execute(select(*columns).where(t.report.c.placed)).all()
    return sorted(rows, key=lambda row: (row.published is None, row.published or "", row.id))


def _story_reports(db: Connection, shown: Sequence[Any], names: Mapping[int, str]) -> list[StoryReport]:
    copies: dict[int, list[Copy]] = defaultdict(list)
    kept = {row.number for row in shown}
    for row in db.execute(select(t.copy).order_by(t.copy.c.of)):
        if row.of in kept:
            copies[row.report].append(Copy(of=names[row.of], kind=row.kind, share=row.share))
    found: dict[int, StoryReport] = {}
    for batch in batches(kept):
        for number, body in db.execute(select(t.report.c.number, t.report.c.body).where(t.report.c.number.in_(batch))):
            r = unpack(body, Report)
            found[number] = StoryReport(id=r.id, outlet=r.outlet, published=r.published, title=r.title, url=r.url, sha256=r.sha256)
    return [
        replace(found[row.number], copies=tuple(copies[row.number]), defects=json.decode(row.defects, type=tuple[Defect, ...]))
        for row in shown
    ]


def _claims(db: Connection, names: Mapping[int, str], wanted: Sequence[int] | None) -> list[Claim]:
    if wanted is None:
        rows = list(db.execute(select(t.claim).where(t.claim.c.status == "standing").order_by(*RANKED)).all())
    else:
        found = {row.number: row for batch in batches(wanted) for row in db.execute(select(t.claim).where(t.claim.c.number.in_(batch)))}
        rows = [found[number] for number in wanted if number in found]
    numbers = [row.number for row in rows]
    mentions = mentions_of(db, numbers if wanted is not None else None, names)
    origins = origins_of(db, numbers if wanted is not None else None, names)
    return [claim_from(row, mentions.get(row.number, ()), origins.get(row.number, ())) for row in rows]


def claim_from(row: Any, mentions: Sequence[Mention], origins: Sequence[Origin]) -> Claim:
    """A row as a Claim."""
    return Claim(
        id=claim_id(row.number),
        statement=row.statement,
        event=json.decode(row.event, type=ClaimEvent) if row.event else None,
        mentions=tuple(mentions),
        origins=tuple(origins),
        independent_origins=row.independent,
        credibility=row.credibility,
        credibility_reason=row.credibility_reason,
        signed_by=row.signed_by,
        first_seen=row.first_seen,
        last_seen=row.last_seen,
        confidence=row.confidence,
    )


def mentions_of(db: Connection, claims: Sequence[int] | None, names: Mapping[int, str]) -> dict[int, list[Mention]]:
    """The mentions of claims, or of all, in order of publication; ``names``: of each report its id, in that order."""
    order = {number: place for place, number in enumerate(names)}
    rows: list[Any] = []
    for batch in batches(claims) if claims is not None else [None]:
        rows += db.execute(select(t.mention) if batch is None else select(t.mention).where(t.mention.c.claim.in_(batch))).all()
    rows.sort(key=lambda row: (order[row.report], row.start, row.end, row.number))
    found: dict[int, list[Mention]] = defaultdict(list)
    for row in rows:
        found[row.claim].append(mention_from(row, names[row.report]))
    return found


def mention_from(row: Any, report: str) -> Mention:
    """A row as a Mention."""
    return Mention(
        report=report,
        span=(row.start, row.end),
        attribution=row.attribution,
        source=actor_id(row.source) if row.source is not None else None,
        via=tuple(map(actor_id, json.decode(row.via, type=list[int]))),
        stance=row.stance,
        confidence=row.confidence,
    )


def origins_of(db: Connection, claims: Sequence[int] | None, names: Mapping[int, str]) -> dict[int, list[Origin]]:
    """The origins of claims, or of all."""
    asked = select(t.origin).order_by(t.origin.c.claim, t.origin.c.place)
    found: dict[int, list[Origin]] = defaultdict(list)
    for batch in batches(claims) if claims is not None else [None]:
        for row in db.execute(asked if batch is None else asked.where(t.origin.c.claim.in_(batch))):
            first = names[row.first_report]
            found[row.claim].append(Origin(actor=actor_id(row.actor), first_report=first, organization=row.organization, party=row.party))
    return found


def _actors(db: Connection, told: Iterable[Claim]) -> list[StoryActor]:
    used: set[str] = set()
    for claim in told:
        used |= {a for m in claim.mentions for a in (m.source, *m.via) if a} | {o.actor for o in claim.origins}
        used |= {o.organization for o in claim.origins if o.organization and not o.organization.startswith("state:")}
        used |= {a for a in (claim.event.actor, claim.event.recipient) if a} if claim.event else set()
    used |= {actor_id(n) for n in db.execute(select(t.report.c.outlet_actor).distinct()).scalars() if n is not None}
    return actors_of(db, used)


def actors_of(db: Connection, ids: Iterable[str]) -> list[StoryActor]:
    """Actors by their ids, in order."""
    found: list[StoryActor] = []
    for batch in batches(sorted(map(number_of, ids))):
        rows = db.execute(select(t.actor.c.body).where(t.actor.c.number.in_(batch)).order_by(t.actor.c.number))
        found += [unpack(body, StoryActor) for body in rows.scalars()]
    kept = {a.id for a in found}
    return [replace(a, maybe=tuple(m for m in a.maybe if m in kept)) for a in found]


def disagreements_of(db: Connection, claims: set[str]) -> list[Disagreement]:
    """The disagreements that stand and of which all claims are among these."""
    sides: dict[int, list[str]] = defaultdict(list)
    for row in db.execute(select(t.disputed).order_by(t.disputed.c.disagreement, t.disputed.c.place)):
        if (id := claim_id(row.claim)) not in sides[row.disagreement]:
            sides[row.disagreement].append(id)
    rows = db.execute(select(t.disagreement).where(t.disagreement.c.standing).order_by(t.disagreement.c.number))
    return [
        Disagreement(
            id=f"d{row.number}", kind=row.kind, claims=tuple(sides[row.number]), resolved=row.resolved, explanation=row.explanation
        )
        for row in rows
        if sides[row.number] and claims.issuperset(sides[row.number])
    ]


def framing_of(db: Connection, claims: set[str], outlets: set[str]) -> list[Framing]:
    """The outlets side by side, as of the last rebuild; claims that are others now, or none, are left out or followed."""
    body = state_of(db, FRAMING)
    if body is None:
        return []
    merged = {
        row.number: row.successor for row in db.execute(select(t.claim.c.number, t.claim.c.successor).where(t.claim.c.status == "merged"))
    }

    def now(id: str) -> str:
        number: int | None = number_of(id)
        while number in merged:
            number = merged[number]
        return claim_id(number) if number is not None else id

    def kept(ids: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(c for id in ids if (c := now(id)) in claims))

    return [
        replace(
            f,
            omits=kept(f.omits),
            only=kept(f.only),
            events=tuple(replace(e, claim=now(e.claim)) for e in f.events if now(e.claim) in claims),
        )
        for f in json.decode(body, type=list[Framing])
        if f.outlet in outlets
    ]
