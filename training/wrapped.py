"""Nesting made by hand: a sentence of a gold text put into somebody's mouth.

PolNeAR marks no attribution inside another's content, and the open news has few. But when "The minister said the road was
closed" becomes "A clerk told the court that the minister said the road was closed", its attributions are nested ones, and their
words are as real as before.
"""

from __future__ import annotations

import random
import re
from typing import Any

from onrecord.reading.schemes import ROLES
from onrecord.reading.sentences import lay_out

WITH, WITHOUT = 0.08, 0.01  # the share of sentences wrapped, of those with attributions and of those without
LONGEST = 400  # code points
_TITLES = "a spokesman for the|the head of the|an analyst at the|a senior official in the|the director of the|a lawyer for the".split("|")
_BODIES = "ministry|agency|union|city council|court|port authority|relief fund|border police|party|company|commission|hospital".split("|")
_FIRST = "Anna Omar Lena Pavel Grace Ibrahim Carlos Mei Tomas Ruth Yusuf Helen Viktor Amina Daniel Sofia".split()
_LAST = "Keller Haddad Novak Okafor Brandt Silva Marsh Petrov Lindqvist Rahman Castillo Whitfield Tanaka Moreau Dlamini Fox".split()
_PLAIN = """she|he|they|officials|the report|the statement|one witness|residents|police|a government source|the newspaper|the lawsuit|
    some of them|critics|the memo|an official who asked not to be named|people briefed on the talks|the company|his lawyer|the two women|
    the broadcaster|her deputy""".split("|")
_CUES = """said|says|reported|added|claimed|insisted|told reporters|told the broadcaster|explained|wrote|acknowledged|noted|announced|
    confirmed|argued|denied|suggested|had said|has said|wrote in a letter|said in a statement|told investigators|testified|recalled|
    believes|alleged|said on Tuesday|would later say""".split("|")
_BEFORE_QUOTED = re.compile(r"[“”\"‘]")
_LOWERED = frozenset(
    """the a an in on at by with from to for of and but so as if he she it they we this that these those his her its their our my there
    here when while after before because since although though some many most both one two three several no not officials police what
    how why once under during according another any all each only even still then now yet""".split()
)


def wrapped(row: dict[str, Any], rng: random.Random) -> dict[str, Any]:
    """A gold row with some of its sentences in another's mouth; of such a sentence ``nesting`` says that all its nesting is marked."""
    attributions = [{**a, "id": a.get("id", number)} for number, a in enumerate(row["attributions"])]
    discard = [list(span) for span in row.get("discard") or []]
    marked = any("parent" in a for a in attributions)
    known: list[list[int]] = []
    text, out, at = row["text"], "", 0
    moves: list[tuple[int, int, int]] = []  # old start, old end, new start of the runs that are kept
    added: list[dict[str, Any]] = []
    for start, end in lay_out(text).sentences:
        inside = [a for a in attributions if any(s < end and start < e for s, e in _spans(a))]
        held = all(start <= s and e <= end for a in inside for s, e in _spans(a))
        if not held or not _fit(text[start:end]) or rng.random() >= (WITH if inside else WITHOUT):
            continue
        before, kept, after, frame = _frame(text[start:end], rng)
        moves.append((at, start, len(out)))
        out += text[at:start]
        offset = len(out)
        moves.append((start, start + len(kept), offset + len(before)))
        at = start + len(kept)
        out += before + kept + after
        at = end
        outer = {role: [[s + offset, e + offset] for s, e in frame[role]] for role in ROLES}
        added.append({**outer, "id": f"wrapped {len(added)}"} | ({"parent": None} if marked else {}))
        known.append(outer["content"][0])
        for a in inside:
            if a.get("parent") is None:
                a["parent"] = added[-1]["id"]
    moves.append((at, len(text) + 1, len(out)))
    out += text[at:]

    def moved(spans: list[list[int]]) -> list[list[int]]:
        return [[_moved(s, moves), _moved(e - 1, moves) + 1] for s, e in spans]

    for a in attributions:
        a.update({role: moved(a[role]) for role in ROLES})
    if marked:
        known = [[0, len(out)]]
    return {**row, "text": out, "attributions": attributions + added, "discard": moved(discard), "nesting": known}


def _spans(a: dict[str, Any]) -> list[list[int]]:
    return [span for role in ROLES for span in a[role]]


def _moved(position: int, moves: list[tuple[int, int, int]]) -> int:
    start, _, new = max((m for m in moves if m[0] <= position), key=lambda m: m[0])
    return position - start + new


def _fit(sentence: str) -> bool:
    return len(sentence) <= LONGEST and sentence[-1] == "." and sentence[0].isalpha() and sentence.count(" ") > 3


def _frame(sentence: str, rng: random.Random) -> tuple[str, str, str, dict[str, list[list[int]]]]:
    """(words before, the sentence as kept, words after, spans of source, cue and content counted from the first of them)."""
    source, cue = _source(rng), rng.choice(_CUES).strip()
    body = sentence[:-1]
    ways = ["that", "bare", "after", "according"] + ([] if _BEFORE_QUOTED.search(sentence) else ["quoted", "quoted", "led"])
    way = rng.choice(ways)
    if way in ("that", "bare", "led"):
        opener, closer = {"that": (" that ", "."), "bare": (" ", "."), "led": (", “", ".”")}[way]
        before, kept = f"{_capital(source)} {cue}{opener}", body if way == "led" else _lowered(body)
        s, c = (0, len(source)), (len(source) + 1, len(source) + 1 + len(cue))
        first = c[1] + (2 if way == "led" else 1)
        stop = len(before) + len(kept) + (2 if way == "led" else 0)
    elif way == "according":
        before, kept, closer = f"According to {source}, ", _lowered(body), "."
        s, c, first = (13, 13 + len(source)), (0, 12), len(before)
        stop = first + len(kept)
    else:
        opener, between = ("“", ",” ") if way == "quoted" else ("", ", ")
        before, kept, closer = opener, body, f"{between}{source} {cue}."
        stop = len(before) + len(kept) + len(between) - 1 - (way == "after")
        at = len(before) + len(kept) + len(between)
        s, c, first = (at, at + len(source)), (at + len(source) + 1, at + len(source) + 1 + len(cue)), 0
    return before, kept, closer, {"source": [list(s)], "cue": [list(c)], "content": [[first, stop]]}


def _source(rng: random.Random) -> str:
    kind = rng.random()
    if kind < 0.4:
        return f"{rng.choice(_FIRST)} {rng.choice(_LAST)}" if kind < 0.25 else rng.choice(_LAST)
    return f"{rng.choice(_TITLES)} {rng.choice(_BODIES)}" if kind < 0.6 else rng.choice(_PLAIN).strip()


def _capital(words: str) -> str:
    return words[0].upper() + words[1:]


def _lowered(sentence: str) -> str:
    return sentence[0].lower() + sentence[1:] if sentence.split()[0].lower() in _LOWERED else sentence
