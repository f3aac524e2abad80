"""SQL that says which of two versions of a row is the newer. Records and events are told apart by the same rule.

By the source's version, then by when it was seen; where the source says neither, what is read now is newer than what
was read before, and a later row than an earlier. Two contents of one version are told apart by their content, so that
the answer does not depend on the order of arrival.

A staged row has given_version, observed_at, file, line and operation; a known one has version and observed_at.
"""

from collections.abc import Sequence
from typing import Final

ARRIVAL: Final = "given_version IS NULL AND observed_at IS NULL"
NEWEST_FIRST: Final = (
    "given_version DESC NULLS LAST, observed_at DESC NULLS LAST, "
    f"CASE WHEN {ARRIVAL} THEN file END DESC NULLS LAST, CASE WHEN {ARRIVAL} THEN line END DESC NULLS LAST"
)


def newest_sql(staged: str, key: str, content: str) -> str:
    """The newest of the staged rows of each key.

    Args:
        staged: the table.
        key: what names a row for good.
        content: an expression over a row; of equal versions, the one with the greatest wins.
    """
    first = f"row_number() OVER (PARTITION BY {key} ORDER BY {NEWEST_FIRST}, {content} DESC) = 1"
    return f"SELECT * FROM {staged} QUALIFY {first}"


def late_sql(smaller: str) -> str:
    """Whether the staged row n is older than the known row p; null where they cannot be told apart.

    Args:
        smaller: whether n's content is smaller than p's, which decides between equal versions.
    """
    unsaid = "(n.observed_at IS NULL OR p.observed_at IS NULL)"
    arrival = f"(n.given_version IS NULL AND ({unsaid} OR n.observed_at <> p.observed_at))"
    tied = f"({unsaid} OR n.observed_at = p.observed_at) AND NOT {arrival}"
    equal = "(n.given_version IS NULL OR n.given_version = p.version)"
    return f"(n.given_version < p.version OR ({equal} AND (n.observed_at < p.observed_at OR ({smaller} AND {tied}))))"


def version_sql(same: str) -> str:
    """The version of a row that is taken: the source's own, else counted on with every change of content."""
    return (
        f"CASE WHEN n.given_version IS NOT NULL THEN n.given_version WHEN {same} THEN p.version "
        "ELSE coalesce(p.version, 0) + 1 END"
    )


def content_sql(table: str, columns: Sequence[str]) -> str:
    """The columns of a table as one value; nulls inside it compare, as the greatest."""
    return f"row({', '.join(f'{table}.{name}' for name in columns)})"


def listed_sql(names: Sequence[str]) -> str:
    """The names as a list of literals, null where there is none."""
    return ", ".join("'" + name.replace("'", "''") + "'" for name in sorted(names)) or "NULL"
