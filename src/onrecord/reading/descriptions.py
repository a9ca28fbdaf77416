"""What a description tells: the kind of actor, its state, whether it is a man or a woman.

"a senior Ukrainian intelligence official" → head nouns official and intelligence, one unnamed person, Ukraine.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from onrecord.reading.lexicon import State, adjectives, lemmas_of, nouns, states
from onrecord.reading.names import Name
from onrecord.records import ActorType

_SHE = frozenset("mrs ms miss woman spokeswoman wife mother daughter sister actress queen widow chairwoman congresswoman girl aunt".split())
_HE = frozenset("mr man spokesman husband father son brother king chairman congressman boy uncle".split())
_PLURAL_PEOPLE = frozenset(["people", "police", "survivors", "others", "some", "many", "experts", "critics"])


MEDIA = "media"  # stands for any noun that means a newspaper or broadcaster
_PAPERS = frozenset(["paper", "outlet", "network"])


def folded(words: Iterable[str]) -> frozenset[str]:
    """The telling words of a name: lower case, no suffix, no initials of one letter."""
    plain = (w.lower().strip(".,’'") for w in words)
    return frozenset(w for w in plain if len(w) > 1 and w not in ("jr", "sr", "ii", "iii", "iv", "of", "the", "for", "and"))


def acronym(name: str) -> str:
    """ "World Health Organization" → WHO."""
    return "".join(w[0] for w in re.split(r"[\s-]+", name) if w and w[0].isupper())


def heads_of(text: str) -> set[str]:
    """The nouns of a description that say what kind of actor it is, singular: "intelligence official" → official, intelligence."""
    found: set[str] = set()
    for word in re.findall(r"[A-Za-z-]+", text.lower()):
        found.update(lemma for lemma in lemmas_of(word) if lemma in nouns())
    if found & _PAPERS or any(nouns()[lemma] == "media" for lemma in found):
        found.add(MEDIA)
    return found


def adjective_in(text: str) -> State | None:
    """The first state that a description names or has as an adjective."""
    for length in (3, 2, 1):
        words = re.findall(r"[A-Z][\w.’'-]*", text)
        for at in range(len(words) - length + 1):
            wording = " ".join(words[at : at + length])
            wording = re.sub(r"[’']s$", "", wording)
            if state := (adjectives().get(wording) or states().get(wording)):
                return state
    return None


def learned_states(text: str, names: Iterable[Name]) -> dict[str, State]:
    """States and regions the tables do not hold: a name that the report also uses as an adjective of people and offices.

    "Chechnya" and "Chechen officials": a name of one word, and a longer or altered form of it before a small word.
    """
    known = states()
    places = {
        n.text for n in names if len(n.words) == 1 and len(n.text) > 4 and not (n.type == "person" and n.sure) and n.text not in known
    }
    by_start: dict[str, list[str]] = {}
    for place in sorted(places):
        by_start.setdefault(place[:3], []).append(place)
    found: dict[str, State] = {}
    for adjective in sorted(set(re.findall(r"\b([A-Z][a-z]{3,}(?:n|ese|ish|i|ic|er))\s+[a-z]", text)) - adjectives().keys()):
        for place in by_start.get(adjective[:3], ()):
            stem = place.rstrip("aeiouy")
            if len(stem) > 3 and adjective != place and adjective.startswith(stem[:-1]) and abs(len(adjective) - len(place)) < 4:
                found[adjective] = found[place] = State(place, place)
    return found


def head_end(text: str, start: int, end: int) -> int:
    """Where the head of a noun phrase ends: before its first preposition, relative clause or comma."""
    match = re.compile(r",|\s(?:of|in|for|with|at|on|from|who|which|that|to|near|close|familiar|speaking|whose|by)\s").search(
        text, start + 1, end
    )
    return match.start() if match else end


def gender_of(text: str) -> str | None:
    words = set(re.findall(r"[a-z]+", text.lower()))
    return "she" if words & (_SHE) else "he" if words & (_HE) else None


def described_name(text: str) -> str:
    text = re.split(r",?\s+(?:who|which|whose)\b", text)[0] or text
    name = re.sub(r"^(?:the|a|an|this|these|those)\s+", "", re.sub(r"\s+", " ", text), flags=re.I)
    return name.strip(" ,“”\"'’") or text


def description_type(text: str, head: str = "") -> ActorType:
    """The type of actor a description without a name means; ``head``: its head word by the grammar, which is looked at first."""
    words = re.findall(r"[A-Za-z’'-]+", text[: head_end(text, 0, len(text))])
    kind = next((kind for word in (head, *reversed(words)) if (kind := _type_by(word.lower()))), None)
    return kind or ("group" if words and words[-1].endswith("s") else "unnamed")


def _type_by(noun: str) -> ActorType | None:
    lemma = next((x for x in lemmas_of(noun) if x in nouns()), None)
    kind = nouns().get(lemma or "")
    if kind == "person":
        return "group" if lemma != noun or noun in _PLURAL_PEOPLE else "unnamed"
    return "organization" if kind == "media" else kind  # type: ignore[return-value]
