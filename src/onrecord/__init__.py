"""onrecord: who says so, on whose word, how many independent origins, who disagrees, each answer with its exact words.

from onrecord import load, read, tell

account = tell(list(read(load(["reports/"]))))
print(account.claims[0].statement, account.claims[0].independent_origins)
"""

from typing import TYPE_CHECKING, Any

from onrecord.account.page import page

# from onrecord.ledger import Ledger
from onrecord.reading.reader import read
from onrecord.records import Account, Reading, Report
from onrecord.reports import load
from onrecord.story.story import tell
from onrecord.version import VERSION as __version__

if TYPE_CHECKING:
    from onrecord.ledger import Ledger

__all__ = ["Account", "Ledger", "Reading", "Report", "__version__", "load", "page", "read", "tell"]


def __getattr__(name: str) -> Any:
    """The ledger is loaded when it is asked for: what only reads needs no database."""
    if name == "Ledger":
        from onrecord.ledger import Ledger

        return Ledger
    raise AttributeError(f"module 'onrecord' has no attribute {name!r}")
