"""Reading people tables without configuration: files or rows, kinds found by looking, records ready to be resolved."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Final

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from core.errors import BadInputError, choices
from ingest.adapters.arrow_rows import as_text
from ingest.adapters.files import guessed_encoding, read_file
from ingest.clean import cleaner
from ingest.clean.contacts import NO_COUNTRY
from ingest.clean.run import encode, one_chunk, side_by_side
from ingest.contract import People, PeopleOptions
from ingest.kinds import (
    detect_kinds,
    with_same_groups,
    with_same_identifiers,
    with_same_phones,
    without_row_numbers,
)
from ingest.people.births_in_numbers import with_births_of_numbers
from ingest.people.dated_ages import with_births_of_ages, with_undated_ages
from ingest.people.forerunners import with_forerunners
from ingest.people.home_region import home_region, of_no_country
from ingest.people.impossible import days_of_no_calendar
from ingest.people.learn import Usual, learn
from ingest.people.made import made_columns, with_made
from ingest.people.overused import overused
from ingest.people.plan import UNDATED, Plan, plan_columns
from ingest.people.profiles import make_profiles
from ingest.people.remarks import remarks
from ingest.people.rests import with_rests
from ingest.people.several import most_of_each, planned_apart, taken_apart
from ingest.people.values import clean_columns, without_overused
from ingest.read_ages import with_ages_in_years
from ingest.read_packed import with_packed_apart
from ingest.row_ids import Unnamed, check_unique, find_id, row_ids, without_own_id
from lake.query import to_schema
from lake.tables import RECORDS, REJECTS
from lake.tables.types import PROFILE
from lake.workers import in_threads

KEY: Final = "__key"
SOURCE: Final = "__source"
USUAL_REGION: Final = "US"
NO_ROWS: Final = "{} has a header and no rows."
PIECE: Final = 100_000
"""Rows put together at a time."""
NEEDED: Final = ("record_id", "source", "source_key")
SCHEMA: Final = pa.schema(
    [RECORDS.schema.field(name) for name in (*NEEDED, *(field.name for field in PROFILE), "categories")]
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Table:
    """Rows of one table without the columns that are no evidence, over their distinct values, with KEY and SOURCE."""

    rows: pa.Table
    names: tuple[str, ...]
    rejects: pa.Table = field(default_factory=REJECTS.schema.empty_table)
    guessed: Mapping[str, str] = field(default_factory=dict[str, str])


def read_people(files: Sequence[Path], options: PeopleOptions, *, called: Mapping[int, str] | None = None) -> People:
    """Read people tables, deciding the kind of every column.

    Args:
        files: CSV, JSON lines, JSON, Parquet, or workbooks.
        options: ids, source, and what to leave out.
        called: by place among the files, what the source is called, whatever the file is called or its column says.

    Returns:
        Records in the order of files and rows: record_id (`source:key`), source, source_key, profile, categories.

    Raises:
        BadInputError: a file is unusable; its column of ids is none; files of one source share ids; a named column is
            in no file.
    """
    names = called or {}
    _check_encodings(options, [file.name for file in files])
    unnamed = [file for place, file in enumerate(files) if place not in names]
    _check_once(unnamed)
    read = [_read(file, names.get(place), options) for place, file in enumerate(files)]
    empty = tuple(NO_ROWS.format(file.name) for file, one in zip(files, read, strict=True) if not one.rows.num_rows)
    people = _people(read, options)
    alike = () if options.source_column else tuple(_of_one_name(unnamed))
    return replace(people, remarks=(*people.remarks, *empty, *alike))


def read_rows(tables: Mapping[str, pa.Table], options: PeopleOptions) -> People:
    """Read people who are in memory as `read_people` reads them from files; nothing is written anywhere.

    Args:
        tables: by source.
        options: as in `read_people`.

    Raises:
        BadInputError: as in `read_people`.
    """
    read = [
        _evidence(as_text(rows), _row_numbers(rows), options, file=name, source=(options.source_column, name))
        for name, rows in tables.items()
    ]
    return _people(read, options)


def _people(read: Sequence[_Table], options: PeopleOptions) -> People:
    _check_used(options, [one.names for one in read])
    rejects = pa.concat_tables([REJECTS.schema.empty_table(), *(one.rejects for one in read)])
    guessed = {file: encoding for one in read for file, encoding in one.guessed.items()}
    table = pa.concat_tables([one.rows for one in read], promote_options="default")
    keys, source = one_chunk(table.column(KEY)), one_chunk(table.column(SOURCE))
    if len(read) > 1:
        check_unique(source, keys)
    evidence = with_packed_apart(_encoded(table.drop_columns([KEY, SOURCE])), keep=options.map)
    evidence = with_ages_in_years(evidence, [name for name, kind in options.map.items() if kind == UNDATED])
    kinds = with_same_phones(evidence, detect_kinds(evidence, overrides=options.map))
    # Numbers that never come twice in one file may come in another, under its header.
    kinds = without_row_numbers(evidence, with_same_identifiers(evidence, kinds))
    kinds = with_same_groups(evidence, kinds)
    plan = plan_columns(kinds)
    evidence = with_made(evidence, made_columns(kinds, evidence.column_names))
    evidence, plan, numbered = with_births_of_numbers(evidence, plan, kinds)
    evidence, plan, aged = with_births_of_ages(evidence, plan, kinds, source)
    plan = with_forerunners(with_rests(with_undated_ages(plan, evidence), evidence), evidence)
    usual_region = NO_COUNTRY if of_no_country(evidence, plan.phones) else USUAL_REGION
    region = options.default_region or home_region(evidence, plan.phones, source) or usual_region
    # Numbers say where people are called, not how their days are written.
    usual = replace(Usual.of(options.default_region or USUAL_REGION), region=region)
    with cleaner(region) as database:
        most = most_of_each(database, evidence, plan)
        evidence, plan = taken_apart(database, evidence, plan, most), planned_apart(plan, most)
        reading = learn(database, evidence, plan, source, usual)
        said = remarks(database, evidence, plan, reading)
        values = clean_columns(database, evidence, plan, reading, source)
        too_often = overused(database, values, plan, evidence)
        del read, table, evidence  # all that counts is in the values
        said = *numbered, *aged, *said, *days_of_no_calendar(database, values, plan)
        values = without_overused(values, too_often)
        profiles = _profiles(database, values, plan)
    # Whoever keeps the names alone shall not keep the profiles: those lie in one piece of memory with each other.
    names = (pc.binary_join_element_wise(source, keys, ":"), source, keys)
    columns = dict(zip(NEEDED, names, strict=True)) | dict(zip(profiles.column_names, profiles.columns, strict=True))
    records = to_schema(pa.table(columns), SCHEMA)
    return People(records=records, kinds=kinds, rejects=rejects, guessed=guessed, remarks=said)


def _check_any(table: pa.Table, rejects: pa.Table) -> None:
    if not table.num_rows and rejects.num_rows:
        first = rejects.slice(0, 1).to_pylist()[0]
        raise BadInputError(
            f"No row of {first['file']} could be read; line {first['line']}: {first['reason']}",
            remedy="Mend the file, or its header, so that both have the same columns.",
            file=first["file"],
            line=first["line"],
        )


def _read(file: Path, called: str | None, options: PeopleOptions) -> _Table:
    """One file."""
    said = options.encodings.get(file.name, options.encoding)
    guess = None if said else guessed_encoding(file, options.id_columns)
    read = read_file(file, encoding=said or guess)
    _check_any(read.rows, read.rejects)
    source = (None, called) if called else (options.source_column, file.stem)
    used = _evidence(read.rows, one_chunk(read.lines), options, file=file.name, source=source)
    rejects = pa.concat_tables([read.rejects, used.rejects])
    return replace(used, rejects=rejects, guessed={file.name: guess} if guess else {})


def _evidence(
    rows: pa.Table, lines: pa.Array, options: PeopleOptions, *, file: str, source: tuple[str | None, str]
) -> _Table:
    """Rows as they are used, and those without an id of their own.

    Args:
        rows: as they were written.
        lines: shape (rows,). Where they stand.
        options: which columns to use.
        file: what to call it in errors.
        source: the column that says it, and what stands where that says nothing.
    """
    names = rows.column_names
    id_column = find_id(rows, options.id_columns, file)
    ids, sources, rejects = row_ids(rows, id_column), _source(rows, *source), REJECTS.schema.empty_table()
    unnamed = without_own_id(sources, ids)
    if unnamed.any():
        at, own = np.flatnonzero(unnamed), pa.array(~unnamed)
        told = Unnamed(
            file=file, column=id_column or "id", at=at, source=sources.take(at), ids=ids.take(at), lines=lines.take(at)
        )
        rejects = told.rejects(rows)
        rows, ids, sources = rows.filter(own), ids.filter(own), sources.filter(own)
    left_out = {*options.id_columns, *options.ignore, options.source_column}
    kept = rows.drop_columns([name for name in names if name in left_out])
    used = _encoded(kept).append_column(KEY, ids).append_column(SOURCE, sources)
    return _Table(rows=used, names=tuple(names), rejects=rejects)


def _row_numbers(rows: pa.Table) -> pa.Array:
    return pa.array(np.arange(1, rows.num_rows + 1))


def _source(rows: pa.Table, column: str | None, name: str) -> pa.Array:
    if column is None or column not in rows.column_names:
        return pa.array([name] * rows.num_rows, pa.string())
    names = pc.utf8_trim_whitespace(one_chunk(rows.column(column)))
    source: pa.Array = pc.if_else(pc.fill_null(pc.equal(names, ""), True), name, names)
    return source


def _check_used(options: PeopleOptions, names: Sequence[Sequence[str]]) -> None:
    """A named column that no file has is a mistake."""
    every = {name for one in names for name in one}
    wanted = [("--ignore", name) for name in options.ignore] + [("--map", name) for name in options.map]
    wanted += [("--source", options.source_column)] if options.source_column else []
    for flag, name in wanted:
        if name not in every:
            raise BadInputError(
                f"{flag}: no file has a column '{name}'.", remedy=choices(name, sorted(every), "Columns"), column=name
            )


def _check_once(files: Sequence[Path]) -> None:
    """A file that is named twice would find each of its people a second time."""
    for file, count in Counter(file.resolve() for file in files).items():
        if count > 1:
            raise BadInputError(f"{file.name} is named twice.", remedy="Name each file once.", file=file.name)


def _of_one_name(files: Sequence[Path]) -> Iterator[str]:
    """A remark on files that are one source because they are called alike."""
    for source, count in Counter(file.stem for file in files).items():
        if count > 1:
            alike = ", ".join(str(file) for file in files if file.stem == source)
            yield f"{alike} are one source, {source}. If they are several, rename them, or name a --source column."


def _check_encodings(options: PeopleOptions, files: Sequence[str]) -> None:
    """An encoding of a file that is not read is a mistake."""
    for name in options.encodings:
        if name not in files:
            raise BadInputError(
                f"--encoding: no file is called '{name}'.", remedy=choices(name, sorted(files), "Files"), file=name
            )


def _encoded(table: pa.Table) -> pa.Table:
    """The table over dictionaries, so that each distinct text is held and cleaned once."""
    if not table.num_columns:
        return table
    return pa.table(dict(zip(table.column_names, in_threads(encode, table.columns), strict=True)))


def _profiles(database: duckdb.DuckDBPyConnection, values: pa.Table, plan: Plan) -> pa.Table:
    """Records in the order of the values, put together piece by piece."""
    pieces = [values.slice(at, PIECE) for at in range(0, max(values.num_rows, 1), PIECE)]
    jobs = [partial(make_profiles, plan=plan, values=one, keep=()) for one in pieces]
    return pa.concat_tables(side_by_side(database, jobs))
