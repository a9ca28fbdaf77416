"""The events of readings as a table that stands beside PLOVER, CAMEO, ACLED and UCDP data: one row an event, as CSV.

A cell that a spreadsheet would take for a formula gets an apostrophe before it: report text is hostile. Actor codes stay as they are.
"""

from __future__ import annotations

import csv
import io

from onrecord.records import Event, Reading
from onrecord.story.events import is_actual

COLUMNS = (
    "report outlet published event type mode context cameo_root goldstein quad actor actor_code recipient recipient_code happened polarity"
    " certainty tense source stance date_from date_to date_precision place country latitude longitude low high modifier unit counted"
    " trigger words start end confidence"
).split()
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
Cell = str | int | float | None


def header() -> bytes:
    """The names of the columns, as a line of CSV."""
    return _lines([list(COLUMNS)])


def event_lines(reading: Reading) -> bytes:
    """The events of one reading, a line of CSV each, in order of the text; those PLOVER has no type for are left out."""
    return _lines([_row(reading, event) for event in reading.events if event.type is not None])


def _row(reading: Reading, event: Event) -> list[Cell]:
    report = reading.report
    actors = {a.id: a for a in reading.actors}
    sides = [actors.get(a or "") for a in (event.actor, event.recipient)]
    time = next((t for t in reading.times if t.id == event.time), None)
    place = next((p for p in reading.places if p.id == event.place), None)
    count = next((q for q in reading.quantities if q.id == event.quantity), None)
    said = next((a for a in reading.attributions if a.id == event.attribution), None)
    source = actors.get(said.actor or "") if said else None
    row: dict[str, Cell] = {
        "report": report.id, "outlet": report.outlet, "published": report.published, "event": event.id, "type": event.type,
        "mode": event.mode, "context": " ".join(event.context), "cameo_root": event.cameo_root, "goldstein": event.goldstein,
        "quad": event.quad, "happened": "yes" if is_actual(event) else "no", "polarity": event.polarity, "certainty": event.certainty,
        "tense": event.tense, "source": source.name if source else None, "stance": said.stance if said else None,
        "trigger": report.text[slice(*event.trigger)], "words": " ".join(report.text[slice(*event.span)].split()),
        "start": event.span[0], "end": event.span[1], "confidence": event.confidence,
    }  # fmt: skip
    for name, side in zip(("actor", "recipient"), sides, strict=True):
        row |= {name: side.name, f"{name}_code": side.code} if side else {}
    if time:
        row |= {"date_from": time.start, "date_to": time.end, "date_precision": time.precision}
    if place:
        row |= {"place": place.name, "country": place.country, "latitude": place.lat, "longitude": place.lon}
    if count:
        row |= {"low": count.low, "high": count.high, "modifier": count.modifier, "unit": count.unit, "counted": count.of_text}
    return [row.get(column) if column.endswith("_code") else _safe(row.get(column)) for column in COLUMNS]


def _lines(rows: list[list[Cell]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode("utf-8", "replace")


def _safe(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and cell.lstrip().startswith(_FORMULA) else cell
