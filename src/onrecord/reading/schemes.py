"""The label sets of the network's heads: the order of these tuples is the order of its scores.

Parts of speech and relations are those of Universal Dependencies 2 (de Marneffe et al. 2021), without subtypes; ``FORMS`` sum up its
features VerbForm, Tense and Number; entity types are those of GUM (Zeldes 2017). Event types are PLOVER's of 2021, with STATEMENT for
speech that is none of them.
"""

from typing import get_args

from onrecord.records import Certainty, Polarity, SourceType, Stance, Tense

ROLES = ("source", "cue", "content")
UPOS: tuple[str, ...] = tuple("ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X".split())
FORMS = ("none", "fin_past", "fin_present", "part_past", "part_present", "infinitive", "gerund", "singular", "plural")
RELATIONS: tuple[str, ...] = tuple(
    """acl advcl advmod amod appos aux case cc ccomp clf compound conj cop csubj dep det discourse dislocated expl fixed flat
    goeswith iobj list mark nmod nsubj nummod obj obl orphan parataxis punct reparandum root vocative xcomp""".split()
)
ENTITIES: tuple[str, ...] = ("none", *"abstract animal event object organization person place plant substance time".split())
SOURCE_TYPES: tuple[SourceType, ...] = get_args(SourceType)
STANCES: tuple[Stance, ...] = get_args(Stance)
EVENTS: tuple[str, ...] = tuple(
    """ACCUSE AGREE AID ASSAULT COERCE CONCEDE CONSULT COOPERATE MOBILIZE PROTEST REJECT REQUEST RETREAT SANCTION SUPPORT THREATEN
    STATEMENT""".split()
)
POLARITIES: tuple[Polarity, ...] = get_args(Polarity)
CERTAINTIES: tuple[Certainty, ...] = get_args(Certainty)
TENSES: tuple[Tense, ...] = get_args(Tense)
CLASSES = 5  # statement, verbal and material cooperation, verbal and material conflict
