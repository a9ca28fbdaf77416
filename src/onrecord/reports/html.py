"""Reports from saved web pages: trafilatura finds the article's text and what the page says of itself."""

from __future__ import annotations

import logging
import re
from typing import Any

from onrecord.records import Defect, Report
from onrecord.reports.files import broken, complete, decoded, is_date

# trafilatura gives the day only, and none that lies ahead of the machine's clock; the page's own stamp comes first.
_STATED = re.compile(r"<meta[^>]{1,80}published_time[\"'][^>]{1,20}content=[\"']([\dT:.Z+-]{10,35})[\"']", re.I)


def from_html(raw: bytes, name: str) -> Report:
    """One page as a report. A page without an article is a report with the defect ``empty_text``."""
    if not raw.strip():
        return broken(name, "empty_text", f"{name}: an empty file")
    html, defects = decoded(raw, name)
    if not html:
        return complete(Report(id=name, text="", defects=defects))
    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        page = trafilatura.bare_extraction(html, with_metadata=True, include_comments=False, include_tables=False, deduplicate=False)
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        return broken(name, "bad_html", f"{name}: {type(error).__name__}: {error}")
    found: dict[str, Any] = page if isinstance(page, dict) else page.as_dict() if page is not None else {}
    text = found.get("text") or ""
    if not text.strip():
        return broken(name, "empty_text", f"{name}: no article found in the page")
    stated = _STATED.search(html)
    published = stated[1] if stated and is_date(stated[1]) else found.get("date")
    return complete(
        Report(
            id=name,
            text=text,
            title=found.get("title"),
            outlet=found.get("sitename"),
            url=found.get("url"),
            author=found.get("author"),
            published=published,
            language=found.get("language"),
            defects=tuple(d for d in defects if isinstance(d, Defect)),
        )
    )
