"""Columns that settings name and no file has: what stands in a column beside something else.

`COLUMN date of birth` and `COLUMN place of birth` are the halves of a cell that holds both, and so are
`COLUMN postcode` and `COLUMN city`; `COLUMN surname`, `COLUMN sex` and the like are read from a machine-readable line;
and where the kind is `birth_date:SCHEME`, a national number tells the birth.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import partial, reduce
from typing import Final

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from core.errors import BadInputError, choices
from ingest import read_births, read_postcodes, read_zone
from ingest.clean.run import cleaner, coded, decoded, encode, one_chunk, said_texts, with_column
from ingest.contract import ColumnKind
from ingest.people.births_in_numbers import SCHEMES, births_of

LEAST_CELLS: Final = 20
"""Distinct cells below which it is not asked whether they hold what they should."""
PACKED: Final = 0.2
"""Share of them that has to."""
WAYS: Final = (read_zone, read_births, read_postcodes)
"""What packs several things in one cell; where a cell may be of two ways, the first counts."""
PARTS: Final = tuple(dict.fromkeys(part for way in (read_births, read_postcodes, read_zone) for part in way.PARTS))
Reader = Callable[[duckdb.DuckDBPyConnection, pa.Array], pa.Array]
"""Gives of texts what stands in them, null where nothing does: given a database with the cleaning macros."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A column that is read out of another one.

    Attributes:
        name: as the settings have it.
        of: the column that it is read from.
        read: how.
        holds: where each cell should tell something, whether it does.
    """

    name: str
    of: str
    read: Reader
    holds: Callable[[pa.Array], pa.Array] | None = None


def made_columns(kinds: Sequence[ColumnKind], columns: Collection[str]) -> tuple[Made, ...]:
    """The columns that have to be made.

    Args:
        kinds: of the columns that the settings name.
        columns: those that the source has.

    Raises:
        BadInputError: there is no such scheme of national numbers.
    """
    made = (_made(one, column_behind(one.column, columns)) for one in kinds)
    return tuple(one for one in made if one is not None)


def column_behind(name: str, columns: Collection[str]) -> str:
    """The column that a name stands for: itself, or the one of which it names a part."""
    whole = (name.removesuffix(f" {part}") for part in PARTS if name not in columns)
    return next((column for column in whole if column in columns), name)


def check_packed(name: str, made: Sequence[Made], mapped: Collection[str], whole: Callable[[str], pa.Array]) -> None:
    """Say which column is not there, where the one that its name begins with holds nothing of the kind.

    Args:
        name: the source's.
        made: its columns that are made.
        mapped: the columns that the settings name.
        whole: gives a whole column.

    Raises:
        BadInputError: a column is named as a part of another, which is mapped itself or does not pack anything.
    """
    for one in made:
        if one.holds is not None and (one.of in mapped or not _packs(one.holds, whole(one.of))):
            raise BadInputError(
                f"Source '{name}' has no column '{one.name}', and '{one.of}' does not hold it.",
                remedy=f"Mend [sources.{name}.fields] in c360.toml.",
                source=name,
                column=one.name,
            )


def _packs(holds: Callable[[pa.Array], pa.Array], column: pa.Array) -> bool:
    said = said_texts(encode(column).dictionary.cast(pa.string()))
    return len(said) < LEAST_CELLS or (pc.sum(holds(said)).as_py() or 0) >= PACKED * len(said)


def with_made(table: pa.Table, made: Sequence[Made], database: duckdb.DuckDBPyConnection | None = None) -> pa.Table:
    """The table with the columns that are made.

    Args:
        table: columns of text, the whole or a part.
        made: by `made_columns`.
        database: a cleaner; one is opened where it is needed and none is given.

    Returns:
        The rows; over dictionaries where a column was. Cost: a look at each distinct value.
    """
    if not made:
        return table
    if database is None:
        with cleaner() as own:
            return with_made(table, made, own)
    for one in made:
        column = one_chunk(table.column(one.of))
        read = coded(column, partial(one.read, database))
        table = with_column(table, one.name, read if pa.types.is_dictionary(column.type) else decoded(read))
    return table


def _made(one: ColumnKind, of: str) -> Made | None:
    scheme = one.system if one.kind == "birth_date" else None
    if scheme and scheme not in SCHEMES:
        raise BadInputError(
            f"'birth_date:{scheme}' is no kind of column.",
            remedy=choices(scheme, sorted(SCHEMES), "Numbers with dates of birth"),
            column=one.column,
            kind=one.kind,
        )
    if scheme:
        return Made(name=one.column, of=of, read=partial(births_of, scheme=scheme))
    if of == one.column:
        return None
    part = one.column.removeprefix(f"{of} ")
    return Made(name=one.column, of=of, read=partial(_part_of, part=part), holds=partial(_hold, part=part))


def _part_of(_: duckdb.DuckDBPyConnection, texts: pa.Array, part: str) -> pa.Array:
    """What cells say of a part, null where they do not."""
    found: pa.Array = pc.coalesce(*(way.part_of(texts.cast(pa.string()), part) for way in WAYS if part in way.PARTS))
    return found


def _hold(texts: pa.Array, part: str) -> pa.Array:
    """Whether cells are of a way that has this part."""
    found = (pc.fill_null(way.holds(texts), False) for way in WAYS if part in way.PARTS)
    held: pa.Array = reduce(pc.or_, found)
    return held
