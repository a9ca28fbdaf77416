"""Names in many wordings: titles, initials, misspellings and transliterations of a person; the telling words of a body."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from rapidfuzz.distance import JaroWinkler

from onrecord.reading.descriptions import heads_of

ALIKE = 0.88
_SMALL = frozenset(
    """the a an of for and in on at to its his her their jr sr ii iii iv mr mrs ms dr me hon prof this that
    unnamed anonymous another""".split()
)
_SPELLING = {"defense": "defence", "organization": "organisation", "center": "centre", "program": "programme", "labor": "labour"}
_SOUNDS = (
    ("sch", "s"), ("tch", "c"), ("kh", "h"), ("gh", "g"), ("zh", "z"), ("sh", "s"), ("ch", "c"), ("ph", "f"), ("th", "t"), ("dj", "j"),
    ("dh", "d"), ("ou", "u"), ("oo", "u"), ("ee", "i"), ("ck", "k"), ("ks", "x"), ("q", "k"), ("c", "k"), ("w", "v"), ("y", "i"),
    ("j", "i"), ("z", "s"),
)  # fmt: skip


def same_person(a: str, b: str) -> bool:
    """One person's name in two wordings: initials, missing first names, misspellings and transliterations allowed."""
    wa, wb = _person_words(a), _person_words(b)
    if not wa or not wb or not alike(wa[-1], wb[-1]):
        return False
    firsts_a, firsts_b = wa[:-1], wb[:-1]
    if not firsts_a or not firsts_b:
        return wa[-1] == wb[-1] or len(wa[-1]) > 5
    return any(alike(x, y) or (1 in (len(x), len(y)) and x[0] == y[0]) for x in firsts_a for y in firsts_b)


def alike(a: str, b: str) -> bool:
    """The same word, or a variant spelling of it: of one sound, or near by Jaro–Winkler with one first sound."""
    if a == b:
        return True
    if min(len(a), len(b)) <= 3:
        return False
    sa, sb = _sound(a), _sound(b)
    return sa == sb or (sa[:1] == sb[:1] and max(JaroWinkler.similarity(a, b), JaroWinkler.similarity(sa, sb)) >= ALIKE)


@lru_cache(maxsize=65536)
def _sound(word: str) -> str:
    """A word as it may be written from another script: one letter a sound, none doubled, no mute h."""
    for letters, sound in _SOUNDS:
        word = word.replace(letters, sound)
    return re.sub(r"(.)\1+", r"\1", word)


@lru_cache(maxsize=65536)
def _person_words(name: str) -> list[str]:
    """First names and surname, without titles, ranks, and what follows "of"."""
    words = [w for w in re.split(r"\b(?:of|from|at|,)\b", _plain(name))[0].split() if w not in _SMALL]
    named = [w for w in words if not heads_of(w)]
    return named or words


def sound_of_surname(name: str) -> str:
    """The surname as it sounds; empty when there is none."""
    words = _person_words(name)
    return _sound(words[-1]) if words else ""


@lru_cache(maxsize=65536)
def words_of(name: str) -> frozenset[str]:
    """The telling words of a name: plain letters, no articles, one spelling."""
    return frozenset(_SPELLING.get(w, w) for w in _plain(name).split() if w not in _SMALL)


def _plain(name: str) -> str:
    flat = "".join(c for c in unicodedata.normalize("NFKD", name.lower()) if not unicodedata.combining(c))
    return re.sub(r"[^\w\s]", " ", re.sub(r"[’']s\b", "", flat))
