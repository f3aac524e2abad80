"""Exports of a segment: who is in it as of a snapshot, with the golden profile, partitioned by region."""

from pathlib import Path
from typing import Final

from core.errors import MissingError
from lake import Export, ParquetLake, Snapshot, export_rows

MEMBERS: Final = """
    SELECT m.entity_id, m.segment, m.definition_version, m.entered_at, e.kinds, e.given_name, e.family_name,
        e.birth_date, e.sex, e.emails, e.phones, e.addresses[1].city AS city, e.addresses[1].postcode AS postcode,
        e.confidence,
        coalesce(e.addresses[1].region, 'unknown') AS region
    FROM segment_membership m JOIN entities e USING (entity_id)
    WHERE m.segment = ? AND m.left_at IS NULL
    ORDER BY region, m.entity_id"""


def export_segment(lake: ParquetLake, snapshot: Snapshot, segment: str, folder: Path) -> Export:
    """Write a segment's members into a new folder.

    Raises:
        MissingError: nobody was ever in a segment of that name as of this snapshot.
        ConflictError: the folder is not empty.
    """
    with lake.connect(snapshot) as connection:
        known = connection.execute("SELECT count(*) FROM segment_membership WHERE segment = ?", [segment]).fetchone()
        if known is None or not known[0]:
            raise MissingError(f"There is no segment '{segment}' in that snapshot.", remedy="See `c360 segment list`.")
        return export_rows(connection, MEMBERS, [segment], folder, snapshot=snapshot.id, partition_by=["region"])
