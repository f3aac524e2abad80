"""What names the rows of a people table: a column that the user said, or their place.

An error names the columns of the very file that lacks an id, and of these the ones that could be it.
"""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from core.errors import BadInputError, choices, nearest
from ingest.clean.run import encode, one_chunk
from ingest.kinds.header import spaced
from ingest.mapping.roles import NUMBERS


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


def row_keys(rows: pa.Table, column: str | None, file: str) -> pa.Array:
    """The id of each row, its place where no column says it; shape (rows,).

    Raises:
        BadInputError: a row has none.
    """
    if column is None:
        return pa.array([str(number) for number in range(rows.num_rows)], pa.string())
    keys: pa.Array = pc.utf8_trim_whitespace(one_chunk(rows.column(column)))
    blank = pc.fill_null(pc.equal(keys, ""), True)
    if pc.any(blank).as_py():
        raise BadInputError(
            f"{file}: row {pc.index(blank, True).as_py() + 1} has no {column}.",
            remedy="Give every row an id, or leave --id out.",
            file=file,
            row=pc.index(blank, True).as_py() + 1,
            column=column,
        )
    return keys


def check_unique(source: pa.Array, keys: pa.Array, column: str, place: str, rows: pa.Table | None = None) -> None:
    """Refuse two records of one source with one id.

    Args:
        source: shape (rows,).
        keys: shape (rows,).
        column: what the ids are called.
        place: the file, or what to call several.
        rows: the table, to name a column that would do.

    Raises:
        BadInputError: an id comes again.
    """
    if len(encode(keys).dictionary) == len(keys):
        return
    ids = encode(pc.binary_join_element_wise(source, keys, "\x1f"))
    if len(ids.dictionary) == len(ids):
        return
    codes = ids.indices.to_numpy(zero_copy_only=False)
    _, firsts = np.unique(codes, return_index=True)
    row = int(np.setdiff1d(np.arange(len(codes)), firsts)[0]) + 1
    usable = _usable(rows) if rows is not None else ()
    other = f"another column of {place} with --id ({', '.join(usable)})" if usable else "another column with --id"
    raise BadInputError(
        f"{place}: row {row} repeats the {column} of an earlier row.",
        remedy=f"Ids must be unique in each source: name {other}, or the source with --source.",
        file=place,
        row=row,
        column=column,
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
