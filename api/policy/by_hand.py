"""Disclosures without a key: whoever reads about people at the command line is in the audit log as everybody else.

The command line asks for no key, because it needs the workspace's own files; it sees all, so its role is admin.
"""

import getpass
from collections.abc import Callable, Sequence
from typing import Final

from api.policy.audit import AuditLog, Disclosure, Journal
from api.policy.contract import Caller, Role

PURPOSE: Final = "operations"
ANYBODY: Final = "*"
"""In the place of a person's id where a reader may have seen anybody, as with a traversal of their own."""


def told(
    journal: Journal, snapshot: str, operation: str, fields: Sequence[str], who: str | None = None
) -> Callable[[Sequence[str]], None]:
    """Give what writes into the log that somebody here is told these fields about these people.

    Args:
        journal: where the log is.
        snapshot: id of what is read.
        operation: the command.
        fields: names of what is told, never values.
        who: the reader's name; the system's user by default.
    """
    caller = Caller(key_id=f"user:{who or getpass.getuser()}", role=Role.ADMIN, purpose=PURPOSE)
    names = tuple(sorted(fields))

    def tell(people: Sequence[str]) -> None:
        said = [Disclosure(operation=operation, entity_id=one, fields=names, snapshot=snapshot) for one in people]
        AuditLog(journal).record(caller, said)

    return tell
