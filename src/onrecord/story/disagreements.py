"""Which claims cannot both be so, and which are denied; and whether time has settled it.

A denial is one claim with mentions on both sides. Two claims disagree over a figure, a time, a place, a doer or a cause when the judge
says so of their mentions; over a figure also when their mentions count one thing and the intervals do not meet. An update: the later
figure comes on a later day. A correction: a report withdraws the earlier one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from onrecord.records import DisagreementKind, Reading, Resolved
from onrecord.story.claims import Grouped
from onrecord.story.copies import outlet_of
from onrecord.story.figures import figures_meet, figures_part, same_thing
from onrecord.story.judge import KINDS, RESOLVED
from onrecord.story.mentions import Draft
from onrecord.story.origins import MAKES_ORIGIN
from onrecord.story.words import conditions_in, telling_words

RELATED = 0.95  # how sure the judge is that two claims cannot both be so
ABOUT_ONE = 0.4  # how likely a denial must be to be about what another mention affirms
ALIKE = 0.3  # cosine of mentions of which two claims disagree: they must be about one matter
COUNTED, MUCH_ALIKE = 0.5, 0.65  # more likely than not, and the cosine, of mentions that count by one word, by figures that do not meet
SAME_CONDITION = 0.8  # how sure, of figures for people of whom the same has become
BEST = 5  # pairs of mentions that speak for two claims
QUOTED = 160  # characters of a quotation
_WITHDRAWN = re.compile(
    r"\b(?:correct(?:ion|ed|s)|retract\w*|withdr[ae]w\w*|took back|takes back|misstated|erroneous\w*|in error|wrongly|revised|mistaken\w*|"
    r"apologi[sz]\w*|had been wrong|was wrong|did not tell the truth|clarification)\b",
    re.I,
)
NONE = -1  # the group of a mention that is in none
_QUANTITY = KINDS.index("quantity")
Scored = tuple[float, int, int]  # how sure the judge is that two wordings cannot both be so; the wordings
Rival = tuple[float, tuple[int, int], str, Draft, Draft, list[Scored]]  # how sure; two claims; the kind; what shows it; by which pairs
_ABOUT: dict[str, str] = {
    "quantity": "their figures do not meet",
    "time": "they put it at different times",
    "place": "they put it in different places",
    "actor": "they name different doers",
    "cause": "they give different causes",
    "denial": "they rule each other out",
}
_HOW: dict[str, str] = {
    "none": "",
    "update": "; the later one updates the earlier",
    "correction": "; one of them was corrected or withdrawn",
}


@dataclass(frozen=True, slots=True)
class Found:
    """A disagreement between groups of mentions, by their numbers."""

    kind: DisagreementKind
    groups: tuple[int, ...]
    resolved: Resolved
    explanation: str


def find_disagreements(grouped: Grouped, stances: Sequence[str], readings: Sequence[Reading]) -> list[Found]:
    """All disagreements, denials first, in order of the groups."""
    texts = {r.report.id: r.report.text for r in readings}
    shown = {r.report.id: outlet_of(r) for r in readings}
    return [*_denials(grouped, stances, texts, shown), *_between(grouped, stances, texts, shown)]


def _denials(grouped: Grouped, stances: Sequence[str], texts: dict[str, str], shown: dict[str, str]) -> Iterator[Found]:
    for number, group in enumerate(grouped.groups):
        affirms = [m for m in group if stances[m] in MAKES_ORIGIN]
        pairs = [(a, d) for d in group if stances[d] == "denies" for a in affirms if _opposed(grouped, a, d)]
        if not pairs:
            continue
        denies = list(dict.fromkeys(d for _, d in pairs))
        both = {grouped.drafts[m].source for m in denies} & {grouped.drafts[m].source for m in affirms} - {None}
        withdrawn = bool(both) or any(_withdrawn(grouped.drafts[m], texts) for m in denies)
        told, against = max(pairs, key=lambda pair: grouped.probability(*pair))
        said = f"{_quoted(grouped.drafts[told], shown)} is denied by {_quoted(grouped.drafts[against], shown)}"
        said += "; one and the same source has done both" if both else ""
        yield Found("denial", (number,), "correction" if withdrawn else "none", said)


def _opposed(grouped: Grouped, affirms: int, denies: int) -> bool:
    """Are two mentions about one thing, and not one voice in one report, which says both in one breath?"""
    one, other = grouped.drafts[affirms], grouped.drafts[denies]
    return grouped.probability(affirms, denies) >= ABOUT_ONE and (one.report, one.source) != (other.report, other.source)


def _between(grouped: Grouped, stances: Sequence[str], texts: dict[str, str], shown: dict[str, str]) -> Iterator[Found]:
    example = {wording: m for m, wording in reversed(list(enumerate(grouped.wording)))}
    withdrawn = [any(_withdrawn(grouped.drafts[m], texts) for m in group) for group in grouped.groups]
    rivals: list[Rival] = []
    for groups, seen in sorted(_across(grouped, stances).items()):
        best = sorted(seen, reverse=True)[:BEST]
        if found := _judged(grouped, example, best) or _counted(grouped, example, seen):
            rivals.append((float(np.mean([chance for chance, _, _ in best])), groups, *found, best))
    for _, groups, kind, one, two, best in sorted(_foremost(rivals), key=lambda each: each[1]):
        resolved = _resolved(grouped, groups, best, withdrawn)
        first, last = sorted((one, two), key=lambda d: (d.date is None, d.date or "", d.key))
        said = f"{_quoted(first, shown)} against {_quoted(last, shown)}: {_ABOUT[kind]}{_HOW[resolved]}"
        yield Found(kind, groups, resolved, said)  # type: ignore[arg-type]


def _across(grouped: Grouped, stances: Sequence[str]) -> dict[tuple[int, int], list[Scored]]:
    """Of each two claims that somebody affirms, the pairs of wordings that were read together; the first claim's wording first."""
    of_wording = {grouped.wording[m]: n for n, group in enumerate(grouped.groups) for m in group}
    for part, whole in grouped.part_of.items():
        if (holder := of_wording.get(grouped.wording[whole])) is not None:
            of_wording.setdefault(grouped.wording[part], holder)
    affirmed = {n for n, group in enumerate(grouped.groups) if any(stances[m] in MAKES_ORIGIN for m in group)}
    pairs: dict[tuple[int, int], list[Scored]] = defaultdict(list)
    for (i, j), weighed in grouped.weighed.items():
        a, b = of_wording.get(i, NONE), of_wording.get(j, NONE)
        if a != b and a in affirmed and b in affirmed:
            pairs[min(a, b), max(a, b)].append((1 - float(weighed.kind[0]), *((i, j) if a < b else (j, i))))
    return pairs


def _foremost(rivals: list[Rival]) -> list[Rival]:
    """Of the rivals that a claim has by the judge's word alone, the one it is surest to exclude: where no figure, time or place bears
    it out, every claim of a cause would else stand against every other."""
    kept: list[Rival] = []
    taken: set[tuple[int, str]] = set()
    for rival in sorted(rivals, key=lambda each: (-each[0], each[1])):
        groups, kind = rival[1], rival[2]
        if kind in _EVIDENCE or not {(g, kind) for g in groups} & taken:
            taken |= {(g, kind) for g in groups}
            kept.append(rival)
    return kept


def _judged(grouped: Grouped, example: dict[int, int], best: list[Scored]) -> tuple[str, Draft, Draft] | None:
    """The kind of disagreement that the judge is sure of, and that the words bear out; and two mentions that show it."""
    weighed = [grouped.weighed[min(i, j), max(i, j)] for _, i, j in best]
    if np.mean([chance for chance, _, _ in best]) < RELATED or max(w.cosine for w in weighed) < ALIKE:
        return None
    kind = KINDS[1 + int(np.sum([w.kind for w in weighed], axis=0)[1:].argmax())]
    one, two = (grouped.drafts[example[i]] for i in best[0][1:])
    return (kind, one, two) if _EVIDENCE.get(kind, _always)(one, two) else None


def _counted(grouped: Grouped, example: dict[int, int], seen: list[Scored]) -> tuple[str, Draft, Draft] | None:
    """Two mentions that count one thing, by figures that do not meet: for these the judge need not be so sure, when they are much alike and
    count by one word, or say that the same has become of those they count."""
    for _, i, j in sorted(seen, reverse=True):
        weighed = grouped.weighed[min(i, j), max(i, j)]
        one, two = grouped.drafts[example[i]], grouped.drafts[example[j]]
        if not (figures_part(one.quantities, two.quantities) and _one_thing(one, two)):
            continue
        alike = weighed.cosine >= MUCH_ALIKE and weighed.kind[_QUANTITY] >= COUNTED and _by_one_word(one, two)
        if alike or (_conditions(one) & _conditions(two) and weighed.kind[_QUANTITY] >= SAME_CONDITION):
            return "quantity", one, two
    return None


def _one_thing(a: Draft, b: Draft) -> bool:
    """Can two mentions count one thing: the same of people as of other things, and not the dead of one and the missing of the other?"""
    one, other = _conditions(a), _conditions(b)
    return (not one or not other or bool(one & other)) and any(same_thing(x, y) for x in a.quantities for y in b.quantities)


def _by_one_word(a: Draft, b: Draft) -> bool:
    """Do two mentions name what they count by one word: troops and troops?"""
    one, other = ({w for q in d.quantities for w in telling_words(q.of_text or "")} for d in (a, b))
    return bool(one & other)


def _conditions(draft: Draft) -> frozenset[str]:
    return conditions_in(draft.clause or draft.text)


def _always(a: Draft, b: Draft) -> bool:
    return True


def _figures_differ(a: Draft, b: Draft) -> bool:
    """Count both mentions one thing, and not so that all figures of it meet?"""
    pairs = [(x, y) for x in a.quantities for y in b.quantities if x.unit == y.unit and same_thing(x, y)]
    return bool(pairs) and not all(figures_meet(x, y) for x, y in pairs) and _one_thing(a, b)


def _times_differ(a: Draft, b: Draft) -> bool:
    """Say both mentions when, and not both the same?"""
    days = [{(t.start, t.end) if t.start else t.span for t in d.times} for d in (a, b)]
    return all(days) and days[0].isdisjoint(days[1])


def _places_differ(a: Draft, b: Draft) -> bool:
    return bool(a.places or b.places) and a.places != b.places


_EVIDENCE: dict[str, Callable[[Draft, Draft], bool]] = {  # what the words must hold, for the judge to be believed
    "quantity": _figures_differ,
    "time": _times_differ,
    "place": _places_differ,
}


def _resolved(grouped: Grouped, groups: tuple[int, int], best: list[Scored], withdrawn: list[bool]) -> Resolved:
    if any(withdrawn[g] for g in groups):
        return "correction"
    judged = np.sum([grouped.weighed[min(i, j), max(i, j)].resolved for _, i, j in best], axis=0)
    first, last = (first_day(grouped, g) for g in groups)
    moved = bool(first and last and first != last and not _repeated(grouped, groups))
    return "update" if moved and RESOLVED[int(judged.argmax())] == "update" else "none"


def _repeated(grouped: Grouped, groups: tuple[int, int]) -> bool:
    """Is the earlier figure still asserted after the later one came up? Then nothing was updated."""
    early, late = sorted(groups, key=lambda g: first_day(grouped, g) or "")
    start = first_day(grouped, late) or ""
    return any((grouped.drafts[m].date or "")[:10] > start for m in grouped.groups[early])


def first_day(grouped: Grouped, group: int) -> str | None:
    """The day a group's first dated mention was published."""
    return min((d[:10] for m in grouped.groups[group] if (d := grouped.drafts[m].date)), default=None)


def _quoted(draft: Draft, shown: dict[str, str]) -> str:
    words = " ".join(draft.text.split())
    return f"“{words if len(words) <= QUOTED else words[:QUOTED].rsplit(' ', 1)[0] + ' …'}” ({shown[draft.report]})"


def _withdrawn(draft: Draft, texts: dict[str, str]) -> bool:
    """Does the paragraph around a mention say that something was corrected or taken back?"""
    text = texts[draft.report]
    start = text.rfind("\n", 0, draft.span[0]) + 1
    end = text.find("\n", draft.span[1])
    return _WITHDRAWN.search(text, start, end if end >= 0 else len(text)) is not None
