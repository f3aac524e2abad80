"""The audit log: one entry for every person an answer tells about, written before the answer leaves.

Entries go to the ledger's hash-chained stream `audit`, all of one answer together; `Ledger.verify("audit")` shows
whether any was changed. An entry names fields, never values.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from api.policy.contract import Caller
from core.errors import C360Error, RetryableError

STREAM: Final = "audit"


class Journal(Protocol):
    """What the log writes to; the ledger is one."""

    def append_all(self, stream: str, entries: Sequence[Mapping[str, object]]) -> int:
        """Add entries together, all or none."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclosure:
    """One person told about: by which operation, which fields, and as of which snapshot."""

    operation: str
    entity_id: str
    fields: tuple[str, ...]
    snapshot: str


class AuditLog:
    """Writes disclosures."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    def record(self, caller: Caller, disclosures: Sequence[Disclosure]) -> None:
        """Write one entry for each disclosure.

        Raises:
            RetryableError: the log could not be written; the answer must not leave.
        """
        if not disclosures:
            return
        try:
            self._journal.append_all(STREAM, [_entry(caller, disclosure) for disclosure in disclosures])
        except (C360Error, OSError, ValueError) as error:
            raise _unwritten() from error
        except Exception as error:
            raise _unwritten() from error


def _unwritten() -> RetryableError:
    return RetryableError("The answer could not be logged, so it is withheld.", remedy="Try again.")


def _entry(caller: Caller, disclosure: Disclosure) -> dict[str, object]:
    return {
        "key_id": caller.key_id,
        "role": caller.role.value,
        "purpose": caller.purpose,
        "operation": disclosure.operation,
        "entity_id": disclosure.entity_id,
        "fields": list(disclosure.fields),
        "snapshot": disclosure.snapshot,
    }
