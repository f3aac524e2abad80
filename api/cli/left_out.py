"""Why a column of people is no evidence of who somebody is, in words; counts of its values, never the values."""

from typing import Final

from ingest import ColumnKind

NUMBERS: Final = "its numbers are of rows, not of people"
BLANK: Final = "no row says anything in it"
EQUAL: Final = "all rows that have it say the same"
COMPARED_WITH_NOTHING: Final = {
    "text": "free text, the state of a record, or what another column tells",
    "number": "an amount or a count, which many people share",
    "date": "a date, but not of birth",
}


def left_out(column: ColumnKind) -> str:
    """Why nothing is compared by a column, without a stop at the end; "" of one that is."""
    if column.kind != "ignore":
        return COMPARED_WITH_NOTHING.get(column.kind, "")
    if column.confidence >= 1:
        return "you said so"
    return (BLANK, EQUAL)[len(column.samples)] if len(column.samples) < 2 else NUMBERS
