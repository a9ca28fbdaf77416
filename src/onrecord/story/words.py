"""A mention's words: those that tell something, as lemmas, and whether its main clause is negated."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from onrecord.reading.lexicon import lemmas_of, table

MAIN_WORDS = 8
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_STOP = frozenset(
    """the a an of to in on at by for from with and or but as that this these those it its he his she her they their we our i you is
    are was were be been being has have had do did does will would can could may might not no had who which what when where
    whether if than then there also more most some any all about into over after before during said say says told""".split()
)
_NEGATIONS = re.compile(
    r"\b(?:not|no|never|(?:ha[sd]|have) yet to|fail(?:s|ed) to|none|nobody|nothing|neither|nor|false|untrue|wrong|fantasy|lie|"
    r"invention)\b|n[’']t\b",
    re.I,
)


def negated(text: str) -> bool:
    """Is a mention negated in its main clause, that is in its first words?"""
    return _NEGATIONS.search(" ".join(text.split()[:MAIN_WORDS])) is not None


def telling_words(text: str) -> list[str]:
    """The lemmas of a text's words that are no function words."""
    words = (w.lower() for w in _WORD.findall(text))
    return [_stem(w) for w in words if w not in _STOP and len(w) > 1]


@lru_cache(maxsize=65536)
def conditions_in(text: str) -> frozenset[str]:
    """What has become of the people whom a text counts, as far as its words tell: dead, missing, hurt …"""
    known = _conditions()
    words = (w.lower() for w in _WORD.findall(text))
    return frozenset(known[lemma] for w in words for lemma in (w, *lemmas_of(w)) if lemma in known)


@cache
def _conditions() -> dict[str, str]:
    """Word (lemma) → what has become of the people counted: conditions.tsv."""
    return {row["word"]: row["condition"] for row in table("conditions.tsv")}


@cache
def _stem(word: str) -> str:
    return min(lemmas_of(word), key=len) if len(word) > 3 else word
