"""The ledger: everything that came in, what was read and told of it, and what people judged, with its history.

Reports and judgements are never changed. Claims are told anew from them as often as needed, and keep their ids.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from threading import Thread
from types import TracebackType

from onrecord.ledger import building, reports
from onrecord.ledger.assembling import account_of
from onrecord.ledger.building import Built, Tracked
from onrecord.ledger.judging import judgements_of
from onrecord.ledger.store import WAIT, Store
from onrecord.reading.encoder import Encoder
from onrecord.records import Account, Defect, Judgement, Reading, Report
from onrecord.story.judge import Judge
from onrecord.story.meaning import Meaning
from onrecord.story.story import tell


def untracked(readings: Iterable[Reading], total: int) -> Iterable[Reading]:
    """No progress is shown."""
    return readings


class Ledger:
    """A ledger in an SQLite file or, by its URL, in a PostgreSQL database; a context manager.

    encoder: the reader's network. read_only: nothing is written. wait: seconds for another program that writes.
    Raises LedgerError, here and in every method, when the ledger cannot be used; the message names it and says why.
    """

    def __init__(self, target: str | Path, encoder: Encoder | None = None, *, read_only: bool = False, wait: float = WAIT) -> None:
        self.store = Store(target, read_only=read_only, wait=wait)
        self._encoder = encoder or Encoder()
        self._meaning, self._judge = Meaning(), Judge()

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.store.close()

    def add(self, new: Iterable[Report]) -> list[Report]:
        """Keeps reports, all or none, and returns them under the ids they have here. The same id and text is the same report; an id with
        another text gets a number."""
        return reports.add_reports(self.store, list(new))

    def reports(self) -> list[Report]:
        """All reports, in the order they came."""
        return reports.all_reports(self.store)

    def readings(self, wanted: Sequence[Report]) -> Iterator[Reading]:
        """A reading for each report, in order: kept ones as they are, the others read now and kept, batch by batch."""
        held = wanted if reports.holds(self.store, wanted) else self.add(wanted)
        return reports.readings_of(self.store, held, self._encoder)

    def update(self, tracked: Tracked = untracked) -> Built:
        """Tells the claims of the reports that were added, beside those that are there. ``tracked``: shows how far reading has come."""
        if self.waiting():
            Thread(target=self._load).start()  # the networks, while reports are read
        return building.update_claims(self.store, self._encoder, self._tell, tracked)

    def waiting(self) -> int:
        """How many reports were added whose claims are not told."""
        return reports.waiting(self.store)

    def defects(self, ids: Sequence[str]) -> list[tuple[str, Defect]]:
        """What is wrong with reports, as (id, defect)."""
        return reports.defects_of(self.store, ids)

    def rebuild(self, tracked: Tracked = untracked) -> Built:
        """Tells everything anew; judgements and ids of claims are kept."""
        return building.rebuild(self.store, self._encoder, self._tell, tracked)

    def account(self) -> Account:
        """What all reports together say, after the judgements."""
        with self.store.reading() as db:
            return account_of(db)

    def judgements(self) -> list[Judgement]:
        """All judgements, in the order they were made."""
        with self.store.reading() as db:
            return judgements_of(db)

    def _load(self) -> None:
        with suppress(Exception):  # what cannot be loaded is told when it is needed
            self._judge.load()
            self._meaning.load()

    def _tell(self, readings: Sequence[Reading], /, *, fresh: Container[str] | None = None) -> Account:
        return tell(readings, self._meaning, self._judge, fresh)
