"""Ages in rows that say when they were true: a register of prisoners, a roll, a log of screenings.

The ages of one man differ at each of his stays. Where rows hold a day, and ages counted back to one year agree better
between rows of one name than the ages themselves, they are counted to the last of the years; and so they are where
rows of one name say the years of birth that follow from the ages and the days.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from ingest.clean.dates import Order
from ingest.clean.run import clean_dates, cleaner, encode
from ingest.contract import ColumnKind
from ingest.kinds.detect import apart
from ingest.kinds.shapes import LAST_FIRST, WORD
from ingest.kinds.told import codes_of
from ingest.people.learn import date_orders
from ingest.people.plan import UNDATED, Plan

FEW: Final = 30
"""Pairs of rows of one name, below which nothing is said of their ages."""
BETTER: Final = 0.1
"""Share of these pairs more that must agree once ages are counted to one year."""
OFF: Final = 7
"""Years by which births are put off to see how many agree by chance."""
CLEARLY: Final = 0.3
"""Share of neighbours more that must agree with births said elsewhere."""
MOST_ROWS: Final = 300_000
"""Rows of a table up to which its names are compared across columns."""
NEAR: Final = 1
"""Years that two ages of one person differ, by birthdays that lie between."""
LAST: Final = 0.99
"""Share of the years up to the one that ages are counted to: what lies behind it may be a slip of the pen."""
YEAR: Final = r"^\s*(?:1[5-9]|20)\d\d(?:\.0*)?\s*$"
ALL_YEARS: Final = 0.95
"""Share of the different values of a column that are years, where it holds years."""
NONE: Final = -1
Ints = NDArray[np.int64]


def with_ages_of_one_year(table: pa.Table, plan: Plan, kinds: Sequence[ColumnKind], source: pa.Array) -> pa.Table:
    """Count the ages of every column to one year, by the column of days that makes them agree best, if any does.

    Args:
        table: columns of text.
        plan: what they are.
        kinds: of the columns.
        source: shape (rows,), the source of each row.

    Cost: one sort of the rows for each column of ages, and two passes for each column of days; where births are said
    elsewhere, a look at each distinct name and two sorts for each column of days, in tables of up to MOST_ROWS rows.
    """
    names = plan.full[:1] or (*plan.given[:1], *plan.family[:1])
    if not plan.age or not names:
        return table
    with cleaner() as database:
        dated = [one.column for one in kinds if one.kind == "date" or _are_years(table, one)]
        days = [_years(database, table.column(column), source) for column in dated]
        if not days:
            return table
        born = _births(database, table, plan, source)
    called = [codes_of(table, name) for name in names]
    sources = encode(source).indices.to_numpy()
    people = _people(table, plan) if (born != NONE).any() else None
    for column in plan.age:
        ages = _ages(table.column(column))
        plain = _agreeing(called, ages, ages != NONE)
        shares = [_agreeing(called, years - ages, (ages != NONE) & (years != NONE)) for years in days]
        best: int | None = max(range(len(days)), key=shares.__getitem__)
        if max(shares) < plain + BETTER:
            best = _best_for_births(people, born, [(years, ages) for years in days])
        if best is None:
            continue
        counted = _counted(ages, days[best], sources).cast(pa.string())
        table = table.set_column(table.column_names.index(column), column, counted.dictionary_encode())
    return table


def _are_years(table: pa.Table, column: ColumnKind) -> bool:
    """Whether numbers or groups are years: of an election, a census or a visit."""
    if column.kind not in {"number", "category"}:
        return False
    values = encode(table.column(column.column)).dictionary.cast(pa.string())
    said = pc.sum(pc.match_substring_regex(values, YEAR)).as_py() or 0
    return said > 1 and said >= ALL_YEARS * len(values)


def with_undated_ages(plan: Plan, table: pa.Table) -> Plan:
    """Take ages of which nothing says when they were true for categories, of which resolution makes years of birth.

    Columns that no row has both of are one: files may name theirs differently. Of others the first counts.

    Args:
        plan: what the columns are.
        table: has those of ages.
    """
    ages: list[str] = []
    for column in plan.age:
        ages += [column] if all(apart(table, column, other) for other in ages) else []
    return replace(plan, age=(), categories=(*plan.categories, *((column, UNDATED) for column in ages)))


def _best_for_births(people: Ints | None, born: Ints, dated: Sequence[tuple[Ints, Ints]]) -> int | None:
    """The column of days from which the years of birth follow that other rows of one name say, if there is one.

    Namesakes are born near each other by chance: the years must agree better than years that are off.

    Args:
        people: shape (rows,). Who each row names, NONE where it does not; None where no row says a year of birth.
        born: shape (rows,). Year of birth, NONE where it is not said.
        dated: years of the days and ages, for each column of days, of which there is one at least.
    """
    if people is None:
        return None
    gains: list[float] = []
    for years, ages in dated:
        there = (years != NONE) & (ages != NONE) & (born == NONE)
        told = [np.where(there, years - ages + off, born) for off in (0, OFF)]
        right, wrong = (_agreeing([people], one, one != NONE, there) for one in told)
        gains.append(right - wrong)
    return gains.index(max(gains)) if max(gains) >= CLEARLY else None


def _births(database: duckdb.DuckDBPyConnection, table: pa.Table, plan: Plan, source: pa.Array) -> Ints:
    """The year of birth that each row says; NONE where it says none."""
    columns = [*plan.birth_date, *(name for name in plan.birth_parts[2:] if name)]
    born = np.full(table.num_rows, NONE, np.int64)
    for column in columns:
        born = np.where(born == NONE, _years(database, table.column(column), source), born)
    return born


def _people(table: pa.Table, plan: Plan) -> Ints:
    """Who each row names: a number for its first given and its last family name, in any order; NONE without two."""
    parts = [table.column(name).cast(pa.string()) for name in (*plan.given[:1], *plan.family[:1])]
    parts += [_first_last(table.column(name).cast(pa.string())) for name in plan.full]
    if not parts or table.num_rows > MOST_ROWS:
        return np.full(table.num_rows, NONE, np.int64)
    encoded = encode(pc.binary_join_element_wise(*(pc.fill_null(one, "") for one in parts), " "))
    known: dict[tuple[str, ...], int] = {}
    numbers = [
        known.setdefault(pair, len(known)) if len(pair := _outer(text)) > 1 else NONE
        for text in encoded.dictionary.to_pylist()
    ]
    return _of_rows(encoded, pa.array(numbers, pa.int64()))


def _first_last(names: pa.ChunkedArray) -> pa.ChunkedArray:
    """Whole names, those with a comma turned round."""
    turned: pa.ChunkedArray = pc.replace_substring_regex(names, pattern=LAST_FIRST.pattern, replacement=r"\2 \1")
    return turned


def _outer(name: str) -> tuple[str, ...]:
    """The first and the last word of a name, initials left out, in the order of the alphabet."""
    words = [word for word in WORD.findall(name.lower()) if len(word) > 1]
    return tuple(sorted({words[0], words[-1]})) if words else ()


def _counted(ages: Ints, years: Ints, source: Ints) -> pa.Array:
    """Ages at the end of the years; as they stand in sources without a day, unknown in other rows without one."""
    dated = np.bincount(source[years != NONE], minlength=int(source.max()) + 1)[source] > 0
    last = int(np.quantile(years[years != NONE], LAST))
    counted = np.where(dated, ages + last - years, ages)
    return pa.array(counted, mask=(ages == NONE) | (dated & (years == NONE)) | (counted < 0))


def _years(database: duckdb.DuckDBPyConnection, column: pa.ChunkedArray, source: pa.Array) -> Ints:
    """The year of each row's day; NONE where there is none."""
    encoded = encode(column)
    order = next(iter(date_orders(database, column, source, day_first=True).values()), Order())
    dates = clean_dates(database, encoded.dictionary, order)
    years = pc.cast(pc.struct_field(pc.extract_regex(dates, r"^(?P<year>\d{4})"), "year"), pa.int64())
    return _of_rows(encoded, years)


def _ages(column: pa.ChunkedArray) -> Ints:
    """The whole years of each row; NONE where there are none."""
    encoded = encode(column)
    texts = encoded.dictionary.cast(pa.string())
    ages = pc.struct_field(pc.extract_regex(texts, r"^\s*(?P<age>\d{1,3})(?:\.0*)?\s*$"), "age")
    return _of_rows(encoded, pc.cast(ages, pa.int64()))


def _of_rows(encoded: pa.DictionaryArray, values: pa.Array) -> Ints:
    known = np.append(np.asarray(pc.fill_null(values, NONE).to_numpy(zero_copy_only=False), np.int64), NONE)
    return known[np.asarray(pc.fill_null(encoded.indices, NONE).to_numpy(zero_copy_only=False), np.int64)]


def _agreeing(
    names: Sequence[Ints], years: Ints, known: NDArray[np.bool_], some: NDArray[np.bool_] | None = None
) -> float:
    """Share of neighbours of one name, in order of years, that lie NEAR each other; 0 where there are too FEW.

    Args:
        names: shape (rows,) each.
        years: shape (rows,).
        known: shape (rows,). Rows that count.
        some: shape (rows,). Where it is given, of two neighbours one must be among these, the other not.
    """
    rows = np.flatnonzero(known & np.all([one != NONE for one in names], axis=0))
    order = rows[np.lexsort((years[rows], *(one[rows] for one in names)))]
    left, right = order[:-1], order[1:]
    same = np.all([one[left] == one[right] for one in names], axis=0)
    if some is not None:
        same &= some[left] != some[right]
    near = np.abs(years[left] - years[right])[same] <= NEAR
    return float(near.mean()) if len(near) >= FEW else 0.0
