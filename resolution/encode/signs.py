"""Chinese and Korean names that stand as one word, family name first: their family and given names.

Of three signs the first is the family name, but for the few family names of two signs; whole families begin alike, and
compared as one word their names would differ by a sign or two, as if by a typing error. Japanese names are left as they
are: their family names have any number of signs.
"""

from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from resolution.encode.columns import NULL, numbered
from resolution.encode.pool import flat

OF_TWO_SIGNS: Final = (
    "欧阳", "歐陽", "司马", "司馬", "上官", "诸葛", "諸葛", "东方", "東方", "皇甫", "尉迟", "公孙", "慕容", "令狐",
    "司徒", "夏侯", "남궁", "황보", "제갈", "선우", "독고", "사공", "서문",
)  # fmt: skip
SIGN: Final = r"[\p{Han}\p{Hangul}]"
WHOLE: Final = rf"^(?P<family>{'|'.join(OF_TWO_SIGNS)}|{SIGN})(?P<given>{SIGN}{{1,2}})$"
KANA: Final = r"[\p{Hiragana}\p{Katakana}]"
THREE_SIGNS: Final = rf"^{SIGN}{{3,}}$"
MOSTLY_THREE: Final = 0.4
"""Share of names with three signs or more from which they are whole names: given names alone have one or two."""
FEWEST: Final = 20


def with_families(table: pa.Table) -> pa.Table:
    """A table of records in which names of signs that stand as given names have been parted.

    Only where a record has no family name; unchanged where the table holds few such names, given names alone, or kana.
    Cost: one look a distinct given name.
    """
    values = numbered(flat(table.column("given_name")))
    strings = values.strings.cast(pa.string())
    parts = pc.extract_regex(strings, WHOLE)
    if parts.null_count == len(parts):
        return table
    whole = np.append(pc.is_valid(parts).to_numpy(zero_copy_only=False), False)
    alone = flat(table.column("family_name")).is_null().to_numpy(zero_copy_only=False)
    rows = whole[values.codes] & alone
    three = np.append(pc.match_substring_regex(strings, THREE_SIGNS).to_numpy(zero_copy_only=False), False)
    kana = np.append(pc.match_substring_regex(strings, KANA).to_numpy(zero_copy_only=False), False)
    few = rows.sum() < FEWEST or three[values.codes[rows]].mean() < MOSTLY_THREE
    if few or kana[values.codes].any():
        return table
    for part in ("given", "family"):
        name = f"{part}_name"
        read = pc.struct_field(parts, part).take(pa.array(values.codes, mask=values.codes == NULL))
        column = pc.if_else(pa.array(rows), read, flat(table.column(name)).cast(pa.string()))
        table = table.set_column(table.column_names.index(name), name, column)
    return table
