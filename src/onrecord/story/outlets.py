"""How outlets are named in one another's text: "The Laskov Courier" → "the Courier"; "X News Agency (XNA)" → "XNA"; "state television"."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache

_SMALL = frozenset(
    """the of news daily press agency online tv radio website blog www com state television a digital wire service bureau org net""".split()
)
_STATE = re.compile(r"\bstate(?:-run|-owned|-controlled)?\s+(television|tv|radio|news agency|agency|news|media)\b", re.I)
_MEDIA = {  # what "state television" and its like may be called by name
    "television": r"televi[sz]|\btv\b", "tv": r"televi[sz]|\btv\b", "radio": r"\bradi", "news agency": r"agen[ct]|news|press|bureau",
    "agency": r"agen[ct]|news|press|bureau", "news": r"agen[ct]|news", "media": r"televi[sz]|\btv\b|\bradi|agen[ct]|news",
}  # fmt: skip
_OF_A_STATE = re.compile(r"\bnation|\bstate\b|republic|people's|\bpublic\b", re.I)


@lru_cache(maxsize=4096)
def outlet_forms(outlet: str | None) -> tuple[str, ...]:
    """The ways an outlet is named, the fullest first."""
    if not outlet:
        return ()
    forms: list[str] = []
    for part in re.split(r"[()]", outlet):
        name = re.sub(r"^(?:The|the)\s+", "", part.split(",")[0].strip())
        if len(name) < 3 or name.lower() in _SMALL:
            continue
        forms.append(name)
        words = name.split()
        telling = [w for w in words if w.lower() not in _SMALL]
        if len(words) > 1 and telling:
            forms.append(f"the {words[-1]}" if words[-1].lower() not in _SMALL or len(words) > 2 else telling[0])
            if words[-1].lower() in _SMALL and len(words) == 3:
                forms.append(" ".join(words[:-1]))
            if len(words) > 2 and all(w[0].isupper() for w in words):
                forms.append("".join(w[0] for w in words))
    return tuple(dict.fromkeys(forms))


class Naming:
    """Finds which of many outlets a text names: by the full name, the telling words, or the acronym in brackets."""

    def __init__(self, outlets: Iterable[str]) -> None:
        self._outlets: dict[str, list[str]] = defaultdict(list)
        for outlet in sorted(set(outlets)):
            for form in outlet_forms(outlet):
                self._outlets[form].append(outlet)
        forms = sorted(self._outlets, key=lambda form: (-len(form), form))
        self._pattern = re.compile(r"\b(?:" + "|".join(map(_either, forms)) + r")\b" if forms else r"(?!)")

    def found(self, text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, list[str]]]:
        """(offset, outlets) of each name in a part of a text."""
        for match in self._pattern.finditer(text, start, len(text) if end is None else end):
            words = match.group()
            yield match.start(), self._outlets.get(words) or self._outlets[words[0].lower() + words[1:]]

    def named(self, text: str) -> set[str]:
        """The outlets that a text names."""
        return {outlet for _, outlets in self.found(text) for outlet in outlets}


def _either(form: str) -> str:
    """A form with "the" in small or capital."""
    return f"[Tt]{re.escape(form[1:])}" if form.startswith("the ") else re.escape(form)


@lru_cache(maxsize=4096)
def _naming(outlet: str) -> Naming:
    return Naming([outlet])


def names_outlet(text: str, outlet: str | None) -> bool:
    """Does a text name an outlet?"""
    return outlet is not None and bool(_naming(outlet).named(text))


def state_outlets(text: str, outlets: list[str], places: frozenset[str]) -> list[str]:
    """The outlet that "state television", "the state agency" and the like mean: the only one of that medium named after the
    nation or a place (``places``, in lower case)."""
    found = []
    for medium in sorted({m.group(1).lower() for m in _STATE.finditer(text)}):
        fitting = [o for o in outlets if re.search(_MEDIA[medium], o, re.I) and (_OF_A_STATE.search(o) or _words(o) & places)]
        if len(fitting) == 1:
            found += fitting
    return found


def _words(outlet: str) -> set[str]:
    return {w.lower() for w in re.findall(r"\w+", outlet)}
