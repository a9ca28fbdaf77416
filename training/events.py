"""Coded events as labelled windows: sentences with every event coded (PLOVER), and sentences with every event's factuality (UW).

Of a trigger and of an actor or recipient the head word is labelled, by the grammar of the network that ships. Sentences are packed a
few to a window, in another company each epoch, so that what is learned of a sentence holds inside a report too.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from onrecord.reading.encoder import Encoder
from onrecord.reading.grammar import Grammar
from onrecord.reading.schemes import CERTAINTIES, EVENTS, FORMS, POLARITIES, RELATIONS, TENSES, UPOS
from onrecord.reading.sentences import lay_out
from onrecord.reading.windows import pieces_of
from training.data import Marked, Row, Window, rows_of, windows_of
from training.written import written_rows

FACTS = {"polarity": POLARITIES, "certainty": CERTAINTIES, "tense": TENSES}
SIDES = ("actor", "recipient")
MOST = 4  # sentences in a window
CLASS_OF = {  # of a main event of a type, the classes of five that a coder may give its sentence
    "STATEMENT": {0}, "REQUEST": {0, 3}, "AGREE": {1}, "CONSULT": {1}, "SUPPORT": {1}, "COOPERATE": {2}, "AID": {2}, "CONCEDE": {2},
    "RETREAT": {2}, "ACCUSE": {3}, "REJECT": {3}, "THREATEN": {3}, "SANCTION": {3}, "PROTEST": {4}, "MOBILIZE": {4}, "COERCE": {4},
    "ASSAULT": {4},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Event:
    """A coded event; places are offsets of head words in the sentence. kind None: one of no coded type, of which only ``fact`` is known."""

    at: int
    kind: str | None = None
    facts: dict[str, str] = field(default_factory=dict)
    sides: dict[str, int | None] = field(default_factory=dict)
    main: bool | None = None
    fact: int | None = None


@dataclass(frozen=True, slots=True)
class Coded:
    """A sentence with its events. ``coded``: are all events of PLOVER's types marked? ``every``: are all events of any kind?"""

    text: str
    events: list[Event]
    coded: bool
    every: bool
    penta: int | None = None


def coded_sentences(gold: Path, own: Path, open_only: bool = False) -> list[Coded]:
    """The training sentences of both corpora and those written for the project; ``open_only``: the latter alone."""
    written = [plover_sentence(row, None) for row in written_rows(own)]
    if open_only:
        return written
    classes = {row["id"]: row["events"][0]["penta"] for row in rows_of(gold / "events/penta-train.jsonl")}
    plover = [plover_sentence(row, classes[row["id"]]) for row in rows_of(gold / "events/plover-train.jsonl")]
    return plover + written + [factual_sentence(row) for row in rows_of(gold / "factuality/uw-train.jsonl")]


def plover_sentence(row: Row, penta: int | None) -> Coded:
    """A sentence of which all events are coded; of two events with one trigger the first counts."""
    text = row["text"]
    found: dict[int, Event] = {}
    for e in row["events"]:
        if (at := _head(text, e["trigger"])) is None or at in found:
            continue
        sides = {side: _head(text, e[side]) if e.get(side) else None for side in SIDES}
        lost = [side for side in SIDES if e.get(side) and sides[side] is None]
        main = e["main"] if penta is None or penta in CLASS_OF[e["type"]] or not e["main"] else None
        facts = {fact: e[fact] for fact in FACTS}
        found[at] = Event(at, e["type"], facts, {s: a for s, a in sides.items() if s not in lost}, main)
    return Coded(text, list(found.values()), coded=True, every=False, penta=penta)


def factual_sentence(row: Row) -> Coded:
    """A sentence of the UW factuality corpus: tokens, and a score from -3 to 3 for each event."""
    starts, text = [], ""
    for token in row["tokens"]:
        starts.append(len(text))
        text += token + " "
    events = []
    for e in row["events"]:
        fact = 0 if e["score"] >= 1 else 1 if e["score"] <= -1 else 2
        facts = {"polarity": POLARITIES[fact]} if fact < 2 else {}
        events.append(Event(starts[e["end"] - 1], facts=facts, fact=fact))
    return Coded(text.rstrip(), events, coded=False, every=True)


def event_windows(sentences: list[Coded], tokenizer: Tokenizer, seed: int | None = None) -> list[list[Window]]:
    """The windows of sentences, each by itself when no ``seed`` is given, else packed at random."""
    packs = [[s] for s in sentences] if seed is None else _packed(sentences, random.Random(seed))
    texts, offsets = [], []
    for number, pack in enumerate(packs):
        gap = "\n" if (number % 2) else " "
        offsets.append(np.cumsum([0, *(len(s.text) + 1 for s in pack)])[:-1].tolist())
        texts.append(gap.join(s.text for s in pack))
    out = []
    for pack, starts, pieces in zip(packs, offsets, pieces_of(texts, tokenizer), strict=True):
        marked = Marked(pieces, np.zeros(len(pieces.ids), np.int64))
        for sentence, start in zip(pack, starts, strict=True):
            _mark(marked, sentence, start)
        out.append(windows_of(marked))
    return out


def _packed(sentences: list[Coded], rng: random.Random) -> list[list[Coded]]:
    order = list(sentences)
    rng.shuffle(order)
    packs = []
    while order:
        size = rng.choice([1, 1, 2, 3, MOST])
        packs.append(order[:size])
        del order[:size]
    return packs


def _mark(marked: Marked, sentence: Coded, start: int) -> None:
    pieces, labels = marked.pieces, marked.labels
    inside = (pieces.starts >= start) & (pieces.starts < start + len(sentence.text))
    words = inside & pieces.heads
    first = int(np.flatnonzero(inside)[0])
    _mark_parse(marked, sentence, start, inside)
    if sentence.coded:
        labels["event"][words] = 0
    if sentence.every:
        labels["happening"][words] = 0
    if sentence.penta is not None:
        labels["sort"][first] = sentence.penta
    for e in sentence.events:
        at = _piece(marked, start + e.at)
        labels["happening"][at] = 1
        if e.kind is not None:
            labels["event"][at] = EVENTS.index(e.kind) + 1
        if e.fact is not None:
            labels["fact"][at] = e.fact
        if e.main is not None:
            labels["main"][at] = int(e.main)
        for fact, value in e.facts.items():
            labels[fact][at] = FACTS[fact].index(value)
        for side, place in e.sides.items():
            labels[side][at] = -1 if place is None else _piece(marked, start + place)


def _mark_parse(marked: Marked, sentence: Coded, start: int, inside: NDArray[np.bool_]) -> None:
    """The grammar as the network that ships reads it: without it, learning what is a trigger costs the triggers' parts of speech."""
    grammar, labels = _grammar(sentence.text), marked.labels
    at = np.array([_piece(marked, start + s) for s in grammar.starts])
    labels["upos"][inside] = len(UPOS)
    for token, piece in enumerate(at):
        labels["upos"][piece] = UPOS.index(grammar.upos(token))
        labels["form"][piece] = FORMS.index(grammar.form(token))
        labels["relation"][piece] = RELATIONS.index(grammar.relation(token))
        labels["arc"][piece] = at[grammar.heads[token]] if grammar.heads[token] >= 0 else -1
    marked.sentences[inside] = start + 1


def _piece(marked: Marked, position: int) -> int:
    return max(0, int(np.searchsorted(marked.pieces.starts, position, side="right")) - 1)


@cache
def _reader() -> Encoder:
    return Encoder()


@cache
def _grammar(text: str) -> Grammar:
    return Grammar(text, _reader().see(text, lay_out(text).sentences))


def _head(text: str, words: str) -> int | None:
    """Where the head word of some words of a text starts; None where they do not stand."""
    found = re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text) or re.search(re.escape(words), text)
    if not found:
        return None
    grammar = _grammar(text)
    token = grammar.head_in(found.span())
    return grammar.starts[token] if token is not None else found.start()
