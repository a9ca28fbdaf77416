"""``onrecord add``, ``onrecord rebuild``, ``onrecord watch``: reports into a ledger, and its claims told."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.common import LEDGER, QUIET, load_reports, opened, told_of
from onrecord.records import Report

if TYPE_CHECKING:
    from onrecord.ledger import Ledger
    from onrecord.ledger.building import Built

STEADY = 0.5  # seconds between two looks at a folder, for a file that is still being written to show it
Mark = tuple[int, int]
ADD_EPILOG = """\b
Examples:
  onrecord add reports/ --ledger story.db
  onrecord add tuesday.jsonl --ledger postgresql://desk@db.example/story
  export ONRECORD_LEDGER=story.db; onrecord add page.html; onrecord serve
"""
REBUILD_EPILOG = """\b
Examples:
  onrecord rebuild --ledger story.db      after a new version of onrecord, or many reports
"""
WATCH_EPILOG = """\b
Examples:
  onrecord watch inbox/ --ledger story.db              until Ctrl-C
  onrecord watch inbox/ --ledger story.db --once       what is new now, as a cron job would
"""


@click.command(epilog=ADD_EPILOG)
@click.argument("reports", nargs=-1, required=True)
@LEDGER
@click.option("--published", multiple=True, metavar="ID=DATE", help="When a report was published; may be given many times.")
@click.option("--strict", is_flag=True, help="End with 1 when any report has a defect.")
@QUIET
def add(reports: tuple[str, ...], ledger: str, published: tuple[str, ...], strict: bool, quiet: bool) -> None:
    """Adds the REPORTS to a ledger, reads them and tells their claims beside those that are there."""
    loaded = load_reports(reports, published)
    with opened(ledger) as kept:
        defects = take(kept, loaded, quiet)
    sys.exit(1 if defects and strict else 0)


@click.command(epilog=REBUILD_EPILOG)
@LEDGER
@QUIET
def rebuild(ledger: str, quiet: bool) -> None:
    """Tells all claims of a ledger anew. Judgements stay, and claims keep their ids when their mentions mostly stay."""
    with opened(ledger) as kept:
        _say(kept.rebuild(told_of(quiet)), kept.store.name)


@click.command(epilog=WATCH_EPILOG)
@click.argument("folder", type=click.Path(exists=True, file_okay=False))
@LEDGER
@click.option("--every", type=click.FloatRange(0.2), default=10.0, show_default=True, metavar="SECONDS", help="How often to look.")
@click.option("--once", is_flag=True, help="Look once and end.")
@QUIET
def watch(folder: str, ledger: str, every: float, once: bool, quiet: bool) -> None:
    """Adds to a ledger whatever reports appear or change in FOLDER, until it is interrupted."""
    with opened(ledger) as kept, suppress(KeyboardInterrupt):
        if kept.waiting():  # it was interrupted
            take(kept, [], quiet)
        for fresh in _steady(Path(folder), every, once):
            if loaded := _new(kept, _loaded(fresh, Path(folder))):
                take(kept, loaded, quiet)


def _steady(folder: Path, every: float, once: bool) -> Iterator[list[Path]]:
    """Look after look the files that are new or changed, once two looks have found them alike."""
    seen: dict[Path, Mark] = {}
    taken: dict[Path, Mark] = {}
    while True:
        found = _files(folder)
        steady = [path for path, mark in found.items() if seen.get(path) == mark and taken.get(path) != mark]
        if steady:
            yield steady
        taken |= {path: found[path] for path in steady}
        if once and seen == found:
            return
        seen = found
        time.sleep(min(every, STEADY) if once else every)


def take(kept: Ledger, loaded: Sequence[Report], quiet: bool) -> int:
    """Adds reports, tells their claims and says so; the number of defects."""
    added = kept.add(loaded)
    built = kept.update(told_of(quiet))
    defects = kept.defects([r.id for r in added])
    for report, defect in defects:
        click.echo(f"{report}: {defect.code}: {defect.message}", err=True)
    _say(built, kept.store.name)
    return len(defects)


def _say(built: Built, ledger: str) -> None:
    if built.how == "nothing":
        click.echo(f"{ledger}: nothing new")
    else:
        how = {"rebuilt": "told anew", "grafted": "added to the others; `onrecord rebuild` tells all anew"}[built.how]
        click.echo(f"{ledger}: {built.reports} reports {how}; {built.claims} claims")


def _files(folder: Path) -> dict[Path, Mark]:
    """The files that hold reports, with what shows that one has changed, as one does that is still being written."""
    from onrecord.reports.files import SUFFIXES

    found: dict[Path, Mark] = {}
    for path in sorted(folder.rglob("*")):
        try:
            if path.suffix.lower() in SUFFIXES and path.is_file():
                status = path.stat()
                found[path] = (status.st_mtime_ns, status.st_size)
        except OSError:
            continue
    return found


def _loaded(paths: Sequence[Path], folder: Path) -> list[Report]:
    from msgspec.structs import replace

    from onrecord.reports import load

    reports: list[Report] = []
    for path in paths:
        for report in load([path]):
            named = str(path.relative_to(folder)) if report.id == path.name else report.id
            reports.append(replace(report, id=named))
    return reports


def _new(kept: Ledger, loaded: Sequence[Report]) -> list[Report]:
    """Those that the ledger does not hold: a copy under another name is another report."""
    held = {(r.id.split("#")[0], r.sha256) for r in kept.reports()}
    return [r for r in loaded if (r.id, r.sha256) not in held]
