"""The durable store, beside the line."""

from onrecord.ledger.ledger import Ledger, LedgerError

__all__ = ["Ledger", "LedgerError"]
