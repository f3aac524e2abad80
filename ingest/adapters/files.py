"""Files: the reader is chosen by the name's ending."""

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

import pyarrow as pa

from core.errors import BadInputError, MissingError
from ingest.adapters.arrow_rows import read_parquet
from ingest.adapters.cells import short_cells
from ingest.adapters.contract import Chunk, Reject, reject_table
from ingest.adapters.csv_rows import read_csv
from ingest.adapters.encodings import PLAIN, encoding_of
from ingest.adapters.excel_rows import ENDINGS, read_excel
from ingest.adapters.json_rows import read_json, read_json_lines

NO_TEXT: Final = frozenset({".parquet", ".pq"}) | ENDINGS


def read_chunks(
    path: Path, *, separator: str | None = None, encoding: str | None = None, guess: bool = True
) -> Iterator[Chunk]:
    """Read a file in chunks of bounded size: `.parquet`, `.xlsx` and its like, `.json`, `.jsonl` or `.ndjson`.

    Everything else is CSV.

    A row with a cell of more than 1 MB is a reject.

    Args:
        path: the file.
        separator: of CSV; found by looking when not given.
        encoding: of text; found by looking when not given.
        guess: whether an encoding that can only be guessed is, or the file refused.

    Raises:
        MissingError: there is no such file.
        BadInputError: the file as a whole cannot be read.
    """
    return map(short_cells, _reader(path, text_encoding(path, encoding, guess=guess), separator))


def _reader(path: Path, name: str | None, separator: str | None) -> Iterator[Chunk]:
    """Read a file as its name's ending says, and a text as it is encoded."""
    ending = path.suffix.lower()
    if ending in ENDINGS:
        return read_excel(path)
    if name is None:
        return read_parquet(path)
    if ending in {".jsonl", ".ndjson"}:
        return read_json_lines(path, name)
    if ending == ".json":
        return read_json(path, name)
    return read_csv(path, name, separator=separator)


def text_encoding(
    path: Path, said: str | None = None, *, guess: bool = True, expected: Collection[str] = ()
) -> str | None:
    """The encoding that a file is read in, None of one that is no text; arguments and errors as in `read_chunks`.

    Of `expected` columns the file has one: that tells guesses apart.
    """
    if not path.is_file():
        raise MissingError(f"There is no file {path.name}.", remedy="Check the path.", file=path.name)
    return None if path.suffix.lower() in NO_TEXT else encoding_of(path, said, guess=guess, expected=expected)


def guessed_encoding(path: Path, expected: Collection[str] = ()) -> str | None:
    """The encoding that a file's bytes suggest, and the columns of which it has one; None where the file says it."""
    name = text_encoding(path, expected=expected)
    return None if name is None or name in PLAIN else name


class FileRows(NamedTuple):
    """A file as text: its rows, the line of each, shape (rows,), and its rejects in the schema of REJECTS."""

    rows: pa.Table
    lines: pa.ChunkedArray
    rejects: pa.Table


def read_file(path: Path, *, rows: int | None = None, encoding: str | None = None) -> FileRows:
    """Read a whole file, or its first rows, as text.

    Raises:
        BadInputError: as in `read_chunks`, or the file has no columns.
    """
    tables: list[pa.Table] = []
    lines: list[pa.Array] = []
    rejects: list[Reject] = []
    for chunk in read_chunks(path, encoding=encoding):
        tables.append(chunk.rows)
        lines.append(chunk.lines)
        rejects += chunk.rejects
        if rows is not None and sum(table.num_rows for table in tables) >= rows:
            break
    table = pa.concat_tables(tables, promote_options="default")
    if not table.num_columns:
        raise BadInputError(f"{path.name} is empty.", remedy="Give a file with columns and rows.", file=path.name)
    found = reject_table(rejects, source=path.stem, file=path.name)
    return FileRows(rows=table, lines=pa.chunked_array(lines, pa.int64()), rejects=found)


def find_files(root: Path, patterns: str | Sequence[str]) -> tuple[Path, ...]:
    """The files that paths and patterns name, each once, in order of path.

    Raises:
        MissingError: a path names nothing.
    """
    found: set[Path] = set()
    for pattern in [patterns] if isinstance(patterns, str) else patterns:
        absolute = Path(pattern)
        base, rest = (
            (Path(absolute.anchor), str(absolute.relative_to(absolute.anchor)))
            if absolute.is_absolute()
            else (root, pattern)
        )
        files = [path for path in base.glob(rest) if path.is_file()]
        if not files:
            raise MissingError(f"No file is at {pattern}.", remedy="Mend the source's path in c360.toml.", path=pattern)
        found.update(files)
    return tuple(sorted(found))
