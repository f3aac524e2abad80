"""The cleaned columns of a people table, each under a name of its own, before they are put together."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Final

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ingest.clean import clean_column, clean_phones
from ingest.clean.codes import CATEGORY, DEVICE, IDENTIFIER, SEX
from ingest.clean.contacts import EMAIL
from ingest.clean.dates import Order
from ingest.clean.names import FAMILY_NAME, FULL_NAME, NAME, NAME_SUFFIX
from ingest.clean.places import COUNTRY, HOUSE_NUMBER, LINE, PLACE, PO_BOX, POSTCODE, REGION
from ingest.clean.run import clean_dates, encode, side_by_side
from ingest.clean.text import Recipe
from ingest.kinds.header import spaced
from ingest.people.plan import Plan

PLACE_RECIPES: Final[Mapping[str, Recipe]] = {
    "address": LINE,
    "house_number": HOUSE_NUMBER,
    "street": PLACE,
    "unit": PLACE,
    "city": PLACE,
    "region": REGION,
    "postcode": POSTCODE,
    "country": COUNTRY,
}
AGE: Final[Recipe] = (
    ("years", "try_cast(said(v) AS DOUBLE)"),
    ("c", "CASE WHEN years BETWEEN 0 AND 120 THEN floor(years)::INT END"),
)
PART_RECIPES: Final[tuple[Recipe, ...]] = (
    (("c", "clean_part(v, 1, 31)"),),
    (("c", "clean_part(v, 1, 12)"),),
    (("c", "clean_part(v, 1500, 2100)"),),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What was learnt from whole columns, before any batch of them is cleaned.

    Attributes:
        region: country of telephone numbers without a country code.
        orders: by (source, column), how its dates read.
        year_only: birth date columns where the first of January stands for "some time that year".
    """

    region: str = "US"
    orders: Mapping[tuple[str, str], Order] = field(default_factory=dict[tuple[str, str], Order])
    year_only: frozenset[str] = frozenset()


def clean_columns(
    database: duckdb.DuckDBPyConnection, table: pa.Table, plan: Plan, reading: Reading, source: pa.Array
) -> pa.Table:
    """Clean every planned column.

    Args:
        database: knows the cleaning macros.
        table: columns of text.
        plan: what the columns are.
        reading: what was learnt from the whole columns.
        source: shape (rows,), the source of each row.

    Returns:
        One column for each planned one, named by its role and number: given0, full1, a0_city, i2, c0 …
    """
    jobs = dict(_texts(table, plan))
    for n, name in enumerate(plan.birth_date):
        jobs[f"date{n}"] = partial(_dates, table=table, name=name, reading=reading, source=source)
    for n, name in enumerate(plan.phones):
        jobs[f"phone{n}"] = partial(clean_phones, column=table.column(name), region=reading.region)
    columns = dict(zip(jobs, side_by_side(database, list(jobs.values())), strict=True))
    return pa.table({"row": pa.array(np.arange(table.num_rows))} | columns)


def without_overused(values: pa.Table, overused: Mapping[str, tuple[str, ...]]) -> pa.Table:
    """Leave out values that cannot belong to one person, given by role."""
    for role, found in overused.items():
        place = values.column_names.index(role)
        column = values.column(role)
        kept = pc.if_else(
            pc.is_in(column, value_set=pa.array(found, pa.string())), pa.scalar(None, pa.string()), column
        )
        values = values.set_column(place, role, kept)
    return values


def roles_of(plan: Plan) -> tuple[tuple[str, str], ...]:
    """The cleaned columns that can name one person, with the columns they come from."""
    found = [(f"email{n}", name) for n, name in enumerate(plan.emails)]
    found += [(f"phone{n}", name) for n, name in enumerate(plan.phones)]
    found += [(f"device{n}", name) for n, name in enumerate(plan.devices)]
    found += [(f"i{n}", name) for n, (name, _) in enumerate(plan.identifiers)]
    return tuple(found)


def _dates(
    database: duckdb.DuckDBPyConnection, table: pa.Table, name: str, reading: Reading, source: pa.Array
) -> pa.Array:
    """Clean a column of dates, each row in the order of its source."""
    column = encode(table.column(name))
    sources = encode(source)
    orders = [reading.orders.get((one, name), Order()) for one in sources.dictionary.to_pylist()]
    dates = pa.nulls(len(column), pa.string())
    for order in sorted(set(orders), key=lambda one: (one.day_first, one.year_last)):
        mine = pa.array([one == order for one in orders], pa.bool_()).take(sources.indices)
        dates = pc.if_else(mine, clean_dates(database, column, order), dates)
    if name in reading.year_only:
        first = pc.fill_null(pc.ends_with(dates, "-01-01"), False)
        dates = pc.if_else(first, pc.utf8_slice_codeunits(dates, 0, 4), dates)
    return dates


def _texts(table: pa.Table, plan: Plan) -> Iterator[tuple[str, Callable[[duckdb.DuckDBPyConnection], pa.Array]]]:
    for role, name, recipe in _recipes(plan):
        yield role, partial(clean_column, column=table.column(name), recipe=recipe)


def _recipes(plan: Plan) -> Iterator[tuple[str, str, Recipe]]:
    groups = (
        ("given", plan.given, NAME),
        ("middle", plan.middle, NAME),
        ("family", plan.family, FAMILY_NAME),
        ("full", plan.full, FULL_NAME),
        ("suffix", plan.suffix, NAME_SUFFIX),
        ("age", plan.age, AGE),
        ("sex", plan.sex, SEX),
        ("email", plan.emails, EMAIL),
        ("device", plan.devices, DEVICE),
        ("i", tuple(name for name, _ in plan.identifiers), IDENTIFIER),
        ("c", tuple(name for name, _ in plan.categories), CATEGORY),
    )
    for role, names, recipe in groups:
        for number, name in enumerate(names):
            yield f"{role}{number}", name, recipe
    for number, group in enumerate(plan.addresses):
        for part, name in group:
            boxed = part == "address" and "box" in spaced(name)
            yield f"a{number}_{part}", name, PO_BOX if boxed else PLACE_RECIPES[part]
    for part, column, recipe in zip(("day", "month", "year"), plan.birth_parts, PART_RECIPES, strict=True):
        if column is not None:
            yield f"birth_{part}", column, recipe
