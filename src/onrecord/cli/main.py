"""``onrecord``: the commands."""

from __future__ import annotations

import click

from onrecord.cli.account import account
from onrecord.cli.add import add, rebuild, watch
from onrecord.cli.ask import claims, disagreements, judgements, search, sources
from onrecord.cli.completion import completion
from onrecord.cli.diff import diff
from onrecord.cli.keep import backup, check, restore, user
from onrecord.cli.read import read
from onrecord.cli.serve import serve
from onrecord.version import VERSION

EPILOG = """\b
Examples:
  onrecord account reports/ -o story.html     the page of a story
  onrecord account a.html b.txt               the same, in the terminal
  onrecord diff monday.json tuesday.json      what changed
  onrecord read reports.jsonl | jq .attributions
  onrecord add reports/ --ledger story.db     keep a story for months; then claims, search, serve …
"""


@click.group(epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(VERSION, "-V", "--version", prog_name="onrecord")
def main() -> None:
    """Who says so, on whose word, how many independent origins, who disagrees.

    Point it at reports of a developing story (.txt, .md, .html, .jsonl, folders, - for standard input). It reads
    every report, finds who says what, puts the same claims together, and counts where they really come from. It
    runs offline and never says what is true, only who stands behind what.

    Exit status: 0; 1 when there were defects and --strict was given; 2 when it was called wrongly.
    """


READING = (account, diff, read)
KEEPING = (add, watch, rebuild, serve, claims, sources, disagreements, search, judgements, check, backup, restore, user)
for command in (*READING, *KEEPING, completion):
    main.add_command(command)
