"""Days of birth that stand in national numbers, for rows that say no other.

A Swedish, Finnish, Polish, Romanian, South African, Korean or Chinese number tells when its owner was born. One file
may have the number where the next has the birth date; the number is then read as a date as well.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Final

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from ingest.clean.run import clean_values, cleaner, coded, decoded, encode, evenly, free_name
from ingest.clean.spans import GENERATION, LIVES, years_between
from ingest.clean.text import Recipe
from ingest.contract import ColumnKind
from ingest.kinds.detect import ISSUED
from ingest.kinds.same_numbers import SURE
from ingest.people.plan import Plan

BIRTH: Final = "date of birth"
"""What the column of births is called, behind the name of the column of numbers."""
LEAST_NUMBERS: Final = 20
"""Distinct numbers below which nothing is said of them."""
SAMPLE: Final = 1000
"""Distinct numbers looked at."""
DATED: Final = 0.9
"""Share of them that hold a day: of numbers drawn by chance fewer than one in ten do."""
AS_GOOD: Final = 0.01
"""Share of them up to which two ways of reading are equally good; then the first counts."""
MONTHS_BY_LETTER: Final = "ABCDEHLMPRST"
Centuries = Mapping[str, str]
SIGNS: Final = " ./"
UNSIGNED: Final = str.maketrans("", "", SIGNS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheme:
    """How a country writes the day of birth into its numbers.

    Attributes:
        pattern: of the number without spaces, points and strokes, in capitals; one group for each letter of `groups`.
        groups: the parts of the day in their order, n for its number in a leap year, and c for the sign that tells the
            century.
        centuries: century by that sign; without it, of two the later that is not to come.
        months: what is added to months to tell a century or the sex. Where it tells the century, `turns` has it by
            how often it was added.
        days: what is added to the days of women, or of guests.
        lettered: whether a letter stands for the month.
    """

    pattern: str
    groups: str = "ymd"
    centuries: Centuries = field(default_factory=dict[str, str])
    months: int = 100
    turns: tuple[int, ...] = ()
    days: int = 100
    lettered: bool = False


def _centuries(**signs: str) -> Centuries:
    """Century by sign, from `y18="12"` and the like."""
    return {sign: century[1:] for century, each in signs.items() for sign in each}


SIX: Final = r"(\d\d)(\d\d)(\d\d)"
BY_THREE: Final = _centuries(y18="12", y19="34", y20="56")
SCHEMES: Final[Mapping[str, Scheme]] = {
    "chinese": Scheme(pattern=r"\d{6}(\d{4})(\d\d)(\d\d)\d{3}[\dX]"),
    "italian": Scheme(pattern=r"[A-Z]{6}(\d\d)([A-EHLMPRST])(\d\d)[A-Z][\dL-V]{3}[A-Z]", days=40, lettered=True),
    "mexican": Scheme(pattern=rf"[A-ZÑ]{{4}}{SIX}(?:[HMX][A-ZÑ]{{5}}[A-Z\d]\d|[A-Z\d]{{3}})"),
    "german": Scheme(pattern=rf"\d\d{SIX}[A-Z]\d{{3}}", groups="dmy"),
    "indonesian": Scheme(pattern=rf"\d{{6}}{SIX}\d{{4}}", groups="dmy", days=40),
    "egyptian": Scheme(pattern=rf"([23]){SIX}\d{{7}}", groups="cymd", centuries=_centuries(y19="2", y20="3")),
    "korean": Scheme(pattern=rf"{SIX}-?([1-8])[\d*]{{6}}", groups="ymdc", centuries=_centuries(y19="1256", y20="3478")),
    "south_african": Scheme(pattern=rf"{SIX}\d{{7}}"),
    "romanian": Scheme(
        pattern=rf"([1-8]){SIX}\d{{6}}", groups="cymd", centuries=_centuries(y18="34", y19="1278", y20="56")
    ),
    "yugoslav": Scheme(
        pattern=r"(\d\d)(\d\d)([890])(\d\d)\d{6}", groups="dmcy", centuries=_centuries(y18="8", y19="9", y20="0")
    ),
    "kazakh": Scheme(pattern=rf"{SIX}([1-6])\d{{5}}", groups="ymdc", centuries=BY_THREE),
    "swedish_with_century": Scheme(pattern=r"(\d{4})(\d\d)(\d\d)-?\d{4}", days=60),
    "sri_lankan": Scheme(pattern=r"(\d\d|(?:18|19|20)\d\d)(\d{3})(?:\d{4}[VX]|0\d{4})", groups="yn", days=500),
    "malaysian": Scheme(pattern=rf"{SIX}-?\d\d-?\d{{4}}"),
    "baltic": Scheme(pattern=rf"([1-6]){SIX}\d{{4}}", groups="cymd", centuries=BY_THREE),
    "latvian": Scheme(
        pattern=rf"{SIX}-?([012])\d{{4}}", groups="dmyc", centuries=_centuries(y18="0", y19="1", y20="2")
    ),
    "norwegian_or_greek": Scheme(pattern=rf"{SIX}\d{{5}}", groups="dmy", days=40),
    "belgian": Scheme(pattern=rf"{SIX}-?\d{{3}}-?\d\d"),
    "polish": Scheme(pattern=rf"{SIX}\d{{5}}", months=20, turns=(19, 20, 21, 22, 18)),
    "swedish": Scheme(pattern=rf"{SIX}[-+]?\d{{4}}", days=60),
    "czech_or_slovak": Scheme(pattern=rf"{SIX}\d{{3,4}}", months=50),
    "bulgarian": Scheme(pattern=rf"{SIX}\d{{4}}", months=20, turns=(19, 18, 20)),
    "icelandic": Scheme(
        pattern=rf"{SIX}-?\d{{3}}([890])", groups="dmyc", centuries=_centuries(y18="8", y19="9", y20="0")
    ),
    "danish": Scheme(pattern=rf"{SIX}-?\d{{4}}", groups="dmy"),
    "finnish": Scheme(
        pattern=rf"{SIX}([-+A-FU-Y])\d{{3}}[\dA-Y]",
        groups="dmyc",
        centuries=_centuries(y18="+", y19="-UVWXY", y20="ABCDEF"),
    ),
}
"""By whose numbers they are; of those that fit equally, the first is meant."""


def with_births_of_numbers(
    table: pa.Table, plan: Plan, kinds: Sequence[ColumnKind]
) -> tuple[pa.Table, Plan, tuple[str, ...]]:
    """Add a column of birth dates for each column of numbers that hold them; other columns of dates count before it.

    Args:
        table: columns of text.
        plan: what they are.
        kinds: of the columns.

    Returns:
        The table, the plan, and what a reader should hear of it. Cost: as `schemes_of`, and a look at each distinct
        number of its columns.
    """
    schemes = schemes_of(table, kinds)
    if not schemes:
        return table, plan, ()
    said: list[str] = []
    with cleaner() as database:
        for column, scheme in schemes.items():
            births = decoded(coded(table.column(column), partial(births_of, database, scheme=scheme)))
            name = free_name(table, f"{column} {BIRTH}")
            table = table.append_column(name, encode(births))
            plan = replace(plan, birth_date=(*plan.birth_date, name))
            rows = len(births) - births.null_count
            said.append(f"{column}: {rows:,} rows hold a date of birth, read where no column says one.")
    return table, plan, tuple(said)


def schemes_of(table: pa.Table, kinds: Sequence[ColumnKind]) -> dict[str, str]:
    """By column of numbers that hold births, the scheme in SCHEMES.

    Args:
        table: columns of text.
        kinds: of the columns.

    Cost: SAMPLE values of each column of numbers, by every scheme.
    """
    found: dict[str, str] = {}
    for one in kinds:
        told = one.kind == "identifier" and one.confidence >= SURE
        if one.kind in ISSUED and not told and any(_share_written(each, one.samples) > 0 for each in SCHEMES.values()):
            scheme = _scheme_of(table.column(one.column), surely=one.kind == "national_id")
            found |= {one.column: scheme} if scheme else {}
    return found


def births_of(database: duckdb.DuckDBPyConnection, numbers: pa.Array, scheme: str) -> pa.Array:
    """Days of birth as YYYY-MM-DD, null where a number holds none.

    Args:
        database: a cleaner.
        numbers: text.
        scheme: of SCHEMES.
    """
    return clean_values(database, numbers, _recipe(SCHEMES[scheme]))


def _scheme_of(column: pa.ChunkedArray, *, surely: bool) -> str | None:
    """How the numbers of a column hold births, None where they hold none.

    Args:
        column: of numbers.
        surely: whether they are numbers of people, and not of visits or orders.
    """
    values = encode(column).dictionary.cast(pa.string())
    values = values.filter(pc.fill_null(pc.not_equal(values, ""), False)).unique().sort()
    if len(values) < LEAST_NUMBERS:
        return None
    sample = evenly(values, SAMPLE)
    texts = sample.to_pylist()
    written = [name for name, scheme in SCHEMES.items() if _share_written(scheme, texts) >= DATED]
    if not written:
        return None
    with cleaner() as database:
        read = [births_of(database, sample, name) for name in written]
    shares = [1 - births.null_count / len(sample) for births in read]
    best = next(at for at, share in enumerate(shares) if share >= max(shares) - AS_GOOD)
    if shares[best] < DATED:
        return None
    years = pc.year(read[best].drop_null().cast(pa.date32()))
    return written[best] if years_between(years) >= (GENERATION if surely else LIVES) else None


def _share_written(scheme: Scheme, texts: Sequence[str]) -> float:
    """Share of numbers that look as a country writes them; 0 of none."""
    pattern = re.compile(scheme.pattern, re.IGNORECASE)
    return sum(pattern.fullmatch(text.translate(UNSIGNED)) is not None for text in texts) / max(len(texts), 1)


def _recipe(scheme: Scheme) -> Recipe:
    """From a number to the day of birth it holds, null where it holds none."""
    names = ", ".join(f"'{name}'" for name in scheme.groups)
    return (
        ("t", f"upper(translate(v, '{SIGNS}', ''))"),
        ("p", f"regexp_extract(t, '^{scheme.pattern}$', [{names}])"),
        ("day", " || '-' || ".join(_numbered(scheme) if "n" in scheme.groups else _written(scheme))),
        ("c", "CASE WHEN try_cast(day AS DATE) IS NOT NULL AND is_modern(day[:4]) THEN day END"),
    )


def _written(scheme: Scheme) -> tuple[str, str, str]:
    """Year, month and day, as they stand in the number."""
    month = f"instr('{MONTHS_BY_LETTER}', p.m)" if scheme.lettered else "try_cast(p.m AS INT)"
    return _year(scheme, month), _two(month, scheme.months), _two("try_cast(p.d AS INT)", scheme.days)


def _numbered(scheme: Scheme) -> tuple[str, str, str]:
    """Year, month and day, where the number has the day of a leap year."""
    turned = f"try_cast(p.n AS INT) % {scheme.days}"
    day = f"(CASE WHEN {turned} BETWEEN 1 AND 366 THEN DATE '2000-01-01' + ({turned} - 1)::INT END)"
    return "four(p.y)", f"strftime({day}, '%m')", f"strftime({day}, '%d')"


def _year(scheme: Scheme, month: str) -> str:
    if scheme.turns:
        return f"{list(scheme.turns)}[{month} // {scheme.months} + 1]::VARCHAR || p.y"
    if scheme.centuries:
        each = " ".join(f"WHEN '{sign}' THEN '{century}'" for sign, century in scheme.centuries.items())
        return f"CASE p.c {each} END || p.y"
    return "four(p.y)"


def _two(number: str, turn: int) -> str:
    return f"two(({number} % {turn})::VARCHAR)"
