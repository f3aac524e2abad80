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
WITH_CODE: Final = r"^[^0-9+]*(?:[+]|00) ?[(]?(?P<code>[1-9][ ()./-]*[0-9][ ()./-]*[0-9])(?:[^0-9]*[0-9]){5}"
"""A number with a country code, whose first three digits are looked at."""


def home_region(table: pa.Table, columns: Sequence[str], source: pa.Array) -> str | None:
    """The country that most numbers with a country code have, in each source that has enough of them.

    Args:
        table: columns of text.
        columns: of telephone numbers.
        source: shape (rows,), the source of each row.

    Returns:
        ISO 3166 code; None where no source has enough, in one no country has most, or two have different ones. A
        source with too few follows the others. Cost: a look at each distinct value, and at the rows of those found.
    """
    owners = encode(source)
    codes = np.asarray(owners.indices.to_numpy(), np.int64)
    by_owner: dict[int, Counter[str]] = {}
    for owner, counts in (one for name in columns for one in _found(encode(table.column(name)), codes)):
        by_owner.setdefault(owner, Counter()).update(counts)
    said = {_most(counts) for counts in by_owner.values() if counts.total() >= LEAST_NUMBERS}
    return said.pop() if len(said) == 1 else None


def _most(counts: Counter[str]) -> str | None:
    best = max(sorted(counts), key=lambda region: counts[region])
    return best if best and counts[best] >= MOST_OF_THEM * counts.total() else None


def _found(column: pa.DictionaryArray, owners: NDArray[np.int64]) -> Iterator[tuple[int, Counter[str]]]:
    """For each source, the different numbers of one column that have a country code, by country ("" where unknown)."""
    found = pc.struct_field(pc.extract_regex(column.dictionary.cast(pa.string()), WITH_CODE), "code")
    if found.null_count == len(found):
        return
    digits = encode(pc.replace_substring_regex(found, "[^0-9]+", ""))
    regions = [_region(code) for code in digits.dictionary.to_pylist()]
    value = np.asarray(pc.fill_null(column.indices, -1).to_numpy(zero_copy_only=False), np.int64)
    code = np.append(np.asarray(pc.fill_null(digits.indices, -1).to_numpy(zero_copy_only=False), np.int64), -1)[value]
    rows = np.unique(np.stack([owners, value, code])[:, code >= 0], axis=1)
    for owner in np.unique(rows[0]).tolist():
        counts = np.bincount(rows[2][rows[0] == owner], minlength=len(regions)).tolist()
        mine = Counter[str]()
        for region, count in zip(regions, counts, strict=True):
            mine[region] += count
        yield owner, mine


def _region(digits: str) -> str:
    """The main country of the country code that these three digits begin with; "" where none has it."""
    from phonenumbers import COUNTRY_CODE_TO_REGION_CODE as REGIONS  # the plans load only where numbers have codes

    known = (REGIONS.get(int(digits[:length])) for length in (1, 2, 3))
    return next((regions[0] for regions in known if regions and regions[0] != "001"), "")
