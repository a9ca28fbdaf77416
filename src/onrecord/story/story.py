"""Readings → Account: the order of the steps. Pure: the same readings in any order give the same account."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import combinations

from msgspec.structs import replace

from onrecord.records import (
    Account,
    Claim,
    Copy,
    Day,
    Disagreement,
    Mention,
    Reading,
    Stance,
    Story,
    StoryReport,
)  # fmt: skip
from onrecord.story.actors import StoryCast, as_records, unite
from onrecord.story.claims import COPIED, Grouped, group
from onrecord.story.copies import Edge, find_copies, order_key
from onrecord.story.credibility import credibility
from onrecord.story.disagreements import Found, find_disagreements
from onrecord.story.events import Deeds, network_of, weather
from onrecord.story.framing import frame
from onrecord.story.judge import Judge
from onrecord.story.meaning import Meaning
from onrecord.story.mentions import Draft, collect
from onrecord.story.origins import independent, marked, origins_of
from onrecord.story.piles import part
from onrecord.story.stances import settle

UNRELATED = 0.09  # reports less alike have nothing to do with one another, see ``piles``


def tell(readings: Sequence[Reading], meaning: Meaning | None = None, judge: Judge | None = None) -> Account:
    """One account of the readings of one story."""
    readings = sorted(readings, key=order_key)
    edges = find_copies(readings)
    copies: dict[str, list[Edge]] = defaultdict(list)
    for edge in edges:
        copies[edge.report].append(edge)
    cast = unite(readings, edges)
    apart = {r.report.id: number for number, pile in enumerate(part(readings, UNRELATED)) for r in pile}
    grouped = group(collect(readings, cast), meaning or Meaning(), judge or Judge(), apart)
    stances = settle(grouped)
    found = find_disagreements(grouped, stances, readings)
    claims, names = _claims(grouped, stances, found, cast, readings)
    used = {a for c in claims for m in c.mentions for a in (m.source, *m.via) if a} | {o.actor for c in claims for o in c.origins}
    used |= {a for c in claims if c.event for a in (c.event.actor, c.event.recipient) if a}
    days = sorted(d for r in readings if (d := r.report.published))
    return Account(
        story=Story(title=_title(readings), start=days[0] if days else None, end=days[-1] if days else None),
        reports=tuple(_report(r, copies[r.report.id]) for r in readings),
        actors=tuple(as_records(cast, used | set(cast.outlets.values()))),
        claims=tuple(claims),
        disagreements=tuple(_disagreements(found, names)),
        timeline=tuple(_timeline(claims)),
        network=network_of(claims),
        framing=tuple(frame(readings, claims, cast)),
    )


def _claims(
    grouped: Grouped, stances: list[Stance], found: list[Found], cast: StoryCast, readings: Sequence[Reading]
) -> tuple[list[Claim], dict[int, str]]:
    """The claims, most corroborated first, and their ids by group number."""
    order = {r.report.id: n for n, r in enumerate(readings)}
    deeds = Deeds(readings, cast)
    withdrawn = {g for f in found if f.resolved == "correction" for g in f.groups[:1]}
    made: list[tuple[int, Claim]] = []
    for number, members in enumerate(grouped.groups):
        members = sorted(members, key=lambda m: (order[grouped.drafts[m].report], grouped.drafts[m].span))
        drafts = [grouped.drafts[m] for m in members]
        claim = _claim(drafts, [stances[m] for m in members], number in withdrawn, cast, _sure(grouped, members))
        event = deeds.of_claim(drafts)
        made.append((number, replace(claim, event=event, origins=marked(claim.origins, event, cast))))
    made.sort(key=lambda pair: _rank(pair[1], order))
    names = {number: f"c{place}" for place, (number, _) in enumerate(made, 1)}
    return [replace(claim, id=names[number]) for number, claim in made], names


def _rank(claim: Claim, order: dict[str, int]) -> tuple[int, int, int, int, tuple[int, int]]:
    outlets = len({m.report for m in claim.mentions})
    first = claim.mentions[0]
    return -claim.independent_origins, -outlets, -len(claim.mentions), order[first.report], first.span


def _claim(drafts: list[Draft], stances: list[Stance], withdrawn: bool, cast: StoryCast, sure: float) -> Claim:
    origins = origins_of(drafts, stances, cast)
    count = independent(origins)
    level, reason = credibility(count, sum(s == "denies" for s in stances), withdrawn)
    days = sorted(d.date for d in drafts if d.date)
    return Claim(
        id="",
        statement=_statement(drafts, stances),
        mentions=tuple(
            Mention(report=d.report, span=d.span, attribution=d.attribution, source=d.source, via=d.via, stance=s)
            for d, s in zip(drafts, stances, strict=True)
        ),
        origins=tuple(origins),
        independent_origins=count,
        credibility=level,
        credibility_reason=reason,
        first_seen=days[0] if days else None,
        last_seen=days[-1] if days else None,
        confidence=sure,
    )


def _statement(drafts: list[Draft], stances: list[Stance]) -> str:
    """The clearest wording: affirmative, of middling length, telling a number or a name; never made up."""

    def unclear(pair: tuple[Draft, Stance]) -> tuple[bool, int, Draft]:
        draft, stance = pair
        words = len(draft.text.split())
        vague = re.match(r"(?:it|he|she|they|that|this|there)\b", draft.text, re.I) is not None
        return stance == "denies", abs(words - 14) + 6 * vague, draft

    best = min(zip(drafts, stances, strict=True), key=lambda pair: (*unclear(pair)[:2], pair[0].report, pair[0].span))[0]
    return best.text


def _sure(grouped: Grouped, members: list[int]) -> float:
    """The mean probability over all pairs of mentions; many copies of one wording are counted, not compared."""
    counts = Counter(grouped.wording[m] for m in members)
    example = {grouped.wording[m]: m for m in members}
    pairs = len(members) * (len(members) - 1) // 2
    total = sum(n * (n - 1) / 2 * COPIED for n in counts.values())
    total += sum(counts[i] * counts[j] * grouped.probability(example[i], example[j]) for i, j in combinations(sorted(counts), 2))
    return round(total / pairs, 3) if pairs else 1.0


def _disagreements(found: list[Found], names: dict[int, str]) -> list[Disagreement]:
    return [
        Disagreement(id=f"d{n}", kind=f.kind, claims=tuple(names[g] for g in f.groups), resolved=f.resolved, explanation=f.explanation)
        for n, f in enumerate(found, 1)
    ]


def _report(reading: Reading, edges: list[Edge]) -> StoryReport:
    report = reading.report
    return StoryReport(
        id=report.id,
        outlet=report.outlet,
        published=report.published,
        title=report.title,
        url=report.url,
        sha256=report.sha256,
        copies=tuple(Copy(of=e.of, kind=e.kind, share=e.share) for e in edges),
        defects=reading.defects,
    )


def _timeline(claims: Sequence[Claim]) -> list[Day]:
    days: dict[str, list[str]] = {}
    for claim in claims:
        if claim.first_seen:
            days.setdefault(claim.first_seen[:10], []).append(claim.id)
    by_id = {claim.id: claim for claim in claims}
    found = []
    for day, ids in sorted(days.items()):
        goldstein, events = weather(by_id, ids)
        found.append(Day(date=day, claims=tuple(ids), goldstein=goldstein, events=events))
    return found


def _title(readings: Sequence[Reading]) -> str | None:
    """The title of the first report that has one."""
    return next((r.report.title for r in readings if r.report.title), None)
