"""A larger network that teaches the reader's: ``python -m training.teacher WEIGHTS.pt --mpnet FOLDER … --out FILE``.

MPNet-base (110 million weights, ten times MiniLM's; Song et al. 2020) is trained on events alone, by ``python -m training.train
--mpnet FOLDER``; then this command has it read news that nobody coded, and keeps its scores and whom it takes for actor and recipient.
``training.train --taught FILE`` shows them to the reader's network beside the coded sentences, of which there are few.
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from transformers import MPNetConfig, MPNetModel

from onrecord.reading.windows import tokenizer_of
from training.data import IGNORED, Window, attribution_windows, rows_of
from training.losses import tensors
from training.model import BF16, LINEAR, SIDES, TAUGHT, Network, kinds_table
from training.treebank import documents

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
    """What the teacher reads: a third of PolNeAR, the open news, news of GUM, of ECB+ and of GeoVirus."""
    rows = [*rows_of(gold / "attribution/polnear-train.jsonl")[::3], *rows_of(gold / "attribution/open-news-train.jsonl")]
    texts = [row["text"] for row in (*rows, *rows_of(gold / "places/geovirus.jsonl"))]
    texts += [d.text for d in documents(gold / "treebank/gum-train.conllu") if d.genre in ("news", "interview", "bio")]
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
    taught = []
    for row, text in zip(rows, texts, strict=True):
        if text:
            scores = torch.cat([said[id(w)][0] for w in text]).numpy()
            at = np.cumsum([0, *(len(w.ids) - 2 for w in text)])
            sides = [np.where(said[id(w)][1] > 0, said[id(w)][1] - 1 + start, said[id(w)][1]) for w, start in zip(text, at, strict=False)]
            taught.append((row["text"], scores, np.concatenate(sides, 1)))
    torch.save(taught, options.out)


def _said(model: Teacher, windows: list[Window]) -> dict[int, tuple[torch.Tensor, NDArray[np.int64]]]:
    """The scores of each window's pieces and their sides (2, n), by its ``id()``; sides: 1 + piece, -1 for nobody, or IGNORED."""
    found = {}
    for at in range(0, len(windows), BATCH):
        batch = windows[at : at + BATCH]
        ids, mask, kinds, _, words, _ = tensors(batch)
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=BF16):
            vectors = model(ids, mask, kinds)
            scores = torch.cat([model.linear[task](vectors) for task in TAUGHT], -1)
            sides = torch.stack([model.pointing[side](vectors).masked_fill(mask[:, None, :] == 0, -1e4).argmax(-1) for side in SIDES], 1)
        event = (scores[..., : LINEAR["event"]].float().softmax(-1)[..., 0] < 0.5) & (words > 0)
        sides = torch.where(event[:, None], torch.where(sides == 0, -1, sides), IGNORED)
        for window, row, side in zip(batch, scores.half(), sides, strict=True):
            inside = slice(1, len(window.ids) - 1)
            found[id(window)] = row[inside].clone(), side[:, inside].numpy().copy()
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
