"""``onrecord claims``, ``sources``, ``disagreements``, ``search``, ``judgements``: a ledger in the terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping
from typing import Any

import click

from onrecord.cli.common import AS_JSON, LEDGER, LIMIT, opened

WIDTH = 100
STANCES = ("asserts", "confirms", "denies", "doubts", "asks", "demands", "promises", "threatens", "condemns", "declines", "speculates")
CLAIMS_EPILOG = """\b
Examples:
  onrecord claims --ledger story.db
  onrecord claims --ledger story.db --origins 2 --open      corroborated, and contested
  onrecord claims --ledger story.db --outlet "The Orm Post" --stance denies --json
"""
SOURCES_EPILOG = """\b
Examples:
  onrecord sources --ledger story.db
  onrecord sources minister --ledger story.db
"""
DISAGREEMENTS_EPILOG = """\b
Examples:
  onrecord disagreements --ledger story.db --resolved none
"""
SEARCH_EPILOG = """\b
Examples:
  onrecord search 'fuel depot' --ledger story.db
  onrecord search '"coast guard" -storm' --ledger story.db
"""
JUDGEMENTS_EPILOG = """\b
Examples:
  onrecord judgements --ledger story.db --json > judgements.jsonl
"""


@click.command(epilog=CLAIMS_EPILOG)
@click.argument("words", nargs=-1)
@LEDGER
@click.option("--actor", metavar="NAME", default="", help="Who says it, is its origin, or takes part in it.")
@click.option("--outlet", metavar="NAME", default="", help="An outlet that carries it.")
@click.option("--event", metavar="TYPE", default="", help="A PLOVER type, as ASSAULT.")
@click.option("--stance", type=click.Choice(STANCES), help="At least one source takes it.")
@click.option("--origins", type=click.IntRange(0), default=0, help="At least so many independent origins.")
@click.option("--open", "open_", is_flag=True, help="In a disagreement that is not settled.")
@click.option("--since", metavar="DATE", default="", help="First seen on this day or later.")
@click.option("--until", metavar="DATE", default="", help="First seen on this day or earlier.")
@click.option(
    "--order", type=click.Choice(["origins", "new", "doubt", "outlets"]), default="origins", show_default=True, help="What comes first."
)
@LIMIT
@AS_JSON
def claims(
    words: tuple[str, ...], ledger: str, actor: str, outlet: str, event: str, stance: str | None, origins: int, open_: bool, since: str,
    until: str, order: str, limit: int, as_json: bool,
) -> None:  # fmt: skip
    """Lists the claims of a ledger, those with all WORDS: id, independent origins, outlets, statement."""
    import msgspec

    from onrecord.ledger import queries

    given: dict[str, Any] = {
        "q": " ".join(words), "outlet": outlet, "event": event.upper(), "stance": stance or "", "origins": origins, "open": open_,
        "since": since, "until": until, "order": order,
    }  # fmt: skip
    with opened(ledger, read_only=True) as kept, kept.store.reading() as db:
        if actor:
            given["actor"] = _actor(queries.sources(db, q=actor)[0], actor)
        rows, total = queries.claims(db, msgspec.convert(given, queries.ClaimFilter), limit)
        names = queries.origin_names(db, [row.number for row in rows])
    if as_json:
        _print(_claim_json(row, names.get(row.number, [])) for row in rows)
        return
    for row in rows:
        _wrapped(f"c{row.number} “{row.statement}”", "")
        origin = ", ".join(names.get(row.number, ["no stated origin"]))
        contested = f", {row.open} open disagreement{'s' if row.open != 1 else ''}" if row.open else ""
        told = f"{row.independent} independent: {origin}; {row.outlets} outlets, {row.mentions} mentions; credibility {row.credibility}"
        _wrapped(told + contested, "     ")
    click.echo(f"{len(rows)} of {total} claims" if total else "No claim.")


@click.command(epilog=SOURCES_EPILOG)
@click.argument("name", default="")
@LEDGER
@LIMIT
@AS_JSON
def sources(name: str, ledger: str, limit: int, as_json: bool) -> None:
    """Lists who says something, or those with NAME in their name: claims they are an origin of, mentions, denials."""
    from onrecord.ledger import queries

    with opened(ledger, read_only=True) as kept, kept.store.reading() as db:
        rows, total = queries.sources(db, limit, q=name)
    if as_json:
        _print(
            {"id": f"s{r.number}", "name": r.name, "type": r.type, "origin": r.origin, "mentions": r.said, "denials": r.denies}
            for r in rows
        )
        return
    for row in rows:
        denials = f", {row.denies} denials" if row.denies else ""
        _wrapped(
            f"s{row.number} {row.name} ({row.type.replace('_', ' ')}): origin of {row.origin} claims, {row.said} mentions{denials}", ""
        )
    click.echo(f"{len(rows)} of {total} sources" if total else "No source.")


@click.command(epilog=DISAGREEMENTS_EPILOG)
@LEDGER
@click.option("--resolved", type=click.Choice(["none", "update", "correction"]), default=None, help="none: those that are open.")
@LIMIT
@AS_JSON
def disagreements(ledger: str, resolved: str | None, limit: int, as_json: bool) -> None:
    """Lists where claims cannot both be so, or are denied, the open ones first."""
    from onrecord.ledger import queries

    with opened(ledger, read_only=True) as kept, kept.store.reading() as db:
        rows, total = queries.disagreements(db, resolved or "", limit)
        sides = queries.sides_of(db, [row.number for row in rows])
    if as_json:
        keys = ("kind", "resolved", "explanation")
        _print(
            {"id": f"d{r.number}", **{k: getattr(r, k) for k in keys}, "claims": [f"c{s.number}" for s in sides[r.number]]} for r in rows
        )
        return
    for row in rows:
        state = {"none": "open", "update": "updated", "correction": "corrected"}[row.resolved]
        _wrapped(f"d{row.number} {row.kind}, {state}: {row.explanation}", "")
        for side in sides[row.number]:
            _wrapped(f"c{side.number} “{side.statement}”, {side.independent} independent", "     ")
    click.echo(f"{len(rows)} of {total} disagreements" if total else "No disagreement.")


@click.command(epilog=SEARCH_EPILOG)
@click.argument("query")
@LEDGER
@LIMIT
@AS_JSON
def search(query: str, ledger: str, limit: int, as_json: bool) -> None:
    """Finds claims and reports with the words of QUERY; "words in a row", and -word to leave out."""
    from onrecord.ledger import queries
    from onrecord.ledger.search import parts_of

    if not parts_of(query)[0]:
        raise click.BadParameter(f"{query!r} has no word to look for", param_hint="QUERY")
    with opened(ledger, read_only=True) as kept, kept.store.reading() as db:
        found, claims_in_all = queries.claims(db, queries.ClaimFilter(q=query), limit)
        rows, reports_in_all = queries.reports_with(db, query, limit)
    if as_json:
        _print(_claim_json(row, []) for row in found)
        _print({"report": r.id, "title": r.title, "outlet": r.outlet, "published": r.published} for r in rows)
        return
    for row in found:
        _wrapped(f"c{row.number} “{row.statement}”, {row.independent} independent, {row.outlets} outlets", "")
    for row in rows:
        _wrapped(f"{row.id}: {row.title or 'no title'}, {row.outlet or 'no outlet'}, {(row.published or 'undated')[:10]}", "")
    click.echo(f"{claims_in_all} claims, {reports_in_all} reports")


@click.command(epilog=JUDGEMENTS_EPILOG)
@LEDGER
@AS_JSON
def judgements(ledger: str, as_json: bool) -> None:
    """Lists what people judged, in order: who, when, what, why; also what was taken back."""
    import msgspec

    with opened(ledger, read_only=True) as kept:
        made = kept.judgements()
    if as_json:
        _print(msgspec.to_builtins(j) for j in made)
        return
    for j in made:
        what = " ".join(part for part in (j.kind.replace("_", " "), j.claim, j.other, j.value, f"#{j.undoes}" if j.undoes else "") if part)
        _wrapped(f"#{j.id} {j.at} {j.by}: {what}{f' ({j.reason})' if j.reason else ''}", "")
    click.echo(f"{len(made)} judgements" if made else "No judgement.")


def _actor(found: list[Any], name: str) -> int:
    exact = [row for row in found if row.name.lower() == name.lower()]
    if not found:
        raise click.BadParameter(f"no source has {name!r} in its name", param_hint="--actor")
    if len(found) > 1 and len(exact) != 1:
        some = ", ".join(row.name for row in found[:5])
        raise click.BadParameter(f"{name!r} may be {some}{' …' if len(found) > 5 else ''}; give the whole name", param_hint="--actor")
    number: int = (exact or found)[0].number
    return number


def _claim_json(row: Any, origins: list[str]) -> dict[str, Any]:
    keys = ("statement", "outlets", "mentions", "denials", "credibility", "credibility_reason", "confidence", "first_seen", "last_seen")
    told = {"id": f"c{row.number}", "independent_origins": row.independent, "open_disagreements": row.open, "type": row.type}
    return told | {key: getattr(row, key) for key in keys} | ({"origins": origins} if origins else {})


def _print(rows: Iterable[Mapping[str, Any]]) -> None:
    import msgspec

    for row in rows:
        click.echo(msgspec.json.encode(row).decode())


def _wrapped(line: str, indent: str) -> None:
    click.echo("\n".join(textwrap.wrap(" ".join(line.split()), WIDTH, initial_indent=indent, subsequent_indent=indent + "   ")))
