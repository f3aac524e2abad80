"""Running the cleaning macros: each on the distinct values of a column, so that cost follows variety, not length."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TypeVar

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from ingest.clean import calendars, contacts, couples, dates, degrees, names, packed, places, text
from ingest.clean.contacts import PHONE
from ingest.clean.dates import ISO_DATE, ISO_INSTANT, Order, date_recipe, instant_recipe
from ingest.clean.text import Recipe, sql_of
from lake.workers import open_threads

T = TypeVar("T")


def cleaner(region: str = "US") -> duckdb.DuckDBPyConnection:
    """Open an in-memory DuckDB that knows every cleaning macro.

    A query runs on the thread that asks, so its rows come in the order of the table's; columns go side by side.

    Args:
        region: ISO 3166 code of the country whose telephone numbers come without a country code.
    """
    database = duckdb.connect()
    database.execute("SET GLOBAL TimeZone = 'UTC'")
    database.execute("SET enable_progress_bar = false")
    database.execute("SET threads = 1")
    # To join with a list of two dozen words takes longer, to plan and to run, than to look through it.
    database.execute("SET disabled_optimizers = 'in_clause'")
    for module in (text, couples, degrees, names, packed, calendars, dates, places):
        for macro in module.MACROS:
            database.execute(macro)
    for macro in contacts.phone_macros(region.upper()):
        database.execute(macro)
    return database


def side_by_side(
    database: duckdb.DuckDBPyConnection,
    jobs: Sequence[Callable[[duckdb.DuckDBPyConnection], T]],
    sizes: Sequence[int] | None = None,
) -> list[T]:
    """Run jobs side by side, each on a connection of its own.

    Args:
        database: what the connections are to.
        jobs: what to run.
        sizes: of the jobs; the largest is begun first, so that nobody waits for it in the end.

    Returns:
        What each job returns, in their order.
    """

    def run(job: Callable[[duckdb.DuckDBPyConnection], T]) -> T:
        with database.cursor() as own:
            return job(own)

    places = sorted(range(len(jobs)), key=sizes.__getitem__, reverse=True) if sizes else range(len(jobs))
    with open_threads() as pool:
        begun = {place: pool.submit(run, jobs[place]) for place in places}
        return [begun[place].result() for place in range(len(jobs))]


def clean_column(database: duckdb.DuckDBPyConnection, column: pa.ChunkedArray | pa.Array, recipe: Recipe) -> pa.Array:
    """Clean a column of text by the steps of a recipe.

    Returns:
        A column of the same length in the recipe's type. Cost: O(n) look-ups, and the steps once a distinct value.
    """
    return decoded(coded(column, partial(clean_values, database, recipe=recipe)))


def clean_values(database: duckdb.DuckDBPyConnection, values: pa.Array, recipe: Recipe) -> pa.Array:
    """Clean texts, each by itself."""
    database.register("texts", pa.table({"v": values.cast(pa.string())}))
    rows = database.sql(sql_of(recipe, "texts")).to_arrow_table()
    database.unregister("texts")
    return one_chunk(rows.column("c"))


def clean_mostly(database: duckdb.DuckDBPyConnection, values: pa.Array, quick: Recipe, slow: Recipe) -> pa.Array:
    """Clean texts by a quick recipe, and by a slow one what the quick one leaves null."""
    found = clean_values(database, values, quick)
    left = pc.is_null(found)
    if pc.any(left).as_py():
        rest = clean_values(database, values.filter(left), slow)
        places = np.cumsum(left.to_numpy(zero_copy_only=False)) - 1
        found = pc.if_else(left, rest.take(pa.array(np.maximum(places, 0))), found)
    return found


def clean_dates(database: duckdb.DuckDBPyConnection, values: pa.Array, order: Order) -> pa.Array:
    """Clean dates written in one order."""
    if order.calendar:
        return clean_values(database, values, date_recipe(order))
    return clean_mostly(database, values, ISO_DATE, date_recipe(order))


def clean_instants(database: duckdb.DuckDBPyConnection, column: pa.ChunkedArray | pa.Array, order: Order) -> pa.Array:
    """Read a column of instants written in one order."""
    slow = instant_recipe(order)
    return decoded(coded(column, partial(clean_mostly, database, quick=ISO_INSTANT, slow=slow)))


def free_name(table: pa.Table, name: str) -> str:
    """The name for a new column: this one, with a stroke behind it for each column that has it already."""
    while name in table.column_names:
        name = f"{name}'"
    return name


def with_column(table: pa.Table, name: str, column: pa.Array) -> pa.Table:
    """The table with this column, in the place of one that is called so."""
    if name in table.column_names:
        return table.set_column(table.column_names.index(name), name, column)
    return table.append_column(name, column)


def in_parts(table: pa.Table, name: str, parts: Mapping[str, pa.Array]) -> pa.Table:
    """The table with columns `NAME PART` in the place of a column."""
    place = table.column_names.index(name)
    table = table.remove_column(place)
    for number, (part, values) in enumerate(parts.items()):
        table = table.add_column(place + number, free_name(table, f"{name} {part}"), encode(values))
    return table


def evenly(values: pa.Array, most: int) -> pa.Array:
    """At most so many values, from one end to the other; there is one at least."""
    return values.take(even_places(len(values), most))


def even_places(count: int, most: int) -> NDArray[np.int64]:
    """The places of at most so many of a number of things, from one end to the other; there is one at least."""
    return np.linspace(0, count - 1, min(count, most)).astype(np.int64)


def said_texts(texts: pa.Array) -> pa.Array:
    """The different texts that hold more than spaces."""
    said: pa.Array = texts.filter(pc.fill_null(pc.not_equal(pc.utf8_trim_whitespace(texts), ""), False)).unique()
    return said


def one_chunk(column: pa.ChunkedArray | pa.Array) -> pa.Array:
    """The column in one piece."""
    if not isinstance(column, pa.ChunkedArray):
        return column
    return (
        column.chunk(0)
        if column.num_chunks == 1
        else pa.concat_arrays(column.chunks)
        if column.num_chunks
        else pa.array([], column.type)
    )


def encode(column: pa.ChunkedArray | pa.Array) -> pa.DictionaryArray:
    """The column over its distinct values."""
    chunks = column.chunks if isinstance(column, pa.ChunkedArray) and not pa.types.is_dictionary(column.type) else []
    if len(chunks) > 1 and len(column):
        # They come to share one dictionary: putting only their codes together copies no text.
        chunks = pc.dictionary_encode(column).chunks
        codes = pa.concat_arrays([chunk.indices for chunk in chunks])
        return pa.DictionaryArray.from_arrays(codes, chunks[0].dictionary)
    array = one_chunk(column)
    return array if isinstance(array, pa.DictionaryArray) else pc.dictionary_encode(array)


def rows_of_each(column: pa.DictionaryArray) -> NDArray[np.int64]:
    """In how many rows each entry of the dictionary stands."""
    codes = column.indices.drop_null().to_numpy()
    return np.bincount(codes, minlength=len(column.dictionary))


def coded(column: pa.ChunkedArray | pa.Array, clean: Callable[[pa.Array], pa.Array]) -> pa.DictionaryArray:
    """The column over its distinct values, these cleaned: null and one value may each have several codes."""
    encoded = encode(column)
    return pa.DictionaryArray.from_arrays(encoded.indices, clean(encoded.dictionary))


def decoded(column: pa.ChunkedArray | pa.Array) -> pa.Array:
    """The column row by row."""
    array = one_chunk(column)
    return array.dictionary.take(array.indices) if isinstance(array, pa.DictionaryArray) else array


def clean_phones(database: duckdb.DuckDBPyConnection, values: pa.Array, region: str) -> pa.Array:
    """Clean telephone numbers: by digits, and by the numbering plans where digits do not settle the country."""
    cleaned = clean_values(database, values, PHONE)
    unsure = clean_values(database, cleaned, (("c", "coalesce(phone_unsettled(v), false)"),))
    asked = cleaned.filter(unsure)
    answers = pa.array([by_plan(phone, region) for phone in asked.to_pylist()], pa.string())
    settled: pa.Array = pc.replace_with_mask(cleaned, unsure, answers)
    return settled


def by_plan(phone: str, region: str) -> str:
    """The number in E.164 if some numbering plan holds it, else unchanged. About 25 microseconds."""
    import phonenumbers  # the plans load where one is asked: most tables settle every number by its digits

    try:
        number = phonenumbers.parse(phone, region)
    except phonenumbers.NumberParseException:
        return phone
    valid = phonenumbers.is_valid_number(number)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164) if valid else phone
