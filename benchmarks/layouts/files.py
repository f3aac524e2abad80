"""What a layout makes, and its way to disk: text with any separator and encoding, JSON lines, Parquet."""

import csv
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.layouts.draw import Draw

Row = dict[str, object]
Record = tuple[int, Row]
"""Who it is, and what is written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """One file of a layout.

    Attributes:
        name: with its suffix, which says the format: .csv and .txt, .ndjson, .parquet.
        records: in the order of rows; all have the same columns.
        key: the column that names a row; it is added as the first.
        first: what the names of rows begin with, different in every file of a layout.
        separator: of text files.
        encoding: of text files.
    """

    name: str
    records: list[Record]
    key: str = "id"
    first: str = "1"
    separator: str = ","
    encoding: str = "utf-8"

    def names(self) -> list[str]:
        """The name of every row."""
        return [f"{self.first}{at:05}" for at in range(1, len(self.records) + 1)]

    def rows(self) -> list[Row]:
        """Every row with its name."""
        return [{self.key: name} | row for name, (_, row) in zip(self.names(), self.records, strict=True)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A layout's files, and the column that names the source where there is one."""

    files: tuple[File, ...]
    source: str | None = None


Layout = Callable[[Draw], Made]
"""Its name is the layout's, its docstring says what the layout is."""


def made(layout: Layout, seed: int) -> Made:
    """The files of a layout; the same for the same seed."""
    return layout(Draw(f"{seed} {layout.__name__}"))


def write(found: Made, folder: Path) -> list[Path]:
    """Write the files and truth.parquet (record_id, person) below the folder; the files' paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / file.name for file in found.files]
    for file, path in zip(found.files, paths, strict=True):
        WRITERS[path.suffix](file, path)
    pq.write_table(truth(found), folder / "truth.parquet")
    return paths


def truth(found: Made) -> pa.Table:
    """Who every record is of: record_id, person."""
    ids = [name for file in found.files for name in file.names()]
    people = [person for file in found.files for person, _ in file.records]
    return pa.table({"record_id": pa.array(ids, pa.string()), "person": pa.array(people, pa.int64())})


def _text(file: File, path: Path) -> None:
    rows = file.rows()
    with path.open("w", encoding=file.encoding, errors="replace", newline="") as stream:
        lines = csv.DictWriter(stream, list(rows[0]), delimiter=file.separator)
        lines.writeheader()
        lines.writerows(rows)


def _json_lines(file: File, path: Path) -> None:
    with path.open("w", encoding="utf-8") as stream:
        stream.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in file.rows())


def _parquet(file: File, path: Path) -> None:
    pq.write_table(pa.Table.from_pylist(file.rows()), path)


WRITERS: dict[str, Callable[[File, Path], None]] = {
    ".csv": _text,
    ".txt": _text,
    ".ndjson": _json_lines,
    ".parquet": _parquet,
}
