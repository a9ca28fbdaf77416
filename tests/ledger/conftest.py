"""Ledgers for tests: on SQLite and, where a server is named, on PostgreSQL; with readings and claims that cost no network.

A report is sentences "NAME said: WORDS." The quick reader finds these, the quick teller puts equal words (but for what stands in
brackets) into one claim, so that a test says exactly what is told.
"""

from __future__ import annotations

import os
import re
import uuid
from collections.abc import Container, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from onrecord import Account, Reading, Report
from onrecord.ledger import Ledger, reports
from onrecord.records import Actor, Attribution, Claim, Disagreement, Mention, Reader, Story, StoryActor, StoryReport, Whereabouts
from onrecord.reports.files import complete
from onrecord.story.counting import claim_of
from onrecord.story.origins import MAKES_ORIGIN, Known
from onrecord.story.story import timeline
from onrecord.version import VERSION

SERVER = os.environ.get("ONRECORD_POSTGRESQL", "")
BACKENDS = ["sqlite", "postgresql"] if SERVER or os.environ.get("ONRECORD_NEEDS_POSTGRESQL") else ["sqlite"]
_SAID = re.compile(r"(?P<source>[A-Z]\w+) (?P<cue>said|denied): (?P<words>[^.]+)\.")


class QuickEncoder:
    """A reader's weights by name only."""

    model = "quick"


class QuickLedger(Ledger):
    """A ledger that tells claims by their words."""

    def __init__(self, target: str | Path, model: str = "quick", **options: Any) -> None:
        encoder = QuickEncoder()
        encoder.model = model
        super().__init__(target, encoder, **options)  # type: ignore[arg-type]

    def _load(self) -> None:
        """There is nothing to load."""

    def _tell(self, readings: Sequence[Reading], /, *, fresh: Container[str] | None = None) -> Account:
        return quick_account(readings)


def quick_reading(report: Report, model: str = "quick") -> Reading:
    attributions, actors = [], {}
    for n, found in enumerate(_SAID.finditer(report.text), 1):
        name = found["source"]
        held = actors.get(name)
        span = found.span("source")
        actors[name] = Actor(
            id=f"p{n}" if held is None else held.id, name=name, type="person", mentions=(*(held.mentions if held else ()), span)
        )
        stance = "denies" if found["cue"] == "denied" else "asserts"
        attributions.append(
            Attribution(
                id=f"a{n}", source=(span,), cue=(found.span("cue"),), content=(found.span("words"),), quote="indirect", source_type="named_person",
                actor=actors[name].id, stance=stance, confidence=0.9,
            )
        )  # fmt: skip
    sentences = tuple(m.span() for m in _SAID.finditer(report.text))
    return Reading(
        reader=Reader(version=VERSION, model=model), report=report, attributions=tuple(attributions), actors=tuple(actors.values()),
        sentences=sentences, defects=report.defects,
    )  # fmt: skip


def quick_account(readings: Sequence[Reading]) -> Account:
    ordered = sorted(readings, key=lambda r: (r.report.published or "~", r.report.id))
    people: dict[str, list[Whereabouts]] = {}
    groups: dict[str, list[tuple[Mention, str]]] = {}
    outlets = {o: f"s{n}" for n, o in enumerate(sorted({r.report.outlet for r in ordered if r.report.outlet}), 1)}
    names = sorted({a.name for r in ordered for a in r.actors})
    ids = {name: f"s{len(outlets) + n}" for n, name in enumerate(names, 1)}
    for r in ordered:
        own = {a.id: a.name for a in r.actors}
        for a in r.actors:
            people.setdefault(a.name, []).extend(Whereabouts(report=r.report.id, span=s) for s in a.mentions)
        for a in r.attributions:
            words = r.report.text[slice(*a.content[0])]
            key = re.sub(r"\s*\([^)]*\)", "", words).strip()
            source = ids[own[a.actor or ""]]
            mention = Mention(report=r.report.id, span=a.content[0], attribution=a.id, source=source, stance=a.stance, confidence=0.5)
            groups.setdefault(key, []).append((mention, words))
    actors = [StoryActor(id=id, name=o, type="organization") for o, id in outlets.items()]
    actors += [StoryActor(id=ids[name], name=name, type="person", mentions=tuple(people[name])) for name in names]
    known = Known({a.id: a for a in actors}, {r.report.id: outlets[r.report.outlet] for r in ordered if r.report.outlet})
    dates = {r.report.id: r.report.published for r in ordered}
    claims: list[Claim] = []
    for told in groups.values():
        mentions = [m for m, _ in told]
        claims.append(claim_of(f"c{len(claims) + 1}", mentions, [w for _, w in told], [dates[m.report] for m in mentions], known))
    disagreements = [
        Disagreement(id=f"d{n}", kind="denial", claims=(c.id,), resolved="none", explanation="both said")
        for n, c in enumerate(c for c in claims if {"denies"} < {m.stance for m in c.mentions} and MAKES_ORIGIN & {m.stance for m in c.mentions})
    ]  # fmt: skip
    listed = [StoryReport(id=r.report.id, outlet=r.report.outlet, published=r.report.published, title=r.report.title, sha256=r.report.sha256)
              for r in ordered]  # fmt: skip
    return Account(
        story=Story(title=None, start=None, end=None), reports=tuple(listed), actors=tuple(actors), claims=tuple(claims),
        disagreements=tuple(disagreements), timeline=tuple(timeline(claims)), framing=(),
    )  # fmt: skip


def story(*texts: str, first: int = 0) -> list[Report]:
    """Reports of these texts, a day and an outlet each."""
    return [
        complete(Report(id=f"r{n}", text=words, outlet=f"Paper {n % 5}", published=f"2031-05-{1 + n % 28:02d}", title=f"Report {n}"))
        for n, words in enumerate(texts, first)
    ]


@pytest.fixture(autouse=True)
def quick_reader(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Reads without a network; the ids of what was read."""
    seen: list[str] = []

    def read(batch: Iterable[Report], encoder: Any) -> Iterator[Reading]:
        for report in batch:
            seen.append(report.id)
            yield quick_reading(report, encoder.model)

    monkeypatch.setattr(reports, "read", read)
    return seen


@pytest.fixture(scope="session")
def template() -> Iterator[str]:
    """A database of the server with an empty ledger, to copy."""
    if not SERVER:
        pytest.fail("ONRECORD_POSTGRESQL is wanted here and is not set")
    name = f"onrecord_{uuid.uuid4().hex[:12]}"
    on_server(f"create database {name}")
    Ledger(f"{SERVER}/{name}", QuickEncoder()).store.close()  # type: ignore[arg-type]
    yield name
    on_server(f"drop database {name} with (force)")


@pytest.fixture(params=BACKENDS)
def target(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where a new ledger is, on each database in turn."""
    if request.param == "sqlite":
        yield str(tmp_path / "story.db")
        return
    name = f"onrecord_{uuid.uuid4().hex[:12]}"
    on_server(f"create database {name} template {request.getfixturevalue('template')}")
    yield f"{SERVER}/{name}"
    on_server(f"drop database {name} with (force)")


def on_server(statement: str) -> None:
    """Says something to the PostgreSQL server itself."""
    engine = create_engine(f"{SERVER}/postgres".replace("postgresql://", "postgresql+psycopg://"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()


@pytest.fixture
def ledger(target: str) -> Iterator[QuickLedger]:
    """A new ledger."""
    with QuickLedger(target) as kept:
        yield kept
