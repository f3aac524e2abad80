"""Lists of people: pages, cursors, filters and orders."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.policy import Role
from tests.api.conftest import Api, entity_id, person

PAGE = """query($first: Int!, $after: String, $order: PersonOrder, $where: CustomerFilter) {
  customers(first: $first, after: $after, orderBy: $order, where: $where) {
    edges { node { id } }
    pageInfo { hasNextPage endCursor }
  }
}"""
ORDERS = ("ID", "FAMILY_NAME", "GIVEN_NAME", "BIRTH_DATE", "CITY", "FIRST_SEEN")
PATIENTS = "query($where: PatientFilter) { patients(where: $where, first: 100) { edges { node { id age } } } }"


def ids(page: dict[str, Any]) -> list[str]:
    """The ids of a page, in order."""
    return [edge["node"]["id"] for edge in page["edges"]]


@given(first=st.integers(5, 60), order=st.sampled_from(ORDERS), descending=st.booleans())
@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_pages_hold_everybody_once_in_order(api: Api, first: int, order: str, descending: bool) -> None:  # noqa: FBT001  # pytest calls by name
    """Whatever the order and the size of a page, walking all pages meets every customer exactly once."""
    asked: dict[str, Any] = {"order": {"field": order, "descending": descending}}
    whole = ids(api.ask(Role.COACH, PAGE, asked | {"first": 100})["data"]["customers"])
    seen: list[str] = []
    after, more = None, True
    while more:
        page = api.ask(Role.COACH, PAGE, asked | {"first": first, "after": after})["data"]["customers"]
        seen += ids(page)
        after, more = page["pageInfo"]["endCursor"], page["pageInfo"]["hasNextPage"]
    assert seen == whole
    assert sorted(seen) == sorted(entity_id(number) for number in range(45) if "customer" in person(number)["kinds"])


@given(text=st.text(max_size=200))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_cursor_cannot_be_made_up(api: Api, text: str) -> None:
    """Any text that is no cursor of ours is refused as bad input."""
    answer = api.ask(Role.COACH, PAGE, {"first": 2, "after": text})
    assert answer["errors"][0]["extensions"]["code"] == "BAD_INPUT"


@pytest.mark.parametrize("change", [{"order": {"field": "CITY"}}, {"where": {"city": "whitby"}}])
def test_a_cursor_keeps_to_its_list(api: Api, change: dict[str, Any]) -> None:
    """A cursor of one order and filter is refused in another."""
    after = api.ask(Role.COACH, PAGE, {"first": 2})["data"]["customers"]["pageInfo"]["endCursor"]
    answer = api.ask(Role.COACH, PAGE, {"first": 2, "after": after} | change)
    assert answer["errors"][0]["extensions"]["code"] == "BAD_INPUT"


@pytest.mark.parametrize("first", [-1, 0, 101])
def test_pages_are_bounded(api: Api, first: int) -> None:
    """A page holds 1 to 100; any other size is refused."""
    assert api.ask(Role.COACH, PAGE, {"first": first})["errors"][0]["extensions"]["code"] == "BAD_INPUT"


@pytest.mark.parametrize(
    ("where", "wanted"),
    [
        ({"conditions": ["Asthma"]}, {0, 9, 18, 27, 36}),
        ({"readings": [{"measure": "heart rate", "atLeast": 100, "atMost": 103}]}, {39, 42}),
        ({"ageAtLeast": 80}, {0, 3}),
        ({"conditions": ["asthma", "diabetes"]}, set[int]()),
        ({"lastContactSince": "2026-01-15T11:40:00Z", "city": "ludlow"}, {0, 3, 6, 9, 12, 15, 18}),
    ],
)
def test_patients_are_found_by_what_care_knows(api: Api, where: dict[str, Any], wanted: set[int]) -> None:
    """Conditions, newest readings, age and last contact select exactly the patients they describe."""
    found = ids(api.ask(Role.COACH, PATIENTS, {"where": where})["data"]["patients"])
    assert found == sorted(entity_id(number) for number in wanted)


def test_every_answer_names_its_snapshot(api: Api) -> None:
    """The answer and its list name the snapshot they were read from."""
    answer = api.ask(Role.COACH, "{ customers(first: 1) { snapshot } }")
    latest = api.engine.lake.latest()
    assert latest is not None
    assert answer["extensions"]["snapshot"] == answer["data"]["customers"]["snapshot"] == latest.id
