"""The country of telephone numbers without a country code, told by the numbers that have one."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from ingest.clean.run import encode

LEAST_NUMBERS: Final = 20
"""Different numbers with a country code that a source needs to say anything."""
MOST_OF_THEM: Final = 0.6
LOOKED_AT: Final = 300
"""Numbers without a country code that are looked at."""
ANY_NUMBER: Final = "(?:[0-9][^0-9]*){6}"
WITH_CODE: Final = r"^[^0-9+]*(?:[+]|00) ?[(]?(?P<code>[1-9][ ()./-]*[0-9][ ()./-]*[0-9])(?:[^0-9]*[0-9]){5}"
"""A number with a country code, whose first three digits are looked at."""
SET_OFF: Final = r"^(?P<code>[1-9][0-9])-(?:[0-9]-?){8,10}[0-9]$"
"""A number whose country code, of two digits, stands before a hyphen without a plus sign."""


def home_region(table: pa.Table, columns: Sequence[str], source: pa.Array) -> str | None:
    """The country that most numbers with a country code have, in each source that has enough of them.

    Args:
        table: columns of text.
        columns: of telephone numbers.
        source: shape (rows,), the source of each row.

    Returns:
        ISO 3166 code; None where no source has enough, in one no country has most, two have different ones, or most
        numbers without a code would be none of that country. A source with too few follows the others. Cost: a look at
        each distinct value, and at the rows of those found.
    """
    codes = np.asarray(encode(source).indices.to_numpy(), np.int64)
    region = _told(table, columns, codes, WITH_CODE)
    if region is not None:
        return region if _fits(table, columns, region, least=0) else None
    region = _told(table, columns, codes, SET_OFF)
    return region if region is not None and _fits(table, columns, region, least=LEAST_NUMBERS) else None


def of_no_country(table: pa.Table, columns: Sequence[str]) -> bool:
    """Whether most numbers begin with a zero, as no number of North America does: they are of a country unknown."""
    numbers = _numbers(table, columns)
    plain = numbers.filter(pc.fill_null(pc.match_substring_regex(numbers, ANY_NUMBER), False)).unique()
    zeros = pc.sum(pc.match_substring_regex(plain, "^[^0-9+]*0[^0]")).as_py() or 0
    return zeros >= max(LEAST_NUMBERS, MOST_OF_THEM * len(plain))


def _numbers(table: pa.Table, columns: Sequence[str]) -> pa.Array:
    """The different texts of each column, end to end."""
    texts = (encode(table.column(name)).dictionary.cast(pa.string()) for name in columns)
    return pa.concat_arrays([pa.array([], pa.string()), *texts])


def _told(table: pa.Table, columns: Sequence[str], codes: NDArray[np.int64], pattern: str) -> str | None:
    """The country that numbers with a code, as a pattern finds it, tell; codes of sources have shape (rows,)."""
    by_owner: dict[int, Counter[str]] = {}
    for owner, counts in (one for name in columns for one in _found(encode(table.column(name)), codes, pattern)):
        by_owner.setdefault(owner, Counter()).update(counts)
    said = {_most(counts) for counts in by_owner.values() if counts.total() >= LEAST_NUMBERS}
    return said.pop() if len(said) == 1 else None


def _fits(table: pa.Table, columns: Sequence[str], region: str, *, least: int) -> bool:
    """Whether most of some numbers without a country code may be of this country: those with one may be foreign.

    Args:
        table: columns of text.
        columns: of telephone numbers.
        region: the country.
        least: numbers without a code that there have to be.
    """
    from phonenumbers import NumberParseException, is_valid_number, parse

    numbers = _numbers(table, columns)
    plain = pc.match_substring_regex(numbers, ANY_NUMBER)
    for coded in (WITH_CODE, SET_OFF):
        plain = pc.and_not(plain, pc.match_substring_regex(numbers, coded))
    found = numbers.filter(plain).unique().sort()
    some = found.take(pa.array(np.arange(0, len(found), max(len(found) // LOOKED_AT, 1)))).to_pylist()
    fitting = 0
    for number in some:
        try:
            fitting += is_valid_number(parse(number, region))
        except NumberParseException:
            continue
    return len(found) >= least and fitting >= MOST_OF_THEM * len(some)


def _most(counts: Counter[str]) -> str | None:
    best = max(sorted(counts), key=lambda region: counts[region])
    return best if best and counts[best] >= MOST_OF_THEM * counts.total() else None


def _found(column: pa.DictionaryArray, owners: NDArray[np.int64], pattern: str) -> Iterator[tuple[int, Counter[str]]]:
    """For each source, the different numbers of one column that have a country code, by country ("" where unknown)."""
    texts = column.dictionary.cast(pa.string())
    found = pc.struct_field(pc.extract_regex(texts, pattern), "code")
    if found.null_count == len(found):
        return
    digits = encode(pc.replace_substring_regex(found, "[^0-9]+", ""))
    regions = [_region(code) for code in digits.dictionary.to_pylist()]
    value = np.asarray(pc.fill_null(column.indices, -1).to_numpy(zero_copy_only=False), np.int64)
    code = np.append(np.asarray(pc.fill_null(digits.indices, -1).to_numpy(zero_copy_only=False), np.int64), -1)
    held = code[value] >= 0
    number, owner = value[held], owners[held]
    pairs = np.unique(owner * len(code) + number)
    many = np.bincount(pairs // len(code) * len(regions) + code[pairs % len(code)])
    for at in np.flatnonzero(many).tolist():
        yield at // len(regions), Counter({regions[at % len(regions)]: int(many[at])})


def _region(digits: str) -> str:
    """The main country of the country code that these digits, three or two, begin with; "" where none has it."""
    from phonenumbers import COUNTRY_CODE_TO_REGION_CODE as REGIONS  # the plans load only where numbers have codes

    known = (REGIONS.get(int(digits[:length])) for length in (1, 2, 3))
    return next((regions[0] for regions in known if regions and regions[0] != "001"), "")
