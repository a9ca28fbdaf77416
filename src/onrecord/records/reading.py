"""What one report says: the nouns of ``onrecord/reading/1``."""

from __future__ import annotations

import hashlib
from typing import Any, Literal

import msgspec

from onrecord.records.vocabulary import ActorType, Certainty, Modifier, Polarity, Precision, Quote, Record, SourceType, Span, Stance, Tense


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
    """What one report says. ``sentences`` and ``clauses`` are the spans its claims are taken from; a clause may stand inside another."""

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
    clauses: tuple[Span, ...] = ()
    defects: tuple[Defect, ...] = ()


def sha256_of(text: str) -> str:
    """Hexadecimal SHA-256 of a text's UTF-8 bytes."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def reading_row(reading: Reading) -> dict[str, Any]:
    """A reading as the public format has it: without the report's text, its defects told once."""
    row: dict[str, Any] = msgspec.to_builtins(reading)
    for key in ("text", "defects"):
        del row["report"][key]
    return row
