"""Blocking rules that every engine can be given alike, and how many pairs they make.

A rule is written as our engine's own rules are: fields that both records must share.
"""

from pathlib import Path
from typing import Final

import duckdb
import pyarrow.parquet as pq

Rules = tuple[str, ...]
FEW: Final[Rules] = (
    "family_name+birth_date",
    "given_name+postcode",
    "phone",
    "email",
    "birth_date+postcode",
    "given_name+family_name+birth_year",
    "given_name+birth_date",
    "family_name+postcode",
)
"""About one pair a record in a table of people."""
MANY: Final[Rules] = (
    *FEW,
    "given_name+family_name",
    "family_name+city",
    "postcode",
    "birth_date",
    "given_name+birth_year",
    "family_name+birth_year",
)
"""Twenty pairs a record and more."""


def expressions(rule: str) -> tuple[str, ...]:
    """What both records of a pair share, in SQL."""
    return tuple("substr(birth_date, 1, 4)" if field == "birth_year" else field for field in rule.split("+"))


def fitting(rules: Rules, records: Path) -> Rules:
    """The rules whose fields a prepared table has."""
    there = {*pq.read_schema(records).names}
    return tuple(rule for rule in rules if {*rule.replace("birth_year", "birth_date").split("+")} <= there)


def pairs_made(rules: Rules, records: Path) -> int:
    """How many distinct pairs of a prepared table share what some rule names."""
    keyed = ", ".join(f"{_key(rule)} AS rule{place}" for place, rule in enumerate(rules))
    met = " UNION ".join(
        f"SELECT a.row AS l, b.row AS r FROM keyed a JOIN keyed b ON a.rule{place} = b.rule{place} AND a.row < b.row"
        for place in range(len(rules))
    )
    with duckdb.connect() as database:
        database.execute(
            f"CREATE TABLE keyed AS SELECT row_number() OVER () AS row, {keyed} FROM read_parquet($path)",
            {"path": str(records)},
        )
        return int(database.execute(f"SELECT count(*) FROM ({met})").fetchall()[0][0])


def _key(rule: str) -> str:
    """The SQL of one text of all that a rule names; null where a part is not known."""
    return " || chr(31) || ".join(f"nullif({part}, '')" for part in expressions(rule))
