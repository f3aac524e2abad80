"""Cells that hold a place and a day of birth: "Jakarta, 12-05-1985", "né le 3/4/1950 à Lyon"; they become two columns.

Days of one generation alone may be of anything else, and stay where they are; so do days of burial, and days beside
another column that says it holds births.
"""

import re
from collections.abc import Collection
from functools import partial
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from ingest.clean.dates import MONTHS
from ingest.clean.run import coded, encode, evenly, in_parts, said_texts
from ingest.clean.spans import LIVES, years_between
from ingest.kinds import apart
from ingest.kinds.header import read_header, spaced

PLACE: Final = "place of birth"
PARTS: Final = (PLACE, "date of birth")
YEAR: Final = "(?:18|19|20)[0-9]{2}"
NUMBERED: Final = f"[0-9]{{1,2}}[-/. ][0-9]{{1,2}}[-/. ]{YEAR}|{YEAR}[-/. ][0-9]{{1,2}}[-/. ][0-9]{{1,2}}"
BEGUN: Final = "|".join(sorted(name.replace(".", "[.]") for names in MONTHS.values() for name in names))
NAMED: Final = rf"[0-9]{{1,2}}[. -]+(?:de )?(?i:{BEGUN})[\p{{L}}.]*[. -]+(?:de )?{YEAR}"
DAY: Final = rf"^(?P<before>(?:.*[^0-9])?)(?P<day>{NUMBERED}|{NAMED})(?P<behind>(?:[^0-9].*)?)$"
BORN: Final = (
    r"(?i)\b(n[eé]e?|born|nat[oa]|geb(oren)?|nacid[oa]|nascid[oa]|lahir|ur|nar|род)\b|[*]|рожд|народж|γεννη|出生|生まれ"
)
"""Words of birth in a cell; in most cells they say what the days are."""
PLACED_AND_BORN: Final = (
    r"(?i)\b(ttl|tempat.*lahir|birth|born|geb\w*|naiss\w*|nasc\w*|nac\w*|ur|urodz\w*|nar\w*|doğum\w*)\b"
)
"""Headers of a place and a day of birth."""
OTHERWISE: Final = (
    r"(?i)died|death|d[eé]c[eè]s|gestorben|verstorben|sterb|fallec|[oó]bito|falec|zgon|[uú]mrt|d(ø|o)d\b|kuoll|смерт|умер|wafat|"
    r"meninggal|marri|mariage|heirat|trau|matrimon|sposat|nikah|брак|buri|baptis|enlist|join|since|visit|open|audit|scan|"
    r"hire|start|end\b|member|note|comment|log|history"
)
"""Headers of other days that stand beside a place."""
NO_PLACE: Final = r"(?i)\b(am|pm|utc|gmt|mon|tue|wed|thu|fri|sat|sun)\b|[0-9]"
"""What a place does not hold: a time, a weekday, a number."""
LETTERS: Final = r"\p{L}{2}"
LEAST_VALUES: Final = 20
GLANCE: Final = 200
"""Distinct values looked at before all are: where most of all hold days, one of these does as well."""
TOLD: Final = 0.9
"""Share of the distinct values that hold a day and a place."""
SAID: Final = 0.5
"""Share of the cells with a word of birth, from which all days are births."""
OF_ONE_PLACE: Final = 3
"""Days to each place at least, where no word says that they are births."""
MARKS: Final = " ,;:/-().\t"


def with_births_apart(table: pa.Table, keep: Collection[str] = ()) -> pa.Table:
    """Put a place and a day in the place of columns that hold both.

    Args:
        table: columns of text.
        keep: columns that stay as they are.

    Returns:
        The table, such columns as `COLUMN place of birth` and `COLUMN date of birth`. Cost: GLANCE values of each
        column, and each distinct one where these hold days.
    """
    for name in table.column_names:
        parts = {} if name in keep else _parts(encode(table.column(name)), said=_says_births(name))
        if parts and _may_be_births(table, name):
            table = in_parts(table, name, parts)
    return table


def _says_births(name: str) -> bool:
    return re.search(PLACED_AND_BORN, spaced(name)) is not None


def _may_be_births(table: pa.Table, name: str) -> bool:
    """Whether neither the header nor a column beside it says that days of birth are not meant."""
    header = read_header(name)
    others = [other for other in table.column_names if other != name and "birth_date" in read_header(other).kinds]
    other_days = "date" in header.kinds or re.search(OTHERWISE, header.words) is not None
    return not other_days and all(apart(table, name, other) for other in others)


def _parts(column: pa.DictionaryArray, *, said: bool) -> dict[str, pa.Array]:
    """Place and date row by row, empty where a column does not hold both.

    Args:
        column: distinct texts, and which each row has.
        said: whether the header says that they are of birth.
    """
    texts = column.dictionary.cast(pa.string())
    if len(texts) < LEAST_VALUES or not pc.any(_are_placed(evenly(texts, GLANCE))).as_py():
        return {}
    every = said_texts(texts)
    told = every.filter(_are_placed(every))
    if len(told) < max(TOLD * len(every), LEAST_VALUES) or not (said or _tell_births(told)):
        return {}
    return {part: coded(column, partial(part_of, part=part)) for part in PARTS}


def part_of(texts: pa.Array, part: str) -> pa.Array:
    """One of PARTS of each cell: the place, which is all of a cell without a day; or the day, null without one."""
    found = pc.extract_regex(texts, DAY)
    half: pa.Array = pc.coalesce(_place(found), texts) if part == PLACE else found.field("day")
    return half


def _tell_births(texts: pa.Array) -> bool:
    """Whether texts of a day and a place are of births: a word says it, or places come again; and they span lives."""
    found = pc.extract_regex(texts, DAY)
    years = pc.extract_regex(found.field("day"), f"(?P<year>{YEAR})").field("year").cast(pa.int32())
    worded = (pc.sum(pc.match_substring_regex(texts, BORN)).as_py() or 0) >= SAID * len(texts)
    repeated = len(_place(found).unique()) * OF_ONE_PLACE <= len(texts)
    return (worded or repeated) and years_between(years) >= LIVES


def _are_placed(texts: pa.Array) -> pa.Array:
    """Whether each holds a day, and beside it a place: letters, no time and no number."""
    place = _place(pc.extract_regex(texts, DAY))
    named, other = (pc.match_substring_regex(place, pattern) for pattern in (LETTERS, NO_PLACE))
    placed: pa.Array = pc.fill_null(pc.and_(named, pc.invert(other)), False)
    return placed


def holds(texts: pa.Array) -> pa.Array:
    """Whether each cell holds a day."""
    dated: pa.Array = pc.is_valid(pc.extract_regex(texts, DAY))
    return dated


def _place(found: pa.StructArray) -> pa.Array:
    """What stands before and behind the day; null where there is none."""
    trim = partial(pc.utf8_trim, characters=MARKS)
    around = trim(pc.binary_join_element_wise(trim(found.field("before")), trim(found.field("behind")), " "))
    known: pa.Array = pc.if_else(pc.is_valid(found), around, None)
    return known
