"""CSV: separators found by looking, every cell text, rows that do not fit rejected with their line.

Source: RFC 4180, with the liberties that exports take.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.csv as pacsv

from core.errors import BadInputError
from ingest.adapters.blocks import HEAD, Block, find_encoding, read_blocks
from ingest.adapters.contract import Chunk, Reject

SEPARATORS: Final = (",", ";", "\t", "|")
TRIED_ROWS: Final = 50
CELL_LIMIT: Final = 1 << 20


def read_csv(path: Path, *, separator: str | None = None, encoding: str | None = None) -> Iterator[Chunk]:
    """Read a CSV file in chunks of bounded size.

    Args:
        path: the file.
        separator: one sign; found by looking when not given.
        encoding: a codec name; found by looking when not given.

    Raises:
        BadInputError: it is no text, or two columns have one name.
    """
    blocks = read_blocks(path, encoding or find_encoding(path), quoted=True)
    first = next(blocks, None)
    if first is None or not len(first.ends):
        yield _nothing()
        return
    head = first.data[: int(first.ends[0])].removeprefix(b"\xef\xbb\xbf")
    mark = separator or find_separator(first.data[:HEAD])
    names = _header(head.decode("utf-8", errors="replace"), mark, path)
    body = _without_head(first)
    names += _unnamed(body.data[:HEAD], mark, len(names))
    yield _parse(body, names, mark)
    for block in blocks:
        yield _parse(block, names, mark)


def find_separator(data: bytes) -> str:
    """The separator that cuts the first rows into the same number of cells, more than one; comma when none does."""
    lines = data.decode("utf-8", errors="replace").splitlines()[:TRIED_ROWS]
    best = (0.0, 0, ",")
    for sign in SEPARATORS:
        widths = [len(row) for row in csv.reader(lines, delimiter=sign) if row]
        if widths and widths[0] > 1:
            agreeing = sum(width == widths[0] for width in widths) / len(widths)
            best = max(best, (agreeing, widths[0], sign))
    return best[2]


def _nothing() -> Chunk:
    reject = Reject(line=1, reason="The file is empty: not even column names.")
    return Chunk(rows=pa.table({}), lines=pa.array([], pa.int64()), rejects=(reject,))


def _header(line: str, separator: str, path: Path) -> list[str]:
    names = [name.strip() for name in next(csv.reader([line.rstrip("\r\n")], delimiter=separator), list[str]())]
    names = [name or f"column_{number}" for number, name in enumerate(names, 1)]
    repeated = sorted({name for name in names if names.count(name) > 1})
    if repeated:
        raise BadInputError(
            f"{path.name}: more than one column is named '{repeated[0]}'.",
            remedy="Give every column a name of its own.",
            file=path.name,
            column=repeated[0],
        )
    return names


def _unnamed(data: bytes, separator: str, width: int) -> list[str]:
    """Names for the blank cells that a separator at the end of most rows makes."""
    lines = data.decode("utf-8", errors="replace").splitlines()[:TRIED_ROWS]
    extra = [row[width:] for row in csv.reader(lines, delimiter=separator) if row]
    blank = [len(cells) for cells in extra if cells and not any(cells)]
    more = max(set(blank), key=lambda size: (blank.count(size), size), default=0)
    return [f"column_{width + number + 1}" for number in range(more)] if 2 * blank.count(more) > len(extra) else []


def _without_head(block: Block) -> Block:
    start = int(block.ends[0])
    return Block(
        data=block.data[start:],
        ends=block.ends[1:] - start,
        first_lines=block.first_lines[1:],
        rejects=block.rejects,
    )


def _parse(block: Block, names: Sequence[str], separator: str) -> Chunk:
    """Parse the whole rows of a block."""
    data, lines, rejects = _decodable(block)
    ragged: list[tuple[int, str]] = []
    table, lines = _table(data, lines, names, separator, ragged)
    fitting, lines, long = _short_cells(table, lines)
    rejects += [Reject(line=line, reason=reason) for line, reason in ragged]
    return Chunk(rows=fitting, lines=pa.array(lines, pa.int64()), rejects=(*block.rejects, *rejects, *long))


def _decodable(block: Block) -> tuple[bytes, np.ndarray, list[Reject]]:
    """Leave out rows that are not UTF-8 or hold a NUL, and blank ones."""
    starts = np.concatenate([np.zeros(1, np.int64), block.ends[:-1]]) if len(block.ends) else block.ends
    kept = np.ones(len(block.ends), bool)
    rejects: list[Reject] = []
    if b"\0" in block.data or not _is_text(block.data):
        for row, (start, end) in enumerate(zip(starts, block.ends, strict=True)):
            text = block.data[int(start) : int(end)]
            if b"\0" in text or not _is_text(text):
                kept[row] = False
                shown = text.decode("utf-8", errors="replace").replace("\0", "").strip()
                line = int(block.first_lines[row])
                rejects.append(Reject(line=line, value=shown, reason="Not UTF-8: set the source's encoding."))
    signs = np.frombuffer(block.data, np.uint8)
    blank = np.add.reduceat(~np.isin(signs, (10, 13, 32)), starts) == 0 if len(starts) else ~kept
    kept &= ~blank
    if kept.all():
        return block.data, block.first_lines, rejects
    pieces = (
        block.data[int(start) : int(end)] for start, end, keep in zip(starts, block.ends, kept, strict=True) if keep
    )
    return b"".join(pieces), block.first_lines[kept], rejects


def _is_text(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _table(
    data: bytes, lines: np.ndarray, names: Sequence[str], separator: str, ragged: list[tuple[int, str]]
) -> tuple[pa.Table, np.ndarray]:
    """Parse with Arrow, noting rows of another width."""
    if not data:
        return pa.table({name: pa.array([], pa.string()) for name in names}), lines[:0]
    bad: list[int] = []

    def note(row: pacsv.InvalidRow) -> str:
        number = int(row.number or 0) - 1
        bad.append(number)
        ragged.append(
            (int(lines[number]), f"The row has {row.actual_columns} cells, the header {row.expected_columns}.")
        )
        return "skip"

    table = pacsv.read_csv(
        io.BytesIO(data),
        read_options=pacsv.ReadOptions(column_names=list(names), use_threads=False, block_size=len(data) + 1),
        parse_options=pacsv.ParseOptions(
            delimiter=separator, newlines_in_values=True, invalid_row_handler=note, ignore_empty_lines=False
        ),
        convert_options=pacsv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False, quoted_strings_can_be_null=False
        ),
    )
    return table, np.delete(lines, bad)


def _short_cells(table: pa.Table, lines: np.ndarray) -> tuple[pa.Table, np.ndarray, list[Reject]]:
    """Leave out rows with a cell that is too long to be a value."""
    if table.nbytes <= CELL_LIMIT:
        return table, lines, []
    kept = np.ones(table.num_rows, bool)
    rejects: list[Reject] = []
    for name in table.column_names:
        sizes = np.concatenate(
            [pa.compute.binary_length(part).to_numpy(zero_copy_only=False) for part in table.column(name).chunks]
        )
        for row in np.flatnonzero((sizes > CELL_LIMIT) & kept):
            kept[row] = False
            reason = f"The cell holds {int(sizes[row]):,} bytes; at most {CELL_LIMIT >> 20} MB are read."
            rejects.append(Reject(line=int(lines[row]), field=name, reason=reason))
    return table.filter(pa.array(kept)), lines[kept], rejects
