"""Machine-readable zones of passports and cards: each line in a column of its own becomes the fields it packs.

Only columns of text in, columns of text out. Check digits are not verified: a line typed by hand is evidence still.

Source: ICAO Doc 9303, parts 4 (TD3, two lines of 44), 5 (TD1, three of 30) and 6 (TD2, two of 36).
"""

import re
from collections.abc import Collection
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from ingest.clean.dates import PIVOT
from ingest.clean.run import encode, in_parts, rows_of_each

NAMES: Final = r"(?P<surname>[A-Z]+(?:<[A-Z]+)*)(?:<<(?P<given_names>[A-Z]+(?:<[A-Z]+)*))?<*"
NUMBER: Final = "(?P<document_number>[A-Z0-9<]{9})[0-9<]"
BORN: Final = "(?P<date_of_birth>[0-9]{6})[0-9]"
PERSON: Final = f"{BORN}(?P<sex>[MFX<])[0-9]{{7}}"
NATION: Final = "(?P<nationality>[A-Z<]{3})"
LINES: Final = (
    (f"[A-Z][A-Z<][A-Z<]{{3}}{NAMES}", (44, 36)),
    (f"{NUMBER}{NATION}{PERSON}[A-Z0-9<]*", (44, 36)),
    (NAMES, (30,)),
    (f"[A-Z][A-Z0-9<][A-Z<]{{3}}{NUMBER}[A-Z0-9<]*", (30,)),
    (f"{PERSON}{NATION}[A-Z0-9<]*", (30,)),
)
"""Each line, and how many signs it may have."""
NAMED_GROUP: Final = r"[(][?]P<\w+>"
NAMED: Final = r"<(\w+)>"
"""The names of groups."""
PARTS: Final = tuple(dict.fromkeys(field.replace("_", " ") for shape, _ in LINES for field in re.findall(NAMED, shape)))
LEAST: Final = 0.9
"""Share of the rows with a value that a line has to fit."""


def with_zones_read(table: pa.Table, keep: Collection[str] = ()) -> pa.Table:
    """Put the fields of machine-readable lines in the place of their columns.

    Args:
        table: columns of text.
        keep: columns that stay as they are.

    Returns:
        The table, a line's fields as columns `COLUMN surname`, `COLUMN given names`, `COLUMN document number`,
        `COLUMN nationality`, `COLUMN date of birth` (YYYY-MM-DD) and `COLUMN sex`. Cost: one pass by distinct value of
        columns whose first value is a line.
    """
    for name in table.column_names:
        fields = {} if name in keep else _fields(encode(table.column(name)))
        if fields:
            table = in_parts(table, name, {field.replace("_", " "): values for field, values in fields.items()})
    return table


def _fields(column: pa.DictionaryArray) -> dict[str, pa.Array]:
    """The fields of a column of lines, empty where it is none."""
    texts = pc.utf8_upper(pc.utf8_trim_whitespace(column.dictionary.cast(pa.string())))
    shape = next((one for one, lengths in LINES if _fits(one, lengths, texts)), None)
    if shape is None or not _most(column, pc.match_substring_regex(texts, f"^{shape}$")):
        return {}
    found = pc.extract_regex(texts, f"^{shape}$")
    return {field: _field(found, field).take(column.indices) for field in re.findall(NAMED, shape)}


def part_of(texts: pa.Array, part: str) -> pa.Array:
    """One of PARTS of each line, null where a text is no line that has it."""
    texts = pc.utf8_upper(pc.utf8_trim_whitespace(texts))
    field, signs = part.replace(" ", "_"), pc.utf8_length(texts)
    read = pa.nulls(len(texts), pa.string())
    for shape, lengths in LINES:
        if field in re.findall(NAMED, shape):
            lines = pc.if_else(pc.is_in(signs, pa.array(lengths, signs.type)), texts, None)
            read = pc.coalesce(read, _field(pc.extract_regex(lines, f"^{shape}$"), field))
    return read


def holds(texts: pa.Array) -> pa.Array:
    """Whether each text is a machine-readable line."""
    lines = pc.utf8_upper(pc.utf8_trim_whitespace(texts))
    shapes = "|".join(re.sub(NAMED_GROUP, "(?:", shape) for shape, _ in LINES)
    zone: pa.Array = pc.match_substring_regex(lines, f"^(?:{shapes})$")
    return zone


def _field(found: pa.StructArray, field: str) -> pa.Array:
    """A field of lines, a birth as YYYY-MM-DD."""
    values = _spelled(pc.struct_field(found, field))
    return _with_century(values) if field == "date_of_birth" else values


def _fits(shape: str, lengths: tuple[int, ...], texts: pa.Array) -> bool:
    first = next((text for text in texts.slice(0, 10).to_pylist() if text), "")
    return len(first) in lengths and "<" in first and re.fullmatch(shape, first) is not None


def _most(column: pa.DictionaryArray, fitting: pa.Array) -> bool:
    rows = rows_of_each(column)
    said = pc.fill_null(pc.not_equal(column.dictionary.cast(pa.string()), ""), False).to_numpy(zero_copy_only=False)
    fits = pc.fill_null(fitting, False).to_numpy(zero_copy_only=False)
    return bool(rows[fits].sum() >= LEAST * rows[said].sum() > 0)


def _with_century(days: pa.Array) -> pa.Array:
    """YYMMDD as YYYY-MM-DD."""
    recent = pc.less_equal(pc.utf8_slice_codeunits(days, 0, 2), f"{PIVOT:02}")
    year = pc.if_else(recent, "20", "19")
    parts = [pc.utf8_slice_codeunits(days, start, start + 2) for start in (0, 2, 4)]
    dated: pa.Array = pc.binary_join_element_wise(pc.binary_join_element_wise(year, parts[0], ""), *parts[1:], "-")
    return dated


def _spelled(values: pa.Array) -> pa.Array:
    """Values without fillers, one blank between words."""
    spelled: pa.Array = pc.utf8_trim_whitespace(pc.replace_substring_regex(values, "<+", " "))
    return spelled
