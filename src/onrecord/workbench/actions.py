"""The forms: each judgement is signed, written and settled in one transaction, and the page it came from shown again."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NoReturn
from urllib.parse import urlsplit

from msgspec import json
from sqlalchemy import Connection, select

from onrecord.ledger import tables as t
from onrecord.ledger.judging import NotThereError, append, judgements_of, places_of, standing_claim
from onrecord.ledger.rows import claim_id, number_of
from onrecord.records import Judgement, Whereabouts
from onrecord.story.judged import standing
from onrecord.workbench.pages import mention_at
from onrecord.workbench.shown import report_of

REASON, VALUE = 500, 300  # characters
Form = Mapping[str, Any]


class NotDoneError(ValueError):
    """What a form asks for cannot be done; the message says why, to a person."""


def judge(db: Connection, form: Form, by: str) -> Judgement:
    """Makes the judgement that a form asks for; the last one, when it takes two. Raises NotDoneError."""
    kind = str(form.get("kind", ""))
    if kind not in _KINDS:
        _refuse(f"There is no judgement {kind[:40]!r}.")
    try:
        return _KINDS[kind](db, form, by)
    except NotThereError as error:
        raise NotDoneError(f"There is {error} in this ledger; was it merged or parted meanwhile?") from None


def _same(db: Connection, form: Form, by: str) -> Judgement:
    """Two claims are one; or, with a mention, that one belongs where it stands."""
    if form.get("mention"):
        return _belongs(db, form, by)
    into, other = standing_claim(db, str(form.get("claim", ""))), standing_claim(db, _id(form.get("other")))
    if into == other:
        _refuse("These are one claim already.")
    for id in (into, other):
        _claim(db, id)
    return append(db, _judgement("same", form, by, claim=other, other=into, places=places_of(db, other), others=places_of(db, into)))


def _belongs(db: Connection, form: Form, by: str) -> Judgement:
    mention, place = _mention(db, form)
    rest = _rest(db, mention)
    id = claim_id(mention.claim)
    return append(db, _judgement("same", form, by, claim=id, other=id, places=(place,), others=rest))


def _different(db: Connection, form: Form, by: str) -> Judgement:
    """A mention is not of its claim; with ``to``, it is of another."""
    mention, place = _mention(db, form)
    id, rest = claim_id(mention.claim), _rest(db, mention)
    to = standing_claim(db, _id(form.get("to"))) if form.get("to") else None
    if to == id:
        _refuse("It stands in that claim already.")
    parted = append(db, _judgement("different", form, by, claim=id, places=(place,), others=rest))
    if to is None:
        return parted
    others = places_of(db, to)
    return append(db, _judgement("same", form, by, claim=parted.made, other=to, places=(place,), others=others))


def _not_a_claim(db: Connection, form: Form, by: str) -> Judgement:
    id = standing_claim(db, str(form.get("claim", "")))
    return append(db, _judgement("not_a_claim", form, by, claim=id, places=places_of(db, id)))


def _credibility(db: Connection, form: Form, by: str) -> Judgement:
    value, reason = str(form.get("value", "")), str(form.get("reason", "")).strip()
    if value not in ("1", "2", "3", "4", "5", "6"):
        _refuse("Credibility is a number from 1 (confirmed) to 6 (cannot be judged).")
    if not reason:
        _refuse("Say why: a credibility is signed with a reason.")
    id = standing_claim(db, str(form.get("claim", "")))
    return append(db, _judgement("credibility", form, by, claim=id, places=places_of(db, id), value=value))


def _source(db: Connection, form: Form, by: str) -> Judgement:
    mention, place = _mention(db, form)
    value = " ".join(str(form.get("value", "")).split())[:VALUE]
    return append(db, _judgement("source", form, by, claim=claim_id(mention.claim), places=(place,), value=value))


def _span(db: Connection, form: Form, by: str) -> Judgement:
    """The words of a mention are others: those of the report that stand nearest."""
    mention, place = _mention(db, form)
    words = str(form.get("value", "")).replace("\r\n", "\n").strip()
    report = report_of(db, mention.report)
    if not words or report is None:
        _refuse("Give the words that say it, exactly as the report has them.")
    spots = _all(report.text, words)
    if not spots:
        _refuse("The report has no such words. Give them exactly as they stand there.")
    start = min(spots, key=lambda at: abs(at - mention.start))
    return append(db, _judgement("span", form, by, claim=claim_id(mention.claim), places=(place,), value=f"{start}:{start + len(words)}"))


def _undo(db: Connection, form: Form, by: str) -> Judgement:
    """Takes a judgement back, and what was made in one go with it; not while later ones build on it."""
    made = {str(j.id): j for j in judgements_of(db)}
    undone = made.get(str(form.get("undoes", "")))
    if undone is None:
        _refuse("There is no such judgement.")
    everything = list(made.values())
    stand = {j.id for j in standing(everything)} | {j.id for j in everything if j.kind == "undo" and not _taken_back(j, everything)}
    if undone.id not in stand:
        _refuse("It was taken back already.")
    together = [j for j in _together(undone, everything) if j.id in stand]
    for each in together:
        later = [
            j
            for j in everything
            if j.id in stand and j.kind != "undo" and j not in together and each.made and each.made in (j.claim, j.other)
        ]
        if later:
            _refuse(
                f"A later judgement builds on it: take back #{later[-1].id} ({later[-1].kind.replace('_', ' ')} {later[-1].claim}) first."
            )
    last = [append(db, _judgement("undo", form, by, undoes=j.id, claim=j.claim, other=j.other)) for j in reversed(together)]
    return last[-1]


def _taken_back(judgement: Judgement, everything: Sequence[Judgement]) -> bool:
    """Was an undo itself undone, by one that stands?"""
    later = [j for j in everything if j.undoes == judgement.id]
    return any(not _taken_back(j, everything) for j in later)


def _together(judgement: Judgement, everything: Sequence[Judgement]) -> list[Judgement]:
    """The judgements of one action, in order: to give a mention to another claim is to part it, and to say where it belongs."""
    by_id = {j.id: j for j in everything}
    if judgement.kind == "undo":
        undone = {j.id for j in _together(by_id[judgement.undoes or 0], everything)}
        return [j for j in everything if j.undoes in undone and abs(j.id - judgement.id) < len(undone)]
    before, after = by_id.get(judgement.id - 1), by_id.get(judgement.id + 1)
    if (
        judgement.kind == "same"
        and before
        and before.kind == "different"
        and before.made == judgement.claim
        and before.places == judgement.places
    ):
        return [before, judgement]
    if (
        judgement.kind == "different"
        and after
        and after.kind == "same"
        and after.claim == judgement.made
        and after.places == judgement.places
    ):
        return [judgement, after]
    return [judgement]


def back(db: Connection, form: Form, made: Judgement) -> str:
    """Where to go after a judgement: to the page it came from, told what was done; the review queue shows again what was taken back."""
    parts = urlsplit(safe(str(form.get("back", "/"))))
    path, query = parts.path, parts.query
    if path == "/review":
        undone = _undone(db, made)
        if undone and undone.places:
            place = undone.places[0]
            number = db.execute(select(t.report.c.number).where(t.report.c.id == place.report)).scalar()
            return f"/review?mention={number}.{place.span[0]}.{place.span[1]}&done={made.id}"
        query = "&".join(part for part in query.split("&") if part.startswith("at="))
    kept = "&".join(part for part in query.split("&") if part and not part.startswith("done="))
    spot = f"#{parts.fragment}" if parts.fragment else ""
    return f"{path}?{kept}{'&' if kept else ''}done={made.id}{spot}"


def safe(path: str) -> str:
    """A path of this site; "/" for anything that could lead to another."""
    good = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()
    return path if good else "/"


def _claim(db: Connection, id: str) -> None:
    """Refuses a claim that was marked as none."""
    if db.execute(select(t.claim.c.status).where(t.claim.c.number == number_of(id))).scalar() == "rejected":
        _refuse(f"{id} is marked as no claim; take that back first.")


def _undone(db: Connection, made: Judgement) -> Judgement | None:
    if made.undoes is None:
        return None
    body = db.execute(select(t.judgement.c.body).where(t.judgement.c.number == made.undoes)).scalar()
    return json.decode(body, type=Judgement) if body else None


def _judgement(kind: Any, form: Form, by: str, **parts: Any) -> Judgement:
    return Judgement(id=0, kind=kind, by=by, at="", reason=_reason(form), **parts)


def _reason(form: Form) -> str:
    return " ".join(str(form.get("reason", "")).split())[:REASON]


def _id(given: Any) -> str:
    """A claim's id as people write it: c12, 12, or a link to it."""
    plain = str(given or "").strip().rstrip("/").rsplit("/", 1)[-1].split("?")[0]
    return f"c{plain}" if plain.isascii() and plain.isdigit() else plain


def _mention(db: Connection, form: Form) -> tuple[Any, Whereabouts]:
    """The row of the mention that a form names, and its place."""
    id = str(form.get("claim", ""))
    held = number_of(standing_claim(db, id)) if id else None
    row = mention_at(db, str(form.get("mention", "")), held)
    if row is None:
        _refuse("There is no such mention in this claim any more; was it parted, merged or told anew meanwhile? Reload the page.")
    report = db.execute(select(t.report.c.id).where(t.report.c.number == row.report)).scalar_one()
    return row, Whereabouts(report=report, span=(row.read_start, row.read_end))


def _rest(db: Connection, mention: Any) -> tuple[Whereabouts, ...]:
    """The places of a claim's other mentions."""
    m, r = t.mention.c, t.report.c
    asked = select(r.id, m.read_start, m.read_end).join(t.report, r.number == m.report)
    rows = db.execute(asked.where(m.claim == mention.claim, m.number != mention.number).order_by(m.number).limit(200))
    rest = tuple(Whereabouts(report=row.id, span=(row.read_start, row.read_end)) for row in rows)
    if not rest:
        _refuse("It is the claim's only mention.")
    return rest


def _all(text: str, words: str) -> list[int]:
    found: list[int] = []
    at = text.find(words)
    while at >= 0 and len(found) < 1000:
        found.append(at)
        at = text.find(words, at + 1)
    return found


def _refuse(why: str) -> NoReturn:
    raise NotDoneError(why)


_KINDS: dict[str, Callable[[Connection, Form, str], Judgement]] = {
    "same": _same, "different": _different, "not_a_claim": _not_a_claim, "source": _source, "span": _span, "credibility": _credibility,
    "undo": _undo,
}  # fmt: skip
