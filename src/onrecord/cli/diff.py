"""``onrecord diff``: what changed from one account to a later one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from onrecord.cli.common import write_out
from onrecord.records import Account, Change

EPILOG = """\b
Examples:
  onrecord account monday/ --format json -o monday.json
  onrecord account monday/ tuesday/ --one-story --format json -o tuesday.json
  onrecord diff monday.json tuesday.json
"""


@click.command(epilog=EPILOG)
@click.argument("before", type=click.Path(exists=True, dir_okay=False))
@click.argument("after", type=click.Path(exists=True, dir_okay=False))
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True, help="What to write.")
@click.option("-o", "--out", metavar="OUT", help="Write to this file instead of standard output.")
def diff(before: str, after: str, format_: str, out: str | None) -> None:
    """Shows what is new in the account AFTER against BEFORE (both written with --format json): claims, origins, figures, stances."""
    import msgspec

    from onrecord.story.change import changed

    found = changed(_account(before, "BEFORE"), _account(after, "AFTER"))
    write_out(msgspec.json.encode(found) + b"\n" if format_ == "json" else ("\n".join(_lines(found)) + "\n").encode(), out)


def _account(path: str, argument: str) -> Account:
    import msgspec

    try:
        return msgspec.json.decode(Path(path).read_bytes(), type=Account)
    except (msgspec.DecodeError, OSError) as error:
        raise click.BadParameter(f"{path} is no account written with --format json: {error}", param_hint=argument) from None


def _lines(change: Change) -> Iterator[str]:
    parts = [
        ("NEW REPORTS", list(change.reports_added)),
        ("REPORTS NO LONGER THERE", list(change.reports_gone)),
        ("REVISED REPORTS", [line for r in change.revisions for line in _revised(r.report, r.outlet, r.dropped, r.added)]),
        ("RETRACTED OR CORRECTED", [d.explanation for d in change.retractions]),
        ("NEW DISAGREEMENTS", [f"{d.kind}: {d.explanation}" for d in change.disagreements if d.resolved != "correction"]),
        ("STANCES THAT MOVED", [f"{m.source}: {', '.join(m.before)} → {', '.join(m.after)}: “{m.statement}”" for m in change.moved]),
        (
            "NEW ORIGINS",
            [f"{o.before} → {o.after} independent: “{o.statement}”, now also {', '.join(o.origins)}" for o in change.new_origins],
        ),
        ("NEW CLAIMS", [f"{c.id} “{c.statement}”, independent origins: {c.independent_origins}" for c in change.new_claims]),
        ("CLAIMS NO LONGER THERE", [f"{c.id} “{c.statement}”" for c in change.gone_claims]),
    ]
    told = [(title, lines) for title, lines in parts if lines]
    for title, lines in told:
        yield title
        yield from (f"  {' '.join(line.split())}" for line in lines)
    if not told:
        yield "Nothing changed."


def _revised(report: str, outlet: str | None, dropped: tuple[str, ...], added: tuple[str, ...]) -> list[str]:
    name = f"{outlet} ({report})" if outlet else report
    return [name, *(f"  – “{words}”" for words in dropped), *(f"  + “{words}”" for words in added)]
