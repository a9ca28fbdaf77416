"""The grammar of a report, as Universal Dependencies: what depends on what, asked in the terms of a grammar book.

This is the only file that knows the names of relations. A token is a number from 0 in order of the text. The parse is the
network's and may be wrong, but each sentence is a tree.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from onrecord.reading.encoder import NONE, UNLIKELY, Seen
from onrecord.reading.schemes import FORMS, RELATIONS, UPOS
from onrecord.reading.trees import trees
from onrecord.records import Span

_SUBJECT, _OBJECT = ("nsubj", "csubj"), ("obj", "iobj")
_COMPLEMENT = ("ccomp", "xcomp", "parataxis")
_FLAT = ("flat", "compound", "fixed", "goeswith")
_NOT_OF_CLAUSE = ("punct", "cc", "parataxis", "discourse")
_NEGATIONS = frozenset("not n't n’t never no neither nor hardly scarcely without".split())
_MODALS = frozenset("may might can could would should must shall will 'll ’ll ca wo".split())
_PASSIVE = frozenset("be is are was were been being am get gets got".split())
_PREDICATES = frozenset(["VERB", "AUX"])
_DEEPEST = 40  # steps up a tree
_NEAR = 4  # words from a verb to its complement in one verb group


class Grammar:
    """The parse of one text."""

    def __init__(self, text: str, seen: Seen) -> None:
        self.text = text
        pieces = seen.pieces
        spaced = np.append(True, pieces.starts[1:] > pieces.ends[:-1])[: len(pieces.starts)]
        begins = pieces.heads & ((seen.upos != len(UPOS)) | pieces.breaks | spaced)
        self.pieces = np.flatnonzero(begins)  # the first piece of each token
        self._token_of = np.cumsum(begins) - 1
        self.starts: list[int] = pieces.starts[self.pieces].tolist()
        self.ends: list[int] = pieces.ends[np.append(self.pieces[1:], len(pieces.ends)) - 1].tolist() if len(self.pieces) else []
        self._sentences: list[int] = seen.sentences[self.pieces].tolist()
        heads, ways = self._trees(seen)
        self.heads: list[int] = heads.tolist()
        self._relations: list[int] = seen.relation[self.pieces, ways].tolist()
        self._upos: list[int] = np.minimum(seen.upos[self.pieces], len(UPOS) - 1).tolist()
        self._forms: list[int] = seen.form[self.pieces].tolist()

    def _trees(self, seen: Seen) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The head of each token, and which of its likeliest ones that is."""
        arcs, chances = seen.arc[self.pieces], seen.arc_chance[self.pieces]
        known = (arcs != NONE) & (chances > UNLIKELY)
        heads = np.where(known, self._token_of[np.where(known, arcs, 0)], NONE) if len(arcs) else arcs
        itself = heads == np.arange(len(heads))[:, None]
        return trees(heads, np.where((chances > UNLIKELY) & ~itself, chances, -np.inf), np.array(self._sentences, np.int64))

    def __len__(self) -> int:
        return len(self.starts)

    @cached_property
    def _children(self) -> list[list[int]]:
        children: list[list[int]] = [[] for _ in self.heads]
        for token, head in enumerate(self.heads):
            if head != NONE:
                children[head].append(token)
        return children

    # -- words ---------------------------------------------------------------------------------------------------

    def word(self, token: int) -> str:
        """The word, in lower case."""
        return self.text[self.starts[token] : self.ends[token]].lower()

    def upos(self, token: int) -> str:
        """The part of speech."""
        return UPOS[self._upos[token]]

    def form(self, token: int) -> str:
        """The form, one of ``schemes.FORMS``."""
        return FORMS[self._forms[token]]

    def relation(self, token: int) -> str:
        """The relation to the head."""
        return RELATIONS[self._relations[token]]

    def tokens_in(self, span: Span) -> range:
        """The tokens that begin in a span."""
        return range(bisect_left(self.starts, span[0]), bisect_left(self.starts, span[1]))

    def token_at(self, position: int) -> int:
        """The token at or before a position of the text."""
        return max(0, bisect_right(self.starts, position) - 1)

    def tokens_of_pieces(self, pieces: NDArray[np.int64]) -> NDArray[np.int64]:
        """The tokens that word pieces belong to."""
        return self._token_of[pieces]

    def sentence(self, token: int) -> int:
        """The number of the sentence a token stands in."""
        return self._sentences[token]

    def head_in(self, span: Span) -> int | None:
        """The token of a span on which the others of it hang; None in a span without a token."""
        inside = self.tokens_in(span)
        return next((t for t in inside if self.heads[t] not in inside and self.upos(t) != "PUNCT"), inside[0] if inside else None)

    def children(self, token: int, *relations: str) -> list[int]:
        """The dependents, of these relations when any are given, in order of the text."""
        return [t for t in self._children[token] if not relations or self.relation(t) in relations]

    def above(self, token: int) -> Iterator[int]:
        """The head, its head, and so on."""
        for _ in range(_DEEPEST):
            token = self.heads[token]
            if token == NONE:
                return
            yield token

    # -- clauses -------------------------------------------------------------------------------------------------

    def subject_of(self, verb: int) -> int | None:
        """Who or what does it: its own subject, else that of the verb it is joined to or controlled by."""
        for _ in range(_DEEPEST):
            own = self.children(verb, *_SUBJECT)
            if own:
                return own[0]
            head, relation = self.heads[verb], self.relation(verb)
            if head == NONE:
                return None
            if relation == "acl" and self.upos(head) not in _PREDICATES:
                return head
            if relation == "xcomp" and (controllers := self.children(head, *_OBJECT)):
                return controllers[-1]
            if relation not in ("conj", "xcomp", "advcl"):
                return None
            verb = head
        return None

    def object_of(self, verb: int) -> int | None:
        """What is acted on: the object; of a passive, the subject."""
        own = self.children(verb, "obj") or self.children(verb, "iobj")
        if own:
            return own[0]
        return next(iter(self.children(verb, *_SUBJECT)), None) if self.is_passive(verb) else None

    def agent_of(self, verb: int) -> int | None:
        """Who does it: the subject, of a passive the "by …"."""
        if not self.is_passive(verb):
            return self.subject_of(verb)
        return next((t for t in self.children(verb, "obl") if any(self.word(c) == "by" for c in self.children(t, "case"))), None)

    def is_passive(self, verb: int) -> bool:
        """Is it a past participle with a form of "be" or "get", or one that follows its noun?"""
        if self.form(verb) != "part_past":
            return False
        helpers = {self.word(t) for t in self.children(verb, "aux")}
        return bool(helpers & _PASSIVE) if helpers else self.relation(verb) == "acl"

    def complement_of(self, verb: int) -> int | None:
        """The head of the clause that says what is said, thought or wanted."""
        return next((t for kind in _COMPLEMENT for t in self.children(verb, kind)), None)

    def content_clause_of(self, verb: int) -> int | None:
        """The head of a full clause that is the verb's object ("said that …"), not of an infinitive."""
        return next(iter(self.children(verb, "ccomp")), None)

    def verb_group_of(self, verb: int) -> Span:
        """The verb with the modal verbs and negations that stand right before it: "has not denied", "would confirm"."""
        first = verb
        while first and self.heads[first - 1] == verb and self.relation(first - 1) in ("aux", "advmod"):
            first -= 1
        while first < verb and self.word(first) not in _NEGATIONS and self.word(first) not in _MODALS:
            first += 1
        return self.starts[first], self.ends[verb]

    def governor_of(self, verb: int) -> int | None:
        """The verb right before it whose complement it is: "stopped short of confirming", "refused to say"."""
        head = self.heads[verb]
        near = head != NONE and head < verb <= head + _NEAR and self.relation(verb) in ("xcomp", "advcl", "ccomp")
        return head if near and self.upos(head) == "VERB" else None

    def clause_of(self, token: int) -> Span:
        """The words that hang on a token, from first to last, punctuation at the edges left out."""
        inside, fresh = {token}, [token]
        while fresh:
            fresh = [c for t in fresh for c in self._children[t] if c not in inside]
            inside.update(fresh)
        return self._span(inside)

    def phrase_of(self, token: int) -> Span:
        """The noun phrase of a head word: what hangs on it, but for what is joined to it or opens a clause."""
        inside, fresh = {token}, [c for c in self._children[token] if self.relation(c) not in (*_NOT_OF_CLAUSE, "conj", "acl", "appos")]
        while fresh:
            inside.update(fresh)
            fresh = [c for t in fresh for c in self._children[t] if c not in inside]
        return self._span(inside)

    def bare_phrase_of(self, token: int) -> Span:
        """The noun phrase of a head word without the preposition that leads to it."""
        start, end = self.phrase_of(token)
        leading = [t for t in self.children(token, "case", "mark", "cc") if t < token]
        first = max([t + 1 for t in leading if all(u in leading or u > t for u in self.tokens_in((start, self.starts[t])))], default=None)
        return (self.starts[first] if first is not None else start), end

    def span_of(self, token: int) -> Span:
        """Where a token stands."""
        return self.starts[token], self.ends[token]

    def _span(self, inside: set[int]) -> Span:
        kept = [t for t in inside if self.upos(t) != "PUNCT"] or list(inside)
        return self.starts[min(kept)], self.ends[max(kept)]

    def is_party(self, token: int) -> bool:
        """Does a place's name stand for who acts or owns, and not for where: "Norway sent …", "Norway's army", "Norway officials"?"""
        owns = any(self.word(t) in ("'s", "’s", "'", "’") for t in self.children(token, "case"))
        return owns or self.relation(token) in (*_SUBJECT, "compound", "amod")

    def apposition_of(self, token: int) -> int | None:
        """The noun that stands beside this one for the same thing ("Brandt, the harbour master")."""
        beside = self.children(token, "appos")
        if beside:
            return beside[0]
        return self.heads[token] if self.relation(token) == "appos" and self.heads[token] != NONE else None

    def names_of(self, token: int) -> list[int]:
        """The words of the name a token heads: itself and what is joined flat to it."""
        return sorted([token, *self.children(token, *_FLAT)])

    def parts_of(self, span: Span) -> list[Span]:
        """A span parted before a subject that nothing joins to what stands before: "… the World Health Organization | Bern has …"."""
        inside = self.tokens_in(span)
        joined = {gap for t in inside if self.heads[t] in inside for gap in range(min(t, self.heads[t]), max(t, self.heads[t]))}
        edges = [t for t in inside[1:] if t - 1 not in joined and self._part(t - 1, t, inside)]
        return list(zip([span[0], *(self.starts[t] for t in edges)], [*(self.ends[t - 1] for t in edges), span[1]], strict=True))

    def _part(self, before: int, after: int, inside: range) -> bool:
        last, first = (self._top(token, inside) for token in (before, after))
        return self.relation(first) in _SUBJECT and (self.heads[last], self.relation(last)) != (self.heads[first], self.relation(first))

    def _top(self, token: int, inside: range) -> int:
        """The word of a stretch that a token in it hangs on in the end."""
        for above in self.above(token):
            if above not in inside:
                break
            token = above
        return token

    # -- how it is put -------------------------------------------------------------------------------------------

    def negated(self, verb: int) -> bool:
        """Is it said not to be so: "did not", "no one", "never", "without"?"""
        near = self.children(verb, "advmod", "aux", "det", "case", "mark", "cc") + [
            c for s in self.children(verb, *_SUBJECT, *_OBJECT) for c in (s, *self.children(s, "det"))
        ]
        return any(self.word(t) in _NEGATIONS or self.word(t) in ("nobody", "none", "nothing") for t in near)

    def modality(self, verb: int) -> str | None:
        """The modal verb that colours it, in full ("may", "will", "can"); None when there is none."""
        full = {"'ll": "will", "’ll": "will", "ca": "can", "wo": "will"}
        return next((full.get(w, w) for w in map(self.word, self.children(verb, "aux")) if w in _MODALS), None)

    def tense(self, verb: int) -> str | None:
        """ "past", "present", "future", or None for what has no tense of its own (an infinitive, a participle)."""
        modal = self.modality(verb)
        if modal:
            return "future" if modal in ("will", "shall") else "present"
        forms = [self.form(t) for t in (*self.children(verb, "aux", "cop"), verb)]
        helpers = [self.word(t) for t in self.children(verb, "aux")]
        if any(h in ("has", "have", "'ve", "’ve") for h in helpers) and self.form(verb) == "part_past":
            return "past"
        return next(({"fin_past": "past", "fin_present": "present"}[f] for f in forms if f in ("fin_past", "fin_present")), None)
