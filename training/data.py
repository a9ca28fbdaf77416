"""Gold data as labelled windows: attributions (PolNeAR, open news) and treebanks (GUM, EWT).

A window carries one label a word piece and task; ``IGNORED`` costs nothing, and stands wherever a corpus does not say. Labels
that name another piece ("its head", "the cue of this content") are positions in the window, 0 being [CLS], which stands for
"none" and for a sentence's root.
"""

from __future__ import annotations

import json
import random
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from onrecord.reading.coreference import Heads, heads_of_mentions
from onrecord.reading.schemes import ENTITIES, FORMS, RELATIONS, ROLES, SOURCE_TYPES, STANCES, UPOS
from onrecord.reading.sentences import lay_out
from onrecord.reading.windows import CLS, CLS_KIND, LIMIT, SEP, Pieces, cut, pieces_of
from training.treebank import Document
from training.wrapped import wrapped

IGNORED = -100
OF_EVENTS = ("event", "happening", "main", "polarity", "certainty", "tense", "fact", "sort", "actor", "recipient")
TASKS = (
    "tags", "inner", "upos", "form", "arc", "relation", "entity", "first", "last", "cue_of", "source_of", "source_type", "stance",
    *OF_EVENTS,
)  # fmt: skip
POINTERS = ("arc", "first", "last", "cue_of", "source_of", "actor", "recipient")
_STYLES = {"“": '"', "”": '"', "‘": "'", "’": "'"}
Labels = dict[str, NDArray[np.int64]]
Row = dict[str, Any]


@dataclass
class Mentions:
    """The mentions of one window: position of each head, number of its entity, and what its words are like."""

    positions: NDArray[np.int64]
    entities: NDArray[np.int64]
    heads: Heads


@dataclass
class Window:
    """ids, kinds, sentences, words (1 on the first piece of a word) and every label: int arrays of one length, with [CLS] and [SEP].

    taught (n, scores): a teacher's scores of all labels of ``model.TAUGHT``.
    """

    ids: NDArray[np.int64]
    kinds: NDArray[np.int64]
    sentences: NDArray[np.int64]
    words: NDArray[np.int64]
    labels: Labels
    mentions: Mentions | None = None
    taught: NDArray[np.float16] | None = None


@dataclass
class Taught:
    """A text with what a teacher says of each of its pieces, see ``Window``; sides (2, n): actor and recipient as pieces, or IGNORED."""

    text: str
    scores: NDArray[np.float16]
    sides: NDArray[np.int64]


@dataclass
class Marked:
    """A text's pieces with a label each and task, before it is cut; pointers are piece numbers, -1 for none."""

    pieces: Pieces
    sentences: NDArray[np.int64]
    labels: Labels = field(default_factory=dict)
    mentions: tuple[NDArray[np.int64], NDArray[np.int64], Heads] | None = None

    def __post_init__(self) -> None:
        self.labels = {task: np.full(len(self.pieces.ids), IGNORED) for task in TASKS}


def rows_of(path: Path) -> list[Row]:
    """The rows of a JSONL file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def attribution_windows(rows: list[Row], tokenizer: Tokenizer, vary: float = 0.0, seed: int = 0) -> list[list[Window]]:
    """The windows of each gold row.

    ``vary``: the share of rows that get straight quote marks; above 0 some sentences are also wrapped, and windows cut at another
    length each time, so that no epoch shows a sentence in quite the same surroundings.
    """
    rng = random.Random(seed)
    limit = rng.randint(180, LIMIT) if vary else LIMIT
    if vary:
        rows = [wrapped(row, rng) for row in rows]
    texts = ["".join(_STYLES.get(c, c) for c in row["text"]) if rng.random() < vary else row["text"] for row in rows]
    out = []
    for row, pieces in zip(rows, pieces_of(texts, tokenizer), strict=True):
        marked = Marked(pieces, np.zeros(len(pieces.ids), np.int64))
        mark_attributions(marked, row["attributions"], row.get("discard") or [], row.get("nesting"))
        out.append(windows_of(marked, limit))
    return out


def treebank_windows(documents: list[Document], tokenizer: Tokenizer, attributions: bool, seed: int | None = None) -> list[list[Window]]:
    """The windows of each document; ``attributions``: those that GUM's discourse relations give are labelled too."""
    limit = LIMIT if seed is None else random.Random(seed).randint(180, LIMIT)
    out = []
    for doc, pieces in zip(documents, pieces_of([d.text for d in documents], tokenizer), strict=True):
        starts = np.array([doc.spans[first][0] for first in doc.sentences])
        marked = Marked(pieces, np.searchsorted(starts, pieces.starts, side="right"))
        _mark_parse(marked, doc)
        if doc.mentions:
            _mark_mentions(marked, doc)
        if attributions and doc.attributions:
            mark_attributions(marked, _nested(doc.attributions), [])
        out.append(windows_of(marked, limit))
    return out


def taught_windows(taught: list[Taught], tokenizer: Tokenizer, seed: int) -> list[list[Window]]:
    """The windows of texts without labels of their own."""
    limit = random.Random(seed).randint(180, LIMIT)
    out = []
    for each, pieces in zip(taught, pieces_of([t.text for t in taught], tokenizer), strict=True):
        starts = [start for start, _ in lay_out(each.text).sentences]
        marked = Marked(pieces, np.searchsorted(starts, pieces.starts, side="right"))
        marked.labels["actor"], marked.labels["recipient"] = each.sides
        windows = windows_of(marked, limit)
        for window, part in zip(windows, cut(pieces, limit), strict=True):
            window.taught = np.pad(each.scores[part], ((1, 1), (0, 0)))
        out.append(windows)
    return out


def mark_attributions(marked: Marked, attributions: list[Row], discard: list[list[int]], nesting: list[list[int]] | None = None) -> None:
    """BIO tags of outer and inner attributions, who belongs to whom, kind of source and stance.

    ``nesting``: the stretches of text in which inner attributions are marked; None: everywhere, if any attribution names a parent.
    """
    pieces, labels = marked.pieces, marked.labels
    by_id = {a.get("id", number): a for number, a in enumerate(attributions)}
    if nesting is None:
        nesting = [[0, int(pieces.ends[-1])]] if any("parent" in a for a in attributions) else []
    labels["tags"][:] = 0
    for start, end in nesting:
        labels["inner"][(pieces.starts >= start) & (pieces.starts < end)] = 0
    for a in attributions:
        layer = "tags" if by_id.get(a.get("parent")) is None else "inner"
        places = {role: [np.flatnonzero((pieces.starts >= s) & (pieces.starts < e)) for s, e in a[role]] for role in ROLES}
        for number, role in enumerate(ROLES):
            for inside in places[role]:
                labels[layer][inside] = 2 * number + 2
                labels[layer][inside[:1]] = 2 * number + 1
        cues, sources = ([p for p in places[role] if len(p)] for role in ("cue", "source"))
        if layer == "tags":
            for inside in (*places["content"], *places["source"]):
                labels["cue_of"][inside] = cues[0][0] if cues else -1
            for inside in cues:
                labels["source_of"][inside] = sources[0][0] if sources else -1
        for inside in cues:
            labels["stance"][inside] = STANCES.index(a["stance"]) if "stance" in a else IGNORED
        for inside in (*cues, *sources):
            labels["source_type"][inside] = SOURCE_TYPES.index(a["source_type"]) if "source_type" in a else IGNORED
    for start, end in discard:
        labels["tags"][(pieces.starts >= start) & (pieces.starts < end)] = IGNORED
    for layer in ("tags", "inner"):
        labels[layer][~pieces.heads] = IGNORED


def _nested(attributions: list[Row]) -> list[Row]:
    """Attributions of a treebank, each with the smallest content that holds it as its parent."""
    out = []
    for number, a in enumerate(attributions):
        at = a["cue"][0][0]
        around = [
            (e - s, n) for n, b in enumerate(attributions) if n != number for s, e in b["content"] if s <= at < e and b["cue"][0][0] != at
        ]
        out.append({**a, "parent": min(around)[1] if around else None})
    return out


def _mark_parse(marked: Marked, doc: Document) -> None:
    at = _first_pieces(marked.pieces, doc)
    has = at >= 0
    upos = np.array([UPOS.index(u) for u in doc.upos])
    labels = marked.labels
    labels["upos"][:] = len(UPOS)  # the class of pieces that carry a word on
    labels["upos"][at[has]] = upos[has]
    labels["form"][at[has]] = np.array([_form(features) for features in doc.features])[has]
    heads = np.array(doc.heads)
    rooted = heads < 0
    known = has & (rooted | (at[heads] >= 0))
    labels["arc"][at[known]] = np.where(rooted, -1, at[heads])[known]
    labels["relation"][at[known]] = np.array([RELATIONS.index(r) for r in doc.relations])[known]


def _form(features: str) -> int:
    """The class of ``FORMS`` that a word's FEATS column amounts to."""
    named = dict(f.split("=") for f in features.split("|") if "=" in f)
    if (verb := named.get("VerbForm")) in ("Fin", "Part"):
        form = f"{verb.lower()}_{'past' if named.get('Tense') == 'Past' else 'present'}"
    else:
        form = {"Inf": "infinitive", "Ger": "gerund"}.get(verb or "") or {"Sing": "singular", "Plur": "plural"}.get(named.get("Number", ""))
    return FORMS.index(form or "none")


def _mark_mentions(marked: Marked, doc: Document) -> None:
    at = _first_pieces(marked.pieces, doc)
    labels = marked.labels
    labels["entity"][:] = 0
    largest: dict[int, Any] = {}
    for mention in doc.mentions:  # outermost first; of two with one head the inner one is left: it is a part of a list
        head = doc.head_of(mention.first, mention.last)
        if at[head] >= 0 and at[mention.first] >= 0 and at[mention.last] >= 0:
            largest.setdefault(head, mention)
    rows = sorted(largest.items())
    for head, m in rows:
        labels["entity"][at[head]] = ENTITIES.index(m.type)
        labels["first"][at[head]], labels["last"][at[head]] = at[m.first], at[m.last]
    words = [([w.lower() for w in doc.forms[m.first : m.last + 1]], doc.forms[h].lower(), doc.upos[h] == "PROPN") for h, m in rows]
    positions = np.array([at[h] for h, _ in rows], np.int64)
    heads = heads_of_mentions(words, marked.sentences[positions].tolist())
    marked.mentions = positions, np.array([m.entity for _, m in rows], np.int64), heads


def _first_pieces(pieces: Pieces, doc: Document) -> NDArray[np.int64]:
    """The piece each token starts with; -1 where no piece starts there ("gonna")."""
    starts = np.array([s for s, _ in doc.spans])
    found = np.minimum(np.searchsorted(pieces.starts, starts), len(pieces.starts) - 1)
    return np.where(pieces.starts[found] == starts, found, -1)


def windows_of(marked: Marked, limit: int = LIMIT) -> list[Window]:
    """Cuts a marked text into windows; pointers that leave their window cost nothing, those to a cue or source say "none"."""
    out = []
    for part in cut(marked.pieces, limit):
        labels = {}
        for task, values in marked.labels.items():
            own = values[part]
            if task in POINTERS:
                outside = (own >= 0) & ((own < part.start) | (own >= part.stop))
                moved = np.where(own == -1, 0, own - part.start + 1)
                own = np.where(own == IGNORED, IGNORED, np.where(outside, 0 if task.endswith("_of") else IGNORED, moved))
            labels[task] = np.concatenate(([IGNORED], own, [IGNORED]))
        window = Window(*(_framed(values[part], *ends) for values, ends in _inputs(marked)), labels)
        if marked.mentions is not None:
            positions, entities, heads = marked.mentions
            here = (positions >= part.start) & (positions < part.stop)
            kept = Heads(*(getattr(heads, name)[here] for name in Heads.__slots__))
            window.mentions = Mentions(positions[here] - part.start + 1, entities[here], kept)
        out.append(window)
    return out


def _inputs(marked: Marked) -> list[tuple[NDArray[Any], tuple[int, int]]]:
    return [
        (marked.pieces.ids, (CLS, SEP)),
        (marked.pieces.kinds, (CLS_KIND, 0)),
        (marked.sentences, (0, -1)),
        (marked.pieces.heads, (0, 0)),
    ]


def _framed(values: NDArray[Any], first: int, last: int) -> NDArray[np.int64]:
    return np.concatenate(([first], values, [last])).astype(np.int64)
