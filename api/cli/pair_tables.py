"""Tables that hold a pair of records in each row: find the two sides.

Known layouts: two nested objects of the same fields (`a` and `b`, `left` and `right` …), or columns that come in twos
by a suffix (`name_l`, `name_r`) or a prefix (`left_name`, `right_name`).
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb
import pyarrow as pa

from core.errors import BadInputError
from lake.query import open_file

SUFFIXES: Final = (("_l", "_r"), ("_left", "_right"), ("_1", "_2"), ("_a", "_b"), ("1", "2"))
PREFIXES: Final = (("left_", "right_"), ("l_", "r_"), ("a_", "b_"), ("left.", "right."))
NESTED: Final = (("a", "b"), ("left", "right"), ("l", "r"), ("record1", "record2"), ("data_1", "data_2"))
ROW: Final = "pair_row"
"""Id column of both sides: the row of the pair, from 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairs:
    """The two sides of every pair, as text.

    Attributes:
        left: distinct left records, their fields and `pair_row`: the first row that holds them.
        right: distinct right records, likewise.
        left_row: shape (pairs,): which left record each pair has, by its `pair_row`.
        right_row: shape (pairs,), likewise.
        other: shape (pairs,): what belongs to neither side.
    """

    left: pa.Table
    right: pa.Table
    left_row: pa.Array
    right_row: pa.Array
    other: pa.Table


def read_pairs(file: Path) -> Pairs:
    """Read pairs and tell their sides apart.

    Raises:
        MissingError: there is no such file.
        BadInputError: it is of no kind we read, or no two sides can be seen.
    """
    with open_file(file, "pairs") as database:
        sides, other = _sides(database, file.name)
        left, left_row = _side(database, sides, 0)
        right, right_row = _side(database, sides, 1)
        rest = ", ".join(f"CAST({_name(column)} AS VARCHAR) AS {_name(column)}" for column in other)
        query = f"SELECT rowid AS pair{', ' + rest if rest else ''} FROM pairs ORDER BY rowid"
        table: pa.Table = database.sql(query).to_arrow_table()
    return Pairs(left=left, right=right, left_row=left_row, right_row=right_row, other=table)


def _side(
    database: duckdb.DuckDBPyConnection, sides: dict[str, tuple[str, str]], side: int
) -> tuple[pa.Table, pa.Array]:
    """One side's distinct records, and which of them each pair has."""
    fields = ", ".join(f"CAST({columns[side]} AS VARCHAR) AS {_name(field)}" for field, columns in sides.items())
    names = ", ".join(_name(field) for field in sides)
    rows = f"SELECT rowid AS place, {fields} FROM pairs"
    first = f"SELECT place, min(place) OVER (PARTITION BY {names}) AS {ROW} FROM ({rows}) ORDER BY place"
    which: pa.Table = database.sql(first).to_arrow_table()
    distinct: pa.Table = database.sql(
        f"SELECT min(place) AS {ROW}, {names} FROM ({rows}) GROUP BY {names} ORDER BY {ROW}"
    ).to_arrow_table()
    return distinct, which.column(ROW).combine_chunks()


def _sides(database: duckdb.DuckDBPyConnection, file: str) -> tuple[dict[str, tuple[str, str]], list[str]]:
    """Each field's two expressions, and the columns of neither side."""
    columns = {str(row[0]): str(row[1]) for row in database.sql("DESCRIBE pairs").fetchall()}
    sides = _nested(database, columns) or _flat(list(columns))
    if not sides:
        raise BadInputError(
            f"No two sides can be seen in {file}.",
            remedy="Name columns like name_l and name_r, or nest two objects, left and right.",
            file=file,
        )
    used = {part for pair in sides.values() for part in pair}
    tops = {expression.split(".")[0] for expression in used}
    return sides, [column for column in columns if _name(column) not in used | tops]


def _nested(database: duckdb.DuckDBPyConnection, columns: dict[str, str]) -> dict[str, tuple[str, str]]:
    """Two nested objects; fields that only one of them has are left out."""
    for one, other in NESTED:
        if columns.get(one, "").startswith("STRUCT") and columns.get(other, "").startswith("STRUCT"):
            left, right = (_fields(database, column) for column in (one, other))
            return {
                field: (f"{_name(one)}.{_name(field)}", f"{_name(other)}.{_name(field)}")
                for field in left
                if field in right
            }
    return {}


def _fields(database: duckdb.DuckDBPyConnection, column: str) -> list[str]:
    described = database.sql(f"DESCRIBE SELECT unnest({_name(column)}) FROM pairs").fetchall()
    return [str(row[0]) for row in described]


def _flat(columns: list[str]) -> dict[str, tuple[str, str]]:
    """Columns in twos; the layout that pairs most of them."""
    by_suffix = [
        {name.removesuffix(one): (name, name.removesuffix(one) + other) for name in columns if name.endswith(one)}
        for one, other in SUFFIXES
    ]
    by_prefix = [
        {name.removeprefix(one): (name, other + name.removeprefix(one)) for name in columns if name.startswith(one)}
        for one, other in PREFIXES
    ]
    layouts = [
        {field: (_name(left), _name(right)) for field, (left, right) in layout.items() if field and right in columns}
        for layout in by_suffix + by_prefix
    ]
    return max(layouts, key=len)


def _name(column: str) -> str:
    return '"' + column.replace('"', '""') + '"'
