"""Looking at a file before it is mapped: its first rows, what its columns hold, how full and varied they are."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from ingest.adapters.files import guessed_encoding, read_file
from ingest.clean.run import encode
from ingest.contract import ColumnKind
from ingest.kinds import detect_kinds
from ingest.kinds.header import spaced

ROWS: Final = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What was seen of a file.

    Attributes:
        name: of the source to be.
        rows: its first rows, as text.
        kinds: what its columns hold.
        distinct: distinct values, by column.
        filled: rows that say something, by column.
        encoding: of a text file whose bytes only suggest it, to be written down.
    """

    name: str
    rows: pa.Table
    kinds: tuple[ColumnKind, ...]
    distinct: Mapping[str, int] = field(default_factory=dict[str, int])
    filled: Mapping[str, int] = field(default_factory=dict[str, int])
    encoding: str | None = None


def look_at(file: Path) -> Seen:
    """Read the beginning of a file and decide what its columns hold."""
    rows, _ = read_file(file, rows=ROWS)
    rows = rows.slice(0, ROWS)
    encoded = {name: encode(rows.column(name)) for name in rows.column_names}
    said = {name: _said(column) for name, column in encoded.items()}
    return Seen(
        name=re.sub(r"[^a-z0-9]+", "_", spaced(file.stem)).strip("_") or "source",
        rows=rows,
        kinds=detect_kinds(rows),
        distinct={name: distinct for name, (distinct, _) in said.items()},
        filled={name: filled for name, (_, filled) in said.items()},
        encoding=guessed_encoding(file),
    )


def _said(column: pa.DictionaryArray) -> tuple[int, int]:
    values = pc.not_equal(pc.utf8_trim_whitespace(column.dictionary), "")
    return pc.sum(values).as_py() or 0, pc.sum(values.take(column.indices)).as_py() or 0
