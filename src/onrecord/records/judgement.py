"""What a person decided about claims: the noun of ``onrecord/judgement/1``. Signed, dated, append-only."""

from __future__ import annotations

from typing import Literal

from onrecord.records.account import Whereabouts
from onrecord.records.vocabulary import Record

JudgementKind = Literal["same", "different", "not_a_claim", "source", "span", "credibility", "undo"]


class Judgement(Record, frozen=True, kw_only=True):
    """One decision. A claim is meant by where its mentions stand (``places``), so that the decision outlives every rebuild.

    same: the claim at ``places`` is the claim at ``others``. different: the mentions at ``places`` are not of the claim at ``others``, but
    of the claim ``made``. not_a_claim: what stands at ``places`` is none. source, span, credibility: ``value`` is the name of the source
    ("" for no stated source), "start:end", or 1 to 6. undo: takes back the judgement ``undoes``.

    ``claim``, ``other``: the ids the claims had when it was made. ``at``: ISO date-time, UTC.
    """

    format: Literal["onrecord/judgement/1"] = "onrecord/judgement/1"
    id: int
    kind: JudgementKind
    claim: str | None = None
    other: str | None = None
    places: tuple[Whereabouts, ...] = ()
    others: tuple[Whereabouts, ...] = ()
    value: str | None = None
    made: str | None = None
    undoes: int | None = None
    reason: str = ""
    by: str
    at: str
