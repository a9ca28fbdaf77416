"""Reading for the commands: afresh, or out of a ledger what it already holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from onrecord.ledger import Ledger, LedgerError
from onrecord.reading.encoder import FILES, Encoder
from onrecord.reading.reader import read
from onrecord.records import Reading, Report


def encoder_of(weights: str | None) -> Encoder:
    """The reader's network: the one that ships, or that of a folder."""
    if weights is None:
        return Encoder()
    if missing := [name for name in FILES if not (Path(weights) / name).is_file()]:
        raise click.BadParameter(f"{weights}: no {missing[0]} in this folder", param_hint="--weights")
    encoder = Encoder(Path(weights))
    try:
        encoder.load()
    except Exception as error:  # whatever an engine makes of a file that is none of its own
        raise click.BadParameter(f"{weights}: {error}", param_hint="--weights") from None
    return encoder


def readings_of(reports: Sequence[Report], ledger: str | None, encoder: Encoder) -> Iterator[Reading]:
    """A reading for each report, in order."""
    if ledger is None:
        yield from read(reports, encoder)
        return
    try:
        with Ledger(ledger, encoder) as kept:
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
