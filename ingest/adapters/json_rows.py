"""JSON lines and JSON arrays: one object a row, nested objects flattened with dots, lists kept as JSON text."""

import codecs
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, cast

import duckdb
import msgspec
import numpy as np
import pyarrow as pa

from core.errors import BadInputError
from ingest.adapters.blocks import Block, cut
from ingest.adapters.contract import SHOWN, Chunk, Reject
from ingest.adapters.encodings import REMEDY, UTF8, damaged, decoded

ARRAY_LIMIT: Final = 512 << 20
ROWS: Final = 50_000
DEPTH: Final = 4


def read_json_lines(path: Path, encoding: str) -> Iterator[Chunk]:
    """Read a file with one JSON object a line, in chunks of bounded size."""
    empty = True
    with duckdb.connect() as database:
        for block in cut(decoded(path, encoding)):
            empty = False
            texts, rejects = _texts(_lines(block), block.first_lines, encoding)
            yield _chunk(database, texts, rejects, block.first_lines)
    if empty:
        reject = Reject(line=1, reason="The file is empty.")
        yield Chunk(rows=pa.table({}), lines=pa.array([], pa.int64()), rejects=(reject,))


def read_json(path: Path, encoding: str) -> Iterator[Chunk]:
    """Read a file that is one JSON array of objects. The whole text is held in memory.

    An object with bytes that are not UTF-8, in a file that is otherwise, is rejected by its place in the array, from 1.

    Raises:
        BadInputError: it is no JSON array, cut short, larger than 512 MB, or damaged in another encoding.
    """
    if path.stat().st_size > ARRAY_LIMIT:
        raise BadInputError(f"{path.name} is too large.", remedy="Save it as JSON lines.", file=path.name)
    text = _utf8(path, encoding)
    if not text.strip():
        yield from read_json_lines(path, encoding)
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
            rows = pa.array([bytes(item) for item in items[start : start + ROWS]], pa.binary())
            numbers = np.arange(start + 1, start + 1 + len(rows))
            yield _chunk(database, *_texts(rows, numbers, encoding), numbers)


def _utf8(path: Path, encoding: str) -> bytes:
    """The file's bytes as UTF-8; damaged ones, in a file that is UTF-8, stay to be rejected by object."""
    data = path.read_bytes()
    try:
        if codecs.lookup(encoding).name in UTF8:
            return data.removeprefix(codecs.BOM_UTF8)
        return data.decode(encoding).encode()
    except UnicodeDecodeError as error:
        raise BadInputError(
            f"{path.name} is not {encoding}: byte {error.start + 1} stands for nothing there.",
            remedy=f"{REMEDY}.",
            file=path.name,
        ) from error


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


def _chunk(database: duckdb.DuckDBPyConnection, texts: pa.Array, rejects: Sequence[Reject], lines: np.ndarray) -> Chunk:
    database.register("texts", pa.table({"j": texts, "line": pa.array(lines, pa.int64())}))
    database.execute(
        "CREATE OR REPLACE TEMP TABLE objects AS SELECT line, CASE WHEN json_valid(j) AND json_type(j) = 'OBJECT' "
        "THEN j::JSON END AS j, j AS wrote FROM texts WHERE trim(j, ' \t\r\n') <> '' ORDER BY line"
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
