"""What a reader gives: rows as text, with the line each came from, and the rows it could not read."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import pyarrow as pa

from core.errors import BadInputError
from lake.tables import REJECTS

SHOWN: Final = 200
NO_REJECTS: Final = REJECTS.schema.empty_table()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reject:
    """A row that could not be read: it is set aside."""

    line: int
    reason: str
    field: str | None = None
    value: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """A stretch of a file.

    Attributes:
        rows: columns of text.
        lines: shape (rows,), int64, counted from 1.
        rejects: rows of the stretch that could not be read.
    """

    rows: pa.Table
    lines: pa.Array
    rejects: Sequence[Reject] = field(default=())


def column_names(cells: Sequence[str | None], path: Path) -> list[str]:
    """The names that a header's cells give to columns; one without gets one by its place.

    Raises:
        BadInputError: two columns have one name.
    """
    names = [(cell or "").strip() or f"column_{place}" for place, cell in enumerate(cells, 1)]
    repeated = sorted(name for name, times in Counter(names).items() if times > 1)
    if repeated:
        raise BadInputError(
            f"{path.name}: more than one column is named '{repeated[0]}'; a name may stand no more than once.",
            remedy="Give every column a name of its own.",
            file=path.name,
            column=repeated[0],
        )
    return names


def reject_table(rejects: Sequence[Reject], *, source: str, file: str) -> pa.Table:
    """The rejects in the schema of REJECTS."""
    if not rejects:
        return NO_REJECTS
    rows = [
        {
            "source": source,
            "file": file,
            "line": one.line,
            "field": one.field,
            "value": None if one.value is None else one.value[:SHOWN],
            "reason": one.reason,
            "kept": False,
        }
        for one in rejects
    ]
    return pa.Table.from_pylist(rows, schema=REJECTS.schema)
