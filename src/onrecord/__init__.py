"""onrecord: who says so, on whose word, how many independent origins, who disagrees, each answer with its exact words.

    from onrecord import load, read, tell

    readings = list(read(load(["reports/"])))
    account = tell(readings)
    print(account.claims[0].statement, account.claims[0].independent_origins)
"""

from onrecord.reading.reader import read
from onrecord.records import Account, Reading, Report
from onrecord.reports import load
from onrecord.version import VERSION as __version__

__all__ = ["Account", "Reading", "Report", "load", "read", "__version__"]
