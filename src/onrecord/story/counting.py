"""One claim of its mentions: its clearest wording, its origins, how many are independent, its credibility, the days it was told on.

The one way to make a claim, for the machine's groups and for those that a person has corrected.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.records import Claim, ClaimEvent, Mention
from onrecord.story.credibility import credibility
from onrecord.story.origins import Known, independent, marked, origins_of

_VAGUE = re.compile(r"(?:it|he|she|they|that|this|there)\b", re.I)
LENGTH = 14  # words; of a statement that tells enough, and not too much


def claim_of(
    id: str,
    mentions: Sequence[Mention],
    words: Sequence[str],
    dates: Sequence[str | None],
    known: Known,
    *,
    event: ClaimEvent | None = None,
    withdrawn: bool = False,
) -> Claim:
    """The claim of mentions in order of publication; ``words`` and ``dates``: of each mention its text and its report's date."""
    origins = origins_of(mentions, known)
    count = independent(origins)
    level, reason = credibility(count, sum(m.stance == "denies" for m in mentions), withdrawn)
    days = sorted(d for d in dates if d)
    return Claim(
        id=id,
        statement=_statement(mentions, words),
        event=event,
        mentions=tuple(mentions),
        origins=marked(origins, event, known),
        independent_origins=count,
        credibility=level,
        credibility_reason=reason,
        first_seen=days[0] if days else None,
        last_seen=days[-1] if days else None,
        confidence=round(sum(m.confidence for m in mentions) / len(mentions), 3),
    )


def _statement(mentions: Sequence[Mention], words: Sequence[str]) -> str:
    """The clearest wording: affirmative, of middling length, telling a number or a name; never made up."""

    def unclear(pair: tuple[Mention, str]) -> tuple[bool, int, str, tuple[int, int]]:
        mention, text = pair
        length = abs(len(text.split()) - LENGTH) + 6 * (_VAGUE.match(text) is not None)
        return mention.stance == "denies", length, mention.report, mention.span

    return min(zip(mentions, words, strict=True), key=unclear)[1]
