"""From the machine's claims and people's judgements to the claims that are shown: the one place that writes them.

A rebuild settles all claims; a judgement only those that it can concern, which are the machine claims it touches, those that other
judgements tie to these, and so on. Both come by the same steps to the same rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from msgspec import json
from msgspec.structs import replace
from sqlalchemy import Connection, select

from onrecord.ledger import tables as t
from onrecord.ledger.disputes import settle_disputes
from onrecord.ledger.packing import unpack
from onrecord.ledger.rows import (
    NO_CLAIM,
    actor_named,
    batches,
    claim_id,
    delete_where,
    event_row,
    insert_rows,
    number_of,
)
from onrecord.records import Claim, ClaimEvent, Judgement, Mention, Report, Span, StoryActor, Whereabouts
from onrecord.story.counting import claim_of
from onrecord.story.judged import Judged, judge_all
from onrecord.story.origins import Known

SEARCHED = 40  # wordings of a claim that can be searched


@dataclass(slots=True)
class Item:
    """A mention as the machine made it. report: its number; base: the machine's claim, ``c12``; actors are ``s12``."""

    number: int
    base: str
    report: int
    id: str
    published: str | None
    outlet: str
    span: Span
    words: str
    attribution: str | None
    source: str | None
    via: tuple[str, ...]
    stance: Any
    confidence: float

    @property
    def place(self) -> Whereabouts:
        """Where it stands, as judgements name it."""
        return Whereabouts(report=self.id, span=self.span)


@dataclass(slots=True)
class Base:
    """What the machine said of a claim of its own."""

    event: ClaimEvent | None
    withdrawn: bool


class Settler:
    """Writes the claims of some machine claims, ``bases``, after the judgements."""

    def __init__(self, db: Connection, items: Sequence[Item], bases: Mapping[str, Base], judgements: Sequence[Judgement], at: str) -> None:
        self._db, self._at = db, at
        self._items = {item.number: item for item in items}
        self._bases = bases
        claims: dict[str, list[int]] = {id: [] for id in bases}
        for item in items:
            claims[item.base].append(item.number)
        self.judged: Judged[int] = judge_all(claims, {n: item.place for n, item in self._items.items()}, judgements)
        self._sources = self._corrected_sources()
        self._known = self._known_actors()

    def write(self, held: Mapping[int, str | None]) -> None:
        """Writes all rows. ``held``: the claims in which these mentions stood before → the machine claim that most of each came from."""
        numbers = {number_of(id) for id in (*self._bases, *self.judged.claims)} | set(held)
        before = self._before(numbers)
        delete_where(self._db, t.mention, t.mention.c.base, map(number_of, self._bases))
        delete_where(self._db, t.origin, t.origin.c.claim, numbers)
        delete_where(self._db, t.claim_words, t.claim_words.c.rowid, numbers)
        made = {id: self._claim(id, numbers_) for id, numbers_ in self.judged.claims.items() if numbers_}
        self._write_claims(made, before, numbers, held)
        self._write_mentions(made)
        self._write_origins(made)
        self._write_touched()
        told = {number_of(id): claim for id, claim in made.items() if id not in self.judged.rejected}
        holders = {number_of(id): number_of(self._now(id)) for id in self._bases}
        made_of = {id: number_of(self._items[numbers_[0]].base) for id, numbers_ in self.judged.claims.items() if numbers_}
        merged = {number_of(into): made_of[into] for into in self.judged.merged.values() if into in made_of}
        settle_disputes(self._db, holders, told, merged)

    def _now(self, id: str) -> str:
        while id in self.judged.merged:
            id = self.judged.merged[id]
        return id

    # -- what is known --

    def _corrected_sources(self) -> dict[int, str | None]:
        known = {value: actor_named(self._db, value) for value in dict.fromkeys(j.value for j in self.judged.sources.values()) if value}
        return {n: known.get(j.value or "") for n, j in self.judged.sources.items()}

    def _known_actors(self) -> Known:
        wanted = {i.source for i in self._items.values() if i.source} | {s for s in self._sources.values() if s}
        wanted |= {side for b in self._bases.values() if b.event for side in (b.event.actor, b.event.recipient) if side}
        reports = {i.report: i.id for i in self._items.values()}
        outlet_of: dict[str, str] = {}
        for batch in batches(reports):
            rows = self._db.execute(select(t.report.c.number, t.report.c.outlet_actor).where(t.report.c.number.in_(batch)))
            outlet_of |= {reports[row.number]: f"s{row.outlet_actor}" for row in rows if row.outlet_actor is not None}
        actors: dict[str, StoryActor] = {}
        for numbers in batches(map(number_of, sorted(wanted | set(outlet_of.values())))):
            for row in self._db.execute(select(t.actor.c.number, t.actor.c.body).where(t.actor.c.number.in_(numbers))):
                actors[f"s{row.number}"] = unpack(row.body, StoryActor)
        return Known(actors, outlet_of)

    def _before(self, numbers: set[int]) -> dict[int, Any]:
        found: dict[int, Any] = {}
        for batch in batches(sorted(numbers)):
            found |= {row.number: row for row in self._db.execute(select(t.claim).where(t.claim.c.number.in_(batch)))}
        return found

    # -- claims --

    def _ordered(self, numbers: Sequence[int]) -> list[Item]:
        items = [self._items[n] for n in numbers]
        return sorted(items, key=lambda i: (i.published is None, i.published or "", i.id, self._span(i), i.number))

    def _span(self, item: Item) -> Span:
        judgement = self.judged.spans.get(item.number)
        if judgement is None or not judgement.value:
            return item.span
        start, _, end = judgement.value.partition(":")
        return int(start), int(end)

    def _words(self, item: Item) -> str:
        span = self._span(item)
        if span == item.span:
            return item.words
        body = self._db.execute(select(t.report.c.body).where(t.report.c.number == item.report)).scalar_one()
        return unpack(body, Report).text[slice(*span)]

    def _claim(self, id: str, numbers: Sequence[int]) -> Claim:
        items = self._ordered(numbers)
        base = self._base_of(items)
        mentions = [
            Mention(
                report=i.id,
                span=self._span(i),
                attribution=i.attribution,
                source=self._sources.get(i.number, i.source),
                via=i.via,
                stance=i.stance,
                confidence=i.confidence,
            )
            for i in items
        ]
        words, dates = [self._words(i) for i in items], [i.published for i in items]
        claim = claim_of(id, mentions, words, dates, self._known, event=base.event, withdrawn=base.withdrawn)
        if (signed := self.judged.signed.get(id)) and signed.value:
            reason = f"set by {signed.by} on {signed.at[:10]}" + (f": {signed.reason}" if signed.reason else "")
            claim = replace(claim, credibility=int(signed.value), credibility_reason=reason, signed_by=signed.by)
        return claim

    def _base_of(self, items: Sequence[Item]) -> Base:
        counts: dict[str, int] = defaultdict(int)
        for item in items:
            counts[item.base] += 1
        return self._bases[max(counts, key=lambda b: (counts[b], -number_of(b)))]

    def _write_claims(
        self, made: Mapping[str, Claim], before: Mapping[int, Any], numbers: set[int], held: Mapping[int, str | None]
    ) -> None:
        delete_where(self._db, t.claim, t.claim.c.number, numbers)
        rows, log, words = [], [], []
        for id, claim in made.items():
            number = number_of(id)
            old = before.get(number)
            row = self._claim_row(claim, self.judged.claims[id])
            row["created"] = old.created if old else self._at
            rows.append(row)
            words.append({"rowid": number, "body": self._searched(claim)})
            if old and old.status == "standing" and (old.independent, old.mentions) != (row["independent"], row["mentions"]):
                told = f"{old.independent} → {row['independent']} independent origins, {old.mentions} → {row['mentions']} mentions"
                log.append({"claim": number, "at": self._at, "kind": "counted", "other": None, "judgement": None, "note": told})
        for number in numbers - {number_of(id) for id in made}:
            rows.append(self._left(number, before.get(number), held.get(number)))
        insert_rows(self._db, t.claim, rows)
        insert_rows(self._db, t.claim_words, words)
        insert_rows(self._db, t.history, log)

    def _left(self, number: int, old: Any, base: str | None) -> dict[str, Any]:
        """The row of a claim that stands no more, with the one that its permanent link leads to."""
        into = self.judged.merged.get(claim_id(number)) or (base and self._now(base))
        known = dict(old._mapping) if old else {**NO_CLAIM, "created": self._at, "statement": ""}
        if into:
            known |= {"status": "merged", "successor": number_of(into)}
        elif known.get("status") != "merged":
            known |= {"status": "gone", "successor": None}
        return {**known, "number": number, "open": 0}

    def _searched(self, claim: Claim) -> str:
        items = {(i.id, self._span(i)): i.words for i in (self._items[n] for n in self.judged.claims[claim.id])}
        wordings = dict.fromkeys([claim.statement, *(items[m.report, m.span] for m in claim.mentions)])
        return "\n".join(list(wordings)[:SEARCHED]).replace("\0", " ")

    def _claim_row(self, claim: Claim, numbers: Sequence[int]) -> dict[str, Any]:
        event = claim.event
        outlets = {self._items[n].outlet for n in numbers}
        signed = self.judged.signed.get(claim.id)
        row = {
            "number": number_of(claim.id),
            "status": "rejected" if claim.id in self.judged.rejected else "standing",
            "successor": None,
            "statement": claim.statement,
            "independent": claim.independent_origins,
            "reports": len({m.report for m in claim.mentions}),
            "outlets": len(outlets),
            "mentions": len(claim.mentions),
            "denials": sum(m.stance == "denies" for m in claim.mentions),
            "credibility": claim.credibility,
            "credibility_reason": claim.credibility_reason,
            "signed_by": signed.by if signed else None,
            "confidence": claim.confidence,
            "open": 0,
            "first_seen": claim.first_seen,
            "last_seen": claim.last_seen,
        }
        return {**NO_CLAIM, **row, **(event_row(event) if event else {})}

    # -- mentions, origins, disagreements --

    def _write_mentions(self, made: Mapping[str, Claim]) -> None:
        reviewed = self._reviewed()
        rows = []
        for id in made:
            outlets = len({self._items[n].outlet for n in self.judged.claims[id]})
            rejected = id in self.judged.rejected
            rows += [
                self._mention_row(self._items[n], id, n in reviewed, rejected, outlets, len(made[id].mentions))
                for n in self.judged.claims[id]
            ]
        insert_rows(self._db, t.mention, rows)

    def _mention_row(self, item: Item, id: str, reviewed: bool, rejected: bool, outlets: int, mentions: int) -> dict[str, Any]:
        start, end = self._span(item)
        source = self._sources.get(item.number, item.source)
        asked = mentions > 1 and not (reviewed or rejected)
        return {
            "number": item.number, "base": number_of(item.base), "claim": number_of(id), "report": item.report,
            "start": start, "end": end, "read_start": item.span[0], "read_end": item.span[1], "words": self._words(item),
            "attribution": item.attribution, "source": number_of(source) if source else None,
            "read_source": number_of(item.source) if item.source else None,
            "via": json.encode([number_of(v) for v in item.via]).decode(), "stance": item.stance, "confidence": item.confidence,
            "reviewed": reviewed, "doubt": round((1 - item.confidence) * outlets, 4) if asked else 0.0,
        }  # fmt: skip

    def _reviewed(self) -> set[int]:
        """The mentions of which a person has said where they belong."""
        judged = {(p.report, p.span) for j in self.judged.applied if j.kind in ("same", "different") for p in j.places}
        return {n for n, i in self._items.items() if (i.id, i.span) in judged}

    def _write_origins(self, made: Mapping[str, Claim]) -> None:
        numbers = {i.id: i.report for i in self._items.values()}
        rows = [
            {
                "claim": number_of(id),
                "place": place,
                "actor": number_of(o.actor),
                "first_report": numbers[o.first_report],
                "organization": o.organization,
                "party": o.party,
            }
            for id, claim in made.items()
            for place, o in enumerate(claim.origins)
        ]
        insert_rows(self._db, t.origin, rows)

    def _write_touched(self) -> None:
        rows = [{"judgement": j, "base": number_of(b)} for j, bases in self.judged.touched.items() for b in bases]
        delete_where(self._db, t.touched, t.touched.c.judgement, self.judged.touched)
        insert_rows(self._db, t.touched, rows)
