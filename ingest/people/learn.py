"""What whole columns teach before any row is cleaned: the order of dates and of names, dates that mean a year."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Final

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ingest.clean.codes import sex_pair
from ingest.clean.dates import ISO_VOTE, ORDER_VOTE, VOTES, Order
from ingest.clean.packed import PACKED
from ingest.clean.run import clean_mostly, encode, one_chunk, rows_of_each
from ingest.kinds.told import codes_of
from ingest.people.calendars import with_calendars
from ingest.people.glued import glued_titles
from ingest.people.name_order import Parts, family_first, header_order, second_tells_sex, words_of
from ingest.people.placeholders import placeholder_dates
from ingest.people.plan import Plan
from ingest.people.rounded import rounded_dates
from ingest.people.values import Reading

MONTH_FIRST: Final = frozenset({"US", "PH", "FM", "PR"})
SOME_NAMES: Final = "SELECT v FROM whole_names ORDER BY hash(v), v LIMIT 2000"
"""Distinct names of one source by which their order is told; neither the order of rows nor batches change them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Usual:
    """What holds where no value says otherwise.

    Attributes:
        region: ISO 3166 code of the country whose telephone numbers come without a country code.
        day_first: whether 03/04/2020 is in April.
    """

    region: str
    day_first: bool

    @classmethod
    def of(cls, region: str, *, day_first: bool | None = None) -> "Usual":
        """What is usual in a country, unless the user says otherwise."""
        return cls(region=region, day_first=region not in MONTH_FIRST if day_first is None else day_first)


def learn(database: duckdb.DuckDBPyConnection, table: pa.Table, plan: Plan, source: pa.Array, usual: Usual) -> Reading:
    """Look at whole columns.

    Args:
        database: knows the cleaning macros.
        table: columns of text.
        plan: what the columns are.
        source: shape (rows,), the source of each row.
        usual: what holds where no value says otherwise.

    Cost: O(distinct values), and O(rows) to count.
    """
    read = {
        (one, name): order
        for name in plan.birth_date
        for one, order in date_orders(database, table.column(name), source, day_first=usual.day_first).items()
    }
    orders = with_calendars(database, table, source, read)
    return Reading(
        region=usual.region,
        orders=orders,
        family_first=frozenset(
            (one, name) for name in plan.full for one in sources_family_first(database, table, name, plan, source)
        ),
        titles=glued_titles(table, plan),
        sexes={
            (one, name): pair
            for name in plan.sex
            for one, rows in _rows_by_source(table.column(name), source).items()
            if (pair := sex_pair(rows))
        },
        placeholders=placeholder_dates(database, table, plan),
        rounded={
            (one, name): found
            for name in plan.birth_date
            for one, found in rounded_dates(
                database,
                table.column(name),
                source,
                {of: order for (of, column), order in orders.items() if column == name},
            ).items()
        },
    )


def date_orders(
    database: duckdb.DuckDBPyConnection, column: pa.ChunkedArray | pa.Array, source: pa.Array, *, day_first: bool
) -> Mapping[str, Order]:
    """For each source, how its dates read: as most of the values that have only one reading say.

    Args:
        database: knows the cleaning macros.
        column: dates as text.
        source: shape (rows,).
        day_first: what holds when no value has only one reading.
    """
    encoded, sources = encode(column), encode(source)
    votes = clean_mostly(database, encoded.dictionary, ISO_VOTE, ORDER_VOTE)
    said = pc.is_valid(encoded.indices)
    values, voters = (codes.filter(said).to_numpy() for codes in (encoded.indices, sources.indices))
    sums = {
        name: np.bincount(voters, pc.struct_field(votes, name).to_numpy()[values], minlength=len(sources.dictionary))
        for name in VOTES
    }
    day = sums["day"]
    return {
        name: Order(
            day_first=bool(day[place] > 0) if day[place] else day_first,
            year_last=bool(sums["year"][place] > 0),
            serial=bool(sums["serial"][place] > 0),
            packed=_packed({name: float(sums[name][place]) for name in PACKED}),
        )
        for place, name in enumerate(sources.dictionary.to_pylist())
    }


def sources_family_first(
    database: duckdb.DuckDBPyConnection, table: pa.Table, name: str, plan: Plan, source: pa.Array
) -> tuple[str, ...]:
    """The sources whose whole names begin with the family name.

    A header that names both parts tells their order for all of them, whatever the names are.

    Args:
        database: any.
        table: columns of text.
        name: the column of names.
        plan: which columns hold sexes, of which the first is looked at, and parts of names.
        source: shape (rows,).

    Cost: one sort of the rows by source; of each source its own rows and the names in them, however many others are;
    where no list knows the names, a look at each distinct name that stands in parts.
    """
    encoded, sources = encode(table.column(name)), encode(source)
    said = header_order(name)
    if said is not None:
        return tuple(sources.dictionary.to_pylist()) if said else ()
    codes = np.asarray(pc.fill_null(encoded.indices, -1).to_numpy(zero_copy_only=False), np.int64)
    sexes = codes_of(table, plan.sex[0]) if plan.sex else None
    parts = cache(partial(_parts, table, plan))
    owner = sources.indices.to_numpy()
    ends = np.cumsum(np.bincount(owner, minlength=len(sources.dictionary)))
    rows = np.split(np.argsort(owner, kind="stable"), ends)
    found: list[str] = []
    for place, one in enumerate(sources.dictionary.to_pylist()):
        mine = rows[place]
        used, own = np.unique(codes[mine], return_inverse=True)
        nameless = int((used < 0).sum())
        names = encoded.dictionary.take(pa.array(used[nameless:])).cast(pa.string())
        some = _some_names(database, names)
        first = family_first(some)
        first = parts().order(some) if first is None and plan.given and plan.family else first
        if first is None and sexes is not None:
            first = second_tells_sex(names.to_pylist(), own - nameless, sexes[mine])
        if first:
            found.append(one)
    return tuple(found)


def _some_names(database: duckdb.DuckDBPyConnection, names: pa.Array) -> list[str]:
    """The names by which their order is told."""
    database.register("whole_names", pa.table({"v": names}))
    found = [text for (text,) in database.execute(SOME_NAMES).fetchall()]
    database.unregister("whole_names")
    return found


def _parts(table: pa.Table, plan: Plan) -> Parts:
    """The words of all names that stand in parts, by the rows that have them."""
    return Parts(given=_words(table, plan.given), family=_words(table, plan.family))


def _words(table: pa.Table, columns: Sequence[str]) -> Counter[str]:
    found = Counter[str]()
    for column in columns:
        encoded = encode(table.column(column))
        texts = encoded.dictionary.cast(pa.string()).to_pylist()
        for text, rows in zip(texts, rows_of_each(encoded).tolist(), strict=True):
            found.update(dict.fromkeys(words_of(text or ""), rows))
    return found


def _rows_by_source(column: pa.ChunkedArray, source: pa.Array) -> Mapping[str, Counter[str]]:
    """For each source, how many rows have each value in small letters, without a point behind it."""
    counts = pa.table({"text": one_chunk(column).cast(pa.string()), "source": source})
    found: dict[str, Counter[str]] = {}
    for row in counts.group_by(["text", "source"]).aggregate([([], "count_all")]).to_pylist():
        text = (row["text"] or "").strip().rstrip(".").lower()
        found.setdefault(row["source"], Counter()).update({text: row["count_all"]} if text else {})
    return found


def _packed(votes: Mapping[str, float]) -> str:
    """The way of packing that most values have, if most have any."""
    best = max(votes, key=lambda name: votes[name])
    return best if votes[best] > 0 else ""
