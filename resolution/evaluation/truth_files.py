"""Truth as it lies in files: CSV, JSON lines, JSON or Parquet with a label column become one table.

Every value is read as text, so that `007` stays `007`.
"""

import re
from collections.abc import Sequence
from pathlib import Path

import duckdb
import pyarrow as pa

from core.errors import BadInputError, choices
from lake.query import open_file
from resolution.evaluation.contract import TruthOptions


def read_truth(files: Sequence[Path], options: TruthOptions) -> pa.Table:
    """Read truth files into columns source, record_id and label, all text.

    Raises:
        MissingError: a file is not there.
        BadInputError: a file is of a kind we cannot read, lacks the label column, or holds no table; the pattern is no
            regular expression with a group; no file has the source column.
    """
    tables = [_read_file(file, options) for file in files]
    if options.source_column and not any(has_source for _, has_source in tables):
        raise BadInputError(f"No truth file has the column '{options.source_column}'.", remedy="Check --source.")
    truth = pa.concat_tables([table for table, _ in tables])
    return _extract(truth, options.label_pattern) if options.label_pattern else truth


def _read_file(file: Path, options: TruthOptions) -> tuple[pa.Table, bool]:
    """One file's truth, and whether it has the source column."""
    with open_file(file, "file", padded=True) as database:
        names = {str(row[0]).strip(): str(row[0]) for row in database.sql("DESCRIBE file").fetchall()}
        if options.label not in names:
            raise BadInputError(
                f"{file.name} has no column '{options.label}'.",
                remedy=f"Name its label column with --label. {choices(options.label, list(names), 'Columns')}",
                file=file.name,
            )
        found: pa.Table = database.sql(_select(names, options)).to_arrow_table()
    has_source = options.source_column in names
    if not has_source:
        found = found.add_column(0, "source", pa.repeat(pa.scalar(file.stem), found.num_rows))
    return found, has_source


def _select(names: dict[str, str], options: TruthOptions) -> str:
    """Ask for source (where there is one), record_id and label; columns are called by the name in the file."""

    def text(column: str) -> str:
        return f'CAST("{names[column].replace(chr(34), chr(34) * 2)}" AS VARCHAR)'

    id_column = next((name for name in options.id_columns if name in names), None)
    record_id = text(id_column) if id_column else "CAST(rowid AS VARCHAR)"
    source = (
        f"{text(options.source_column)} AS source, "
        if options.source_column is not None and options.source_column in names
        else ""
    )
    return f"SELECT {source}{record_id} AS record_id, {text(options.label)} AS label FROM file"


def _extract(truth: pa.Table, pattern: str) -> pa.Table:
    """Keep group 1 of the pattern of each label; a label that does not match is no label."""
    try:
        groups = re.compile(pattern).groups
    except re.error as error:
        raise BadInputError(
            f"'{pattern}' is no regular expression: {error}.", remedy="Mend --label-pattern."
        ) from error
    if not groups:
        raise BadInputError(f"'{pattern}' has no group.", remedy=r"Put the label in parentheses, as in rec-(\d+)-.")
    with duckdb.connect() as database:
        database.register("truth", truth)
        query = "SELECT source, record_id, nullif(regexp_extract(label, $pattern, 1), '') AS label FROM truth"
        extracted: pa.Table = database.sql(query, params={"pattern": pattern}).to_arrow_table()
    return extracted
