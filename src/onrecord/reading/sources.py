"""The source of each attribution: which actor it is, and of what kind.

A pronoun or a description ("he", "the agency") is whom its chain of mentions names; "we" inside a quotation is the organization
or government its speaker speaks for, "I" the speaker.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from onrecord.reading.actors import Cast
from onrecord.reading.attribution.attribute import Found
from onrecord.reading.known import PLURAL, SINGULAR, Known, plain_word
from onrecord.records import ActorType, SourceType

OF_ACTOR: dict[ActorType, SourceType] = {
    "person": "named_person", "organization": "named_organization", "government": "government", "armed_force": "named_organization",
    "group": "group", "population": "group", "unnamed": "unnamed", "document": "document", "place": "named_organization",
}  # fmt: skip
TRUST = 0.35  # what the actor's own type weighs beside the network's probability
SURE = 2.0  # the same of a state that the tables know


def speakers_of(cast: Cast, found: Sequence[Found]) -> list[Known | None]:
    """The actor of each attribution. Sources are resolved in order of the text, so that pronouns look back."""
    speakers: list[Known | None] = [None] * len(found)
    for number in sorted(range(len(found)), key=lambda n: found[n].triple.source[:1] or found[n].triple.content[:1]):
        speakers[number] = cast.resolve(found[number].triple.source)
    for number, each in enumerate(found):  # outer before inner
        if each.speaker is not None:
            speakers[number] = speakers[each.speaker]
        elif each.triple.source:
            first = plain_word(cast.layout.text[slice(*each.triple.source[0])].split(" ")[0])
            speaker = speakers[each.parent] if each.parent is not None else speakers[number]
            if first in SINGULAR:
                speakers[number] = speaker
            elif first in PLURAL:
                speakers[number] = cast.represented_by(speaker) if speaker else None
    return speakers


def source_type_of(known: Known | None, seen: Mapping[SourceType, float]) -> SourceType:
    """The kind of source: the actor's type and the network's probabilities weighed together."""
    if known is None:
        return "none"
    own = OF_ACTOR[known.type]
    trust = SURE if known.type == "government" and known.state and known.state.name == known.name else TRUST
    weighed = {kind: chance + trust * (kind == own) for kind, chance in seen.items() if kind != "none"}
    return max(weighed, key=lambda kind: weighed[kind], default=own)
