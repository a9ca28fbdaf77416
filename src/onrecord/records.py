"""The nouns of the program. These frozen structs are the two public formats, field for field.

A ``Span`` is (start, end) in Unicode code points into the text of one report, end-exclusive: ``text[start:end]`` is
exactly the words meant. ``None`` means unknown, never a default that looks like a fact.
"""

from __future__ import annotations

import hashlib
from typing import Any, Literal

import msgspec

Span = tuple[int, int]
Quote = Literal["direct", "indirect", "mixed"]
SourceType = Literal["named_person", "named_organization", "government", "group", "document", "unnamed", "none"]
Stance = Literal[
    "asserts",
    "confirms",
    "denies",
    "doubts",
    "asks",
    "demands",
    "promises",
    "threatens",
    "condemns",
    "declines",
    "speculates",
]
ActorType = Literal[
    "person",
    "organization",
    "government",
    "armed_force",
    "group",
    "place",
    "population",
    "unnamed",
    "document",
]
Modifier = Literal["at_most", "at_least", "about", "exact", "range", "vague"]
Precision = Literal["minute", "day", "week", "month", "year", "unresolved"]
Polarity = Literal["affirmed", "negated"]
Certainty = Literal["certain", "probable", "possible", "unknown"]
Tense = Literal["past", "ongoing", "future", "hypothetical", "historical"]
CopyKind = Literal["verbatim", "rewrite", "cites"]
DisagreementKind = Literal["quantity", "denial", "time", "place", "actor", "cause"]
Resolved = Literal["update", "correction", "none"]


class Record(msgspec.Struct, frozen=True):
    """The base of all nouns: immutable."""


class Defect(Record, frozen=True, kw_only=True):
    """Something wrong with a report, said so that a person can mend it."""

    code: str
    message: str


class Report(Record, frozen=True, kw_only=True):
    """One report as it came in. ``sha256`` is of the text; ``extra`` holds the input's unknown keys."""

    id: str
    text: str
    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    author: str | None = None
    published: str | None = None
    language: str | None = None
    sha256: str = ""
    extra: dict[str, Any] = {}
    defects: tuple[Defect, ...] = ()


class Attribution(Record, frozen=True, kw_only=True):
    """A source presented as standing behind a content. Each part is a list of spans; source and cue may be empty."""

    id: str
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    quote: Quote
    source_type: SourceType
    actor: str | None
    stance: Stance
    lean: Literal["endorsing", "neutral", "doubting"] = "neutral"
    parent: str | None = None
    confidence: float


class Actor(Record, frozen=True, kw_only=True):
    """Whoever acts or speaks, with every place where the report means them."""

    id: str
    name: str
    type: ActorType
    role: str | None = None
    affiliation: str | None = None
    code: str | None = None
    mentions: tuple[Span, ...] = ()


class Quantity(Record, frozen=True, kw_only=True):
    """A number as an interval [low, high]; ``high`` None is no upper bound. ``of_text``: the thing counted."""

    id: str
    span: Span
    low: float
    high: float | None
    best: float | None
    modifier: Modifier
    unit: str | None = None
    of: Span | None = None
    of_text: str | None = None


class Time(Record, frozen=True, kw_only=True):
    """A time expression with its first and last day (ISO dates), or unresolved."""

    id: str
    span: Span
    start: str | None
    end: str | None
    precision: Precision
    anchor: Literal["published", "text"] | None


class Place(Record, frozen=True, kw_only=True):
    """A toponym. Coordinates in degrees, WGS 84; those and ``precision`` None where no place of that name is known."""

    id: str
    span: Span
    name: str
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    precision: Literal["point", "region", "country"] | None = None
    gazetteer_id: str | None = None
    confidence: float = 1.0


class View(Record, frozen=True, kw_only=True):
    """How one source stands to an event: "X denied that Y happened" is negated and certain from X's side."""

    attribution: str
    stance: Stance
    polarity: Polarity
    certainty: Certainty


class Event(Record, frozen=True, kw_only=True):
    """Who did what to whom, in PLOVER's and CAMEO's terms; ``type`` None: a deed that PLOVER does not know.

    polarity, certainty, tense: as the report puts it; ``views``: as each source does whose content the event stands in, outermost
    first. goldstein: -10 (conflict) to 10 (cooperation). quad: 1 verbal and 2 material cooperation, 3 verbal and 4 material conflict.
    """

    id: str
    span: Span
    trigger: Span
    type: str | None
    mode: str | None = None
    context: tuple[str, ...] = ()
    actor: str | None = None
    recipient: str | None = None
    attribution: str | None = None
    polarity: Polarity
    certainty: Certainty
    tense: Tense
    quantity: str | None = None
    time: str | None = None
    place: str | None = None
    cameo_root: str | None = None
    goldstein: float | None = None
    quad: int | None = None
    confidence: float
    views: tuple[View, ...] = ()


class Reader(Record, frozen=True, kw_only=True):
    """Which program and which weights made a reading."""

    version: str
    model: str


class Reading(Record, frozen=True, kw_only=True):
    """What one report says. ``sentences`` are the spans its claims are taken from."""

    format: Literal["onrecord/reading/1"] = "onrecord/reading/1"
    reader: Reader
    report: Report
    attributions: tuple[Attribution, ...] = ()
    actors: tuple[Actor, ...] = ()
    events: tuple[Event, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    times: tuple[Time, ...] = ()
    places: tuple[Place, ...] = ()
    sentences: tuple[Span, ...] = ()
    defects: tuple[Defect, ...] = ()


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
    sha256: str
    copies: tuple[Copy, ...] = ()
    defects: tuple[Defect, ...] = ()


class Whereabouts(Record, frozen=True, kw_only=True):
    """Where an actor is mentioned: a span of a report."""

    report: str
    span: Span


class StoryActor(Record, frozen=True, kw_only=True):
    """One actor over all reports, under all names used."""

    id: str
    name: str
    type: ActorType
    role: str | None = None
    affiliation: str | None = None
    code: str | None = None
    aliases: tuple[str, ...] = ()
    mentions: tuple[Whereabouts, ...] = ()


class Mention(Record, frozen=True, kw_only=True):
    """One place where a claim is made. ``via``: go-betweens, nearest to the reader first."""

    report: str
    span: Span
    attribution: str | None
    source: str | None
    via: tuple[str, ...] = ()
    stance: Stance


class Origin(Record, frozen=True, kw_only=True):
    """Where a claim's chain ends: the first-hand source, and the organization or government it belongs to."""

    actor: str
    first_report: str
    organization: str | None
    party: bool


class Claim(Record, frozen=True, kw_only=True):
    """One checkable assertion, with all its mentions."""

    id: str
    statement: str
    event: dict[str, Any] | None = None
    mentions: tuple[Mention, ...]
    origins: tuple[Origin, ...]
    independent_origins: int
    credibility: int
    credibility_reason: str
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
    """One day of the timeline: the claims first seen on it."""

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


class Framing(Record, frozen=True, kw_only=True):
    """One outlet: whom it quotes, how its cues lean, what it omits and what it alone carries."""

    outlet: str
    sources: dict[str, dict[str, int]]
    cues: Cues
    omits: tuple[str, ...]
    only: tuple[str, ...]
    labels: tuple[Label, ...] = ()


class Story(Record, frozen=True, kw_only=True, rename={"start": "from", "end": "to"}):
    """What the account is of, and the days it spans."""

    title: str | None
    start: str | None
    end: str | None


class Network(Record, frozen=True, kw_only=True):
    """Actors and who acts towards whom; empty until events are read."""

    nodes: tuple[str, ...] = ()
    edges: tuple[dict[str, Any], ...] = ()


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


def sha256_of(text: str) -> str:
    """Hexadecimal SHA-256 of a text's UTF-8 bytes."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def reading_row(reading: Reading) -> dict[str, Any]:
    """A reading as the public format has it: without the report's text, its defects told once."""
    row: dict[str, Any] = msgspec.to_builtins(reading)
    for key in ("text", "defects"):
        del row["report"][key]
    return row
