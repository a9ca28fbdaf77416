"""The words that the records choose from, and their base."""

from __future__ import annotations

from typing import Literal

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
