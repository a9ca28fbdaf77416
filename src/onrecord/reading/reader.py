"""Report → Reading: the order of the steps.

A reading is a pure function of the report and the weights; nothing here opens a file, but for the weights.
"""

from __future__ import annotations

import os
import re
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor

from onrecord.reading.actors import SOURCE_TYPES, Cast, Known, frozen
from onrecord.reading.attribution.attribute import Found, attribute
from onrecord.reading.attribution.quotes import Quotation, quote_kind
from onrecord.reading.attribution.stance import stance_of
from onrecord.reading.encoder import Encoder
from onrecord.reading.quantities import find_quantities
from onrecord.reading.sentences import Layout
from onrecord.reading.times import find_times
from onrecord.records import Actor, Attribution, Defect, Reader, Reading, Report, Span
from onrecord.version import VERSION

LONGEST = 1_000_000  # code points; what is longer is no report
AHEAD = 4  # reports that wait finished for a slow one, times the cores
_ENGLISH = frozenset(
    """the of to and a in that is was for on it with as be he at by said his from have are has were had an but this not they""".split()
)
_WORD = re.compile(r"\w+")


def read(reports: Iterable[Report], encoder: Encoder | None = None) -> Iterator[Reading]:
    """A reading for each report, in order; a report that cannot be read has empty lists and a defect.

    Reports are read side by side, one on each core; the network lets go of Python's lock while it works.
    """
    encoder = encoder or Encoder()
    encoder.load()
    workers = os.cpu_count() or 1
    waiting: deque[Future[Reading]] = deque()
    with ThreadPoolExecutor(workers) as pool:
        for report in reports:
            waiting.append(pool.submit(read_one, report, encoder))
            if len(waiting) > AHEAD * workers:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def read_one(report: Report, encoder: Encoder) -> Reading:
    """The reading of one report: of nothing but its text, its publication date and the weights."""
    reader = Reader(version=VERSION, model=encoder.model)
    defect = unreadable(report)
    if defect is not None:
        return Reading(reader=reader, report=report, defects=(*report.defects, defect))
    return _reading(reader, report, *attribute(report.text, encoder))


def unreadable(report: Report) -> Defect | None:
    """Why a report's text cannot be read; None when it can."""
    if not report.text.strip():
        return Defect(code="empty_text", message="the report has no text")
    if len(report.text) > LONGEST:
        return Defect(code="too_long", message=f"{len(report.text):,} characters; the longest report read has {LONGEST:,}")
    if not _is_english(report.text):
        return Defect(code="not_english", message="too few common English words; only English is read")
    return None


def _is_english(text: str) -> bool:
    words = [w.lower() for w in _WORD.findall(text[:20_000])]
    if len(words) < 20:
        return not words or sum(w.isascii() for w in words) >= len(words) / 2
    return sum(w in _ENGLISH for w in words) >= 0.1 * len(words)


def _reading(reader: Reader, report: Report, layout: Layout, quoted: list[Quotation], found: list[Found]) -> Reading:
    cast = Cast(layout)
    speakers = _speakers(cast, found)
    actors = frozen(cast, [s for s in speakers if s is not None])
    return Reading(
        reader=reader,
        report=report,
        attributions=tuple(_attribution(number, f, layout, quoted, speakers, actors) for number, f in enumerate(found)),
        actors=tuple(actors.values()),
        quantities=tuple(find_quantities(layout)),
        times=tuple(find_times(layout, report.published)),
        sentences=tuple(layout.sentences),
        defects=report.defects,
    )


def _speakers(cast: Cast, found: list[Found]) -> list[Known | None]:
    """The actor of each attribution. Sources are resolved in order of the text, so that pronouns look back."""
    speakers: list[Known | None] = [None] * len(found)
    order = sorted(range(len(found)), key=lambda n: found[n].triple.source[:1] or found[n].triple.content[:1])
    for number in order:
        speakers[number] = cast.resolve(found[number].triple.source)
    for number, each in enumerate(found):
        words = [cast.layout.text[slice(*span)].lower() for span in each.triple.source]
        if each.speaker is not None:
            speakers[number] = speakers[each.speaker]
        elif each.parent is not None and words and words[0] in ("i", "we", "me", "us"):
            speakers[number] = speakers[each.parent]
    return speakers


def _attribution(
    number: int, found: Found, layout: Layout, quoted: list[Quotation], speakers: list[Known | None], actors: dict[int, Actor]
) -> Attribution:
    triple, known = found.triple, speakers[number]
    stance, lean = stance_of(_words(layout, triple.cue), _words(layout, triple.content))
    return Attribution(
        id=f"a{number + 1}",
        source=triple.source,
        cue=triple.cue,
        content=triple.content,
        quote=quote_kind(triple.content, quoted),
        source_type=SOURCE_TYPES[known.type] if known else "none",
        actor=actors[id(known)].id if known else None,
        stance=stance,
        lean=lean,  # type: ignore[arg-type]
        parent=f"a{found.parent + 1}" if found.parent is not None else None,
        confidence=round(found.confidence, 3),
    )


def _words(layout: Layout, spans: tuple[Span, ...]) -> str:
    return " ".join(layout.text[start:end] for start, end in spans)
