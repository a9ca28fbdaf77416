"""The durable store, beside the line."""

from onrecord.ledger.errors import LedgerError
from onrecord.ledger.ledger import Ledger

__all__ = ["Ledger", "LedgerError"]
