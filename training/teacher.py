"""A larger network that teaches the reader's: ``python -m training.teacher WEIGHTS.pt --mpnet FOLDER … --out FILE``.

MPNet-base (110 million weights, ten times MiniLM's; Song et al. 2020) is trained on attributions alone, by ``python -m training.train
--mpnet FOLDER``; then this command has it read texts, labelled or not, and keeps its scores. ``training.train --taught FILE`` shows
them to the reader's network beside the gold labels: what the teacher finds likely is said of every text, also where a corpus is
silent (PolNeAR has no nesting, no kinds of source and no stance), and of more texts than were ever labelled.
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path

import torch
from transformers import MPNetConfig, MPNetModel

from onrecord.reading.windows import tokenizer_of
from training.data import Window, attribution_windows, rows_of
from training.losses import tensors
from training.model import BF16, TAUGHT, Network, kinds_table
from training.treebank import CLOSED_GENRES, documents

BEFORE = 4  # MPNet's vocabulary is BERT's after four marks of its own
BATCH = 16
_APART = re.compile(r" ([,.;:?!%)]|n't\b|'(?:s|re|ve|ll|d|m)\b)")  # tokens that stand close to the one before


class Teacher(Network):
    """The same heads on MPNet-base, which reads the same word pieces."""

    def opened(self, folder: Path) -> torch.nn.Module:
        config = MPNetConfig.from_pretrained(folder, attention_probs_dropout_prob=0.0)
        encoder = MPNetModel.from_pretrained(folder, config=config, add_pooling_layer=False)
        self.kinds = kinds_table(config.hidden_size, torch.zeros(config.hidden_size))
        return encoder

    def read(self, ids: torch.Tensor, mask: torch.Tensor | None, kinds: torch.Tensor) -> torch.Tensor:
        words = self.encoder.embeddings.word_embeddings(ids + BEFORE) + self.kinds(kinds)
        return self.encoder(inputs_embeds=words, attention_mask=mask).last_hidden_state


def texts_of(gold: Path) -> list[str]:
    """What the teacher reads: the texts of PolNeAR, open news and GUM (but for closed genres), news of ECB+ and of GeoVirus."""
    rows = [*rows_of(gold / "attribution/polnear-train.jsonl"), *rows_of(gold / "attribution/open-news-train.jsonl")]
    texts = [row["text"] for row in (*rows, *rows_of(gold / "places/geovirus.jsonl"))]
    texts += [d.text for d in documents(gold / "treebank/gum-train.conllu") if d.genre not in CLOSED_GENRES]
    for row in rows_of(gold / "coreference/ecbplus-train.jsonl"):
        texts.append(_APART.sub(r"\1", " ".join(" ".join(sentence) for sentence in row["sentences"])))
    return texts


@torch.no_grad()
def main() -> None:
    options = _arguments()
    tokenizer = tokenizer_of(options.minilm / "tokenizer.json")
    model = Teacher(options.mpnet)
    model.load_state_dict(torch.load(options.weights))
    model.eval()
    rows = [{"text": text, "attributions": []} for text in texts_of(options.gold)]
    texts = attribution_windows(rows, tokenizer)
    said = _said(model, sorted((w for text in texts for w in text), key=lambda w: len(w.ids)))
    taught = [(row["text"], torch.cat([said[id(w)] for w in text]).numpy()) for row, text in zip(rows, texts, strict=True) if text]
    torch.save(taught, options.out)


def _said(model: Teacher, windows: list[Window]) -> dict[int, torch.Tensor]:
    """The scores of each window's pieces, by its ``id()``."""
    found = {}
    for at in range(0, len(windows), BATCH):
        batch = windows[at : at + BATCH]
        ids, mask, kinds, *_ = tensors(batch)
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=BF16):
            vectors = model(ids, mask, kinds)
            scores = torch.cat([model.linear[task](vectors) for task in TAUGHT], -1)
        for window, row in zip(batch, scores.half(), strict=True):
            found[id(window)] = row[1 : len(window.ids) - 1].clone()
        if at % (50 * BATCH) == 0:
            print(f"window {at}/{len(windows)}", flush=True)
    return found


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights", type=Path)
    parser.add_argument("--minilm", type=Path, required=True)
    parser.add_argument("--mpnet", type=Path, required=True)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    return parser.parse_args()


if __name__ == "__main__":
    main()
