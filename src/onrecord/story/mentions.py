"""What the reports assert, piece by piece: the contents of attributions, and the checkable sentences in an outlet's own voice.

A content is parted into clauses, since one quotation often carries several claims. Of a chain ("the Post reported that an official had
confirmed X") only the innermost content is a mention; the outer speakers are its ``via``, nearest to the reader first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from onrecord.reading.known import PLURAL, SINGULAR, plain_word
from onrecord.reading.sentences import trimmed
from onrecord.records import Attribution, Event, Quantity, Reading, Span, Stance, Time
from onrecord.story.actors import StoryCast
from onrecord.story.firsthand import first_hand
from onrecord.story.judge import Said

LEAST_WORDS = 3
OWN_SHARE = 0.55  # of a clause
OWN_WORDS = 4  # of a piece in an outlet's own voice
LEAST_CONTENT = 2  # "rejected both figures"
_HOUR = re.compile(r"\d\s*(?:[ap]\.?m\b|h\b|hrs\b|GMT)|\d[.:]\d\d|o[’']clock|\bnoon\b|\bmidnight\b|\bdawn\b", re.I)
_WORD = re.compile(r"[\w’'-]+")
_LEADING = re.compile(r"^(?:that|whether|if|and|but|which|who|as|to)\s+", re.I)
_EDGES = " \t\n,;:“”\"‘’'.—–-"
_SELF = SINGULAR | PLURAL | {"this newspaper", "this paper", "this website", "our reporter", "our correspondent"}
_TOLD = re.compile(r"\btold\s+(?:the\s+)?$", re.I)
_QUOTING = re.compile(r"\b(?:quoting|citing|quoted|cited|quotes|cites)\s+(?:a|an|the)?\s*$", re.I)


@dataclass(frozen=True, slots=True)
class Draft:
    """A mention before it is known which claim it makes."""

    report: str
    span: Span
    text: str
    said: Said  # the mention in its sentence
    attribution: str | None
    source: str | None
    via: tuple[str, ...]
    stance: Stance
    quantities: tuple[Quantity, ...]
    times: tuple[Time, ...]
    places: tuple[str, ...]
    event: str | None  # PLOVER type of the event it is about
    date: str | None
    within: Span | None = None  # of a point: the mention it is made in
    clause: str = ""  # of a point: that mention's text

    @property
    def key(self) -> tuple[str, Span, str]:
        """What orders mentions, whatever the order of the reports."""
        return self.report, self.span, self.attribution or ""


def collect(readings: Sequence[Reading], cast: StoryCast) -> list[Draft]:
    """All mentions of all reports, in order of report id and place."""
    drafts = [draft for reading in readings for draft in _of_reading(reading, cast)]
    return sorted({d.key: d for d in drafts}.values(), key=lambda d: d.key)


def _of_reading(reading: Reading, cast: StoryCast) -> Iterator[Draft]:
    text = reading.report.text
    children: dict[str, list[Attribution]] = {}
    for a in reading.attributions:
        if a.parent:
            children.setdefault(a.parent, []).append(a)
    for a in reading.attributions:
        below = [child for child in children.get(a.id, []) if _holds(text, child)]
        for span in a.content:
            for part in clauses(text, span, reading.clauses) or [span]:
                inner = [s for child in below if any(_meet(part, c) for c in child.content) for s in _parts(child)]
                for piece in _unheld(part, inner):
                    if tight := _tight(text, piece, LEAST_WORDS if inner else LEAST_CONTENT):
                        yield from _with_points(reading, cast, tight, a)
    held = [span for a in reading.attributions if _holds(text, a) or not a.parent for span in _parts(a)]
    for clause in reading.clauses:
        for piece in _unheld(clause, held):
            tight = _tight(text, piece, OWN_WORDS)
            if tight and _most_of(text, tight, clause) and "?" not in text[slice(*tight)]:
                yield from _with_points(reading, cast, tight, None)


def _with_points(reading: Reading, cast: StoryCast, piece: Span, attribution: Attribution | None) -> Iterator[Draft]:
    yield draft_of(reading, cast, piece, attribution)
    for span in _points(reading, piece):
        yield replace(draft_of(reading, cast, span, attribution), within=piece, clause=reading.report.text[slice(*piece)])


def _points(reading: Reading, piece: Span) -> Iterator[Span]:
    """What a piece says beside its main point, where that is a claim of its own: how many, and at what hour."""
    text = reading.report.text
    words = len(_WORD.findall(text[slice(*piece)]))
    counted = [(q.span[0], max(q.span[1], q.of[1] if q.of else 0)) for q in reading.quantities]
    hours = [t.span for t in reading.times if _HOUR.search(text[slice(*t.span)])]
    for start, end in sorted({*counted, *hours}):
        inside = piece[0] <= start and end <= piece[1]
        if inside and (tight := _tight(text, (start, end), 2)) and 2 * len(_WORD.findall(text[slice(*tight)])) <= words:
            yield tight


def _most_of(text: str, piece: Span, clause: Span) -> bool:
    """Is a piece that no attribution holds more than what is left of a clause around one: "North Korea has | reportedly | sent troops"?"""
    return len(_WORD.findall(text[slice(*piece)])) >= OWN_SHARE * len(_WORD.findall(text[slice(*clause)]))


def _parts(a: Attribution) -> list[Span]:
    return [span for part in (a.source, a.cue, a.content) for span in part]


def _holds(text: str, a: Attribution) -> bool:
    """Has it a content that can be a mention by itself? "Forty did not answer | their names" has none, and takes nothing from others."""
    return any(_tight(text, span) for span in a.content)


def _meet(a: Span, b: Span) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def draft_of(reading: Reading, cast: StoryCast, span: Span, attribution: Attribution | None) -> Draft:
    """A mention at a span of a report, as the content of an attribution or, with None, in the outlet's own voice."""
    report = reading.report
    source = cast.of.get((report.id, attribution.actor)) if attribution and attribution.actor else None
    if source is None and (_outlet_speaks(report.text, attribution) if attribution and attribution.source else first_hand(reading, span)):
        source = cast.outlet_of.get(report.id)
    inside = tuple(q for q in reading.quantities if span[0] <= q.span[0] and q.span[1] <= span[1])
    return Draft(
        report=report.id,
        span=span,
        text=report.text[slice(*span)],
        said=_said(reading, span),
        attribution=attribution.id if attribution else None,
        source=source,
        via=_via(reading, cast, attribution, source),
        stance=attribution.stance if attribution else "asserts",
        quantities=inside,
        times=tuple(t for t in reading.times if span[0] <= t.span[0] and t.span[1] <= span[1]),
        places=tuple(p.name.lower() for p in reading.places if span[0] <= p.span[0] and p.span[1] <= span[1]),
        event=event.type if (event := main_event(reading, span)) else None,
        date=report.published,
    )


def _outlet_speaks(text: str, attribution: Attribution) -> bool:
    """Is it the outlet that says "we" or "I", outside everybody's quotation: "We demand", "I have counted them"?"""
    return attribution.parent is None and plain_word(text[slice(*attribution.source[0])]) in _SELF


def events_in(reading: Reading, span: Span) -> list[Event]:
    """The coded events whose trigger stands in a span."""
    return [e for e in reading.events if e.type is not None and span[0] <= e.trigger[0] and e.trigger[1] <= span[1]]


def main_event(reading: Reading, span: Span) -> Event | None:
    """The event that a mention at a span is about: inside its words, the most confident."""
    return max(events_in(reading, span), key=lambda e: (e.confidence, -e.trigger[0]), default=None)


def _said(reading: Reading, span: Span) -> Said:
    near = [s for s in reading.sentences if _meet(s, span)] or [span]
    start, end = min(near[0][0], span[0]), max(near[-1][1], span[1])
    return Said(reading.report.text[start:end], (span[0] - start, span[1] - start))


def _via(reading: Reading, cast: StoryCast, attribution: Attribution | None, source: str | None) -> tuple[str, ...]:
    """The go-betweens that the sentence names: outer speakers of a chain, "told the Courier", "Norlink, quoting …"."""
    if attribution is None:
        return ()
    by_id = {a.id: a for a in reading.attributions}
    outer: list[str] = []
    parent = attribution.parent
    while parent is not None:
        actor = by_id[parent].actor
        if actor is not None:
            outer.insert(0, cast.of[reading.report.id, actor])
        parent = by_id[parent].parent
    named = _named_outlets(reading, cast, attribution)
    chain = dict.fromkeys([*outer, *named])
    return tuple(actor for actor in chain if actor != source and actor != cast.outlets.get(reading.report.outlet or ""))


def _named_outlets(reading: Reading, cast: StoryCast, attribution: Attribution) -> list[str]:
    """Outlets of the story to whom the source spoke: "told the Courier", or who are said to quote it."""
    text = reading.report.text
    parts = [span for part in (attribution.source, attribution.cue) for span in part]
    if not parts:
        return []
    start, end = min(s for s, _ in parts), max(e for _, e in parts)
    sentence = next(((s, e) for s, e in reading.sentences if s <= start < e), (start, end))
    found: list[str] = []
    for at, outlets in cast.naming.found(text, *sentence):
        if _TOLD.search(text, sentence[0], at) or _QUOTING.search(text, at, start) or _spoken_to(text, sentence[0], at):
            found += [cast.outlets[outlet] for outlet in outlets]
    return list(dict.fromkeys(found))


def _spoken_to(text: str, start: int, at: int) -> bool:
    return (
        re.search(r"\b(?:told|to|by|with|speaking to|interview with)\s+(?:the\s+|agency\s+|newspaper\s+)*$", text[start:at], re.I)
        is not None
    )


def _unheld(span: Span, held: Sequence[Span]) -> list[Span]:
    """What of a span no other span holds."""
    free = [span]
    for start, end in held:
        free = (
            [(s, e) for fs, fe in free for s, e in ((fs, min(fe, start)), (max(fs, end), fe)) if s < e]
            if any(fs < end and start < fe for fs, fe in free)
            else free
        )
    return free


def clauses(text: str, span: Span, within: Sequence[Span]) -> list[Span]:
    """The clauses of a span (``within``: those of the report), without leading conjunctions and quote marks."""
    cut = [(max(start, span[0]), min(end, span[1])) for start, end in within if start < span[1] and span[0] < end]
    return list(dict.fromkeys(tight for part in cut if (tight := _tight(text, part))))


def _tight(text: str, span: Span, least: int = LEAST_WORDS) -> Span | None:
    start, end = span
    if match := _LEADING.match(text[start:end].lstrip(_EDGES)):
        start = start + (end - start - len(text[start:end].lstrip(_EDGES))) + match.end()
    while start < end and text[start] in _EDGES:
        start += 1
    while end > start and text[end - 1] in _EDGES:
        end -= 1
    tight = trimmed(text, start, end)
    return tight if tight and len(_WORD.findall(text[slice(*tight)])) >= least else None
