"""Grammar, mentions and coreference on a treebank: ``python benchmarks/treebank.py gum-dev.conllu``.

Sentences are the treebank's, all else is the reader's own, tokens included: a gold token counts as tagged when a token of the
reader's begins where it does. UPOS, UAS and LAS are over all tokens, punctuation too, relations without subtypes. Mentions are
scored by exact span; coreference as CoNLL-2012 does (the mean F1 of MUC, B-cubed and CEAF-e) on the reader's own mentions,
singletons left out on both sides.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

import numpy as np
from scipy.optimize import linear_sum_assignment

from onrecord.reading.coreference import references
from onrecord.reading.encoder import WEIGHTS, Encoder
from onrecord.reading.grammar import Grammar
from training.treebank import Document, documents

Chains = list[frozenset[tuple[int, int]]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("treebank", type=Path)
    parser.add_argument("--weights", type=Path, default=WEIGHTS)
    options = parser.parse_args()
    encoder = Encoder(options.weights)
    n: Counter[str] = Counter()
    for doc in documents(options.treebank):
        bounds = [(doc.spans[first][0], 0) for first in doc.sentences]
        seen = encoder.see(doc.text, bounds)
        grammar = Grammar(doc.text, seen)
        _count_parse(n, doc, grammar)
        _count_mentions(n, doc, seen, grammar, encoder)
    for name in ("UPOS", "UAS", "LAS"):
        print(f"{name:<10}{100 * n[name] / n['tokens']:.1f}")
    print(f"{'mentions':<10}{_f1(n['same mentions'], n['mentions'], n['gold mentions']):.1f}")
    scores = [_f1(n[f"{m} p"] / max(1, n[f"{m} pn"]), 1, 1, n[f"{m} r"] / max(1, n[f"{m} rn"])) for m in ("MUC", "B3", "CEAFe")]
    print(f"{'CoNLL':<10}{np.mean(scores):.1f}   (MUC {scores[0]:.1f}, B3 {scores[1]:.1f}, CEAFe {scores[2]:.1f})")


def _f1(right: float, guessed: float, wanted: float, recall: float | None = None) -> float:
    precision, found = right / max(guessed, 1e-9), right / max(wanted, 1e-9) if recall is None else recall
    return 200 * precision * found / max(precision + found, 1e-9)


def _count_parse(n: Counter[str], doc: Document, grammar: Grammar) -> None:
    at = {start: token for token, start in enumerate(grammar.starts)}
    for token, (start, _) in enumerate(doc.spans):
        n["tokens"] += 1
        mine = at.get(start)
        if mine is None:
            continue
        n["UPOS"] += grammar.upos(mine) == doc.upos[token]
        gold, head = doc.heads[token], grammar.heads[mine]
        right = (gold < 0 and head < 0) or (gold >= 0 and head >= 0 and grammar.starts[head] == doc.spans[gold][0])
        n["UAS"] += right
        n["LAS"] += right and grammar.relation(mine) == doc.relations[token]


def _count_mentions(n: Counter[str], doc: Document, seen: object, grammar: Grammar, encoder: Encoder) -> None:
    found = references(seen, grammar)  # type: ignore[arg-type]
    gold = {(doc.spans[m.first][0], doc.spans[m.last][1]): m.entity for m in doc.mentions}
    mine = {r.span: r.chain for r in found}
    n["mentions"] += len(mine)
    n["gold mentions"] += len(gold)
    n["same mentions"] += len(gold.keys() & mine.keys())
    key, response = _chains(gold), _chains(mine)
    for name, measure in (("MUC", _muc), ("B3", _b_cubed)):
        for side, (a, b) in (("r", (key, response)), ("p", (response, key))):
            right, all_ = measure(a, b)
            n[f"{name} {side}"] += right
            n[f"{name} {side}n"] += all_
    similarity = np.array([[2 * len(k & r) / (len(k) + len(r)) for r in response] for k in key]).reshape(len(key), len(response))
    rows, columns = linear_sum_assignment(-similarity)
    for side, size in (("r", len(key)), ("p", len(response))):
        n[f"CEAFe {side}"] += similarity[rows, columns].sum()
        n[f"CEAFe {side}n"] += size


def _chains(mentions: dict[tuple[int, int], int]) -> Chains:
    chains: dict[int, set[tuple[int, int]]] = {}
    for span, number in mentions.items():
        chains.setdefault(number, set()).add(span)
    return [frozenset(chain) for chain in chains.values() if len(chain) > 1]


def _muc(key: Chains, response: Chains) -> tuple[float, float]:
    of = {span: number for number, chain in enumerate(response) for span in chain}
    parts = [len({of.get(span, span) for span in chain}) for chain in key]
    return sum(len(c) - p for c, p in zip(key, parts, strict=True)), sum(len(c) - 1 for c in key)


def _b_cubed(key: Chains, response: Chains) -> tuple[float, float]:
    of = {span: chain for chain in response for span in chain}
    right = sum(len(chain & of[span]) / len(chain) for chain in key for span in chain if span in of)
    return right, sum(len(chain) for chain in key)


if __name__ == "__main__":
    main()
