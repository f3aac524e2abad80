"""What ingest takes and hands on: settings of a source, kinds of columns, people, and a run's staged tables."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Literal, Protocol

import duckdb
import msgspec
import pyarrow as pa

from core.progress import Progress, Silent
from core.settings import Settings


class WhoSettings(Settings, frozen=True):
    """Whom an event is about.

    Attributes:
        column: the column that says who.
        system: a source of this file (the value is that source's key), or what the value identifies by: email, phone,
            device, ssn, mrn …
    """

    column: str
    system: str


class SourceSettings(Settings, frozen=True):
    """One `[sources.NAME]` block.

    Attributes:
        type: `files` or `sql`.
        path: a file or a pattern such as `sources/*.csv`, relative to the workspace; or a list of them.
        url: of a database: `sqlite:///file.db` or `postgresql://…`.
        table: the table to read.
        query: a query to read instead of a table.
        content: what a row is: `people`, `events` or `answers`.
        kind: what the people are: `customer` or `patient`.
        key: the column that names a row for good. People need one; events without one are named by their content.
        version: a whole number that grows with every change of a row.
        observed_at: when the source last saw the row.
        as_of: the day, as 2024-12-31, on which the ages of this source were true; without it, `observed_at` of a row.
            Without both, ages are compared with each other, and tell no birth.
        deleted: a column that is true, or holds the time, when the row is deleted.
        mode: `full`: what is no longer there, record or event, is kept; `mirror`: it is deleted.
        fields: column to KIND of a people source. What one column packs has names of its own: of a cell of place and
            day `COLUMN place of birth` and `COLUMN date of birth`; of a postcode and its town `COLUMN postcode` and
            `COLUMN city`; of a machine-readable line `COLUMN surname` and so on; and the birth in a national number is
            `COLUMN date of birth` of the kind `birth_date:SCHEME`.
        who: whom an event is about.
        at: when it happened.
        event_type: the type of every event of this source.
        type_column: the column that says the type.
        about: what it concerns.
        value: its measure.
        cost: its money.
        channel: where all its events happened; or
        channel_column: the column that says where each did.
        question: of an answers source, the column of the question.
        response: of an answers source, the column of the answer.
        attributes: attribute to column, for attributes whose name is not the column's.
        separator: of a CSV file, when it is not found by itself.
        encoding: of a text file, when it is not found by itself.
        day_first: whether 03/04/2020 is in April, when the columns do not say.
    """

    type: Literal["files", "sql"] = "files"
    path: str | list[str] | None = None
    url: str | None = None
    table: str | None = None
    query: str | None = None
    content: Literal["people", "events", "answers"] = "people"
    kind: Literal["customer", "patient"] = "customer"
    key: str | None = None
    version: str | None = None
    observed_at: str | None = None
    as_of: str | None = None
    deleted: str | None = None
    mode: Literal["full", "mirror"] = "full"
    fields: dict[str, str] = msgspec.field(default_factory=dict[str, str])
    who: WhoSettings | None = None
    at: str | None = None
    event_type: str | None = None
    type_column: str | None = None
    about: str | None = None
    value: str | None = None
    cost: str | None = None
    channel: str | None = None
    channel_column: str | None = None
    question: str | None = None
    response: str | None = None
    attributes: dict[str, str] = msgspec.field(default_factory=dict[str, str])
    separator: str | None = None
    encoding: str | None = None
    day_first: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnKind:
    """What a column was found to hold.

    Attributes:
        column: its name.
        kind: a KIND.
        system: of identifiers, who issued them.
        confidence: 0 to 1; 1 when the user said so.
        samples: a few of its values, to be shown on a screen and nowhere else.
    """

    column: str
    kind: str
    system: str | None = None
    confidence: float = 1.0
    samples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleOptions:
    """How to read people tables without configuration.

    Attributes:
        id_columns: each file uses the first of these that it has.
        source_column: its value is the source; without it the file's stem.
        ignore: columns that are never evidence and never kept.
        map: column to KIND, above what is found.
        default_region: country of telephone numbers without a country code; None for that of most numbers which have
            one, and the US where they do not say.
        encoding: of text files, when it is not found by itself.
        encodings: file name to encoding, above that of all.
    """

    id_columns: tuple[str, ...] = ()
    source_column: str | None = None
    ignore: tuple[str, ...] = ()
    map: Mapping[str, str] = field(default_factory=dict[str, str])
    default_region: str | None = None
    encoding: str | None = None
    encodings: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """People as resolution takes them.

    Attributes:
        records: record_id, source, source_key, the profile columns and categories, as in RECORDS.
        kinds: what each column was taken for.
        rejects: rows that could not be used, as in REJECTS.
        guessed: by file, the encoding that was taken because its bytes are not UTF-8 and nothing said what they are.
        remarks: what else a reader should hear of how they were read, a sentence each.
    """

    records: pa.Table
    kinds: tuple[ColumnKind, ...]
    rejects: pa.Table
    guessed: Mapping[str, str] = field(default_factory=dict[str, str])
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Some rows of a source, as it wrote them.

    Attributes:
        rows: columns of text; blank cells are null or empty.
        lines: shape (rows,), int64: the line of the file, or the row of the table.
        file: where they stand, relative to the workspace.
        operation: what to do with them.
        versions: shape (rows,), int64: the source's own version; None when it keeps none.
        watermark: where to go on from: give it to `batches` to get only what came later.
        rejects: rows of the same stretch that could not be read, as in REJECTS.
    """

    rows: pa.Table
    lines: pa.Array
    file: str
    operation: Literal["upsert", "delete"]
    versions: pa.Array | None
    watermark: str
    rejects: pa.Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """What a source has to give.

    Attributes:
        watermark: where it will stand when it is read; None when it keeps none and is read whole every time.
        since: what to give to `batches`: a watermark to go on from, or None to read it whole.
        unread: the files whose rows, and rejects, stand as they were read before.
    """

    watermark: str | None = None
    since: str | None = None
    unread: tuple[str, ...] = ()


class Source(Protocol):
    """Somewhere rows come from."""

    def ahead(self, since: str | None) -> Ahead:
        """Look what came after the watermark, without reading it."""
        ...

    def batches(self, since: str | None) -> Iterator[Batch]:
        """Give the rows that came after the watermark, all of them when there is none."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class IngestContext:
    """What a run gives to ingest.

    Attributes:
        root: the workspace; paths of sources are relative to it.
        stage: an empty folder of the run's own.
        key: the workspace key.
        now: the run's clock.
        previous: the newest snapshot's tables, None before the first.
        default_region: country of telephone numbers without a country code.
        reject_limit: largest share of a source's rows that may be rejected, 0 to 1.
        progress: who hears how far it is.
    """

    root: Path
    stage: Path
    key: bytes
    now: datetime
    previous: duckdb.DuckDBPyConnection | None = None
    default_region: str = "US"
    reject_limit: float = 0.05
    progress: Progress = field(default_factory=Silent)


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Rows of one file with which one thing is wrong.

    Attributes:
        source: whose file it is.
        file: where they stand.
        reason: what is wrong.
        rows: how many there are.
        line: of the first.
        kept: whether they are kept without the value that is wrong, or with it; else they are set aside.
    """

    source: str
    file: str
    reason: str
    rows: int
    line: int
    kept: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """Events of a source whose person no record is of.

    Attributes:
        source: of the events.
        system: what they name people by.
        by_key: whether that is a source of people, whose key nobody has; else an identifier that nobody is known by.
        events: their number.
        people: how many they name.
    """

    source: str
    system: str
    by_key: bool
    events: int
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """Events of a source that name people by identifiers which several people bear.

    Attributes:
        source: of the events.
        system: what they name people by.
        events: their number.
        values: how many identifiers they name.
    """

    source: str
    system: str
    events: int
    values: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """A source that c360.toml no longer has, and of which the last snapshot has rows.

    Attributes:
        source: its name.
        records: people of it, the deleted ones left out.
        events: its events.
    """

    source: str
    records: int
    events: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Ingested:
    """What a run's sources gave: staged Parquet files in the schemas of `lake.tables`.

    Attributes:
        records: all records, those of earlier runs included.
        events: all events, likewise.
        event_deletions: events that their source deleted.
        rejects: rows with which something is wrong, of this run or in files that it did not have to read again.
        watermarks: how far each source was read.
        fingerprint: of the settings and everything read; equal when nothing changed.
        counts: rows read, accepted and rejected, by `source.what`.
        unknown: events of people whom nobody knows, by source.
        gone: sources that are no longer there, whose rows are kept.
    """

    records: Path
    events: Path
    event_deletions: Path
    rejects: Path
    watermarks: Path
    fingerprint: str
    counts: Mapping[str, int]
    unknown: tuple[Unknown, ...] = ()
    gone: tuple[Gone, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MapOptions:
    """How to propose a mapping.

    Attributes:
        name: of the source; the file's when not given.
        key: the column that numbers the rows; found by looking when not given.
        who: the column that says whose the events are; found by looking when not given.
        ignore: columns that play no part; a run keeps them beside the row.
        reject_limit: largest share of rows whose key may be of no use, 0 to 1.
    """

    name: str | None = None
    key: str | None = None
    who: str | None = None
    ignore: tuple[str, ...] = ()
    reject_limit: float = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A `[sources.NAME]` block proposed for a file.

    Attributes:
        name: of the source.
        settings: the block, checked.
        text: the block as TOML.
        columns: what each column was found to hold, and the role it plays.
        owners: of events, the people sources whose keys their person's column may hold; the block names the first.
        unread: of events, the people sources whose keys could not be read.
        region: of people, ISO 3166 code of the country of telephone numbers without a country code, as those with one
            tell; XX where most begin with a zero and none tells; None where the usual country may be right.
        rows: how many rows were looked at.
        rejected: of these, the rows that a run will set aside: they cannot be read or have no key.
        repeated: of these, the rows whose key an earlier one has.
    """

    name: str
    settings: SourceSettings
    text: str
    columns: Sequence[ColumnKind]
    owners: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    region: str | None = None
    rows: int = 0
    rejected: int = 0
    repeated: int = 0
