"""Ages as years of birth, for records without a birth date.

Nothing says when the ages were true, but for the same day for all records of a source, or nearly: two ages of one
source are as far apart as two years of birth. How many years lie between two sources, and between ages and the years of
birth dates, is learned from the people who stand in both; where they are too few, ages are compared among themselves,
inside the source if need be. The years made of them are compared and go no further.

Ages of which somebody said when they were true stand as the two years they leave open, and count as the later one.
"""

from typing import Final, cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from resolution.encode.codes import ABOUT
from resolution.encode.columns import dictionary
from resolution.encode.names import fold
from resolution.encode.pool import flat
from resolution.encode.shifts import calendar_shifts, source_shifts

AGE: Final = "age"
WHOLE_YEARS: Final = r"^(?P<n>\d{1,3})(?:\.0*)?$"
OPEN_YEARS: Final = "birth_years"
TWO_YEARS: Final = r"^\d{4}/(?P<n>\d{4})$"
DATE_YEAR: Final = r"^(?P<n>\d{4})"
SAID_IN: Final = 2000
OLDEST: Final = 300
"""Years; what is more is no age."""
NAMES: Final = ("given_name", "family_name")
SEX: Final = "sex"
MOSTLY: Final = 0.8
"""Share of ages that are whole years; below it the category is bands of age, or something else of that name."""
NONE: Final = -1
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


def with_years(table: pa.Table) -> pa.Table:
    """A table of records in which ages, a category, have become years of birth where there is no date.

    Bands of age stay as they are. Ages that cannot be compared with the dates of other records stay a category; those
    that cannot be compared with other sources' ages become one of their own source. Beside a date an age is left out.
    """
    table = _with_open_years(table)
    maps = _maps(table)
    if AGE not in pc.unique(maps.keys).to_pylist():
        return table
    ages = _numbers(_of(maps, AGE), WHOLE_YEARS)
    year = np.where((ages >= 0) & (ages <= OLDEST), SAID_IN - ages, NONE)
    if (year >= 0).sum() < MOSTLY * pc.sum(pc.equal(maps.keys, AGE)).as_py():
        return table
    dated = table.column("birth_date").is_valid().to_numpy()
    if not ((year >= 0) & ~dated).any():
        return _without(table, maps, AGE)
    return _with_years(table, maps, year, dated)


def _with_years(table: pa.Table, maps: pa.MapArray, year: Ints, dated: Bools) -> pa.Table:
    """The table with years for ages.

    Args:
        table: of n records.
        maps: their categories.
        year: shape (n,). Of birth if the age was told in SAID_IN, NONE without one.
        dated: shape (n,). Who has a birth date.
    """
    source, names = _codes(table.column("source"))
    keys = _keys(table, maps)
    shift, placed = source_shifts(source, year, keys)
    year = np.where(year >= 0, year - shift[source], NONE)
    # Ages that can be compared are of one day: all their people tell together how far it is from the calendar.
    part = np.where(placed, len(placed), np.arange(len(placed)))[source]
    by, known = np.zeros(len(placed) + 1, np.int64), np.append(np.zeros(len(placed), np.bool_), True)
    if dated.any():
        born = _numbers(flat(table.column("birth_date")), DATE_YEAR)
        by, known = calendar_shifts(source, part, year, born, keys)
    table = _with_births(table, year - by[part], (year >= 0) & known[part] & ~dated)
    own = pc.binary_join_element_wise(AGE, names.take(pa.array(source)), " ")
    name = pc.if_else(pa.array(placed[source]), AGE, own)
    ages = pc.cast(pa.array(SAID_IN - year, mask=year == NONE), pa.string())
    left = _apart(maps, ~(dated | known[part]), name, ages)
    return _with_categories(table, left)


def _with_open_years(table: pa.Table) -> pa.Table:
    """The table with the later of two years, as one that may be off by one, for the birth date of records without."""
    maps = _maps(table)
    if OPEN_YEARS not in pc.unique(maps.keys).to_pylist():
        return table
    year = _numbers(_of(maps, OPEN_YEARS), TWO_YEARS)
    undated = table.column("birth_date").is_null().to_numpy()
    table = _with_births(table, year, undated & (year >= 0))
    return _without(table, maps, OPEN_YEARS)


def _maps(table: pa.Table) -> pa.MapArray:
    return cast("pa.MapArray", flat(table.column("categories")))


def _with_births(table: pa.Table, year: Ints, rows: Bools) -> pa.Table:
    """The table with years as the birth dates of some rows."""
    born = flat(table.column("birth_date")).cast(pa.string())
    told = pc.binary_join_element_wise(pc.cast(pa.array(year), pa.string()), "00", str(ABOUT), "-")
    years = pc.if_else(pa.array(rows), told, born)
    return table.set_column(table.column_names.index("birth_date"), "birth_date", years)


def _with_categories(table: pa.Table, maps: pa.MapArray) -> pa.Table:
    return table.set_column(table.column_names.index("categories"), "categories", maps)


def _without(table: pa.Table, maps: pa.MapArray, name: str) -> pa.Table:
    """The table without one of its categories."""
    return _with_categories(table, _only(maps, _others(maps, name), maps.keys, maps.items))


def _of(maps: pa.MapArray, name: str) -> pa.Array:
    """A category of each record as text."""
    texts: pa.Array = pc.map_lookup(maps, name, "first")
    return texts


def _numbers(texts: pa.Array, pattern: str) -> Ints:
    """The number `n` of each text; NONE where it is of another form."""
    numbers = pc.cast(pc.struct_field(pc.extract_regex(texts.cast(pa.string()), pattern), "n"), pa.int64())
    return np.asarray(pc.fill_null(numbers, NONE).to_numpy(zero_copy_only=False), np.int64)


def _keys(table: pa.Table, maps: pa.MapArray) -> list[NDArray[np.int64]]:
    """Ways to name people: by names, by these with the sex, and with each category too; -1 without a given name."""
    parts = [_codes(_plain(table.column(name)))[0] for name in (*NAMES, SEX)]
    by_names, named = _together(parts[: len(NAMES)]), _together(parts)
    by_names[parts[0] < 0], named[parts[0] < 0] = -1, -1
    keys = [by_names, named]
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


def _apart(maps: pa.MapArray, kept: Bools, name: pa.Array, age: pa.Array) -> pa.MapArray:
    """The categories, the age of some records under another name and that of all others left out.

    Args:
        maps: shape (n,).
        kept: shape (n,). Whose age stays.
        name: shape (n,). What it is called.
        age: shape (n,). As text; null for what it was.
    """
    row = np.repeat(np.arange(len(maps)), np.diff(maps.offsets.to_numpy()))
    aged = pc.equal(maps.keys, AGE)
    keys = pc.if_else(aged, name.take(pa.array(row)), maps.keys)
    items = pc.if_else(aged, pc.coalesce(age.take(pa.array(row)), maps.items), maps.items)
    return _only(maps, _others(maps, AGE) | kept[row], keys, items)


def _others(maps: pa.MapArray, name: str) -> Bools:
    """Which entries are of another category than one."""
    others: Bools = pc.not_equal(maps.keys, name).to_numpy(zero_copy_only=False)
    return others


def _only(maps: pa.MapArray, there: Bools, keys: pa.Array, items: pa.Array) -> pa.MapArray:
    """Some entries of maps.

    Args:
        maps: shape (n,).
        there: shape (entries,). Which entries stay.
        keys: shape (entries,). Of all entries.
        items: shape (entries,). Likewise.
    """
    before = np.append(0, np.cumsum(there))
    offsets = pa.array(before[maps.offsets.to_numpy() - maps.offsets[0].as_py()].astype(np.int32))
    return pa.MapArray.from_arrays(offsets, keys.filter(pa.array(there)), items.filter(pa.array(there)))
