"""``onrecord read``: reports in, one reading a line out."""

from __future__ import annotations

import sys

import click

from onrecord.cli.common import load_reports, shared_options, tell_defects, tracked, write_out

EPILOG = """\b
Examples:
  onrecord read report.txt
  onrecord read reports/ -o readings.jsonl
  onrecord read reports/ --format csv -o events.csv
  cat reports.jsonl | onrecord read -
  onrecord read page.html --published page.html=2031-05-06
"""


@click.command(epilog=EPILOG)
@click.argument("reports", nargs=-1, required=True)
@click.option(
    "--format",
    "format_",
    type=click.Choice(["jsonl", "csv"]),
    default="jsonl",
    show_default=True,
    help="jsonl: readings. csv: their events.",
)
@shared_options
def read(
    reports: tuple[str, ...],
    format_: str,
    out: str | None,
    published: tuple[str, ...],
    ledger: str | None,
    weights: str | None,
    strict: bool,
    quiet: bool,
) -> None:
    """Says of each of the REPORTS who says and does what in it: one JSON line a report, or a table of events."""
    import msgspec

    from onrecord.account.tables import event_lines, header
    from onrecord.cli.reading import encoder_of, readings_of
    from onrecord.records import reading_row

    loaded = load_reports(reports, published)
    encoder = msgspec.json.Encoder()
    table = format_ == "csv"
    done = []
    lines = [header()] if table else []
    if table and out in (None, "-"):
        sys.stdout.buffer.write(lines.pop())
    for reading in tracked(readings_of(loaded, ledger, encoder_of(weights)), len(loaded), quiet):
        done.append(reading)
        line = event_lines(reading) if table else encoder.encode(reading_row(reading)) + b"\n"
        if out in (None, "-"):
            sys.stdout.buffer.write(line)
        else:
            lines.append(line)
    if out not in (None, "-"):
        write_out(b"".join(lines), out)
    sys.exit(tell_defects(done, strict))
