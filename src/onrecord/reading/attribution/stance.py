"""What a cue says about its source's stance to the content, and how the writer's choice of it leans.

The words of a cue are looked up, longest first, in lexicon/cues.tsv; a negation or a refusal turns the stance after the
table below ("has not denied", "stopped short of confirming", "would neither confirm nor deny" all decline).
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from onrecord.reading.lexicon import Cue, cues, lemmas_of
from onrecord.records import Stance

_WORD = re.compile(r"[\w’'-]+")
_NEGATIONS = frozenset("""not n't never neither nor no without cannot can't won't didn't hasn't doesn't don't wouldn't couldn't""".split())
_REFUSALS = frozenset(["refuse", "decline", "stop", "fail", "avoid"])
_TURNED: dict[Stance, Stance] = {
    "asserts": "declines", "confirms": "declines", "denies": "declines", "doubts": "asserts", "asks": "declines",
    "demands": "declines", "promises": "declines", "threatens": "declines", "condemns": "declines", "declines": "declines",
    "speculates": "doubts",
}  # fmt: skip
_BELIEFS = frozenset("believe think expect accept agree buy trust recall remember see want consider know".split())
_OPEN = frozenset(["may", "might", "could"])
_PASSIVE = frozenset(["is", "are", "was", "were", "been", "being", "be"])
_SUPPOSED = frozenset(["believed", "thought", "assumed", "presumed", "supposed", "rumoured", "rumored"])
_LONGEST = 6
TRUST, TRUST_PLAIN = 1.1, 0.5  # what the lexicon weighs beside the network’s probability; a plain "said" tells less


def stance_of(cue: str, content: str, seen: Mapping[Stance, float] | None = None, modal: str | None = None) -> tuple[Stance, str]:
    """(stance, lean) of a cue and the content it introduces, both as text.

    ``seen``: the network's probabilities. ``modal``: the modal verb of the content's clause.
    """
    words = [w.lower().replace("’", "'") for w in _WORD.findall(cue)]
    found = lookup(words)
    stance: Stance = found.stance if found else "asserts"
    lean = found.lean if found else "neutral"
    held = set(found.words) if found else set()
    if _turned(words, held):
        lemma = held & _BELIEFS
        stance = "doubts" if lemma else _TURNED[stance]
        lean = "neutral"
    if stance == "asserts" and words[:1] and words[0] in _PASSIVE and words[-1] in _SUPPOSED:
        stance = "speculates"
    stance = _by_content(stance, words, content, modal)
    trust = TRUST_PLAIN if stance == "asserts" else TRUST
    weighed = {each: chance + trust * (each == stance) for each, chance in (seen or {}).items()}
    return max(weighed, key=lambda each: weighed[each], default=stance), lean


def refuses(word: str) -> bool:
    """Does a verb turn what it governs: "refused to say", "stopped short of confirming"?"""
    return bool(set(lemmas_of(word)) & _REFUSALS)


def _turned(words: list[str], held: set[str]) -> bool:
    if any((w in _NEGATIONS or w.endswith("n't")) and w not in held for w in words):
        return True
    return any(refuses(w) for w in words if not set(lemmas_of(w)) & held)


def _by_content(stance: Stance, words: list[str], content: str, modal: str | None) -> Stance:
    """ "told them to leave" demands, "asked whether" and "demanded to know" ask, "said it might" speculates, "decided to" promises."""
    start = content.lstrip(" ,“\"‘'").lower()
    if stance == "demands" and (words[-2:] == ["to", "know"] or start.startswith(("to know", "whether ", "why ", "who "))):
        return "asks"
    if stance == "asks" and start.startswith(("to ", "for ", "that ")) and "?" not in content:
        return "demands"
    if words and words[-1] == "told" and start.startswith("to "):
        return "demands"
    if stance == "asserts" and (modal in _OPEN or start.startswith("to ")):
        return "speculates" if modal in _OPEN else "promises"
    return stance


def lookup(words: list[str]) -> Cue | None:
    """The longest cue of the lexicon among the words (lower case) of a cue; verbs before other parts of speech."""
    table = cues()
    forms = [lemmas_of(w) for w in words]
    for length in range(min(_LONGEST, len(words)), 0, -1):
        hits = [hit for at in range(len(words) - length + 1) for hit in _matches(forms[at : at + length], table)]
        if hits:
            return min(hits, key=lambda c: c.pos not in ("verb", "preposition"))
    return None


def _matches(forms: list[tuple[str, ...]], table: dict[tuple[str, ...], Cue]) -> list[Cue]:
    """The cues that words may be, as they stand or inflected at one word ("confirmed" is an adjective, and to confirm)."""
    plain = tuple(form[0] for form in forms)
    ways = [plain, *((*plain[:at], lemma, *plain[at + 1 :]) for at, form in enumerate(forms) for lemma in form[1:])]
    return [table[way] for way in ways if way in table]
