"""An actor while a report is being read, and what a pronoun or a description may mean."""

from __future__ import annotations

from dataclasses import dataclass, field

from onrecord.reading.lexicon import State
from onrecord.records import ActorType, Span

HE, SHE = frozenset(["he", "him", "his", "himself"]), frozenset(["she", "her", "hers", "herself"])
THEY, IT = frozenset(["they", "them", "their", "themselves", "both"]), frozenset(["it", "its", "itself"])
RELATIVE = frozenset(["who", "which", "that", "whom"])
SINGULAR, PLURAL = frozenset(["i", "me", "my"]), frozenset(["we", "us", "our", "ours"])
POSSESSIVE = frozenset(["his", "her", "its", "their", "my", "our", "your"])
OTHERS = frozenset(["you", "one", "this", "those", "these"])
PRONOUNS = HE | SHE | THEY | IT | RELATIVE | SINGULAR | PLURAL | OTHERS
PERSON_TYPES: frozenset[ActorType] = frozenset(["person", "unnamed"])
BODIES: frozenset[ActorType] = frozenset(["government", "organization", "armed_force"])
_MANY = BODIES | {"group", "population", "unnamed"}
_STATES = frozenset("government country nation state administration regime kingdom republic".split())


def plain_word(word: str) -> str:
    """In lower case with a straight apostrophe; but "US" is no "us"."""
    return word if word == "US" else word.lower().replace("’", "'")


@dataclass(eq=False)
class Known:
    """An actor while the report is being read."""

    name: str
    type: ActorType
    words: frozenset[str] = frozenset()  # the words of the name, folded
    role: str | None = None
    state: State | None = None
    heads: set[str] = field(default_factory=set)  # nouns that describe the actor
    gender: str | None = None
    mentions: list[Span] = field(default_factory=list)

    def last_before(self, position: int) -> int:
        """Start of the last mention before a position; -1 when there is none."""
        return max((s for s, _ in self.mentions if s < position), default=-1)


def agrees(pronoun: str, known: Known) -> bool:
    """May the pronoun mean the actor? "he" no ministry, "it" no person."""
    if pronoun in HE | SHE:
        return known.type in PERSON_TYPES and known.gender != ("she" if pronoun in HE else "he")
    if pronoun in IT:
        return known.type not in PERSON_TYPES
    return pronoun in RELATIVE or known.type != "person"


def alike(known: Known, described: ActorType, heads: set[str]) -> bool:
    """May a description of a type, by these nouns, mean the actor? "The ministry" is no state."""
    if known.type == "government" and known.state and known.name == known.state.name and not heads & _STATES:
        return False
    return known.type == described or any({known.type, described} <= kinds for kinds in (PERSON_TYPES, BODIES))


def may_be(pronoun: str, known: Known) -> bool:
    """May an actor, of whom nothing else is known, be whom a pronoun means?"""
    if pronoun in HE | SHE:
        return known.type in PERSON_TYPES and known.gender in (None, "she" if pronoun in SHE else "he")
    return known.type in (_MANY if pronoun in THEY else BODIES | {"document"})


def of_one_state(known: Known, state: State | None) -> bool:
    """May a description by a state's adjective mean an actor? "The Ugandan president" is not the Kenyan one."""
    return state is None or known.state is None or known.state.code == state.code
