"""Ages with their unit, as hospitals write them, in whole years: 45Y, 45 yrs, 14Y/3M and 9 months are 45, 45, 14 and 0.

An M is a month or a man. It is a month where other ages of the column have units, and none of them a sex.
"""

import re
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from ingest.clean.run import coded, decoded, encode, one_chunk, with_column
from ingest.kinds.header import read_header
from ingest.people.plan import UNDATED

YEARS: Final = (
    r"y|ys|yo|y/o|yrs?|years?|year\(s\)|year[- ]old|years[- ]old|a[nñ]os?|ans?|anni|anno|jahre?n?|j|jaar|år|lata?|"
    r"rok[uy]?|roků|rokov|let|éves?|év|vuotta|ya[sş]ında|ya[sş]|tahun|thn|tu[oổ]i|ปี|歳|才|岁|歲|세|살|साल|वर्ष|बरस|বছর|"
    r"سنة|سنوات|عام|سال|χρονών|ετών|лет|года?|годов|г|рок(?:ів|и)?|р|שנים|שנה"
)
MONTHS: Final = (
    r"mo|mos|mons?|mths?|months?|mes(?:es)?|mois|monate?n?|maand(?:en)?|mes[ei]|mån(?:ad(?:er)?)?|md|mdr|"
    r"mies(?:i[aą]c(?:e|y)?)?|měsíc(?:e|ů)?|hónap(?:os)?|kk|ay(?:lık)?|bulan|bln|tháng|เดือน|か月|ヶ月|カ月|ヵ月|个月|個月|"
    r"개월|माह|महीने|মাস|شهر|أشهر|شهور|ماه|μηνών|мес(?:яц(?:а|ев)?)?|міс(?:яц(?:і|ів)?)?|חודשים|חודש"
)
WEEKS: Final = (
    r"wks?|weeks?|semanas?|semaines?|wochen?|weken|settiman[ae]|tygodni[ae]?|minggu|tuần|สัปดาห์|周|주|нед(?:ел[иь])?"
)
DAYS: Final = (
    r"d|days?|d[ií]as?|jours?|tage?n?|dag(?:en)?|giorn[io]|dni|hari|ngày|วัน|日|天|일|दिन|يوم|أيام|روز|день|дней|дня"
)
SEXES: Final = "m|f|w|v|k|h|male|female|man|woman|hombre|mujer"
"""Behind an age: weiblich, vrouw, kobieta and hombre among them."""
NUMBER: Final = r"(?i)^\s*(?P<age>[0-9]{1,4})"
BEHIND: Final = "(?:[.,/ ].*|[0-9].*)?$"
BARE: Final = NUMBER + r"(?:[.]0+)?\s*$"
OF_YEARS: Final = rf"{NUMBER}\s*[-.]?\s*(?:{YEARS}){BEHIND}"
OF_SEXES: Final = rf"{NUMBER}\s*(?:{YEARS})?\s*[-/., ]*(?:{SEXES})[.]?\s*$"
OF_WOMEN: Final = rf"(?i)^\s*[0-9]{{1,3}}\s*(?:{YEARS})?\s*[-/., ]*(?:f|w|v|k|h|female|woman|hombre|mujer)[.]?\s*$"
"""Ages with a sex that no M stands for, or only beside it."""
OF_MONTHS: Final = rf"{NUMBER}\s*[-.]?\s*(?:{MONTHS}){BEHIND}"
OF_M: Final = NUMBER + r"\s*[-.]?\s*m[.]?\s*$"
OF_WEEKS: Final = rf"{NUMBER}\s*[-.]?\s*(?:{WEEKS})[.]?\s*$"
OF_DAYS: Final = rf"{NUMBER}\s*[-.]?\s*(?:{DAYS})[.]?\s*$"
IN_A_YEAR: Final = ((OF_MONTHS, 12), (OF_WEEKS, 52), (OF_DAYS, 365))
MOST_MONTHS: Final = 36
"""Months that ages are told in; who is older is so many years old."""
MOSTLY: Final = 0.5
"""Share of the distinct values that are told in years, from which a column holds ages of people."""
OTHER_AGES: Final = r"gestation|account|bone|vehicle|group|band|range|class|bracket"
NOBODY: Final = pa.scalar(None, pa.int64())


def may_be_age(name: str) -> bool:
    """Whether a header may be of people's ages: those of accounts, pregnancies and groups are others."""
    header = read_header(name)
    return UNDATED in header.kinds and re.search(OTHER_AGES, header.words) is None


def with_ages_in_years(table: pa.Table, names: Sequence[str]) -> pa.Table:
    """Write ages with a unit as whole years; what has no unit that is known stays.

    Args:
        table: columns of text.
        names: of the columns that may hold ages. One that mostly tells weeks or days is of pregnancies or deliveries.

    Returns:
        The table; over dictionaries where a column was. Cost: nine looks at each distinct value of these columns.
    """
    return with_known_ages(table, {name: ages_in_years(table.column(name)) for name in names})


def ages_in_years(column: pa.ChunkedArray | pa.Array) -> dict[str, str]:
    """What ages of a whole column are in years, where they are not told so: a part of it may not say what an M is."""
    said = encode(column).dictionary.cast(pa.string()).drop_null()
    written = _written(said)
    other = pc.not_equal(said, written)
    return dict(zip(said.filter(other).to_pylist(), written.filter(other).to_pylist(), strict=True))


def with_known_ages(table: pa.Table, known: Mapping[str, Mapping[str, str]]) -> pa.Table:
    """Write ages as whole columns have taught.

    Args:
        table: columns of text.
        known: by column, what each age is in years.
    """
    for name, ages in known.items():
        if ages:
            column = one_chunk(table.column(name))
            written = coded(column, partial(_known_years, ages=ages))
            table = with_column(table, name, written if isinstance(column, pa.DictionaryArray) else decoded(written))
    return table


def _known_years(texts: pa.Array, ages: Mapping[str, str]) -> pa.Array:
    plain = texts.cast(pa.string())
    said, years = (pa.array(list(some), pa.string()) for some in (ages.keys(), ages.values()))
    found: pa.Array = pc.coalesce(years.take(pc.index_in(plain, value_set=said)), plain)
    return found


def _written(plain: pa.Array) -> pa.Array:
    """Distinct ages of a column in whole years."""
    years, bare, sexed, months = (_number(plain, pattern) for pattern in (OF_YEARS, BARE, OF_SEXES, OF_M))
    if _count(pc.coalesce(years, bare, sexed)) < MOSTLY * _count(plain):
        return plain
    if _has_months(plain, years):
        young = pc.fill_null(pc.less_equal(months, MOST_MONTHS), False)
        sexed = pc.if_else(young, pc.divide(months, pa.scalar(12, pa.int64())), sexed)
    smaller = [pc.divide(_number(plain, pattern), pa.scalar(most, pa.int64())) for pattern, most in IN_A_YEAR]
    found: pa.Array = pc.coalesce(pc.coalesce(years, sexed, *smaller).cast(pa.string()), plain)
    return found


def _has_months(texts: pa.Array, years: pa.Array) -> bool:
    """Whether a bare M is a month in these ages: some have units, and none a sex."""
    units = _count(years) + _count(_number(texts, OF_MONTHS))
    return units > 0 and not pc.any(pc.match_substring_regex(texts, OF_WOMEN)).as_py()


def _count(values: pa.Array) -> int:
    return len(values) - values.null_count


def _number(texts: pa.Array, pattern: str) -> pa.Array:
    found: pa.Array = pc.struct_field(pc.extract_regex(texts, pattern), "age").cast(pa.int64())
    return found
