"""Ages as years of birth, where a table has no birth dates.

Nothing says when the ages were true, but for the same day for all records of a file, or nearly: two ages are as far
apart as two years of birth. The years made of them are compared and go no further.
"""

from typing import Final, cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from resolution.encode.pool import flat

AGE: Final = "age"
SAID_IN: Final = 2000
OLDEST: Final = 120
MOSTLY: Final = 0.8
"""Share of ages that are whole years; below it the category is bands of age, or something else of that name."""


def with_years(table: pa.Table) -> pa.Table:
    """A table of records whose ages, a category, have become years of birth; unchanged if it has dates or bands."""
    maps = cast("pa.MapArray", flat(table.column("categories")))
    born = table.column("birth_date")
    if born.null_count < len(born) or AGE not in pc.unique(maps.keys).to_pylist():
        return table
    ages = pc.cast(pc.struct_field(pc.extract_regex(_ages(maps), r"^(?P<age>\d{1,3})(?:\.0*)?$"), "age"), pa.int64())
    years = pc.if_else(pc.less_equal(ages, OLDEST), pc.subtract(SAID_IN, ages), pa.scalar(None, pa.int64()))
    said = len(maps.keys) and pc.sum(pc.equal(maps.keys, AGE)).as_py()
    if len(years) - years.null_count < MOSTLY * said:
        return table
    place = table.column_names.index("birth_date")
    table = table.set_column(place, "birth_date", pc.cast(years, pa.string()))
    return table.set_column(table.column_names.index("categories"), "categories", _without_ages(maps))


def _ages(maps: pa.MapArray) -> pa.Array:
    """The age of each record as text."""
    ages: pa.Array = pc.map_lookup(maps, AGE, "first")
    return ages


def _without_ages(maps: pa.MapArray) -> pa.MapArray:
    """The categories without the age."""
    kept = pc.not_equal(maps.keys, AGE)
    before = np.append(0, np.cumsum(kept.to_numpy(zero_copy_only=False)))
    offsets = pa.array(before[maps.offsets.to_numpy() - maps.offsets[0].as_py()].astype(np.int32))
    return pa.MapArray.from_arrays(offsets, maps.keys.filter(kept), maps.items.filter(kept))
