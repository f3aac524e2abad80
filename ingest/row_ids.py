"""What names the rows of a people table: a column that the user said, or their place.

A few rows without an id of their own are set aside. An error names the columns of the very file that lacks an id, and
of these the ones that could be it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from core.errors import BadInputError, choices, nearest
from ingest.clean.run import encode, one_chunk
from ingest.kinds.header import spaced
from ingest.mapping.roles import NUMBERS
from lake.query import to_schema
from lake.tables import REJECTS

MOST_UNNAMED: Final = 0.05
"""Share of a file's rows without an id of their own, above which its column is no id."""
BLANK: Final = "The id is blank: give the row one."
REPEATED: Final = "A later row of the file has this id: that one counts. Give each row an id of its own."


def find_id(rows: pa.Table, wanted: Sequence[str], file: str) -> str | None:
    """The first wanted column that a table has; None where none is wanted.

    Args:
        rows: columns of text.
        wanted: names.
        file: what to call it in errors.

    Raises:
        BadInputError: it has none of them.
    """
    found = next((name for name in wanted if name in rows.column_names), None)
    if wanted and found is None:
        raise BadInputError(
            f"{file} has none of the id columns {', '.join(wanted)}.", remedy=_remedy(rows, wanted, file), file=file
        )
    return found


def row_ids(rows: pa.Table, column: str | None) -> pa.Array:
    """The id of each row, its place where no column says it; shape (rows,), null where it is blank."""
    if column is None:
        return pa.array([str(number) for number in range(rows.num_rows)], pa.string())
    ids: pa.Array = pc.utf8_trim_whitespace(one_chunk(rows.column(column)))
    named: pa.Array = pc.if_else(pc.equal(ids, ""), None, ids)
    return named


def without_own_id(source: pa.Array, ids: pa.Array) -> NDArray[np.bool_]:
    """Whether a row's id is blank, or that of a later row of its source, which counts; shape (rows,).

    Args:
        source: shape (rows,).
        ids: shape (rows,). Null where blank.
    """
    blank = np.asarray(ids.is_null().to_numpy(zero_copy_only=False), np.bool_)
    if len(encode(ids).dictionary) == len(ids):
        return blank
    whole = encode(pc.binary_join_element_wise(source, ids, "\x1f"))
    backwards = pc.fill_null(whole.indices, -1).to_numpy(zero_copy_only=False)[::-1]
    counts = np.zeros(len(ids), np.bool_)
    counts[len(ids) - 1 - np.unique(backwards, return_index=True)[1]] = True
    return blank | ~counts


@dataclass(frozen=True, slots=True, kw_only=True)
class Unnamed:
    """Rows of one file without an id of their own.

    Attributes:
        file: what to call it.
        column: of the ids.
        at: shape (unnamed,). Their places among the rows.
        source: shape (unnamed,).
        ids: shape (unnamed,). Null where blank.
        lines: shape (unnamed,). Where they stand in the file.
    """

    file: str
    column: str
    at: NDArray[np.int64]
    source: pa.Array
    ids: pa.Array
    lines: pa.Array

    def rejects(self, rows: pa.Table) -> pa.Table:
        """Set them aside: rows in the schema of REJECTS.

        Args:
            rows: all rows of the file.

        Raises:
            BadInputError: they are so many that the column is no id.
        """
        if len(self.at) > MOST_UNNAMED * rows.num_rows:
            raise self._refusal(rows)
        reasons = pc.if_else(self.ids.is_null(), BLANK, REPEATED)
        columns = {"source": self.source, "line": self.lines, "value": self.ids, "reason": reasons}
        same = {"file": self.file, "field": self.column, "kept": False}
        columns |= {name: pa.repeat(value, len(self.at)) for name, value in same.items()}
        return to_schema(pa.table(columns), REJECTS.schema)

    def _refusal(self, rows: pa.Table) -> BadInputError:
        line, usable = self.lines[0].as_py(), ", ".join(_usable(rows))
        why = f"has the {self.column} of a later row" if self.ids[0].is_valid else f"has no {self.column}"
        other = f"another column of {self.file} with --id ({usable})" if usable else "another column with --id"
        return BadInputError(
            f"{self.file}: line {line} {why}, and so it is with {len(self.at):,} of {rows.num_rows:,} rows.",
            remedy=f"Ids must be unique in each source: name {other}, or the source with --source; or leave --id out.",
            file=self.file,
            line=line,
            column=self.column,
        )


def check_unique(source: pa.Array, ids: pa.Array) -> None:
    """Refuse two records of one source with one id, of several files.

    Args:
        source: shape (rows,).
        ids: shape (rows,).

    Raises:
        BadInputError: an id comes again.
    """
    repeated = np.flatnonzero(without_own_id(source, ids))
    if len(repeated):
        raise BadInputError(
            f"Two files of the source {source[repeated[0]]} have the same ids: {len(repeated):,} come again.",
            remedy="Ids must be unique in each source: name another column with --id, or the source with --source.",
            rows=len(repeated),
        )


def _remedy(rows: pa.Table, wanted: Sequence[str], file: str) -> str:
    """Which columns of the file could be meant."""
    usable = _usable(rows)
    if not usable:
        return f"No column of {file} has a value of its own in every row: add one, or leave --id out."
    word = next((name for name in wanted if nearest(name, usable, 1)), wanted[0])
    return f"{choices(word, usable, f'Columns that could be the id of {file}')} Each file takes the first --id it has."


def _usable(rows: pa.Table) -> tuple[str, ...]:
    """The columns with a value of its own in every row: those that are called a number, if any is."""
    found = [name for name in rows.column_names if _is_own(rows.column(name))]
    return tuple(name for name in found if NUMBERS.search(spaced(name))) or tuple(found)


def _is_own(column: pa.ChunkedArray) -> bool:
    values = encode(pc.utf8_trim_whitespace(one_chunk(column)))
    return len(values) > 0 and len(values.dictionary) == len(values) and "" not in values.dictionary.to_pylist()
