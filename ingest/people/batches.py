"""One part of a people source becomes rows that can be merged: profile, provenance, and what no mapping names."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import astuple, dataclass
from datetime import UTC, date, datetime
from typing import Final

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from core.errors import BadInputError
from core.ids import keyed_ids
from ingest.clean.dates import Order
from ingest.clean.run import clean_instants, decoded, one_chunk
from ingest.contract import ColumnKind, IngestContext, SourceSettings
from ingest.kinds import parse_kind
from ingest.kinds.detect import ISSUED
from ingest.kinds.header import system_of
from ingest.people.dated_ages import with_undated_ages
from ingest.people.forerunners import with_forerunners
from ingest.people.impossible import possible_dates
from ingest.people.learn import Usual, learn
from ingest.people.made import Made, check_packed, column_behind, made_columns, with_made
from ingest.people.overused import overused
from ingest.people.plan import Plan, plan_columns
from ingest.people.profiles import make_profiles
from ingest.people.rests import with_rests
from ingest.people.several import most_of_each, planned_apart, taken_apart
from ingest.people.unreadable import unreadable
from ingest.people.values import Reading, clean_columns, without_overused
from ingest.read_ages import ages_in_years, with_known_ages
from ingest.read_digits import with_ascii_digits
from ingest.rows_sql import hash_sql, map_sql
from ingest.stage import FILE, LINE, OPERATION, VERSION, Staged, rejected_rows

FILLER: Final = r"^(1900|0000|9999|1111|0001|2999|18[0-9]{2})|[-/. ](1900|0000|9999|1111|0001|2999|18[0-9]{2})$"
"""How a date begins or ends that stands for none."""
NO_DATE: Final = "No date: the record is kept without it."
KEPT: Final = (
    "record_id", "uid", "source", "source_key", "kind", "given_version", "observed_at", "deleted_time", "operation",
    "file", "line", "original", "extra", "content_hash",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleMapping:
    """How one people source is read.

    Attributes:
        name: the source.
        settings: its block.
        plan: what its columns become.
        made: the columns that are read out of others.
        most: by column of contacts, the most that one cell holds, where that is several.
        reading: what its whole columns taught.
        overused: by role, values that cannot belong to one person.
        observed: how the instants of `observed_at` read.
        ages: by column of ages, what those with a unit are in years.
    """

    name: str
    settings: SourceSettings
    plan: Plan
    made: tuple[Made, ...]
    most: Mapping[str, int]
    reading: Reading
    overused: dict[str, tuple[str, ...]]
    observed: Order
    ages: Mapping[str, Mapping[str, str]]

    def taught(self) -> tuple[object, ...]:
        """What the whole columns taught, in an order of its own."""
        learnt = self.reading
        orders = sorted((*where, *astuple(one)) for where, one in learnt.orders.items())
        shared = sorted((role, *found) for role, found in self.overused.items())
        rounded = sorted((*where, *found) for where, found in learnt.rounded.items())
        none = sorted((*learnt.placeholders.items(), *learnt.titles.items()))
        names = sorted(learnt.family_first), sorted(self.plan.rests), sorted(self.plan.forerunners)
        ages = sorted((column, *pair) for column, known in self.ages.items() for pair in known.items())
        return orders, names, rounded, none, shared, sorted(learnt.sexes.items()), ages


def _are_dated(name: str, settings: SourceSettings) -> bool:
    """Whether a day says when the ages of a source were true: without one they tell no birth.

    Raises:
        BadInputError: what should be the day is none.
    """
    if settings.as_of is None:
        return settings.observed_at is not None
    try:
        return bool(date.fromisoformat(settings.as_of))
    except ValueError:
        raise BadInputError(
            f"as_of of source '{name}' is no day: '{settings.as_of}'.",
            remedy='Write it as "2024-12-31", or leave it out.',
            source=name,
            value=settings.as_of,
        ) from None


def wanted_columns(settings: SourceSettings, columns: Collection[str]) -> tuple[str, ...]:
    """The columns that the settings need, of a source that has these; a part of a column needs that."""
    roles = (settings.key, settings.version, settings.observed_at, settings.deleted)
    fields = (column_behind(name, columns) for name in settings.fields)
    return (*(name for name in roles if name is not None), *fields)


def field_kinds(settings: SourceSettings) -> tuple[ColumnKind, ...]:
    """The kinds that the settings give to columns."""
    kinds: list[ColumnKind] = []
    for column, text in settings.fields.items():
        kind, system = parse_kind(text)
        issued = system or (system_of(column, kind) if kind in ISSUED else None)
        kinds.append(ColumnKind(column=column, kind=kind, system=issued))
    return tuple(kinds)


def map_people(
    database: duckdb.DuckDBPyConnection, name: str, settings: SourceSettings, staged: Staged, region: str
) -> PeopleMapping:
    """Plan a source and learn from its whole columns. Memory: its columns of whole names, sex, dates and contacts."""
    kinds = field_kinds(settings)
    plan, made = plan_columns(kinds), made_columns(kinds, staged.columns)
    if plan.age and not _are_dated(name, settings):
        plan = with_undated_ages(plan, pa.table({column: staged.column(column) for column in plan.age}))
    check_packed(name, made, settings.fields, staged.column)
    usual = Usual.of(region, day_first=settings.day_first)
    needed = [
        *plan.full,
        *plan.given,
        *plan.family,
        *plan.sex,
        *plan.birth_date,
        *plan.emails,
        *plan.phones,
        *plan.devices,
    ]
    needed += [column for column, _ in plan.identifiers]
    sources = {one.name: one.of for one in made}
    whole = pa.table({of: staged.column(of) for of in dict.fromkeys(sources.get(name, name) for name in needed)})
    whole = _readable(database, whole, [one for one in made if one.name in needed])
    plan = with_forerunners(with_rests(plan, whole), whole)
    most = most_of_each(database, whole, plan)
    whole = taken_apart(database, whole, plan, most)
    source = pa.array([name], pa.string()).take(pa.array([0] * staged.rows, pa.int32()))
    reading = learn(database, whole, plan, source, usual)
    asked = planned_apart(plan, most)
    contacts = Plan(emails=asked.emails, phones=asked.phones, devices=asked.devices, identifiers=asked.identifiers)
    values = clean_columns(database, whole, contacts, reading, source)
    return PeopleMapping(
        name=name,
        settings=settings,
        plan=plan,
        made=made,
        most=most,
        reading=reading,
        overused=dict(overused(database, values, asked, whole)),
        observed=Order(day_first=usual.day_first),
        ages={column: ages_in_years(staged.column(column)) for column in plan.ages()},
    )


def _readable(database: duckdb.DuckDBPyConnection, rows: pa.Table, made: Sequence[Made]) -> pa.Table:
    """Columns of text with the digits of ASCII, and those that are made of them."""
    return with_made(with_ascii_digits(rows, _own(rows.column_names)), made, database)


def _own(columns: Sequence[str]) -> list[str]:
    """Those that are the source's."""
    return [name for name in columns if not name.startswith("__")]


def clean_part(
    database: duckdb.DuckDBPyConnection, rows: pa.Table, mapping: PeopleMapping, context: IngestContext
) -> tuple[pa.Table, pa.Table]:
    """Clean one part.

    Args:
        database: knows the cleaning macros.
        rows: columns of text, with line, file, operation and version.
        mapping: of the source.
        context: the run's, for its key and clock.

    Returns:
        Rows with the columns of KEPT, the profile and categories; and rejects.
    """
    settings = mapping.settings
    keys = pc.utf8_trim_whitespace(one_chunk(rows.column(settings.key or "")))
    keyed = pc.fill_null(pc.not_equal(keys, ""), False)
    name, nameless = mapping.name, rows.filter(pc.invert(keyed))
    rejects = [rejected_rows(name, nameless, settings.key or "", "The key is blank: give the row one.")]
    rows, keys = rows.filter(keyed), keys.filter(keyed)
    source = pa.array([name] * rows.num_rows, pa.string())
    plan = planned_apart(mapping.plan, mapping.most)
    readable = _readable(database, rows, mapping.made)
    told = _with_whole_cells(rows, mapping.made)
    apart = taken_apart(database, with_known_ages(readable, mapping.ages), mapping.plan, mapping.most)
    values = without_overused(clean_columns(database, apart, plan, mapping.reading, source), mapping.overused)
    rejects += _unreadable_dates(name, told, values, mapping)
    rejects += unreadable(database, apart, values, mapping.plan, source=name)
    today = context.now.date()
    values, impossible = possible_dates(database, told, values, mapping.plan, source=name, today=today)
    provenance = _provenance(database, rows, readable, mapping)
    record_ids = pc.binary_join_element_wise(source, keys, ":")
    observed = _instants(database, rows, settings.observed_at, mapping.observed)
    columns = {
        "record_id": record_ids,
        "uid": keyed_ids("r", context.key, [record_ids]),
        "source": source,
        "source_key": keys,
        "kind": pa.array([settings.kind] * rows.num_rows, pa.string()),
        "given_version": rows.column(VERSION),
        "observed_at": observed,
        "deleted_time": _instants(database, rows, settings.deleted, mapping.observed),
        "operation": rows.column(OPERATION),
        "file": rows.column(FILE),
        "line": rows.column(LINE),
    }
    if mapping.plan.age:
        columns["as_of"] = _as_of(observed, settings)
    columns |= {role: provenance.column(role) for role in ("original", "extra", "content_hash")}
    for role, column in columns.items():
        values = values.append_column(role, column)
    return make_profiles(database, plan, values, keep=KEPT), pa.concat_tables([*rejects, impossible])


def _with_whole_cells(rows: pa.Table, made: Sequence[Made]) -> pa.Table:
    """Rows with the columns that are made: cells of which each should tell something as they stand, others empty."""
    for one in made:
        if one.name != one.of:
            cells = rows.column(one.of) if one.holds else pa.nulls(rows.num_rows, pa.string())
            rows = rows.append_column(one.name, cells)
    return rows


def _provenance(
    database: duckdb.DuckDBPyConnection, rows: pa.Table, readable: pa.Table, mapping: PeopleMapping
) -> pa.Table:
    """What was written, and what was read out of it: original, extra and content_hash of each row.

    Args:
        database: any.
        rows: as staged.
        readable: the same rows with the columns that are made.
        mapping: of the source.
    """
    settings, own = mapping.settings, _own(rows.column_names)
    made = [one.name for one in mapping.made if one.name != one.of]
    raw = rows.append_column("row", pa.array(np.arange(rows.num_rows)))
    for name in made:
        raw = raw.append_column(name, readable.column(name))
    database.register("raw", raw)
    used = {column_behind(name, own) for name in settings.fields}
    mapped = [name for name in own if name in used]
    roles = {settings.key, settings.version, settings.observed_at, settings.deleted}
    extra = [name for name in own if name not in used and name not in roles]
    fields = f"{map_sql([*mapped, *made])} AS original, {map_sql(extra)} AS extra, {hash_sql(own)} AS content_hash"
    found: pa.Table = database.sql(f"SELECT {fields} FROM raw ORDER BY row").to_arrow_table()
    return found


def _instants(database: duckdb.DuckDBPyConnection, rows: pa.Table, column: str | None, order: Order) -> pa.Array:
    if column is None:
        return pa.nulls(rows.num_rows, pa.timestamp("us", tz="UTC"))
    return clean_instants(database, rows.column(column), order)


def _as_of(observed: pa.Array, settings: SourceSettings) -> pa.Array:
    """When the ages of the rows were true."""
    if settings.as_of is None:
        return observed
    day = datetime.fromisoformat(settings.as_of).replace(tzinfo=UTC)
    return pa.array([day], observed.type).take(pa.array([0] * len(observed), pa.int32()))


def _unreadable_dates(source: str, rows: pa.Table, values: pa.Table, mapping: PeopleMapping) -> list[pa.Table]:
    """Dates of birth that say something which is no date; their rows are kept without it."""
    rejects: list[pa.Table] = []
    for number, name in enumerate(mapping.plan.birth_date):
        said = pc.match_substring_regex(one_chunk(rows.column(name)), r"[0-9]{3}")
        lost = pc.and_(pc.fill_null(said, False), pc.is_null(decoded(values.column(f"date{number}"))))
        filler = pc.match_substring_regex(one_chunk(rows.column(name)), FILLER)
        none = pa.array(mapping.reading.placeholders.get(name, ()), pa.string())
        filler = pc.or_(pc.fill_null(filler, False), pc.is_in(one_chunk(rows.column(name)), none))
        bad = pc.and_(lost, pc.invert(filler))
        rejects.append(rejected_rows(source, rows.filter(bad), name, NO_DATE, kept=True))
    return rejects
