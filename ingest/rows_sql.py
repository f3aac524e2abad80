"""SQL over the columns of a row as its source wrote it: a map of some of them, a hash of all."""

from collections.abc import Mapping, Sequence

NO_MAP = "MAP([]::VARCHAR[], []::VARCHAR[])"


def map_sql(columns: Sequence[str] | Mapping[str, str], *, blanks: Sequence[str] = ("",)) -> str:
    """A map of the columns that say something.

    Args:
        columns: names, or the key each column stands under.
        blanks: texts that say nothing.
    """
    keys = dict(columns) if isinstance(columns, Mapping) else {name: name for name in columns}
    if not keys:
        return NO_MAP
    nothing = ", ".join(text(one) for one in blanks)
    entries = ", ".join(
        f"CASE WHEN {name(column)} NOT IN ({nothing}) THEN {{'k': {text(key)}, 'v': {name(column)}}} END"
        for column, key in sorted(keys.items(), key=lambda pair: pair[1])
    )
    return f"map_from_entries(list_filter([{entries}], lambda e: e IS NOT NULL))"


def hash_sql(columns: Sequence[str]) -> str:
    """SHA-256 of what the row says, whatever the order of its columns."""
    parts = ", ".join(
        f"CASE WHEN {name(column)} <> '' THEN {text(column)} || chr(30) || {name(column)} END"
        for column in sorted(columns)
    )
    return f"sha256(concat_ws(chr(31), {parts}))" if columns else "sha256('')"


def name(column: str) -> str:
    """A column's name, quoted."""
    return '"' + column.replace('"', '""') + '"'


def text(value: str) -> str:
    """A text literal."""
    return "'" + value.replace("'", "''") + "'"
