"""What the commands share: options, reports in, progress and defects out."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.records import Reading, Report

if TYPE_CHECKING:
    from onrecord.ledger import Ledger
    from onrecord.reading.encoder import Encoder

MANY = 50  # reports whose claims take some seconds to tell
PLAIN_EVERY = 10.0  # seconds between two lines of progress where there is no terminal
_SHARED = (
    click.option("-o", "--out", metavar="OUT", help="Write to this file instead of standard output."),
    click.option("--published", multiple=True, metavar="ID=DATE", help="When a report was published; may be given many times."),
    click.option("--ledger", metavar="FILE|URL", envvar="ONRECORD_LEDGER", help="Keep all in this ledger; read nothing twice."),
    click.option("--weights", metavar="FOLDER", type=click.Path(exists=True, file_okay=False), help="Read with weights of your own."),
    click.option("--strict", is_flag=True, help="End with 1 when any report has a defect."),
    click.option("-q", "--quiet", is_flag=True, help="No progress."),
)


def shared_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Gives a command the options that all commands which read reports have."""
    for option in reversed(_SHARED):
        command = option(command)
    return command


LEDGER = click.option(
    "--ledger", metavar="FILE|URL", envvar="ONRECORD_LEDGER", required=True, help="The ledger: a file, or a postgresql:// URL."
)
QUIET = click.option("-q", "--quiet", is_flag=True, help="No progress.")
AS_JSON = click.option("--json", "as_json", is_flag=True, help="One JSON object a line instead of text.")
LIMIT = click.option("--limit", type=click.IntRange(1), default=25, show_default=True, help="At most so many.")


@contextmanager
def opened(target: str, *, read_only: bool = False, encoder: Encoder | None = None) -> Iterator[Ledger]:
    """A ledger; what is wrong with it, then or later, is wrong use of --ledger."""
    from onrecord.ledger import Ledger, LedgerError

    try:
        with Ledger(target, encoder, read_only=read_only) as ledger:
            yield ledger
    except LedgerError as error:
        raise click.BadParameter(str(error), param_hint="--ledger") from None


def load_reports(paths: Sequence[str], published: Sequence[str]) -> list[Report]:
    """The reports of the command line; wrong paths and dates are wrong use."""
    from msgspec.structs import replace

    from onrecord.reports import load
    from onrecord.reports.files import is_date

    dates: dict[str, str] = {}
    for given in published:
        name, equals, day = given.rpartition("=")
        if not equals or not is_date(day):
            raise click.BadParameter(f"{given!r}: wanted ID=DATE, as in r1.txt=2031-05-06", param_hint="--published")
        dates[name] = day
    try:
        reports = list(load(paths, sys.stdin.buffer))
    except (FileNotFoundError, ValueError) as error:
        raise click.BadParameter(str(error), param_hint="REPORTS") from None
    unknown = sorted(dates.keys() - {r.id for r in reports})
    if unknown:
        raise click.BadParameter(f"no report has the id {unknown[0]!r}", param_hint="--published")
    return [replace(r, published=dates[r.id]) if r.id in dates else r for r in reports]


def tracked(readings: Iterable[Reading], total: int, quiet: bool) -> Iterator[Reading]:
    """Shows how far reading has come: a bar on a terminal, a line every ten seconds elsewhere."""
    if quiet or total < 2:
        yield from readings
    elif sys.stderr.isatty():
        yield from _bar(readings, total)
    else:
        yield from _lines(readings, total)


def told_of(quiet: bool) -> Callable[[Iterable[Reading], int], Iterator[Reading]]:
    """Shows how far reading has come and then, of many reports, that their claims are being told, which takes as long again."""

    def shown(readings: Iterable[Reading], total: int) -> Iterator[Reading]:
        yield from tracked(readings, total, quiet)
        if total >= MANY and not quiet:
            click.echo(f"telling the claims of {total} reports …", err=True)

    return shown


def _bar(readings: Iterable[Reading], total: int) -> Iterator[Reading]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("reading"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[rate]} words/s"), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("reading", total=total, rate="–")
        started, words = time.monotonic(), 0
        for reading in readings:
            words += reading.report.text.count(" ")
            progress.update(task, advance=1, rate=f"{words / (time.monotonic() - started + 1e-9):,.0f}")
            yield reading


def _lines(readings: Iterable[Reading], total: int) -> Iterator[Reading]:
    started = last = time.monotonic()
    for number, reading in enumerate(readings, 1):
        now = time.monotonic()
        if now - last > PLAIN_EVERY:
            last = now
            left = (now - started) / number * (total - number)
            click.echo(f"read {number} of {total} reports, about {left:,.0f} s left", err=True)
        yield reading


def tell_defects(readings: Iterable[Reading], strict: bool) -> int:
    """Prints every defect on standard error; the exit status."""
    found = [(r.report.id, d) for r in readings for d in r.defects]
    for report, defect in found:
        click.echo(f"{report}: {defect.code}: {defect.message}", err=True)
    return 1 if found and strict else 0


def write_out(text: bytes, out: str | None) -> None:
    """Writes a result to a file (all of it or nothing) or to standard output."""
    if out is None or out == "-":
        sys.stdout.buffer.write(text)
        return
    path = Path(out)
    part = path.with_name(path.name + ".part")
    try:
        part.write_bytes(text)
        part.replace(path)
    except OSError as error:
        raise click.BadParameter(f"{out}: {error.strerror or error}", param_hint="-o") from None
