"""Whom a pronoun means where no chain of mentions says so: the nearest that agrees; of one sentence, who stands first."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.reading.known import HE, OTHERS, PERSON_TYPES, PLURAL, RELATIVE, SHE, SINGULAR, Known, may_be
from onrecord.reading.names import Name
from onrecord.reading.sentences import Layout

_REACH = 5  # sentences back
_NEAR = 60  # characters from a name to its relative pronoun


def meant_by(word: str, at: int, known: Sequence[Known], names: Sequence[Name], layout: Layout) -> Known | None:
    """The actor a pronoun (lower case) at a place means; None when nobody fits. "he" and "she" tell the actor's gender from then on."""
    if word in RELATIVE:
        before = [n for n in names if n.full[1] <= at and at - n.full[1] <= _NEAR]
        return next((k for k in known if before and before[-1].full in k.mentions), None)
    if word in SINGULAR | PLURAL | OTHERS:
        return None
    here = layout.sentence_at(at)
    near: list[tuple[int, Known]] = []
    for each in known:
        last = each.last_before(at)
        if last >= 0 and here - layout.sentence_at(last) <= _REACH and may_be(word, each):
            near.append((_salience(last, at, layout) if each.type in PERSON_TYPES else last, each))
    if not near:
        return None
    found = max(near, key=lambda pair: pair[0])[1]
    if word in HE | SHE:
        found.gender = "she" if word in SHE else "he"
    return found


def _salience(last: int, at: int, layout: Layout) -> int:
    sentence = layout.sentence_at(last)
    if sentence == layout.sentence_at(at):
        return last
    start, end = layout.sentences[sentence]
    return start + (end - start) - (last - start)
