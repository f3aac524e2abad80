"""Looking before mapping: at the first rows of a file, and at the keys and numbers of the sources that are there."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

import msgspec
import pyarrow as pa
import pyarrow.compute as pc

from core.errors import BadInputError, C360Error, choices
from ingest.adapters.files import guessed_encoding, read_file
from ingest.clean.run import decoded, encode
from ingest.contract import ColumnKind, MapOptions, SourceSettings
from ingest.kinds import detect_kinds
from ingest.kinds.detect import ISSUED, filled_rows
from ingest.kinds.header import read_header, spaced
from ingest.kinds.roles import PAYING
from ingest.kinds.same_numbers import long_values, of_one_system
from ingest.mapping.contract import Known, Seen
from ingest.people.batches import field_kinds
from ingest.people.births_in_numbers import BIRTH, schemes_of
from ingest.read_packed import with_packed_apart
from ingest.sources import open_source

ROWS: Final = 20_000
ALL_BORN: Final = 0.98
"""Share of the rows with a birth of their own, from which numbers need not tell any."""
OF_OTHERS: Final = re.compile(r"\bby\b|sponsor|introduc|refer|parent|manager|former|previous|\bold\b|\bpayer")
"""Headers of numbers that name somebody else, or are no longer the person's."""


def look_at(file: Path, options: MapOptions) -> Seen:
    """Read the beginning of a file and decide what its columns hold.

    Args:
        file: CSV, JSON lines, JSON or Parquet.
        options: the name of the source to be, and columns that are not looked at.

    Raises:
        BadInputError: the file cannot be read, or has not a column that is to be ignored.
    """
    read = read_file(file, rows=ROWS)
    rows = _without(read.rows.slice(0, ROWS), options.ignore, file)
    apart = with_packed_apart(rows)
    own = frozenset(rows.column_names)
    rows = pa.table({name: decoded(apart.column(name)) for name in apart.column_names})
    kinds = detect_kinds(rows)
    encoded = {name: encode(rows.column(name)) for name in rows.column_names}
    said = {name: _said(column) for name, column in encoded.items()}
    return Seen(
        name=options.name or re.sub(r"[^a-z0-9]+", "_", spaced(file.stem)).strip("_") or "source",
        rows=rows,
        kinds=(*kinds, *_births(rows, kinds)),
        own=own,
        distinct={name: distinct for name, (distinct, _) in said.items()},
        filled={name: filled for name, (_, filled) in said.items()},
        unreadable=read.rejects.num_rows,
        encoding=guessed_encoding(file),
    )


def _without(rows: pa.Table, ignored: Sequence[str], file: Path) -> pa.Table:
    for name in ignored:
        if name not in rows.column_names:
            raise BadInputError(
                f"--ignore: {file.name} has no column '{name}'.",
                remedy=choices(name, rows.column_names, "Columns"),
                file=file.name,
                column=name,
            )
    return rows.drop_columns(list(dict.fromkeys(ignored)))


def _births(rows: pa.Table, kinds: Sequence[ColumnKind]) -> Iterator[ColumnKind]:
    """The births that numbers hold, as columns of their own, where no column says nearly all of them."""
    told = [one.column for one in kinds if one.kind == "birth_date"]
    if any((pc.sum(filled_rows(rows, column)).as_py() or 0) >= ALL_BORN * rows.num_rows for column in told):
        return
    for column, scheme in schemes_of(rows, kinds).items():
        if f"{column} {BIRTH}" not in rows.column_names:
            yield ColumnKind(column=f"{column} {BIRTH}", kind="birth_date", system=scheme)


def _said(column: pa.DictionaryArray) -> tuple[int, int]:
    values = pc.not_equal(pc.utf8_trim_whitespace(column.dictionary), "")
    return pc.sum(values).as_py() or 0, pc.sum(values.take(column.indices)).as_py() or 0


def read_known(known: Mapping[str, SourceSettings], root: Path) -> Known:
    """Read the keys and numbers of the sources of people, whatever they are sources of: files or tables.

    Args:
        known: sources, by name.
        root: the workspace.

    Returns:
        Those of people with a key, in the order of `known`. Memory: their distinct keys and numbers.
    """
    keys: dict[str, tuple[str, pa.Array]] = {}
    numbers: dict[str, list[pa.Array]] = {}
    unread: list[str] = []
    for name, settings in known.items():
        if settings.content != "people" or not settings.key:
            continue
        try:
            issued = {one.column: one.system for one in field_kinds(settings) if one.kind in ISSUED and one.system}
            found = _distinct(name, settings, root, (settings.key, *issued))
        except C360Error:
            unread.append(name)
            continue
        keys[name] = settings.key, found[settings.key]
        for column, system in issued.items():
            numbers.setdefault(system, []).append(found[column])
    return Known(
        keys=keys,
        numbers={system: pc.unique(pa.chunked_array(columns, pa.string())) for system, columns in numbers.items()},
        unread=tuple(unread),
    )


def _distinct(name: str, settings: SourceSettings, root: Path, columns: Sequence[str]) -> dict[str, pa.Array]:
    """Distinct values of a source; what its block says of versions and times does not matter to them."""
    plain = msgspec.structs.replace(settings, version=None, observed_at=None, deleted=None)
    found: dict[str, list[pa.Array]] = {column: [] for column in columns}
    for batch in open_source(name, plain, root).batches(None):
        for column in set(columns) & set(batch.rows.column_names):
            found[column].append(pc.unique(batch.rows.column(column)))
    return {column: pc.unique(pa.chunked_array(values, pa.string())) for column, values in found.items()}


def with_known_systems(seen: Seen, numbers: Mapping[str, pa.Array]) -> Seen:
    """Call numbers as a known system does that has the same, whatever their header says.

    Of several columns the one that shares most is meant: a row has one membership, but may name who brought the member.
    Numbers under a header of somebody else are nobody's own.

    Args:
        seen: a file.
        numbers: distinct values by system.

    Cost: one look at the values of each column of numbers, and of each system.
    """
    asked = [
        one.column for one in seen.kinds if one.kind in ISSUED and one.system not in numbers and _is_own(one.column)
    ]
    used = {one.system for one in seen.kinds}
    if not asked:
        return seen
    mine = {column: long_values(seen.rows.column(column).unique()) for column in asked}
    found: dict[str, str] = {}
    for system, values in numbers.items():
        held = long_values(values) if system not in used else frozenset[str]()
        fitting = [column for column in asked if column not in found and of_one_system(held, mine[column])]
        best = max(fitting, key=lambda column: (len(held & mine[column]), column), default=None)
        found |= {best: system} if best is not None else {}
    return replace(seen, kinds=tuple(replace(one, system=found.get(one.column, one.system)) for one in seen.kinds))


def _is_own(column: str) -> bool:
    """Whether no header says that a number is of somebody else."""
    header = read_header(column)
    others = header.of_kin() or header.of_official() or header.of_recipient() or header.of_serving()
    return not others and not PAYING.search(header.words) and not OF_OTHERS.search(header.words)
