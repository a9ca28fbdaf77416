"""Search for words: FTS5 on SQLite, tsvector on PostgreSQL; one syntax for both.

``ferry harbour`` finds both words in any form, ``"ferry company"`` words in a row, ``-storm`` leaves out. Anything else is taken as words.
"""

from __future__ import annotations

import re

from sqlalchemy import Connection, Select, column, func, literal_column, select, table, text

_PART = re.compile(r'(-?)"([^"]*)"|(-?)(\S+)')
_WORD = re.compile(r"\w+")
REPORTS, CLAIMS = "report_words", "claim_words"


def matching(db: Connection, where: str, query: str) -> Select[int] | None:
    """A select of the numbers of all reports or claims with these words, the best first. None when the query has no words."""
    wanted, unwanted = parts_of(query)
    if not wanted:
        return None
    if db.dialect.name == "sqlite":
        asked = " AND ".join(f'"{part}"' for part in wanted) + "".join(f' NOT "{part}"' for part in unwanted)
        words = table(where, column("rowid"), column("rank"))
        return select(words.c.rowid).where(text(f"{where} match :asked").bindparams(asked=asked)).order_by(words.c.rank)
    asked = " ".join([f'"{part}"' for part in wanted] + [f'-"{part}"' for part in unwanted])
    words = table(where, column("rowid"), column("vector"))
    sought = func.websearch_to_tsquery(literal_column("'english'"), asked)
    return select(words.c.rowid).where(words.c.vector.op("@@")(sought)).order_by(func.ts_rank(words.c.vector, sought).desc(), words.c.rowid)


def parts_of(query: str) -> tuple[list[str], list[str]]:
    """The words and phrases that are wanted, and those that are not, without any sign that a database might take for its own."""
    wanted: list[str] = []
    unwanted: list[str] = []
    for minus, phrase, less, word in _PART.findall(query):
        plain = " ".join(_WORD.findall(phrase or word))
        if plain:
            (unwanted if minus or less else wanted).append(plain)
    return wanted, unwanted


def excerpt(body: str, query: str, around: int = 90) -> tuple[int, int]:
    """Where in a text the words of a query first stand, with what is around: the span to show."""
    wanted, _ = parts_of(query)
    spots = [at.start() for part in wanted for word in part.split() if (at := found(body, word))]
    start = max(0, min(spots, default=0) - around)
    start = body.rfind(" ", 0, start) + 1 if start else 0
    end = min(len(body), start + 3 * around)
    return start, end if end == len(body) or (cut := body.rfind(" ", start, end)) <= start else cut


def found(body: str, word: str) -> re.Match[str] | None:
    """The first place of a word in a text, in any of its forms."""
    return re.search(rf"\b{re.escape(word[: max(3, len(word) - 2)])}\w*", body, re.I)
