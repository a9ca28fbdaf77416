"""The account for a terminal: the figures, the disagreements, the claims that count most."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from onrecord.records import Account, Claim
from onrecord.story.credibility import NAMES

MOST = 25
WIDTH = 100


def text(account: Account) -> str:
    """Plain text, at most 100 columns wide."""
    return "\n".join(_lines(account)) + "\n"


def _lines(account: Account) -> Iterator[str]:
    names = {a.id: a.name for a in account.actors}
    claims = {c.id: c for c in account.claims}
    yield from _wrapped(account.story.title or "A story", "")
    outlets = {r.outlet or r.id for r in account.reports}
    settled = sum(d.resolved != "none" for d in account.disagreements)
    yield f"{len(account.reports)} reports of {len(outlets)} outlets"
    yield f"{len(account.claims)} claims, {sum(c.independent_origins > 1 for c in account.claims)} with two independent origins or more"
    yield f"{len(account.disagreements)} disagreements, {settled} settled by an update or a correction"
    if account.disagreements:
        yield "\nDISAGREEMENTS"
    for d in account.disagreements:
        yield from _wrapped(f"{d.id} {d.kind}, {_settled(d.resolved)}: {d.explanation}", "  ")
        for c in d.claims:
            yield from _wrapped(f"{c} “{claims[c].statement}”", "     ")
    yield "\nCLAIMS"
    for claim in account.claims[:MOST]:
        yield from _claim(claim, names)
    if len(account.claims) > MOST:
        yield f"  … and {len(account.claims) - MOST} more: write the page with -o story.html"


def _settled(resolved: str) -> str:
    return {"none": "open", "update": "updated", "correction": "corrected"}[resolved]


def _claim(claim: Claim, names: dict[str, str]) -> Iterator[str]:
    yield from _wrapped(f"{claim.id} “{claim.statement}”", "  ")
    origins = ", ".join(names.get(o.actor, o.actor) for o in claim.origins) or "no stated origin"
    counts = f"{claim.independent_origins} independent of {len(claim.origins)}: {origins}"
    yield from _wrapped(f"origins {counts}", "     ")
    reports = len({m.report for m in claim.mentions})
    yield from _wrapped(
        f"{reports} reports, credibility {claim.credibility} ({NAMES[claim.credibility]}): {claim.credibility_reason}", "     "
    )


def _wrapped(line: str, indent: str) -> list[str]:
    return textwrap.wrap(" ".join(line.split()), WIDTH, initial_indent=indent, subsequent_indent=indent + "   ")
