"""Report → Reading: the order of the steps.

A reading is a pure function of the report and the weights; nothing here opens a file, but for the weights.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain

from onrecord.reading.actors import Cast
from onrecord.reading.attribution.attribute import Found, attribute
from onrecord.reading.attribution.quotes import Quotation, quotations, quote_kind
from onrecord.reading.attribution.stance import stance_of
from onrecord.reading.clauses import clauses_of
from onrecord.reading.codes import frozen
from onrecord.reading.coreference import references
from onrecord.reading.encoder import Encoder, Seen, chances
from onrecord.reading.events import Surroundings, events_of, find_deeds, locate
from onrecord.reading.grammar import Grammar
from onrecord.reading.known import Known
from onrecord.reading.language import foreign_language
from onrecord.reading.places import find_places
from onrecord.reading.quantities import find_quantities
from onrecord.reading.schemes import SOURCE_TYPES, STANCES
from onrecord.reading.sentences import Layout, lay_out
from onrecord.reading.sources import source_type_of, speakers_of
from onrecord.reading.times import find_times
from onrecord.reading.workers import SHARED, cores, read_by_workers
from onrecord.records import Actor, Attribution, Defect, Reader, Reading, Report, Span
from onrecord.version import VERSION

LONGEST = 1_000_000  # code points; what is longer is no report


def read(reports: Iterable[Report], encoder: Encoder | None = None) -> Iterator[Reading]:
    """A reading for each report, in order; a report that cannot be read has empty lists and a defect.

    More than a few reports are read by processes of their own, one on each core.
    """
    encoder = encoder or Encoder()
    rest = iter(reports)
    held: list[Report] = []
    size = 0
    for report in rest:
        held.append(report)
        size += len(report.text)
        if size > SHARED and cores() > 1 and type(encoder) is Encoder:
            yield from read_by_workers(chain(held, rest), encoder.folder, _failed(encoder))
            return
    for report in held:
        yield read_one(report, encoder)


def read_one(report: Report, encoder: Encoder) -> Reading:
    """The reading of one report: of nothing but its text, its publication date and the weights."""
    defect = unreadable(report)
    if defect is not None:
        return _failed(encoder)(report, defect)
    try:
        return _reading(Reader(version=VERSION, model=encoder.model), report, encoder)
    except Exception as error:  # whatever a hostile text found: it costs this report, never its neighbours
        said = f"{type(error).__name__}: {error}"[:200]
        return _failed(encoder)(report, Defect(code="not_read", message=f"reading it failed, which is a fault of the program: {said}"))


def _failed(encoder: Encoder) -> Callable[[Report, Defect], Reading]:
    """What makes an empty reading with a defect."""
    reader = Reader(version=VERSION, model=encoder.model)
    return lambda report, defect: Reading(reader=reader, report=report, defects=(*report.defects, defect))


def unreadable(report: Report) -> Defect | None:
    """Why a report's text cannot be read; None when it can."""
    if not report.text.strip():
        return Defect(code="empty_text", message="the report has no text")
    if len(report.text) > LONGEST:
        return Defect(code="too_long", message=f"{len(report.text):,} characters; the longest report read has {LONGEST:,}")
    if language := foreign_language(report.text):
        return Defect(code="not_english", message=f"the text looks like language {language!r}; only English is read")
    return None


def _reading(reader: Reader, report: Report, encoder: Encoder) -> Reading:
    layout = lay_out(report.text)
    seen = encoder.see(report.text, layout.sentences)
    grammar = Grammar(report.text, seen)
    quoted = quotations(layout)
    found = attribute(layout, quoted, seen, grammar)
    mentions = references(seen, grammar)
    cast = Cast(layout, grammar, mentions)
    times = find_times(layout, report.published)
    speakers = speakers_of(cast, found)
    deeds = find_deeds(seen, grammar, cast)
    places = find_places(layout, cast.names, mentions)
    cast.settle(places)
    locate(deeds, grammar, places)
    sides = [side for deed in deeds for side in (deed.actor, deed.recipient)]
    actors = frozen(cast.known, [known for known in (*speakers, *sides) if known is not None], report.published)
    attributions = [_attribution(number, f, layout, quoted, seen, grammar, speakers, actors) for number, f in enumerate(found)]
    quantities = find_quantities(layout, times)
    around = Surroundings(grammar, attributions, quantities, times, places)
    return Reading(
        reader=reader,
        report=report,
        attributions=tuple(attributions),
        actors=tuple(actors.values()),
        events=tuple(events_of(deeds, around, lambda known: actors[id(known)].id)),
        quantities=tuple(quantities),
        times=tuple(times),
        places=tuple(places),
        sentences=tuple(layout.sentences),
        clauses=tuple(clauses_of(grammar, layout.sentences)),
        defects=report.defects,
    )


def _attribution(
    number: int,
    found: Found,
    layout: Layout,
    quoted: list[Quotation],
    seen: Seen,
    grammar: Grammar,
    speakers: list[Known | None],
    actors: dict[int, Actor],
) -> Attribution:
    triple, known = found.triple, speakers[number]
    said = grammar.head_in(triple.content[0]) if triple.content else None
    modal = grammar.modality(said) if said is not None else None
    stance, lean = stance_of(_words(layout, triple.cue), _words(layout, triple.content), chances(seen.stance, found.pieces, STANCES), modal)
    return Attribution(
        id=f"a{number + 1}",
        source=triple.source,
        cue=triple.cue,
        content=triple.content,
        quote=quote_kind(triple.content, quoted),
        source_type=source_type_of(known, chances(seen.source_type, found.pieces, SOURCE_TYPES)),
        actor=actors[id(known)].id if known else None,
        stance=stance,
        lean=lean,  # type: ignore[arg-type]
        parent=f"a{found.parent + 1}" if found.parent is not None else None,
        confidence=round(found.confidence, 3),
    )


def _words(layout: Layout, spans: tuple[Span, ...]) -> str:
    return " ".join(layout.text[start:end] for start, end in spans)
