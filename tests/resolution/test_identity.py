"""Ids are stable, every change is in the log, the log adds up, and old ids lead on for ever."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import BrokenError
from core.ids import content_id, keyed_id
from lake.tables import IDENTITY_LOG, MEMBERS, RECORDS
from resolution.entities import Previous, Unified, UnifyContext, content_entity_ids, redirects, replay, unify

KEY = b"k" * 32
START = datetime(2026, 1, 1, tzinfo=UTC)
Clusters = Mapping[str, int]


@dataclass
class World:
    """A workspace that runs again and again."""

    runs: int = 0
    previous: Previous | None = None

    def run(self, clusters: Clusters, *, deleted: Sequence[str] = (), judged: Sequence[str] = ()) -> Unified:
        """One run, a day after the last, over these records and clusters."""
        now = START + timedelta(days=self.runs)
        living: list[dict[str, object]] = [{"record_id": name, "source": "s", "kind": "customer"} for name in clusters]
        dead: list[dict[str, object]] = [
            {"record_id": name, "source": "s", "kind": "customer", "deleted_at": START} for name in deleted
        ]
        schema = pa.schema([pa.field(field.name, field.type) for field in RECORDS.schema])
        labels = np.array([*clusters.values(), *(-1 for _ in deleted)], dtype=np.int64)
        context = UnifyContext(key=KEY, now=now, run_id=f"run_{self.runs}", judged=tuple(judged))
        table = pa.Table.from_pylist(living + dead, schema=schema)
        unified = unify(table, labels, np.ones(len(labels)), previous=self.previous, context=context)
        self.previous = Previous(members=unified.members, identity_log=unified.identity_log)
        self.runs += 1
        return unified


def whose(unified: Unified) -> dict[str, str]:
    """Entity of each record."""
    return dict(zip(*(unified.members.column(name).to_pylist() for name in ("record_id", "entity_id")), strict=True))


def changes(unified: Unified, *kinds: str) -> list[tuple[str, str, str | None, str | None, str]]:
    """(change, entity, record, other entity, cause) of this run."""
    names = ("change", "entity_id", "record_id", "other_entity_id", "cause")
    rows = zip(*(unified.changes.column(name).to_pylist() for name in names), strict=True)
    return [row for row in rows if not kinds or row[0] in kinds]


def test_a_first_run_creates_and_joins() -> None:
    """New entities are named by an HMAC of their first record, and every record joins."""
    unified = World().run({"a": 1, "b": 1, "c": 2})
    first, second = keyed_id("e", KEY, "a", "0"), keyed_id("e", KEY, "c", "0")
    assert whose(unified) == {"a": first, "b": first, "c": second}
    assert sorted(changes(unified, "created")) == sorted(
        ("created", each, None, None, "new_record") for each in (first, second)
    )
    assert len(changes(unified, "joined")) == 3
    assert unified.identity_log.schema.equals(IDENTITY_LOG.schema, check_metadata=True)
    assert unified.members.schema.equals(MEMBERS.schema, check_metadata=True)


def test_unchanged_input_changes_nothing() -> None:
    """The same records and clusters again write no row of history."""
    world = World()
    before = world.run({"a": 1, "b": 1, "c": 2})
    after = world.run({"c": 5, "b": 9, "a": 9})
    assert after.changes.num_rows == 0
    assert after.entities.equals(before.entities)


def test_the_larger_part_keeps_the_id_when_entities_merge() -> None:
    """Two records and one merge: the two keep their id, the one's id redirects, created_at stays."""
    world = World()
    before = whose(world.run({"a": 1, "b": 2, "c": 2}))
    merged = world.run({"a": 1, "b": 1, "c": 1})
    assert set(whose(merged).values()) == {before["b"]}
    assert changes(merged, "merged_into") == [("merged_into", before["a"], None, before["b"], "model")]
    assert redirects(merged.identity_log).to_pylist() == [{"entity_id": before["a"], "current_id": before["b"]}]
    assert merged.entities.column("created_at").to_pylist() == [START]


def test_the_oldest_keeps_the_id_when_parts_are_equal() -> None:
    """One record each: the entity that was there first goes on."""
    world = World()
    oldest = whose(world.run({"z": 1}))["z"]
    world.run({"z": 1, "a": 2})
    assert set(whose(world.run({"z": 1, "a": 1})).values()) == {oldest}


def test_the_larger_part_keeps_the_id_when_an_entity_splits() -> None:
    """Of three records one falls off: two keep the id, one gets a new id that says where it came from."""
    world = World()
    before = whose(world.run({"a": 1, "b": 1, "c": 1}))["a"]
    split = world.run({"a": 1, "b": 2, "c": 2})
    after = whose(split)
    assert (after["b"], after["c"]) == (before, before)
    assert after["a"] != before
    assert changes(split, "split_from") == [("split_from", after["a"], None, before, "model")]
    assert changes(split, "left") == [("left", before, "a", None, "model")]


def test_a_used_id_is_never_given_again() -> None:
    """A record whose name once made an id makes another one when it stands alone again."""
    world = World()
    first = whose(world.run({"a": 1, "b": 2, "c": 2}))
    world.run({"a": 1, "b": 1, "c": 1})
    apart = whose(world.run({"a": 1, "b": 2, "c": 2}))
    assert apart["b"] == first["b"]
    assert apart["a"] == keyed_id("e", KEY, "a", "1") != first["a"]


def test_a_deleted_record_leaves_and_its_entity_is_erased() -> None:
    """The last record's deletion erases the entity, since the moment the source deleted it."""
    world = World()
    before = whose(world.run({"a": 1, "b": 2}))
    after = world.run({"b": 2}, deleted=["a"])
    assert whose(after) == {"b": before["b"]}
    assert changes(after) == [
        ("left", before["a"], "a", None, "source_deleted"),
        ("erased", before["a"], None, None, "source_deleted"),
    ]
    assert set(after.changes.column("valid_from").to_pylist()) == {START}


def test_a_steward_is_named_as_the_cause() -> None:
    """Changes around a judged record are put down to the steward."""
    world = World()
    world.run({"a": 1, "b": 2})
    merged = world.run({"a": 1, "b": 1}, judged=["a"])
    assert {row[4] for row in changes(merged)} == {"steward"}


def test_redirects_follow_every_merge() -> None:
    """An id merged twice leads to the end of the chain."""
    world = World()
    ids = whose(world.run({"a": 1, "b": 2, "c": 2, "d": 3, "e": 3, "f": 3, "g": 3}))
    world.run({"a": 1, "b": 1, "c": 1, "d": 3, "e": 3, "f": 3, "g": 3})
    log = world.run(dict.fromkeys("abcdefg", 1)).identity_log
    found = {row["entity_id"]: row["current_id"] for row in redirects(log).to_pylist()}
    assert found == {ids["a"]: ids["d"], ids["b"]: ids["d"]}


def test_arrays_that_do_not_fit_are_refused() -> None:
    """One label too few is our own mistake and says so."""
    table = RECORDS.schema.empty_table()
    with pytest.raises(BrokenError, match="differ in length"):
        unify(
            table,
            np.zeros(1, np.int64),
            np.zeros(0),
            previous=None,
            context=UnifyContext(key=KEY, now=START, run_id="r"),
        )


def test_content_ids_name_clusters_by_their_first_record() -> None:
    """Without a workspace the smallest record id names the entity, whatever the row order."""
    ids = content_entity_ids(pa.array(["s:2", "s:1", "s:3"]), np.array([4, 4, 0]))
    assert ids.to_pylist() == [content_id("e", "s:1"), content_id("e", "s:1"), content_id("e", "s:3")]


histories = st.lists(st.dictionaries(st.sampled_from("abcdefg"), st.integers(0, 3), min_size=1), min_size=1, max_size=3)


@settings(max_examples=6, deadline=None)
@given(history=histories)
def test_replaying_the_log_gives_the_present_members(history: list[dict[str, int]]) -> None:
    """Whatever merged, split, came and went, joined and left add up to who is there now."""
    world = World()
    for clusters in history:
        unified = world.run(clusters)
        assert replay(unified.identity_log).equals(unified.members.select(["record_id", "entity_id"]))
        assert world.run(clusters).changes.num_rows == 0


@settings(max_examples=6, deadline=None)
@given(history=histories)
def test_every_id_ever_given_is_alive_redirects_or_was_erased(history: list[dict[str, int]]) -> None:
    """No id is lost: it names an entity, leads to one, or its people were erased."""
    world = World()
    unified = [world.run(clusters) for clusters in history][-1]
    log = unified.identity_log.to_pylist()
    alive = set(whose(unified).values())
    erased = {row["entity_id"] for row in log if row["change"] == "erased"}
    moved = {row["entity_id"]: row["current_id"] for row in redirects(unified.identity_log).to_pylist()}
    for entity_id in {row["entity_id"] for row in log}:
        end = moved.get(entity_id, entity_id)
        assert (end in alive) != (end in erased)


@settings(max_examples=6, deadline=None)
@given(history=histories)
def test_two_workspaces_with_one_key_agree(history: list[dict[str, int]]) -> None:
    """The same key, records and clocks give the same ids and the same log."""
    one, other = World(), World()
    for clusters in history:
        left, right = one.run(clusters), other.run(dict(reversed(clusters.items())))
        assert left.identity_log.equals(right.identity_log)
        assert left.entities.equals(right.entities)
