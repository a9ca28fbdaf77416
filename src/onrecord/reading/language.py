"""Is a text English? Only English is read.

Common English words settle nearly every case at once; the language of the others is told by py3langid (Lui & Baldwin 2012),
which takes a while to load and so is asked only in doubt.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

_COMMON = frozenset(
    """the of to and a in that is was for on it with as be he at by said his from have are has were had an but this not they""".split()
)
_WORD = re.compile(r"\w+")
LOOKED_AT = 4000  # characters
CLEAR = 0.18  # the share of common words above which a text is English
SURE = 0.8  # the probability another language needs
FEW = 8  # words under which a text is given the benefit of the doubt


def foreign_language(text: str) -> str | None:
    """The ISO 639-1 code of a text's language when it is not English; None when it is, or when it cannot be told."""
    words = [w.lower() for w in _WORD.findall(text, 0, LOOKED_AT)]
    share = sum(w in _COMMON for w in words) / max(1, len(words))
    if share >= CLEAR:
        return None
    language, probability = _identifier().classify(text[:LOOKED_AT])
    if language in ("en", "zxx") or probability < SURE:
        return None
    return None if len(words) < FEW and text.isascii() else str(language)


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
