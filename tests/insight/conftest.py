"""A small company in lake tables, made afresh from a seed: people with gaps in what is known, and what they did."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import duckdb
import pyarrow as pa
import pytest

from graph import ONTOLOGY, GraphStore, open_embedded, project
from lake.query import open_views, to_schema
from lake.tables import TABLES

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
PEOPLE = 150
CITIES = ("oslo", "bergen", "são paulo", None)
PRODUCTS = ("yoga mat", "protein bar", "running shoes", "vitamin d")
CONDITIONS = ("diabetes", "hypertension", "asthma")
MEASURES = ("hba1c", "blood pressure", "weight")
Row = dict[str, Any]


def _person(chance: random.Random, number: int) -> tuple[Row, list[Row]]:
    """One entity and its one to three records."""
    entity_id = f"e_{number:04d}"
    known = {
        "given_name": chance.choice(["ada", "bo", "cy", None]),
        "family_name": chance.choice(["berg", "dahl", "o'neil"]),
        "birth_date": chance.choice(
            [None, f"{chance.randint(1940, 2005)}-0{chance.randint(1, 9)}-11", "1970", "1988-02"]
        ),
        "sex": chance.choice(["female", "male", None]),
        "emails": [f"p{number}@example.org"] if chance.random() < 0.6 else [],
        "phones": [f"+47{number:08d}"] if chance.random() < 0.5 else [],
        "addresses": [
            {"line": "main street 1", "city": city, "postcode": f"{chance.randint(1, 4)}000", "country": "no"}
        ]
        if (city := chance.choice(CITIES)) or chance.random() < 0.5
        else [],
        "identifiers": [],
        "devices": [],
    }
    kinds = chance.choice([["customer"], ["patient"], ["customer", "patient"]])
    records = [
        {
            "record_id": f"crm:{number}-{part}",
            "uid": f"r_{number:04d}_{part}",
            "source": "crm",
            "source_key": f"{number}-{part}",
            "kind": kinds[0],
            "anonymous": False,
            "version": 1,
            "observed_at": NOW,
            "ingested_at": NOW,
            "content_hash": "0",
            **known,
        }
        for part in range(chance.randint(1, 3))
    ]
    entity = {
        "entity_id": entity_id,
        "kinds": kinds,
        **known,
        "provenance": [],
        "confidence": chance.choice([0.5, 0.9, 0.99, 1.0]),
        "members": [record["record_id"] for record in records],
        "created_at": NOW,
    }
    return entity, records


def _event(chance: random.Random, number: int, record_id: str) -> Row:
    """One event: of any type, with about half of its optional values missing."""
    kind = chance.choice(["order", "order", "visit", "reading", "reading", "answer", "condition", "message_opened"])
    question = chance.choice(["consent_marketing", "consent_research", "mood"])
    about = {
        "order": chance.choice(PRODUCTS),
        "reading": chance.choice(MEASURES),
        "condition": chance.choice(CONDITIONS),
        "answer": question,
    }.get(kind, chance.choice([None, "yoga mat"]))
    response = chance.choice(["yes", "no", "Yes", "maybe"])
    return {
        "event_id": f"ev_{number:05d}",
        "source": "crm",
        "who_system": "crm",
        "who_value": record_id.removeprefix("crm:"),
        "record_id": record_id,
        "type": kind,
        "at": NOW - timedelta(hours=chance.randint(-200, 24 * 700)) + timedelta(milliseconds=chance.randint(0, 3)),
        "channel": chance.choice(["web", "store", "email", "clinic", None]),
        "about": about,
        "value": chance.choice([None, float(chance.randint(1, 12)), 6.5]),
        "cost": chance.choice([None, chance.randint(1, 20000) / 100]),
        "attributes": {"question": question, "response": response} if kind == "answer" else {"campaign": "spring"},
        "ingested_at": NOW,
    }


def _rows(seed: int) -> dict[str, list[Row]]:
    chance = random.Random(seed)
    people = [_person(chance, number) for number in range(PEOPLE)]
    records = [record for _, own in people for record in own]
    eager = [record["record_id"] for record in records if chance.random() < 0.8]
    return {
        "entities": [entity for entity, _ in people],
        "records": records,
        "members": [
            {"record_id": record["record_id"], "entity_id": entity["entity_id"], "confidence": 1.0}
            for entity, own in people
            for record in own
        ],
        "events": [_event(chance, number, chance.choice(eager)) for number in range(1500)],
        "segment_membership": [
            {
                "segment_id": f"s_{name}",
                "segment": name,
                "definition_version": 1,
                "entity_id": entity["entity_id"],
                "entered_at": NOW,
                "left_at": chance.choice([None, NOW]),
            }
            for entity, _ in people
            for name in ("loyal", "lapsed")
            if chance.random() < 0.4
        ],
    }


@pytest.fixture(scope="session")
def now() -> datetime:
    """The moment at which the company is looked at."""
    return NOW


def open_company() -> duckdb.DuckDBPyConnection:
    """A connection with the lake's views over 150 people and 1,500 events."""
    connection = open_views({})
    for name, rows in _rows(seed=7).items():
        schema = TABLES[name].schema
        columns = {key: pa.array([row.get(key) for row in rows], schema.field(key).type) for key in rows[0]}
        connection.register(name, to_schema(pa.table(columns), schema))
    return connection


@pytest.fixture(scope="session")
def company() -> Iterator[duckdb.DuckDBPyConnection]:
    """The company's lake, for reading."""
    with open_company() as connection:
        yield connection


@pytest.fixture(scope="session")
def company_graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphStore]:
    """The same company as a graph in the embedded store."""
    store = open_embedded(tmp_path_factory.mktemp("company") / "graph")
    with open_company() as connection:
        store.load(project(connection, key=bytes(32), ontology=ONTOLOGY, snapshot_id="one", run_id="run_one", now=NOW))
    yield store
    store.close()


@pytest.fixture
def own_company() -> Iterator[duckdb.DuckDBPyConnection]:
    """The company's lake, for a test that puts other tables in."""
    with open_company() as connection:
        yield connection
