"""The ledger: what people and the engine decided, appended and never changed."""

from lake.ledger.sqlite import Entry, Ledger

__all__ = ["Entry", "Ledger"]
