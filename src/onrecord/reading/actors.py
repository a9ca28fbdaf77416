"""Who is meant: the sources of a report's attributions, each resolved to one actor.

Names come first (a surname, a title or a short form joins the fuller name), then descriptions ("the minister",
"its spokesman"), then pronouns. An actor's name is the fullest wording the report gives; a description that never gets
a name is an actor of its own ("a senior Ukrainian intelligence official").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import partial

from onrecord.reading.chains import Chains
from onrecord.reading.codes import named_in
from onrecord.reading.coreference import Reference
from onrecord.reading.descriptions import (
    MEDIA,
    acronym,
    adjective_in,
    described_name,
    description_type,
    folded,
    gender_of,
    head_end,
    heads_of,
    learned_states,
)
from onrecord.reading.grammar import Grammar
from onrecord.reading.known import (
    BODIES,
    PERSON_TYPES,
    POSSESSIVE,
    PRONOUNS,
    Known,
    agrees,
    alike,
    of_one_state,
    plain_word,
)
from onrecord.reading.lexicon import State, state_of
from onrecord.reading.names import Name, find_names
from onrecord.reading.naming import name_in, typed
from onrecord.reading.pronouns import meant_by
from onrecord.reading.sentences import Layout
from onrecord.records import ActorType, Place, Span

_BOTH = ("both sides", "both parties", "both governments", "both countries", "the two sides", "the two countries", "the two governments")
_THEIR = frozenset(["its", "his", "her", "their"])
_DEFINITE = frozenset(["the", "this", "that", "its", "his", "her", "their"])
_WORD = re.compile(r"[\w’'.-]*\w")
_SUFFIX = re.compile(r",?\s+(?:Jr|Sr|II|III|IV)\.?$")
_GENERAL = frozenset("agency organisation organization group company firm body institute country state bank union".split())


class Cast:
    """All actors of one report."""

    def __init__(self, layout: Layout, grammar: Grammar, references: Sequence[Reference] = ()) -> None:
        self.layout, self.grammar, self.known = layout, grammar, list[Known]()
        self._chains = Chains(references)
        self._by_word: dict[str, list[Known]] = {}
        self._number: dict[Known, int] = {}
        names = find_names(layout, grammar.parts_of)
        self.names = [each for name in names if (each := typed(name, grammar, self._chains.reference_in(*name.span)))]
        self.learned = learned_states(layout.text, self.names)
        self._taught = {state.name for state in self.learned.values()}
        for name in self.names:
            known = self._add_name(name)
            self._chains.hold(*name.full, known)

    # -- names ---------------------------------------------------------------------------------------------------

    def _add_name(self, name: Name) -> Known:
        words = folded(name.words)
        known = self._same(name, words)
        if known is None:
            described = self.layout.text[name.full[0] : name.span[0] if name.type == "person" else name.span[1]]
            state = State(name.code, name.text) if name.code else self._state_in(described)
            kind: ActorType = (
                "government"
                if (state and state.name == name.text and name.type != "organization") or name.text in self._taught
                else name.type
            )
            known = Known(_SUFFIX.sub("", name.text), kind, words, state=state)
            if kind == "organization" and MEDIA in heads_of(name.text):
                known.heads.add(MEDIA)
            self._met(known)
        elif len(words) > len(known.words) and not name.code:
            known.name, known.words = _SUFFIX.sub("", name.text), words
            self._index(known)
        if name.role:
            known.type = "person"
            known.role = known.role or name.role
            known.heads |= heads_of(name.role)
            known.state = known.state or self._state_in(name.role)
            known.gender = known.gender or gender_of(name.role)
        known.mentions.append(name.full)
        return known

    def _sharing(self, name: Name, words: frozenset[str]) -> list[Known]:
        """The actors with a word of a name, or the same initials, in the order they were met."""
        keys = (*words, name.text) if name.text.isupper() else words
        found = {k for key in keys for k in self._by_word.get(key, ())}
        return sorted(found, key=self._number.__getitem__)

    def _met(self, known: Known) -> Known:
        """Adds an actor that was not known."""
        self._number[known] = len(self.known)
        self.known.append(known)
        self._index(known)
        return known

    def _index(self, known: Known) -> None:
        for key in (*known.words, acronym(known.name)):
            holders = self._by_word.setdefault(key, [])
            if known not in holders:
                holders.append(known)

    def _same(self, name: Name, words: frozenset[str]) -> Known | None:
        """The actor whose name holds all words of this one, or is held by it; the last mentioned one first."""
        best: Known | None = None
        for known in self._sharing(name, words):
            if name.code or (known.state and known.type == "government" and known.words == folded([known.state.name])):
                fits = (
                    bool(name.code)
                    and known.state is not None
                    and known.state.code == name.code
                    and known.type == "government"
                    and known.name == name.text
                )
            elif (known.type in PERSON_TYPES) != (name.type in PERSON_TYPES) and len(words) > 1:
                fits = False
            elif name.text.isupper() and len(name.words) == 1:
                fits = words == known.words or name.text == acronym(known.name)
            else:
                fits = words <= known.words or (known.words <= words and known.type == name.type)
            if fits and (best is None or known.last_before(name.full[0]) > best.last_before(name.full[0])):
                best = known
        return best

    # -- sources -------------------------------------------------------------------------------------------------

    def resolve(self, spans: Iterable[Span]) -> Known | None:
        """The actor of a source, as far as the text tells; None for a pronoun that finds nobody."""
        for start, end in spans:
            words = [plain_word(w.group()) for w in _WORD.finditer(self.layout.text, start, end)]
            if not words:
                continue
            found: Known | None
            if " ".join(words).startswith(_BOTH):
                found = self._both(start, words)
            elif (words[0] in PRONOUNS and len(words) <= 2 - (words[0] in POSSESSIVE)) or words[0] in ("who", "which"):
                found = self._chains.meant(start, end, partial(agrees, words[0])) or meant_by(
                    words[0], start, self.known, self.names, self.layout
                )
            else:
                found = self._named(start, end) or self._described(start, end, words)
            if found:
                self._chains.hold(start, end, found)
            if found and (start, end) not in found.mentions:
                found.mentions.append((start, end))
            return found
        return None

    def actor_at(self, token: int) -> Known | None:
        """Whom the noun phrase of a head word means."""
        return self.resolve([self.grammar.bare_phrase_of(token)])

    def parties_at(self, token: int) -> list[Known]:
        """The parties of a noun that is of several states: "Israeli and Palestinian negotiators"; none of a noun of one."""
        adjectives = [a for first in self.grammar.children(token, "amod") for a in (first, *self.grammar.children(first, "conj"))]
        states = [adjective_in(self.layout.text[slice(*self.grammar.span_of(a))]) for a in adjectives]
        spans = [(self.grammar.span_of(a), state) for a, state in zip(adjectives, states, strict=True) if state]
        if len({state.code for _, state in spans}) < 2:
            return []
        noun = self.layout.text[slice(*self.grammar.span_of(token))]
        return [self._party(span, noun, state) for span, state in spans]

    def _party(self, span: Span, noun: str, state: State) -> Known:
        name = f"{self.layout.text[slice(*span)]} {noun}"
        known = next((k for k in self.known if k.name == name), None)
        known = known or self._met(Known(name, description_type(name, noun), heads=heads_of(noun), state=state))
        known.mentions.append(span)
        return known

    def _both(self, at: int, words: list[str]) -> Known:
        """The two states or bodies that were named last, together."""
        sides = sorted((k for k in self.known if k.type in BODIES and k.last_before(at) >= 0), key=lambda k: k.last_before(at))[-2:]
        sides.sort(key=lambda k: min(k.mentions))
        name = " and ".join(k.name for k in sides) if len(sides) == 2 else " ".join(words)
        return next((k for k in self.known if k.name == name), None) or self._met(Known(name, "group"))

    def _named(self, start: int, end: int) -> Known | None:
        """The actor that a source names."""
        chosen = name_in((start, end), self.names, self.grammar, self.layout.text)
        if chosen is None:
            return None
        known = next(k for k in self.known if chosen.full in k.mentions)
        if known.type == "place":
            known.type = "organization"
        if known.type == "person":
            self._learn(known, start, end, chosen)
        return known

    def _learn(self, known: Known, start: int, end: int, name: Name) -> None:
        """Role and state from what stands around the name: 'Andriy Kovalenko, Ukraine’s top … official'."""
        text = self.layout.text
        around = re.sub(r"\s+", " ", (text[start : name.full[0]] + " " + text[name.full[1] : end])).strip(" ,")
        known.heads |= heads_of(around)
        if plain_word(around.split(" ")[0]) in _THEIR:
            around = _owned(around, self._chains.meant(start, start + 1))
        if known.role is None and around and len(around) < 120:
            known.role = around
        known.state = known.state or self._state_in(around)
        known.gender = known.gender or gender_of(around)

    def _described(self, start: int, end: int, words: list[str]) -> Known | None:
        text = self.layout.text
        heads = heads_of(text[start : head_end(text, start, end)])
        head = self.grammar.head_in((start, end))
        kind = description_type(text[start:end], self.grammar.word(head) if head is not None else "")
        owner = self._chains.meant(start, start + 1) if words[0] in _THEIR else None
        state = self._state_in(text[start:end]) or (owner.state if owner and words[0] != "their" else None)

        def fits(known: Known) -> bool:
            return (
                known is not owner
                and alike(known, kind, heads)
                and of_one_state(known, state)
                and (words[0] not in _THEIR or kind in PERSON_TYPES)
            )

        chained = self._chains.meant(start, end, fits) if words[0] in _DEFINITE else None
        if chained and (chained.heads & heads or words[0] in _THEIR):
            return chained
        definite = words[0] in _DEFINITE - _THEIR or text[start].isupper() or (len(words) == 1 and heads)
        general = head is not None and self.grammar.word(head) in _GENERAL
        if found := (self._meant(start, heads, kind, general and not chained, state) if definite else None) or chained:
            return found
        if state and heads == {"government"}:
            return self._state(state)
        name = described_name(text[start:end])
        for known in self.known:
            if known.name.lower() == name.lower() and known.type == kind and " " in name:
                return known
        role = _owned(name, owner) if owner else None
        return self._met(Known(name, kind, heads=heads, state=state, gender=gender_of(text[start:end]), role=role))

    def _meant(self, at: int, heads: set[str], kind: ActorType, general: bool, state: State | None) -> Known | None:
        """The last actor that was described by these nouns, of no other state; of general nouns ("the agency"), the last of their type."""
        before = [k for k in self.known if k.last_before(at) >= 0 and of_one_state(k, state)]
        alike = PERSON_TYPES if kind == "unnamed" else frozenset([kind, "organization"] if MEDIA in heads else [kind])
        fitting = [k for k in before if k.heads & heads and k.type in alike]
        if not fitting and general:
            fitting = [k for k in before if k.type == kind]
        return max(fitting, key=lambda k: k.last_before(at)) if fitting else None

    def _state_in(self, text: str) -> State | None:
        """The state a description names, of the world's or of those this report taught."""
        return adjective_in(text) or next((self.learned[w] for w in re.findall(r"[A-Z][\w-]+", text) if w in self.learned), None)

    def settle(self, places: Sequence[Place]) -> None:
        """Groups and bodies whose words name a place belong to its country: "farmers in Seoul"; a place belongs to its own."""
        where = [(p.span, p.country) for p in places if p.country and p.precision is not None]
        for known in self.known:
            if known.state is None and known.type not in ("person", "document") and not named_in(known.name):
                codes = {code for (s, e), code in where for start, end in known.mentions if start <= s and e <= end}
                known.state = state_of(codes.pop()) if len(codes) == 1 else None

    def represented_by(self, speaker: Known) -> Known:
        """Whom a person's "we" means: the organization of the role, else the government of the state, else the speaker."""
        if speaker.type not in PERSON_TYPES:
            return speaker
        role = (speaker.role or "").lower()
        named = [k for k in self.known if k.type in ("organization", "armed_force", "government") and k.name.lower() in role]
        if named:
            return max(named, key=lambda k: len(k.name))
        return self._state(speaker.state) if speaker.state else speaker

    def _state(self, state: State) -> Known:
        """The actor that is a state's government."""
        for known in self.known:
            if known.type == "government" and known.state and known.state.code == state.code and known.name == state.name:
                return known
        return self._met(Known(state.name, "government", folded([state.name]), state=state))


def _owned(described: str, owner: Known | None) -> str:
    """ "its director" → "director of Halcyon Bulk"."""
    return f"{described.split(' ', 1)[-1]} of {owner.name}" if owner else described
