"""Events: who did what to whom, how many, when, where, coded in PLOVER and CAMEO.

The network names triggers and types (PLOVER 2021's sixteen, and STATEMENT), with a lexicon of deeds beside it; either may say none. Whom
a deed is by and done to the network points out, and where it does not, the grammar. Deeds that PLOVER does not know are events too,
of type None: what they need is whether they happened.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from onrecord.reading.actors import Cast
from onrecord.reading.certainty import Facts, as_reported, facts_of, implied, to_come, views_of
from onrecord.reading.codes import sector_in
from onrecord.reading.deeds import CLASS_OF_ROOT, coding, contexts_in, deeds_of
from onrecord.reading.encoder import Scores, Seen, softmax
from onrecord.reading.grammar import Grammar
from onrecord.reading.known import Known
from onrecord.reading.lexicon import Deed, state_of
from onrecord.reading.schemes import EVENTS
from onrecord.records import Attribution, Event, Place, Quantity, Span, Time

LEAST = 0.5  # the chance of a coded type from which a word is a trigger
LEAST_KNOWN = 0.35  # the same of a word whose type the lexicon has
LEAST_OTHER = 0.2  # the chance from which a word is the trigger of an event of any kind
LEXICON = 0.5  # what the lexicon weighs beside the network's chances of types
LEAST_SIDE = 0.35  # the chance from which whom the network points to is believed without the grammar
RECIPROCAL = frozenset(["AGREE", "CONSULT", "COOPERATE"])  # what two that are joined by "and" do, they do with each other
LOCAL = frozenset(["CVL", "COP", "EDU", "LAB", "AGR", "OPP", "REF", "JRN", "MED", "REL"])  # roles that are taken to be of the place
_NO_TRIGGER = frozenset(["PUNCT", "DET", "ADP", "CCONJ", "SCONJ", "PART", "PRON"])
_NOT_ACTUAL = ("future", "hypothetical", "historical")
Naming = Callable[[Known], str]


@dataclass(slots=True)
class Deedlike:
    """An event before its parts are named. kind None: none of PLOVER's types; likely: the chances of the five classes of its sentence."""

    token: int
    kind: str | None
    chance: float
    facts: Facts
    found: list[Deed]
    likely: list[float]
    actor: Known | None = None
    recipient: Known | None = None


def find_deeds(seen: Seen, grammar: Grammar, cast: Cast) -> list[Deedlike]:
    """The events of a text in order of their triggers; their actors and recipients join the cast."""
    if not len(grammar):
        return []
    chances, happening, main = (softmax(scores[grammar.pieces]) for scores in (seen.event, seen.happening, seen.main))
    found: list[tuple[int, str | None, float, list[Deed]]] = []
    for token in np.flatnonzero((1 - chances[:, 0] > LEAST_KNOWN) | (happening[:, 1] > LEAST_OTHER)).tolist():
        if grammar.upos(token) in _NO_TRIGGER:
            continue
        fitting = deeds_of(grammar, token) if chances[token, 0] < 1 - LEAST_KNOWN else []
        kind = _kind(chances[token], fitting)
        if kind is not None or happening[token, 1] > LEAST_OTHER:
            found.append((token, kind, float(main[token, 1] * (1 - chances[token, 0])), fitting))
    pieces = grammar.pieces[[token for token, *_ in found]]
    facts = facts_of(seen, pieces, np.array([kind is not None for _, kind, *_ in found], bool))
    sorts = _sorts(seen, grammar, [token for token, *_ in found])
    deeds = [
        Deedlike(t, k, c, to_come(implied(f, grammar, t), grammar, t), d, s) for (t, k, c, d), f, s in zip(found, facts, sorts, strict=True)
    ]
    for deed in deeds:
        if deed.kind is not None:
            deed.actor, deed.recipient = _sides(deed, seen, grammar, cast)
    return deeds


def _kind(chances: Scores, found: list[Deed]) -> str | None:
    """The type of a trigger by the network's chances and the lexicon; None when neither finds one."""
    known = {deed.type for deed in found[:1]}
    if 1 - chances[0] < (LEAST_KNOWN if known else LEAST):
        return None
    weighed = [chance + LEXICON * (kind in known) for kind, chance in zip(EVENTS, chances[1:].tolist(), strict=True)]
    return EVENTS[int(np.argmax(weighed))]


def _sorts(seen: Seen, grammar: Grammar, tokens: Sequence[int]) -> list[list[float]]:
    """The chances of the five classes for the sentence of each token, as the network gives them at its first word piece."""
    first = np.flatnonzero(np.diff(seen.sentences, prepend=-1) > 0)
    table = dict(zip(seen.sentences[first].tolist(), softmax(seen.sort[first]).tolist(), strict=True))
    return [table[grammar.sentence(token)] for token in tokens]


# -- actor and recipient -------------------------------------------------------------------------------------------


def _sides(deed: Deedlike, seen: Seen, grammar: Grammar, cast: Cast) -> tuple[Known | None, Known | None]:
    piece = int(grammar.pieces[deed.token])
    pointed = [
        _pointed(grammar, int(where[piece]), float(chance[piece]))
        for where, chance in ((seen.actor, seen.actor_chance), (seen.recipient, seen.recipient_chance))
    ]
    by_grammar = (grammar.agent_of, grammar.object_of)
    tokens = [
        token if sure else (find(deed.token) if grammar.upos(deed.token) == "VERB" else token)
        for (token, sure), find in zip(pointed, by_grammar, strict=True)
    ]
    parties = cast.parties_at(tokens[0]) if tokens[0] is not None and tokens[1] in (None, tokens[0]) else []
    if len(parties) > 1:
        return parties[0], parties[1]
    actor, recipient = (cast.actor_at(token) if token is not None else None for token in tokens)
    joined = grammar.children(tokens[0], "conj") if tokens[0] is not None and deed.kind in RECIPROCAL else []
    if joined and (recipient is None or recipient is actor or recipient.type == "place"):
        recipient = cast.actor_at(joined[0])
    return actor, recipient if tokens[0] != tokens[1] else None


def _pointed(grammar: Grammar, piece: int, chance: float) -> tuple[int | None, bool]:
    """The token pointed to, None for nobody; and is that sure?"""
    if piece < 0:
        return None, chance > LEAST_SIDE
    return int(grammar.tokens_of_pieces(np.array([piece]))[0]), chance > LEAST_SIDE


def locate(deeds: Sequence[Deedlike], grammar: Grammar, places: Sequence[Place]) -> None:
    """People and police of whom nothing else is said belong to the country where the deed is done, as CAMEO's coders have it."""
    held, countries = _Held(grammar, places), {p.id: p.country for p in places if p.precision != "country"}
    for deed in deeds:
        for side in (deed.actor, deed.recipient):
            if side is not None and side.state is None and side.type != "person" and sector_in(side.name) in LOCAL:
                country = countries.get(held.nearest(deed.token, grammar.clause_of(deed.token)) or "")
                side.state = state_of(country) if country else None


# -- records -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What an event's other parts are taken from."""

    grammar: Grammar
    attributions: Sequence[Attribution]
    quantities: Sequence[Quantity]
    times: Sequence[Time]
    places: Sequence[Place]


def events_of(deeds: Sequence[Deedlike], around: Surroundings, name: Naming) -> list[Event]:
    """The records; ``name`` gives an actor's id."""
    inner = {a.id: a for a in around.attributions}
    holders = [_Held(around.grammar, items) for items in (around.places, around.times, around.quantities)]
    contents = sorted((span, a.id) for a in around.attributions for span in a.content)
    found = []
    for number, deed in enumerate(deeds, 1):
        trigger = _trigger(around.grammar, deed.token)
        inside = _chain(trigger, contents, inner)
        facts = as_reported(deed.facts, inside)
        found.append(_event(f"e{number}", deed, trigger, facts, inside, around.grammar, holders, name))
    return found


def _event(
    name: str,
    deed: Deedlike,
    trigger: Span,
    facts: Facts,
    inside: list[Attribution],
    grammar: Grammar,
    holders: list[_Held],
    naming: Naming,
) -> Event:
    span = grammar.clause_of(deed.token)
    shared = {
        "id": name, "span": span, "trigger": trigger, "polarity": facts.polarity, "certainty": facts.certainty, "tense": facts.tense,
        "attribution": inside[-1].id if inside else None, "views": views_of(deed.facts, inside),
    }  # fmt: skip
    if deed.kind is None:
        return Event(**shared, type=None, confidence=round(min(0.05, deed.chance), 3))  # type: ignore[arg-type]
    code = coding(deed.kind, deed.found, deed.likely)
    likely = deed.likely[CLASS_OF_ROOT[code.cameo_root]] if code.cameo_root else 0.0
    words = grammar.text[slice(*span)].lower()
    marks: list[str] = [facts.tense] if facts.tense in _NOT_ACTUAL else []
    marks += ["negation"] if facts.polarity == "negated" else []
    place, time, quantity = (held.nearest(deed.token, span) for held in holders)
    return Event(
        **shared,  # type: ignore[arg-type]
        type=deed.kind, mode=code.mode, context=(*contexts_in(words), *marks),
        actor=naming(deed.actor) if deed.actor else None, recipient=naming(deed.recipient) if deed.recipient else None,
        quantity=quantity, time=time, place=place, cameo_root=code.cameo_root, goldstein=code.goldstein, quad=code.quad,
        confidence=round(0.05 + 0.95 * (deed.chance * likely) ** 0.5, 3),
    )  # fmt: skip


def _trigger(grammar: Grammar, token: int) -> Span:
    """The word with its particle ("carry out") or the noun that makes it one ("air strike")."""
    beside = [t for t in grammar.children(token, "compound") if abs(t - token) == 1]
    tokens = [token, *beside]
    return grammar.starts[min(tokens)], grammar.ends[max(tokens)]


def _chain(trigger: Span, contents: list[tuple[Span, str]], by_id: dict[str, Attribution]) -> list[Attribution]:
    """The attributions around a trigger, outermost first."""
    around = [(end - start, name) for (start, end), name in contents if start <= trigger[0] and trigger[1] <= end]
    return [by_id[name] for _, name in sorted(around, key=lambda each: -each[0])]


class _Held:
    """Places, times or quantities by the sentence they stand in."""

    def __init__(self, grammar: Grammar, items: Sequence[Place] | Sequence[Time] | Sequence[Quantity]) -> None:
        self._grammar = grammar
        self._items: dict[int, list[tuple[int, str]]] = {}
        for item in items:
            token = grammar.head_in(item.span)
            if token is not None and not (isinstance(item, Place) and grammar.is_party(token)):
                self._items.setdefault(grammar.sentence(token), []).append((token, item.id))

    def nearest(self, trigger: int, span: Span) -> str | None:
        """The item that hangs on a trigger by the fewest steps; of none that does, the nearest in the same clause."""
        best: tuple[int, int, str] | None = None
        for token, name in self._items.get(self._grammar.sentence(trigger), ()):
            steps = next((n for n, above in enumerate(self._grammar.above(token), 1) if above == trigger), None)
            if steps is None and not span[0] <= self._grammar.starts[token] < span[1]:
                continue
            rank = (steps or 20, abs(token - trigger), name)
            best = rank if best is None else min(best, rank)
        return best[2] if best else None
