"""Consents read out of answers."""

import duckdb

from insight.consents import consents_of
from lake.tables import CONSENTS


def test_answers_about_consent_become_consents(company: duckdb.DuckDBPyConnection) -> None:
    """Only answers to consent questions count, both ways, once a record, purpose and instant."""
    found = consents_of(company)
    assert found.schema.equals(CONSENTS.schema)
    assert set(found.column("purpose").to_pylist()) == {"marketing", "research"}
    assert set(found.column("granted").to_pylist()) == {True, False}
    keys = list(zip(*(found.column(name).to_pylist() for name in CONSENTS.key), strict=True))
    assert len(set(keys)) == len(keys)
