"""Text as the network sees it: word pieces, and the windows they are read in.

A window is a run of whole paragraphs of at most ``LIMIT`` word pieces; a paragraph that is longer is cut after
a sentence's last piece. Training (``training/data.py``) and reading cut their windows here, so that the network
is never shown text in a shape it was not trained on.

MiniLM's vocabulary is uncased. What capital letters and line breaks tell (a name, a new speaker) is given back
through the encoder's second embedding table, BERT's "token type", which otherwise would be constant:
``kind = case + 3 * (first piece of a paragraph)``, case 0 lower, 1 capitalised, 2 all capitals.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Regex, Tokenizer
from tokenizers.pre_tokenizers import BertPreTokenizer, Sequence, Split

LIMIT = 254  # word pieces a window, [CLS] and [SEP] not counted
CLS, SEP = 101, 102
CLS_KIND = 6
KINDS = 7

_CLITIC = r"(?i)(?<=\w)(?:n['’]t|['’](?:s|re|ve|ll|d|m))(?!\w)|(?<=\bcan)not\b"  # tokens of their own in Universal Dependencies
_PARAGRAPH = re.compile(r"[^\n\r\u2028\u2029]+")
_STOPS = np.array([1012, 1029, 999])  # . ? !
_CLOSERS = np.array([1012, 1029, 999, 1000, 1005, 1521, 1524])  # . ? ! " ' ’ ”


@dataclass(frozen=True, slots=True)
class Pieces:
    """The word pieces of one text, as parallel arrays of length n.

    ids: vocabulary numbers. starts, ends: code points into the text. kinds: see the module. heads: True on the
    first piece of a word. breaks: True on the first piece of a paragraph.
    """

    ids: NDArray[np.int32]
    starts: NDArray[np.int32]
    ends: NDArray[np.int32]
    kinds: NDArray[np.int32]
    heads: NDArray[np.bool_]
    breaks: NDArray[np.bool_]


def tokenizer_of(file: Path) -> Tokenizer:
    """The word-piece tokenizer of a tokenizer.json, with "n't", "'s" and the like parted from their word."""
    tokenizer = Tokenizer.from_file(str(file))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    tokenizer.pre_tokenizer = Sequence([Split(Regex(_CLITIC), "isolated"), BertPreTokenizer()])
    return tokenizer


@cache
def plain_tokenizer(folder: Path) -> Tokenizer:
    """The word-piece tokenizer of a folder of weights as the pretrained encoders have it, for sentences that are not parsed."""
    return Tokenizer.from_file(str(folder / "tokenizer.json"))


def network_view(text: str) -> str:
    """The text as it is tokenized: of the same length, with odd quote marks and lone surrogates made plain."""
    if "''" in text or "``" in text:
        text = text.replace("''", '" ').replace("``", '" ')
    for odd, plain in (("„", "“"), ("«", "“"), ("»", "”"), ("‟", "“"), ("″", '"'), ("＂", '"')):
        if odd in text:
            text = text.replace(odd, plain)
    return re.sub("[\ud800-\udfff]", "\ufffd", text)


def pieces_of(texts: list[str], tokenizer: Tokenizer) -> list[Pieces]:
    """Tokenizes many texts in one batch, paragraph by paragraph."""
    paragraphs: list[str] = []
    places: list[tuple[int, int]] = []  # text number, offset
    for number, text in enumerate(map(network_view, texts)):
        for match in _PARAGRAPH.finditer(text):
            paragraphs.append(match.group())
            places.append((number, match.start()))
    parts: list[list[Pieces]] = [[] for _ in texts]
    encodings = tokenizer.encode_batch(paragraphs, add_special_tokens=False)
    for encoding, paragraph, (number, offset) in zip(encodings, paragraphs, places, strict=True):
        if encoding.ids:
            parts[number].append(_paragraph(encoding, paragraph, offset))
    return [_joined(part) for part in parts]


def _paragraph(encoding: object, paragraph: str, offset: int) -> Pieces:
    ids = np.array(encoding.ids, np.int32)  # type: ignore[attr-defined]
    spans = np.array(encoding.offsets, np.int32).reshape(-1, 2)  # type: ignore[attr-defined]
    words = np.array(encoding.word_ids, np.int32)  # type: ignore[attr-defined]
    heads = np.concatenate(([True], words[1:] != words[:-1]))
    upper = _upper(paragraph)
    first = upper[spans[:, 0]]
    second = upper[np.minimum(spans[:, 0] + 1, len(upper) - 1)] & (spans[:, 1] - spans[:, 0] > 1)
    kinds = first.astype(np.int32) + (first & second)
    breaks = np.zeros(len(ids), bool)
    breaks[0] = True
    kinds[0] += 3
    return Pieces(ids, spans[:, 0] + offset, spans[:, 1] + offset, kinds, heads, breaks)


def _upper(text: str) -> NDArray[np.bool_]:
    lower = text.lower()
    if len(lower) != len(text):  # a few letters, such as İ, grow
        return np.array([c.isupper() for c in text], bool)
    written, small = (np.frombuffer(t.encode("utf-32-le"), np.uint32) for t in (text, lower))
    return np.not_equal(written, small)


def _joined(parts: list[Pieces]) -> Pieces:
    if not parts:
        none = np.zeros(0, np.int32)
        return Pieces(none, none, none, none, none.astype(bool), none.astype(bool))
    return Pieces(*(np.concatenate([getattr(p, name) for p in parts]) for name in Pieces.__slots__))


def cut(pieces: Pieces, limit: int = LIMIT) -> list[slice]:
    """Parts all pieces of a text into windows, in order and without a gap."""
    windows: list[slice] = []
    at, n = 0, len(pieces.ids)
    while at < n:
        end = min(at + limit, n)
        if end < n:
            end = _last_break(pieces, at, end)
        windows.append(slice(at, end))
        at = end
    return windows


def _last_break(pieces: Pieces, at: int, end: int) -> int:
    """The best place to stop in (at, end]: before a paragraph, else after a sentence, else before a word."""
    paragraph = np.flatnonzero(pieces.breaks[at + 1 : end + 1])
    if len(paragraph):
        return int(at + 1 + paragraph[-1])
    stops = np.flatnonzero(np.isin(pieces.ids[at : end - 1], _STOPS) & ~np.isin(pieces.ids[at + 1 : end], _CLOSERS))
    if len(stops) and stops[-1] > (end - at) // 3:
        return int(at + 1 + stops[-1])
    words = np.flatnonzero(pieces.heads[at + 1 : end + 1])
    return int(at + 1 + words[-1]) if len(words) else end
