"""How each mention stands to its claim: what its cue says, what the judge reads in the sentence beside the others, and negation.

"There was no order" has the cue of an assertion; in a claim that others put positively it denies.
"""

from __future__ import annotations

from onrecord.reading.schemes import STANCES
from onrecord.records import Stance
from onrecord.story.claims import Grouped
from onrecord.story.words import negated

CUE, PLAIN_CUE = 1.0, 0.4  # what the reading's stance weighs beside the judge's probability; a plain "said" tells less
DENIES = 0.1  # what the judge must give a denial, for a negated mention among positive ones
_DENIES = STANCES.index("denies")


def settle(grouped: Grouped) -> list[Stance]:
    """The stance of each mention."""
    stances = [_stance(d.stance, grouped.alone.stances[w].tolist()) for d, w in zip(grouped.drafts, grouped.wording, strict=True)]
    for members in grouped.groups:
        turned = {m for m in members if negated(grouped.drafts[m].text)}
        if len(turned) < len(members):
            for m in turned:
                if stances[m] in ("asserts", "confirms") and grouped.alone.stances[grouped.wording[m]][_DENIES] >= DENIES:
                    stances[m] = "denies"
    return stances


def _stance(read: Stance, judged: list[float]) -> Stance:
    weighed = dict(zip(STANCES, judged, strict=True))
    weighed[read] += PLAIN_CUE if read == "asserts" else CUE
    return max(weighed, key=lambda each: weighed[each])
