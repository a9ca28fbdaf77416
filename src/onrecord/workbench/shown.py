"""What the pages show of a ledger: claims with every mention in its sentence, reports with their marks, names for numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup
from msgspec import json
from msgspec.structs import replace
from sqlalchemy import Connection, func, select

from onrecord.account.chains import drawing
from onrecord.account.marks import marked
from onrecord.account.page import UNREAD
from onrecord.account.words import coding, counted_with, marks_of, sentence
from onrecord.ledger import tables as t
from onrecord.ledger.assembling import claim_from, mention_from
from onrecord.ledger.packing import unpack
from onrecord.ledger.rows import batches, number_of
from onrecord.ledger.state import READER, state_of
from onrecord.records import Claim, ClaimEvent, Mention, Origin, Reading, Report

DRAWN = 60  # mentions that the drawing of chains is made of
LIKE = 6  # claims shown as perhaps the same


@dataclass(frozen=True, slots=True)
class Spoken:
    """A mention as a page shows it. key: how a form names it; chain: from the reader's side."""

    key: str
    report: int
    outlet: str
    when: str
    sentence: Markup
    words: str
    chain: list[str]
    source: int | None
    stance: str
    confidence: float
    reviewed: bool
    corrected: bool
    claim: int


@dataclass(slots=True)
class Names:
    """Names of actors and reports, loaded together."""

    actors: dict[int, str] = field(default_factory=dict)
    reports: dict[int, Any] = field(default_factory=dict)

    def load(self, db: Connection, actors: Iterable[int | None], reports: Iterable[int] = ()) -> Names:
        """Adds what is not known yet."""
        unknown = {a for a in actors if a is not None} - self.actors.keys()
        if unknown:
            self.actors |= {
                row.number: row.name for row in db.execute(select(t.actor.c.number, t.actor.c.name).where(t.actor.c.number.in_(unknown)))
            }
        if missing := set(reports) - self.reports.keys():
            columns = (t.report.c.number, t.report.c.id, t.report.c.title, t.report.c.outlet, t.report.c.published)
            self.reports |= {row.number: row for row in db.execute(select(*columns).where(t.report.c.number.in_(missing)))}
        return self

    def actor(self, number: int | None) -> str:
        """An actor's name."""
        return self.actors.get(number, "nobody named") if number is not None else "nobody named"

    def named(self, id: str | None) -> str:
        """The name of an actor by its id."""
        return self.actor(number_of(id) if id else None)

    def outlet(self, number: int) -> str:
        """A report's outlet, or its id."""
        row = self.reports[number]
        return str(row.outlet or row.id)


def report_of(db: Connection, number: int) -> Report | None:
    """A report by its number."""
    body = db.execute(select(t.report.c.body).where(t.report.c.number == number)).scalar()
    return unpack(body, Report) if body is not None else None


def readings(db: Connection, numbers: Sequence[int]) -> dict[int, Reading]:
    """The readings from which claims were told, with their reports, by report number."""
    reports: dict[int, Report] = {}
    for batch in batches(numbers):
        for number, body in db.execute(select(t.report.c.number, t.report.c.body).where(t.report.c.number.in_(batch))):
            reports[number] = unpack(body, Report)
    reader = state_of(db, READER) or " "
    version, _, model = reader.partition(" ")
    c = t.reading.c
    kept: dict[tuple[str, str], Reading] = {}
    for texts in batches(sorted({r.sha256 for r in reports.values()})):
        for row in db.execute(select(c.sha256, c.published, c.body).where(c.sha256.in_(texts), c.version == version, c.model == model)):
            kept[row.sha256, row.published] = unpack(row.body, Reading)
    found: dict[int, Reading] = {}
    for number, report in reports.items():
        if reading := kept.get((report.sha256, (report.published or "")[:10])):
            found[number] = replace(reading, report=report)
    return found


def spoken(db: Connection, rows: Sequence[Any], names: Names) -> list[Spoken]:
    """Mentions (rows of ``mention``) in their sentences."""
    vias = {row.number: json.decode(row.via, type=list[int]) for row in rows}
    names.load(db, [*(row.source for row in rows), *(v for via in vias.values() for v in via)], [row.report for row in rows])
    read = readings(db, sorted({row.report for row in rows}))
    return [_spoken(row, names, read.get(row.report), vias[row.number]) for row in rows]


def _spoken(row: Any, names: Names, reading: Reading | None, via: list[int]) -> Spoken:
    outlet = names.outlet(row.report)
    chain = [outlet, *(names.actor(v) for v in via), *([names.actor(row.source)] if row.source is not None else [])]
    return Spoken(
        key=f"{row.report}.{row.read_start}.{row.read_end}",
        report=row.report,
        outlet=outlet,
        when=(names.reports[row.report].published or "undated")[:10],
        sentence=sentence(reading, (row.start, row.end), row.attribution)
        if reading
        else Markup('<mark class="now">{}</mark>').format(row.words),
        words=row.words,
        chain=list(dict.fromkeys(chain)),
        source=row.source,
        stance=row.stance,
        confidence=row.confidence,
        reviewed=row.reviewed,
        corrected=(row.start, row.end) != (row.read_start, row.read_end) or row.source != row.read_source,
        claim=row.claim,
    )


def mention_rows(db: Connection, claim: int, limit: int, offset: int = 0) -> list[Any]:
    """The mentions of a claim, in order of publication."""
    m, r = t.mention.c, t.report.c
    asked = select(t.mention).join(t.report, r.number == m.report).where(m.claim == claim)
    return list(db.execute(asked.order_by(r.published.is_(None), r.published, r.id, m.start, m.number).limit(limit).offset(offset)).all())


def chains(db: Connection, row: Any, origins: Sequence[Any], names: Names) -> Markup:
    """The drawing of a claim's chains."""
    rows = mention_rows(db, row.number, DRAWN)
    names.load(db, [r.source for r in rows] + [v for r in rows for v in json.decode(r.via, type=list[int])], [r.report for r in rows])
    claim = _claim(row, rows, origins)

    return drawing(claim, names.named, lambda report: names.outlet(int(report)))


def _claim(row: Any, mentions: Sequence[Any], origins: Sequence[Any]) -> Claim:
    """A claim whose reports are named by their numbers."""
    told: list[Mention] = [mention_from(m, str(m.report)) for m in mentions]
    ends = [Origin(actor=f"s{o.actor}", first_report=str(o.first_report), organization=o.organization, party=o.party) for o in origins]
    return claim_from(row, told, ends)


def codes(event: str | None, names: Names, db: Connection) -> list[str]:
    """What a claim says happened, in codes; ``event``: a ClaimEvent as JSON."""
    told = json.decode(event, type=ClaimEvent) if event else None
    if told is not None:
        names.load(db, [number_of(side) for side in (told.actor, told.recipient) if side])
    return coding(told, names.named)


def organization(db: Connection, body: str | None, names: Names) -> str:
    """Whom an origin counts for, in words."""
    if body is not None and not body.startswith("state:"):
        names.load(db, [number_of(body)])
    return counted_with(body, names.named)


def alike(db: Connection, row: Any) -> list[Any]:
    """Claims that share most telling words with one: perhaps the same."""
    from onrecord.ledger.search import CLAIMS, matching
    from onrecord.story.words import telling_words

    words = list(dict.fromkeys(w for w in telling_words(row.statement) if len(w) > 3))[:8]
    counts: Counter[int] = Counter()
    for word in words:
        asked = matching(db, CLAIMS, word)
        if asked is not None:
            numbers = list(db.execute(asked.order_by(None).limit(400)).scalars())
            counts.update(dict.fromkeys((n for n in numbers if n != row.number), 1) if len(numbers) < 400 else {})
    best = [n for n, count in counts.most_common(3 * LIKE) if count > 1]
    rows = {r.number: r for r in db.execute(select(t.claim).where(t.claim.c.number.in_(best), t.claim.c.status == "standing"))}
    return [rows[n] for n in best if n in rows][:LIKE]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a report with its marks, and the claims made in it: (number, statement, stance)."""

    text: Markup
    claims: list[tuple[int, str, str]]


def paragraphs(db: Connection, number: int, report: Report, reading: Reading | None) -> list[Paragraph]:
    """A report in full, every mention an anchor that claims link to, its claims in the margin."""
    m, c = t.mention.c, t.claim.c
    asked = select(m.start, m.read_start, m.read_end, m.stance, c.number, c.statement).join(t.claim, c.number == m.claim)
    rows = db.execute(asked.where(m.report == number, c.status == "standing").order_by(m.start, m.end)).all()
    marks = marks_of(reading.attributions) if reading else []
    text = report.text if reading and reading.sentences else report.text[:UNREAD]
    spots = [(row.start, f"m{number}.{row.read_start}.{row.read_end}") for row in rows]
    found: list[Paragraph] = []
    at = 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            inside = [(row.number, row.statement, row.stance) for row in rows if at <= row.start < at + len(line)]
            found.append(Paragraph(marked(text, (at, at + len(line.rstrip())), marks, dict.fromkeys(spots)), list(dict.fromkeys(inside))))
        at += len(line)
    return found


def counts(db: Connection) -> dict[str, int]:
    """The figures of the overview."""
    c, d, r = t.claim.c, t.disagreement.c, t.report.c
    claims = select(func.count(), func.count().filter(c.independent > 1), func.count().filter(c.outlets > 1)).where(c.status == "standing")
    total, corroborated, shared = db.execute(claims).one()
    standing = select(func.count(), func.count().filter(d.resolved == "none")).where(d.standing)
    disputed, still_open = db.execute(standing).one()
    reports, outlets, waiting = db.execute(select(func.count(), func.count(r.outlet.distinct()), func.count().filter(~r.placed))).one()
    copied = select(func.count(t.copy.c.report.distinct())).where(t.copy.c.kind != "cites")
    return {
        "claims": total, "corroborated": corroborated, "shared": shared, "disagreements": disputed, "open": still_open, "reports": reports,
        "outlets": outlets, "waiting": waiting, "copied": db.execute(copied).scalar_one(),
        "judgements": db.execute(select(func.count()).select_from(t.judgement)).scalar_one(),
        "queue": db.execute(select(func.count()).select_from(t.mention).where(t.mention.c.doubt > 0)).scalar_one(),
    }  # fmt: skip
