"""Golden profiles take the best supported value, say whose it is, and never depend on the order of rows."""

from datetime import UTC, datetime
from typing import Any

import numpy as np
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from lake.tables import ENTITIES, RECORDS
from resolution.entities import UnifyContext, unify

NOW = datetime(2026, 1, 31, tzinfo=UTC)
CONTEXT = UnifyContext(key=b"k" * 32, now=NOW, run_id="run_1")
Row = dict[str, Any]

names = st.none() | st.sampled_from(["ann", "anna", "bo", ""])
days = st.none() | st.integers(1, 28).map(lambda day: datetime(2025, 1, day, tzinfo=UTC))
rows = st.lists(
    st.fixed_dictionaries(
        {
            "given_name": names,
            "observed_at": days,
            "emails": st.lists(st.sampled_from(["a@x.org", "b@x.org", "c@x.org"]), max_size=3),
        }
    ),
    min_size=1,
    max_size=6,
)


def records(*values: Row) -> pa.Table:
    """Records r:0, r:1 … that say these things and nothing else."""
    full = [{"record_id": f"r:{number}", "source": "r", "kind": "customer"} | row for number, row in enumerate(values)]
    nullable = pa.schema([pa.field(field.name, field.type) for field in RECORDS.schema])
    return pa.Table.from_pylist(full, schema=nullable)


def golden(*values: Row) -> Row:
    """The profile of one entity of these records."""
    entities = unify(
        records(*values), np.zeros(len(values), np.int64), np.ones(len(values)), previous=None, context=CONTEXT
    ).entities
    assert entities.schema.equals(ENTITIES.schema, check_metadata=True)
    return entities.to_pylist()[0]


def chosen(profile: Row, field: str) -> list[tuple[object, object, object]]:
    """(value, record, rule) of a field's provenance."""
    entries: list[Row] = profile["provenance"]
    return [(each["value"], each["record_id"], each["rule"]) for each in entries if each["field"] == field]


def day(number: int) -> datetime:
    """A day of January 2025."""
    return datetime(2025, 1, number, tzinfo=UTC)


def test_the_most_frequent_value_wins() -> None:
    """Two records outvote one, however new it is."""
    profile = golden(
        {"given_name": "ann"}, {"given_name": "bo", "observed_at": day(9)}, {"given_name": "ann", "observed_at": day(2)}
    )
    assert profile["given_name"] == "ann"
    assert chosen(profile, "given_name") == [("ann", "r:2", "most_frequent")]


def test_the_newest_of_equally_frequent_values_wins() -> None:
    """A value that was seen later beats one of equal support, and an unknown time is the oldest."""
    profile = golden(
        {"family_name": "old", "observed_at": day(1)},
        {"family_name": "new", "observed_at": day(2)},
        {"family_name": "no"},
    )
    assert chosen(profile, "family_name") == [("new", "r:1", "newest")]


def test_the_most_complete_of_equally_new_values_wins() -> None:
    """A full birth date beats its year when nothing else decides."""
    profile = golden({"birth_date": "1980"}, {"birth_date": "1980-02-03"})
    assert chosen(profile, "birth_date") == [("1980-02-03", "r:1", "most_complete")]


def test_the_first_record_breaks_the_last_tie() -> None:
    """Equal in every respect, the smaller record id decides."""
    assert chosen(golden({"sex": "abcd"}, {"sex": "dcba"}), "sex") == [("abcd", "r:0", "first_record")]


def test_a_value_that_nobody_contests_says_so() -> None:
    """One value alone is the only value, and blanks are no values."""
    profile = golden({"suffix": "jr"}, {"suffix": ""}, {"suffix": None})
    assert chosen(profile, "suffix") == [("jr", "r:0", "only_value")]


def test_an_age_tells_the_year_of_birth_where_nobody_says_it() -> None:
    """Of the years ages leave open the one most of them share, else the later; a birth that is said comes first."""
    one, other = [("birth_years", "1979/1980")], [("birth_years", "1980/1981")]
    assert chosen(golden({"categories": one}, {"categories": other}), "birth_date") == [("1980", "r:0", "age")]
    assert golden({"categories": other}, {"sex": "f"})["birth_date"] == "1981"
    assert chosen(golden({"categories": one}, {"birth_date": "1977"}), "birth_date") == [("1977", "r:1", "only_value")]
    for category in (("city_code", "7"), ("birth_years", "unknown"), ("birth_years", "43")):
        assert golden({"categories": [category]})["birth_date"] is None


def test_lists_are_unions_most_supported_first() -> None:
    """Every e-mail address is kept once; the one that most records give comes first."""
    profile = golden({"emails": ["a@x.org", "b@x.org"]}, {"emails": ["b@x.org", "b@x.org"]}, {"emails": []})
    assert profile["emails"] == ["b@x.org", "a@x.org"]
    assert chosen(profile, "emails") == [("b@x.org", "r:0", "union"), ("a@x.org", "r:0", "union")]


def test_addresses_and_identifiers_stay_whole() -> None:
    """Structured values are united as structures and shown in words."""
    profile = golden(
        {"addresses": [{"line": "1 high st", "city": "ely"}], "identifiers": [{"system": "ssn", "value": "12"}]}
    )
    assert chosen(profile, "addresses") == [("1 high st, ely", "r:0", "union")]
    assert chosen(profile, "identifiers") == [("ssn:12", "r:0", "union")]
    assert profile["identifiers"] == [{"system": "ssn", "value": "12"}]


def test_deleted_records_say_nothing() -> None:
    """A deleted record gives no value, no member and no entity."""
    given_rows = records({"given_name": "ann"}, {"given_name": "bo", "deleted_at": NOW})
    unified = unify(given_rows, np.array([0, 1]), np.ones(2), previous=None, context=CONTEXT)
    assert unified.members.column("record_id").to_pylist() == ["r:0"]
    assert unified.entities.column("given_name").to_pylist() == ["ann"]


def test_an_entity_is_as_sure_as_its_least_sure_member() -> None:
    """Confidence of an entity is the least of its members', and its kinds are those of its records."""
    given_rows = records({"kind": "patient"}, {"kind": "customer"})
    entity = unify(given_rows, np.zeros(2, np.int64), np.array([0.9, 0.6]), previous=None, context=CONTEXT).entities
    assert entity.column("confidence").to_pylist() == [0.6]
    assert entity.column("kinds").to_pylist() == [["customer", "patient"]]


@settings(max_examples=6, deadline=None)
@given(given_rows=rows, data=st.data())
def test_order_of_rows_leaves_no_trace(given_rows: list[Row], data: st.DataObject) -> None:
    """Shuffled records and renamed clusters give the same entities, members and history."""
    labels = np.array(data.draw(st.lists(st.integers(0, 2), min_size=len(given_rows), max_size=len(given_rows))))
    order = np.array(data.draw(st.permutations(range(len(given_rows)))))
    table = records(*given_rows)
    one = unify(table, labels, np.ones(len(labels)), previous=None, context=CONTEXT)
    other = unify(table.take(order), 7 - labels[order], np.ones(len(labels)), previous=None, context=CONTEXT)
    assert one.entities.equals(other.entities)
    assert one.members.equals(other.members)
    assert one.identity_log.equals(other.identity_log)


@settings(max_examples=6, deadline=None)
@given(given_rows=rows)
def test_every_golden_value_comes_from_its_record(given_rows: list[Row]) -> None:
    """What provenance says of a value can be read in that very record."""
    profile = golden(*given_rows)
    for value, record_id, _ in chosen(profile, "given_name"):
        assert given_rows[int(str(record_id)[2:])]["given_name"] == value == profile["given_name"]
    for value, record_id, _ in chosen(profile, "emails"):
        assert value in given_rows[int(str(record_id)[2:])]["emails"]
