"""What changed between two accounts: the nouns of ``onrecord/change/1``."""

from __future__ import annotations

from typing import Literal

from onrecord.records.account import Disagreement
from onrecord.records.vocabulary import Record


class ChangedClaim(Record, frozen=True, kw_only=True):
    """A claim that only one of the two accounts has."""

    id: str
    statement: str
    independent_origins: int


class NewOrigins(Record, frozen=True, kw_only=True):
    """A claim with origins that are new; how many independent ones it had and has. ``claim``: its id in the later account."""

    claim: str
    statement: str
    origins: tuple[str, ...]
    before: int
    after: int


class MovedStance(Record, frozen=True, kw_only=True):
    """A source who stands otherwise to a claim than before."""

    claim: str
    statement: str
    source: str
    before: tuple[str, ...]
    after: tuple[str, ...]


class Revision(Record, frozen=True, kw_only=True):
    """A report whose text is another now: the statements it dropped and took up."""

    report: str
    outlet: str | None
    dropped: tuple[str, ...]
    added: tuple[str, ...]


class Change(Record, frozen=True, kw_only=True):
    """All that changed from one account to a later one."""

    format: Literal["onrecord/change/1"] = "onrecord/change/1"
    reports_added: tuple[str, ...] = ()
    reports_gone: tuple[str, ...] = ()
    revisions: tuple[Revision, ...] = ()
    new_claims: tuple[ChangedClaim, ...] = ()
    gone_claims: tuple[ChangedClaim, ...] = ()
    new_origins: tuple[NewOrigins, ...] = ()
    moved: tuple[MovedStance, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    retractions: tuple[Disagreement, ...] = ()
