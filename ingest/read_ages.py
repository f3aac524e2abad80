"""Ages with their unit, as hospitals write them, in whole years: 45Y, 45 yrs, 14Y/3M and 9 months are 45, 45, 14 and 0.

An M is a month or a man. It is a man in a column that has women, and where the months would be a grown child's.
"""

from collections.abc import Sequence
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from ingest.clean.run import coded, decoded, one_chunk, with_column

YEARS: Final = (
    r"y|ys|yo|y/o|yrs?|years?|year\(s\)|year[- ]old|years[- ]old|a[nñ]os?|ans?|anni|anno|jahren?|j|jaar|å?r|år|lata?|"
    r"rok[uy]?|roků|rokov|let|éves?|év|vuotta|v|ya[sş]ında|ya[sş]|tahun|thn|th|tu[oổ]i|ปี|歳|才|岁|歲|세|살|साल|वर्ष|बरस|বছর|"
    r"سنة|سنوات|عام|سال|χρονών|ετών|лет|года?|годов|г|рок(?:ів|и)?|р|שנים|שנה"
)
MONTHS: Final = (
    r"mo|mos|mons?|mths?|months?|mes(?:es)?|mois|monaten?|maand(?:en)?|mes[ei]|mån(?:ad(?:er)?)?|md|mdr|"
    r"mies(?:i[aą]c(?:e|y)?)?|měsíc(?:e|ů)?|hónap(?:os)?|kk|ay(?:lık)?|bulan|bln|tháng|เดือน|か月|ヶ月|カ月|ヵ月|个月|個月|"
    r"개월|माह|महीने|মাস|شهر|أشهر|شهور|ماه|μηνών|мес(?:яц(?:а|ев)?)?|міс(?:яц(?:і|ів)?)?|חודשים|חודש"
)
DAYS: Final = (
    r"d|days?|w|wks?|weeks?|hrs?|hours?|d[ií]as?|semanas?|jours?|semaines?|tagen?|wochen?|dagen|weken|giorni|settimane|"
    r"dni|tygodni[ae]?|hari|minggu|ngày|tuần|วัน|สัปดาห์|日|天|周|일|주|दिन|يوم|أيام|روز|дней|дня|нед(?:ел[иь])?"
)
OF_YEARS: Final = rf"(?i)^\s*(?P<age>[0-9]{{1,3}})\s*[-.]?\s*(?:{YEARS})(?:[.,/ ].*|[0-9].*)?$"
OF_MONTHS: Final = rf"(?i)^\s*(?P<age>[0-9]{{1,3}})\s*[-.]?\s*(?:{MONTHS})(?:[.,/ ].*|[0-9].*)?$"
BARE: Final = r"(?i)^\s*(?P<age>[0-9]{1,3})\s*[-.]?\s*m[.]?\s*$"
OF_SEX: Final = rf"(?i)^\s*(?P<age>[0-9]{{1,3}})\s*(?:{YEARS})?\s*[-/., ]*(?:m|f|male|female|man|woman)[.]?\s*$"
OF_WOMEN: Final = rf"(?i)^\s*[0-9]{{1,3}}\s*(?:{YEARS})?\s*[-/., ]*(?:f|female|woman)[.]?\s*$"
OF_DAYS: Final = rf"(?i)^\s*(?P<age>[0-9]{{1,4}})\s*[-.]?\s*(?:{DAYS})[.]?\s*$"
YEAR: Final = 12
"""Months of a year."""
NOBODY: Final = pa.scalar(None, pa.int64())
MOST_MONTHS: Final = 23
"""Months that ages are told in; who is older is so many years old."""


def with_ages_in_years(table: pa.Table, names: Sequence[str]) -> pa.Table:
    """Write ages with a unit as whole years; what has no unit that is known stays.

    Args:
        table: columns of text.
        names: of the columns that hold ages.

    Returns:
        The table; over dictionaries where a column was. Cost: three looks at each distinct value of these columns.
    """
    for name in names:
        column = one_chunk(table.column(name))
        written = coded(column, _written)
        table = with_column(table, name, written if isinstance(column, pa.DictionaryArray) else decoded(written))
    return table


def _written(texts: pa.Array) -> pa.Array:
    plain = texts.cast(pa.string())
    years, sexed, months, days = (_number(plain, pattern) for pattern in (OF_YEARS, OF_SEX, OF_MONTHS, OF_DAYS))
    if not pc.any(pc.match_substring_regex(plain, OF_WOMEN)).as_py():
        bare = _number(plain, BARE)
        young = pc.less_equal(bare, MOST_MONTHS)
        months, sexed = pc.coalesce(months, pc.if_else(young, bare, NOBODY)), pc.if_else(young, NOBODY, sexed)
    of_months = pc.divide(months, pa.scalar(YEAR, pa.int64()))
    of_days = pc.if_else(pc.is_valid(days), pa.scalar(0, pa.int64()), NOBODY)
    found: pa.Array = pc.coalesce(pc.coalesce(years, sexed, of_months, of_days).cast(pa.string()), plain)
    return found


def _number(texts: pa.Array, pattern: str) -> pa.Array:
    found: pa.Array = pc.struct_field(pc.extract_regex(texts, pattern), "age").cast(pa.int64())
    return found
