"""A quick look at a model between epochs: float32, gold sentences and mentions. The figures that count are the benchmarks'."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer

from onrecord.reading.attribution.tags import viterbi
from training.data import IGNORED, TASKS, Window, attribution_windows, rows_of, treebank_windows
from training.events import event_windows, factual_sentence, plover_sentence
from training.losses import antecedent_scores, tensors
from training.model import CHAINS, Network
from training.treebank import documents

BATCH = 12


class Dev:
    """Development windows: PolNeAR for tags and links, open news for source type and stance, PLOVER and UW for events, GUM for
    all else."""

    def __init__(self, gold: Path, tokenizer: Tokenizer, events_only: bool = False) -> None:
        plover = [plover_sentence(row, None) for row in rows_of(gold / "events/plover-dev.jsonl")]
        self.plover = _flat(event_windows(plover, tokenizer))
        self.factual = _flat(event_windows([factual_sentence(row) for row in rows_of(gold / "factuality/uw-dev.jsonl")], tokenizer))
        self.others = not events_only
        if self.others:
            self.polnear = _flat(attribution_windows(rows_of(gold / "attribution/polnear-dev.jsonl"), tokenizer))
            self.open_news = _flat(attribution_windows(rows_of(gold / "attribution/open-news-dev.jsonl"), tokenizer))
            self.gum = treebank_windows(list(documents(gold / "treebank/gum-dev.conllu")), tokenizer, False)

    @torch.no_grad()
    def measure(self, model: Network) -> str:
        """One line of figures."""
        model.eval()
        plover, factual = _Score(model, self.plover), _Score(model, self.factual)
        events = (
            f"events: trigger {plover.triggers()} with type {plover.triggers(typed=True)} main {plover.labels('main')}"
            f" actor {plover.labels('actor')} recipient {plover.labels('recipient')} tense {plover.labels('tense')}"
            f" certainty {plover.labels('certainty')} happening {factual.triggers('happening')} fact {factual.macro('fact')}"
        )
        if not self.others:
            return events
        polnear, open_news, gum = _Score(model, self.polnear), _Score(model, self.open_news), _Score(model, _flat(self.gum))
        return (
            f"{events} | tags {polnear.spans('tags')} cue_of {polnear.labels('cue_of')} source_of {polnear.labels('source_of')}"
            f" | open news: tags {open_news.spans('tags')} inner {open_news.spans('inner')}"
            f" source_type {open_news.labels('source_type')} stance {open_news.labels('stance')}"
            f" | UPOS {gum.labels('upos')} form {gum.labels('form')} UAS {gum.labels('arc')} LAS {gum.las()}"
            f" mentions {gum.mentions()} antecedents {self._antecedents(model)}"
        )

    def _antecedents(self, model: Network) -> str:
        right = wanted = 0
        for text in self.gum:
            ids, mask, kinds, *_ = tensors(text)
            vectors = model(ids, mask, kinds)
            for number, window in enumerate(text):
                if window.mentions is None or not len(window.mentions.positions):
                    continue
                best = antecedent_scores(model, vectors[number, window.mentions.positions], window.mentions.heads).argmax(1)
                entities = torch.from_numpy(window.mentions.entities)
                linked = best > 0
                new = ~torch.tril(entities[:, None] == entities, diagonal=-1).any(1)
                right += int((torch.where(linked, entities[best - 1] == entities, new)).sum())
                wanted += len(best)
        return f"{100 * right / wanted:.1f}"


class _Score:
    """Gold and guessed labels of all windows."""

    def __init__(self, model: Network, windows: list[Window]) -> None:
        self.gold: dict[str, list[torch.Tensor]] = {task: [] for task in TASKS}
        self.got: dict[str, list[torch.Tensor]] = {task: [] for task in TASKS}
        for at in range(0, len(windows), BATCH):
            ids, mask, kinds, sentences, words, stacked = tensors(windows[at : at + BATCH])
            labels = dict(zip(TASKS, stacked, strict=True))
            vectors = model(ids, mask, kinds)
            for task in TASKS:
                self.gold[task] += labels[task]
                self.got[task] += _guess(model, task, vectors, mask, sentences, words, self.got)

    def labels(self, task: str) -> str:
        right = sum(int(((a == b) & (a != IGNORED)).sum()) for a, b in zip(self.gold[task], self.got[task], strict=True))
        return f"{100 * right / max(1, sum(int((a != IGNORED).sum()) for a in self.gold[task])):.1f}"

    def triggers(self, task: str = "event", typed: bool = False) -> str:
        """F1 of trigger words; ``typed``: with their type."""
        rows = zip(self.gold[task], self.got[task], strict=True)
        pairs = [[{(i, row[i] * typed) for i in np.flatnonzero((row > 0) & known)} for row in both] for *both, known in map(_known, rows)]
        return _f1([(a, b) for a, b in pairs])

    def macro(self, task: str) -> str:
        """Mean F1 of the labels."""
        rows = [_known(pair) for pair in zip(self.gold[task], self.got[task], strict=True)]
        gold, got = (np.concatenate([row[side][row[2]] for row in rows]) for side in (0, 1))
        each = [2 * ((gold == c) & (got == c)).sum() / max(1, (gold == c).sum() + (got == c).sum()) for c in np.unique(gold)]
        return f"{100 * np.mean(each):.1f}"

    def las(self) -> str:
        rows = list(zip(*(side[task] for task in ("arc", "relation") for side in (self.gold, self.got)), strict=True))
        right = sum(int(((a == b) & (r == s) & (a != IGNORED)).sum()) for a, b, r, s in rows)
        return f"{100 * right / max(1, sum(int((a != IGNORED).sum()) for a, _, _, _ in rows)):.1f}"

    def spans(self, task: str) -> str:
        """Exact span F1 of source, cue, content."""
        pairs = [
            (_bio(a[a != IGNORED].tolist()), _bio(b[a != IGNORED].tolist())) for a, b in zip(self.gold[task], self.got[task], strict=True)
        ]
        return "/".join(_f1([({s for s in a if s[0] == r}, {s for s in b if s[0] == r}) for a, b in pairs]) for r in range(3))

    def mentions(self) -> str:
        """Exact span F1."""
        return _f1([(_bounds(self.gold, n), _bounds(self.got, n)) for n in range(len(self.gold["entity"]))])


def _known(rows: tuple[torch.Tensor, torch.Tensor]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Gold and guessed labels, and where there is a gold one."""
    gold, got = (row.numpy() for row in rows)
    return gold, got, gold != IGNORED


def _bounds(labels: dict[str, list[torch.Tensor]], number: int) -> set[tuple[int, int]]:
    heads = (labels["entity"][number] > 0).nonzero().flatten()
    return set(zip(labels["first"][number][heads].tolist(), labels["last"][number][heads].tolist(), strict=True))


def _guess(model, task, vectors, mask, sentences, words, got):  # type: ignore[no-untyped-def]
    if task in CHAINS:
        return _best_chains(model, task, vectors, words.bool())
    if task in model.linear:
        return model.linear[task](vectors).argmax(-1)
    if task == "arc":
        return model.arcs(vectors, sentences).argmax(-1)
    if task == "relation":
        return model.relations(vectors, torch.stack(got["arc"][-len(vectors) :])).argmax(-1)
    return model.pointing[task](vectors).masked_fill(mask[:, None, :] == 0, -1e4).argmax(-1)


def _best_chains(model: Network, task: str, vectors: torch.Tensor, words: torch.Tensor) -> torch.Tensor:
    tags = torch.zeros(words.shape, dtype=torch.long)
    rows = [row[inside].numpy() for row, inside in zip(model.linear[task](vectors), words, strict=True)]
    for number, path in enumerate(viterbi(rows, model.moves[task].numpy())):
        tags[number, words[number]] = torch.from_numpy(path)
    return tags


def _f1(pairs: list[tuple[set, set]]) -> str:  # type: ignore[type-arg]
    right, both = sum(len(a & b) for a, b in pairs), sum(len(a) + len(b) for a, b in pairs)
    return f"{200 * right / max(1, both):.1f}"


def _flat(texts: list[list[Window]]) -> list[Window]:
    return [window for text in texts for window in text]


def _bio(tags: list[int]) -> set[tuple[int, int, int]]:
    spans: set[tuple[int, int, int]] = set()
    role, start = -1, 0
    for i, tag in enumerate([*tags, 0]):
        now = (tag - 1) // 2 if tag else -1
        if now != role or (tag and tag % 2):
            if role >= 0:
                spans.add((role, start, i))
            role, start = now, i
    return spans
