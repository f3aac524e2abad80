"""A run's own folder: what sources gave, in Parquet parts, so that no source has to fit in memory."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from core.errors import BadInputError, choices
from ingest.adapters.contract import NO_REJECTS, SHOWN
from ingest.clean.run import encode, one_chunk
from ingest.contract import Batch
from lake.tables import REJECTS

LINE: Final = "__line"
FILE: Final = "__file"
OPERATION: Final = "__operation"
VERSION: Final = "__version"
AHEAD: Final = "This time is still to come: the event is kept. Mend it in the source unless it is an appointment."


@dataclass(frozen=True, slots=True, kw_only=True)
class Staged:
    """What one source gave.

    Attributes:
        parts: Parquet files of its rows as text, with line, file, operation and version.
        columns: every column that some part has, in order of appearance.
        rows: their number.
        rejects: rows that could not be read.
        digest: SHA-256 of all of it.
    """

    parts: tuple[Path, ...]
    columns: tuple[str, ...]
    rows: int
    rejects: pa.Table
    digest: str

    def table(self, part: Path) -> pa.Table:
        """One part, with every column the source has."""
        rows = pq.ParquetFile(part).read()
        for name in self.columns:
            if name not in rows.column_names:
                rows = rows.append_column(name, pa.nulls(rows.num_rows, pa.string()))
        return rows

    def column(self, name: str) -> pa.DictionaryArray:
        """One whole column over its distinct values."""
        pieces = [
            pq.ParquetFile(part).read(columns=[name]).column(name)
            if name in pq.read_schema(part).names
            else pa.chunked_array([pa.nulls(pq.read_metadata(part).num_rows, pa.string())])
            for part in self.parts
        ]
        chunks = [chunk for piece in pieces for chunk in piece.chunks]
        return encode(pa.chunked_array(chunks, pa.string()))


def stage(batches: Iterable[Batch], folder: Path) -> Staged:
    """Write the batches of a source into a folder. Memory: one batch."""
    folder.mkdir(parents=True, exist_ok=True)
    parts: list[Path] = []
    columns: dict[str, None] = {}
    rejects = [NO_REJECTS]
    digest = hashlib.sha256()
    rows = 0
    for batch in batches:
        rejects.append(batch.rejects)
        columns |= dict.fromkeys(batch.rows.column_names)
        if batch.rows.num_rows:
            parts.append(folder / f"{len(parts):06}.parquet")
            pq.write_table(_with_own(batch), parts[-1], compression="lz4")
            digest.update(parts[-1].read_bytes())
            rows += batch.rows.num_rows
    every = pa.concat_tables(rejects)
    digest.update(repr(every.to_pylist()).encode())
    return Staged(parts=tuple(parts), columns=tuple(columns), rows=rows, rejects=every, digest=digest.hexdigest())


def _with_own(batch: Batch) -> pa.Table:
    count = batch.rows.num_rows
    own = {
        LINE: batch.lines,
        FILE: pa.array([batch.file] * count, pa.string()),
        OPERATION: pa.array([batch.operation] * count, pa.string()),
        VERSION: pa.nulls(count, pa.int64()) if batch.versions is None else batch.versions,
    }
    return pa.table({name: batch.rows.column(name) for name in batch.rows.column_names} | own)


def check_columns(name: str, staged: Staged, wanted: Sequence[str]) -> None:
    """Say which mapped column is not there.

    Raises:
        BadInputError: a column that the settings name is in no row.
    """
    missing = [column for column in wanted if column not in staged.columns]
    if missing and staged.columns:
        raise BadInputError(
            f"Source '{name}' has no column '{missing[0]}'.",
            remedy=f"{choices(missing[0], staged.columns, 'Its columns')} Mend [sources.{name}] in c360.toml.",
            source=name,
            column=missing[0],
        )


def rejected_rows(source: str, rows: pa.Table, column: str, reason: str, *, kept: bool = False) -> pa.Table:
    """Staged rows that something is wrong with, in the schema of REJECTS.

    Args:
        source: its name.
        rows: with line and file.
        column: what is wrong.
        reason: why.
        kept: whether the rows are kept all the same.
    """
    text = one_chunk(rows.column(column))
    count = pa.array([0] * rows.num_rows, pa.int32())
    columns = {
        "source": pa.array([source]).take(count),
        "file": rows.column(FILE),
        "line": rows.column(LINE),
        "field": pa.array([column]).take(count),
        "value": pc.if_else(pc.equal(text, ""), None, pc.utf8_slice_codeunits(text, 0, SHOWN)),
        "reason": pa.array([reason]).take(count),
        "kept": pa.array([kept]).take(count),
    }
    return pa.table(columns).cast(REJECTS.schema)
