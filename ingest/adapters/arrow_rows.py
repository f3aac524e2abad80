"""Arrow batches as rows of text: what Parquet files and databases give."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from core.errors import BadInputError
from ingest.adapters.contract import Chunk

ROWS: Final = 131_072


def read_parquet(path: Path) -> Iterator[Chunk]:
    """Read a Parquet file in chunks of bounded size.

    Raises:
        BadInputError: it is no Parquet file, or was cut short.
    """
    try:
        with pq.ParquetFile(path) as file:
            yield from text_chunks(file.iter_batches(batch_size=ROWS), file.schema_arrow)
    except (pa.ArrowInvalid, OSError) as error:
        raise BadInputError(
            f"{path.name} is no whole Parquet file.",
            remedy="Fetch it again; it is damaged or was cut short.",
            file=path.name,
        ) from error


def text_chunks(batches: Iterable[pa.RecordBatch], schema: pa.Schema) -> Iterator[Chunk]:
    """Turn batches into chunks of text, their rows numbered from 1."""
    row = 1
    empty = True
    for batch in batches:
        if batch.num_rows:
            empty = False
            lines = pa.array(np.arange(row, row + batch.num_rows))
            yield Chunk(rows=as_text(pa.Table.from_batches([batch])), lines=lines)
            row += batch.num_rows
    if empty:
        yield Chunk(rows=as_text(schema.empty_table()), lines=pa.array([], pa.int64()))


def as_text(table: pa.Table) -> pa.Table:
    """Every column as text: instants in ISO 8601, lists and structs as JSON."""
    if all(pa.types.is_string(field.type) for field in table.schema):
        return table
    columns = {field.name: _text(table.column(field.name), field.type) for field in table.schema}
    return pa.table(columns)


def _text(column: pa.ChunkedArray, kind: pa.DataType) -> pa.ChunkedArray:
    if pa.types.is_string(kind):
        return column
    if pa.types.is_dictionary(kind):
        return _text(column.cast(kind.value_type), kind.value_type)
    if pa.types.is_timestamp(kind):
        zoned = kind.tz is not None
        utc = column.cast(pa.timestamp(kind.unit, "UTC")) if zoned else column
        instants: pa.ChunkedArray = pc.strftime(utc, "%Y-%m-%dT%H:%M:%S" + ("Z" if zoned else ""))
        return instants
    if pa.types.is_nested(kind):
        return _json(column)
    if pa.types.is_binary(kind):
        return column.cast(pa.string(), safe=False)
    return column.cast(pa.string())


def _json(column: pa.ChunkedArray) -> pa.ChunkedArray:
    with duckdb.connect() as database:
        database.register("nested", pa.table({"row": pa.array(range(len(column)), pa.int64()), "v": column}))
        rows: pa.Table = database.sql(
            "SELECT CASE WHEN v IS NOT NULL THEN to_json(v)::VARCHAR END AS t FROM nested ORDER BY row"
        ).to_arrow_table()
    return rows.column("t")
