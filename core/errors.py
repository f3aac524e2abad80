"""Errors that say what to do.

    C360Error
    ├── BadInputError     the caller gave something unusable; change it
    ├── MissingError      what was asked for is not there
    ├── ConflictError     it clashes with what is already there
    ├── DeniedError       the caller may not
    ├── RetryableError    it may work the next time, unchanged
    └── BrokenError       our data or our code is damaged; the caller cannot mend it

Facts travel as fields, so that every way in (CLI, GraphQL, logs) can show them in its own form. A fact never holds a
person's data: name the file, the row and the field; a value only where it is a setting the caller wrote.
"""

from collections.abc import Collection
from typing import ClassVar, Final

Fact = str | int | float | bool | None


class C360Error(Exception):
    """Something the caller can be told about, with a stable code and a remedy."""

    code: ClassVar[str] = "ERROR"

    def __init__(self, message: str, *, remedy: str = "", **facts: Fact) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy
        self.facts = facts

    def __str__(self) -> str:
        return f"{self.message} {self.remedy}".rstrip()


class BadInputError(C360Error):
    """The caller gave something unusable and can change it."""

    code = "BAD_INPUT"


class MissingError(C360Error):
    """What was asked for is not there."""

    code = "NOT_FOUND"


class ConflictError(C360Error):
    """It clashes with what is already there."""

    code = "CONFLICT"


class DeniedError(C360Error):
    """The caller may not do this."""

    code = "DENIED"


class RetryableError(C360Error):
    """It may work the next time, unchanged."""

    code = "RETRYABLE"


class BrokenError(C360Error):
    """Our data or our code is damaged; the caller cannot mend it."""

    code = "BROKEN"


NEAR: Final = 0.8
"""Jaro-Winkler similarity from which a choice may be what was meant."""


def choices(word: str, known: Collection[str], what: str) -> str:
    """Say what could have been written instead, for a remedy.

    Args:
        word: what was written; never a person's data.
        known: what may be written.
        what: what the choices are, such as "Columns".

    Returns:
        `Did you mean 'given_name'? Columns: …`, without the question where nothing is near. The nearest is by
        Jaro-Winkler similarity without regard to case; of several equally near, the first.
    """
    listed = f"{what}: {', '.join(known)}."
    found = nearest(word, known, 1)
    return f"Did you mean '{found[0]}'? {listed}" if found else listed


def nearest(word: str, known: Collection[str], most: int) -> tuple[str, ...]:
    """The known words that may have been meant, at most so many, the most alike first; equally alike ones in order."""
    from rapidfuzz import process
    from rapidfuzz.distance import JaroWinkler

    found = process.extract(
        word, list(known), scorer=JaroWinkler.similarity, processor=str.casefold, score_cutoff=NEAR, limit=most
    )
    return tuple(one for one, _, _ in found)
