"""``onrecord completion``: what a shell needs to complete commands and options."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

EPILOG = """\b
Examples:
  onrecord completion bash >> ~/.bashrc
  onrecord completion zsh >> ~/.zshrc
  onrecord completion fish > ~/.config/fish/completions/onrecord.fish
"""


@click.command(epilog=EPILOG)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Prints the completion script of a SHELL."""
    kind = get_completion_class(shell)
    assert kind is not None
    click.echo(kind(context.find_root().command, {}, "onrecord", "_ONRECORD_COMPLETE").source())
