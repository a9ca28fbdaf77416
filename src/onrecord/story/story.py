"""Readings → Account: the order of the steps. Pure: the same readings in any order give the same account."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Mapping, Sequence
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
from onrecord.story.actors import StoryCast, as_record, unite, with_doubles
from onrecord.story.claims import COPIED, Grouped, group
from onrecord.story.copies import Edge, find_copies, order_key
from onrecord.story.counting import claim_of
from onrecord.story.disagreements import Found, find_disagreements
from onrecord.story.events import Deeds, network_of, weather
from onrecord.story.framing import frame
from onrecord.story.judge import Judge
from onrecord.story.meaning import Meaning
from onrecord.story.mentions import Draft, collect
from onrecord.story.organizations import organization
from onrecord.story.origins import Known
from onrecord.story.piles import part
from onrecord.story.stances import settle

UNRELATED = 0.09  # reports less alike have nothing to do with one another, see ``piles``


def tell(
    readings: Sequence[Reading], meaning: Meaning | None = None, judge: Judge | None = None, fresh: Container[str] | None = None
) -> Account:
    """One account of the readings of one story. ``fresh``: the reports for whose sake it is told, when others are but there to find
    what these say again; claims of others alone are then left as they come, unread."""
    readings = sorted(readings, key=order_key)
    edges = find_copies(readings)
    copies: dict[str, list[Edge]] = defaultdict(list)
    for edge in edges:
        copies[edge.report].append(edge)
    cast = unite(readings, edges)
    known = _known(cast)
    apart = {r.report.id: number for number, pile in enumerate(part(readings, UNRELATED)) for r in pile}
    grouped = group(collect(readings, cast), meaning or Meaning(), judge or Judge(), apart, fresh)
    stances = settle(grouped)
    found = find_disagreements(grouped, stances, readings)
    claims, names = _claims(grouped, stances, found, Deeds(readings, cast), known, {r.report.id: n for n, r in enumerate(readings)})
    used = {a for c in claims for m in c.mentions for a in (m.source, *m.via) if a} | {o.actor for c in claims for o in c.origins}
    used |= {a for c in claims if c.event for a in (c.event.actor, c.event.recipient) if a} | known.outlets
    used |= {body for a in used if (body := known.actors[a].organization) and body in known.actors}
    days = sorted(d for r in readings if (d := r.report.published))
    return Account(
        story=Story(title=_title(readings), start=days[0] if days else None, end=days[-1] if days else None),
        reports=tuple(_report(r, copies[r.report.id]) for r in readings),
        actors=tuple(with_doubles([a for a in known.actors.values() if a.id in used])),
        claims=tuple(claims),
        disagreements=tuple(_disagreements(found, names)),
        timeline=tuple(timeline(claims)),
        network=network_of(claims),
        framing=tuple(frame(readings, claims, cast)),
    )


def _known(cast: StoryCast) -> Known:
    return Known({each.id: as_record(each, organization(each.id, cast)) for each in cast.joined.values()}, cast.outlet_of)


def _claims(
    grouped: Grouped, stances: list[Stance], found: list[Found], deeds: Deeds, known: Known, order: dict[str, int]
) -> tuple[list[Claim], dict[int, str]]:
    """The claims, most corroborated first, and their ids by group number."""
    withdrawn = {g for f in found if f.resolved == "correction" for g in f.groups[:1]}
    made: list[tuple[int, Claim]] = []
    for number, members in enumerate(grouped.groups):
        members = sorted(members, key=lambda m: (order[grouped.drafts[m].report], grouped.drafts[m].span))
        drafts = [grouped.drafts[m] for m in members]
        sure = _sure(grouped, members)
        mentions = [_mention(grouped.drafts[m], stances[m], sure[grouped.wording[m]]) for m in members]
        words, dates, event = [d.text for d in drafts], [d.date for d in drafts], deeds.of_claim(drafts)
        made.append((number, claim_of("", mentions, words, dates, known, event=event, withdrawn=number in withdrawn)))
    made.sort(key=lambda pair: rank(pair[1], order))
    names = {number: f"c{place}" for place, (number, _) in enumerate(made, 1)}
    return [replace(claim, id=names[number]) for number, claim in made], names


def rank(claim: Claim, order: Mapping[str, int]) -> tuple[int, int, int, int, tuple[int, int]]:
    """What puts claims in order, most corroborated first; ``order``: of each report its place by publication."""
    reports = len({m.report for m in claim.mentions})
    first = claim.mentions[0]
    return -claim.independent_origins, -reports, -len(claim.mentions), order[first.report], first.span


def _mention(draft: Draft, stance: Stance, sure: float) -> Mention:
    return Mention(
        report=draft.report,
        span=draft.span,
        attribution=draft.attribution,
        source=draft.source,
        via=draft.via,
        stance=stance,
        confidence=sure,
    )


def _sure(grouped: Grouped, members: list[int]) -> dict[int, float]:
    """Of each wording, the mean probability that it says what the others do; many copies of one wording are counted, not compared."""
    counts = Counter(grouped.wording[m] for m in members)
    example = {grouped.wording[m]: m for m in members}
    total = {i: (n - 1) * COPIED for i, n in counts.items()}
    for i, j in combinations(sorted(counts), 2):
        likely = grouped.probability(example[i], example[j])
        total[i] += counts[j] * likely
        total[j] += counts[i] * likely
    return {i: round(each / (len(members) - 1), 3) if len(members) > 1 else 1.0 for i, each in total.items()}


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


def timeline(claims: Sequence[Claim]) -> list[Day]:
    """The days on which claims were first seen."""
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
