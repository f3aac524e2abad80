"""What looking at a file tells: its first rows, what its columns hold, how full and varied they are."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pyarrow as pa

from ingest.contract import ColumnKind

Keys = Mapping[str, tuple[str, pa.Array]]
"""By source, the key's column and its distinct values."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What was seen of a file.

    Attributes:
        name: of the source to be.
        rows: its first rows, as text.
        kinds: what its columns hold.
        own: the columns that it has; others are made of what these pack, and play no part but to describe people.
        distinct: distinct values, by column.
        filled: rows that say something, by column.
        unreadable: rows, among these, that could not be read.
        encoding: of a text file whose bytes only suggest it, to be written down.
    """

    name: str
    rows: pa.Table
    kinds: tuple[ColumnKind, ...]
    own: frozenset[str] = frozenset()
    distinct: Mapping[str, int] = field(default_factory=dict[str, int])
    filled: Mapping[str, int] = field(default_factory=dict[str, int])
    unreadable: int = 0
    encoding: str | None = None

    def columns(self) -> tuple[str, ...]:
        """The columns of the file, in its order."""
        return tuple(name for name in self.rows.column_names if name in self.own)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the people sources hold that are there already.

    Attributes:
        keys: of each of them.
        numbers: distinct values by the system that issued them.
        unread: sources that could not be read now.
    """

    keys: Keys
    numbers: Mapping[str, pa.Array]
    unread: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """A column that numbers the rows.

    Attributes:
        column: its name.
        blank: rows without it: a run sets them aside.
        repeated: rows whose key an earlier row has: a run keeps the newest of each.
    """

    column: str
    blank: int
    repeated: int
