"""What changed from one account of a story to a later one: claims, origins, figures, stances, retractions, and revised reports.

Accounts number their claims anew, so a claim is known again by its words: the mentions that both accounts have in a report of the same
text, else the same statement.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from onrecord.records import Account, Claim, Disagreement
from onrecord.records.change import Change, ChangedClaim, MovedStance, NewOrigins, Revision

Place = tuple[str, tuple[int, int]]


def changed(before: Account, after: Account) -> Change:
    """Everything that is new, gone or otherwise in the later account."""
    known = matches(before, after)
    old, new = ({c.id: c for c in account.claims} for account in (before, after))
    found = set(known.values())
    return Change(
        reports_added=tuple(sorted({r.id for r in after.reports} - {r.id for r in before.reports})),
        reports_gone=tuple(sorted({r.id for r in before.reports} - {r.id for r in after.reports})),
        revisions=tuple(_revisions(before, after)),
        new_claims=tuple(_told(c) for c in after.claims if c.id not in known),
        gone_claims=tuple(_told(c) for c in before.claims if c.id not in found),
        new_origins=tuple(_new_origins(before, after, known)),
        moved=tuple(m for a, b in known.items() for m in _moved(old[b], new[a], before, after)),
        disagreements=tuple(_new_disagreements(before, after, known)),
        retractions=tuple(d for d in _new_disagreements(before, after, known) if d.resolved == "correction"),
    )


def matches(before: Account, after: Account) -> dict[str, str]:
    """Claims of the later account → the same claims of the earlier one; each at most once, those that share most mentions first."""
    texts = {(r.id, r.sha256) for r in after.reports}
    same_text = {r.id for r in before.reports if (r.id, r.sha256) in texts}
    places: dict[Place, str] = {(m.report, m.span): c.id for c in before.claims for m in c.mentions if m.report in same_text}
    shared: Counter[tuple[str, str]] = Counter()
    for claim in after.claims:
        shared.update((claim.id, places[m.report, m.span]) for m in claim.mentions if (m.report, m.span) in places)
    by_words: dict[str, str] = {}
    for claim in reversed(before.claims):
        by_words[_plain(claim.statement)] = claim.id
    shared.update((c.id, by_words[_plain(c.statement)]) for c in after.claims if _plain(c.statement) in by_words)
    found: dict[str, str] = {}
    taken: set[str] = set()
    for (a, b), _ in sorted(shared.items(), key=lambda each: (-each[1], each[0])):
        if a not in found and b not in taken:
            found[a] = b
            taken.add(b)
    return found


def _plain(statement: str) -> str:
    return " ".join(statement.lower().split())


def _told(claim: Claim) -> ChangedClaim:
    return ChangedClaim(id=claim.id, statement=claim.statement, independent_origins=claim.independent_origins)


def _names(account: Account) -> Mapping[str, str]:
    return {a.id: a.name for a in account.actors}


def _new_origins(before: Account, after: Account, known: Mapping[str, str]) -> Iterator[NewOrigins]:
    then, now = _names(before), _names(after)
    old = {c.id: c for c in before.claims}
    for claim in after.claims:
        if claim.id in known:
            had = {then.get(o.actor, o.actor) for o in old[known[claim.id]].origins}
            fresh = tuple(name for o in claim.origins if (name := now.get(o.actor, o.actor)) not in had)
            if fresh:
                yield NewOrigins(
                    claim=claim.id,
                    statement=claim.statement,
                    origins=fresh,
                    before=old[known[claim.id]].independent_origins,
                    after=claim.independent_origins,
                )


def _moved(old: Claim, new: Claim, before: Account, after: Account) -> Iterator[MovedStance]:
    """Sources who stood otherwise to a claim: who denied it and no longer does, or has begun to."""
    then, now = (_stances(claim, _names(account)) for claim, account in ((old, before), (new, after)))
    for source in sorted(then.keys() & now.keys()):
        if then[source] != now[source]:
            yield MovedStance(
                claim=new.id, statement=new.statement, source=source, before=tuple(sorted(then[source])), after=tuple(sorted(now[source]))
            )


def _stances(claim: Claim, names: Mapping[str, str]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for m in claim.mentions:
        if m.source:
            found[names.get(m.source, m.source)].add(m.stance)
    return found


def _new_disagreements(before: Account, after: Account, known: Mapping[str, str]) -> Iterator[Disagreement]:
    """Those the earlier account has not, or has as not yet settled."""
    had = {(d.kind, frozenset(d.claims), d.resolved) for d in before.disagreements}
    for d in after.disagreements:
        if (d.kind, frozenset(known.get(c, f"new {c}") for c in d.claims), d.resolved) not in had:
            yield d


def _revisions(before: Account, after: Account) -> Iterator[Revision]:
    """Reports of one id or address whose text is another now, and the claims they took up or dropped."""
    then = {key: r for r in before.reports for key in (r.id, r.url) if key}
    carried = _carried(before), _carried(after)
    for report in after.reports:
        old = then.get(report.url or "") or then.get(report.id)
        if old is not None and old.sha256 != report.sha256:
            was, now = carried[0].get(old.id, {}), carried[1].get(report.id, {})
            yield Revision(
                report=report.id,
                outlet=report.outlet,
                dropped=tuple(words for plain, words in was.items() if plain not in now),
                added=tuple(words for plain, words in now.items() if plain not in was),
            )


def _carried(account: Account) -> dict[str, dict[str, str]]:
    """Report → the statements of the claims it carries."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for claim in account.claims:
        for m in claim.mentions:
            found[m.report][_plain(claim.statement)] = claim.statement
    return found
