"""How each mention stands to its claim: what its cue says, and what the judge reads in the sentence beside the others.

"There was no order" has the cue of an assertion; where others put the order as given, it denies.
"""

from __future__ import annotations

from onrecord.reading.schemes import STANCES
from onrecord.records import Stance
from onrecord.story.claims import Grouped

CUE = 0.35  # what the reading's stance weighs beside the judge's probability


def settle(grouped: Grouped) -> list[Stance]:
    """The stance of each mention."""
    return [_stance(d.stance, grouped.stances[w]) for d, w in zip(grouped.drafts, grouped.wording, strict=True)]


def _stance(read: Stance, judged) -> Stance:  # type: ignore[no-untyped-def]
    weighed = judged.copy()
    weighed[STANCES.index(read)] += CUE
    return STANCES[int(weighed.argmax())]
