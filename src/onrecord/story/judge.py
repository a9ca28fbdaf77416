"""The judge: do two mentions assert the same claim, do two claims part over a figure, a time, a place, a doer or a cause, and how
does each mention stand to what it is about?

A cross-encoder reads sentences two by two. This one reads a block of mentions at once (``training/judge.py``), each of their sentences
once: a mention sees its own sentence and all others, wherever they stand, so n mentions cost one reading, and what all of a block
share tells nothing. What a
pair is told depends on the block it is read in, but not on the order there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onrecord.reading.encoder import WEIGHTS
from onrecord.reading.engine import open_session
from onrecord.reading.schemes import STANCES
from onrecord.reading.windows import CLS, SEP, pieces_of, plain_tokenizer
from onrecord.reading.workers import cores
from onrecord.records import Span

LOWER, UPPER = "judge-lower.onnx", "judge.onnx"  # the layers that see one sentence, run once for each; those that see a block
LONGEST = 94  # word pieces of a sentence that are looked at
BEFORE = 20  # of them before the mention
AT_ONCE = 64  # blocks whose sentences are held in memory
MANY = 2  # blocks a core, from which they are run side by side
MOST = 2000  # word pieces of a block's sentences
KINDS = ("none", "quantity", "denial", "time", "place", "actor", "cause")
RESOLVED = ("none", "update", "correction")
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Said:
    """A mention as the judge reads it: its sentence, and where in it the mention stands."""

    text: str
    span: Span


def by_itself(text: str) -> Said:
    """A mention without its sentence."""
    return Said(text, (0, len(text)))


@dataclass(frozen=True, slots=True)
class Laid:
    """One mention in pieces: the sentence's ids with [CLS] and [SEP], and which of them are the mention's."""

    ids: tuple[int, ...]
    own: tuple[int, ...]


@dataclass(frozen=True)
class Verdict:
    """Of m mentions: same (m, m) log-odds; kind (m, m, 7) and resolved (m, m, 3) probabilities; stance (m, 11) probabilities; claim (m,):
    the probability that a careful reader would note the mention as one of a claim."""

    same: Floats
    kind: Floats
    resolved: Floats
    stance: Floats
    claim: Floats


def lay(said: Sequence[Said], tokenizer: Any) -> list[Laid]:
    """The pieces of each mention's sentence, at most ``LONGEST``, those of the mention among them."""
    out = []
    for s, pieces in zip(said, pieces_of([s.text for s in said], tokenizer), strict=True):
        inside = np.flatnonzero((pieces.starts < s.span[1]) & (pieces.ends > s.span[0]))
        first = int(inside[0]) if len(inside) else 0
        start = max(0, min(first - BEFORE, len(pieces.ids) - LONGEST))
        ids = (CLS, *pieces.ids[start : start + LONGEST].tolist(), SEP)
        own = tuple(int(i) - start + 1 for i in inside if start <= i < start + LONGEST)
        out.append(Laid(ids, own or tuple(range(len(ids)))))
    return out


def sentences_of(laid: Sequence[Laid]) -> list[tuple[int, ...]]:
    """The different sentences of a block's mentions, in order of first mention."""
    return list(dict.fromkeys(each.ids for each in laid))


def arrays(laid: Sequence[Laid]) -> dict[str, NDArray[Any]]:
    """Where the n pieces of a block's sentences stand and which are whose: places, segments (1, n), pools (1, m, n)."""
    sentences = sentences_of(laid)
    lengths = [len(ids) for ids in sentences]
    starts = dict(zip(sentences, np.cumsum([0, *lengths[:-1]]).tolist(), strict=True))
    pools = np.zeros((1, len(laid), sum(lengths)), np.float32)
    for number, each in enumerate(laid):
        pools[0, number, [starts[each.ids] + i for i in each.own]] = 1 / len(each.own)
    places = np.concatenate([np.arange(n) for n in lengths])[None]
    return {"places": places, "segments": np.repeat(np.arange(len(lengths)), lengths)[None], "pools": pools}


class Judge:
    """The judge of ``weights/``. Loads on first use."""

    def __init__(self, folder: Path = WEIGHTS) -> None:
        self._folder = folder

    @cached_property
    def _lower(self) -> Any:
        return open_session(self._folder / LOWER, threads=1)

    @cached_property
    def _upper(self) -> Any:
        return open_session(self._folder / UPPER)

    @cached_property
    def _upper_of_many(self) -> Any:
        return open_session(self._folder / UPPER, threads=1)

    @cached_property
    def _pool(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(cores())

    def load(self) -> None:
        """Loads the weights now."""
        _ = self._lower, self._upper

    def lay(self, said: Sequence[Said]) -> list[Laid]:
        """Mentions in pieces, for ``weigh``."""
        return lay(said, plain_tokenizer(self._folder))

    def weigh(self, block: Sequence[Laid]) -> Verdict:
        """What is to be said of a block of mentions (whose sentences have at most about ``MOST`` pieces)."""
        return next(self.weigh_all([block]))

    def weigh_all(self, blocks: Iterable[Sequence[Laid]]) -> Iterator[Verdict]:
        """What is to be said of each block. Sentences, and where they are many the blocks, are run side by side, each on one core; a few
        blocks one after the other, each on all cores."""
        rest = iter(blocks)
        while some := list(islice(rest, AT_ONCE)):
            sentences = list(dict.fromkeys(ids for block in some for ids in sentences_of(block)))
            rows = dict(zip(sentences, self._pool.map(self._hidden, sentences), strict=True))
            fed = [{"hidden": np.concatenate([rows[ids] for ids in sentences_of(block)], 1), **arrays(block)} for block in some]
            if len(some) >= MANY * cores():
                yield from self._pool.map(lambda each: _verdict(self._upper_of_many.run(None, each)), fed)
            else:
                yield from (_verdict(self._upper.run(None, each)) for each in fed)

    def _hidden(self, ids: tuple[int, ...]) -> Floats:
        hidden: Floats = self._lower.run(None, {"ids": np.array([ids], np.int64)})[0]
        return hidden


def _verdict(run: Sequence[Floats]) -> Verdict:
    same, kind, stance = (each[0] for each in run)
    claim = 1 / (1 + np.exp(-stance[:, len(STANCES)]))
    return Verdict(same, _softmax(kind[..., : len(KINDS)]), _softmax(kind[..., len(KINDS) :]), _softmax(stance[:, : len(STANCES)]), claim)


def _softmax(scores: Floats) -> Floats:
    raised = np.exp(scores - scores.max(-1, keepdims=True))
    out: Floats = raised / raised.sum(-1, keepdims=True)
    return out
