"""Reading people tables without configuration: files or rows, kinds found by looking, records ready to be resolved."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from core.errors import BadInputError, choices
from ingest.adapters.files import read_file
from ingest.clean import cleaner
from ingest.clean.run import encode, one_chunk
from ingest.contract import ColumnKind, People, PeopleOptions
from ingest.kinds import detect_kinds
from ingest.people.learn import Usual, learn, overused
from ingest.people.plan import plan_columns
from ingest.people.profile_sql import profile_sql
from ingest.people.values import clean_columns, without_overused
from lake.query import to_schema
from lake.tables import RECORDS, REJECTS
from lake.tables.types import PROFILE

KEY: Final = "__key"
SOURCE: Final = "__source"
NEEDED: Final = ("record_id", "source", "source_key")
SCHEMA: Final = pa.schema(
    [RECORDS.schema.field(name) for name in (*NEEDED, *(field.name for field in PROFILE), "categories")]
)


def read_people(files: Sequence[Path], options: PeopleOptions) -> People:
    """Read people tables, deciding the kind of every column.

    Args:
        files: CSV, JSON lines, JSON or Parquet.
        options: ids, source, and what to leave out.

    Returns:
        Records in the order of files and rows: record_id (`source:key`), source, source_key, profile, categories.

    Raises:
        BadInputError: a file is unusable; an id is blank or occurs twice, named by row and column; a named column is
            in no file.
    """
    return _people([_read(file, options) for file in files], options)


def read_rows(rows: pa.Table, options: PeopleOptions, *, name: str) -> People:
    """Read people who are in memory as `read_people` reads them from a file; nothing is written anywhere.

    Args:
        rows: columns of text.
        options: as in `read_people`.
        name: what a file of these rows would be called; without its ending, the source.

    Raises:
        BadInputError: as in `read_people`.
    """
    return _people([(*_evidence(rows, options, Path(name)), REJECTS.schema.empty_table())], options)


def _people(read: Sequence[tuple[pa.Table, list[str], pa.Table]], options: PeopleOptions) -> People:
    _check_used(options, [names for _, names, _ in read])
    table = pa.concat_tables([table for table, _, _ in read], promote_options="default")
    keys, source = one_chunk(table.column(KEY)), one_chunk(table.column(SOURCE))
    evidence = _encoded(table.drop_columns([KEY, SOURCE]))
    kinds = detect_kinds(evidence, overrides=options.map)
    rejects = pa.concat_tables([REJECTS.schema.empty_table(), *(rejects for _, _, rejects in read)])
    records = _records(evidence, kinds, keys, source, options.default_region)
    _check_unique(source, keys, "id", "the files together")
    return People(records=records, kinds=kinds, rejects=rejects)


def _read(file: Path, options: PeopleOptions) -> tuple[pa.Table, list[str], pa.Table]:
    """One file without the columns that are not evidence, with its keys and sources; its column names; its rejects."""
    rows, rejects = read_file(file)
    return *_evidence(rows, options, file), rejects


def _evidence(rows: pa.Table, options: PeopleOptions, file: Path) -> tuple[pa.Table, list[str]]:
    names = rows.column_names
    id_column = next((name for name in options.id_columns if name in names), None)
    if options.id_columns and id_column is None:
        raise BadInputError(
            f"{file.name} has none of the id columns {', '.join(options.id_columns)}.",
            remedy=choices(options.id_columns[0], names, "Its columns"),
            file=file.name,
        )
    keys = _keys(rows, id_column, file)
    source = _source(rows, options.source_column, file)
    _check_unique(source, keys, id_column or "id", file.name)
    left_out = {*options.id_columns, *options.ignore, options.source_column}
    kept = rows.drop_columns([name for name in names if name in left_out])
    return kept.append_column(KEY, keys).append_column(SOURCE, source), names


def _keys(rows: pa.Table, id_column: str | None, file: Path) -> pa.Array:
    if id_column is None:
        return pa.array([str(number) for number in range(rows.num_rows)], pa.string())
    keys: pa.Array = pc.utf8_trim_whitespace(one_chunk(rows.column(id_column)))
    blank = pc.fill_null(pc.equal(keys, ""), True)
    if pc.any(blank).as_py():
        raise BadInputError(
            f"{file.name}: row {pc.index(blank, True).as_py() + 1} has no {id_column}.",
            remedy="Give every row an id, or leave --id out.",
            file=file.name,
            row=pc.index(blank, True).as_py() + 1,
            column=id_column,
        )
    return keys


def _source(rows: pa.Table, column: str | None, file: Path) -> pa.Array:
    if column is None or column not in rows.column_names:
        return pa.array([file.stem] * rows.num_rows, pa.string())
    names = pc.utf8_trim_whitespace(one_chunk(rows.column(column)))
    source: pa.Array = pc.if_else(pc.fill_null(pc.equal(names, ""), True), file.stem, names)
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


def _encoded(table: pa.Table) -> pa.Table:
    """The table over dictionaries, so that each distinct text is held and cleaned once."""
    return pa.table({name: encode(table.column(name)) for name in table.column_names}) if table.num_columns else table


def _records(table: pa.Table, kinds: tuple[ColumnKind, ...], keys: pa.Array, source: pa.Array, region: str) -> pa.Table:
    plan = replace(plan_columns(kinds), age=())  # nothing says when the ages were true
    with cleaner(region) as database:
        reading = learn(database, table, plan, source, Usual.of(region))
        values = clean_columns(database, table, plan, reading, source)
        values = without_overused(values, overused(values, plan))
        record_ids = pc.binary_join_element_wise(source, keys, ":")
        named = values.append_column("record_id", record_ids).append_column("source", source)
        database.register("cleaned", named.append_column("source_key", keys))
        records = database.sql(profile_sql(plan, "cleaned", keep=NEEDED)).to_arrow_table()
    return to_schema(records, SCHEMA)


def _check_unique(source: pa.Array, keys: pa.Array, column: str, place: str) -> None:
    """Every record of a source has an id of its own."""
    ids = encode(pc.binary_join_element_wise(source, keys, "\x1f"))
    if len(ids.dictionary) == len(ids):
        return
    codes = ids.indices.to_numpy(zero_copy_only=False)
    _, firsts = np.unique(codes, return_index=True)
    row = int(np.setdiff1d(np.arange(len(codes)), firsts)[0]) + 1
    raise BadInputError(
        f"{place}: row {row} repeats the {column} of an earlier row.",
        remedy="Ids must be unique in each source: name another column with --id, or the source with --source.",
        file=place,
        row=row,
        column=column,
    )
