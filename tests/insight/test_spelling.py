"""Definitions in the words of the data: the way a value is written does not matter, and one nobody has is told."""

from datetime import datetime

import duckdb
import pytest

from graph import GraphStore
from insight.segments import facts_of, fitted, holds, members, parse, preview, to_gremlin

Tree = dict[str, object]
ALIKE: list[tuple[Tree, Tree]] = [
    ({"match": "profile", "field": "city", "op": "eq", "value": "Oslo"}, {"value": "oslo"}),
    ({"match": "profile", "field": "city", "op": "eq", "value": " SÃO  Paulo"}, {"value": "são paulo"}),
    ({"match": "profile", "field": "sex", "op": "eq", "value": "F"}, {"value": "female"}),
    ({"match": "profile", "field": "sex", "op": "ne", "value": "Woman"}, {"value": "female"}),
    ({"match": "profile", "field": "given_name", "op": "in", "values": ["Ada", "BO"]}, {"values": ["ada", "bo"]}),
    ({"match": "profile", "field": "email", "op": "prefix", "value": "P1"}, {"value": "p1"}),
    ({"match": "event", "type": ["Order"], "about": ["Yoga Mat"]}, {"type": ["order"], "about": ["yoga mat"]}),
    ({"match": "event", "type": ["Message opened"]}, {"type": ["message_opened"]}),
    ({"match": "event", "type": ["visit"], "channel": ["Web"]}, {"channel": ["web"]}),
    ({"match": "total", "type": ["ORDER"], "sum": "cost", "compare": {"op": "gte", "value": 50}}, {"type": ["order"]}),
    ({"match": "related", "to": "condition", "names": ["Diabetes"]}, {"names": ["diabetes"]}),
    ({"match": "reading", "measure": "HbA1c", "compare": {"op": "gt", "value": 5}}, {"measure": "hba1c"}),
    ({"match": "consent", "purpose": "Marketing"}, {"purpose": "marketing"}),
]  # fmt: skip


@pytest.mark.parametrize(("written", "stored"), ALIKE)
def test_the_way_a_value_is_written_does_not_matter(
    company: duckdb.DuckDBPyConnection, company_graph: GraphStore, now: datetime, written: Tree, stored: Tree
) -> None:
    """Case, spaces and a code's other names select the same people, in the lake, the graph and one by one."""
    meant = fitted(company, parse(written))
    exact = parse(written | stored)
    found = members(company, exact, now).column("entity_id").to_pylist()
    facts = facts_of(company, [f"e_{number:04d}" for number in range(150)])
    people = company_graph.run(to_gremlin(meant.definition, now)(company_graph.g()))
    assert (meant.definition, meant.unheard) == (exact, ())
    assert found == members(company, parse(written), now).column("entity_id").to_pylist() == sorted(map(str, people))
    assert 0 < len(found) == sum(holds(meant.definition, one, now) for one in facts.values())


def test_a_value_that_nobody_has_is_told_with_those_that_there_are(
    company: duckdb.DuckDBPyConnection, now: datetime
) -> None:
    """Each with its place in the tree, and the values of the same events that are most alike."""
    tree = {
        "match": "all",
        "of": [
            {"match": "profile", "field": "city", "op": "eq", "value": "Osloo"},
            {"match": "event", "type": ["order"], "about": ["yoga mad"]},
            {"match": "event", "type": ["ordre"], "about": ["weight"]},
        ],
    }
    found = preview(company, parse(tree), now)
    assert found.size == 0
    told = [(one.path, one.value, one.near[0]) for one in found.unheard]
    assert told == [("of[0]", "Osloo", "oslo"), ("of[1]", "yoga mad", "yoga mat"), ("of[2]", "ordre", "order")]
    assert str(found.unheard[0]).startswith("Nobody has the city 'Osloo' (of[0]). There are oslo")


@pytest.mark.parametrize("field", ["given_name", "family_name", "email", "phone", "postcode"])
def test_no_value_that_names_people_is_listed(company: duckdb.DuckDBPyConnection, field: str) -> None:
    """A name or a contact that nobody has is told, and nobody else's is."""
    tree = {"match": "profile", "field": field, "op": "eq", "value": "p1@example.com"}
    (told,) = fitted(company, parse(tree)).unheard
    assert told.near == ()


def test_what_few_people_have_is_not_listed(own_company: duckdb.DuckDBPyConnection) -> None:
    """What events are about is listed only where five people or more have it."""
    odd = "CASE WHEN event_id = (SELECT min(event_id) FROM events WHERE type = 'order') THEN 'yoga mast' ELSE about END"
    table = own_company.sql(f"SELECT * REPLACE ({odd} AS about) FROM events").to_arrow_table()
    own_company.register("events", table)
    assert "yoga mast" in table.column("about").to_pylist()
    (told,) = fitted(own_company, parse({"match": "event", "type": ["order"], "about": ["yoga masd"]})).unheard
    assert told.near[0] == "yoga mat"
    assert "yoga mast" not in told.near


@pytest.mark.parametrize(
    ("tree", "named"),
    [
        ({"match": "profile", "field": "email", "op": "eq", "value": "zed"}, False),
        ({"match": "event", "about": ["zed"]}, False),
        ({"match": "event", "channel": ["zed"]}, False),
        ({"match": "profile", "field": "city", "op": "eq", "value": "zed"}, True),
        ({"match": "event", "type": ["zed"]}, True),
    ],
)
def test_a_note_has_no_value_that_may_be_personal(company: duckdb.DuckDBPyConnection, tree: Tree, named: bool) -> None:  # noqa: FBT001 (a parameter)
    """Of a slip a note has its place and what it is of; its value, and others, only where many share them."""
    (told,) = fitted(company, parse({"match": "not", "of": tree})).unheard
    assert "(of)" in told.note
    assert ("zed" in told.note) == ("There are" in told.note) == named


def test_a_slip_in_one_condition_leaves_the_others_alone(own_company: duckdb.DuckDBPyConnection) -> None:
    """What nobody has in one condition may be what a type is called in another, which is still fitted."""
    own_company.register(
        "events",
        own_company.sql(
            "SELECT * REPLACE (replace(about, 'yoga mat', 'Yoga Mat') AS about) FROM events"
        ).to_arrow_table(),
    )
    slip = {"match": "event", "type": ["visit"], "about": ["order"]}
    right = {"match": "event", "type": ["order"], "about": ["yoga mat"]}
    meant = fitted(own_company, parse({"match": "any", "of": [slip, right]}))
    assert [told.value for told in meant.unheard] == ["order"]
    assert meant.definition == parse({"match": "any", "of": [slip, right | {"about": ["Yoga Mat"]}]})


def test_all_ways_to_write_a_thing_are_one_thing(own_company: duckdb.DuckDBPyConnection, now: datetime) -> None:
    """Who bought "Tea" and a mat bought "tea" and a mat, whichever source wrote which."""
    names = {"match": "related", "to": "product", "names": ["yoga mat", "protein bar"]}
    trees = [parse(names | {"how": how}) for how in ("any", "all", "none")]
    before = [members(own_company, tree, now) for tree in trees]
    shouted = "CASE WHEN cost > 100 THEN upper(about) ELSE about END AS about"
    own_company.register("events", own_company.sql(f"SELECT * REPLACE ({shouted}) FROM events").to_arrow_table())
    facts = facts_of(own_company, [f"e_{number:04d}" for number in range(150)])
    for tree, was in zip(trees, before, strict=True):
        meant = fitted(own_company, tree).definition
        assert members(own_company, tree, now) == was
        assert 0 < was.num_rows == sum(holds(meant, one, now) for one in facts.values())
