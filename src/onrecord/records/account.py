"""What all reports together say: the nouns of ``onrecord/account/1``."""

from __future__ import annotations

from typing import Literal

from onrecord.records.reading import Defect, Place, Quantity, Time
from onrecord.records.vocabulary import ActorType, Certainty, CopyKind, DisagreementKind, Polarity, Record, Resolved, Span, Stance, Tense


class Copy(Record, frozen=True, kw_only=True):
    """This report repeats, rewrites or cites the report ``of``; ``share`` of its words that stand there too."""

    of: str
    kind: CopyKind
    share: float


class StoryReport(Record, frozen=True, kw_only=True):
    """A report as an account lists it."""

    id: str
    outlet: str | None
    published: str | None
    title: str | None
    url: str | None = None
    sha256: str
    copies: tuple[Copy, ...] = ()
    defects: tuple[Defect, ...] = ()


class Whereabouts(Record, frozen=True, kw_only=True):
    """Where an actor is mentioned: a span of a report."""

    report: str
    span: Span


class StoryActor(Record, frozen=True, kw_only=True):
    """One actor over all reports, under all names used. ``maybe``: unnamed actors who may be the same, by their words alone.

    ``organization``: whom its word counts for, an actor or ``state:NAME``; None when it speaks for itself or that is unknown.
    """

    id: str
    name: str
    type: ActorType
    role: str | None = None
    affiliation: str | None = None
    code: str | None = None
    aliases: tuple[str, ...] = ()
    mentions: tuple[Whereabouts, ...] = ()
    maybe: tuple[str, ...] = ()
    organization: str | None = None


class Mention(Record, frozen=True, kw_only=True):
    """One place where a claim is made. ``via``: go-betweens, nearest to the reader first. ``confidence``: how likely it says the same as
    the claim's other mentions, their mean."""

    report: str
    span: Span
    attribution: str | None
    source: str | None
    via: tuple[str, ...] = ()
    stance: Stance
    confidence: float = 1.0


class Origin(Record, frozen=True, kw_only=True):
    """Where a claim's chain ends: the first-hand source, and the organization or government it belongs to."""

    actor: str
    first_report: str
    organization: str | None
    party: bool


class ClaimEvent(Record, frozen=True, kw_only=True):
    """What a claim says happened, see ``Event``; actor and recipient are actors of the story. ``actual``: is it put as having happened?"""

    type: str | None
    mode: str | None
    actor: str | None
    recipient: str | None
    quantity: Quantity | None
    time: Time | None
    place: Place | None
    polarity: Polarity
    certainty: Certainty
    tense: Tense
    cameo_root: str | None
    goldstein: float | None
    quad: int | None
    actual: bool


class Claim(Record, frozen=True, kw_only=True):
    """One checkable assertion, with all its mentions. ``signed_by``: who set its credibility; None when it is proposed by rule."""

    id: str
    statement: str
    event: ClaimEvent | None = None
    mentions: tuple[Mention, ...]
    origins: tuple[Origin, ...]
    independent_origins: int
    credibility: int
    credibility_reason: str
    signed_by: str | None = None
    first_seen: str | None
    last_seen: str | None
    confidence: float


class Disagreement(Record, frozen=True, kw_only=True):
    """Claims that cannot both be so, or one claim that is also denied."""

    id: str
    kind: DisagreementKind
    claims: tuple[str, ...]
    resolved: Resolved
    explanation: str


class Day(Record, frozen=True, kw_only=True):
    """One day of the timeline: the claims first seen on it, the mean Goldstein value and number of their events."""

    date: str
    claims: tuple[str, ...]
    goldstein: float | None = None
    events: int = 0


class Cues(Record, frozen=True, kw_only=True):
    """How many of an outlet's cues endorse, stay neutral, or doubt."""

    endorsing: int = 0
    neutral: int = 0
    doubting: int = 0


class Label(Record, frozen=True, kw_only=True):
    """How an outlet words one actor, and how often."""

    actor: str
    wordings: dict[str, int]


class Wording(Record, frozen=True, kw_only=True):
    """How an outlet words what a claim of several outlets says happened ("shelling", "attack"), and how often."""

    claim: str
    wordings: dict[str, int]


class Lean(Record, frozen=True, kw_only=True):
    """How an outlet's cues lean when it quotes one side: counts, and the shares of endorsing and doubting cues with 95 % intervals.

    ``of``: a state, or a kind of source. Shares and intervals (low, high) are None below ``framing.LEAST`` cues: so few tell nothing.
    """

    of: str
    cues: Cues
    endorsing: tuple[float, float, float] | None = None
    doubting: tuple[float, float, float] | None = None


class Framing(Record, frozen=True, kw_only=True):
    """One outlet: whom it quotes, how its cues lean, what it omits and what it alone carries."""

    outlet: str
    sources: dict[str, dict[str, int]]
    cues: Cues
    omits: tuple[str, ...]
    only: tuple[str, ...]
    labels: tuple[Label, ...] = ()
    leans: tuple[Lean, ...] = ()
    events: tuple[Wording, ...] = ()


class Story(Record, frozen=True, kw_only=True, rename={"start": "from", "end": "to"}):
    """What the account is of, and the days it spans."""

    title: str | None
    start: str | None
    end: str | None


class Edge(Record, frozen=True, kw_only=True, rename={"source": "from", "target": "to"}):
    """One actor acts towards another, by the claims named; ``weight``: how many these are."""

    source: str
    target: str
    quad: int
    weight: int
    claims: tuple[str, ...]


class Network(Record, frozen=True, kw_only=True):
    """Actors and who acts towards whom."""

    nodes: tuple[str, ...] = ()
    edges: tuple[Edge, ...] = ()


class Account(Record, frozen=True, kw_only=True):
    """What all reports together say."""

    format: Literal["onrecord/account/1"] = "onrecord/account/1"
    story: Story
    reports: tuple[StoryReport, ...]
    actors: tuple[StoryActor, ...]
    claims: tuple[Claim, ...]
    disagreements: tuple[Disagreement, ...]
    timeline: tuple[Day, ...]
    network: Network = Network()
    framing: tuple[Framing, ...]
