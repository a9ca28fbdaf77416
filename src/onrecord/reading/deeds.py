"""What the words of an event say of its kind: the lexicon of deeds, and the codes of CAMEO and PLOVER.

CAMEO's root is no PLOVER type: an embargo has root 16 and, in PLOVER of 2021, may be a COERCE. The code of the words is taken where
the lexicon has it and PLOVER's type agrees, else the one that stands for type and mode in plover.tsv.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from onrecord.reading.grammar import Grammar
from onrecord.reading.lexicon import Deed, cameo, contexts, deeds, lemmas_of, plover

NEAR = 7  # words after a trigger in which its object's head stands
_POS = {"VERB": "verb", "AUX": "verb", "SYM": "verb", "NOUN": "noun", "PROPN": "noun", "ADJ": "noun"}  # a SYM with a word in it is a slip
CLASSES = (("01", "02"), ("03", "04", "05"), ("06", "07", "08"), ("09", "10", "11", "12", "13", "16"), ("14", "15", "17", "18", "19", "20"))
CLASS_OF_ROOT = {root: number for number, roots in enumerate(CLASSES) for root in roots}


@dataclass(frozen=True, slots=True)
class Coding:
    """The codes of an event's kind."""

    mode: str | None
    cameo_root: str | None
    goldstein: float | None
    quad: int | None


def deeds_of(grammar: Grammar, token: int) -> list[Deed]:
    """The rows of the lexicon that a trigger's words fit, those with the most words first; a word's own part of speech is preferred."""
    pos = _POS.get(grammar.upos(token), "")
    near: set[str] | None = None
    found = []
    for lemma in lemmas_of(grammar.word(token)):
        for deed in deeds().get(lemma, ()):
            if deed.pos != pos:
                continue
            if len(deed.words) > 1:
                near = near if near is not None else _near(grammar, token)
                if not set(deed.words[1:]) <= near:
                    continue
            found.append(deed)
    return sorted(found, key=lambda deed: -len(deed.words))


def _near(grammar: Grammar, token: int) -> set[str]:
    """The lemmas of what hangs on a word, and of the few words after it."""
    after = range(token + 1, min(len(grammar), token + 1 + NEAR))
    words = [t for t in after if grammar.sentence(t) == grammar.sentence(token)] + grammar.children(token)
    words += [c for t in grammar.children(token, "compound", "amod", "obj", "obl", "nmod") for c in grammar.children(t, "compound", "amod")]
    return {lemma for t in words for lemma in lemmas_of(grammar.word(t))}


def coding(kind: str, found: list[Deed], likely: list[float]) -> Coding:
    """The codes of an event of a type whose words fit some deeds; ``likely``: the chance of each of the five classes for its sentence."""
    fitting = [deed for deed in found if deed.type == kind]
    deed = fitting[0] if fitting else None
    mode = next((d.mode for d in fitting if d.mode), None)
    quad, code = plover().get((kind, mode)) or plover()[kind, None]
    if deed:
        code = deed.cameo
    if kind == "REQUEST" and not _agrees(code, likely):
        code = "020" if code.startswith("10") else "100"
    root = code[:2]
    return Coding(mode, root, _goldstein(kind, code), quad)


def _agrees(code: str, likely: list[float]) -> bool:
    """Appeal (02) or demand (10): where the words leave it open the network's class of the sentence decides."""
    own, other = CLASS_OF_ROOT[code[:2]], CLASS_OF_ROOT["02" if code.startswith("10") else "10"]
    return likely[other] < 2 * likely[own]


def _goldstein(kind: str, code: str) -> float:
    """Goldstein's value of a code; of an accusation never above 0 (one printed table has +3)."""
    value = cameo()[code].goldstein
    return min(value, 0.0) if kind == "ACCUSE" else value


def contexts_in(words: str) -> list[str]:
    """The PLOVER contexts that words, lower case, show."""
    found = (context for match in _context_words().finditer(words) for context in contexts()[match[1]])
    return sorted(set(found))


@cache
def _context_words() -> re.Pattern[str]:
    wordings = "|".join(map(re.escape, sorted(contexts(), key=len, reverse=True)))
    return re.compile(rf"\b({wordings})(?:s|es)?\b")
