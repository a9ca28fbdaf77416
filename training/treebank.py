"""Universal Dependencies treebanks as documents with character spans: GUM with its mentions and attributions, EWT.

A document's text is put together from its sentences: a space or nothing between tokens (``SpaceAfter``), an empty line
where a paragraph begins. Token numbers count over the whole document, from 0.

GUM's discourse relations "attribution-positive" and "-negative" (Zeldes et al. 2025, eRST) name the words of source and cue
among their signals; the content is the nucleus unit with the units of the same sentence that depend on it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

Span = tuple[int, int]
WEB = "web"  # the genre of what has none: EWT
OPEN_GENRES = frozenset("academic bio court interview news voyage".split())  # CC BY and CC BY-SA
CLOSED_GENRES = frozenset("essay fiction letter podcast textbook whow".split())  # non-commercial: never in shipped weights
_ENTITY = re.compile(r"\((\d+)-([a-z]+)(?:-[^()]*)?(\))?|(\d+)\)")
_SIGNAL = re.compile(r"(?:sem-atsrc|lex-ind(?:wd|ph))-[\d,-]+")


@dataclass
class Mention:
    """A mention: its first and last token, the number of its entity, the entity's type."""

    first: int
    last: int
    entity: int
    type: str


@dataclass
class Document:
    """One document.

    features: the FEATS column. heads: token number of each token's head, -1 for a root. sentences: first token of each.
    """

    name: str
    genre: str
    text: str = ""
    spans: list[Span] = field(default_factory=list)
    forms: list[str] = field(default_factory=list)
    upos: list[str] = field(default_factory=list)
    features: list[str] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    relations: list[str] = field(default_factory=list)
    sentences: list[int] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    attributions: list[dict[str, list[list[int]]]] = field(default_factory=list)

    def head_of(self, first: int, last: int) -> int:
        """The token of a span that hangs on a token outside it."""
        return next((t for t in range(first, last + 1) if not first <= self.heads[t] <= last), last)


def documents(file: Path) -> Iterator[Document]:
    """The documents of a CoNLL-U file."""
    lines: list[str] = []
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.startswith("# newdoc id") and lines:
            yield _document(lines)
            lines = []
        lines.append(line)
    yield _document(lines)


def is_open(document: Document) -> bool:
    """Is the text openly licensed? EWT is CC BY-SA throughout."""
    return document.genre == WEB or document.genre in OPEN_GENRES


def _document(lines: list[str]) -> Document:
    doc = Document(next(line.split("= ")[1] for line in lines if line.startswith("# newdoc id")), WEB)
    misc: list[str] = []
    gap = ""
    until, glued = "", False  # the last token number of the multiword token being read; is no space after it?
    for line in lines:
        if line.startswith("# meta::genre"):
            doc.genre = line.split("= ")[1]
        elif line.startswith("# newpar") and doc.text:
            gap = "\n\n"
        elif line.startswith("# sent_id"):
            first = len(doc.spans)
            doc.sentences.append(first)
        elif line and not line.startswith("#"):
            row = line.split("\t")
            if "-" in row[0]:
                until, glued = row[0].split("-")[1], "SpaceAfter=No" in row[9]
                continue
            if "." in row[0]:
                continue
            doc.text += gap
            doc.spans.append((len(doc.text), len(doc.text) + len(row[1])))
            doc.text += row[1]
            doc.forms.append(row[1])
            doc.upos.append(row[3])
            doc.features.append(row[5])
            doc.heads.append(first + int(row[6]) - 1 if row[6] != "0" else -1)
            doc.relations.append(row[7].split(":")[0])
            misc.append(row[9])
            inside = bool(until) and row[0] != until
            gap = "" if inside or (glued if until else "SpaceAfter=No" in row[9]) else " "
            until = until if inside else ""
    doc.mentions = _mentions(misc)
    doc.attributions = list(_attributions(doc, misc))
    return doc


def _mentions(misc: list[str]) -> list[Mention]:
    open_: list[Mention] = []
    found: list[Mention] = []
    for token, entry in enumerate(misc):
        marks = re.search(r"Entity=([^|]*)", entry)
        for number, kind, closed, end in _ENTITY.findall(marks.group(1)) if marks else ():
            if kind:
                open_.append(Mention(token, token, int(number), kind))
            if closed or end:
                entity = int(number or end)
                mention = next((m for m in reversed(open_) if m.entity == entity), None)
                if mention is not None:  # a mention in two pieces closes under another name
                    open_.remove(mention)
                    mention.last = token
                    found.append(mention)
    return sorted(found, key=lambda m: (m.first, -m.last))


def _attributions(doc: Document, misc: list[str]) -> Iterator[dict[str, list[list[int]]]]:
    """source, cue, content as character spans, of each attribution relation whose cue is signalled."""
    units: dict[int, tuple[int, int, str]] = {}  # number → first token, head unit, relations
    for token, entry in enumerate(misc):
        marks = re.search(r"Discourse=([^|]*)", entry)
        if marks and (edge := re.match(r"([\w-]+):(\d+)(?:->(\d+))?", marks.group(1))):
            units[int(edge[2])] = token, int(edge[3] or 0), marks.group(1)
    starts = [*sorted(token for token, _, _ in units.values()), len(misc)]
    ends = {number: starts[starts.index(token) + 1] for number, (token, _, _) in units.items()}
    for number, (_, head, relation) in units.items():
        if not relation.startswith("attribution-") or head not in units:
            continue
        tokens: dict[str, list[int]] = {"sem": [], "lex": []}
        for signal in _SIGNAL.findall(relation.split(";")[0]):
            tokens[signal[:3]] += _numbers(signal.split("-", 2)[2])
        content = [t for unit in _nucleus(head, number, units, doc) for t in range(units[unit][0], ends[unit])]
        if tokens["lex"] and content and max(tokens["sem"] + tokens["lex"]) < len(misc):
            rows = {"source": tokens["sem"], "cue": tokens["lex"], "content": content}
            yield {role: [list(s) for s in _runs(sorted(set(these)), doc)] for role, these in rows.items()}


def _nucleus(head: int, satellite: int, units: dict[int, tuple[int, int, str]], doc: Document) -> list[int]:
    """The unit an attribution points to, with those of its sentence that depend on it, but for the attribution's own."""
    within = [max(s for s in doc.sentences if s <= units[head][0])]
    within.append(next((s for s in doc.sentences if s > within[0]), len(doc.spans)))
    found, fresh = [head], [head]
    while fresh:
        fresh = [n for n, (t, h, _) in units.items() if h in fresh and n != satellite and within[0] <= t < within[1] and n not in found]
        found += fresh
    return found


def _numbers(text: str) -> list[int]:
    """Token numbers from 0 of "38-39,41"."""
    numbers: list[int] = []
    for part in text.strip("-,").split(","):
        first, _, last = part.partition("-")
        numbers += range(int(first) - 1, int(last or first))
    return numbers


def _runs(tokens: list[int], doc: Document) -> Iterator[Span]:
    """Runs of neighbouring tokens as spans; punctuation at their edges is left out."""
    run: list[int] = []
    for token in [*tokens, -1]:
        if run and token != run[-1] + 1:
            kept = [t for t in run if doc.upos[t] != "PUNCT"]
            if kept:
                yield doc.spans[kept[0]][0], doc.spans[kept[-1]][1]
            run = []
        run.append(token)
