"""Claims and mentions in words and marks, the same on the page and in the workbench: codes, wordings, whom an origin counts for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from markupsafe import Markup

from onrecord.account.marks import Mark, marked
from onrecord.records import Attribution, ClaimEvent, Framing, Reading, Span, StoryActor
from onrecord.story.organizations import HOME

WORDED = 12  # actors and events in the table of wordings
QUADS = {1: "verbal cooperation", 2: "material cooperation", 3: "verbal conflict", 4: "material conflict"}
SETTLED = {"none": "open", "update": "updated since", "correction": "corrected"}
_ROLES = (("content", "con"), ("source", "src"), ("cue", "cue"))
Named = Callable[[str | None], str]


def coding(event: ClaimEvent | None, named: Named) -> list[str]:
    """What a claim says happened, in codes: PLOVER type and mode, who to whom, where, when, how sure."""
    if event is None:
        return []
    where = [event.place.name + (f", {event.place.country}" if event.place.country else "")] if event.place else []
    when = [f"{event.time.start} to {event.time.end}".removeprefix(f"{event.time.end} to ")] if event.time and event.time.start else []
    how = "did not happen" if event.polarity == "negated" else event.tense
    kind = f"{event.type} ({event.mode})" if event.mode else str(event.type)
    value = [f"Goldstein {event.goldstein:+g}"] if event.goldstein is not None else []
    return [kind, " → ".join(named(side) for side in (event.actor, event.recipient)), *where, *when, f"{how}, {event.certainty}", *value]


def counted_with(organization: str | None, named: Named) -> str:
    """Whom an origin counts for."""
    if organization is None:
        return ""
    if organization == HOME:
        return "the government that no report names"
    return organization.removeprefix("state:") + " government" if organization.startswith("state:") else named(organization)


def worded(
    framing: Sequence[Framing], actors: Mapping[str, StoryActor], statements: Mapping[str, str]
) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """(name, claim or "", [(outlet, its wordings)]) of the actors and events that outlets name by different words, those of most first."""
    found: dict[tuple[str, str], list[tuple[str, dict[str, int]]]] = {}
    for f in framing:
        for label in f.labels:
            if label.actor in actors and actors[label.actor].type not in ("person", "unnamed"):
                found.setdefault((actors[label.actor].name, ""), []).append((f.outlet, label.wordings))
        for event in f.events:
            found.setdefault((statements[event.claim], event.claim), []).append((f.outlet, event.wordings))
    shown = [(key, rows) for key, rows in found.items() if len(rows) > 1 and len({tuple(sorted(words)) for _, words in rows}) > 1]
    shown.sort(key=lambda each: (-len(each[1]), each[0]))
    return [(name, link, [(outlet, _by_count(words)) for outlet, words in rows]) for (name, link), rows in shown[:WORDED]]


def sentence(reading: Reading, span: Span, attribution: str | None) -> Markup:
    """The sentence of a mention, with its source, cue and content marked."""
    spans = [s for s in reading.sentences if s[0] < span[1] and span[0] < s[1]]
    around = (min(span[0], *(s[0] for s in spans)), max(span[1], *(s[1] for s in spans))) if spans else span
    own = [a for a in reading.attributions if a.id == attribution]
    return marked(reading.report.text, around, [*marks_of(own), Mark(span, "now")])


def marks_of(attributions: Sequence[Attribution]) -> list[Mark]:
    """Contents below, sources and cues on top, inner attributions over outer ones."""
    return [Mark(span, css) for role, css in _ROLES for a in attributions for span in getattr(a, role)]


def _by_count(words: dict[str, int]) -> str:
    most = sorted(words.items(), key=lambda each: (-each[1], each[0]))[:6]
    return ", ".join(f"{word} ({n})" if n > 1 else word for word, n in most)
