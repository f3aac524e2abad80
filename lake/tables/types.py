"""Types that several tables share, and what a table is."""

from dataclasses import dataclass
from typing import Final

import pyarrow as pa

INSTANT: Final = pa.timestamp("us", tz="UTC")
STRINGS: Final = pa.list_(pa.string())
ATTRIBUTES: Final = pa.map_(pa.string(), pa.string())

ADDRESS: Final = pa.struct(
    [
        pa.field("line", pa.string()),
        pa.field("house_number", pa.string()),
        pa.field("street", pa.string()),
        pa.field("unit", pa.string()),
        pa.field("city", pa.string()),
        pa.field("region", pa.string()),
        pa.field("postcode", pa.string()),
        pa.field("country", pa.string()),
    ]
)
IDENTIFIER: Final = pa.struct(
    [pa.field("system", pa.string(), nullable=False), pa.field("value", pa.string(), nullable=False)]
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table: its name, what one row is, its key columns, and its schema with a sentence for every column."""

    name: str
    row: str
    key: tuple[str, ...]
    schema: pa.Schema


def column(name: str, kind: pa.DataType, says: str, *, required: bool = False) -> pa.Field:
    """A column with the sentence that documents it."""
    return pa.field(name, kind, nullable=not required, metadata={"says": says})


PROFILE: Final = (
    column("given_name", pa.string(), "First given name, cleaned, in lower case."),
    column("middle_name", pa.string(), "Further given names."),
    column("family_name", pa.string(), "Family name with its particles."),
    column(
        "nicknames", STRINGS, "What else the person is called, set apart from the name by quotes, brackets or `aka`."
    ),
    column("suffix", pa.string(), "Generational suffix: jr, sr, ii, iii, iv."),
    column("birth_date", pa.string(), "Birth date as far as known: YYYY, YYYY-MM or YYYY-MM-DD."),
    column("sex", pa.string(), "female, male or other."),
    column("emails", STRINGS, "E-mail addresses, cleaned."),
    column("phones", STRINGS, "Telephone numbers, E.164 where the country is known, else digits."),
    column("addresses", pa.list_(ADDRESS), "Postal addresses."),
    column("identifiers", pa.list_(IDENTIFIER), "Identifiers with the system that issued each."),
    column("devices", STRINGS, "Device identifiers."),
)
