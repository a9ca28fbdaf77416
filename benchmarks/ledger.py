"""A large ledger: how long its pages take, and how long it takes to add to it.

    python benchmarks/ledger.py make story.db --reports 10000        simulated: about 20 mentions a report
    python benchmarks/ledger.py add story.db --reports 100           seconds for adding so many more, reading aside
    python benchmarks/ledger.py serve story.db                       p50, p95 of claim list, claim page, report page, search on loopback
    python benchmarks/ledger.py graft                               is what is added to a large ledger what telling anew gives?

The claims of ``make`` are put in as they were simulated, not told by the judge; those of ``add`` are told as ever.
"""

from __future__ import annotations

import argparse
import http.client
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import Any

from simulator import _DEEDS, _NAMES, _ROLES, _SURNAMES, _TOWNS, World

from onrecord import Ledger, Report, load
from onrecord.ledger import building
from onrecord.ledger.building import keep_snapshot
from onrecord.ledger.installing import install
from onrecord.ledger.judging import NotThereError, append, places_of, standing_claim
from onrecord.ledger.packing import pack
from onrecord.ledger.reports import now
from onrecord.ledger.state import keep_state
from onrecord.ledger.tables import reading as reading_table
from onrecord.reading.encoder import Encoder
from onrecord.records import (
    Account,
    Actor,
    Attribution,
    Claim,
    Copy,
    Disagreement,
    Judgement,
    Mention,
    Reader,
    Reading,
    Story,
    StoryActor,
    StoryReport,
    Whereabouts,
)  # fmt: skip
from onrecord.reports.files import complete
from onrecord.story.counting import claim_of
from onrecord.story.origins import Known
from onrecord.story.story import timeline
from onrecord.version import VERSION

JUDGED = 500
SAID = 10  # statements of a first-hand report; as many sentences stand beside them in its own voice
_OWN = (
    "The road from {town} to {other} was closed in the morning.", "Trains between {town} and {other} ran again by noon.",
    "Shops in {town} stayed shut while those of {other} opened.", "The river between {town} and {other} had risen overnight.",
    "Soldiers stood on the square of {town} and at the gates of {other}.", "No post has reached {town} from {other} since the spring.",
    "The market of {town} sold bread from {other}.", "Smoke hung over {town} and could be seen in {other}.",
    "Buses took the sick from {town} to the clinic of {other}.", "The council of {town} met with that of {other} in the evening.",
    "Farmers near {town} left their fields and went to {other}.", "Power failed in {town} and in the villages around {other}.",
)  # fmt: skip
HOUSES = ("Courier", "Post", "Radio", "Press Agency", "Herald")


@dataclass
class Made:
    """A simulated report: its sentences as (claim, source, words of the claim)."""

    report: Report
    told: list[tuple[int, int]]
    spans: list[tuple[tuple[int, int], tuple[int, int]]]  # of each sentence: source, content
    beside: list[tuple[int, int]]  # in its own voice
    copies: list[Copy] = field(default_factory=list)


class Coverage:
    """Reports of one long story, simulated from a seed."""

    def __init__(self, reports: int, seed: int) -> None:
        self.random = random.Random(seed)
        draw = self.random
        self.claims = [(draw.randrange(len(_DEEDS)), draw.randint(3, 9000), draw.choice(_TOWNS)) for _ in range(3 * reports)]
        self.sources = [f"{draw.choice(_NAMES)} {draw.choice(_SURNAMES)}-{draw.choice(_SURNAMES)}" for _ in range(reports // 5 + 20)]
        self.roles = [draw.choice(_ROLES).format(town=draw.choice(_TOWNS)) for _ in self.sources]
        self.outlets = [f"{town} {house}" for town in _TOWNS for house in HOUSES]
        self.first: list[Made] = []

    def report(self, number: int, prefix: str = "r") -> Made:
        draw = self.random
        kind = "first" if len(self.first) < 5 else draw.choices(("first", "verbatim", "rewrite"), (20, 55, 25))[0]
        outlet, copies = draw.choice(self.outlets), []
        if kind == "first":
            told = [(draw.randrange(len(self.claims)), draw.randrange(len(self.sources))) for _ in range(SAID)]
            way = 0
        else:
            base = draw.choice(self.first[-80:])
            told, way = base.told, 0 if kind == "verbatim" else draw.choice((1, 2))
            copies = [Copy(of=base.report.id, kind="verbatim" if kind == "verbatim" else "rewrite", share=1.0 if way == 0 else 0.3)]
        text, spans, beside = self._text(told, way)
        day = f"2031-{1 + number // 900 % 12:02d}-{1 + number // 30 % 28:02d}T{number % 24:02d}:{number % 60:02d}:00Z"
        report = complete(Report(id=f"{prefix}{number}", text=text, outlet=outlet, published=day, title=f"Report {number} from {outlet}"))
        made = Made(report, told, spans, beside, copies)
        if kind == "first":
            self.first.append(made)
        return made

    def words(self, claim: int, way: int) -> str:
        deed, n, town = self.claims[claim]
        return _DEEDS[deed][way].format(n=n, town=town)

    def _text(self, told: list[tuple[int, int]], way: int) -> tuple[str, list[Any], list[tuple[int, int]]]:
        text, spans, beside = "", [], []
        for place, (claim, source) in enumerate(told):
            name = self.sources[source]
            spans.append(((len(text), len(text) + len(name)), (0, 0)))
            text += f"{name}, a {self.roles[source]}, said that "
            words = self.words(claim, way)
            spans[-1] = (spans[-1][0], (len(text), len(text) + len(words)))
            own = _OWN[claim % len(_OWN)].format(town=_TOWNS[claim // 7 % 20], other=_TOWNS[source % 20])
            text += f"{words}. "
            beside.append((len(text), len(text) + len(own) - 1))
            text += own + ("\n\n" if place % 3 == 2 else " ")
        return text, spans, beside


def reading_of(made: Made, names: list[str], reader: Reader) -> Reading:
    """What the reader would say of a simulated report."""
    actors: dict[int, Actor] = {}
    attributions, sentences = [], []
    for n, ((_, source), (who, content)) in enumerate(zip(made.told, made.spans, strict=True), 1):
        held = actors.get(source)
        spans = (*held.mentions, who) if held else (who,)
        actors[source] = Actor(id=held.id if held else f"p{len(actors) + 1}", name=names[source], type="person", mentions=spans)
        attributions.append(
            Attribution(
                id=f"a{n}", source=(who,), cue=((content[0] - 10, content[0] - 6),), content=(content,), quote="indirect",
                source_type="named_person", actor=actors[source].id, stance="asserts", confidence=0.9,
            )
        )  # fmt: skip
        sentences += [(who[0], content[1] + 1), (made.beside[n - 1][0], made.beside[n - 1][1] + 1)]
    return Reading(
        reader=reader, report=made.report, attributions=tuple(attributions), actors=tuple(actors.values()), sentences=tuple(sentences),
        clauses=tuple(sorted([content for _, content in made.spans] + made.beside)),
    )  # fmt: skip


def account_of(all_made: list[Made], coverage: Coverage) -> Account:
    """The account as it was simulated."""
    houses = {house: f"s{1 + n}" for n, house in enumerate(sorted({m.report.outlet or "" for m in all_made}))}
    people: dict[int, list[Whereabouts]] = {}
    mentions: dict[int | str, list[tuple[Mention, str]]] = {}
    for made in all_made:
        for n, ((claim, source), (who, content)) in enumerate(zip(made.told, made.spans, strict=True), 1):
            people.setdefault(source, []).append(Whereabouts(report=made.report.id, span=who))
            mention = Mention(
                report=made.report.id, span=content, attribution=f"a{n}", source=f"s{1000 + source}",
                stance="denies" if (claim + source) % 50 == 0 else "asserts", confidence=0.5 + (claim * 7 + n) % 50 / 100,
            )  # fmt: skip
            mentions.setdefault(claim, []).append((mention, made.report.text[slice(*content)]))
    for made in all_made:
        for span in made.beside:
            words = made.report.text[slice(*span)]
            mention = Mention(report=made.report.id, span=span, attribution=None, source=None, stance="asserts", confidence=0.9)
            mentions.setdefault(words, []).append((mention, words))
    actors = [StoryActor(id=id, name=name, type="organization") for name, id in houses.items()]
    actors += [
        StoryActor(id=f"s{1000 + s}", name=coverage.sources[s], type="person", role=coverage.roles[s], mentions=tuple(at))
        for s, at in people.items()
    ]
    known = Known({a.id: a for a in actors}, {m.report.id: houses[m.report.outlet or ""] for m in all_made})
    dates = {m.report.id: m.report.published for m in all_made}
    claims: list[Claim] = []
    for _, told in sorted(mentions.items(), key=lambda each: (-len(each[1]), str(each[0]))):
        each = [m for m, _ in told]
        claims.append(claim_of(f"c{len(claims) + 1}", each, [w for _, w in told], [dates[m.report] for m in each], known))
    pairs = list(zip(claims[::40], claims[1::40], strict=False))
    disagreements = [
        Disagreement(
            id=f"d{n}", kind="quantity", claims=(a.id, b.id), resolved="none", explanation=f"“{a.statement}” against “{b.statement}”"
        )
        for n, (a, b) in enumerate(pairs, 1)
    ]
    reports = [
        StoryReport(
            id=m.report.id, outlet=m.report.outlet, published=m.report.published, title=m.report.title, sha256=m.report.sha256,
            copies=tuple(m.copies),
        )
        for m in all_made
    ]  # fmt: skip
    return Account(
        story=Story(title="Simulated", start=None, end=None), reports=tuple(reports), actors=tuple(actors), claims=tuple(claims),
        disagreements=tuple(disagreements), timeline=tuple(timeline(claims)), framing=(),
    )  # fmt: skip


def make(target: str, count: int, seed: int) -> None:
    """A ledger of so many simulated reports."""
    coverage, started = Coverage(count, seed), time.perf_counter()
    all_made = [coverage.report(n) for n in range(count)]
    encoder = Encoder()
    reader = Reader(version=VERSION, model=encoder.model)
    with Ledger(target, encoder) as ledger:
        ledger.add([m.report for m in all_made])
        account = account_of(all_made, coverage)
        print(f"{sum(len(c.mentions) for c in account.claims):,} mentions, {len(account.claims):,} claims", flush=True)
        rows = {
            (m.report.sha256, (m.report.published or "")[:10]): {
                "sha256": m.report.sha256, "published": (m.report.published or "")[:10], "version": VERSION, "model": encoder.model,
                "body": pack(reading_of(m, coverage.sources, reader)),
            }
            for m in all_made
        }  # fmt: skip
        inserted = time.perf_counter()
        with ledger.store.writing() as db:
            db.execute(reading_table.insert(), list(rows.values()))
            install(db, account, {m.report.id: m.report.text for m in all_made}, now())
            keep_state(db, "reader", f"{VERSION} {encoder.model}")
        written = time.perf_counter() - inserted
        keep_snapshot(ledger.store, now())
        _judge(ledger, len(account.claims), seed)
        print(f"made in {time.perf_counter() - started:.1f} s, of it {written:.1f} s writing the claims")


def _judge(ledger: Ledger, claims: int, seed: int) -> None:
    """Some hundred judgements, and what one takes."""
    draw, times = random.Random(seed), []
    for n in range(JUDGED):
        one, other = (f"c{number}" for number in draw.sample(range(1, claims + 1), 2))
        started = time.perf_counter()
        with ledger.store.writing() as db:
            try:
                one, other = standing_claim(db, one), standing_claim(db, other)
            except NotThereError:
                continue
            kind, more = ("same", {"other": other, "others": places_of(db, other)}) if n % 3 else ("credibility", {"value": "2"})
            if one != other:
                append(db, Judgement(id=0, kind=kind, claim=one, places=places_of(db, one), by="bench", at="", reason="r", **more))
        times.append(time.perf_counter() - started)
    print(
        f"{len(times)} judgements: p50 {1000 * statistics.median(times):.0f} ms, p95 {1000 * sorted(times)[int(0.95 * len(times))]:.0f} ms"
    )


def add(target: str, count: int, seed: int) -> None:
    """Adds so many more reports, and says what each step took."""
    with Ledger(target) as ledger:
        held = len(ledger.reports())
        coverage = Coverage(held, seed)
        for n in range(held):
            coverage.report(n)
        new = [coverage.report(held + n, prefix=f"n{seed}-").report for n in range(count)]
        started = time.perf_counter()
        list(ledger.readings(new))
        reading, started = time.perf_counter() - started, time.perf_counter()
        built = ledger.update()
        took = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{built.how} {built.reports}: kept and read in {reading:.1f} s, told in {took:.1f} s, peak {peak:,.0f} MiB")


def serve(target: str, port: int, asked: int, seed: int) -> None:
    """Asks for each kind of page so often, one after the other."""
    server = subprocess.Popen([sys.executable, "-m", "onrecord", "serve", "--ledger", target, "--port", str(port), "-q"])
    try:
        _wait(port)
        draw = random.Random(seed)
        with Ledger(target, read_only=True) as ledger, ledger.store.reading() as db:
            claims, reports = (db.exec_driver_sql(f"select max(number) from {table}").scalar_one() for table in ("claim", "report"))
        towns = [*_TOWNS, "market shells", "bridge closed", "flour", "arrested men"]
        pages = {
            "claim list": lambda: draw.choice(["/claims", "/claims?origins=2", "/claims?open=1", f"/claims?page={draw.randint(2, 200)}",
                                               f"/claims?outlet={draw.choice(_TOWNS)}+Post", "/claims?stance=denies"]),
            "claim page": lambda: f"/claims/c{draw.randint(1, claims)}",
            "report page": lambda: f"/reports/{draw.randint(1, reports)}",
            "search": lambda: f"/search?q={draw.choice(towns).replace(' ', '+')}",
            "overview": lambda: "/", "timeline": lambda: "/timeline", "network": lambda: "/network", "review": lambda: "/review",
        }  # fmt: skip
        for name, path in pages.items():
            times = sorted(_ask(port, path()) for _ in range(asked))
            print(f"{name:>12}: p50 {1000 * statistics.median(times):6.1f} ms, p95 {1000 * times[int(0.95 * len(times))]:6.1f} ms")
    finally:
        server.terminate()
        server.wait()


def graft(seed: int) -> None:
    """Is what is grafted what telling anew gives? The last 100 of 420 reports of ``simulator.py``, and the last two of the example."""
    made, _ = World(420, seed).reports(420)
    example = list(load([Path(__file__).parent.parent / "examples" / "harbour"]))
    for name, reports, last in (("simulated", [complete(Report(**each)) for each in made], 100), ("example", example, 2)):
        fresh = {r.id for r in reports[-last:]}
        with tempfile.TemporaryDirectory() as folder, Ledger(f"{folder}/a.db") as ledger:
            ledger.add(reports[:-last])
            ledger.rebuild()
            ledger.add(reports[-last:])
            building.WHOLE = 0
            ledger.update()
            grafted = _pairs(ledger.account(), fresh)
            ledger.rebuild()
            anew = _pairs(ledger.account(), fresh)
        both = len(grafted & anew)
        kept, found = 100 * both / len(grafted), 100 * both / len(anew)
        print(f"{name}, pairs with a new mention: {kept:.1f} % of the grafted are told anew, {found:.1f} % the other way")


def _pairs(account: Account, fresh: set[str]) -> set[Any]:
    places = [[(m.report, m.span) for m in c.mentions] for c in account.claims]
    return {frozenset(pair) for each in places for pair in combinations(each, 2) if {pair[0][0], pair[1][0]} & fresh}


def _ask(port: int, path: str) -> float:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    started = time.perf_counter()
    connection.request("GET", path)
    answer = connection.getresponse()
    answer.read()
    took = time.perf_counter() - started
    assert answer.status in (200, 303), f"{path}: {answer.status}"
    return took


def _wait(port: int) -> None:
    for _ in range(200):
        try:
            _ask(port, "/")
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the server did not start")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("step", choices=["make", "add", "serve", "graft"])
    parser.add_argument("ledger", nargs="?", default="")
    parser.add_argument("--reports", type=int, default=10000)
    parser.add_argument("--asked", type=int, default=200)
    parser.add_argument("--port", type=int, default=8765)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    if given.step == "make":
        make(given.ledger, given.reports, given.seed)
    elif given.step == "add":
        add(given.ledger, given.reports, given.seed)
    elif given.step == "graft":
        graft(given.seed)
    else:
        serve(given.ledger, given.port, given.asked, given.seed)


if __name__ == "__main__":
    main()
