"""Did it happen? Polarity, certainty and tense of each event, as the report puts it and as each of its sources does.

The network says polarity, certainty and tense (Saurí & Pustejovsky 2009 for the notions), and besides whether a reader takes the event
for one that happened, that did not, or neither (Lee et al. 2015); the values are chosen that both find likeliest together. What a source
denies is denied by that source and not asserted by the report. Of a verb that an implicative governs the grammar tells the polarity
(Karttunen 1971): "failed to capture" is no capture, "managed to capture" is one; what is promised or refused lies in the future.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from onrecord.reading.encoder import Seen, softmax
from onrecord.reading.grammar import Grammar
from onrecord.reading.lexicon import lemmas_of
from onrecord.reading.schemes import CERTAINTIES, POLARITIES, TENSES
from onrecord.records import Attribution, Certainty, Polarity, Stance, Tense, View

_WAYS: list[tuple[Polarity, Certainty, Tense]] = list(product(POLARITIES, CERTAINTIES, TENSES))
HAPPENED, NOT_HAPPENED, OPEN = range(3)
SHARES = np.array([0.902, 0.034, 0.064], np.float32)  # of happened, did not and open among the events that the judgement was learned from
TINY = 1e-9  # no chance is smaller, so that each has a logarithm
ADJUSTED = 0.5  # how far that is made up for (logit adjustment, Menon et al. 2021): without it what is open is mostly taken for done
TRUST = 5.0, 10.0  # what the reader's judgement weighs for events of PLOVER's types, and for others, of which the corpora say more
_OF_STANCE: dict[Stance, tuple[bool, Certainty | None]] = {  # does it turn the polarity; what certainty it leaves, None: the event's
    "asserts": (False, None), "confirms": (False, None), "condemns": (False, None),
    "denies": (True, "certain"), "doubts": (True, "possible"),
    "speculates": (False, "possible"), "asks": (False, "unknown"), "declines": (False, "unknown"), "demands": (False, "unknown"),
    "promises": (False, "probable"), "threatens": (False, "possible"),
}  # fmt: skip
_IMPLIES: dict[str, Polarity] = {
    **dict.fromkeys("manage succeed bother dare happen remember".split(), "affirmed"),
    **dict.fromkeys("fail neglect forget avoid omit".split(), "negated"),
}  # fmt: skip
_PROSPECTIVE = frozenset(  # verbs of will: what they govern is still to come
    """agree decide decline expect hope intend offer plan pledge prepare promise refuse threaten undertake volunteer vow want""".split()
)


@dataclass(frozen=True, slots=True)
class Facts:
    """How an event is put."""

    polarity: Polarity
    certainty: Certainty
    tense: Tense


def class_of(polarity: Polarity, certainty: Certainty, tense: Tense) -> int:
    """``HAPPENED``, ``NOT_HAPPENED`` or ``OPEN``."""
    if certainty != "certain":
        return OPEN
    if polarity == "negated":
        return NOT_HAPPENED
    return HAPPENED if tense in ("past", "ongoing", "historical") else OPEN


_CLASSES = np.array([class_of(*way) for way in _WAYS])


def facts_of(seen: Seen, pieces: NDArray[np.int64], coded: NDArray[np.bool_]) -> list[Facts]:
    """The facts of events by the word pieces of their triggers (n); ``coded`` (n): is each of a PLOVER type?"""
    if not len(pieces):
        return []
    polarity, certainty, tense, judged = (
        np.log(softmax(scores[pieces]) + TINY) for scores in (seen.polarity, seen.certainty, seen.tense, seen.fact)
    )
    judged -= ADJUSTED * np.log(SHARES)
    own = np.where(coded[:, None] & (tense < tense.max(1, keepdims=True)), -np.inf, tense)  # of a coded deed the tense is the network's own
    both = (polarity[:, :, None, None] + certainty[:, None, :, None] + own[:, None, None, :]).reshape(len(pieces), -1)
    both += np.where(coded, *TRUST)[:, None] * judged[:, _CLASSES]
    return [Facts(*_WAYS[way]) for way in both.argmax(1)]


def implied(facts: Facts, grammar: Grammar, token: int) -> Facts:
    """The facts of a trigger, after the implicative verb whose complement it is."""
    head = grammar.heads[token]
    if head < 0 or grammar.relation(token) not in ("xcomp", "advcl") or grammar.form(head) not in ("fin_past", "part_past", "fin_present"):
        return facts
    polarity = next((_IMPLIES[lemma] for lemma in lemmas_of(grammar.word(head)) if lemma in _IMPLIES), None)
    if polarity is None or grammar.modality(head):
        return facts
    turned = grammar.negated(head)
    return Facts("negated" if (polarity == "negated") != turned else "affirmed", "certain", "past")


def to_come(facts: Facts, grammar: Grammar, token: int) -> Facts:
    """The facts of a trigger that a "will" or a verb of will leads: it is no past. What "will not" be done is refused, and that is done."""
    if facts.tense not in ("past", "ongoing"):
        return facts
    led = grammar.modality(token) in ("will", "shall") and not grammar.negated(token)
    head = grammar.heads[token]
    if not led and head >= 0 and grammar.relation(token) == "xcomp" and grammar.form(token) == "infinitive":
        led = bool(_PROSPECTIVE & set(lemmas_of(grammar.word(head))))
    return Facts(facts.polarity, facts.certainty, "future") if led else facts


def views_of(facts: Facts, inside: Sequence[Attribution]) -> tuple[View, ...]:
    """How each source puts an event of its content; ``inside``: the attributions around it, outermost first."""
    views = []
    for attribution in inside:
        turns, certainty = _OF_STANCE[attribution.stance]
        polarity: Polarity = "negated" if (facts.polarity == "negated") != turns else "affirmed"
        open_ = class_of(facts.polarity, "certain", facts.tense) == OPEN
        own: Certainty = certainty or ("certain" if not open_ or facts.certainty == "certain" else facts.certainty)
        views.append(View(attribution=attribution.id, stance=attribution.stance, polarity=polarity, certainty=own))
    return tuple(views)


def as_reported(facts: Facts, inside: Sequence[Attribution]) -> Facts:
    """The facts from the report's own side: it does not vouch for what a source of its denies, asks or only supposes."""
    if facts.certainty == "certain" and any(a.stance in ("denies", "doubts", "asks", "speculates") for a in inside):
        return Facts(facts.polarity, "unknown" if any(a.stance == "denies" for a in inside) else "possible", facts.tense)
    return facts
