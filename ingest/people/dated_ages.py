"""Ages in rows that say when they were true: a register of prisoners, a roll, a log of screenings.

The ages of one man differ at each of his stays; what they and the days leave open are two years of birth. The rows tell
whether to read ages so: where those of one name agree better as they stand, all were true on one day, and where the
births that others of one name say do not follow, on some other. Where the rows do not tell, what the days are called
does: people are asked for their ages on a visit, not when somebody else's are brought up to date.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final, NamedTuple

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from ingest.clean.dates import Order
from ingest.clean.run import clean_dates, cleaner, encode, free_name
from ingest.contract import ColumnKind
from ingest.kinds.age_days import may_date_ages
from ingest.kinds.detect import apart
from ingest.kinds.header import spaced
from ingest.kinds.shapes import LAST_FIRST, WORD
from ingest.kinds.told import codes_of
from ingest.people.learn import date_orders
from ingest.people.plan import BIRTH_YEARS, UNDATED, Plan

FEW: Final = 30
"""Pairs of rows of one name, below which nothing is said of their ages."""
BETTER: Final = 0.1
"""Share of these pairs more that must agree for one way of reading them."""
OFTEN: Final = 0.3
"""Share of these pairs that must agree for them to be mostly of one person, not of namesakes."""
OFF: Final = 7
"""Years by which births are put off to see how many agree by chance."""
CLEARLY: Final = 0.3
"""Share of neighbours more that must agree with births said elsewhere."""
MOST_ROWS: Final = 300_000
"""Rows of a table up to which its names are compared across columns."""
NEAR: Final = 1
"""Years that two ages of one person differ, by birthdays that lie between."""
YEAR: Final = r"^\s*(?:1[5-9]|20)\d\d(?:\.0*)?\s*$"
OF_MONTHS: Final = re.compile(
    r"\b(?:months?|mths?|mos?|m|mois|mes(?:es|i)|monate?n?|maand(?:en)?|miesi[aą]c\w*|месяц\w*|ay|weeks?|wks?|semanas?|"
    r"semaines?|wochen?|days?|d[ií]as?|jours?|tagen?|hours?|hrs?)\b"
)
"""What a header says of ages that are not counted in years."""
OLDEST: Final = 120
"""Years; what is more is no age."""
SANE: Final = (1500, 2100)
"""Years of our calendar in which somebody's age was told."""
ALL_YEARS: Final = 0.95
"""Share of the different values of a column that are years, where it holds years."""
NONE: Final = -1
DATED: Final = 0.5
"""Share of a source's rows with an age that must hold a day for its ages to be read by it."""
Ints = NDArray[np.int64]


class Rows(NamedTuple):
    """By what rows tell when ages were true.

    Attributes:
        called: shape (rows,) each. What stands in the columns of names.
        people: shape (rows,). Who each row names, NONE where it does not; None where no row says a year of birth.
        born: shape (rows,). Year of birth, NONE where it is not said.
    """

    called: Sequence[Ints]
    people: Ints | None
    born: Ints


class Told(NamedTuple):
    """A column of ages once days are known: texts of two years of birth, and the ages that stay; each shape (rows,)."""

    births: pa.Array
    ages: pa.Array


def with_births_of_ages(
    table: pa.Table, plan: Plan, kinds: Sequence[ColumnKind], source: pa.Array
) -> tuple[pa.Table, Plan, tuple[str, ...]]:
    """Make the years of birth that ages and days leave open, in columns of their own; such ages are left out.

    Args:
        table: columns of text.
        plan: what they are.
        kinds: of the columns.
        source: shape (rows,), the source of each row.

    Returns:
        The table, the plan, and what a reader should hear of it.

    Cost: one sort of the rows for each column of ages, and two passes for each column of days; where births are said
    elsewhere, a look at each distinct name and two sorts for each column of days, in tables of up to MOST_ROWS rows.
    """
    names = plan.full[:1] or (*plan.given[:1], *plan.family[:1])
    if not plan.age or not names:
        return table, plan, ()
    with cleaner() as database:
        days = {one.column: _years(database, table.column(one.column), source) for one in kinds if one.kind == "date"}
        years = [_years(database, table.column(one.column), source) for one in kinds if _are_years(table, one)]
        if not (days or years):
            return table, plan, ()
        born = _births(database, table, plan, source)
    people = _people(table, plan) if (born != NONE).any() else None
    rows = Rows(called=[codes_of(table, name) for name in names], people=people, born=born)
    sources = encode(source).indices.to_numpy()
    categories, said = list(plan.categories), list[str]()
    for column in plan.age:
        ages = _ages(table.column(column))
        true_in = None
        if not OF_MONTHS.search(spaced(column)):
            usual = _of_aged([days[name] for name in days if may_date_ages(name)], ages)
            told_in = [*_of_aged(list(days.values()), ages), *_of_aged(years, ages)]
            true_in = _true_in(ages, told_in, usual, rows)
        if true_in is not None:
            told = _told(ages, true_in, sources)
            name = free_name(table, f"{column} as years of birth")
            read = len(told.births) - told.births.null_count
            said += [f"{column}: {read:,} ages are read by the day of their row, and compared as years of birth."]
            categories.append((name, BIRTH_YEARS))
            table = table.append_column(name, told.births.dictionary_encode())
            table = table.set_column(table.column_names.index(column), column, told.ages.dictionary_encode())
    return table, replace(plan, categories=tuple(categories)), tuple(said)


def _of_aged(columns: Sequence[Ints], ages: Ints) -> list[Ints]:
    """Years of columns, each shape (rows,), in rows with an age.

    Columns of which no such row has two are one: files name theirs differently.
    """
    found: list[Ints] = []
    for column in columns:
        years = np.where(ages != NONE, column, NONE)
        known = years != NONE
        at = next((at for at, other in enumerate(found) if not (known & (other != NONE)).any()), None)
        if not known.any():
            continue
        if at is None:
            found.append(years)
        else:
            found[at] = np.where(known, years, found[at])
    return found


def _true_in(ages: Ints, told: Sequence[Ints], usual: Sequence[Ints], rows: Rows) -> Ints | None:
    """The years in which ages were true, shape (rows,); None where no column says it.

    Args:
        ages: shape (rows,).
        told: shape (rows,) each. Years that rows with an age hold: of a visit, of an election, or else of a car.
        usual: likewise, of columns that are called as the days are on which ages are told.
        rows: by what they tell it.
    """
    pairs = [
        (_agreeing(rows.called, one - ages, one != NONE), _agreeing(rows.called, ages, one != NONE)) for one in told
    ]
    shares = [(read, plain, at) for at, (read, plain) in enumerate(pairs) if read is not None and plain is not None]
    read, plain, best = max(shares, default=(0.0, 0.0, 0))
    if abs(read - plain) >= BETTER:
        return told[best] if read > plain else None
    gains = _gains(ages, told, rows)
    if gains:
        return told[gains.index(max(gains))] if max(gains) >= CLEARLY else None
    if max(read, plain) >= OFTEN:
        return told[best] if read > plain else None
    return usual[0] if len(usual) == 1 else None


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


def _gains(ages: Ints, told: Sequence[Ints], rows: Rows) -> list[float]:
    """How much better births follow from each column of days than by chance; none where too few rows tell it.

    Namesakes are born near each other by chance: the years are compared with years that are off.

    Args:
        ages: shape (rows,).
        told: as of `_true_in`.
        rows: by what they tell it.
    """
    people, born = rows.people, rows.born
    if people is None:
        return []
    gains: list[float] = []
    for years in told:
        there = (years != NONE) & (born == NONE)
        ways = [np.where(there, years - ages + off, born) for off in (0, OFF)]
        right, wrong = (_agreeing([people], one, one != NONE, there) for one in ways)
        gains += [right - wrong] if right is not None and wrong is not None else []
    return gains if len(gains) == len(told) else []


def _births(database: duckdb.DuckDBPyConnection, table: pa.Table, plan: Plan, source: pa.Array) -> Ints:
    """The year of birth that each row says; NONE where it says none."""
    columns = [*plan.birth_date, *(name for name in plan.birth_parts[2:] if name)]
    born = np.full(table.num_rows, NONE, np.int64)
    for column in columns:
        born = np.where(born == NONE, _years(database, table.column(column), source), born)
    return born


def _people(table: pa.Table, plan: Plan) -> Ints:
    """Who each row names: a number for its first given and its last family name, in any order; NONE without two."""
    parts = [_first_said(table, names) for names in (plan.given, plan.family) if names]
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


def _first_said(table: pa.Table, columns: Sequence[str]) -> pa.ChunkedArray:
    """What the first of some columns says that says anything."""
    said: pa.ChunkedArray = pc.coalesce(*(table.column(name).cast(pa.string()) for name in columns))
    return said


def _first_last(names: pa.ChunkedArray) -> pa.ChunkedArray:
    """Whole names, those with a comma turned round."""
    turned: pa.ChunkedArray = pc.replace_substring_regex(names, pattern=LAST_FIRST.pattern, replacement=r"\2 \1")
    return turned


def _outer(name: str) -> tuple[str, ...]:
    """The first and the last word of a name, initials left out, in the order of the alphabet."""
    words = [word for word in WORD.findall(name.lower()) if len(word) > 1]
    return tuple(sorted({words[0], words[-1]})) if words else ()


def _told(ages: Ints, years: Ints, source: Ints) -> Told:
    """Ages read by the years in which they were true; they stay in sources where most rows have no day.

    Args:
        ages: shape (rows,).
        years: shape (rows,). NONE in rows without an age or a day.
        source: shape (rows,). Number of each row's source.
    """
    aged, held = (np.bincount(source, known) for known in (ages != NONE, years != NONE))
    dated = (held >= DATED * np.maximum(aged, 1))[source]
    born, both = years - ages, (years != NONE) & dated
    births = pc.binary_join_element_wise(*(pa.array(born - early).cast(pa.string()) for early in (1, 0)), "/")
    return Told(
        births=pc.if_else(pa.array(both), births, pa.scalar(None, pa.string())),
        ages=pa.array(ages, mask=(ages == NONE) | dated).cast(pa.string()),
    )


def _years(database: duckdb.DuckDBPyConnection, column: pa.ChunkedArray, source: pa.Array) -> Ints:
    """The year of each row's day; NONE where there is none."""
    encoded = encode(column)
    order = next(iter(date_orders(database, column, source, day_first=True).values()), Order())
    dates = clean_dates(database, encoded.dictionary, order)
    years = pc.cast(pc.struct_field(pc.extract_regex(dates, r"^(?P<year>\d{4})"), "year"), pa.int64())
    sane = pc.and_(pc.greater_equal(years, SANE[0]), pc.less_equal(years, SANE[1]))
    return _of_rows(encoded, pc.if_else(sane, years, None))


def _ages(column: pa.ChunkedArray) -> Ints:
    """The whole years of each row; NONE where there are none."""
    encoded = encode(column)
    texts = encoded.dictionary.cast(pa.string())
    ages = pc.struct_field(pc.extract_regex(texts, r"^\s*(?P<age>\d{1,3})(?:\.0*)?\s*$"), "age")
    years = pc.cast(ages, pa.int64())
    return _of_rows(encoded, pc.if_else(pc.less_equal(years, OLDEST), years, None))


def _of_rows(encoded: pa.DictionaryArray, values: pa.Array) -> Ints:
    known = np.append(np.asarray(pc.fill_null(values, NONE).to_numpy(zero_copy_only=False), np.int64), NONE)
    return known[np.asarray(pc.fill_null(encoded.indices, NONE).to_numpy(zero_copy_only=False), np.int64)]


def _agreeing(
    names: Sequence[Ints], years: Ints, known: NDArray[np.bool_], some: NDArray[np.bool_] | None = None
) -> float | None:
    """Share of neighbours of one name, in order of years, that lie NEAR each other; None where there are too FEW.

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
    return float(near.mean()) if len(near) >= FEW else None
