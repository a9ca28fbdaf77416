"""Trains the judge: ``python -m training.judging --encoder FOLDER --gold FOLDER --out judge.pt``.

Costs of a block: whether each pair is of one claim (logistic), how claims that differ are related (softmax, where the gold says), the
stance of each mention, and whether it is one of a claim at all. With ``--leave STORY`` one story is left out, to be looked at after each
epoch.
"""

from __future__ import annotations

import argparse
import random
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from sklearn.metrics import average_precision_score
from tokenizers import Tokenizer
from torch.nn.functional import binary_cross_entropy_with_logits, cross_entropy

from onrecord.reading.encoder import WEIGHTS
from onrecord.reading.schemes import STANCES
from onrecord.reading.windows import plain_tokenizer
from onrecord.story.judge import KINDS
from training.blocks import IGNORED, Block, Tale, block, joined, scenarios, stories, tensors
from training.judge import Judge
from training.judge_export import restored
from training.model import BF16

BATCH = 8
SELDOM = torch.tensor([0.2] + [1.0] * (len(KINDS) - 1))  # most pairs of claims have no relation


def main() -> None:
    options = _arguments()
    torch.manual_seed(options.seed)
    torch.set_num_threads(2)
    model = Judge(options.encoder, options.joint, tuple(options.layers) or None)
    if options.init:
        given = restored(options.init) if options.init.is_dir() else torch.load(options.init)
        model.load_state_dict(fitting({name: values for name, values in given.items() if name in model.state_dict()}, options.layers))
    tokenizer = plain_tokenizer(WEIGHTS)
    train = [tale for file in options.scenarios for tale in scenarios(file)]
    told = [tale for folder in options.stories for tale in stories(folder) if tale.name not in options.leave]
    left = [tale for folder in options.stories for tale in stories(folder) if tale.name in options.leave]
    dev = scenarios(options.dev)
    print(len(train), "scenarios", len(told), "stories", flush=True)
    shown = round(options.share * len(train))
    heads = [p for name, p in model.named_parameters() if not name.startswith("encoder.")]
    optimizer = torch.optim.AdamW(
        [{"params": model.encoder.parameters(), "lr": options.lr}, {"params": heads, "lr": options.head_lr}], weight_decay=0.01, fused=True
    )
    base = [group["lr"] for group in optimizer.param_groups]
    started, step, total = time.time(), 0, options.epochs * ((shown + options.times * len(told)) // BATCH)
    rng = random.Random(options.seed)
    for epoch in range(options.epochs):
        tales = rng.sample(train, shown) + told * options.times
        rng.shuffle(tales)
        model.train()
        costs = []
        for at in range(0, len(tales) - BATCH + 1, BATCH):
            for group, lr in zip(optimizer.param_groups, base, strict=True):
                group["lr"] = lr * min((step + 1) / (0.1 * total), max(0.02, (total - step) / (0.9 * total)))
            part = tales[at : at + BATCH]
            part = [t for t in part if not t.scenario] + joined([t for t in part if t.scenario], rng)
            optimizer.zero_grad()
            cost = 0.0
            for tale in part:  # one by one, so that memory holds one block
                one = cost_of(model, block(tale, tokenizer, rng)) / len(part)
                one.backward()
                cost += one.item()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            step += 1
            costs.append(cost)
            if step % 10 == 0:
                print(f"step {step}/{total} cost {np.mean(costs[-10:]):.3f} {time.time() - started:.0f} s", flush=True)
        told_of = f"epoch {epoch + 1} cost {np.mean(costs):.3f} dev {looked(model, dev, tokenizer)}"
        if left:
            heard = [replace(t, said=t.heard) for t in left]
            told_of += f" left out {looked(model, left, tokenizer)} as heard {looked(model, heard, tokenizer)}"
        print(told_of, f"{time.time() - started:.0f} s", flush=True)
        torch.save(model.state_dict(), options.out)


def fitting(weights: dict[str, torch.Tensor], layers: list[int]) -> dict[str, torch.Tensor]:
    """The weights of a judge of more layers, for one of these layers of it; as they are when the numbers agree already."""
    prefix = "encoder.encoder.layer."
    depth = 1 + max(int(name.removeprefix(prefix).split(".")[0]) for name in weights if name.startswith(prefix))
    if not layers or depth == len(layers):
        return weights
    found = {name: values for name, values in weights.items() if not name.startswith(prefix)}
    for new, old in enumerate(layers):
        own = f"{prefix}{old}."
        found |= {f"{prefix}{new}.{name.removeprefix(own)}": values for name, values in weights.items() if name.startswith(own)}
    return found


def cost_of(model: Judge, b: Block) -> torch.Tensor:
    """The cost of a block."""
    with torch.autocast("cpu", torch.bfloat16, enabled=BF16):
        same, kind, stance = (each[0] for each in model(**tensors(b)))
    upper = torch.triu(b.same >= 0, 1)
    cost = (
        binary_cross_entropy_with_logits(same[upper], b.same[upper].float(), pos_weight=torch.tensor(2.0))
        if upper.any()
        else same.sum() * 0
    )
    kinds, resolved = (torch.where(torch.triu(torch.ones_like(each), 1) > 0, each, IGNORED) for each in (b.kinds, b.resolved))
    if (kinds >= 0).any():
        cost = cost + 0.3 * _chosen(kind[..., : len(KINDS)], kinds, SELDOM)
        related = torch.where(kinds > 0, resolved, IGNORED)
        if (related >= 0).any():
            cost = cost + 0.2 * _chosen(kind[..., len(KINDS) :], related)
    stances, real = torch.tensor(b.stances), torch.tensor(b.real)
    if (stances >= 0).any():
        cost = cost + 0.3 * cross_entropy(stance[:, : len(STANCES)], stances, ignore_index=-1)
    if (real >= 0).any():
        cost = cost + 0.3 * binary_cross_entropy_with_logits(stance[:, len(STANCES)][real >= 0], real[real >= 0].float())
    return cost


def _chosen(scores: torch.Tensor, wanted: torch.Tensor, weight: torch.Tensor | None = None) -> torch.Tensor:
    return cross_entropy(scores.flatten(0, 1), wanted.flatten(), weight=weight, ignore_index=IGNORED)


@torch.no_grad()
def looked(model: Judge, tales: list[Tale], tokenizer: Tokenizer) -> str:
    """Average precision of pairs, accuracy of stance, F1 of related pairs, average precision of what is a claim: a quick look."""
    model.eval()
    scores, truths, right, claims, reals, found, hit, gold = [], [], [], [], [], 0, 0, 0
    for tale in tales:
        b = block(tale, tokenizer, None)
        with torch.autocast("cpu", torch.bfloat16, enabled=BF16):
            same, kind, stance = model(**tensors(b))
        upper = torch.triu(b.same >= 0, 1)
        scores.append(same[0][upper].sigmoid())
        truths.append(b.same[upper])
        stances, real = torch.tensor(b.stances), torch.tensor(b.real)
        right.append((stance[0, :, : len(STANCES)].argmax(-1) == stances)[stances >= 0])
        claims.append(stance[0, :, len(STANCES)][real >= 0])
        reals.append(real[real >= 0])
        chosen, kinds = kind[0, ..., : len(KINDS)].argmax(-1)[upper], b.kinds[upper]
        found += int(((chosen > 0) & (kinds >= 0)).sum())
        hit += int(((chosen == kinds) & (kinds > 0)).sum())
        gold += int((kinds > 0).sum())
    score, truth, claim, real = (torch.cat(each).float().numpy() for each in (scores, truths, claims, reals))
    error = np.mean(np.abs(_calibration(score, truth)))
    said = (
        f"AP {100 * average_precision_score(truth, score):.1f} ECE {error:.3f} stance {100 * torch.cat(right).float().mean():.1f} "
        f"related F1 {200 * hit / max(1, found + gold):.1f}"
    )
    return said + (
        f" claims AP {100 * average_precision_score(real, claim):.1f} of {100 * real.mean():.1f}" if 0 < real.sum() < len(real) else ""
    )


def _calibration(score: np.ndarray, truth: np.ndarray) -> np.ndarray:
    """What each pair's bin of ten is off by."""
    bins = np.minimum((score * 10).astype(int), 9)
    off = np.array([score[bins == b].mean() - truth[bins == b].mean() if (bins == b).any() else 0.0 for b in range(10)])
    return off[bins]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--scenarios", type=Path, nargs="+", required=True)
    parser.add_argument("--dev", type=Path, required=True)
    parser.add_argument("--stories", type=Path, nargs="*", default=[])
    parser.add_argument("--leave", nargs="*", default=[])
    parser.add_argument("--share", type=float, default=1.0, help="how much of the scenarios an epoch shows")
    parser.add_argument("--times", type=int, default=4, help="how often an epoch looks at each story")
    parser.add_argument("--init", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--joint", type=int, default=0)
    parser.add_argument("--layers", type=int, nargs="*", default=[])
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--lr", type=float, default=4e-5)
    parser.add_argument("--head-lr", type=float, default=1e-3)
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    main()
