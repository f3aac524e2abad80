"""The lake becomes a graph: deterministic, without personal data in ids, and only of who is living."""

import copy
import gzip
import json
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa
import pytest

from core.clock import epoch_ms
from core.ids import ID_PATTERN, content_id, keyed_id
from graph import ONTOLOGY, Batch, EdgeBatch, OntologySettings, VertexBatch, extend, write_bulk
from tests.graph.sample import KEY, NOW, Tables, person_id, record_uid, sample_graph, sample_tables

Rows = list[dict[str, Any]]


SOURCE: dict[str, Any] = {"label": "Source", "id": ["source"]}
ADDED: dict[str, Any] = {
    "vertices": {
        "Source": {
            "says": "A source.",
            "table": "records",
            "id": ["source"],
            "properties": {"first_ts": {"type": "Long", "column": "ingested_at"}},
        }
    },
    "edges": {
        "CAME_FROM": {
            "says": "",
            "table": "records",
            "out": {"label": "Record", "id": ["record_id"]},
            "in": SOURCE,
        },
        "SEEN_IN": {"says": "", "event_type": "order", "out": {"label": "Event", "id": ["event_id"]}, "in": SOURCE},
    },
}
"""What a workspace adds in `[ontology]`."""


@pytest.fixture(scope="module")
def tables() -> Tables:
    """The made-up company's lake."""
    return sample_tables()


@pytest.fixture(scope="module")
def graph(tables: Tables) -> list[Batch]:
    """Its graph."""
    return sample_graph(tables)


def rows(graph: list[Batch], label: str) -> Rows:
    """The elements of one label."""
    return [row for batch in graph if batch.label == label for row in batch.table.to_pylist()]


def shuffled(tables: Tables) -> Tables:
    """The same rows in another order."""
    return {name: found[::-1] for name, found in tables.items()}


def test_the_order_of_rows_does_not_show(tables: Tables, graph: list[Batch]) -> None:
    """The same lake in another order of rows gives an equal graph, in an equal order."""
    again = sample_graph(shuffled(tables))
    assert [batch.label for batch in again] == [batch.label for batch in graph]
    assert all(one.table.equals(two.table) for one, two in zip(graph, again, strict=True))


def test_every_label_of_the_ontology_is_in_the_sample(graph: list[Batch]) -> None:
    """Nothing is declared that no projection writes; a steward's edges have a test of their own."""
    promised = {*ONTOLOGY.vertices, *ONTOLOGY.edges}
    assert promised - {batch.label for batch in graph} == {"NOT_SAME_AS", "MUST_LINK"}


def test_ids_are_unique_and_well_formed(graph: list[Batch]) -> None:
    """No two vertices share an id, nor two edges; every one is `[a-z0-9_]`, at most 64."""
    for edges in (False, True):
        kind = [batch for batch in graph if isinstance(batch, EdgeBatch) is edges]
        ids = [row["id"] for batch in kind for row in batch.table.to_pylist()]
        assert len(ids) == len(set(ids))
        assert all(ID_PATTERN.fullmatch(name) for name in ids)


def test_every_edge_joins_vertices_of_its_ends(graph: list[Batch]) -> None:
    """Edges lead from and to vertices that were written before."""
    known = {
        (batch.label, row["id"]) for batch in graph if isinstance(batch, VertexBatch) for row in batch.table.to_pylist()
    }
    for batch in graph:
        if isinstance(batch, EdgeBatch):
            for row in batch.table.to_pylist():
                assert (batch.out_label, row["out"]) in known
                assert (batch.in_label, row["in_"]) in known


def test_ids_are_those_of_the_scalar_functions(graph: list[Batch]) -> None:
    """Identifiers are keyed, products and edges are named by content."""
    identifiers = {row["id"] for row in rows(graph, "Identifier")}
    assert keyed_id("i_1", KEY, "email", "person1@mail.example") in identifiers
    assert content_id("pr", "product 1") in {row["id"] for row in rows(graph, "Product")}
    edge = rows(graph, "DID")[0]
    assert edge["id"] == content_id("x", "DID", edge["out"], edge["in_"])


def test_identifier_vertices_do_not_hold_the_value(graph: list[Batch]) -> None:
    """An e-mail address stands on Person only, where a policy can mask it."""
    for batch in graph:
        if batch.label != "Person":
            assert "@" not in json.dumps(batch.table.to_pylist())


def test_an_identifier_of_more_people_than_its_limit_is_shared(graph: list[Batch]) -> None:
    """Twenty people's e-mail address is; a telephone of two is not; a number of eight that should be of one is."""
    known = {row["id"]: row for row in rows(graph, "Identifier")}
    office = known[keyed_id("i_1", KEY, "email", "office@shared.example")]
    assert (office["people"], office["shared"]) == (20, True)
    phone = known[keyed_id("i_1", KEY, "phone", "+15550000000")]
    assert (phone["people"], phone["shared"]) == (2, False)
    assert known[keyed_id("i_1", KEY, "ssn", "900000000")]["shared"]


def test_a_limit_of_the_workspace_takes_the_place_of_ours(tables: Tables) -> None:
    """`[ontology] identifier_limits` decides."""
    graph = sample_graph(tables, extend(OntologySettings(identifier_limits={"email": 50})))
    assert not any(row["shared"] for row in rows(graph, "Identifier") if row["system"] == "email")


def test_next_edges_are_the_journey(graph: list[Batch]) -> None:
    """Following NEXT from a person's first event meets all of them, in the order of time and id."""
    journeys: dict[str, list[tuple[int, str]]] = {}
    for edge in rows(graph, "DID"):
        journeys.setdefault(edge["out"], []).append((edge["at_ts"], edge["in_"]))
    expected = Counter(
        (one[1], two[1], two[0] - one[0]) for steps in map(sorted, journeys.values()) for one, two in pairwise(steps)
    )
    assert Counter((row["out"], row["in_"], row["gap_ms"]) for row in rows(graph, "NEXT")) == expected


def test_people_of_one_address_and_family_name_are_a_household(graph: list[Batch]) -> None:
    """Each two people of the sample who live together are one; those without a family name are in none."""
    members = Counter(row["in_"] for row in rows(graph, "MEMBER_OF"))
    assert set(members.values()) == {2}
    assert {row["id"]: row["size"] for row in rows(graph, "Household")} == dict(members)
    assert person_id(9) not in {row["out"] for row in rows(graph, "MEMBER_OF")}


def test_a_household_lives_where_its_members_do(graph: list[Batch]) -> None:
    """Each at one address, which is one of every member's."""
    homes: dict[str, set[str]] = {}
    for row in rows(graph, "LIVES_AT"):
        homes.setdefault(row["out"], set()).add(row["in_"])
    members = rows(graph, "MEMBER_OF")
    assert all(len(homes[row["in_"]]) == 1 for row in members)
    assert all(homes[row["in_"]] <= homes[row["out"]] for row in members)


def test_a_deleted_record_leaves_the_graph(tables: Tables) -> None:
    """The record, its events, and a person of no other record are gone."""
    changed = copy.deepcopy(tables)
    record = next(row for row in changed["records"] if row["record_id"] == "crm:0")
    record["deleted_at"] = record["ingested_at"]
    graph = sample_graph(changed)
    assert record_uid("crm:0") not in {row["id"] for row in rows(graph, "Record")}
    assert person_id(0) not in {row["id"] for row in rows(graph, "Person")}
    assert person_id(0) not in {
        row["out"] for batch in graph if isinstance(batch, EdgeBatch) for row in rows([batch], batch.label)
    }


def test_a_steward_says_who_is_and_who_is_not_the_same(tables: Tables) -> None:
    """A refusal is no evidence of a match; a demand is both."""
    changed = copy.deepcopy(tables)
    changed["links"][0] |= {"origin": "steward", "probability": 0.0}
    changed["links"][1] |= {"origin": "steward", "probability": 1.0}
    graph = sample_graph(changed)
    assert (len(rows(graph, "NOT_SAME_AS")), len(rows(graph, "MUST_LINK"))) == (1, 1)
    assert len(rows(graph, "MATCHED_WITH")) == len(changed["links"]) - 1


def test_an_id_that_was_merged_away_leads_to_the_person_of_now(graph: list[Batch]) -> None:
    """One hop, however long the chain; an id whose chain ends in nobody, or that is borne again, is no former one."""
    edges = rows(graph, "MERGED_INTO")
    former = {row["id"] for row in rows(graph, "FormerPerson")}
    assert former == {row["out"] for row in edges} == {person_id(900), person_id(901)}
    assert {(row["in_"], row["merged_ts"]) for row in edges} == {(person_id(1), epoch_ms(NOW))}


def test_the_snapshot_comes_last(graph: list[Batch]) -> None:
    """Whoever sees it sees a complete graph."""
    assert graph[-1].label == "Snapshot"
    assert graph[-1].table.column("id").to_pylist() == ["snap_1"]


@pytest.fixture(scope="module")
def extended(tables: Tables) -> list[Batch]:
    """The graph of a workspace that adds where records come from and where orders were seen."""
    return sample_graph(tables, extend(msgspec.convert(ADDED, OntologySettings)))


def test_a_workspace_adds_vertices_with_keyed_ids_and_typed_properties(extended: list[Batch]) -> None:
    """One for each value of the columns that name it."""
    sources = rows(extended, "Source")
    assert {row["id"] for row in sources} == {keyed_id("x", KEY, "Source", name) for name in ("crm", "shop", "clinic")}
    assert all(isinstance(row["first_ts"], int) for row in sources)


def test_a_workspace_adds_edges_from_events_and_tables(tables: Tables, extended: list[Batch]) -> None:
    """One for each row that names both ends."""
    assert len(rows(extended, "CAME_FROM")) == len(tables["records"])
    assert len(rows(extended, "SEEN_IN")) == sum(row["type"] == "order" for row in tables["events"])


def test_an_empty_lake_is_an_empty_graph() -> None:
    """Only the run and its snapshot are written."""
    assert [batch.label for batch in sample_graph({name: [] for name in sample_tables()})] == ["Run", "Snapshot"]


def test_bulk_files_say_every_element_once_in_equal_bytes(graph: list[Batch], tmp_path: Path) -> None:
    """Vertices come first, headers are typed, single and complete; a second writing gives the same bytes."""
    one, two = (write_bulk(graph, ONTOLOGY, tmp_path / name) for name in ("one", "two"))
    assert [path.read_bytes() for path in one.files] == [path.read_bytes() for path in two.files]
    folders = [path.parent.name for path in one.files]
    assert folders == sorted(folders, reverse=True)
    people = gzip.decompress((tmp_path / "one/vertices/Person.csv.gz").read_bytes()).decode().splitlines()
    assert people[0].startswith("~id,~label,uid:String(single),is_customer:Boolean(single)")
    assert len(people) == 1 + len(rows(graph, "Person"))
    edges = gzip.decompress((tmp_path / "one/edges/DID.csv.gz").read_bytes()).decode()
    assert edges.startswith("~id,~from,~to,~label,at_ts:Long,type:String\n")


def test_bulk_files_keep_text_whole(tmp_path: Path) -> None:
    """Quotes, commas and new lines in a value survive as CSV says."""
    name = 'a "b", c\nd'
    batch = VertexBatch(label="Product", table=pa.table({"id": ["pr_1"], "uid": ["pr_1"], "name": [name]}))
    (path,) = write_bulk([batch], ONTOLOGY, tmp_path).files
    assert gzip.decompress(path.read_bytes()).decode().endswith('"pr_1","Product","pr_1","a ""b"", c\nd"\n')
