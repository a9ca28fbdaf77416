import random

from onrecord import Reading, Report
from onrecord.records import Reader
from onrecord.reports.files import complete
from onrecord.story.piles import part

FERRY = (
    "The ferry Orm Star sank off the cape of Tillen on Sunday and seven sailors drowned, the harbour office said.",
    "Seven dead as Orm Star goes down: the ferry was lost off Tillen in heavy seas, its owner said on Monday.",
    "Divers found the wreck of the Orm Star near Tillen; the harbour office spoke of an open door on the ferry's deck.",
)
VOTE = (
    "Parliament in Velm passed the pensions bill by two votes, and the unions called a general strike for Thursday.",
    "The pensions bill is law: deputies in Velm voted for it late at night while unions marched outside parliament.",
)


def pile() -> list[Reading]:
    found = []
    for number, text in enumerate((*FERRY, *VOTE)):
        report = complete(Report(id=f"r{number}", text=text, outlet=f"Paper {number}", published=f"2031-05-0{number + 1}"))
        found.append(Reading(reader=Reader(version="0", model=""), report=report, sentences=((0, len(text)),)))
    return found


def stories(readings: list[Reading]) -> list[list[str]]:
    return [[r.report.id for r in story] for story in part(readings)]


def test_a_mixed_pile_is_parted_into_its_stories() -> None:
    assert stories(pile()) == [["r0", "r1", "r2"], ["r3", "r4"]]


def test_the_order_of_the_pile_does_not_matter() -> None:
    shuffled = pile()
    random.Random(3).shuffle(shuffled)
    assert stories(shuffled) == stories(pile())


def test_an_empty_pile_has_no_story() -> None:
    assert part([]) == []
