"""The cleaned columns of a people table, each under a name of its own, before they are put together."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Final, TypeVar

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ingest.clean import clean_phones
from ingest.clean.codes import CATEGORY, DEVICE, IDENTIFIER, LIST, sex_recipe
from ingest.clean.contacts import EMAIL
from ingest.clean.dates import Order
from ingest.clean.names import FAMILY_FIRST, FAMILY_NAME, FULL_NAME, NAME, NAME_SUFFIX
from ingest.clean.places import COUNTRY, HOUSE_NUMBER, LINE, PLACE, PO_BOX, POSTCODE, REGION
from ingest.clean.run import clean_dates, clean_values, coded, decoded, encode, side_by_side
from ingest.clean.text import Recipe
from ingest.kinds.header import spaced
from ingest.people.glued import without_titles
from ingest.people.plan import Plan
from ingest.people.rounded import without_endings

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

Way = TypeVar("Way")
Job = Callable[..., pa.Array]
"""Cleans one column: given a database and the `column`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What was learnt from whole columns, before any batch of them is cleaned.

    Attributes:
        region: country of telephone numbers without a country code.
        orders: by (source, column), how its dates read.
        family_first: (source, column) of whole names that begin with the family name.
        rounded: by (source, column), the endings of birth dates that stand for no day, -01-01 or -15, with their rows.
        placeholders: by birth date column, texts that stand for no date.
        titles: by column of names, what is written together with them and is none of theirs.
        sexes: by (source, column) of sexes, the letters for men and women where these are not those of most languages.
    """

    region: str = "US"
    orders: Mapping[tuple[str, str], Order] = field(default_factory=dict[tuple[str, str], Order])
    family_first: frozenset[tuple[str, str]] = frozenset()
    rounded: Mapping[tuple[str, str], Mapping[str, int]] = field(
        default_factory=dict[tuple[str, str], Mapping[str, int]]
    )
    placeholders: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    titles: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    sexes: Mapping[tuple[str, str], tuple[str, str]] = field(default_factory=dict[tuple[str, str], tuple[str, str]])


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
        One column for each planned one, named by its role and number: given0, full1, a0_city, i2, c0 …; coded by the
        distinct values of the column it comes from, or row by row where sources write dates in several orders. Before
        them `row`, the place of each row, which also counts the rows where nothing is planned.
    """
    jobs = list(_jobs(plan, reading, source))
    columns = [_meant(table.column(name), name, reading) for _, name, _ in jobs]
    asked = [partial(clean, column=column) for (_, _, clean), column in zip(jobs, columns, strict=True)]
    cleaned = side_by_side(database, asked, [column.nbytes for column in columns])
    named = {role: column for (role, _, _), column in zip(jobs, cleaned, strict=True)}
    return pa.table({"row": pa.array(np.arange(table.num_rows))} | named)


def _meant(column: pa.ChunkedArray, name: str, reading: Reading) -> pa.ChunkedArray | pa.Array:
    """The column without texts that stand for nothing, and without titles glued to names."""
    none = reading.placeholders.get(name, ())
    said = coded(column, partial(_without, unwanted=pa.array(none, pa.string()))) if none else column
    return without_titles(said, reading.titles.get(name, ()))


def without_overused(values: pa.Table, overused: Mapping[str, tuple[str, ...]]) -> pa.Table:
    """Leave out values that cannot belong to one person, given by role."""
    for role, found in overused.items():
        place = values.column_names.index(role)
        unwanted = pa.array(found, pa.string())
        kept = coded(values.column(role), partial(_without, unwanted=unwanted))
        values = values.set_column(place, role, kept)
    return values


def _without(values: pa.Array, unwanted: pa.Array) -> pa.Array:
    kept: pa.Array = pc.if_else(pc.is_in(values, value_set=unwanted), pa.scalar(None, pa.string()), values)
    return kept


def roles_of(plan: Plan) -> tuple[tuple[str, str], ...]:
    """The cleaned columns that can name one person, with the columns they come from."""
    found = [(f"email{n}", name) for n, name in enumerate(plan.emails)]
    found += [(f"phone{n}", name) for n, name in enumerate(plan.phones)]
    found += [(f"device{n}", name) for n, name in enumerate(plan.devices)]
    found += [(f"i{n}", name) for n, (name, _) in enumerate(plan.identifiers)]
    return tuple(found)


def _jobs(plan: Plan, reading: Reading, source: pa.Array) -> Iterator[tuple[str, str, Job]]:
    """For each role the column that it comes from, and what cleans that."""
    for role, name, recipe in _recipes(plan):
        yield role, name, partial(_coded, clean=partial(clean_values, recipe=recipe))
    for number, name in enumerate(plan.phones):
        yield f"phone{number}", name, partial(_coded, clean=partial(clean_phones, region=reading.region))
    for number, name in enumerate(plan.sex):
        yield f"sex{number}", name, partial(_sexes, name=name, reading=reading, source=source)
    for number, name in enumerate(plan.full):
        turned = frozenset(one for one, column in reading.family_first if column == name)
        yield f"full{number}", name, partial(_full_names, turned=turned, source=source)
    for number, name in enumerate(plan.birth_date):
        yield f"date{number}", name, partial(_dates, name=name, reading=reading, source=source)


def _coded(
    database: duckdb.DuckDBPyConnection,
    column: pa.ChunkedArray,
    clean: Callable[[duckdb.DuckDBPyConnection, pa.Array], pa.Array],
) -> pa.DictionaryArray:
    return coded(column, partial(clean, database))


def _full_names(
    database: duckdb.DuckDBPyConnection, column: pa.ChunkedArray, turned: frozenset[str], source: pa.Array
) -> pa.DictionaryArray:
    """Clean a column of whole names, those of some sources as beginning with the family name."""
    texts = encode(column)
    plain = clean_values(database, texts.dictionary, FULL_NAME)
    if not turned:
        return pa.DictionaryArray.from_arrays(texts.indices, plain)
    both = pa.concat_arrays([plain, clean_values(database, texts.dictionary, FAMILY_FIRST)])
    sources = encode(source)
    move = np.array([len(plain) if one in turned else 0 for one in sources.dictionary.to_pylist()], np.int32)
    moved = pc.add(texts.indices.cast(pa.int32()), pa.array(move[sources.indices.to_numpy()]))
    return pa.DictionaryArray.from_arrays(moved, both)


def _dates(
    database: duckdb.DuckDBPyConnection, column: pa.ChunkedArray, name: str, reading: Reading, source: pa.Array
) -> pa.Array:
    """Clean a column of dates, each row in the order of its source."""
    sources = encode(source)
    names = sources.dictionary.to_pylist()
    ways = [(reading.orders.get((one, name), Order()), tuple(reading.rounded.get((one, name), ()))) for one in names]
    return _by_source(encode(column), sources, ways, partial(_dates_in, database))


def _sexes(
    database: duckdb.DuckDBPyConnection, column: pa.ChunkedArray, name: str, reading: Reading, source: pa.Array
) -> pa.Array:
    """Clean a column of sexes, each row by the letters of its source."""
    sources = encode(source)
    pairs = [reading.sexes.get((one, name), ()) for one in sources.dictionary.to_pylist()]
    return _by_source(encode(column), sources, pairs, partial(_sexes_in, database))


def _by_source(
    texts: pa.DictionaryArray, sources: pa.DictionaryArray, ways: Sequence[Way], clean: Callable[..., pa.Array]
) -> pa.Array:
    """Clean a column, each row in the way of its source.

    Args:
        texts: the column.
        sources: the source of each row.
        ways: by number of the source.
        clean: cleans distinct texts in one `way`.
    """
    read = {way: coded(texts, partial(clean, way=way)) for way in dict.fromkeys(ways)}
    if len(read) == 1:
        return read[ways[0]]
    found = pa.nulls(len(texts), pa.string())
    for way, one in read.items():
        rows = pa.array([mine == way for mine in ways], pa.bool_()).take(sources.indices)
        found = pc.if_else(rows, decoded(one), found)
    return found


def _sexes_in(database: duckdb.DuckDBPyConnection, values: pa.Array, way: tuple[str, ...]) -> pa.Array:
    """Clean sexes by two letters, or by those of most languages."""
    return clean_values(database, values, sex_recipe(*way))


def _dates_in(database: duckdb.DuckDBPyConnection, values: pa.Array, way: tuple[Order, tuple[str, ...]]) -> pa.Array:
    """Clean dates in one order, without the endings that stand for no day."""
    order, endings = way
    return without_endings(clean_dates(database, values, order), endings)


def _recipes(plan: Plan) -> Iterator[tuple[str, str, Recipe]]:
    groups = (
        ("given", plan.given, NAME),
        ("middle", plan.middle, NAME),
        ("family", plan.family, FAMILY_NAME),
        ("suffix", plan.suffix, NAME_SUFFIX),
        ("age", plan.age, AGE),
        ("email", plan.emails, EMAIL),
        ("device", plan.devices, DEVICE),
        ("i", tuple(name for name, _ in plan.identifiers), IDENTIFIER),
    )
    for role, names, recipe in groups:
        for number, name in enumerate(names):
            yield f"{role}{number}", name, recipe
    for number, (name, _) in enumerate(plan.categories):
        yield f"c{number}", name, LIST if name in plan.lists else CATEGORY
    for number, group in enumerate(plan.addresses):
        for part, name in group:
            boxed = part == "address" and "box" in spaced(name)
            yield f"a{number}_{part}", name, PO_BOX if boxed else PLACE_RECIPES[part]
    for part, column, recipe in zip(("day", "month", "year"), plan.birth_parts, PART_RECIPES, strict=True):
        if column is not None:
            yield f"birth_{part}", column, recipe
