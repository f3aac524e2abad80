"""Groups of people whose records a model may treat unequally: sex, decade of birth, script of the name, source.

The script is read off the letters of the name; it stands for the name's origin as far as letters show it.
"""

from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

UNKNOWN: Final = "unknown"
OTHER: Final = "others"
MOST: Final = 15
"""Groups of a kind that are told apart; the rarer ones are taken together."""
SCRIPTS: Final = (
    ("Latin", "a-z"),
    ("Latin with marks", "ß-ɏḀ-ỿ"),
    ("Greek", "Ͱ-Ͽ"),
    ("Cyrillic", "Ѐ-ӿ"),
    ("Hebrew", "֐-׿"),
    ("Arabic", "؀-ۿ"),
    ("Indic", "ऀ-෿"),
    ("Thai", "฀-๿"),
    ("Japanese", "぀-ヿ"),
    ("Chinese", "一-鿿"),
    ("Korean", "가-힣"),
)
"""Scripts by their letters; a name is of the last of these that any of its letters is of."""


def record_groups(records: pa.Table) -> dict[str, pa.Array]:
    """The groups of each record.

    Args:
        records: columns of `lake.tables.RECORDS`; those that are absent are unknown.

    Returns:
        For sex, born, script and source: shape (records,), strings.
    """
    name = pc.binary_join_element_wise(
        _text(records, "given_name"), _text(records, "family_name"), _text(records, "full_name"), " "
    )
    return {
        "sex": _text(records, "sex", UNKNOWN),
        "born": _decade(_text(records, "birth_date")),
        "script": _script(name),
        "source": _text(records, "source", UNKNOWN),
    }


def _text(records: pa.Table, column: str, missing: str = "") -> pa.Array:
    if column not in records.column_names:
        return pa.repeat(pa.scalar(missing), records.num_rows)
    whole = records.column(column).cast(pa.string()).fill_null(missing)
    text: pa.Array = pa.concat_arrays(whole.chunks) if whole.num_chunks else pa.array([], pa.string())
    return text


def _decade(date: pa.Array) -> pa.Array:
    known = pc.match_substring_regex(date, r"^\d{4}")
    decade = pc.binary_join_element_wise(pc.utf8_slice_codeunits(date, 0, 3), "0s", "")
    band: pa.Array = pc.if_else(known, decade, UNKNOWN)
    return band


def _script(name: pa.Array) -> pa.Array:
    """The script of each name."""
    found: pa.Array = pa.repeat(pa.scalar(UNKNOWN), len(name))
    lower = pc.utf8_lower(name)
    for script, letters in SCRIPTS:
        found = pc.if_else(pc.match_substring_regex(lower, f"[{letters}]"), script, found)
    return found


def codes_of(values: pa.Array) -> tuple[npt.NDArray[np.int64], tuple[str, ...]]:
    """Number the values in alphabetical order; shape (records,), and the value of each number.

    Rare values are taken together as others, which come last.
    """
    counts = values.value_counts().to_pylist()
    often = sorted(counts, key=lambda each: (-each["counts"], each["values"]))[:MOST]
    words = sorted(each["values"] for each in often)
    codes = pc.index_in(values, value_set=pa.array(words, pa.string())).fill_null(len(words))
    names = (*words, OTHER) if len(words) < len(counts) else tuple(words)
    return np.asarray(codes, np.int64), names
