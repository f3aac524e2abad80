"""What stewards decided about records, kept in the ledger."""

from collections.abc import Iterator
from typing import Final

import msgspec

from lake.ledger import Ledger
from resolution import Judgement

STREAM: Final = "judgements"


def judge(ledger: Ledger, judgement: Judgement) -> int:
    """Write a judgement down and give its place in the ledger."""
    return ledger.append(STREAM, msgspec.to_builtins(judgement))


def judgements(ledger: Ledger, after: int = 0) -> Iterator[Judgement]:
    """Every judgement beyond a place in the ledger, in the order they were made."""
    for entry in ledger.entries(STREAM, after):
        yield msgspec.convert(entry.entry, Judgement)
