"""Small tables of people for the tests of the matching engine."""

from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np
import pyarrow as pa

from lake.tables.types import ADDRESS, ATTRIBUTES, IDENTIFIER, STRINGS
from resolution.febrl import febrl

TYPES: Mapping[str, pa.DataType] = {
    "emails": STRINGS,
    "phones": STRINGS,
    "devices": STRINGS,
    "addresses": pa.list_(ADDRESS),
    "identifiers": pa.list_(IDENTIFIER),
    "categories": ATTRIBUTES,
}


def table(*rows: Mapping[str, object]) -> pa.Table:
    """Records from rows; ids and sources are made up where a row has none."""
    names = sorted({"record_id", "source", *(name for row in rows for name in row)})
    filled = [{"record_id": f"s:{place:04}", "source": "s", **row} for place, row in enumerate(rows)]
    return pa.table({name: pa.array([row.get(name) for row in filled], TYPES.get(name, pa.string())) for name in names})


def identifier(system: str, value: str) -> list[dict[str, str]]:
    """One identifier as a column holds it."""
    return [{"system": system, "value": value}]


@cache
def febrl_people(people: int) -> pa.Table:
    """All records of the first so many people of Febrl's third data set."""
    records = febrl("febrl3")
    number = np.array(records.column("label").to_pylist()).astype(np.int64)
    return records.filter(pa.array(number < people))


def pairwise_f1(clusters: Sequence[int] | np.ndarray, label: Sequence[str]) -> float:
    """F1 over all pairs of records, clusters against labels."""
    truth = np.unique(np.array(label), return_inverse=True)[1].astype(np.int64)
    found = np.asarray(clusters, np.int64)
    both = _pairs(truth * (found.max() + 1) + found)
    return 2 * both / (_pairs(truth) + _pairs(found))


def _pairs(labels: np.ndarray) -> int:
    sizes = np.unique(labels, return_counts=True)[1]
    return int((sizes * (sizes - 1) // 2).sum())
