"""The judge in PyTorch: many mentions of one story, read together, each pair weighed.

A cross-encoder reads two sentences at a time, so n mentions cost n² readings. The judge reads a block of mentions at once, each of
their sentences once: every piece attends to its own sentence as the pretrained encoder has it, and, from layer ``joint`` on, to the
pieces of all other sentences, every second head at a price, wherever these stand. So the order of the mentions cannot matter, and
what a block has in common is seen and discounted. Positions begin anew in each sentence. A mention is the mean of its pieces; a pair
is what its two mentions have in common and in what they differ.
"""

from __future__ import annotations

from pathlib import Path

import torch
from torch.nn.functional import gelu, scaled_dot_product_attention
from transformers import AutoConfig, AutoModel

from onrecord.reading.schemes import STANCES
from onrecord.reading.windows import CLS, SEP
from onrecord.story.judge import KINDS, LONGEST, RESOLVED

FAR = -1e4
WIDTH = 256
WIDEST = LONGEST + 1  # the farthest that two pieces of a sentence are apart
SHIFT = 4  # MPNet's vocabulary is BERT's, four further on


class Judge(torch.nn.Module):
    """See ``forward``; ``joint``: the first layer that looks across sentences."""

    def __init__(self, folder: Path, joint: int = 0, layers: tuple[int, ...] | None = None) -> None:
        super().__init__()
        config = AutoConfig.from_pretrained(folder)
        self.mpnet = config.model_type == "mpnet"
        self.encoder = AutoModel.from_pretrained(folder, config=config, add_pooling_layer=False)
        if layers:
            self.encoder.encoder.layer = torch.nn.ModuleList([self.encoder.encoder.layer[i] for i in layers])
        self.joint, self.heads, width = joint, config.num_attention_heads, config.hidden_size
        self.register_buffer("price", torch.tensor([0.0, -4.0]).repeat(self.heads // 2)[None, :, None, None], persistent=False)
        self.drop = torch.nn.Dropout(0.1)
        self.inner = torch.nn.Linear(width, WIDTH)
        self.pair = torch.nn.Sequential(torch.nn.Linear(3 * WIDTH, WIDTH), torch.nn.GELU(), torch.nn.Dropout(0.1))
        self.same = torch.nn.Linear(WIDTH, 1)
        self.kind = torch.nn.Linear(WIDTH, len(KINDS) + len(RESOLVED))
        self.stance = torch.nn.Linear(width, len(STANCES) + 1)
        self.scale = torch.nn.Parameter(torch.tensor(8.0))
        self.bias = torch.nn.Parameter(torch.tensor(-6.0))

    def forward(
        self, ids: torch.Tensor, real: torch.Tensor, places: torch.Tensor, segments: torch.Tensor, pools: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """ids (s, l): the pieces of a block's sentences; real (s, l): 0 where padding stands. Of its n real pieces places (in the
        sentence), segments (the sentence's number): (1, n); pools (1, m, n): each mention's pieces at equal shares. Returns logits of
        same (1, m, m), of kind and resolution (1, m, m, 10), of stance and of being a claim at all (1, m, 12).
        """
        return self.upper(self.lower(ids, real)[real > 0][None], places, segments, pools)

    def lower(self, ids: torch.Tensor, real: torch.Tensor) -> torch.Tensor:
        """The vectors (s, l, width) of sentences' pieces after the layers that see their own sentence only."""
        encoder = self.encoder
        places = torch.arange(ids.shape[1], device=ids.device).expand_as(ids)
        if self.mpnet:
            ids = torch.where(ids == CLS, 0, torch.where(ids == SEP, 2, ids + SHIFT))
            hidden = encoder.embeddings(input_ids=ids, position_ids=places + 2)
        else:
            hidden = encoder.embeddings(input_ids=ids, position_ids=places, token_type_ids=torch.zeros_like(ids))
        bias = torch.where(real[:, None, None, :] > 0, self._near(places), FAR).expand(-1, self.heads, -1, -1).to(hidden.dtype)
        for layer in encoder.encoder.layer[: self.joint]:
            hidden = self._layer(layer, hidden, bias)
        return hidden

    def upper(
        self, hidden: torch.Tensor, places: torch.Tensor, segments: torch.Tensor, pools: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """The logits of ``forward`` from the vectors (1, n, width) of all pieces of a block."""
        apart = places[0][None, :] - places[0][:, None]
        own = segments[0][None, :] == segments[0][:, None]
        bias = self._prices()[:, torch.where(own, apart + WIDEST, 2 * WIDEST + 1)][None].to(hidden.dtype)
        for layer in self.encoder.encoder.layer[self.joint :]:
            hidden = self._layer(layer, hidden, bias)
        mentions = self.drop(pools.to(hidden.dtype) @ hidden)
        inner = gelu(self.inner(mentions))
        one, other = inner.unsqueeze(2), inner.unsqueeze(1)
        pair = self.pair(torch.cat([one * other, (one - other).abs(), one + other], -1))
        unit = torch.nn.functional.normalize(mentions.float(), dim=-1)
        cosine = unit @ unit.transpose(1, 2)
        same = self.same(pair).squeeze(-1).float() + self.scale * cosine + self.bias
        return same, self.kind(pair).float(), self.stance(mentions).float()

    def _prices(self) -> torch.Tensor:
        """What a head adds for each distance in one sentence, from -WIDEST on, and for another sentence: (heads, 2 WIDEST + 2)."""
        places = torch.arange(2 * WIDEST + 1)[None]
        near = self._near(places)[:, :, WIDEST].expand(1, self.heads, -1)[0] if self.mpnet else torch.zeros(self.heads, 2 * WIDEST + 1)
        return torch.cat([near, self.price.view(self.heads, 1)], 1)

    def _near(self, places: torch.Tensor) -> torch.Tensor:
        """What MPNet adds for the distance of two pieces: (rows, heads, n, n)."""
        if not self.mpnet:
            return torch.zeros(1)
        encoder = self.encoder.encoder
        bucket = encoder.relative_position_bucket(places[:, None, :] - places[:, :, None])
        return encoder.relative_attention_bias.weight.detach()[bucket].permute(0, 3, 1, 2)

    def _layer(self, layer: torch.nn.Module, hidden: torch.Tensor, bias: torch.Tensor) -> torch.Tensor:
        own = layer.attention.attn if self.mpnet else layer.attention.self
        parts = (own.q, own.k, own.v) if self.mpnet else (own.query, own.key, own.value)
        batch, n, width = hidden.shape
        q, k, v = (part(hidden).view(batch, n, self.heads, -1).transpose(1, 2) for part in parts)
        seen = scaled_dot_product_attention(q, k, v, attn_mask=bias.to(q.dtype)).transpose(1, 2).reshape(batch, n, width)
        if self.mpnet:
            hidden = layer.attention.LayerNorm(own.o(seen) + hidden)
        else:
            hidden = layer.attention.output.LayerNorm(layer.attention.output.dense(seen) + hidden)
        return layer.output.LayerNorm(self.drop(layer.output.dense(gelu(layer.intermediate.dense(hidden)))) + hidden)
