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
from onrecord.account.marks import marked
from onrecord.account.words import QUADS, SETTLED, coding, counted_with, marks_of, sentence, worded
from onrecord.records import Account, Claim, Edge, Mention, Reading
from onrecord.story.credibility import NAMES, RULE
from onrecord.story.framing import LEAST

UNREAD = 2000  # characters shown of a report that could not be read


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
        .render(view=view, account=account, names=NAMES, rule=RULE, settled=SETTLED, quads=QUADS, least=LEAST)
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
        return counted_with(organization, self.name)

    def coding(self, claim: Claim) -> list[str]:
        """What a claim says happened, in codes."""
        return coding(claim.event, lambda actor: self.coded(actor) or "nobody named")

    def coded(self, actor: str | None) -> str:
        """An actor's name with the code."""
        known = self.actors.get(actor or "")
        return f"{known.name} [{known.code}]" if known and known.code else known.name if known else ""

    def deeds(self) -> list[Edge]:
        """Who acts towards whom, by most claims first."""
        return sorted(self.account.network.edges, key=lambda e: (-e.weight, e.quad, e.source, e.target))

    def worded(self) -> list[tuple[str, str, list[tuple[str, str]]]]:
        """The actors and events that outlets name by different words."""
        return worded(self.account.framing, self.actors, {c.id: c.statement for c in self.account.claims})

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
                sentence=sentence(self.readings[m.report], m.span, m.attribution),
                chain=[self.outlet(m.report), *(self.name(v) for v in m.via), *([self.name(m.source)] if m.source else [])],
            )
            for n, m in enumerate(claim.mentions)
        ]

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
