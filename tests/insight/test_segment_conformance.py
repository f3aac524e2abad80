"""One definition means the same in SQL, in Gremlin and on one person's facts."""

import random
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime

import duckdb
import pytest

from graph import ONTOLOGY, GraphStore, connect_server, project
from insight.segments import Definition, dump, facts_of, holds, members, parse, to_gremlin
from insight.segments.reading import walk
from tests.gremlin_server import VERSIONS
from tests.insight.conftest import open_company

DEFINITIONS = 500
Tree = dict[str, object]
ORDERS = ("lt", "lte", "gt", "gte")


def _compare(chance: random.Random, low: float, high: float) -> Tree:
    return {"op": chance.choice(("eq", "ne", *ORDERS)), "value": float(round(chance.uniform(low, high)))}


def _window(chance: random.Random) -> Tree:
    if chance.random() < 0.6:
        return {"within_days": chance.choice([30, 90, 180, 365])}
    year = chance.choice([2024, 2025])
    since = datetime(year, chance.randint(1, 12), 1, tzinfo=UTC).isoformat()
    return {"since": since} if chance.random() < 0.5 else {"since": since, "until": "2026-03-01T00:00:00+00:00"}


def _filter(chance: random.Random) -> Tree:
    choices: Tree = {
        "type": chance.sample(["order", "visit", "reading", "answer", "message_opened"], chance.randint(1, 2)),
        "about": chance.sample(["yoga mat", "protein bar", "hba1c", "weight", "mood"], chance.randint(1, 3)),
        "channel": chance.sample(["web", "store", "email"], chance.randint(1, 2)),
        "value": _compare(chance, 1, 12),
        "cost": _compare(chance, 1, 200),
        "window": _window(chance),
    }
    return {key: choice for key, choice in choices.items() if chance.random() < 0.3}


def _profile(chance: random.Random) -> Tree:
    ordered = {"age": (20, 86), "birth_year": (1940, 2005), "records": (1, 3)}
    field = chance.choice(
        [*ordered, "is_customer", "is_patient", "sex", "given_name", "city", "postcode", "birth_date"]
    )
    if chance.random() < 0.15:
        return {"match": "profile", "field": field, "op": chance.choice(["present", "absent"])}
    if field in ordered:
        return {"match": "profile", "field": field, **_compare(chance, *ordered[field])}
    if field.startswith("is_"):
        return {"match": "profile", "field": field, "op": chance.choice(["eq", "ne"]), "value": chance.random() < 0.5}
    if field == "birth_date":
        return {"match": "profile", "field": field, "op": chance.choice(ORDERS), "value": f"19{chance.randint(40, 99)}"}
    values = {
        "sex": ["female", "male"],
        "given_name": ["ada", "bo"],
        "city": ["oslo", "são paulo"],
        "postcode": ["1", "2000"],
    }
    if chance.random() < 0.3:
        return {"match": "profile", "field": field, "op": "in", "values": values[field]}
    op = chance.choice(["eq", "ne", "prefix"])
    return {"match": "profile", "field": field, "op": op, "value": chance.choice(values[field])}


def _event(chance: random.Random) -> Tree:
    counts = [{}, {"at_least": chance.randint(0, 4)}, {"at_most": chance.randint(0, 6)}, {"at_least": 1, "at_most": 3}]
    return {"match": "event", **_filter(chance), **chance.choice(counts)}


def _total(chance: random.Random) -> Tree:
    compare = {"op": chance.choice(ORDERS), "value": float(chance.randint(5, 600))}
    return {"match": "total", **_filter(chance), "sum": chance.choice(["cost", "value"]), "compare": compare}


def _related(chance: random.Random) -> Tree:
    to = chance.choice(["condition", "product"])
    names = ["diabetes", "hypertension", "asthma"] if to == "condition" else ["yoga mat", "protein bar", "vitamin d"]
    how = chance.choice(["any", "all", "none"])
    return {"match": "related", "to": to, "names": chance.sample(names, chance.randint(1, 2)), "how": how}


def _reading(chance: random.Random) -> Tree:
    tree: Tree = {
        "match": "reading",
        "measure": chance.choice(["hba1c", "weight"]),
        "which": chance.choice(["any", "latest"]),
    }
    extra: Tree = {"compare": _compare(chance, 2, 11), "window": _window(chance)}
    return tree | {key: value for key, value in extra.items() if chance.random() < 0.7}


LEAVES: dict[str, Callable[[random.Random], Tree]] = {
    "profile": _profile,
    "event": _event,
    "total": _total,
    "related": _related,
    "reading": _reading,
    "consent": lambda chance: {"match": "consent", "purpose": chance.choice(["marketing", "research"])},
    "confidence": lambda chance: {"match": "confidence", "at_least": chance.choice([0.6, 0.9, 0.95])},
    "segment": lambda chance: {"match": "segment", "name": chance.choice(["loyal", "lapsed"])},
}


def _tree(chance: random.Random, depth: int) -> Tree:
    """A random tree of at most this depth."""
    if depth == 1 or chance.random() < 0.25:
        return LEAVES[chance.choice(list(LEAVES))](chance)
    if chance.random() < 0.2:
        return {"match": "not", "of": _tree(chance, depth - 1)}
    parts = [_tree(chance, depth - 1) for _ in range(chance.randint(2, 3))]
    return {"match": chance.choice(["all", "any"]), "of": parts}


@pytest.fixture(scope="module")
def definitions() -> list[Definition]:
    """500 random definitions, of depth up to 4."""
    chance = random.Random(2026)
    return [parse(_tree(chance, chance.randint(1, 4))) for _ in range(DEFINITIONS)]


@pytest.fixture(scope="module")
def by_sql(company: duckdb.DuckDBPyConnection, definitions: list[Definition], now: datetime) -> list[list[str]]:
    """The members of each definition as SQL finds them."""
    return [members(company, definition, now).column("entity_id").to_pylist() for definition in definitions]


def test_every_kind_of_leaf_takes_part(definitions: list[Definition]) -> None:
    """No leaf is compared by too few definitions, and the deepest trees are 4 deep."""
    nodes = [node for definition in definitions for _, node, _ in walk(definition)]
    counts = Counter(type(node).__name__.lower() for node in nodes)
    assert min(counts[name] for name in (*LEAVES, "all", "any", "not")) >= 20
    assert max(depth for definition in definitions for _, _, depth in walk(definition)) == 4


def test_most_definitions_select_some_but_not_all(by_sql: list[list[str]]) -> None:
    """At least half of the definitions select 1 to 99 % of 150 people: the comparison is about something."""
    assert sum(0.01 <= len(found) / 150 <= 0.99 for found in by_sql) >= DEFINITIONS / 2


def test_sql_agrees_with_plain_evaluation(
    company: duckdb.DuckDBPyConnection, definitions: list[Definition], by_sql: list[list[str]], now: datetime
) -> None:
    """Each definition selects in SQL exactly the people for whom it holds one by one."""
    people = [f"e_{number:04d}" for number in range(150)]
    facts = facts_of(company, people)
    for definition, found in zip(definitions, by_sql, strict=True):
        assert found == [person for person in people if holds(definition, facts[person], now)], dump(definition)


def test_gremlin_agrees_with_sql(
    company_graph: GraphStore, definitions: list[Definition], by_sql: list[list[str]], now: datetime
) -> None:
    """Each definition selects on the graph exactly the people whom SQL selects in the lake."""
    g = company_graph.g()
    for definition, found in zip(definitions, by_sql, strict=True):
        people = company_graph.run(to_gremlin(definition, now)(g))
        assert sorted(map(str, people)) == found, dump(definition)


@pytest.mark.parametrize("op", ["eq", "ne", "in", "lt", "lte", "gt", "gte"])
def test_ages_agree_whatever_is_compared(
    company: duckdb.DuckDBPyConnection, company_graph: GraphStore, now: datetime, op: str
) -> None:
    """Whole and broken years, ages nobody has, and several at once select the same people in the lake and the graph."""
    for ages in ([38], [38.5], [56, 38], [-1], [1e6]):
        given: Tree = {"values": ages} if op == "in" else {"value": ages[0]}
        definition = parse({"match": "profile", "field": "age", "op": op, **given})
        people = company_graph.run(to_gremlin(definition, now)(company_graph.g()))
        assert sorted(map(str, people)) == members(company, definition, now).column("entity_id").to_pylist()


@pytest.mark.parametrize("every", [5, pytest.param(1, marks=pytest.mark.slow)])
@pytest.mark.parametrize("version", VERSIONS)
def test_a_real_server_agrees_with_sql(
    gremlin_server: Callable[[str], str],
    version: str,
    every: int,
    definitions: list[Definition],
    by_sql: list[list[str]],
    now: datetime,
) -> None:
    """Every definition, or every fifth of them, selects the same people on TinkerPop's own server."""
    store = connect_server(gremlin_server(version))
    store.run(store.g().V().drop())
    with open_company() as lake:
        store.load(project(lake, key=bytes(32), ontology=ONTOLOGY, snapshot_id="one", run_id="run_one", now=now))
    for definition, found in list(zip(definitions, by_sql, strict=True))[::every]:
        people = store.run(to_gremlin(definition, now)(store.g()))
        assert sorted(map(str, people)) == found, dump(definition)
    store.close()


def test_definitions_survive_json(definitions: list[Definition]) -> None:
    """What is written as JSON is read back as the same definition."""
    assert [parse(dump(definition)) for definition in definitions] == definitions
