"""The account as one self-contained HTML page: no script, no network, no font or image from elsewhere.

Everything shown of a report goes through Jinja's autoescape or ``marks.marked``, and a Content-Security-Policy forbids
the page to run or fetch anything.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from onrecord.account.chains import drawing
from onrecord.account.marks import Mark, marked
from onrecord.records import Account, Attribution, Claim, Edge, Mention, Reading
from onrecord.story.credibility import NAMES, RULE
from onrecord.story.framing import LEAST
from onrecord.story.organizations import HOME

_ROLES = (("content", "con"), ("source", "src"), ("cue", "cue"))
WORDED = 12  # actors and events in the table of wordings
UNREAD = 2000  # characters shown of a report that could not be read
_QUADS = {1: "verbal cooperation", 2: "material cooperation", 3: "verbal conflict", 4: "material conflict"}
_SETTLED = {"none": "open", "update": "updated since", "correction": "corrected"}


@dataclass(frozen=True)
class Shown:
    """A mention as the page shows it."""

    mention: Mention
    anchor: str
    outlet: str
    when: str
    sentence: Markup
    chain: list[str]


def page(account: Account, readings: Sequence[Reading]) -> str:
    """The page. ``readings`` are those the account was told from; their texts are shown in full."""
    view = _View(account, {r.report.id: r for r in readings})
    return (
        _environment()
        .get_template("page.html")
        .render(view=view, account=account, names=NAMES, rule=RULE, settled=_SETTLED, quads=_QUADS, least=LEAST)
    )


def contents(pages: Sequence[tuple[str, Account]]) -> str:
    """The page that lists several stories: (file name, account) of each."""
    return _environment().get_template("contents.html").render(pages=pages)


def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("onrecord.account"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )


class _View:
    """What the template asks for."""

    def __init__(self, account: Account, readings: dict[str, Reading]) -> None:
        self.account, self.readings = account, readings
        self.actors = {a.id: a for a in account.actors}
        self.claims = {c.id: c for c in account.claims}
        self.anchors = {(c.id, n): f"m-{c.id}-{n}" for c in account.claims for n in range(len(c.mentions))}
        self.spots: dict[str, list[tuple[int, str]]] = {}
        for c in account.claims:
            for n, m in enumerate(c.mentions):
                self.spots.setdefault(m.report, []).append((m.span[0], self.anchors[c.id, n]))

    # -- figures --

    @property
    def outlets(self) -> int:
        return len({self.outlet(r.id) for r in self.account.reports})

    @property
    def corroborated(self) -> list[Claim]:
        return [c for c in self.account.claims if c.independent_origins > 1]

    @property
    def shared(self) -> list[Claim]:
        """Claims of two outlets or origins, or of a disagreement: those worth a look first."""
        argued = {c for d in self.account.disagreements for c in d.claims}
        return [c for c in self.account.claims if c.independent_origins > 1 or len(self.carriers(c)) > 1 or c.id in argued]

    @property
    def single(self) -> list[Claim]:
        """The other claims, of one outlet alone."""
        shared = {c.id for c in self.shared}
        return [c for c in self.account.claims if c.id not in shared]

    @property
    def copied(self) -> int:
        return sum(any(x.kind != "cites" for x in r.copies) for r in self.account.reports)

    @property
    def days(self) -> str:
        first, last = ((d or "")[:10] for d in (self.account.story.start, self.account.story.end))
        return first if first == last else f"{first} to {last}"

    @property
    def open_disagreements(self) -> int:
        return sum(d.resolved == "none" for d in self.account.disagreements)

    # -- names --

    def name(self, actor: str | None) -> str:
        return self.actors[actor].name if actor in self.actors else "nobody named"

    def outlet(self, report: str) -> str:
        return self.readings[report].report.outlet or report

    def carriers(self, claim: Claim) -> list[str]:
        return list(dict.fromkeys(self.outlet(m.report) for m in claim.mentions))

    def organization(self, organization: str | None) -> str:
        if organization is None:
            return ""
        if organization == HOME:
            return "the government that no report names"
        return organization.removeprefix("state:") + " government" if organization.startswith("state:") else self.name(organization)

    def coding(self, claim: Claim) -> list[str]:
        """What a claim says happened, in codes: PLOVER type and mode, who to whom, where, when, how sure."""
        event = claim.event
        if event is None:
            return []
        sides = [self.coded(event.actor), self.coded(event.recipient)]
        where = [event.place.name + (f", {event.place.country}" if event.place.country else "")] if event.place else []
        when = [f"{event.time.start} to {event.time.end}".removeprefix(f"{event.time.end} to ")] if event.time and event.time.start else []
        how = "did not happen" if event.polarity == "negated" else event.tense
        kind = f"{event.type} ({event.mode})" if event.mode else str(event.type)
        value = [f"Goldstein {event.goldstein:+g}"] if event.goldstein is not None else []
        return [kind, " → ".join(s or "nobody named" for s in sides), *where, *when, f"{how}, {event.certainty}", *value]

    def coded(self, actor: str | None) -> str:
        """An actor's name with the code."""
        known = self.actors.get(actor or "")
        return f"{known.name} [{known.code}]" if known and known.code else known.name if known else ""

    def deeds(self) -> list[Edge]:
        """Who acts towards whom, by most claims first."""
        return sorted(self.account.network.edges, key=lambda e: (-e.weight, e.quad, e.source, e.target))

    def worded(self) -> list[tuple[str, str, list[tuple[str, str]]]]:
        """(name, link, [(outlet, its wordings)]) of the actors and events that outlets name by different words."""
        found: dict[tuple[str, str], list[tuple[str, dict[str, int]]]] = {}
        for f in self.account.framing:
            for label in f.labels:
                if label.actor in self.actors and self.actors[label.actor].type not in ("person", "unnamed"):
                    found.setdefault((self.actors[label.actor].name, ""), []).append((f.outlet, label.wordings))
            for event in f.events:
                found.setdefault((self.claims[event.claim].statement, event.claim), []).append((f.outlet, event.wordings))
        shown = [(key, rows) for key, rows in found.items() if len(rows) > 1 and len({tuple(sorted(words)) for _, words in rows}) > 1]
        shown.sort(key=lambda each: (-len(each[1]), each[0]))
        return [(name, link, [(outlet, _by_count(words)) for outlet, words in rows]) for (name, link), rows in shown[:WORDED]]

    def stances(self, claim: Claim) -> Sequence[tuple[str, int]]:
        return Counter(m.stance for m in claim.mentions).most_common()

    def sources(self) -> list[tuple[Any, int, int, int]]:
        """(actor, claims it is an origin of, mentions it makes, denials), most claims first."""
        origin = Counter(o.actor for c in self.account.claims for o in c.origins)
        made = Counter(m.source for c in self.account.claims for m in c.mentions if m.source)
        denies = Counter(m.source for c in self.account.claims for m in c.mentions if m.source and m.stance == "denies")
        rows = [(self.actors[a], origin[a], n, denies[a]) for a, n in made.items()]
        return sorted(rows, key=lambda row: (-row[1], -row[2], row[0].name))

    # -- words --

    def drawing(self, claim: Claim) -> Markup:
        return drawing(claim, self.name, self.outlet)

    def mentions(self, claim: Claim) -> list[Shown]:
        return [
            Shown(
                mention=m,
                anchor=self.anchors[claim.id, n],
                outlet=self.outlet(m.report),
                when=(self.readings[m.report].report.published or "undated")[:10],
                sentence=self._sentence(m),
                chain=[self.outlet(m.report), *(self.name(v) for v in m.via), *([self.name(m.source)] if m.source else [])],
            )
            for n, m in enumerate(claim.mentions)
        ]

    def _sentence(self, mention: Mention) -> Markup:
        reading = self.readings[mention.report]
        text, (start, end) = reading.report.text, mention.span
        spans = [s for s in reading.sentences if s[0] < end and start < s[1]]
        around = (min(s[0] for s in spans), max(s[1] for s in spans)) if spans else mention.span
        own = [a for a in reading.attributions if a.id == mention.attribution]
        return marked(text, around, [*marks_of(own), Mark(mention.span, "now")])

    def full(self, report: str) -> list[Markup]:
        """A report's paragraphs with all marks and all places that claims link to."""
        reading = self.readings[report]
        text = reading.report.text if reading.sentences else reading.report.text[:UNREAD]
        marks = marks_of(reading.attributions)
        spots = self.spots.get(report, [])
        paragraphs: list[Markup] = []
        at = 0
        for line in text.splitlines(keepends=True):
            if line.strip():
                paragraphs.append(marked(text, (at, at + len(line.rstrip())), marks, spots))
            at += len(line)
        return paragraphs


def _by_count(words: dict[str, int]) -> str:
    most = sorted(words.items(), key=lambda each: (-each[1], each[0]))[:6]
    return ", ".join(f"{word} ({n})" if n > 1 else word for word, n in most)


def marks_of(attributions: Sequence[Attribution]) -> list[Mark]:
    """Contents below, sources and cues on top, inner attributions over outer ones."""
    return [Mark(span, css) for role, css in _ROLES for a in attributions for span in getattr(a, role)]
