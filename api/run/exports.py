"""Exports of people as files for analysts: their golden profiles, as of one snapshot, with a manifest.

Who may be in an export and which columns it has is the caller's to say; everybody in it is told of before a file is
written, so that the audit log comes first.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

import duckdb

from core.errors import BadInputError, MissingError
from insight.contract import Sql
from insight.segments import FIELDS, Saved, fitted, to_sql
from lake import Export, Snapshot, export_rows

PERSON: Final = "entity_id"
COLUMNS: Final = (
    "given_name",
    "middle_name",
    "family_name",
    "birth_date",
    "birth_year",
    "sex",
    "email",
    "phone",
    "city",
    "region",
    "postcode",
    "country",
    "is_customer",
    "is_patient",
)
"""What an export may hold beside the person's id; fields of segments, with the same meaning."""
PARTITIONS: Final = ("country", "region", "sex", "birth_year")
UNKNOWN: Final = "unknown"

Told = Callable[[Sequence[str]], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportOptions:
    """What an export shows of people, and how it is laid out.

    Attributes:
        columns: some of `COLUMNS`.
        partition_by: some of these columns and of `PARTITIONS`; an unknown value is called `unknown` there.
    """

    columns: Sequence[str] = COLUMNS
    partition_by: Sequence[str] = ()


BY_REGION: Final = ExportOptions(partition_by=("region",))
"""What the command line and the demo write."""


def export_people(
    connection: duckdb.DuckDBPyConnection,
    members: Sql,
    folder: Path,
    *,
    snapshot: Snapshot,
    told: Told,
    options: ExportOptions = ExportOptions(),
) -> Export:
    """Write people into a new folder.

    Args:
        connection: to the snapshot.
        members: a query of one column `entity_id`.
        folder: must not exist or be empty.
        snapshot: what the connection reads.
        told: hears the ids of everybody before the first file is written.
        options: what it shows, and how it is laid out.

    Raises:
        BadInputError: the export cannot be partitioned by that column.
        ConflictError: the folder is not empty.
    """
    columns, partition_by = options.columns, options.partition_by
    wrong = [name for name in partition_by if name not in columns or name not in PARTITIONS]
    if wrong or len(set(partition_by)) != len(partition_by):
        raise BadInputError("An export is not partitioned by that.", remedy=f"Use one of: {', '.join(PARTITIONS)}.")
    who = f"SELECT entity_id FROM entities WHERE entity_id IN ({members.text}) ORDER BY entity_id"
    told([str(row[0]) for row in connection.execute(who, list(members.parameters)).fetchall()])
    chosen = ", ".join(_column(name, apart=name in partition_by) for name in columns)
    query = f"SELECT {PERSON}, {chosen} FROM entities WHERE entity_id IN ({members.text}) ORDER BY entity_id"
    return export_rows(
        connection, query, members.parameters, folder, snapshot=snapshot, partition_by=tuple(partition_by)
    )


def segment_members(connection: duckdb.DuckDBPyConnection, segment: str) -> Sql:
    """Who is in a segment, by name, as the snapshot's run found them.

    Raises:
        MissingError: nobody was ever in a segment of that name as of this snapshot.
    """
    ((known,),) = connection.execute("SELECT count(*) FROM segment_membership WHERE segment = ?", [segment]).fetchall()
    if not known:
        raise MissingError(
            f"As of that snapshot no run had found anybody in the segment '{segment}'.",
            remedy="Leave --snapshot out for who is in it now, or name a later one; `c360 status` lists them.",
            segment=segment,
        )
    return Sql(
        text="SELECT entity_id FROM segment_membership WHERE segment = ? AND left_at IS NULL", parameters=(segment,)
    )


def members_now(connection: duckdb.DuckDBPyConnection, saved: Saved, at: datetime, *, region: str) -> tuple[Sql, bool]:
    """Who is in a segment as it is defined now: as the run found them, or counted where no run has filled it yet.

    Args:
        connection: to the newest snapshot.
        saved: the segment, with other segments' definitions put in.
        at: the snapshot's clock.
        region: country of the telephone numbers that a definition writes without a country code.

    Returns:
        A query of one column `entity_id`, and whether a run found somebody by this version of the definition.
    """
    asked = (saved.segment_id, saved.version)
    stays = "FROM segment_membership WHERE left_at IS NULL AND segment_id = ? AND definition_version = ?"
    ((filled,),) = connection.execute(f"SELECT count(*) > 0 {stays}", list(asked)).fetchall()
    if filled:
        return Sql(text=f"SELECT entity_id {stays}", parameters=asked), True
    return to_sql(fitted(connection, saved.definition, region=region).definition, at), False


def size_now(connection: duckdb.DuckDBPyConnection, saved: Saved, at: datetime, *, region: str) -> int:
    """How many are in a segment as it is defined now; arguments as in `members_now`."""
    members, _ = members_now(connection, saved, at, region=region)
    ((size,),) = connection.execute(f"SELECT count(*) FROM ({members.text})", list(members.parameters)).fetchall()
    return int(size)


def _column(name: str, *, apart: bool) -> str:
    expression = FIELDS[name].sql
    if apart:
        expression = f"coalesce(({expression})::VARCHAR, '{UNKNOWN}')"
    return f'{expression} AS "{name}"'
