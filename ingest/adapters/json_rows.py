"""JSON lines and JSON arrays: one object a row, in blocks that hold a few pieces of the file."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa

from ingest.adapters.array_rows import cut_array
from ingest.adapters.blocks import Block, cut
from ingest.adapters.cells import long_json_cell
from ingest.adapters.contract import Chunk, Reject
from ingest.adapters.encodings import damaged, decoded
from ingest.adapters.json_sql import NO_OBJECTS, OBJECTS, columns_sql


def read_json_lines(path: Path, encoding: str) -> Iterator[Chunk]:
    """Read a file with one JSON object a line, in chunks of bounded size."""
    return _chunks(cut(decoded(path, encoding), long_cell=long_json_cell), encoding)


def read_json(path: Path, encoding: str) -> Iterator[Chunk]:
    """Read a file that is one JSON array of objects, in chunks of bounded size; its lines are places in the array.

    Raises:
        BadInputError: it is no JSON array, or cut short.
    """
    return _chunks(cut_array(decoded(path, encoding), path.name), encoding)


def _chunks(blocks: Iterable[Block], encoding: str) -> Iterator[Chunk]:
    empty = True
    with duckdb.connect() as database:
        for block in blocks:
            empty = False
            yield _chunk(database, block, encoding)
    if empty:
        reject = Reject(line=1, reason="The file is empty.")
        yield Chunk(rows=pa.table({}), lines=pa.array([], pa.int64()), rejects=(reject,))


def _chunk(database: duckdb.DuckDBPyConnection, block: Block, encoding: str) -> Chunk:
    texts, damage = _texts(_lines(block), block.first_lines, encoding)
    database.register("texts", pa.table({"j": texts, "line": pa.array(block.first_lines, pa.int64())}))
    database.execute(OBJECTS)
    bad = [
        Reject(line=line, value=value, reason="No JSON object: the line is damaged or cut short.")
        for line, value in database.execute(NO_OBJECTS).fetchall()
    ]
    rows = database.sql(columns_sql(database)).to_arrow_table()
    return Chunk(
        rows=rows.drop_columns(["line"]),
        lines=rows.column("line").combine_chunks(),
        rejects=(*block.rejects, *damage, *bad),
    )


def _lines(block: Block) -> pa.Array:
    """The lines of a block, as bytes."""
    starts = np.concatenate([np.zeros(1, np.int64), block.ends]).astype(np.int32)
    return pa.Array.from_buffers(pa.binary(), len(block.ends), [None, pa.py_buffer(starts), pa.py_buffer(block.data)])


def _texts(raw: pa.Array, lines: np.ndarray, encoding: str) -> tuple[pa.Array, list[Reject]]:
    """Bytes as text; what is not in the file's encoding becomes blank, and a reject."""
    try:
        return raw.cast(pa.string()), []
    except pa.ArrowInvalid:
        texts = [_text(line) for line in raw.to_pylist()]
    bad = [row for row, text in enumerate(texts) if text is None]
    rejects = [damaged(raw[row].as_py(), int(lines[row]), encoding) for row in bad]
    return pa.array([text or "" for text in texts], pa.string()), rejects


def _text(line: bytes) -> str | None:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return None
