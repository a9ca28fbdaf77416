"""Reading for the commands: afresh, or out of a ledger what it already holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import click

from onrecord.ledger import Ledger, LedgerError
from onrecord.reading.reader import read
from onrecord.records import Reading, Report


def readings_of(reports: Sequence[Report], ledger: str | None) -> Iterator[Reading]:
    """A reading for each report, in order."""
    if ledger is None:
        yield from read(reports)
        return
    try:
        with Ledger(ledger) as kept:
            yield from kept.readings(reports)
    except LedgerError as error:
        raise click.BadParameter(str(error), param_hint="--ledger") from None


def with_kept(reports: Sequence[Report], ledger: str | None) -> list[Report]:
    """The reports and all others of the ledger, each once."""
    if ledger is None:
        return list(reports)
    try:
        with Ledger(ledger) as kept:
            kept.add(reports)
            return kept.reports()
    except LedgerError as error:
        raise click.BadParameter(str(error), param_hint="--ledger") from None
