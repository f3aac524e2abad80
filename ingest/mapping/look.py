"""Looking before mapping: at the first rows of a file, and at the keys of the sources that are there."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import msgspec
import pyarrow as pa
import pyarrow.compute as pc

from core.errors import C360Error
from ingest.adapters.files import guessed_encoding, read_file
from ingest.clean.run import encode
from ingest.contract import SourceSettings
from ingest.kinds import detect_kinds
from ingest.kinds.header import spaced
from ingest.mapping.contract import Seen
from ingest.sources import open_source

ROWS: Final = 20_000


def look_at(file: Path, name: str | None = None) -> Seen:
    """Read the beginning of a file and decide what its columns hold.

    Args:
        file: CSV, JSON lines, JSON or Parquet.
        name: of the source to be; the file's stem when not given.
    """
    rows, rejects = read_file(file, rows=ROWS)
    rows = rows.slice(0, ROWS)
    encoded = {name: encode(rows.column(name)) for name in rows.column_names}
    said = {name: _said(column) for name, column in encoded.items()}
    return Seen(
        name=name or re.sub(r"[^a-z0-9]+", "_", spaced(file.stem)).strip("_") or "source",
        rows=rows,
        kinds=detect_kinds(rows),
        distinct={name: distinct for name, (distinct, _) in said.items()},
        filled={name: filled for name, (_, filled) in said.items()},
        unreadable=rejects.num_rows,
        encoding=guessed_encoding(file),
    )


def _said(column: pa.DictionaryArray) -> tuple[int, int]:
    values = pc.not_equal(pc.utf8_trim_whitespace(column.dictionary), "")
    return pc.sum(values).as_py() or 0, pc.sum(values.take(column.indices)).as_py() or 0


def read_keys(known: Mapping[str, SourceSettings], root: Path) -> tuple[dict[str, pa.Array], tuple[str, ...]]:
    """Read the keys of the sources of people, whatever they are sources of: files or tables.

    Args:
        known: sources, by name.
        root: the workspace.

    Returns:
        The distinct keys of each, in the order of `known`; and the sources that could not be read now.
    """
    keys: dict[str, pa.Array] = {}
    unread: list[str] = []
    for name, settings in known.items():
        if settings.content == "people" and settings.key:
            try:
                keys[name] = _keys(name, settings, root)
            except C360Error:
                unread.append(name)
    return keys, tuple(unread)


def _keys(name: str, settings: SourceSettings, root: Path) -> pa.Array:
    """The distinct keys of one source; what its block says of versions and times does not matter to them."""
    key = settings.key or ""
    plain = msgspec.structs.replace(settings, version=None, observed_at=None, deleted=None)
    batches = open_source(name, plain, root).batches(None)
    found = [pc.unique(batch.rows.column(key)) for batch in batches if key in batch.rows.column_names]
    keys: pa.Array = pc.unique(pa.chunked_array(found, pa.string()))
    return keys
