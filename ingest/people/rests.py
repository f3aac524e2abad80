"""Columns of names that hold the family name alone in rows where another column has the first name."""

from dataclasses import replace
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from ingest.people.plan import Plan

MOSTLY: Final = 0.8
"""Share of the rows with a first name in which the other column holds one word more: a nickname stands in few."""


def with_rests(plan: Plan, table: pa.Table) -> Plan:
    """The plan with the whole names that are family names beside a first name, where no column holds family names.

    Args:
        plan: what the columns are.
        table: columns of text.

    Cost: one pass over the columns of names.
    """
    if not plan.given or plan.family:
        return plan
    first = pc.fill_null(table.column(plan.given[0]).cast(pa.string()), "")
    told = pc.and_not(pc.match_substring_regex(first, r"\pL"), pc.match_substring_regex(first, r"(?i)^\s*c/o\b"))
    return replace(plan, rests=frozenset(name for name in plan.full if _is_rest(table.column(name), told)))


def _is_rest(names: pa.ChunkedArray, told: pa.ChunkedArray) -> bool:
    """Whether names, where a first name is told, are one word mostly."""
    beside = pc.fill_null(names.cast(pa.string()), "").filter(told)
    said = pc.sum(pc.match_substring_regex(beside, r"\pL")).as_py() or 0
    single = pc.sum(pc.match_substring_regex(beside, r"^\s*[^\s,]*\pL[^\s,]*\s*$")).as_py() or 0
    return bool(said and single >= MOSTLY * said)
