"""Fine-tunes the sentence encoder on claim scenarios and stories: ``python -m training.claims --minilm FOLDER --to FOLDER …``.

Within a scenario or story every pair of mentions is of one claim or of two, as far as the gold says; the loss is logistic on their cosine.
What mentions of other stories would teach (topic) the encoder knows already and must not learn again. A mention is read by itself: in its
sentence, of which the judge knows, it was told apart worse.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import torch
from sklearn.metrics import average_precision_score
from tokenizers import Tokenizer
from transformers import BertConfig, BertModel

from onrecord.story.judge import Laid, by_itself, lay, sentences_of
from training.blocks import HEARD, Said, Tale, is_one, scenarios, stories
from training.export import export, name_weights, quantize, weights_in
from training.model import BF16

Seen = tuple[list[Laid], torch.Tensor]  # a tale's mentions, and for each pair (m, m) whether it is one claim, IGNORED if not known


class Sentences(torch.nn.Module):
    """ids, mask: (batch, length) → the vectors of all pieces (batch, length, 384)."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        config = BertConfig.from_pretrained(folder, attention_probs_dropout_prob=0.0)
        self.encoder = BertModel.from_pretrained(folder, config=config, add_pooling_layer=False, attn_implementation="eager")

    def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        return self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state


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
    dev = [_seen(tale.said, tokenizer) for tale in scenarios(options.dev)]
    tales = stories(options.left) if options.left else []
    left = [_seen(tale.said, tokenizer) for tale in tales], [_seen(tale.heard, tokenizer) for tale in tales]
    model = Sentences(options.minilm)
    if options.init:
        model.load_state_dict(restored(options.init, model))
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
            optimizer.zero_grad()
            for tale in train[at : at + options.batch]:
                loss = _loss(model, _shown(tale, tokenizer, rng), scale, bias) / options.batch
                loss.backward()
            optimizer.step()
            step += 1
        seen = f"{_dev(model, dev)}" + (f" left out {_dev(model, left[0])} as heard {_dev(model, left[1])}" if tales else "")
        print(f"epoch {epoch + 1} {seen} {time.time() - started:.0f} s", flush=True)
        _write(model, options.to)


def _write(model: Sentences, to: Path) -> None:
    model.eval()
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.onnx"
        export(model, plain, ("ids", "mask"), ("vectors",))
        name_weights(plain, model)
        quantize(plain, to / "meaning.onnx")


def restored(folder: Path, model: Sentences) -> dict[str, torch.Tensor]:
    """The weights of an encoder that was exported to a folder, out of int8, to go on training from."""
    found = weights_in(folder / "meaning.onnx")
    return {name: found[name] for name in model.state_dict()}


def _shown(tale: Tale, tokenizer: Tokenizer, rng: random.Random) -> Seen:
    """A scenario's sentences, some with only their contents marked; a story's mentions as they are marked or as they are heard."""
    if tale.scenario:
        return _seen([replace(s, span=s.content) if s.content and rng.random() < 0.5 else s for s in tale.said], tokenizer)
    return _seen(tale.heard if rng.random() < HEARD else tale.said, tokenizer)


def _seen(said: list[Said], tokenizer: Tokenizer) -> Seen:
    return lay([by_itself(s.text[slice(*s.span)]) for s in said], tokenizer), torch.tensor([[is_one(a, b) for b in said] for a in said])


def _encode(model: Sentences, laid: list[Laid]) -> torch.Tensor:
    sentences = sentences_of(laid)
    ids = torch.zeros(len(sentences), max(map(len, sentences)), dtype=torch.long)
    mask = torch.zeros_like(ids)
    for row, each in enumerate(sentences):
        ids[row, : len(each)], mask[row, : len(each)] = torch.tensor(each), 1
    with torch.autocast("cpu", torch.bfloat16, enabled=BF16):
        hidden = model(ids, mask).float()
    rows = {each: row for row, each in enumerate(sentences)}
    return torch.nn.functional.normalize(torch.stack([hidden[rows[each.ids], list(each.own)].mean(0) for each in laid]), dim=-1)


def _loss(model: Sentences, seen: Seen, scale: torch.Tensor, bias: torch.Tensor) -> torch.Tensor:
    laid, same = seen
    vectors = _encode(model, laid)
    pairs = torch.triu(same >= 0, 1)
    logits = (scale * (vectors @ vectors.T) + bias)[pairs]
    return torch.nn.functional.binary_cross_entropy_with_logits(logits, same[pairs].float(), pos_weight=torch.tensor(2.0))


@torch.no_grad()
def _dev(model: Sentences, tales: list[Seen]) -> str:
    """Best pair F1 over thresholds and average precision: a quick look."""
    model.eval()
    scores, truths = [], []
    for laid, same in tales:
        vectors = _encode(model, laid)
        pairs = torch.triu(same >= 0, 1)
        scores.append((vectors @ vectors.T)[pairs])
        truths.append(same[pairs] > 0)
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
    parser.add_argument("--init", type=Path, help="a folder with the encoder to go on from")
    parser.add_argument("--to", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--batch", type=int, default=6)
    parser.add_argument("--lr", type=float, default=5e-5)
    parser.add_argument("--threads", type=int, default=2)
    return parser.parse_args()


if __name__ == "__main__":
    main()
