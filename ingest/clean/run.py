"""Running the cleaning macros: each on the distinct values of a column, so that cost follows variety, not length."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Final, TypeVar

import duckdb
import numpy as np
import phonenumbers
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from ingest.clean import contacts, dates, names, places, text
from ingest.clean.contacts import PHONE
from ingest.clean.dates import ISO_DATE, ISO_INSTANT, Order, date_recipe, instant_recipe
from ingest.clean.text import Recipe, sql_of

BATCH_ROWS: Final = 20_000
WORKERS: Final = 2
T = TypeVar("T")


def cleaner(region: str = "US") -> duckdb.DuckDBPyConnection:
    """Open an in-memory DuckDB that knows every cleaning macro.

    Args:
        region: ISO 3166 code of the country whose telephone numbers come without a country code.
    """
    database = duckdb.connect()
    database.execute("SET GLOBAL TimeZone = 'UTC'")
    database.execute("SET enable_progress_bar = false")
    for module in (text, names, dates, places):
        for macro in module.MACROS:
            database.execute(macro)
    for macro in contacts.phone_macros(region.upper()):
        database.execute(macro)
    return database


def side_by_side(
    database: duckdb.DuckDBPyConnection, jobs: Sequence[Callable[[duckdb.DuckDBPyConnection], T]]
) -> list[T]:
    """Run jobs two at a time, each on a connection of its own; the results are in the order of the jobs."""

    def run(job: Callable[[duckdb.DuckDBPyConnection], T]) -> T:
        with database.cursor() as own:
            return job(own)

    with ThreadPoolExecutor(WORKERS) as pool:
        return list(pool.map(run, jobs))


def clean_column(database: duckdb.DuckDBPyConnection, column: pa.ChunkedArray | pa.Array, recipe: Recipe) -> pa.Array:
    """Clean a column of text by the steps of a recipe.

    Returns:
        A column of the same length in the recipe's type. Cost: O(n) look-ups, and the steps once a distinct value.
    """
    encoded = encode(column)
    return _cleaned(database, encoded.dictionary, recipe).take(encoded.indices)


def clean_mostly(
    database: duckdb.DuckDBPyConnection, column: pa.ChunkedArray | pa.Array, quick: Recipe, slow: Recipe
) -> pa.Array:
    """Clean a column by a quick recipe, and by a slow one what the quick one leaves null."""
    encoded = encode(column)
    values = encoded.dictionary.cast(pa.string())
    found = _cleaned(database, values, quick)
    left = pc.is_null(found)
    if pc.any(left).as_py():
        rest = _cleaned(database, values.filter(left), slow)
        places = np.cumsum(left.to_numpy(zero_copy_only=False)) - 1
        found = pc.if_else(left, rest.take(pa.array(np.maximum(places, 0))), found)
    return found.take(encoded.indices)


def clean_dates(database: duckdb.DuckDBPyConnection, column: pa.ChunkedArray | pa.Array, order: Order) -> pa.Array:
    """Clean dates written in one order."""
    return clean_mostly(database, column, ISO_DATE, date_recipe(order))


def clean_instants(database: duckdb.DuckDBPyConnection, column: pa.ChunkedArray | pa.Array, order: Order) -> pa.Array:
    """Read instants written in one order."""
    return clean_mostly(database, column, ISO_INSTANT, instant_recipe(order))


def _cleaned(database: duckdb.DuckDBPyConnection, values: pa.Array, recipe: Recipe) -> pa.Array:
    database.register("distinct_values", batches(values, row=np.arange(len(values))))
    rows = database.sql(sql_of(recipe, "distinct_values")).to_arrow_table()
    database.unregister("distinct_values")
    return one_chunk(rows.column("c"))


def batches(values: pa.Array, **numbers: NDArray[np.int64]) -> pa.Table:
    """Values and numbers side by side, in pieces that DuckDB's threads share out among themselves."""
    whole = pa.table({"v": values.cast(pa.string())} | {name: pa.array(column) for name, column in numbers.items()})
    return pa.Table.from_batches(whole.to_batches(max_chunksize=BATCH_ROWS), whole.schema)


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
    array = one_chunk(column)
    return array if isinstance(array, pa.DictionaryArray) else pc.dictionary_encode(array)


def clean_phones(database: duckdb.DuckDBPyConnection, column: pa.ChunkedArray | pa.Array, region: str) -> pa.Array:
    """Clean telephone numbers: by digits, and by the numbering plans where digits do not settle the country."""
    encoded = encode(column)
    cleaned = _cleaned(database, encoded.dictionary, PHONE)
    unsure = _cleaned(database, cleaned, (("c", "coalesce(phone_unsettled(v), false)"),))
    asked = cleaned.filter(unsure)
    answers = pa.array([by_plan(phone, region) for phone in asked.to_pylist()], pa.string())
    settled: pa.Array = pc.replace_with_mask(cleaned, unsure, answers)
    return settled.take(encoded.indices)


def by_plan(phone: str, region: str) -> str:
    """The number in E.164 if some numbering plan holds it, else unchanged. About 25 microseconds."""
    try:
        number = phonenumbers.parse(phone, region)
    except phonenumbers.NumberParseException:
        return phone
    valid = phonenumbers.is_valid_number(number)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164) if valid else phone
