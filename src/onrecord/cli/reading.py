"""Reading for the commands: afresh, or out of a ledger what it already holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from onrecord.cli.common import opened
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
    with opened(ledger, encoder=encoder) as kept:
        yield from kept.readings(reports)
