"""One part of an event source becomes rows that can be merged: who, what, when, and everything else as attributes."""

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from functools import partial
from typing import Final

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from core.errors import BadInputError
from core.ids import keyed_ids
from ingest.clean import clean_column, clean_phones
from ingest.clean.codes import DEVICE, IDENTIFIER
from ingest.clean.contacts import EMAIL
from ingest.clean.dates import Order
from ingest.clean.numbers import has_decimal_comma, number_recipe
from ingest.clean.run import clean_instants, coded, decoded
from ingest.clean.text import Recipe
from ingest.contract import IngestContext, SourceSettings
from ingest.people.learn import Usual, date_orders
from ingest.rows_sql import hash_sql, map_sql, name
from ingest.stage import AHEAD, FILE, LINE, OPERATION, VERSION, Staged, rejected_rows
from lake.query import quoted
from lake.tables import REJECTS

NO_NUMBER: Final = "No number: the event is kept without it."
BLANKS: Final = ("", "NA", "N/A", "NULL", "null", "None", "NaN", "nan")
# An identifier that a source numbers its people by may be as short as one sign.
LOOSE_IDENTIFIER: Final[Recipe] = (
    *IDENTIFIER[:-1],
    ("good", IDENTIFIER[-1][1]),
    ("c", r"coalesce(good, nullif(regexp_replace(upper(said(v)), '[\s\-./_]+', '', 'g'), ''))"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class EventMapping:
    """How one event source is read.

    Attributes:
        name: the source.
        settings: its block.
        who_is_source: whether `who` holds the key of a people source.
        order: how its instants read.
        region: country of telephone numbers without a country code.
        decimal_comma: columns of numbers whose decimal sign is the comma.
    """

    name: str
    settings: SourceSettings
    who_is_source: bool
    order: Order
    region: str
    decimal_comma: frozenset[str] = frozenset()

    def taught(self) -> tuple[object, ...]:
        """What the whole columns taught, in an order of its own."""
        return *astuple(self.order), sorted(self.decimal_comma)


def wanted_columns(settings: SourceSettings) -> tuple[str, ...]:
    """The columns the settings name."""
    who = settings.who.column if settings.who else None
    roles = (
        who,
        settings.at,
        settings.key,
        settings.version,
        settings.observed_at,
        settings.deleted,
        settings.type_column,
        settings.about,
        settings.channel_column,
        settings.value,
        settings.cost,
        settings.question,
        settings.response,
        *settings.attributes.values(),
    )
    return tuple(dict.fromkeys(role for role in roles if role is not None))


def map_events(
    database: duckdb.DuckDBPyConnection,
    source: str,
    settings: SourceSettings,
    staged: Staged,
    *,
    usual: Usual,
    people: bool,
) -> EventMapping:
    """Check an event source's block and learn how its instants read.

    Raises:
        BadInputError: the block does not say who, when or what.
    """
    missing = [
        key
        for key, given in (("who", settings.who), ("at", settings.at), ("event_type", _typed(settings)))
        if not given
    ]
    if missing:
        raise BadInputError(
            f"Source '{source}' does not say {missing[0]}.",
            remedy=f"Add {missing[0]} to [sources.{source}].",
            source=source,
        )
    order = Order(day_first=usual.day_first)
    if settings.at in staged.columns and settings.day_first is None:
        whole = staged.column(settings.at or "")
        one = pa.array([source], pa.string()).take(pa.array([0] * len(whole), pa.int32()))
        order = date_orders(database, whole, one, day_first=usual.day_first).get(source, order)
    numbers = {column for column in (settings.value, settings.cost) if column and column in staged.columns}
    return EventMapping(
        name=source,
        settings=settings,
        who_is_source=people,
        order=order,
        region=usual.region,
        decimal_comma=frozenset(column for column in numbers if has_decimal_comma(staged.column(column).dictionary)),
    )


def _typed(settings: SourceSettings) -> bool:
    return settings.content == "answers" or bool(settings.event_type or settings.type_column)


def clean_part(
    database: duckdb.DuckDBPyConnection, rows: pa.Table, mapping: EventMapping, context: IngestContext
) -> tuple[pa.Table, pa.Table]:
    """Clean one part.

    Args:
        database: knows the cleaning macros.
        rows: columns of text, with line, file, operation and version.
        mapping: of the source.
        context: the run's, for its key and clock.

    Returns:
        Rows in the columns of `ingest.merge.run.EVENT_PART`; and rejects.
    """
    settings = mapping.settings
    who = _who(database, rows, mapping)
    at = clean_instants(database, rows.column(settings.at or ""), mapping.order)
    rejects = _without_roles(mapping, rows, who, at)
    good = pc.and_(pc.is_valid(who), pc.is_valid(at))
    rows, who, at = rows.filter(good), who.filter(good), at.filter(good)
    ahead = rows.filter(pc.greater(at, pa.scalar(context.now, at.type)))
    rejects.append(rejected_rows(mapping.name, ahead, settings.at or "", AHEAD, kept=True))
    seen = (
        clean_instants(database, rows.column(settings.observed_at), mapping.order)
        if settings.observed_at
        else pa.nulls(rows.num_rows, pa.timestamp("us", tz="UTC"))
    )
    numbers = {
        role: _numbers(database, rows, column, mapping)
        for role, column in (("value", settings.value), ("cost", settings.cost))
    }
    rejects.append(_unreadable(mapping, rows, numbers["cost"]))
    database.register(
        "raw",
        _with(
            rows,
            {"who_value": who, "at_instant": at, "seen_instant": seen}
            | {f"{role}_number": found for role, found in numbers.items()},
        ),
    )
    named = database.sql(_event_sql(rows.column_names, mapping)).to_arrow_table()
    ids = keyed_ids("ev", context.key, [named.column("source"), named.column("identity")])
    return named.append_column("event_id", ids).drop_columns(["identity"]), pa.concat_tables(rejects)


def _with(rows: pa.Table, columns: dict[str, pa.Array]) -> pa.Table:
    """The raw columns under a prefix that no role has, with the roles beside them."""
    raw = {f"r_{name_}": rows.column(name_) for name_ in rows.column_names}
    return pa.table({"row": pa.array(range(rows.num_rows), pa.int64())} | raw | columns)


def _who(database: duckdb.DuckDBPyConnection, rows: pa.Table, mapping: EventMapping) -> pa.Array:
    """The people's keys as they stand; identifiers cleaned as people's are."""
    assert mapping.settings.who is not None  # `map_events` saw to it
    column, system = rows.column(mapping.settings.who.column), mapping.settings.who.system
    if mapping.who_is_source:
        return clean_column(database, column, (("c", "nullif(trim(v), '')"),))
    if system == "phone":
        return decoded(coded(column, partial(clean_phones, database, region=mapping.region)))
    return clean_column(database, column, {"email": EMAIL, "device": DEVICE}.get(system, LOOSE_IDENTIFIER))


def _numbers(
    database: duckdb.DuckDBPyConnection, rows: pa.Table, column: str | None, mapping: EventMapping
) -> pa.Array:
    if column is None:
        return pa.nulls(rows.num_rows, pa.float64())
    recipe = number_recipe(decimal_comma=column in mapping.decimal_comma)
    return clean_column(database, rows.column(column), recipe)


def _without_roles(mapping: EventMapping, rows: pa.Table, who: pa.Array, at: pa.Array) -> list[pa.Table]:
    """Rows that do not say who, or else when: nothing can be made of them."""
    nobody, never = pc.is_null(who), pc.is_null(at)
    assert mapping.settings.who is not None  # `map_events` saw to it
    unread = rows.filter(pc.and_(never, pc.invert(nobody)))
    return [
        rejected_rows(mapping.name, rows.filter(nobody), mapping.settings.who.column, "It names nobody."),
        rejected_rows(mapping.name, unread, mapping.settings.at or "", "No time that can be read."),
    ]


def _unreadable(mapping: EventMapping, rows: pa.Table, costs: pa.Array) -> pa.Table:
    """Costs that say something which is no number; their events are kept without them."""
    column = mapping.settings.cost
    if column is None:
        return REJECTS.schema.empty_table()
    said = pc.match_substring_regex(rows.column(column), r"[^\s-]")
    blank = pc.is_in(rows.column(column), value_set=pa.array(BLANKS, pa.string()))
    lost = pc.and_(pc.and_not(pc.fill_null(said, False), blank), pc.is_null(costs))
    return rejected_rows(mapping.name, rows.filter(lost), column, NO_NUMBER, kept=True)


def _event_sql(columns: Sequence[str], mapping: EventMapping) -> str:
    settings = mapping.settings
    own = [one for one in columns if not one.startswith("__")]
    # Without a key the content names the event; which version of it the row is, is no part of that.
    about_row = {settings.version, settings.observed_at, settings.deleted}
    identity = hash_sql([f"r_{one}" for one in own if one not in about_row])
    if settings.key:
        identity = f"coalesce(nullif(trim({_raw(settings.key)}), ''), {identity})"
    assert settings.who is not None  # `map_events` saw to it
    fields = {
        "source": quoted(mapping.name),
        "who_system": quoted(settings.who.system),
        "who_value": "who_value",
        "type": _type(settings),
        "at": "at_instant",
        "channel": _channel(settings),
        "about": _said(settings.about or settings.question),
        "value": "value_number" if settings.value else _response_number(settings),
        "cost": "cost_number",
        "attributes": map_sql(_attributes(own, settings), blanks=BLANKS),
        "given_version": name(f"r_{VERSION}"),
        "observed_at": "seen_instant",
        "operation": name(f"r_{OPERATION}"),
        "file": name(f"r_{FILE}"),
        "line": name(f"r_{LINE}"),
        "person_kind": quoted(settings.kind),
        "identity": identity,
    }
    picked = ", ".join(f"{expression} AS {role}" for role, expression in fields.items())
    return f"SELECT {picked} FROM raw ORDER BY row"


def _channel(settings: SourceSettings) -> str:
    return quoted(settings.channel) if settings.channel else _said(settings.channel_column)


def _type(settings: SourceSettings) -> str:
    """The type in small words joined by underscores; `event` where the column is blank."""
    usual = "answer" if settings.content == "answers" else settings.event_type or "event"
    if settings.type_column is None:
        return quoted(usual)
    words = rf"trim(regexp_replace(lower({_raw(settings.type_column)}), '[^\p{{L}}\p{{N}}]+', '_', 'g'), '_')"
    return f"coalesce(nullif({words}, ''), {quoted(usual)})"


def _response_number(settings: SourceSettings) -> str:
    return f"try_cast({_raw(settings.response)} AS DOUBLE)" if settings.response else "NULL::DOUBLE"


def _attributes(own: Sequence[str], settings: SourceSettings) -> dict[str, str]:
    """Column to attribute; columns with a role are left out, unless their text may say more than the role."""
    assert settings.who is not None  # `map_events` saw to it
    spent = {
        settings.who.column,
        settings.at,
        settings.key,
        settings.type_column,
        settings.about,
        settings.channel_column,
        settings.cost,
        settings.version,
        settings.observed_at,
        settings.deleted,
    }
    named = {column: attribute for attribute, column in settings.attributes.items()}
    named |= {settings.question: "question"} if settings.question else {}
    named |= {settings.response: "response"} if settings.response else {}
    taken = set(named.values())
    found: dict[str, str] = {f"r_{column}": attribute for column, attribute in named.items()}
    for column in own:
        if column in named or column in spent:
            continue
        attribute = column.lower() if column.lower() not in taken else column
        taken.add(attribute)
        found[f"r_{column}"] = attribute
    return found


def _raw(column: str | None) -> str:
    return name(f"r_{column}")


def _said(column: str | None) -> str:
    return f"nullif(trim({_raw(column)}), '')" if column else "NULL::VARCHAR"
