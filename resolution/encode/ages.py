"""Ages as years of birth, where a table has no birth dates.

Nothing says when the ages were true, but for the same day for all records of a source, or nearly: two ages of one
source are as far apart as two years of birth. How many years lie between two sources is learned from the people who
stand in both; where they are too few, ages are compared inside the source alone. The years made of them are compared
and go no further.
"""

from typing import Final, cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from resolution.encode.columns import dictionary
from resolution.encode.names import fold
from resolution.encode.pool import flat
from resolution.encode.shifts import source_shifts

AGE: Final = "age"
SAID_IN: Final = 2000
OLDEST: Final = 300
"""Years; ages of rows that say when they were true are counted to the last of these years, at which some are dead."""
NAMES: Final = ("given_name", "family_name", "sex")
MOSTLY: Final = 0.8
"""Share of ages that are whole years; below it the category is bands of age, or something else of that name."""


def with_years(table: pa.Table) -> pa.Table:
    """A table of records whose ages, a category, have become years of birth; unchanged if it has dates or bands.

    Ages of sources that cannot be compared with the others' become a category of their own source.
    """
    maps = cast("pa.MapArray", flat(table.column("categories")))
    born = table.column("birth_date")
    if born.null_count < len(born) or AGE not in pc.unique(maps.keys).to_pylist():
        return table
    ages = pc.cast(pc.struct_field(pc.extract_regex(_ages(maps), r"^(?P<age>\d{1,3})(?:\.0*)?$"), "age"), pa.int64())
    years = pc.if_else(pc.less_equal(ages, OLDEST), pc.subtract(SAID_IN, ages), pa.scalar(None, pa.int64()))
    said = len(maps.keys) and pc.sum(pc.equal(maps.keys, AGE)).as_py()
    if len(years) - years.null_count < MOSTLY * said:
        return table
    source, names = _codes(table.column("source"))
    year = np.asarray(pc.fill_null(years, -1).to_numpy(zero_copy_only=False), np.int64)
    shift, placed = source_shifts(source, year, _keys(table, maps))
    with_year = pa.array(placed[source] & (year >= 0))
    born = pc.if_else(with_year, pc.cast(pa.array(year - shift[source]), pa.string()), pa.scalar(None, pa.string()))
    table = table.set_column(table.column_names.index("birth_date"), "birth_date", born)
    apart = _apart(maps, ~placed[source], pc.binary_join_element_wise(AGE, names.take(pa.array(source)), " "))
    return table.set_column(table.column_names.index("categories"), "categories", apart)


def _keys(table: pa.Table, maps: pa.MapArray) -> list[NDArray[np.int64]]:
    """Ways to name people: by names and sex, and by these with each category; -1 without a given name."""
    parts = [_codes(_plain(table.column(name)))[0] for name in NAMES]
    named = _together(parts)
    named[parts[0] < 0] = -1
    keys = [named]
    for name in pc.unique(maps.keys).to_pylist():
        said, _ = _codes(_plain(pc.map_lookup(maps, name, "first")))
        if name != AGE and (said >= 0).any():
            keys.append(np.where((named >= 0) & (said >= 0), _together([named, said]), -1))
    return keys


def _plain(column: pa.Array | pa.ChunkedArray) -> pa.Array:
    """A column folded as names are."""
    return fold(pc.fill_null(flat(column).cast(pa.string()), ""))


def _codes(column: pa.Array | pa.ChunkedArray) -> tuple[NDArray[np.int64], pa.Array]:
    codes, strings = dictionary(column)
    return codes.astype(np.int64), strings


def _together(parts: list[NDArray[np.int64]]) -> NDArray[np.int64]:
    """One number for each combination of numbers."""
    return np.unique(np.stack(parts, axis=1), axis=0, return_inverse=True)[1].reshape(-1).astype(np.int64)


def _ages(maps: pa.MapArray) -> pa.Array:
    """The age of each record as text."""
    ages: pa.Array = pc.map_lookup(maps, AGE, "first")
    return ages


def _apart(maps: pa.MapArray, kept: NDArray[np.bool_], name: pa.Array) -> pa.MapArray:
    """The categories, the age of some records under another name and that of all others left out.

    Args:
        maps: shape (n,).
        kept: shape (n,). Whose age stays.
        name: shape (n,). What it is called.
    """
    row = np.repeat(np.arange(len(maps)), np.diff(maps.offsets.to_numpy()))
    aged = pc.equal(maps.keys, AGE).to_numpy(zero_copy_only=False)
    there = ~aged | kept[row]
    keys = pc.if_else(pa.array(aged), name.take(pa.array(row)), maps.keys).filter(pa.array(there))
    before = np.append(0, np.cumsum(there))
    offsets = pa.array(before[maps.offsets.to_numpy() - maps.offsets[0].as_py()].astype(np.int32))
    return pa.MapArray.from_arrays(offsets, keys, maps.items.filter(pa.array(there)))
