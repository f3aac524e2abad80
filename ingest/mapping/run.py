"""Proposing how a file is mapped: a complete `[sources.NAME]` block from its column names and contents."""

from collections.abc import Mapping
from pathlib import Path

import msgspec
import pyarrow as pa

from ingest.clean.contacts import NO_COUNTRY
from ingest.contract import MapOptions, Proposal, SourceSettings
from ingest.mapping.block import block_text
from ingest.mapping.contract import Seen
from ingest.mapping.look import look_at, read_known, with_known_systems
from ingest.mapping.propose import owners_of, settings_of
from ingest.people.home_region import home_region, of_no_country


def propose_mapping(
    file: Path,
    *,
    root: Path | None = None,
    known: Mapping[str, SourceSettings] | None = None,
    options: MapOptions | None = None,
) -> Proposal:
    """Propose the block of a file.

    Args:
        file: CSV, JSON lines, JSON or Parquet.
        root: the workspace; the block's path is relative to it.
        known: its sources so far; an event's people are looked for among their keys.
        options: the source's name, columns that the user knows, and how many rows may be set aside.

    Raises:
        BadInputError: the file cannot be read, or nothing in it numbers its rows or says who they are about.
    """
    wanted = options or MapOptions()
    there = read_known(known or {}, root or Path())
    seen = with_known_systems(look_at(file, wanted), there.numbers)
    settings, key = settings_of(seen, wanted, there.keys)
    settings = msgspec.structs.replace(settings, path=_path(file, root), encoding=seen.encoding)
    owners = owners_of(seen, settings.who.column, there.keys) if settings.who else ()
    if settings.who and owners:
        settings = msgspec.structs.replace(settings, who=msgspec.structs.replace(settings.who, system=owners[0]))
    return Proposal(
        name=seen.name,
        settings=settings,
        text=block_text(seen.name, settings),
        columns=seen.kinds,
        owners=owners,
        unread=there.unread if settings.who else (),
        region=_region(seen, settings.fields),
        rows=seen.rows.num_rows + seen.unreadable,
        rejected=seen.unreadable + (key.blank if key else 0),
        repeated=key.repeated if key else 0,
    )


def _region(seen: Seen, fields: Mapping[str, str]) -> str | None:
    """The country of telephone numbers without a country code, where they do not seem to be of the usual one."""
    phones = [column for column, kind in fields.items() if kind == "phone"]
    region = home_region(seen.rows, phones, pa.repeat(seen.name, seen.rows.num_rows))
    return region or (NO_COUNTRY if of_no_country(seen.rows, phones) else None)


def _path(file: Path, root: Path | None) -> str:
    absolute = file.resolve()
    base = (root or Path()).resolve()
    return absolute.relative_to(base).as_posix() if absolute.is_relative_to(base) else absolute.as_posix()
