"""The tagger in PyTorch: MiniLM-L6 with a linear layer of seven tags on every word piece."""

from __future__ import annotations

from pathlib import Path

import torch
from transformers import BertConfig, BertModel

from onrecord.reading.windows import KINDS

TAGS = 7


class Tagger(torch.nn.Module):
    """ids, mask, kinds: (batch, length) → logits (batch, length, 7)."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        config = BertConfig.from_pretrained(folder, attention_probs_dropout_prob=0.0)  # its mask costs a fifth of a step
        self.encoder = BertModel.from_pretrained(folder, config=config, add_pooling_layer=False, attn_implementation="eager")
        old = self.encoder.embeddings.token_type_embeddings.weight.data
        kinds = torch.nn.Embedding(KINDS, config.hidden_size)
        kinds.weight.data = old[:1].repeat(KINDS, 1) + 0.01 * torch.randn(KINDS, config.hidden_size)
        self.encoder.embeddings.token_type_embeddings = kinds
        self.encoder.config.type_vocab_size = KINDS
        self.drop = torch.nn.Dropout(0.1)
        self.head = torch.nn.Linear(config.hidden_size, TAGS)

    def forward(self, ids: torch.Tensor, mask: torch.Tensor, kinds: torch.Tensor) -> torch.Tensor:
        hidden = self.encoder(input_ids=ids, attention_mask=mask, token_type_ids=kinds).last_hidden_state
        return self.head(self.drop(hidden))
