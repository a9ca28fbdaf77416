"""``onrecord check``, ``backup``, ``restore``, ``user``: looking after a ledger."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from onrecord.cli.common import LEDGER, opened

CHECK_EPILOG = """\b
Examples:
  onrecord check --ledger story.db && echo whole
"""
BACKUP_EPILOG = """\b
Examples:
  onrecord backup story-2031-05-09.db --ledger story.db
"""
RESTORE_EPILOG = """\b
Examples:
  onrecord restore story-2031-05-09.db --ledger story.db
  onrecord restore story.db --ledger postgresql://desk@db.example/story      moves it
"""
USER_EPILOG = """\b
Examples:
  onrecord user ana --role reviewer --ledger story.db      prints a token, once
  onrecord user ana --remove --ledger story.db
  onrecord user --ledger story.db                          lists them
"""


@click.command(epilog=CHECK_EPILOG)
@LEDGER
def check(ledger: str) -> None:
    """Verifies a ledger: hashes, spans, references, counts. Ends with 1 when anything is wrong."""
    from onrecord.ledger.check import check as checked

    wrong = 0
    with opened(ledger, read_only=True) as kept:
        for line in checked(kept.store):
            wrong += 1
            click.echo(line)
        reports = len(kept.reports()) if not wrong else 0
    click.echo(f"{wrong} faults" if wrong else f"{kept.store.name}: whole; {reports} reports, {len(kept.judgements())} judgements")
    sys.exit(1 if wrong else 0)


@click.command(epilog=BACKUP_EPILOG)
@click.argument("out", type=click.Path(dir_okay=False))
@LEDGER
def backup(out: str, ledger: str) -> None:
    """Writes a copy of a ledger to the new file OUT, also while others work in it."""
    from onrecord.ledger.backup import backup as written

    with opened(ledger, read_only=True) as kept:
        written(kept.store, Path(out))
    click.echo(f"{out}: written")


@click.command(epilog=RESTORE_EPILOG)
@click.argument("copy", type=click.Path(exists=True, dir_okay=False))
@LEDGER
def restore(copy: str, ledger: str) -> None:
    """Makes a new ledger of the backup COPY."""
    from onrecord.ledger.backup import restore as restored
    from onrecord.ledger.errors import LedgerError

    try:
        restored(Path(copy), ledger)
    except LedgerError as error:
        raise click.BadParameter(str(error), param_hint="--ledger") from None
    click.echo(f"{ledger}: restored")


@click.command(epilog=USER_EPILOG)
@click.argument("name", required=False)
@LEDGER
@click.option("--role", type=click.Choice(["reader", "reviewer"]), default="reader", show_default=True, help="A reviewer may judge.")
@click.option("--remove", is_flag=True, help="Take the token of NAME away.")
def user(name: str | None, ledger: str, role: str, remove: bool) -> None:
    """Gives NAME a token to sign in with where the workbench is open to a network, or lists who has one."""
    from onrecord.ledger import people

    with opened(ledger) as kept:
        if name is None:
            for person in people.all_people(kept.store):
                click.echo(f"{person.name} ({person.role}) since {person.created[:10]}")
        elif remove:
            if not people.remove(kept.store, name):
                raise click.BadParameter(f"nobody is called {name!r}", param_hint="NAME")
            click.echo(f"{name}: removed")
        else:
            token = people.add(kept.store, name, role)
            click.echo(f"{name} ({role}) signs in with this token. It is shown only now:\n{token}")
