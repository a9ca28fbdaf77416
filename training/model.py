"""The network in PyTorch: MiniLM-L6 with a head for each task, all small, all reading the same vectors.

Labels (tags, parts of speech, entity types …) are linear. What points from one piece to another (a word to its head, a content
to its cue) is scored by a bilinear product of two projections (Dozat & Manning 2017). Tags are scored as a chain: each move from
one to the next has a price (Lafferty et al. 2001).
"""

from __future__ import annotations

from pathlib import Path

import torch
from transformers import BertConfig, BertModel

from onrecord.reading.attribution.tags import LEGAL
from onrecord.reading.coreference import FAR, KINDS, MATCHES
from onrecord.reading.schemes import (
    CERTAINTIES,
    CLASSES,
    ENTITIES,
    EVENTS,
    FORMS,
    POLARITIES,
    RELATIONS,
    SOURCE_TYPES,
    STANCES,
    TENSES,
    UPOS,
)
from onrecord.reading.windows import KINDS as PIECE_KINDS

BF16 = torch.ops.mkldnn._is_mkldnn_bf16_supported()  # emulated bf16 is forty times slower than float32
BARRED = -1e4  # the score of what cannot be
TAGS = 7
CHAINS = ("tags", "inner")
LINEAR = {
    "tags": TAGS, "inner": TAGS, "upos": len(UPOS) + 1, "form": len(FORMS), "entity": len(ENTITIES),
    "source_type": len(SOURCE_TYPES), "stance": len(STANCES), "event": len(EVENTS) + 1, "happening": 2, "main": 2,
    "polarity": len(POLARITIES), "certainty": len(CERTAINTIES), "tense": len(TENSES), "fact": 3, "sort": CLASSES,
}  # fmt: skip
TAUGHT = ("event", "happening", "main", "polarity", "certainty", "tense", "fact", "sort")  # what a teacher says
SIDES = ("actor", "recipient")
POINTING = {"arc": 256, "first": 64, "last": 64, "cue_of": 96, "source_of": 96, "actor": 96, "recipient": 96}  # width of the projections
RELATION, ANTECEDENT = 128, 96


class Pointer(torch.nn.Module):
    """vectors (batch, n, width) → scores (batch, n, n): how well does each piece (row) point to each other (column)?"""

    def __init__(self, width: int, inner: int) -> None:
        super().__init__()
        self.tail, self.head = torch.nn.Linear(width, inner), torch.nn.Linear(width, inner)
        self.both = torch.nn.Linear(inner, inner, bias=False)
        self.prior = torch.nn.Linear(inner, 1, bias=False)
        self.drop = torch.nn.Dropout(0.1)

    def forward(self, vectors: torch.Tensor) -> torch.Tensor:
        tail, head = (self.drop(torch.nn.functional.gelu(layer(vectors))) for layer in (self.tail, self.head))
        return self.both(tail) @ head.transpose(1, 2) + self.prior(head).transpose(1, 2)


def kinds_table(width: int, middle: torch.Tensor) -> torch.nn.Embedding:
    """An embedding for each kind of piece, all near one vector."""
    table = torch.nn.Embedding(PIECE_KINDS, width)
    table.weight.data = middle + 0.01 * torch.randn(PIECE_KINDS, width)
    return table


class Network(torch.nn.Module):
    """ids, mask, kinds: (batch, n); see ``forward``."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.encoder = self.opened(folder)
        width = self.encoder.config.hidden_size
        self.drop = torch.nn.Dropout(0.1)
        self.linear = torch.nn.ModuleDict({task: torch.nn.Linear(width, size) for task, size in LINEAR.items()})
        self.pointing = torch.nn.ModuleDict({task: Pointer(width, inner) for task, inner in POINTING.items()})
        self.word, self.governor = torch.nn.Linear(width, RELATION), torch.nn.Linear(width, RELATION)
        self.relation = torch.nn.Linear(RELATION, len(RELATIONS))
        self.anaphor, self.antecedent = torch.nn.Linear(width, ANTECEDENT), torch.nn.Linear(width, ANTECEDENT)
        self.pairs = torch.nn.Parameter(torch.zeros(MATCHES * KINDS * KINDS))
        self.moves = torch.nn.ParameterDict({task: torch.nn.Parameter(-5.0 * ~torch.from_numpy(LEGAL)) for task in CHAINS})
        self.far = torch.nn.Parameter(torch.zeros(KINDS * (len(FAR) + 1)))

    def opened(self, folder: Path) -> torch.nn.Module:
        """The encoder, as it was pretrained, with a fresh table of piece kinds."""
        config = BertConfig.from_pretrained(folder, attention_probs_dropout_prob=0.0)  # its mask costs a fifth of a step
        encoder = BertModel.from_pretrained(folder, config=config, add_pooling_layer=False, attn_implementation="eager")
        old = encoder.embeddings.token_type_embeddings.weight.data
        encoder.embeddings.token_type_embeddings = kinds_table(config.hidden_size, old[0])
        encoder.config.type_vocab_size = PIECE_KINDS
        return encoder

    def read(self, ids: torch.Tensor, mask: torch.Tensor | None, kinds: torch.Tensor) -> torch.Tensor:
        """The encoder's vectors."""
        return self.encoder(input_ids=ids, attention_mask=mask, token_type_ids=kinds).last_hidden_state

    def forward(self, ids: torch.Tensor, mask: torch.Tensor | None, kinds: torch.Tensor) -> torch.Tensor:
        """The vectors (batch, n, width) that all heads read."""
        return self.drop(self.read(ids, mask, kinds))

    def arcs(self, vectors: torch.Tensor, sentences: torch.Tensor) -> torch.Tensor:
        """Scores of heads (batch, n, n), of the word's own sentence or [CLS], which stands for the root."""
        apart = sentences[:, :, None] != sentences[:, None, :]
        apart[:, :, 0] = False
        places = torch.arange(sentences.shape[1])
        apart = apart | (places[:, None] == places)
        return self.pointing["arc"](vectors).masked_fill(apart, BARRED)

    def relations(self, vectors: torch.Tensor, heads: torch.Tensor) -> torch.Tensor:
        """Scores of relations (batch, n, relations) to the given heads (batch, n)."""
        governors = self.governor(vectors)
        chosen = governors.gather(1, heads[:, :, None].expand(-1, -1, governors.shape[-1]))
        return self.relation(torch.nn.functional.gelu(self.word(vectors) + chosen))
