"""Trains the attribution tagger: ``python -m training.train --minilm FOLDER --gold FOLDER --out FILE``.

The recipe: windows of whole paragraphs, AdamW (encoder 2e-4, head 1e-3), linear warm-up and decay, bf16 autocast,
dropout 0.1, and an exponential moving average of the weights, which is what is kept.
"""

from __future__ import annotations

import argparse
import copy
import math
import random
import time
from pathlib import Path

import torch
from tokenizers import Tokenizer

from training.data import IGNORED, Window, rows_of, windows_of
from training.model import TAGS, Tagger

BF16 = torch.ops.mkldnn._is_mkldnn_bf16_supported()  # emulated bf16 is forty times slower than float32


def main() -> None:
    options = _arguments()
    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    tokenizer = Tokenizer.from_file(str(options.minilm / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    dev = windows_of(rows_of(options.gold / "polnear-dev.jsonl"), tokenizer, nested=False)
    model = Tagger(options.minilm)
    if options.init:
        model.load_state_dict(torch.load(options.init))
    average = copy.deepcopy(model)
    steps_an_epoch = None
    step, started = 0, time.time()
    optimizer = torch.optim.AdamW(
        [
            {"params": model.encoder.parameters(), "lr": options.lr},
            {"params": model.head.parameters(), "lr": 5 * options.lr},
        ],
        weight_decay=0.01,
        fused=True,
    )
    base = [group["lr"] for group in optimizer.param_groups]
    for epoch in range(options.epochs):
        windows = _training_windows(options, tokenizer, epoch)
        batches = list(_batches(windows, options.batch, random.Random(options.seed * 100 + epoch)))
        steps_an_epoch = steps_an_epoch or len(batches)
        total = steps_an_epoch * options.epochs
        model.train()
        loss_sum = 0.0
        for batch in batches:
            rate = min((step + 1) / (0.1 * total), max(0.0, (total - step) / (0.9 * total)))
            for group, lr in zip(optimizer.param_groups, base, strict=True):
                group["lr"] = lr * rate
            loss = _loss(model, batch, options.smoothing)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            step += 1
            _update(average, model, min(0.99, 1 - 1 / (step + 1)))
            loss_sum += loss.item()
            if step % 20 == 0:
                print(f"step {step}/{total} loss {loss.item():.4f} {time.time() - started:.0f} s", flush=True)
        print(
            f"epoch {epoch + 1}/{options.epochs} loss {loss_sum / len(batches):.4f} span F1 {_dev_f1(model, dev)}"
            f" average {_dev_f1(average, dev)} {time.time() - started:.0f} s",
            flush=True,
        )
        torch.save(average.state_dict(), options.out)


def _training_windows(options: argparse.Namespace, tokenizer: Tokenizer, epoch: int) -> list[Window]:
    open_news = rows_of(options.gold / "open-news-train.jsonl")
    windows = windows_of(open_news, tokenizer, True, 0.15, options.seed + epoch) * options.open_weight
    if not options.open_only:
        windows += windows_of(rows_of(options.gold / "polnear-train.jsonl"), tokenizer, False, 0.15, options.seed + epoch)
    return windows


def _batches(windows: list[Window], size: int, rng: random.Random) -> list[list[Window]]:
    """Batches of about equally long windows, in random order."""
    windows = sorted(windows, key=lambda w: len(w.ids) + 40 * rng.random())
    batches: list[list[Window]] = []
    budget = size * 200
    at = 0
    while at < len(windows):
        end = at + 1
        while end < len(windows) and (end + 1 - at) * len(windows[end].ids) <= budget:
            end += 1
        batches.append(windows[at:end])
        at = end
    rng.shuffle(batches)
    return batches


def _tensors(batch: list[Window]) -> tuple[torch.Tensor, ...]:
    longest = math.ceil(max(len(w.ids) for w in batch) / 8) * 8
    ids = torch.zeros(len(batch), longest, dtype=torch.long)
    mask, kinds = torch.zeros_like(ids), torch.zeros_like(ids)
    labels = torch.full_like(ids, IGNORED)
    for i, w in enumerate(batch):
        n = len(w.ids)
        ids[i, :n], kinds[i, :n], labels[i, :n] = map(torch.from_numpy, (w.ids, w.kinds, w.labels))
        mask[i, :n] = 1
    return ids, mask, kinds, labels


def _loss(model: Tagger, batch: list[Window], smoothing: float) -> torch.Tensor:
    ids, mask, kinds, labels = _tensors(batch)
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=BF16):
        logits = model(ids, mask, kinds)
    return torch.nn.functional.cross_entropy(
        logits.float().view(-1, TAGS), labels.view(-1), ignore_index=IGNORED, label_smoothing=smoothing
    )


@torch.no_grad()
def _update(average: Tagger, model: Tagger, decay: float) -> None:
    for a, b in zip(average.parameters(), model.parameters(), strict=True):
        a.lerp_(b, 1 - decay)


@torch.no_grad()
def _dev_f1(model: Tagger, windows: list[Window]) -> str:
    """Exact span F1 a role of the undecoded tags: a quick look, not the scorer."""
    model.eval()
    right, guessed, wanted = [0] * 3, [0] * 3, [0] * 3
    for batch in _batches(windows, 24, random.Random(0)):
        ids, mask, kinds, labels = _tensors(batch)
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=BF16):
            tags = model(ids, mask, kinds).argmax(-1)
        for gold, got in zip(labels, tags, strict=True):
            keep = gold != IGNORED
            a, b = _spans(gold[keep].tolist()), _spans(got[keep].tolist())
            for role in range(3):
                x, y = {s for s in a if s[0] == role}, {s for s in b if s[0] == role}
                right[role] += len(x & y)
                guessed[role] += len(y)
                wanted[role] += len(x)
    return " ".join(f"{200 * r / max(1, g + w):.1f}" for r, g, w in zip(right, guessed, wanted, strict=True))


def _spans(tags: list[int]) -> set[tuple[int, int, int]]:
    spans: set[tuple[int, int, int]] = set()
    role, start = -1, 0
    for i, tag in enumerate([*tags, 0]):
        now = (tag - 1) // 2 if tag else -1
        if now != role or (tag and tag % 2):
            if role >= 0:
                spans.add((role, start, i))
            role, start = now, i
    return spans


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minilm", type=Path, required=True)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--init", type=Path, help="weights to go on from")
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--batch", type=int, default=24)
    parser.add_argument("--lr", type=float, default=2e-4)
    parser.add_argument("--smoothing", type=float, default=0.0)
    parser.add_argument("--open-weight", type=int, default=1)
    parser.add_argument("--open-only", action="store_true")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    return parser.parse_args()


if __name__ == "__main__":
    main()
