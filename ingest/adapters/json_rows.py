"""JSON lines and JSON arrays: one object a row, nested objects flattened with dots, lists kept as JSON text."""

import codecs
from collections.abc import Iterator
from pathlib import Path
from typing import Final, cast

import duckdb
import msgspec
import numpy as np
import pyarrow as pa

from core.errors import BadInputError
from ingest.adapters.blocks import Block, find_encoding, no_encoding, read_blocks
from ingest.adapters.contract import SHOWN, Chunk, Reject

ARRAY_LIMIT: Final = 512 << 20
ROWS: Final = 50_000
DEPTH: Final = 4


def read_json_lines(path: Path, *, encoding: str | None = None) -> Iterator[Chunk]:
    """Read a file with one JSON object a line, in chunks of bounded size.

    Raises:
        BadInputError: it is no text.
    """
    empty = True
    with duckdb.connect() as database:
        for block in read_blocks(path, encoding or find_encoding(path), quoted=False):
            empty = False
            yield _chunk(database, _lines(block), block.first_lines, block.rejects)
    if empty:
        reject = Reject(line=1, reason="The file is empty.")
        yield Chunk(rows=pa.table({}), lines=pa.array([], pa.int64()), rejects=(reject,))


def read_json(path: Path, *, encoding: str | None = None) -> Iterator[Chunk]:
    """Read a file that is one JSON array of objects. The whole text is held in memory.

    An object with bytes that are not UTF-8, in a file that is otherwise, is rejected by its place in the array, from 1.

    Raises:
        BadInputError: it is no JSON array, cut short, larger than 512 MB, or damaged in another encoding.
    """
    if path.stat().st_size > ARRAY_LIMIT:
        raise BadInputError(f"{path.name} is too large.", remedy="Save it as JSON lines.", file=path.name)
    text = _utf8(path, encoding or find_encoding(path))
    if not text.strip():
        yield from read_json_lines(path)
        return
    try:
        items = msgspec.json.decode(text, type=list[msgspec.Raw])
    except msgspec.DecodeError as error:
        raise BadInputError(
            f"{path.name} is no JSON array: {error}.",
            remedy="If the file was cut short, fetch it again; if it holds one object a line, name it .jsonl.",
            file=path.name,
        ) from error
    with duckdb.connect() as database:
        for start in range(0, len(items), ROWS):
            rows = [_text(bytes(item)) for item in items[start : start + ROWS]]
            numbers = np.arange(start + 1, start + 1 + len(rows))
            yield _chunk(database, pa.array(rows, pa.string()), numbers, ())


def _utf8(path: Path, encoding: str) -> bytes:
    """The file's bytes as UTF-8; damaged ones, in a file that is UTF-8, stay to be rejected by object."""
    data = path.read_bytes()
    try:
        codec = codecs.lookup(encoding).name
        if codec in {"utf-8", "utf-8-sig", "ascii"}:
            return data.removeprefix(codecs.BOM_UTF8)
        return data.decode(encoding).encode()
    except LookupError as error:
        raise no_encoding(encoding, path) from error
    except UnicodeDecodeError as error:
        raise BadInputError(
            f"{path.name} is not {encoding}: byte {error.start + 1} stands for nothing there.",
            remedy="Name the encoding it has, or save it as UTF-8.",
            file=path.name,
        ) from error


def _lines(block: Block) -> pa.Array:
    """The lines of a block as text, those that are not UTF-8 as null."""
    starts = np.concatenate([np.zeros(1, np.int64), block.ends]).astype(np.int32)
    offsets = pa.py_buffer(starts)
    raw = pa.Array.from_buffers(pa.binary(), len(block.ends), [None, offsets, pa.py_buffer(block.data)])
    try:
        return raw.cast(pa.string())
    except pa.ArrowInvalid:
        return pa.array([_text(line) for line in raw.to_pylist()], pa.string())


def _text(line: bytes) -> str | None:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _chunk(
    database: duckdb.DuckDBPyConnection, texts: pa.Array, lines: np.ndarray, rejects: tuple[Reject, ...]
) -> Chunk:
    database.register("texts", pa.table({"j": texts, "line": pa.array(lines, pa.int64())}))
    database.execute(
        "CREATE OR REPLACE TEMP TABLE objects AS SELECT line, CASE WHEN json_valid(j) AND json_type(j) = 'OBJECT' "
        "THEN j::JSON END AS j, j AS wrote FROM texts WHERE trim(j, ' \t\r\n') <> '' OR j IS NULL ORDER BY line"
    )
    bad = database.execute(f"SELECT line, left(wrote, {SHOWN}) FROM objects WHERE j IS NULL ORDER BY line").fetchall()
    structure = database.execute("SELECT json_group_structure(j)::VARCHAR FROM objects").fetchall()[0][0]
    fields = list(_fields(msgspec.json.decode(structure), ())) if structure and structure != "null" else []
    picked = ", ".join(
        f"json_extract_string(j, {_quoted(_pointer(place))}) AS {_name('.'.join(place))}" for place in fields
    )
    rows = database.sql(
        f"SELECT line{', ' + picked if picked else ''} FROM objects WHERE j IS NOT NULL ORDER BY line"
    ).to_arrow_table()
    found = [
        Reject(line=line, value=value, reason="No JSON object: the line is damaged or cut short.")
        for line, value in bad
    ]
    return Chunk(
        rows=rows.drop_columns(["line"]),
        lines=rows.column("line").combine_chunks(),
        rejects=(*rejects, *found),
    )


def _fields(structure: object, place: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The places of the values in objects of this structure, in order of appearance."""
    if isinstance(structure, dict) and len(place) < DEPTH:
        for name, inner in cast("dict[str, object]", structure).items():
            yield from _fields(inner, (*place, name))
    elif place:
        yield place


def _pointer(place: tuple[str, ...]) -> str:
    return "".join("/" + name.replace("~", "~0").replace("/", "~1") for name in place)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _name(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
