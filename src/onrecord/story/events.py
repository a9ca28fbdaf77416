"""What claims say happened: the event of each claim, who acts towards whom, and how warm or cold a day was.

An event stands in many reports; it is counted once, with its claim. Only what is put as having happened, or as going on, is drawn and
counted: no plan, threat of a deed, denial or memory of long ago.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from statistics import mean

from onrecord.records import Claim, ClaimEvent, Edge, Event, Network, Reading
from onrecord.story.actors import StoryCast
from onrecord.story.mentions import Draft, main_event

ACTUAL = ("past", "ongoing")
STATEMENT = "STATEMENT"  # to say something is no deed towards anybody


def is_actual(event: Event | ClaimEvent) -> bool:
    """Is it put as something that happened or goes on, by the report or by the source it quotes?"""
    views = event.views if isinstance(event, Event) else ()
    certain = event.certainty in ("certain", "probable") or any(
        v.certainty in ("certain", "probable") and v.polarity == "affirmed" for v in views
    )
    return event.polarity == "affirmed" and event.tense in ACTUAL and certain


class Deeds:
    """The coded events of all readings, by report."""

    def __init__(self, readings: Sequence[Reading], cast: StoryCast) -> None:
        self._readings = {r.report.id: r for r in readings}
        self._cast = cast

    def of_claim(self, drafts: Sequence[Draft]) -> ClaimEvent | None:
        """The event that most mentions of a claim report: of the type named most often, the most confident wording."""
        found = [(draft.report, event) for draft in drafts if (event := main_event(self._readings[draft.report], draft.span))]
        if not found:
            return None
        counts = Counter(event.type for _, event in found)
        report, event = min(found, key=lambda each: (-counts[each[1].type], -each[1].confidence, each[0], each[1].trigger))
        return self._claimed(report, event)

    def _claimed(self, report: str, event: Event) -> ClaimEvent:
        reading = self._readings[report]
        actor, recipient = (self._cast.of.get((report, a)) if a else None for a in (event.actor, event.recipient))
        return ClaimEvent(
            type=event.type,
            mode=event.mode,
            actor=actor,
            recipient=recipient,
            quantity=next((q for q in reading.quantities if q.id == event.quantity), None),
            time=next((t for t in reading.times if t.id == event.time), None),
            place=next((p for p in reading.places if p.id == event.place), None),
            polarity=event.polarity,
            certainty=event.certainty,
            tense=event.tense,
            cameo_root=event.cameo_root,
            goldstein=event.goldstein,
            quad=event.quad,
            actual=is_actual(event),
        )


def network_of(claims: Sequence[Claim]) -> Network:
    """Who acts towards whom, an edge for each quad class; its weight is the number of claims, however many reports carry them."""
    edges: dict[tuple[str, str, int], list[str]] = defaultdict(list)
    for claim in claims:
        event = claim.event
        if (
            event
            and event.actual
            and event.type != STATEMENT
            and event.actor
            and event.recipient
            and event.quad
            and event.actor != event.recipient
        ):
            edges[event.actor, event.recipient, event.quad].append(claim.id)
    made = [Edge(source=a, target=b, quad=quad, weight=len(ids), claims=tuple(ids)) for (a, b, quad), ids in sorted(edges.items())]
    return Network(nodes=tuple(sorted({node for a, b, _ in edges for node in (a, b)})), edges=tuple(made))


def weather(claims: Mapping[str, Claim], ids: Sequence[str]) -> tuple[float | None, int]:
    """The mean Goldstein value of a day's claims, and how many of them report something that happened."""
    values = [e.goldstein for i in ids if (e := claims[i].event) and e.actual and e.type != STATEMENT and e.goldstein is not None]
    return (round(mean(values), 2) if values else None), len(values)
