from collections.abc import Iterator

import pytest

from onrecord import Report, read
from onrecord.reading import reader, workers
from onrecord.reading.encoder import Encoder
from onrecord.reports.files import complete

TEXT = "The harbour master, Ole Brandt, said that ferry {} had left the port at noon. “It was late,” he added."
REPORTS = [complete(Report(id=str(n), text=TEXT.format(n))) for n in range(6)]


@pytest.fixture
def shared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "SHARED", 100)
    monkeypatch.setattr(reader, "cores", lambda: 2)
    monkeypatch.setattr(workers, "cores", lambda: 2)


@pytest.mark.usefixtures("shared")
def test_workers_read_the_same_in_the_same_order(encoder: Encoder) -> None:
    alone = [reader.read_one(report, encoder) for report in REPORTS]
    assert list(read(REPORTS, encoder)) == alone


@pytest.mark.usefixtures("shared")
def test_a_worker_that_dies_costs_one_report(encoder: Encoder, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = workers.Worker.read

    def dying(worker: workers.Worker, report: Report) -> object:
        if report.id == "3":
            worker._process.kill()
        return asked(worker, report)

    monkeypatch.setattr(workers.Worker, "read", dying)
    readings = list(read(REPORTS, encoder))
    assert [[d.code for d in r.defects] for r in readings] == [[], [], [], ["not_read"], [], []]
    assert all(r.attributions for r in readings if r.report.id != "3")


@pytest.mark.usefixtures("shared")
def test_workers_end_with_the_one_who_reads(encoder: Encoder, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[workers.Worker] = []
    start = workers.Worker.start
    monkeypatch.setattr(workers.Worker, "start", lambda worker: (started.append(worker), start(worker))[1])
    readings: Iterator[object] = read(REPORTS, encoder)
    next(readings)
    readings.close()  # type: ignore[attr-defined]
    assert started and all(worker._process.poll() is not None for worker in started)
