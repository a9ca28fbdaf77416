"""Trains the network on all tasks at once: ``python -m training.train --minilm FOLDER --gold FOLDER --out FILE``.

AdamW, linear warm-up and decay, dropout 0.1, and an exponential moving average of the weights, which
is what is kept. Every batch holds windows of all corpora. ``--open-only`` leaves PolNeAR out, whose licence is not stated, and of
GUM takes what is CC BY and CC BY-SA; from such weights training goes on with ``--init``.
"""

from __future__ import annotations

import argparse
import copy
import json
import random
import time
from collections import Counter
from pathlib import Path

import torch

from onrecord.reading.encoder import Encoder
from onrecord.reading.windows import tokenizer_of
from training.data import Taught, Window, attribution_windows, rows_of, taught_windows, treebank_windows
from training.dev import Dev
from training.events import coded_sentences, event_windows
from training.export import restored
from training.losses import Batch, label_counts, losses, total
from training.model import BF16, Network
from training.teacher import Teacher
from training.told import told, told_windows
from training.treebank import CLOSED_GENRES, documents, is_open

SORTED = 150  # so many texts at a time are batched by length, to pad less
TOGETHER = 3  # windows of one document that are read in one batch, for coreference between them
OWN = Path(__file__).parent / "events.txt"  # sentences written for the project
STORIES = Path(__file__).parent / "invented/stories"
STRAIGHT = 0.15  # the share of reports that get straight quote marks


def main() -> None:
    options = _arguments()
    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    data = Data(options)
    dev = Dev(options.gold, data.tokenizer, events_only=bool(options.mpnet))
    model = Teacher(options.mpnet) if options.mpnet else Network(options.minilm)
    if options.init:
        model.load_state_dict(restored(options.init) if options.init.is_dir() else torch.load(options.init), strict=False)
    average = copy.deepcopy(model)
    optimizer = torch.optim.AdamW(
        [
            {"params": model.encoder.parameters(), "lr": options.lr},
            {"params": [p for name, p in model.named_parameters() if not name.startswith("encoder")], "lr": options.head_lr},
        ],
        weight_decay=0.01,
        fused=True,
    )
    base = [group["lr"] for group in optimizer.param_groups]
    step, steps, started, counts = 0, 0, time.time(), dict[str, float]()
    for epoch in range(options.epochs):
        batches = data.batches(epoch)
        steps, counts = steps or len(batches) * options.epochs, counts or label_counts(batches)
        sums, first = Counter[str](), step
        model.train()
        for batch in batches:
            rate = min((step + 1) / (0.1 * steps), max(0.02, (steps - step) / (0.9 * steps)))
            for group, lr in zip(optimizer.param_groups, base, strict=True):
                group["lr"] = lr * rate
            with torch.autocast("cpu", dtype=torch.bfloat16, enabled=BF16):
                found = losses(model, batch)
            optimizer.zero_grad()
            total(found, counts).backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            step += 1
            _update(average, model, min(0.995, 1 - 1 / (0.1 * step + 1)))
            for task, loss in found.items():
                sums[task] += loss.item() / counts[task]
            if step % 50 == 0:
                means = " ".join(f"{task} {sums[task] / (step - first):.3f}" for task in sums)
                print(f"step {step}/{steps} {time.time() - started:.0f} s  {means}", flush=True)
        torch.save(average.state_dict(), options.out)
        print(f"epoch {epoch + 1}/{options.epochs} {time.time() - started:.0f} s  {dev.measure(average)}", flush=True)


class Data:
    """All training windows, cut anew each epoch."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.options, gold = options, options.gold
        self.tokenizer = tokenizer_of(options.minilm / "tokenizer.json")
        trees = [*documents(gold / "treebank/gum-train.conllu"), *documents(gold / "treebank/ewt-train.conllu")]
        self.trees = [] if options.mpnet else [d for d in trees if (is_open(d) if options.open_only else d.genre not in CLOSED_GENRES)]
        self.open_news = [] if options.mpnet else rows_of(gold / "attribution/open-news-train.jsonl")
        self.taught = [Taught(*each) for each in torch.load(options.taught, weights_only=False)] if options.taught else []
        self.polnear = [] if options.open_only or options.mpnet else rows_of(gold / "attribution/polnear-train.jsonl")
        self.events = coded_sentences(gold, OWN, options.open_only)
        stories = [json.loads(file.read_text(encoding="utf-8")) for file in sorted(STORIES.glob("*.json"))]
        self.told = told(stories, Encoder()) if options.story_weight else []

    def batches(self, epoch: int) -> list[Batch]:
        """Batches of about ``--batch`` pieces, in random order."""
        seed = self.options.seed * 100 + epoch
        rng = random.Random(seed)
        trees, polnear = (rng.sample(rows, round(self.options.share * len(rows))) for rows in (self.trees, self.polnear))
        texts = treebank_windows(trees, self.tokenizer, self.options.open_only, seed)
        for again in range(self.options.open_weight):
            texts += attribution_windows(self.open_news, self.tokenizer, STRAIGHT, seed + 10 * again)
        texts += attribution_windows(polnear, self.tokenizer, STRAIGHT, seed)
        texts += taught_windows(self.taught, self.tokenizer, seed + 5)
        for again in range(self.options.event_weight):
            texts += event_windows(self.events, self.tokenizer, seed + 20 * again)
        for again in range(self.options.story_weight):
            texts += told_windows(self.told, self.tokenizer, seed + 30 * again)
        units = [text[at : at + TOGETHER] for text in texts for at in range(0, len(text), TOGETHER)]
        rng.shuffle(units)
        out: list[Batch] = [[]]
        for start in range(0, len(units), SORTED):
            for unit in sorted(units[start : start + SORTED], key=_longest):
                if out[-1] and _size([*out[-1], unit]) > self.options.batch:
                    out.append([])
                out[-1].append(unit)
        rng.shuffle(out)
        return out


def _longest(unit: list[Window]) -> int:
    return max(len(window.ids) for window in unit)


def _size(batch: list[list[Window]]) -> int:
    lengths = [len(window.ids) for unit in batch for window in unit]
    return max(lengths) * len(lengths)


@torch.no_grad()
def _update(average: Network, model: Network, decay: float) -> None:
    for a, b in zip(average.parameters(), model.parameters(), strict=True):
        a.lerp_(b, 1 - decay)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minilm", type=Path, required=True)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--init", type=Path, help="weights to go on from: a file, or a folder they were exported to")
    parser.add_argument("--mpnet", type=Path, help="train a teacher on events alone, from MPNet-base")
    parser.add_argument("--taught", type=Path, help="what a teacher says of texts, see training.teacher")
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--batch", type=int, default=3000, help="word pieces a step")
    parser.add_argument("--lr", type=float, default=2e-4)
    parser.add_argument("--head-lr", type=float, default=1e-3)
    parser.add_argument("--open-weight", type=int, default=3, help="how often an epoch shows the open news")
    parser.add_argument("--share", type=float, default=1.0, help="how much of PolNeAR and of the treebanks an epoch shows")
    parser.add_argument("--event-weight", type=int, default=1, help="how often an epoch shows the coded sentences")
    parser.add_argument("--story-weight", type=int, default=0, help="how often an epoch shows the invented stories")
    parser.add_argument("--open-only", action="store_true")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    return parser.parse_args()


if __name__ == "__main__":
    main()
