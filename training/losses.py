"""What a batch of windows costs, task by task."""

from __future__ import annotations

import math

import numpy as np
import torch
from torch.nn.functional import cross_entropy

from onrecord.reading.coreference import NAME, Heads, pair_codes
from training.data import IGNORED, TASKS, Window
from training.model import CHAINS, LINEAR, TAUGHT, Network

WEIGHTS = {
    "tags": 2.0, "inner": 0.5, "source_type": 0.2, "stance": 0.2, "cue_of": 0.4, "source_of": 0.3, "upos": 0.3, "form": 0.2,
    "arc": 1.2, "relation": 0.6, "entity": 0.5, "first": 0.2, "last": 0.2, "coreference": 0.3,
    "event": 5.0, "happening": 1.0, "main": 0.3, "polarity": 0.2, "certainty": 0.3, "tense": 0.6, "fact": 1.0, "sort": 0.5,
    "actor": 1.5, "recipient": 2.0, "taught event": 5.0, "taught happening": 1.0, "taught main": 0.2, "taught polarity": 0.1,
    "taught certainty": 0.2, "taught tense": 0.2, "taught fact": 0.3, "taught sort": 0.2,
}  # fmt: skip
Batch = list[list[Window]]  # the windows of each text


def tensors(windows: list[Window]) -> tuple[torch.Tensor, ...]:
    """ids, mask, kinds, sentences, words, labels: (windows, n), labels (tasks, windows, n)."""
    longest = math.ceil(max(len(w.ids) for w in windows) / 8) * 8
    ids = torch.zeros(len(windows), longest, dtype=torch.long)
    mask, kinds, sentences = torch.zeros_like(ids), torch.zeros_like(ids), torch.full_like(ids, -1)
    words = torch.zeros_like(ids)
    labels = torch.full((len(TASKS), *ids.shape), IGNORED)
    for i, w in enumerate(windows):
        n = len(w.ids)
        ids[i, :n], kinds[i, :n], sentences[i, :n] = map(torch.from_numpy, (w.ids, w.kinds, w.sentences))
        mask[i, :n], words[i, :n] = 1, torch.from_numpy(w.words)
        for number, task in enumerate(TASKS):
            labels[number, i, :n] = torch.from_numpy(w.labels[task])
    return ids, mask, kinds, sentences, words, labels


def losses(model: Network, batch: Batch) -> dict[str, torch.Tensor]:
    """The sum of each task's losses over all labels that the batch has of it."""
    ids, mask, kinds, sentences, words, stacked = tensors([w for text in batch for w in text])
    labels = dict(zip(TASKS, stacked, strict=True))
    vectors = model(ids, mask, kinds)
    found = {}
    for task in TASKS:
        rows = (labels[task] != IGNORED).any(1).nonzero().flatten()
        if not len(rows):
            continue
        wanted, here = labels[task][rows], vectors[rows]
        if task in CHAINS:
            found[task] = chain_cost(model.linear[task](here), model.moves[task], wanted, words[rows])
            continue
        if task in LINEAR:
            scores = model.linear[task](here)
        elif task == "arc":
            scores = model.arcs(here, sentences[rows])
        elif task == "relation":
            scores = model.relations(here, labels["arc"][rows].clamp(min=0))
        else:
            scores = model.pointing[task](here).masked_fill(mask[rows, None, :] == 0, -1e4)
        found[task] = cross_entropy(scores.flatten(0, 1), wanted.flatten(), ignore_index=IGNORED, reduction="sum")
    found |= _taught(model, vectors, words, [w for text in batch for w in text])
    chains = _coreference(model, vectors, batch)
    return found | ({"coreference": chains} if chains is not None else {})


def total(found: dict[str, torch.Tensor], counts: dict[str, float]) -> torch.Tensor:
    """The weighted sum; each task's losses are divided by the ``counts`` of labels that an average batch has of it.

    Divided by its own batch's count instead, one label of a rare task would weigh as much as a whole batch of another's.
    """
    return torch.stack([WEIGHTS[task] * loss / counts[task] for task, loss in found.items()]).sum()


def label_counts(batches: list[Batch]) -> dict[str, float]:
    """How many labels of each task an average batch has."""
    windows = [w for batch in batches for text in batch for w in text]
    counts = {task: float(sum((w.labels[task] != IGNORED).sum() for w in windows)) for task in TASKS}
    counts["coreference"] = float(sum(len(w.mentions.positions) for w in windows if w.mentions is not None))
    for w in (w for w in windows if w.taught is not None):
        begins = torch.from_numpy(np.diff(w.sentences, prepend=0) > 0).float()
        for task, (_, shares) in _lessons(torch.from_numpy(w.taught).float(), torch.from_numpy(w.words), begins).items():
            counts[f"taught {task}"] = counts.get(f"taught {task}", 0.0) + float(shares.sum())
    return {task: max(1.0, count / len(batches)) for task, count in counts.items()}


def _taught(model: Network, vectors: torch.Tensor, words: torch.Tensor, windows: list[Window]) -> dict[str, torch.Tensor]:
    """How far the network's labels are from a teacher's (Kullback–Leibler, summed; Hinton et al. 2015)."""
    rows = [number for number, w in enumerate(windows) if w.taught is not None]
    if not rows:
        return {}
    said = torch.zeros(len(rows), vectors.shape[1], sum(LINEAR[task] for task in TAUGHT))
    begins = torch.zeros(len(rows), vectors.shape[1])
    for at, number in enumerate(rows):
        window = windows[number]
        said[at, : len(window.ids)] = torch.from_numpy(window.taught).float()
        begins[at, 1 : len(window.ids)] = torch.from_numpy(np.diff(window.sentences) > 0).float()
    found = {}
    for task, (wanted, shares) in _lessons(said, words[rows], begins).items():
        got = model.linear[task](vectors[rows]).float().log_softmax(-1)
        found[f"taught {task}"] = ((wanted.exp() * (wanted - got)).sum(-1) * shares).sum()
    return found


def _lessons(said: torch.Tensor, words: torch.Tensor, begins: torch.Tensor) -> dict[str, tuple[torch.Tensor, torch.Tensor]]:
    """For each task the teacher's log probabilities and each piece's share: what is asked of triggers counts where one is likely."""
    parts = dict(zip(TAUGHT, said.split([LINEAR[task] for task in TAUGHT], -1), strict=True))
    wanted = {task: scores.log_softmax(-1) for task, scores in parts.items()}
    event = words * (1 - wanted["event"][..., 0].exp())
    happening = words * wanted["happening"][..., 1].exp()
    shares = dict.fromkeys(TAUGHT, event) | {"event": words, "happening": words, "fact": happening, "sort": begins}
    return {task: (wanted[task], shares[task]) for task in TAUGHT}


def chain_cost(scores: torch.Tensor, moves: torch.Tensor, wanted: torch.Tensor, words: torch.Tensor) -> torch.Tensor:
    """The negative log likelihood of chains of tags, summed; scores (rows, n, tags), only ``words`` are links; IGNORED may be any tag."""
    order = torch.argsort(1 - words, dim=1, stable=True)[:, : int(words.sum(1).max())]
    scores = scores.float().gather(1, order[:, :, None].expand(-1, -1, scores.shape[-1]))
    wanted, lengths = wanted.gather(1, order), words.sum(1).repeat(2)
    barred = (wanted[:, :, None] != torch.arange(scores.shape[-1])) & (wanted != IGNORED)[:, :, None]
    both = torch.cat([scores.masked_fill(barred, -1e4), scores])
    best = both[:, 0]
    for at in range(1, both.shape[1]):
        here = (best[:, :, None] + moves).logsumexp(1) + both[:, at]
        best = torch.where((at < lengths)[:, None], here, best)
    right, every = best.logsumexp(1).chunk(2)
    return (every - right).sum()


def _coreference(model: Network, vectors: torch.Tensor, batch: Batch) -> torch.Tensor | None:
    """For each mention the marginal likelihood of its antecedents (Lee et al. 2017); of none, for the first of a chain."""
    costs, at = [], 0
    for text in batch:
        rows = vectors[at : at + len(text)]
        at += len(text)
        held = [(number, w.mentions) for number, w in enumerate(text) if w.mentions is not None and len(w.mentions.positions)]
        if not held:
            continue
        here = torch.cat([rows[number, torch.from_numpy(m.positions)] for number, m in held])
        heads = Heads(*(np.concatenate([getattr(m.heads, name) for _, m in held]) for name in Heads.__slots__))
        scores = antecedent_scores(model, here, heads)
        entities = torch.from_numpy(np.concatenate([m.entities for _, m in held]))
        known = entities >= 0
        right = torch.tril(entities[:, None] == entities[None, :], diagonal=-1)
        first = ~right.any(1, keepdim=True)
        names = torch.from_numpy(heads.kinds) == NAME
        told = known & (known.all() | names | ~first.squeeze(1))  # who is not known may be whom a word means that names nobody
        barred = torch.nn.functional.pad(~known, (1, 0))
        right = torch.cat([first, right], 1)[told]
        scores = scores[told].masked_fill(barred, -1e4)
        costs.append(scores.logsumexp(1) - scores.masked_fill(~right, -1e4).logsumexp(1))
    return torch.cat(costs).sum() if costs else None


def antecedent_scores(model: Network, here: torch.Tensor, heads: Heads) -> torch.Tensor:
    """(m, 1 + m): no antecedent, then each earlier mention; later ones are priced out."""
    every = slice(None)
    pairs, far = (torch.from_numpy(codes) for codes in pair_codes(heads, every, every))
    scores = model.anaphor(here) @ model.antecedent(here).T + model.pairs[pairs] + model.far[far]
    scores = scores.masked_fill(torch.triu(torch.ones_like(scores, dtype=torch.bool)), -1e4)
    return torch.cat([torch.zeros(len(scores), 1), scores], 1)
