"""What two records hold in each field, and how many records hold what they share.

Personal data: it is for who asked for these two records, and goes into no report and no log.
"""

from dataclasses import replace
from typing import Final

import duckdb
import pyarrow as pa

from core.errors import MissingError
from lake.query import quoted
from resolution.why.contract import Contribution, PairWhy

LISTS: Final = {"email": "emails", "phone": "phones", "device": "devices"}
"""Fields whose column holds several values of a record."""
NO_FIELD: Final = frozenset({"prior", "household"})
"""Contributions that no column stands behind."""
STREET: Final = "coalesce(a.line, nullif(concat_ws(' ', a.house_number, a.street, a.unit), ''))"
"""The street of an address as one reads it."""
BIRTH: Final = "coalesce(birth_date, categories['birth_years'], 'age ' || categories['age'])"
"""A birth date, or what its year was made of."""


def with_values(why: PairWhy, records: pa.Table) -> PairWhy:
    """Add to each field what the two records hold there, and how many records hold the rarest value that both do.

    Cost: O(records) for all fields together.

    Args:
        why: the explanation.
        records: all records, in the schema of RECORDS; both of the pair are among them.

    Raises:
        MissingError: if one of the pair is not.
    """
    fields = {each.field: _held(each.field) for each in why.contributions if each.field not in NO_FIELD}
    with duckdb.connect() as database:
        database.register("records", records)
        left, right = (_values(database, fields, record) for record in (why.left, why.right))
        shared = {field: [value for value in left[field] if value in right[field]] for field in fields}
        asked = {fields[field]: values for field, values in shared.items() if values}
        holders = _holders(database, asked, records.num_rows)
    said = (
        replace(each, left=left[each.field], right=right[each.field], holders=holders.get(fields[each.field]))
        if each.field in fields
        else each
        for each in why.contributions
    )
    return replace(why, contributions=tuple(said), records=records.num_rows)


def value_words(contribution: Contribution, records: int) -> tuple[str, str]:
    """What the two records hold, and how usual what they share is, in words for people.

    Args:
        contribution: one field of an explanation with values.
        records: how many records there are.
    """
    left, right = (", ".join(values) or "–" for values in (contribution.left, contribution.right))
    if not (contribution.left or contribution.right):
        return "", ""
    held = f"{contribution.holders:,} of {records:,}" if contribution.holders else ""
    return (left if left == right else f"{left} | {right}"), held


def _held(field: str) -> str:
    """The SQL expression of what a record holds in this field: a list of texts."""
    kind, _, name = field.partition(":")
    if field in LISTS:
        return LISTS[field]
    if field == "birth_date":
        return f"[{BIRTH}]"
    if field == "place":
        return f"[concat_ws(', ', {STREET}, a.postcode, a.city, a.region) FOR a IN addresses]"
    if kind == "identifier":
        return f"[i.value FOR i IN identifiers IF i.system = {quoted(name)}]"
    return f"[categories[{quoted(name)}]]" if kind == "category" else f"[{field}]"


def _values(database: duckdb.DuckDBPyConnection, fields: dict[str, str], record: str) -> dict[str, tuple[str, ...]]:
    columns = ", ".join(["record_id", *(f"list_distinct({held})" for held in fields.values())])
    row = database.execute(f"SELECT {columns} FROM records WHERE record_id = $id", {"id": record}).fetchone()
    if row is None:
        raise MissingError(
            "A linked record is not among the records.",
            remedy="Run `c360 run` again, so that links and records are of one snapshot.",
            record=record,
        )
    return {field: tuple(sorted(values or ())) for field, values in zip(fields, row[1:], strict=True)}


def _holders(database: duckdb.DuckDBPyConnection, shared: dict[str, list[str]], records: int) -> dict[str, int]:
    """For each field, how many records hold the rarest of these values."""
    asked = [(held, value) for held, values in shared.items() for value in values]
    if not asked:
        return {}
    counts = ", ".join(f"count_if(list_contains({held}, ${place}))" for place, (held, _) in enumerate(asked, 1))
    found = database.execute(f"SELECT {counts} FROM records", [value for _, value in asked]).fetchone() or ()
    rarest: dict[str, int] = {}
    for (held, _), count in zip(asked, found, strict=True):
        rarest[held] = min(int(count), rarest.get(held, records))
    return rarest
