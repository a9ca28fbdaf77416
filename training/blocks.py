"""Claim scenarios and stories as blocks: sentences with mentions in them, the claim of each, and how claims are related.

A scenario's sentences carry their attribution; what ``onrecord`` is asked about is often only the content. So each
sentence also stands as the reader would cut it, and a block is made anew in each epoch: some sentences whole, some with the content
marked in it, some cut down to the content, some left out.
"""

from __future__ import annotations

import json
import random
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer

from onrecord.reading.reader import read
from onrecord.reading.schemes import STANCES
from onrecord.reading.sentences import lay_out
from onrecord.records import Report, Span
from onrecord.story.judge import KINDS, MOST, RESOLVED, Laid, arrays, lay
from onrecord.story.judge import Said as Read

SHARE = 0.4  # of a sentence that a content must be, to stand for it


@dataclass
class Said:
    """A sentence with a mention in it: the span asserted, the claim, the stance (-1: not known) and the relations' key."""

    text: str
    span: Span
    claim: str
    stance: int
    content: Span | None = None


@dataclass
class Tale:
    """One scenario or story: what is said, and relations {frozenset of two claims: (kind, resolved)}."""

    name: str
    said: list[Said]
    relations: dict[frozenset[str], tuple[int, int]] = field(default_factory=dict)
    scenario: bool = True


@dataclass
class Block:
    """The mentions of a block in pieces; claims and stances (m,), kinds and resolved (m, m), -100 where the gold is silent."""

    laid: list[Laid]
    claims: list[int]
    stances: list[int]
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
    """The tales of a folder of annotated stories: each gold mention in its sentence."""
    return [_story(json.loads(path.read_text(encoding="utf-8")), path.stem) for path in sorted(folder.glob("*.json"))]


def _story(row: dict[str, Any], name: str) -> Tale:
    texts = {r["id"]: r["text"] for r in row["reports"]}
    sentences = {key: lay_out(text).sentences for key, text in texts.items()}
    said = []
    for claim in row["claims"]:
        for m in claim["mentions"]:
            text = texts[m["report"]]
            at, end = place_of(text, m)
            near = [s for s in sentences[m["report"]] if s[0] < end and at < s[1]] or [(at, end)]
            start = min(near[0][0], at)
            said.append(Said(text[start : max(near[-1][1], end)], (at - start, end - start), claim["id"], STANCES.index(m["stance"])))
    return Tale(name, said, _relations(row["disagreements"]), scenario=False)


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
    kept, size = [], 0
    for s, each in zip(chosen, laid, strict=True):
        size += len(each.ids)
        if rng is None or size <= MOST:
            kept.append((s, each))
    return _labelled(tale, [s for s, _ in kept], [each for _, each in kept])


def joined(tales: list[Tale], rng: random.Random) -> list[Tale]:
    """Tales put together by ones, twos and threes at random, so that blocks of every size are seen."""
    rest, found = list(tales), []
    while rest:
        part = [rest.pop() for _ in range(min(len(rest), rng.choice((1, 1, 2, 3))))]
        said = [Said(s.text, s.span, f"{t.name} {s.claim}", s.stance, s.content) for t in part for s in t.said]
        relations = {frozenset(f"{t.name} {c}" for c in pair): kind for t in part for pair, kind in t.relations.items()}
        found.append(Tale("+".join(t.name for t in part), said, relations))
    return found


def _labelled(tale: Tale, kept: list[Said], laid: list[Laid]) -> Block:
    names = {name: n for n, name in enumerate(dict.fromkeys(s.claim for s in kept))}
    kinds, resolved = (torch.zeros(len(kept), len(kept), dtype=torch.long) for _ in range(2))
    for i, a in enumerate(kept):
        for j, b in enumerate(kept):
            if a.claim == b.claim:
                kinds[i, j] = resolved[i, j] = -100
            elif frozenset((a.claim, b.claim)) in tale.relations:
                kinds[i, j], resolved[i, j] = tale.relations[frozenset((a.claim, b.claim))]
    return Block(laid, [names[s.claim] for s in kept], [s.stance for s in kept], kinds, resolved)


def _sampled(tale: Tale, rng: random.Random) -> list[Said]:
    """Some of a tale's mentions: of a scenario most, of a story a few claims', with those they are related to."""
    if tale.scenario:
        return [s for s in tale.said if rng.random() > 0.1]
    if rng.random() < 0.5:
        return rng.sample(tale.said, len(tale.said))
    claims = sorted({s.claim for s in tale.said})
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
    return {name: torch.from_numpy(values) for name, values in arrays(b.laid).items()}
