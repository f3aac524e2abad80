"""A small company for the API's tests: 45 people of known profile in a real lake, a ledger with a key for each role."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import httpx
import pyarrow as pa
import pytest
from anyio.from_thread import BlockingPortal, start_blocking_portal
from starlette.applications import Starlette

from api.cli.main import main
from api.graphql import Engine
from api.policy import KeyRing, Role
from api.server import build_app
from core.ids import keyed_id
from core.progress import Silent
from graph import ONTOLOGY, GraphStore, open_embedded, project
from lake import ParquetLake
from lake.ledger import Ledger
from lake.tables import TABLES
from resolution import MatchModel, ResolutionSettings, resolve
from tests.api.workspaces import C360

NOW: Final = datetime(2026, 1, 31, 12, tzinfo=UTC)
KEY: Final = bytes(range(32))
PEOPLE: Final = 45
FAMILIES: Final = ("Ashdown", "Brackley", "Cordova", "Dunmore", "Eastwick", "Farrow", "Gilroy")
GIVEN: Final = ("Aurelia", "Benedikt", "Cassandra", "Demetrius", "Evangeline")
CITIES: Final = ("Ludlow", "Marlow", "Whitby")
CONDITIONS: Final = ("asthma", "diabetes", "hypertension")


def entity_id(number: int) -> str:
    """The id of the n-th person."""
    return keyed_id("e", KEY, str(number))


def person(number: int) -> dict[str, Any]:
    """The n-th person: all but every fifth are customers, every third is a patient; some know little of themselves.

    Numbers 9, 10, 23, 24, 37 and 38 live with the one seven before them, of the same family name.
    """
    kinds = (["customer"] if number % 5 or number % 3 else []) + (["patient"] if number % 3 == 0 else [])
    given, family = GIVEN[number % len(GIVEN)], FAMILIES[number % len(FAMILIES)]
    home = number - 7 if number % 14 in (9, 10) else number
    address = {
        "line": f"{home} mill lane",
        "city": CITIES[number % len(CITIES)].lower(),
        "region": "shropshire",
        "postcode": f"SY{home % 7} {home:03d}",
        "country": "GB",
    }
    return {
        "kinds": kinds,
        "given_name": given.lower(),
        "family_name": family.lower() if number % 6 else None,
        "birth_date": f"{1940 + number}-0{number % 9 + 1}-17" if number % 4 else str(1940 + number),
        "sex": ("female", "male")[number % 2],
        "emails": [f"{given}.{family}{number}@mailbox-{number}.example".lower()],
        "phones": [f"+4477009{number:05d}"],
        "addresses": [address],
        "identifiers": [{"system": "loyalty", "value": f"LY-{number:06d}"}],
        "devices": [],
    }


def records_of(number: int) -> list[dict[str, Any]]:
    """Two records of the n-th person."""
    profile = {name: value for name, value in person(number).items() if name != "kinds"}
    kind = person(number)["kinds"][0]
    return [
        profile
        | {
            "record_id": f"{source}:{number}",
            "uid": keyed_id("r", KEY, f"{source}:{number}"),
            "source": source,
            "source_key": str(number),
            "kind": kind,
            "anonymous": False,
            "version": 1,
            "observed_at": NOW - timedelta(days=30),
            "ingested_at": NOW,
            "content_hash": "0" * 64,
        }
        for source in ("crm", "shop")
    ]


def entity_of(number: int) -> dict[str, Any]:
    """The golden profile of the n-th person."""
    return person(number) | {
        "entity_id": entity_id(number),
        "provenance": [],
        "confidence": 0.9 + number / 1000,
        "members": [f"crm:{number}", f"shop:{number}"],
        "created_at": NOW - timedelta(days=number % 4),
    }


def events_of(number: int) -> list[dict[str, Any]]:
    """What happened to the n-th person: orders and messages for all, care for patients."""
    rows: list[tuple[str, str, str | None, float | None, float | None, dict[str, str]]] = [
        ("order", "web", "walking boots", None, 80.0 + number, {}),
        ("message_opened", "email", None, None, None, {"campaign": "spring"}),
        ("order", "store", "rain jacket", None, 120.0, {}),
    ]
    if "patient" in person(number)["kinds"]:
        rows += [
            ("condition", "clinic", CONDITIONS[number % 9 // 3], None, None, {}),
            ("visit", "clinic", "check-up", None, 55.0, {}),
            ("reading", "device", "heart rate", 60.0 + number, None, {"unit": "bpm"}),
            ("reading", "device", "heart rate", 61.0 + number, None, {"unit": "bpm"}),
        ]
    return [
        {
            "event_id": keyed_id("ev", KEY, str(number), str(place)),
            "source": "shop",
            "who_system": "crm",
            "who_value": str(number),
            "record_id": f"crm:{number}",
            "type": event_type,
            "at": NOW - timedelta(days=20 - place, minutes=number),
            "channel": channel,
            "about": about,
            "value": value,
            "cost": cost,
            "attributes": list(attributes.items()),
            "ingested_at": NOW,
        }
        for place, (event_type, channel, about, value, cost, attributes) in enumerate(rows)
    ]


def link_of(number: int) -> dict[str, Any]:
    """What holds the n-th person's two records together."""
    contributions = [
        {"field": "email", "level": "same", "bits": 14.0},
        {"field": "family_name", "level": "same", "bits": 6.5},
        {"field": "prior", "level": "", "bits": -12.0},
    ]
    return {
        "left": f"crm:{number}",
        "right": f"shop:{number}",
        "probability": 0.997,
        "weight_bits": 8.5,
        "contributions": contributions,
        "blocking_rule": "email",
        "model_version": "m_1",
        "origin": "model",
    }


def persona(name: str, people: list[int], *features: str) -> dict[str, Any]:
    """A persona of these people, named by the first of these features, and told apart by all."""
    said = (name, *(f"much {feature}" for feature in features[1:]))
    traits = [
        {"feature": feature, "says": says, "mean": 2.0, "overall": 1.0, "lift": 2.0}
        for feature, says in zip(features, said, strict=True)
    ]
    return {
        "persona_id": keyed_id("p", KEY, name),
        "name": name,
        "size": len(people),
        "share": len(people) / PEOPLE,
        "stability": 0.9,
        "traits": traits,
    }


CLINIC: Final = "share of channel clinic"
SPENDERS: Final = persona("high spenders", [n for n in range(PEOPLE) if n % 3], "money in a year", CLINIC)
CARED_FOR: Final = persona("clinic regulars", list(range(0, PEOPLE, 3)), CLINIC)


def tables() -> dict[str, list[dict[str, Any]]]:
    """Every row of the company's lake."""
    numbers = range(PEOPLE)
    members = [
        {"record_id": f"{source}:{number}", "entity_id": entity_id(number), "confidence": 0.99}
        for number in numbers
        for source in ("crm", "shop")
    ]
    return {
        "records": [row for number in numbers for row in records_of(number)],
        "events": [row for number in numbers for row in events_of(number)],
        "links": [link_of(number) for number in numbers],
        "entities": [entity_of(number) for number in numbers],
        "members": members,
        "personas": [SPENDERS, CARED_FOR],
        "persona_members": [
            {
                "entity_id": entity_id(number),
                "persona_id": (SPENDERS if number % 3 else CARED_FOR)["persona_id"],
                "distance": 0.5,
            }
            for number in numbers
        ],
    }


def publish(lake: ParquetLake, run_id: str = "run_1", **instead: list[dict[str, Any]]) -> None:
    """Publish the company as a snapshot, with these rows in the tables named."""
    draft = lake.draft(run_id, NOW)
    for name, rows in (tables() | instead).items():
        draft.write(name, pa.Table.from_pylist(rows, schema=TABLES[name].schema))
    draft.publish()


@dataclass(frozen=True, slots=True, kw_only=True)
class Api:
    """The API of the company, with a key for each role, behind its real HTTP application."""

    engine: Engine
    app: Starlette
    portal: BlockingPortal
    keys: dict[Role, str]

    def ask(self, role: Role, document: str, variables: dict[str, Any] | None = None) -> dict[str, Any]:
        """Send a document and give the body of the answer."""
        answer: dict[str, Any] = self.send(role, document, variables).json()
        return answer

    def send(self, role: Role, document: str, variables: dict[str, Any] | None = None) -> httpx.Response:
        """Send a document and give the answer."""
        body = {"query": document, "variables": variables}
        return self.http("POST", "/graphql", json=body, headers={"Authorization": f"Bearer {self.keys[role]}"})

    def http(self, method: str, path: str, **options: Any) -> httpx.Response:
        """Send any request."""

        async def send() -> httpx.Response:
            transport = httpx.ASGITransport(self.app)
            async with httpx.AsyncClient(transport=transport, base_url="http://api") as client:
                return await client.request(method, path, **options)

        return self.portal.call(send)

    def audited(self) -> list[dict[str, Any]]:
        """Everything in the audit log."""
        return [dict(entry.entry) for entry in self.engine.ledger.entries("audit")]


@pytest.fixture(scope="session")
def company(tmp_path_factory: pytest.TempPathFactory) -> ParquetLake:
    """The company's lake; nobody changes it."""
    lake = ParquetLake(tmp_path_factory.mktemp("company") / "lake")
    publish(lake)
    return lake


@pytest.fixture(scope="session")
def model(company: ParquetLake) -> MatchModel:
    """A model trained on the company's records."""
    snapshot = company.latest()
    assert snapshot is not None
    return resolve(company.read(snapshot, "records"), ResolutionSettings(), progress=Silent()).model


@pytest.fixture(scope="session")
def embedded(tmp_path_factory: pytest.TempPathFactory, company: ParquetLake) -> Iterator[GraphStore]:
    """The company's graph in the embedded store."""
    store = open_embedded(tmp_path_factory.mktemp("graph"))
    load_graph(store, company)
    yield store
    store.close()


def load_graph(store: GraphStore, lake: ParquetLake) -> None:
    """Project the newest snapshot into a store."""
    snapshot = lake.latest()
    assert snapshot is not None
    with lake.connect(snapshot) as connection:
        batches = project(
            connection, key=KEY, ontology=ONTOLOGY, snapshot_id=snapshot.id, run_id=snapshot.run_id, now=snapshot.at
        )
        store.load(batches)


@pytest.fixture(scope="session")
def nothing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphStore]:
    """An embedded store that holds nothing yet."""
    store = open_embedded(tmp_path_factory.mktemp("nothing"))
    yield store
    store.close()


@pytest.fixture
def whole(open_api: Callable[[Callable[[], Any]], Api], embedded: GraphStore) -> Api:
    """The API over the company's lake and its graph."""
    return open_api(lambda: embedded)


@pytest.fixture
def api(open_api: Callable[[Callable[[], Any]], Api], nothing: GraphStore) -> Api:
    """The API over the company's lake, with an empty graph."""
    return open_api(lambda: nothing)


@pytest.fixture
def open_api(tmp_path: Path, company: ParquetLake) -> Iterator[Callable[[Callable[[], Any]], Api]]:
    """Opens the API over the company's lake and a graph store."""
    ledger = Ledger(tmp_path / "ledger.db", clock=lambda: NOW)

    def opened(graph: Callable[[], Any]) -> Api:
        engine = Engine(
            lake=company, ledger=ledger, graph=graph, key=KEY, exports=tmp_path / "exports", clock=lambda: NOW
        )
        keys = {role: KeyRing(ledger).create(role).secret for role in Role}
        return Api(engine=engine, app=build_app(engine), portal=portal, keys=keys)

    with start_blocking_portal() as portal:
        yield opened
    ledger.close()


@pytest.fixture
def c360(root: Path, capsys: pytest.CaptureFixture[str]) -> C360:
    """Runs a command on the test's own workspace, `root`, and gives its exit code and what it prints."""

    def run(*words: str, place: str = "--workspace") -> tuple[int, str]:
        with pytest.raises(SystemExit) as left:
            main([*words, place, str(root)])
        written = capsys.readouterr()
        return int(left.value.code or 0), written.out + written.err

    return run
