"""Mentions grouped by what they assert.

The judge reads them in blocks; then average-link clustering, with pairs that may never be joined: figures of one thing whose
intervals do not meet, and mentions in the same words. What is clustered are wordings, so that a hundred copies weigh as much as one.
Ties go by the mentions' own keys, so the order of the reports never changes a claim.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from onrecord.reading.schemes import STANCES
from onrecord.story.blocks import ALL, LARGE, Pair, between, budget_of, candidates, pack
from onrecord.story.clustering import cluster, components
from onrecord.story.figures import figures_part
from onrecord.story.judge import KINDS, MOST, Judge, Verdict, by_itself
from onrecord.story.matching import FEATURES, features, probabilities
from onrecord.story.meaning import Meaning, Vectors
from onrecord.story.mentions import Draft

THRESHOLD = 0.15
CORE = 0.2  # the likeliest pair of two groups that are joined
UNREAD = 0.02  # the probability of a pair that no block holds
BESIDE = 0.6  # what may be read in blocks for new mentions, others beside them, by what the new ones cost
SMALL = 350  # word pieces of such a block
SHORT = 4  # words; shorter mentions are the same only in the same sentence
COPIED = 0.999
DOUBLE = 0.5  # the share of a claim's wordings in which a part of their words is found that is then no claim of its own
Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Weighed:
    """Of two wordings: the judge's log-odds to be one claim, the chance of it with all that is known, the likeness of their vectors, the
    chance of each kind of disagreement and of each way of resolving it."""

    odds: float
    same: float
    cosine: float
    kind: Matrix
    resolved: Matrix


@dataclass(frozen=True)
class Alone:
    """What the judge says of each of n mentions by itself: stances (n, 11) and claims (n,), probabilities, see ``Verdict``."""

    stances: NDArray[np.float32]
    claims: NDArray[np.float32]


@dataclass(frozen=True)
class Grouped:
    """The mentions, their groups (numbers of mentions, each group sorted), and what the judge said.

    wording: of each mention, the number of its wording. weighed: by pair of wordings. alone: of each wording. part_of: the mention of a
    group that holds one which is in none, being no claim of its own.
    """

    drafts: Sequence[Draft]
    groups: list[list[int]]
    wording: list[int]
    weighed: dict[Pair, Weighed]
    alone: Alone
    part_of: dict[int, int] = field(default_factory=dict)

    def pair(self, i: int, j: int) -> Weighed | None:
        """What the judge said of two mentions; None for copies, and for what it never read together."""
        a, b = sorted((self.wording[i], self.wording[j]))
        return self.weighed.get((a, b))

    def probability(self, i: int, j: int) -> float:
        """The probability that two mentions make one claim."""
        if self.wording[i] == self.wording[j]:
            return COPIED
        found = self.pair(i, j)
        return found.same if found else UNREAD


def group(
    drafts: Sequence[Draft],
    meaning: Meaning,
    judge: Judge,
    apart: Mapping[str, int] | None = None,
    fresh: Container[str] | None = None,
) -> Grouped:
    """Groups the mentions of a story into claims. ``apart``: report → a number; mentions of reports with two are never read together.

    ``fresh``: only what these reports say in words of their own is read, beside what others say; what others make of one another is not.
    """
    if not drafts:
        return Grouped(drafts, [], [], {}, _no_word(0))
    numbers: dict[tuple[str, str], int] = {}
    wording = [numbers.setdefault(_wording(d), len(numbers)) for d in drafts]
    members: list[list[int]] = [[] for _ in numbers]
    for at, number in enumerate(wording):
        members[number].append(at)
    first = [drafts[each[0]] for each in members]
    new = [fresh is None or all(drafts[m].report in fresh for m in each) for each in members]
    weighed: dict[Pair, Weighed] = {}
    alone = _no_word(len(first))
    for rows in _parts(first, apart or {}):
        pairs, of_rows = weigh([first[i] for i in rows], meaning, judge, [new[i] for i in rows])
        weighed |= {(rows[i], rows[j]): each for (i, j), each in pairs.items()}
        alone.stances[rows], alone.claims[rows] = of_rows.stances, of_rows.claims
    groups = _clusters(first, {pair: each.same for pair, each in weighed.items()})
    of_mentions = [sorted(m for wording in group for m in members[wording]) for group in groups]
    return _without_doubles(Grouped(drafts, of_mentions, wording, weighed, alone))


def _no_word(n: int) -> Alone:
    return Alone(np.zeros((n, len(STANCES)), np.float32), np.zeros(n, np.float32))


def _parts(drafts: Sequence[Draft], apart: Mapping[str, int]) -> list[list[int]]:
    found: dict[int, list[int]] = {}
    for number, draft in enumerate(drafts):
        found.setdefault(apart.get(draft.report, 0), []).append(number)
    return list(found.values())


def _wording(draft: Draft) -> tuple[str, str]:
    words = draft.text.lower().split()
    return " ".join(words), (draft.said.text if len(words) <= SHORT else "")


def weigh(drafts: Sequence[Draft], meaning: Meaning, judge: Judge, new: Sequence[bool] | None = None) -> tuple[dict[Pair, Weighed], Alone]:
    """What is to be said of the pairs that could be one claim, and of each mention by itself; see ``read_together``."""
    read, vectors, alone = read_together(drafts, meaning, judge, new)
    pairs = sorted(read)
    if not pairs:
        return {}, alone
    odds, related = np.array([read[p].odds for p in pairs]), np.array([1 - float(read[p].kind[0]) for p in pairs])
    table = features(drafts, pairs, odds, related, vectors, alone.claims.astype(float))
    found = zip(pairs, probabilities(table).tolist(), table[:, FEATURES.index("cosine")].tolist(), strict=True)
    return {pair: replace(read[pair], same=chance, cosine=cosine) for pair, chance, cosine in found}, alone


def read_together(
    drafts: Sequence[Draft], meaning: Meaning, judge: Judge, new: Sequence[bool] | None = None
) -> tuple[dict[Pair, Weighed], Vectors, Alone]:
    """The judge's word on pairs and mentions, the mean over all blocks they stand in; and the mentions' vectors.

    ``new``: of each mention, is it read for its own sake? The others are read beside such alone; by default all are new.
    """
    laid = judge.lay([d.said for d in drafts])
    vectors = meaning.vectors(judge.lay([by_itself(d.text) for d in drafts]))
    sentences: dict[tuple[int, ...], list[int]] = {}
    for number, each in enumerate(laid):
        sentences.setdefault(each.ids, []).append(number)
    members, sizes = list(sentences.values()), [len(ids) for ids in sentences]
    asked = [new is None or any(new[m] for m in each) for each in members]
    own = [size for size, each in zip(sizes, asked, strict=True) if each]
    most = MOST if sum(own) <= ALL else LARGE if all(asked) else SMALL
    pairs = {pair: value for pair, value in between(candidates(vectors), members).items() if asked[pair[0]] or asked[pair[1]]}
    blocks = pack(pairs, sizes, most, budget=budget_of(own) * (1 if all(asked) else BESIDE))
    alone = sorted({i for i, each in enumerate(asked) if each} - {i for block in blocks for i in block})
    read = [sorted(m for i in block for m in members[i]) for block in [*blocks, *([i] for i in alone)]]
    verdicts = list(zip(read, judge.weigh_all([laid[m] for m in block] for block in read), strict=True))
    return _pairs(verdicts), vectors, _alone(verdicts, len(drafts))


def _pairs(verdicts: Sequence[tuple[list[int], Verdict]]) -> dict[Pair, Weighed]:
    """The mean over all blocks that a pair stands in."""
    if not verdicts:
        return {}
    ones, others, tables = [], [], []
    for block, verdict in verdicts:
        rows, columns = np.triu_indices(len(block), 1)
        ones.append(np.array(block)[rows])
        others.append(np.array(block)[columns])
        odds = verdict.same[rows, columns]
        tables.append(np.column_stack([odds, verdict.kind[rows, columns], verdict.resolved[rows, columns]]))
    one, other = np.concatenate(ones), np.concatenate(others)
    pairs, place, count = np.unique(one * (1 + other.max(initial=0)) + other, return_inverse=True, return_counts=True)
    total = np.zeros((len(pairs), tables[0].shape[1]))
    np.add.at(total, place, np.concatenate(tables))
    total /= count[:, None]
    first = np.unique(place, return_index=True)[1]
    kinds = 1 + len(KINDS)
    return {
        (int(one[at]), int(other[at])): Weighed(float(row[0]), UNREAD, 0.0, row[1:kinds], row[kinds:])
        for at, row in zip(first, total, strict=True)
    }


def _alone(verdicts: Sequence[tuple[list[int], Verdict]], n: int) -> Alone:
    told = [np.column_stack([verdict.stance, verdict.claim]) for _, verdict in verdicts]
    total, count = np.zeros((n, len(STANCES) + 1), np.float32), np.zeros((n, 1), np.float32)
    for (block, _), rows in zip(verdicts, told, strict=True):
        total[block] += rows
        count[block] += 1
    total /= np.maximum(count, 1)
    return Alone(total[:, :-1], total[:, -1])


def _clusters(drafts: Sequence[Draft], same: dict[Pair, float]) -> list[list[int]]:
    """Groups of wordings: the components of what could be a core, each parted by average link."""
    parts = components(len(drafts), (pair for pair, chance in same.items() if chance >= CORE))
    of = {i: (number, at) for number, component in enumerate(parts) for at, i in enumerate(component)}
    tables = [np.full((len(component), len(component)), UNREAD, np.float32) for component in parts]
    for (i, j), chance in same.items():
        (number, a), (other, b) = of[i], of[j]
        if number == other:
            tables[number][a, b] = tables[number][b, a] = chance
    found: list[list[int]] = []
    for component, table in zip(parts, tables, strict=True):
        table[_never([drafts[i] for i in component])] = -np.inf
        found += [[component[at] for at in each] for each in cluster(table, [], THRESHOLD, CORE)]
    return found


def _never(drafts: Sequence[Draft]) -> NDArray[np.bool_]:
    """Which pairs may never be of one claim, (n, n): those of one report are looked at one by one, figures once for all that have them."""
    kinds: dict[tuple[tuple[object, ...], ...], int] = {}
    kind = [kinds.setdefault(tuple((q.low, q.high, q.modifier, q.unit) for q in d.quantities), len(kinds)) for d in drafts]
    example = [drafts[kind.index(number)].quantities for number in range(len(kinds))]
    part = np.zeros((len(kinds), len(kinds)), bool)
    for a, b in combinations(range(len(kinds)), 2):
        part[a, b] = part[b, a] = figures_part(example[a], example[b])
    never: NDArray[np.bool_] = part[np.ix_(kind, kind)]
    of_report: dict[str, list[int]] = {}
    for at, draft in enumerate(drafts):
        of_report.setdefault(draft.report, []).append(at)
    for a, b in (pair for near in of_report.values() for pair in combinations(near, 2)):
        never[a, b] = never[b, a] = barred(drafts[a], drafts[b])
    return never


def barred(a: Draft, b: Draft) -> bool:
    """May two mentions never be of one claim? Their figures part, or they stand in the same words, where they were told apart because
    they say different things."""
    return figures_part(a.quantities, b.quantities) or (a.report == b.report and a.span[0] < b.span[1] and b.span[0] < a.span[1])


def _without_doubles(grouped: Grouped) -> Grouped:
    """Leaves out the groups that only say again, in part of the words, what another says: "212 passengers" beside "212 passengers were on
    board", where all who say the one say the other."""
    drafts, groups = grouped.drafts, grouped.groups
    of = {m: number for number, group in enumerate(groups) for m in group}
    place = {(drafts[m].report, drafts[m].attribution, drafts[m].span): m for m in of}
    around = {m: place[key] for m in of if (key := (drafts[m].report, drafts[m].attribution, drafts[m].within)) in place}
    kept, part_of = [], dict[int, int]()

    def wordings(group: list[int]) -> int:
        return len({grouped.wording[m] for m in group})

    for group in groups:
        holders = {of[around[m]] for m in group if m in around}
        if len(holders) == 1 and all(m in around for m in group) and DOUBLE * wordings(groups[min(holders)]) <= wordings(group):
            part_of |= {m: around[m] for m in group}
        else:
            kept.append(group)
    return replace(grouped, groups=sorted(kept), part_of=part_of)
