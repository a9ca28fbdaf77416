"""Fine-tunes the sentence encoder on claim scenarios and stories: ``python -m training.claims --minilm FOLDER --to FOLDER …``.

Within a scenario or story every pair of mentions is of one claim or of two; the loss is logistic on their cosine. What mentions
of other stories would teach (topic) the encoder knows already and must not learn again.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from pathlib import Path

import torch
from sklearn.metrics import average_precision_score
from tokenizers import Tokenizer
from transformers import BertConfig, BertModel

from onrecord.reading.windows import CLS, SEP, pieces_of
from training.blocks import Tale, scenarios, stories
from training.export import export, quantize

LONGEST = 94
MOST = 40  # mentions of a story in a batch


class Sentences(torch.nn.Module):
    """ids, mask: (batch, length) → unit vectors (batch, 384)."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        config = BertConfig.from_pretrained(folder, attention_probs_dropout_prob=0.0)
        self.encoder = BertModel.from_pretrained(folder, config=config, add_pooling_layer=False, attn_implementation="eager")

    def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        hidden = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
        weights = mask.unsqueeze(-1).to(hidden.dtype)
        return torch.nn.functional.normalize((hidden * weights).sum(1) / weights.sum(1), dim=-1)


def main() -> None:
    options = _arguments()
    torch.manual_seed(1)
    torch.set_num_threads(options.threads)
    tokenizer = Tokenizer.from_file(str(options.minilm / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    rng = random.Random(1)
    told = [tale for folder in options.stories for tale in stories(folder)]
    train = [tale for file in options.scenarios for tale in scenarios(file)] + told * options.times
    dev = [_pieces(tale, tokenizer, None) for tale in scenarios(options.dev)]
    left = [_pieces(tale, tokenizer, None) for tale in stories(options.left)] if options.left else []
    model = Sentences(options.minilm)
    scale, bias = torch.nn.Parameter(torch.tensor(10.0)), torch.nn.Parameter(torch.tensor(-6.0))
    optimizer = torch.optim.AdamW([{"params": model.parameters(), "lr": options.lr}, {"params": [scale, bias], "lr": 1e-2}], fused=True)
    base = [group["lr"] for group in optimizer.param_groups]
    started, step, total = time.time(), 0, options.epochs * len(train) // options.batch
    print("before", _dev(model, dev), flush=True)
    for epoch in range(options.epochs):
        rng.shuffle(train)
        model.train()
        for at in range(0, len(train) - options.batch + 1, options.batch):
            for group, lr in zip(optimizer.param_groups, base, strict=True):
                group["lr"] = lr * min((step + 1) / (0.1 * total), max(0.02, (total - step) / (0.9 * total)))
            loss = _loss(model, [_pieces(tale, tokenizer, rng) for tale in train[at : at + options.batch]], scale, bias)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            step += 1
        seen = f"{_dev(model, dev)} left out {_dev(model, left)}" if left else _dev(model, dev)
        print(f"epoch {epoch + 1} loss {loss.item():.3f} {seen} {time.time() - started:.0f} s", flush=True)
    model.eval()
    with tempfile.TemporaryDirectory() as folder:
        export(model, Path(folder) / "plain.onnx", ("ids", "mask"), ("vectors",))
        quantize(Path(folder) / "plain.onnx", options.to / "meaning.onnx")


def _pieces(tale: Tale, tokenizer: Tokenizer, rng: random.Random | None) -> tuple[list[list[int]], list[str]]:
    """The mentions' word pieces and claims; of a scenario's sentences, in training, half are cut down to their contents."""
    chosen = tale.said if rng is None or len(tale.said) <= MOST else rng.sample(tale.said, MOST)
    spans = [s.content if rng and s.content and rng.random() < 0.5 else s.span for s in chosen]
    texts = [s.text[slice(*span)] for s, span in zip(chosen, spans, strict=True)]
    return [p.ids[:LONGEST].tolist() for p in pieces_of(texts, tokenizer)], [s.claim for s in chosen]


def _encode(model: Sentences, ids: list[list[int]]) -> torch.Tensor:
    longest = max(map(len, ids)) + 2
    padded, mask = torch.zeros(len(ids), longest, dtype=torch.long), torch.zeros(len(ids), longest, dtype=torch.long)
    for row, i in enumerate(ids):
        padded[row, : len(i) + 2] = torch.tensor([CLS, *i, SEP])
        mask[row, : len(i) + 2] = 1
    return model(padded, mask)


def _loss(model: Sentences, batch: list[tuple[list[list[int]], list[str]]], scale: torch.Tensor, bias: torch.Tensor) -> torch.Tensor:
    vectors = _encode(model, [i for ids, _ in batch for i in ids])
    losses, at = [], 0
    for _, claims in batch:
        part = vectors[at : at + len(claims)]
        at += len(claims)
        same = torch.tensor([[a == b for b in claims] for a in claims])
        pairs = torch.triu(torch.ones_like(same), 1).bool()
        logits = (scale * (part @ part.T) + bias)[pairs]
        losses.append(torch.nn.functional.binary_cross_entropy_with_logits(logits, same[pairs].float(), pos_weight=torch.tensor(2.0)))
    return torch.stack(losses).mean()


@torch.no_grad()
def _dev(model: Sentences, scenarios: list[tuple[list[list[int]], list[str]]]) -> str:
    """Best pair F1 over thresholds and average precision: a quick look."""
    model.eval()
    scores, truths = [], []
    for ids, claims in scenarios:
        vectors = _encode(model, ids)
        same = torch.tensor([[a == b for b in claims] for a in claims])
        pairs = torch.triu(torch.ones_like(same), 1).bool()
        scores.append((vectors @ vectors.T)[pairs])
        truths.append(same[pairs])
    score, truth = torch.cat(scores), torch.cat(truths)
    best = max(
        (float(2 * (truth & (score > t)).sum() / ((score > t).sum() + truth.sum())), float(t)) for t in torch.linspace(0.2, 0.95, 60)
    )
    return f"pair F1 {100 * best[0]:.1f} at {best[1]:.2f}, AP {100 * average_precision_score(truth.numpy(), score.numpy()):.1f}"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minilm", type=Path, required=True)
    parser.add_argument("--scenarios", type=Path, nargs="+", required=True)
    parser.add_argument("--dev", type=Path, required=True)
    parser.add_argument("--stories", type=Path, nargs="*", default=[])
    parser.add_argument("--left", type=Path, help="a folder of stories to look at only")
    parser.add_argument("--times", type=int, default=4, help="how often an epoch looks at each story")
    parser.add_argument("--to", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--batch", type=int, default=6)
    parser.add_argument("--lr", type=float, default=5e-5)
    parser.add_argument("--threads", type=int, default=2)
    return parser.parse_args()


if __name__ == "__main__":
    main()
