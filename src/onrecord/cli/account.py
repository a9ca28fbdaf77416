"""``onrecord account``: reports in, one account out."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from onrecord.cli.common import load_reports, shared_options, tell_defects, tracked, write_out
from onrecord.records import Account, Reading

EPILOG = """\b
Examples:
  onrecord account reports/ -o story.html
  onrecord account a.txt b.html c.jsonl --format text
  onrecord account new/ --ledger story.db -o story.html    adds to what the ledger holds
  onrecord account reports.jsonl --format json | jq '.claims[0]'
"""
_BY_SUFFIX = {".html": "html", ".htm": "html", ".json": "json", ".txt": "text"}


@click.command(epilog=EPILOG)
@click.argument("reports", nargs=-1)
@click.option("--format", "format_", type=click.Choice(["html", "json", "text"]), help="Default: after OUT's ending; text in a terminal.")
@shared_options
def account(
    reports: tuple[str, ...],
    format_: str | None,
    out: str | None,
    published: tuple[str, ...],
    ledger: str | None,
    weights: str | None,
    strict: bool,
    quiet: bool,
) -> None:
    """Shows claim by claim who says so in the REPORTS, with how many independent origins, and who disagrees."""
    if not reports and ledger is None:
        raise click.UsageError("Missing argument 'REPORTS...' (only with --ledger may they be left out).")
    from onrecord.cli.reading import encoder_of, readings_of, with_kept
    from onrecord.story.story import tell

    loaded = with_kept(load_reports(reports, published), ledger)
    readings = list(tracked(readings_of(loaded, ledger, encoder_of(weights)), len(loaded), quiet))
    told = tell(readings)
    kind = format_ or _BY_SUFFIX.get(Path(out or "").suffix.lower(), "text")
    write_out(_WRITERS[kind](told, readings), out)
    if out and out != "-" and not quiet:
        click.echo(
            f"{len(told.reports)} reports, {len(told.claims)} claims, {len(told.disagreements)} disagreements: {Path(out).resolve()}",
            err=True,
        )
    sys.exit(tell_defects(readings, strict))


def _html(told: Account, readings: Sequence[Reading]) -> bytes:
    from onrecord.account.page import page

    return page(told, readings).encode("utf-8")


def _json(told: Account, readings: Sequence[Reading]) -> bytes:
    import msgspec

    return msgspec.json.encode(told) + b"\n"


def _text(told: Account, readings: Sequence[Reading]) -> bytes:
    from onrecord.account.text import text

    return text(told).encode("utf-8")


_WRITERS = {"html": _html, "json": _json, "text": _text}
