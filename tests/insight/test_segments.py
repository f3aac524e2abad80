"""Segments around the definition: errors, sentences, previews, membership over time, explanations."""

from datetime import UTC, datetime, timedelta

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import BadInputError, MissingError
from insight.segments import Saved, explain, facts_of, holds, inline, maintained, members, parse, preview, sentence
from lake.tables import SEGMENT_MEMBERSHIP

CUSTOMER = {"match": "profile", "field": "is_customer", "op": "eq", "value": True}
OSLO = {"match": "profile", "field": "city", "op": "eq", "value": "oslo"}
LATER = timedelta(days=1)


@pytest.mark.parametrize(
    ("tree", "path"),
    [
        ({"match": "nonsense"}, "match"),
        ({"match": "all", "of": []}, "of"),
        ({"match": "all", "of": [CUSTOMER, {**OSLO, "op": "lt"}]}, "of[1].op"),
        ({"match": "not", "of": {**OSLO, "value": 3}}, "of.value"),
        ({"match": "any", "of": [{"match": "event", "kind": ["order"]}]}, "of[0]"),
        ({"match": "profile", "field": "shoe_size", "op": "eq", "value": 44}, "field"),
        ({**OSLO, "op": "in", "values": ["oslo", 3], "value": None}, "values[1]"),
        ({"match": "event", "window": {"within_days": 0}}, "window.within_days"),
        ("{", "(top level)"),
    ],
)
def test_an_error_names_its_place_in_the_tree(tree: dict[str, object] | str, path: str) -> None:
    """Whoever wrote a wrong definition is told where it is wrong."""
    with pytest.raises(BadInputError) as caught:
        parse(tree)
    assert caught.value.facts["path"] == path


@given(depth=st.integers(9, 3000))
def test_a_tree_too_deep_is_refused(depth: int) -> None:
    """No nesting, however deep, gets further than the parser."""
    with pytest.raises(BadInputError):
        parse('{"match":"not","of":' * depth + '{"match":"consent","purpose":"x"}' + "}" * depth)


def test_a_definition_reads_as_a_sentence() -> None:
    """A marketer can check a definition without knowing its form."""
    lapsed = {"match": "event", "type": ["order"], "at_most": 0, "window": {"within_days": 90}}
    tree = {"match": "all", "of": [CUSTOMER, lapsed, {"match": "related", "to": "condition", "names": ["asthma"]}]}
    assert sentence(parse(tree)) == "is a customer, and no order events in the last 90 days, and has asthma"


def test_a_hostile_value_is_only_a_value(company: duckdb.DuckDBPyConnection, now: datetime) -> None:
    """Text that looks like SQL selects whoever has that text, here nobody, and harms nothing."""
    tree = {**OSLO, "value": "oslo' OR 1=1; DROP VIEW entities; --"}
    assert members(company, parse(tree), now).num_rows == 0
    assert preview(company, parse(CUSTOMER), now).people == 150


def test_a_preview_counts_without_saving(company: duckdb.DuckDBPyConnection, now: datetime) -> None:
    """Size, share and the first ids are those of the members."""
    found, everybody = preview(company, parse(CUSTOMER), now, examples=3), members(company, parse(CUSTOMER), now)
    assert found.size == everybody.num_rows
    assert found.share == found.size / 150
    assert list(found.examples) == everybody.column("entity_id").to_pylist()[:3]


def test_names_are_replaced_by_definitions() -> None:
    """Another segment stands for its definition; unknown ones and circles are refused."""
    nested = parse({"match": "not", "of": {"match": "segment", "name": "a"}})
    assert inline(nested, {"a": parse(OSLO)}) == parse({"match": "not", "of": OSLO})
    with pytest.raises(MissingError):
        inline(nested, {})
    with pytest.raises(BadInputError):
        inline(nested, {"a": nested})


def test_membership_remembers_who_came_and_left(own_company: duckdb.DuckDBPyConnection, now: datetime) -> None:
    """Staying keeps the entry, leaving and entering are dated, and an unchanged day changes nothing."""
    lake, before = own_company, (Saved(name="x", version=1, definition=parse(CUSTOMER)),)
    lake.register("segment_membership", SEGMENT_MEMBERSHIP.schema.empty_table())
    first = maintained(lake, before, now)
    lake.register("segment_membership", first)
    assert maintained(lake, before, now + LATER).equals(first)
    second = maintained(lake, (Saved(name="x", version=2, definition=parse(OSLO)),), now + LATER).to_pylist()
    customers = set(first.column("entity_id").to_pylist())
    oslo = set(members(lake, parse(OSLO), now).column("entity_id").to_pylist())
    assert {row["entity_id"] for row in second if row["left_at"] is None} == oslo
    assert {row["entity_id"] for row in second if row["left_at"] == now + LATER} == customers - oslo
    stayed = [row for row in second if row["entity_id"] in customers & oslo]
    assert {(row["entered_at"], row["definition_version"]) for row in stayed} == {(now, 2)}


def test_an_explanation_shows_the_nearest_miss(company: duckdb.DuckDBPyConnection, now: datetime) -> None:
    """Of several ways into a segment the one with the fewest missing conditions is shown."""
    tree = {
        "match": "any",
        "of": [
            {"match": "all", "of": [OSLO, {"match": "confidence", "at_least": 0}]},
            {"match": "consent", "purpose": "none"},
        ],
    }
    definition = parse(tree)
    facts = next(
        facts
        for facts in facts_of(company, ["e_0001", "e_0002", "e_0003"]).values()
        if facts.profile.get("city") != "oslo"
    )
    why = explain(definition, facts, now)
    assert not why.inside
    assert [reason.path for reason in why.nearest_miss] == ["of[0].of[0]"]
    assert [reason.holds for reason in why.reasons] == [False, True, False]


def test_an_explanation_agrees_with_the_verdict(company: duckdb.DuckDBPyConnection, now: datetime) -> None:
    """Inside or not, somebody explained is where the evaluation puts them, and something would turn it."""
    definition = parse({"match": "all", "of": [CUSTOMER, {"match": "not", "of": OSLO}]})
    for facts in facts_of(company, [f"e_{number:04d}" for number in range(40)]).values():
        why = explain(definition, facts, now)
        assert why.inside == holds(definition, facts, now)
        assert why.nearest_miss


def test_a_condition_under_not_is_told_as_one(company: duckdb.DuckDBPyConnection, now: datetime) -> None:
    """Not to hold speaks for being in under one `not`, and against it under two or none."""
    confident = {"match": "confidence", "at_least": 0.1}
    twice = {"match": "not", "of": {"match": "all", "of": [{"match": "not", "of": confident}, confident]}}
    facts = facts_of(company, ["e_0001"])["e_0001"]
    reasons = explain(parse({"match": "all", "of": [confident, twice]}), facts, now).reasons
    assert [(reason.path, reason.negated) for reason in reasons] == [
        ("of[0]", False),
        ("of[1].of.of[0].of", False),
        ("of[1].of.of[1]", True),
    ]


def test_the_edges_of_a_window_are_exact(company: duckdb.DuckDBPyConnection, now: datetime) -> None:
    """An event at `since` is in the window, one at `until` is not."""
    person, facts = next(item for item in facts_of(company, ["e_0001", "e_0002", "e_0003"]).items() if item[1].events)
    first = datetime.fromtimestamp(facts.events[0].at_ms / 1000, UTC)
    edges = ({"since": first.isoformat()}, {"until": first.isoformat()})
    counts = [
        members(company, parse({"match": "event", "window": edge}), now).column("entity_id").to_pylist()
        for edge in edges
    ]
    assert person in counts[0]
    assert person not in counts[1]
