"""Claim scenarios and stories as blocks: sentences with mentions in them, the claim of each, and how claims are related.

A scenario's sentences carry their attribution; what ``onrecord`` is asked about is often only the content. So each
sentence also stands as the reader would cut it, and a block is made anew in each epoch: some sentences whole, some with the content
marked in it, some cut down to the content, some left out. Of a story a block holds either what a careful reader marked, or the mentions
that ``onrecord`` finds, each with the claim of the marked one it meets, or none.
"""

from __future__ import annotations

import json
import random
import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer

from onrecord.reading.reader import read
from onrecord.reading.schemes import STANCES
from onrecord.reading.sentences import lay_out
from onrecord.records import Report, Span
from onrecord.reports.files import complete
from onrecord.story.actors import unite
from onrecord.story.copies import find_copies
from onrecord.story.judge import KINDS, MOST, RESOLVED, Laid, arrays, lay, sentences_of
from onrecord.story.judge import Said as Read
from onrecord.story.mentions import Draft, collect

SHARE = 0.4  # of a sentence that a content must be, to stand for it
SHARED = 0.3  # of the words of two mentions, for them to be one
HEARD = 0.6  # how often a story is shown as it is heard
IGNORED = -100
_WORD = re.compile(r"\w+")


@dataclass
class Said:
    """A sentence with a mention in it: the span asserted, the claim, the stance (-1: not known), the content in it, and other claims it
    may also make. A claim of None: it makes none (``real`` 0), or who marked the story does not say (``real`` IGNORED)."""

    text: str
    span: Span
    claim: str | None
    stance: int
    content: Span | None = None
    real: int = 1
    also: frozenset[str] = frozenset()
    where: tuple[str, Span] | None = None  # report and span


@dataclass
class Tale:
    """One scenario or story: what is said, and relations {frozenset of two claims: (kind, resolved)}; of a story also what is heard: the
    mentions that ``onrecord`` finds."""

    name: str
    said: list[Said]
    relations: dict[frozenset[str], tuple[int, int]] = field(default_factory=dict)
    scenario: bool = True
    heard: list[Said] = field(default_factory=list)


@dataclass
class Block:
    """The mentions of a block in pieces; stances and real (m,), same, kinds and resolved (m, m), IGNORED where the gold is silent."""

    laid: list[Laid]
    same: torch.Tensor
    stances: list[int]
    real: list[int]
    kinds: torch.Tensor
    resolved: torch.Tensor


def scenarios(path: Path) -> list[Tale]:
    """The tales of a file of scenarios (format: README)."""
    tales = []
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        said = [Said(s["text"], (0, len(s["text"])), s["claim"], STANCES.index(s["stance"])) for s in row["sentences"]]
        tales.append(Tale(row["id"], said, _relations(row["relations"])))
    _contents(tales)
    return tales


def stories(folder: Path) -> list[Tale]:
    """The tales of a folder of annotated stories."""
    return [_story(json.loads(path.read_text(encoding="utf-8")), path.stem) for path in sorted(folder.glob("*.json"))]


def _story(row: dict[str, Any], name: str) -> Tale:
    texts = {r["id"]: r["text"] for r in row["reports"]}
    sentences = {key: lay_out(text).sentences for key, text in texts.items()}
    said = []
    for m in _marked(row):
        at, end = m.span
        near = [s for s in sentences[m.report] if s[0] < end and at < s[1]] or [(at, end)]
        start = min(near[0][0], at)
        said.append(Said(texts[m.report][start : max(near[-1][1], end)], (at - start, end - start), m.claim, m.stance))
    return Tale(name, said, _relations(row["disagreements"]), scenario=False, heard=heard(drafts_of(row), row))


@dataclass(frozen=True)
class Marked:
    """A mention that a careful reader marked."""

    report: str
    span: Span
    claim: str
    stance: int


def _marked(row: dict[str, Any]) -> list[Marked]:
    texts = {r["id"]: r["text"] for r in row["reports"]}
    return [
        Marked(m["report"], place_of(texts[m["report"]], m), claim["id"], STANCES.index(m["stance"]))
        for claim in row["claims"]
        for m in claim["mentions"]
    ]


def drafts_of(row: dict[str, Any]) -> list[Draft]:
    """The mentions that ``onrecord`` finds in the reports of a story."""
    keys = ("id", "outlet", "published", "title", "text")
    readings = list(read([complete(Report(**{k: r.get(k) for k in keys})) for r in row["reports"]]))
    return collect(readings, unite(readings, find_copies(readings)))


def heard(drafts: list[Draft], row: dict[str, Any]) -> list[Said]:
    """The mentions found, each with the claim of the marked mention whose words it shares most. Of several with one such mention only
    the best is said to be one of a claim; what a marked mention only holds is none."""
    texts, marked = {r["id"]: r["text"] for r in row["reports"]}, _marked(row)
    shares = [[shared(texts[d.report], d.span, m.span) if d.report == m.report else 0.0 for m in marked] for d in drafts]
    best = [max(range(len(marked)), key=each.__getitem__) for each in shares]
    foremost = {n: max((at for at in range(len(drafts)) if best[at] == n), key=lambda at: shares[at][n]) for n in set(best)}
    found = []
    for at, (draft, each) in enumerate(zip(drafts, shares, strict=True)):
        mark = marked[best[at]]
        where = (draft.report, draft.span)
        if each[best[at]] >= SHARED:
            also = frozenset(m.claim for m, value in zip(marked, each, strict=True) if value) - {mark.claim}
            real = 1 if foremost[best[at]] == at else IGNORED
            found.append(Said(draft.said.text, draft.said.span, mark.claim, mark.stance, real=real, also=also, where=where))
        else:
            meets = [m.span for m, value in zip(marked, each, strict=True) if value]
            held = all(s <= draft.span[0] and draft.span[1] <= e for s, e in meets)
            found.append(Said(draft.said.text, draft.said.span, None, -1, real=0 if held else IGNORED, where=where))
    return found


def shared(text: str, a: Span, b: Span) -> float:
    """The Jaccard of the words of two spans."""
    one, other = ({m.start() for m in _WORD.finditer(text, *span)} for span in (a, b))
    return len(one & other) / max(1, len(one | other))


def place_of(text: str, mention: dict[str, Any]) -> Span:
    """Where a gold mention's quote stands, at its occurrence."""
    at = -1
    for _ in range(mention.get("occurrence") or 1):
        at = text.find(mention["quote"], at + 1)
    return at, at + len(mention["quote"])


def _relations(rows: list[dict[str, Any]]) -> dict[frozenset[str], tuple[int, int]]:
    found = {}
    for row in rows:
        claims = row["claims"]
        for n, one in enumerate(claims):
            for other in claims[:n]:
                found[frozenset((one, other))] = (KINDS.index(row["kind"]), RESOLVED.index(row["resolved"]))
    return found


def _contents(tales: list[Tale]) -> None:
    """Marks in each sentence the content that the reader sees as the thing asserted, where that is most of the sentence."""
    flat = [s for tale in tales for s in tale.said]
    readings = read(
        Report(id=str(n), title=None, outlet=None, url=None, author=None, published=None, language="en", text=s.text, sha256="")
        for n, s in enumerate(flat)
    )
    for s, reading in zip(flat, readings, strict=True):
        spans = [span for a in reading.attributions for span in a.content]
        longest = max(spans, key=lambda span: span[1] - span[0], default=None)
        if longest and SHARE * len(s.text) <= longest[1] - longest[0] < len(s.text) - 3:
            s.content = longest


def block(tale: Tale, tokenizer: Tokenizer, rng: random.Random | None) -> Block:
    """A block of a tale; with ``rng`` made at random, without as it stands."""
    chosen = _sampled(tale, rng) if rng else list(tale.said)
    laid = lay([_view(s, rng if tale.scenario else None) for s in chosen], tokenizer)
    kept, seen, size = [], set(), 0
    for s, each in zip(chosen, laid, strict=True):
        size += 0 if each.ids in seen else len(each.ids)
        if rng is None or size <= MOST:
            seen.add(each.ids)
            kept.append((s, each))
    return _labelled(tale, [s for s, _ in kept], [each for _, each in kept])


def joined(tales: list[Tale], rng: random.Random) -> list[Tale]:
    """Tales put together by ones, twos and threes at random, so that blocks of every size are seen."""
    rest, found = list(tales), []
    while rest:
        part = [rest.pop() for _ in range(min(len(rest), rng.choice((1, 1, 2, 3))))]
        said = [replace(s, claim=f"{t.name} {s.claim}") for t in part for s in t.said]
        relations = {frozenset(f"{t.name} {c}" for c in pair): kind for t in part for pair, kind in t.relations.items()}
        found.append(Tale("+".join(t.name for t in part), said, relations))
    return found


def _labelled(tale: Tale, kept: list[Said], laid: list[Laid]) -> Block:
    same, kinds, resolved = (torch.full((len(kept), len(kept)), IGNORED) for _ in range(3))
    for i, a in enumerate(kept):
        for j, b in enumerate(kept):
            same[i, j] = is_one(a, b)
            if same[i, j] == 0:
                known = a.claim is not None and b.claim is not None
                kinds[i, j] = 0
                if known:
                    kinds[i, j], resolved[i, j] = tale.relations.get(frozenset((str(a.claim), str(b.claim))), (0, 0))
    real = [IGNORED if tale.scenario else s.real for s in kept]
    return Block(laid, same, [s.stance for s in kept], real, kinds, resolved)


def is_one(a: Said, b: Said) -> int:
    """Do two mentions make one claim: 1, 0, or IGNORED where the gold does not say?"""
    if a.claim is None or b.claim is None:
        return 0 if {a.real, b.real} == {0, 1} else IGNORED
    if a.claim == b.claim:
        return IGNORED if _in_same_words(a, b) else 1
    return IGNORED if a.claim in b.also or b.claim in a.also else 0


def _in_same_words(a: Said, b: Said) -> bool:
    """Such mentions are never joined, so nothing is to be learned of them."""
    if a.where is None or b.where is None:
        return False
    (report, span), (other, near) = a.where, b.where
    return report == other and span[0] < near[1] and near[0] < span[1]


def _sampled(tale: Tale, rng: random.Random) -> list[Said]:
    """Some of a tale's mentions: of a scenario most; of a story what was heard, most or about half, or what is marked: all, or of a few
    claims, with those they are related to."""
    if tale.scenario:
        return [s for s in tale.said if rng.random() > 0.1]
    chance = rng.random()
    if chance < HEARD and tale.heard:
        share = rng.choice((0.5, 0.95))
        return rng.sample(kept := [s for s in tale.heard if rng.random() < share], len(kept))
    if chance < HEARD + 0.2:
        return rng.sample(tale.said, len(tale.said))
    claims = sorted({s.claim for s in tale.said if s.claim})
    seed = rng.choice(claims)
    near = [c for c in claims if frozenset((c, seed)) in tale.relations]
    wanted = {seed, *near[:2], *rng.sample(claims, min(6, len(claims)))}
    found = [s for s in tale.said if s.claim in wanted]
    return rng.sample(found, len(found))


def _view(s: Said, rng: random.Random | None) -> Read:
    if rng is None or s.content is None:
        return Read(s.text, s.span)
    chance = rng.random()
    if chance < 0.4:
        return Read(s.text, s.span)
    return Read(s.text, s.content) if chance < 0.7 else Read(s.text[slice(*s.content)], (0, s.content[1] - s.content[0]))


def tensors(b: Block) -> dict[str, torch.Tensor]:
    """The judge's inputs, see ``Judge.forward``."""
    sentences = sentences_of(b.laid)
    ids = torch.zeros(len(sentences), max(map(len, sentences)), dtype=torch.long)
    real = torch.zeros_like(ids)
    for number, each in enumerate(sentences):
        ids[number, : len(each)], real[number, : len(each)] = torch.tensor(each), 1
    return {"ids": ids, "real": real} | {name: torch.from_numpy(values) for name, values in arrays(b.laid).items()}
