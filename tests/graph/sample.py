"""A made-up company in lake tables, the same every time: about two hundred people, and everything a graph can hold."""

import random
from datetime import UTC, datetime, timedelta
from itertools import combinations
from typing import Any, Final

import duckdb
import pyarrow as pa

from core.ids import keyed_id
from graph import ONTOLOGY, Batch, Ontology, project
from lake.query import open_views
from lake.tables import TABLES

KEY: Final = bytes(range(32))
NOW: Final = datetime(2026, 3, 1, 12, tzinfo=UTC)
PEOPLE: Final = 200
TYPES: Final = [f"type_{number:02d}" for number in range(18)]
ABOUT: Final = {"order": "product", "condition": "condition", "diagnosis": "condition", "answer": "question"}
SEGMENTS: Final = 24
Row = dict[str, Any]
Tables = dict[str, list[Row]]


def sample_tables() -> Tables:
    """The company's rows by table."""
    chance = random.Random(20260301)
    tables: Tables = {name: [] for name in TABLES}
    for number in range(PEOPLE):
        _add_person(tables, number, chance)
    _add_insight(tables, chance)
    tables["identity_log"] = [_merge(*numbers) for numbers in ((900, 901, 2), (901, 1, 0), (902, 903, 0), (5, 1, 9))]
    return tables


def sample_lake(tables: Tables) -> duckdb.DuckDBPyConnection:
    """A connection with a view for every table of the lake."""
    connection = open_views({})
    for name, rows in tables.items():
        connection.register(name, pa.Table.from_pylist(rows, schema=TABLES[name].schema))
    return connection


def sample_graph(tables: Tables | None = None, ontology: Ontology = ONTOLOGY) -> list[Batch]:
    """The company's graph."""
    with sample_lake(tables or sample_tables()) as lake:
        return list(project(lake, key=KEY, ontology=ontology, snapshot_id="snap_1", run_id="run_1", now=NOW))


def person_id(number: int) -> str:
    """The id of the n-th person."""
    return keyed_id("e", KEY, str(number))


def record_uid(record_id: str) -> str:
    """The id that a record has outside the lake."""
    return keyed_id("r", KEY, record_id)


def _add_person(tables: Tables, number: int, chance: random.Random) -> None:
    profile = _profile(number, chance)
    records = [_record(number, part, profile) for part in range(1 + number % 3)]
    names = [record["record_id"] for record in records]
    tables["records"] += records
    tables["entities"].append(
        profile
        | {"entity_id": person_id(number), "kinds": ["customer", "patient"][: 1 + number % 2], "members": names}
        | {"provenance": [], "confidence": 1 - number / 1000, "created_at": NOW}
    )
    tables["members"] += [{"record_id": name, "entity_id": person_id(number), "confidence": 1.0} for name in names]
    tables["links"] += [_link(left, right, chance) for left, right in combinations(names, 2)]
    tables["events"] += [_event(number, part, chance.choice(names), chance) for part in range(chance.randint(0, 9))]


def _merge(old: int, new: int, days: int) -> Row:
    at = NOW - timedelta(days=days)
    who = {"entity_id": person_id(old), "other_entity_id": person_id(new), "change": "merged_into"}
    return who | {"valid_from": at, "known_from": at, "run_id": "run_0", "cause": "model"}


def _profile(number: int, chance: random.Random) -> Row:
    """Every two live together and share a telephone; twenty have one e-mail address; loyalty cards are their own."""
    home = number // 2
    city = f"city {home % 7}" if home % 5 else None
    address = {"house_number": str(home), "street": "Mill Lane", "city": city, "postcode": f"{10000 + home}"}
    emails = ["office@shared.example"] if number % 10 == 0 else [f"person{number}@mail.example"]
    return {
        "given_name": f"given{number % 13}",
        "family_name": f"family{home % 31}" if number % 9 else None,
        "birth_date": [None, f"{1940 + number % 70}", f"{1940 + number % 70}-05-17"][number % 3],
        "sex": chance.choice(["female", "male", None]),
        "emails": emails,
        "phones": [f"+1555{home:07d}"],
        "addresses": [address],
        "identifiers": [
            {"system": "loyalty", "value": f"L{number}"},
            {"system": "ssn", "value": f"900{number // 8:06d}"},
        ],
        "devices": [f"device-{number // 3}"],
    }


def _record(number: int, part: int, profile: Row) -> Row:
    source = ["crm", "shop", "clinic"][part]
    name = f"{source}:{number}"
    return profile | {
        "record_id": name,
        "uid": record_uid(name),
        "source": source,
        "source_key": str(number),
        "kind": "patient" if part == 2 else "customer",
        "anonymous": False,
        "version": 1,
        "observed_at": NOW - timedelta(days=part) if part else None,
        "ingested_at": NOW,
        "content_hash": "0",
    }


def _link(left: str, right: str, chance: random.Random) -> Row:
    smaller, larger = sorted((left, right))
    bits = round(chance.uniform(5, 30), 3)
    return {
        "left": smaller,
        "right": larger,
        "probability": 1 - 2**-bits,
        "weight_bits": bits,
        "contributions": [{"field": "email", "level": "same", "bits": bits}],
        "blocking_rule": "email",
        "model_version": "1",
        "origin": "model",
    }


def _event(number: int, part: int, record: str, chance: random.Random) -> Row:
    """Some events of a person fall on the same moment, so that ties have to be broken."""
    kind = chance.choice([*TYPES, *ABOUT] * 2 + ["order"] * 10)
    attributes = {"campaign": f"campaign {number % 5}"} if part % 3 else {"provider": f"dr {number % 11}"}
    return {
        "event_id": keyed_id("ev", KEY, f"{number} {part}"),
        "source": "shop",
        "who_system": record.partition(":")[0],
        "who_value": str(number),
        "record_id": record,
        "type": kind,
        "at": NOW - timedelta(days=chance.randint(0, 60), microseconds=chance.randint(0, 900)),
        "channel": chance.choice(["web", "store", None]),
        "about": f"{ABOUT.get(kind, 'thing')} {chance.randint(0, 9)}" if chance.random() < 0.8 else None,
        "value": chance.choice([None, 1.0, 2.5]),
        "cost": round(chance.uniform(1, 99), 2) if kind == "order" else None,
        "attributes": attributes | ({"device": f"device-{number // 3}"} if part % 4 == 0 else {}),
        "ingested_at": NOW,
    }


def _add_insight(tables: Tables, chance: random.Random) -> None:
    people = [person_id(number) for number in range(PEOPLE)]
    for number in range(SEGMENTS):
        inside = {"segment_id": f"s_{number}", "segment": f"segment {number}", "definition_version": 1}
        tables["segment_membership"] += [
            inside | {"entity_id": person, "entered_at": NOW, "left_at": chance.choice([None, NOW])}
            for person in chance.sample(people, 30)
        ]
    shares: Row = {"size": 100, "share": 0.5, "stability": 0.9, "traits": []}
    tables["personas"] = [{"persona_id": f"p_{number}", "name": f"persona {number}"} | shares for number in range(2)]
    tables["persona_members"] = [
        {"entity_id": person, "persona_id": f"p_{index % 2}", "distance": index / 7}
        for index, person in enumerate(people)
    ]
    owners = {row["record_id"]: row["entity_id"] for row in tables["members"]}
    shown = {
        owners[event["record_id"]]: event["event_id"] for event in tables["events"] if event["type"] == "condition"
    }
    tables["care_gaps"] = [
        {"entity_id": person, "name": f"gap {index % 3}", "since": NOW, "evidence": event}
        for index, (person, event) in enumerate(sorted(shown.items()))
    ]
