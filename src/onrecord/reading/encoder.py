"""The one network: text in, all that its heads say of each word piece out, on ONNX Runtime.

Every window is run by itself: nothing is padding, and what stands beside a window never changes its scores (the scale of
int8 products is taken from all that is run at once). Cores are kept busy by processes, see ``workers``.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from onrecord.reading.engine import Engine, open_engine
from onrecord.reading.windows import CLS, CLS_KIND, SEP, Pieces, cut, pieces_of, tokenizer_of
from onrecord.records import Span

WEIGHTS = Path(str(files("onrecord") / "weights"))
FILES = NETWORK, PRICES, TOKENIZER = "reader.onnx", "prices.json", "tokenizer.json"
UNLIKELY = -1000.0  # the log probability below which a head is none
NONE = -1  # where a pointer points to nothing: a root, an attribution without a cue
OF_EVENTS = ("event", "happening", "main", "polarity", "certainty", "tense", "fact", "sort")
PLAIN = (
    "tags", "inner", "source_type", "stance", "upos", "form", "relation", "entity", "anaphor", "antecedent", "arc_chance", *OF_EVENTS,
    "actor_chance", "recipient_chance",
)  # fmt: skip
POINTERS = ("arc", "first", "last", "actor", "recipient")
HEADS = 4  # how many heads of a word are weighed
LINKS = ("cue_of", "source_of")
OUTPUTS = (*PLAIN, *POINTERS, *LINKS)
Scores = NDArray[np.float32]
Label = TypeVar("Label", bound=str)
Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Prices:
    """What was fitted with the network but is reckoned outside it.

    pairs, far: of a mention and its antecedent, see ``coreference.pair_codes``. tags, inner (7, 7): what it adds to a chain of
    tags to go from one (row) to the next.
    """

    pairs: Scores
    far: Scores
    tags: Scores
    inner: Scores


@dataclass(frozen=True, slots=True)
class Seen:
    """What the network says of a text of n word pieces, read in ``windows`` that together cover it.

    sentences (n): the number of the sentence each piece stands in. tags, inner (n, 7): BIO of source, cue and content, of
    attributions and of those inside a content. source_type (n, 7), stance (n, 11): for the pieces of sources and cues. upos,
    form, entity (n): numbers of ``schemes``' labels; upos ``len(UPOS)`` carries a word on. arc, relation, arc_chance (n, 4): a word's
    likeliest heads as piece numbers, the relation to each, their log probabilities. anaphor, antecedent (n, 96): see
    ``coreference``. first, last (n): piece numbers: a mention's first and last word from its head word. cue_of, source_of: for each
    window of w pieces (w, 1 + w) probabilities: which piece begins the cue a content or source belongs to, or the source of a cue;
    column 0 is none. event (n, 18), happening, main (n, 2), polarity (n, 2), certainty (n, 4), tense (n, 5), fact (n, 3), sort (n, 5):
    see ``events``; actor, recipient (n): piece numbers, from a trigger; actor_chance, recipient_chance (n): their probabilities.
    """

    prices: Prices
    pieces: Pieces
    sentences: Numbers
    windows: list[slice]
    tags: Scores
    inner: Scores
    source_type: Scores
    stance: Scores
    upos: Numbers
    form: Numbers
    relation: Numbers
    entity: Numbers
    anaphor: Scores
    antecedent: Scores
    arc_chance: Scores
    event: Scores
    happening: Scores
    main: Scores
    polarity: Scores
    certainty: Scores
    tense: Scores
    fact: Scores
    sort: Scores
    actor_chance: Scores
    recipient_chance: Scores
    arc: Numbers
    first: Numbers
    last: Numbers
    actor: Numbers
    recipient: Numbers
    cue_of: list[Scores]
    source_of: list[Scores]


class Encoder:
    """The network of ``weights/``. Loads on first use; ``load`` does so now."""

    def __init__(self, folder: Path = WEIGHTS) -> None:
        self.folder = folder

    def load(self) -> None:
        """Opens all files."""
        _ = self.tokenizer, self.engine, self.prices, self.model

    @cached_property
    def tokenizer(self) -> Any:
        """The word-piece tokenizer (uncased, 30,522 pieces)."""
        return tokenizer_of(self.folder / TOKENIZER)

    @cached_property
    def engine(self) -> Engine:
        """The opened network."""
        return open_engine(self.folder / NETWORK, OUTPUTS)

    @cached_property
    def prices(self) -> Prices:
        """Those that were fitted with the network."""
        table = json.loads((self.folder / PRICES).read_text(encoding="utf-8"))
        return Prices(*(np.array(table[name], np.float32) for name in Prices.__slots__))

    @cached_property
    def model(self) -> str:
        """``sha256:…`` of the weights, for a reading's provenance."""
        found = hashlib.sha256()
        for name in FILES:
            found.update((self.folder / name).read_bytes())
        return "sha256:" + found.hexdigest()

    def see(self, text: str, sentences: Sequence[Span]) -> Seen:
        """Reads a text, given its sentences, window by window."""
        (pieces,) = pieces_of([text], self.tokenizer)
        number = np.searchsorted(np.array([start for start, _ in sentences]), pieces.starts, side="right")
        windows = cut(pieces) or [slice(0, 0)]
        outputs = [self._run(pieces, window, number) for window in windows]
        columns: dict[str, Any] = {name: [output[name] for output in outputs] for name in OUTPUTS}
        for name in (*PLAIN, *POINTERS):
            columns[name] = np.concatenate(columns[name])
        return Seen(self.prices, pieces, number - 1, windows, **columns)

    def _run(self, pieces: Pieces, window: slice, sentence: NDArray[np.int64]) -> dict[str, NDArray[Any]]:
        ids = np.concatenate(([CLS], pieces.ids[window], [SEP]))
        kinds = np.concatenate(([CLS_KIND], pieces.kinds[window], [0]))
        sentences = np.concatenate(([0], sentence[window], [-1]))
        rows = [row.astype(np.int64)[None] for row in (ids, kinds, sentences)]
        found = {name: output[0, 1:-1] for name, output in zip(OUTPUTS, self.engine(rows), strict=True)}
        for name in POINTERS:
            nowhere = (found[name] == 0) | (found[name] > window.stop - window.start)  # [CLS], [SEP]
            found[name] = np.where(nowhere, NONE, found[name] - 1 + window.start)
        for name in LINKS:
            found[name] = found[name][:, :-1]
        return found


def chances(scores: Scores, pieces: Sequence[int], labels: Sequence[Label]) -> dict[Label, float]:
    """The mean probability of each label over some word pieces; empty for no pieces."""
    if not len(pieces):
        return {}
    mean = softmax(scores[list(pieces)]).mean(0)
    return dict(zip(labels, mean.tolist(), strict=True))


def softmax(scores: Scores) -> Scores:
    """The probabilities (n, k) of scores (n, k), row by row."""
    shifted = np.exp(scores - scores.max(1, keepdims=True))
    found: Scores = shifted / shifted.sum(1, keepdims=True)
    return found
