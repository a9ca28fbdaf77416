"""The judge: do two mentions assert the same claim, do two claims part over a figure, a time, a place, a doer or a cause, and how
does each mention stand to what it is about?

A cross-encoder reads sentences two by two. This one reads a block of mentions at once (``training/judge.py``): each sees its own
sentence and all others, wherever they stand, so n mentions cost one reading, and what all of a block share tells nothing. What a
pair is told depends on the block it is read in, but not on the order there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onrecord.reading.encoder import WEIGHTS
from onrecord.reading.engine import open_session
from onrecord.reading.schemes import STANCES
from onrecord.reading.windows import CLS, SEP, pieces_of, plain_tokenizer
from onrecord.records import Span

JUDGE = "judge.onnx"
LONGEST = 94  # word pieces of a sentence that are looked at
BEFORE = 20  # of them before the mention
MOST = 1200  # word pieces a block
KINDS = ("none", "quantity", "denial", "time", "place", "actor", "cause")
RESOLVED = ("none", "update", "correction")
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Said:
    """A mention as the judge reads it: its sentence, and where in it the mention stands."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Laid:
    """One mention in pieces: the sentence's ids with [CLS] and [SEP], and which of them are the mention's."""

    ids: tuple[int, ...]
    own: tuple[int, ...]


@dataclass(frozen=True)
class Verdict:
    """Of m mentions: same (m, m) log-odds; kind (m, m, 7) and resolved (m, m, 3) probabilities; stance (m, 11) probabilities."""

    same: Floats
    kind: Floats
    resolved: Floats
    stance: Floats


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


def arrays(laid: Sequence[Laid]) -> dict[str, NDArray[Any]]:
    """The judge's inputs for one block of m mentions with n pieces: ids, places, segments (1, n), pools (1, m, n)."""
    n = sum(len(each.ids) for each in laid)
    ids, places, segments = (np.zeros((1, n), np.int64) for _ in range(3))
    pools = np.zeros((1, len(laid), n), np.float32)
    at = 0
    for number, each in enumerate(laid):
        end = at + len(each.ids)
        ids[0, at:end], places[0, at:end], segments[0, at:end] = each.ids, np.arange(len(each.ids)), number
        pools[0, number, [at + i for i in each.own]] = 1 / len(each.own)
        at = end
    return {"ids": ids, "places": places, "segments": segments, "pools": pools}


class Judge:
    """The judge of ``weights/``. Loads on first use."""

    def __init__(self, folder: Path = WEIGHTS) -> None:
        self._folder = folder

    @cached_property
    def _session(self) -> Any:
        return open_session(self._folder / JUDGE)

    def lay(self, said: Sequence[Said]) -> list[Laid]:
        """Mentions in pieces, for ``weigh``."""
        return lay(said, plain_tokenizer(self._folder))

    def weigh(self, block: Sequence[Laid]) -> Verdict:
        """What is to be said of a block of mentions (at most about ``MOST`` pieces)."""
        same, kind, stance = (each[0] for each in self._session.run(None, arrays(block)))
        return Verdict(same, _softmax(kind[..., : len(KINDS)]), _softmax(kind[..., len(KINDS) :]), _softmax(stance[:, : len(STANCES)]))


def _softmax(scores: Floats) -> Floats:
    raised = np.exp(scores - scores.max(-1, keepdims=True))
    out: Floats = raised / raised.sum(-1, keepdims=True)
    return out
