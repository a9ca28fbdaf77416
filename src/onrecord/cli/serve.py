"""``onrecord serve``: the workbench of a ledger, in a browser."""

from __future__ import annotations

import getpass
import socket
import webbrowser
from contextlib import suppress

import click

from onrecord.cli.common import LEDGER, QUIET, opened

EPILOG = """\b
Examples:
  onrecord serve --ledger story.db --open               http://localhost:8765, in the browser
  onrecord serve --ledger story.db --read-only          to look, not to judge
  onrecord user ana --role reviewer --ledger story.db   first, to share it:
  onrecord serve --ledger story.db --host 0.0.0.0       everybody signs in with a token
"""
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


@click.command(epilog=EPILOG)
@LEDGER
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to bind to; all but loopback ask for a token.")
@click.option("--port", type=click.IntRange(0, 65535), default=8765, show_default=True, help="0: any that is free.")
@click.option("--tokens", is_flag=True, help="Ask for a token on loopback too, as behind a proxy.")
@click.option("--as", "name", metavar="NAME", help="Who signs judgements where no token is asked for.  [default: your user name]")
@click.option("--open", "open_", is_flag=True, help="Open it in the browser.")
@click.option("--read-only", is_flag=True, help="Nobody may judge.")
@QUIET
def serve(ledger: str, host: str, port: int, tokens: bool, name: str | None, open_: bool, read_only: bool, quiet: bool) -> None:
    """Opens the workbench of a ledger: look, check, correct and sign, in a browser."""
    import uvicorn

    from onrecord.ledger import people
    from onrecord.workbench import application
    from onrecord.workbench.desk import Desk

    open_to_others = host not in _LOOPBACK
    with opened(ledger, read_only=read_only) as kept:
        if (open_to_others or tokens) and not people.all_people(kept.store):
            raise click.BadParameter(
                f"at {host} everybody needs a token, and nobody has one: onrecord user NAME --role reviewer --ledger {kept.store.name}",
                param_hint="--host" if open_to_others else "--tokens",
            )
        desk = Desk(kept.store, name or _user(), tokens=tokens or open_to_others, read_only=read_only)
        listening = _bound(host, port)
        place = f"http://{'localhost' if not open_to_others else host}:{listening.getsockname()[1]}"
        if not quiet:
            click.echo(f"{kept.store.name} at {place}  (Ctrl-C ends)", err=True)
        if open_:
            listening.listen()  # so that a browser that is faster than the server waits
            webbrowser.open(place)
        app = application(desk, loopback_only=not desk.tokens)
        config = uvicorn.Config(app, log_level="warning", access_log=False, server_header=False, timeout_graceful_shutdown=3)
        with suppress(KeyboardInterrupt):  # which the server hands on once it has answered all
            uvicorn.Server(config).run(sockets=[listening])


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "reviewer"


def _bound(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        said = f"{host}:{port} cannot be used: {error.strerror or error}"
        raise click.BadParameter(said, param_hint="--port" if isinstance(error, OSError) and error.errno else "--host") from None
    return listening
