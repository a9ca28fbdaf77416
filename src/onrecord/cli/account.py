"""``onrecord account``: reports in, one account out."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import click

from onrecord.cli.common import load_reports, opened, shared_options, tell_defects, told_of, tracked, write_out
from onrecord.records import Account, Reading, Report

if TYPE_CHECKING:
    from onrecord.reading.encoder import Encoder
    from onrecord.story.judge import Judge
    from onrecord.story.meaning import Meaning

EPILOG = """\b
Examples:
  onrecord account reports/ -o story.html
  onrecord account a.txt b.html c.jsonl --format text
  onrecord account inbox/ -o stories.html      a mixed folder: a page for each story, and one that lists them
  onrecord account new/ --ledger story.db -o story.html    adds to what the ledger holds
  onrecord account reports.jsonl --format json | jq '.claims[0]'
"""
Told = tuple[Account, Sequence[Reading]]
_BY_SUFFIX = {".html": "html", ".htm": "html", ".json": "json", ".txt": "text"}


@click.command(epilog=EPILOG)
@click.argument("reports", nargs=-1)
@click.option("--format", "format_", type=click.Choice(["html", "json", "text"]), help="Default: after OUT's ending; text in a terminal.")
@click.option("--one-story", is_flag=True, help="Take all reports for one story; without it those of folders are parted into stories.")
@shared_options
def account(
    reports: tuple[str, ...],
    format_: str | None,
    one_story: bool,
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
    from onrecord.cli.reading import encoder_of

    loaded = load_reports(reports, published)
    encoder = encoder_of(weights)
    if ledger is not None:
        told, readings = _kept(loaded, ledger, encoder, quiet)
    else:
        told, readings = _told(loaded, encoder, quiet, parted=not one_story and any(Path(p).is_dir() for p in reports))
    kind = format_ or _BY_SUFFIX.get(Path(out or "").suffix.lower(), "text")
    if len(told) > 1 and kind == "html" and out and out != "-":
        _write_pages(told, Path(out))
    else:
        write_out((b"\n" if kind == "text" else b"").join(_WRITERS[kind](*each) for each in told), out)
    if out and out != "-" and not quiet:
        for each, _ in told:
            counts = f"{len(each.reports)} reports, {len(each.claims)} claims, {len(each.disagreements)} disagreements"
            click.echo(f"{counts}: {Path(out).resolve()}" if len(told) == 1 else f"{counts}: {each.story.title or 'no title'}", err=True)
    sys.exit(tell_defects(readings, strict))


def _kept(loaded: Sequence[Report], ledger: str, encoder: Encoder, quiet: bool) -> tuple[list[Told], list[Reading]]:
    """What a ledger says once it has these reports too, as people have corrected it."""
    with opened(ledger, encoder=encoder) as kept:
        kept.add(loaded)
        kept.update(told_of(quiet))
        account = kept.account()
        shown = {r.id for r in account.reports}
        readings = list(kept.readings([r for r in kept.reports() if r.id in shown]))
    return [(account, readings)], readings


def _told(loaded: Sequence[Report], encoder: Encoder, quiet: bool, parted: bool) -> tuple[list[Told], list[Reading]]:
    """What the reports say, as one story or parted into several."""
    from onrecord.cli.reading import readings_of
    from onrecord.story.judge import Judge
    from onrecord.story.meaning import Meaning
    from onrecord.story.piles import part
    from onrecord.story.story import tell

    meaning, judge = Meaning(), Judge()
    loading = Thread(target=_load, args=(meaning, judge), daemon=True)
    loading.start()  # while the reports are read
    readings = list(tracked(readings_of(loaded, None, encoder), len(loaded), quiet))
    stories = part(readings) if parted else [readings]
    loading.join()
    return [(tell(each, meaning, judge), each) for each in stories or [[]]], readings


def _load(meaning: Meaning, judge: Judge) -> None:
    with suppress(Exception):  # what cannot be loaded is told when it is needed
        meaning.load()
        judge.load()


def _write_pages(told: Sequence[tuple[Account, Sequence[Reading]]], out: Path) -> None:
    """A page for each story beside OUT, and OUT with links to them."""
    from onrecord.account.page import contents

    names = [f"{out.stem}-{number}{out.suffix}" for number in range(1, len(told) + 1)]
    for name, each in zip(names, told, strict=True):
        write_out(_html(*each), str(out.with_name(name)))
    write_out(contents([(name, account) for name, (account, _) in zip(names, told, strict=True)]).encode("utf-8"), str(out))


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
