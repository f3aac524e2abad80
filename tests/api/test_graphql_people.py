"""Questions about one person, answered by the graph."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from api.policy import Role
from core.ids import keyed_id
from tests.api.conftest import KEY, Api, entity_id, events_of, person

PROFILE = """query($id: ID!) { customer(id: $id) {
  id givenName familyName birthDate age email phone city postcode isCustomer isPatient confidence records
} }"""
IDENTITIES = """query($id: ID!) { customer(id: $id) {
  identities { record source identifiers { system shared people } }
  evidence { left right weightBits contributions { field bits } }
} }"""
JOURNEY = """query($id: ID!, $first: Int!, $after: String) { journey(customer: $id, first: $first, after: $after) {
  edges { node { id type about } } pageInfo { hasNextPage endCursor }
} }"""
EXPLAIN = """query($left: ID, $right: ID, $entity: ID) { explain(left: $left, right: $right, entity: $entity) {
  entity verdict sentence links { left right probability }
} }"""


def record(source: str, number: int) -> str:
    """The uid of a record."""
    return keyed_id("r", KEY, f"{source}:{number}")


def test_graph_and_lake_tell_the_same_of_a_person(whole: Api) -> None:
    """The profile read from the graph is the one the lake lists."""
    fields = PROFILE.partition("customer(id: $id)")[2].strip().rpartition("}")[0]
    listed = whole.ask(Role.ADMIN, f"{{ customers(first: 100) {{ edges {{ node {fields} }} }} }}")
    for edge in listed["data"]["customers"]["edges"]:
        assert whole.ask(Role.ADMIN, PROFILE, {"id": edge["node"]["id"]})["data"]["customer"] == edge["node"]


def test_a_journey_is_every_event_in_order(whole: Api) -> None:
    """Going through the pages of a journey meets each event once, in time order."""
    seen: list[str] = []
    asked: dict[str, Any] = {"id": entity_id(9), "first": 3}
    more = True
    while more:
        page = whole.ask(Role.COACH, JOURNEY, asked)["data"]["journey"]
        seen += [edge["node"]["id"] for edge in page["edges"]]
        more, asked["after"] = page["pageInfo"]["hasNextPage"], page["pageInfo"]["endCursor"]
    assert seen == [event["event_id"] for event in events_of(9)]


@pytest.mark.parametrize(
    ("role", "types"),
    [
        (Role.MARKETER, {"order", "message_opened"}),
        (Role.PRACTITIONER, {"condition", "visit", "reading"}),
        (Role.COACH, {"order", "message_opened", "condition", "visit", "reading"}),
    ],
)
def test_a_journey_leaves_out_what_a_role_must_not_see(whole: Api, role: Role, types: set[str]) -> None:
    """A marketer's journey has no health in it, a practitioner's no shopping."""
    page = whole.ask(role, JOURNEY, {"id": entity_id(9), "first": 100})["data"]["journey"]
    assert {edge["node"]["type"] for edge in page["edges"]} == types


def test_identities_show_systems_but_no_values(whole: Api) -> None:
    """A steward sees each record's identifiers by system, and no identifier's value is in the bytes."""
    raw = whole.send(Role.STEWARD, IDENTITIES, {"id": entity_id(9)})
    found = raw.json()["data"]["customer"]
    assert [one["source"] for one in found["identities"]] == ["crm", "shop"]
    assert {item["system"] for one in found["identities"] for item in one["identifiers"]} == {
        "email",
        "phone",
        "loyalty",
    }
    assert not [value for value in (*person(9)["emails"], *person(9)["phones"], "LY-", "crm:") if value in raw.text]
    assert sum(one["bits"] for one in found["evidence"][0]["contributions"]) == found["evidence"][0]["weightBits"]


@pytest.mark.parametrize(
    ("asked", "verdict", "links"),
    [
        ({"entity": entity_id(9)}, "same", 1),
        ({"left": record("crm", 9), "right": record("shop", 9)}, "same", 1),
        ({"left": record("crm", 9), "right": record("crm", 8)}, "different", 0),
    ],
)
def test_explain_says_why(whole: Api, asked: dict[str, str], verdict: str, links: int) -> None:
    """A person, two records of one, and two records of two people each have their explanation."""
    found = whole.ask(Role.STEWARD, EXPLAIN, asked)["data"]["explain"]
    assert (found["verdict"], len(found["links"])) == (verdict, links)
    assert found["sentence"].endswith(".")


def test_explaining_two_people_apart_discloses_both(whole: Api) -> None:
    """Who asks why two records are of different people has been told about both people, and the audit log says so."""
    whole.ask(Role.STEWARD, EXPLAIN, {"left": record("crm", 9), "right": record("crm", 8)})
    told = {(entry["operation"], entry["entity_id"]) for entry in whole.audited()}
    assert told == {("explain", entity_id(9)), ("explain", entity_id(8))}


@pytest.mark.parametrize(("role", "found"), [(Role.MARKETER, False), (Role.ANALYST, False), (Role.COACH, True)])
def test_who_is_only_a_patient_is_unknown_to_marketing(whole: Api, role: Role, found: bool) -> None:  # noqa: FBT001  # pytest calls by name
    """A person who is no customer sounds as absent as an unknown id to a role that does not see health."""
    document = "query($id: ID!) { customer(id: $id) { id } }"
    patient = whole.ask(role, document, {"id": entity_id(15)})
    nobody = whole.ask(role, document, {"id": entity_id(999)})
    assert (patient.get("errors") is None) is found
    assert found or patient["errors"] == nobody["errors"]


def test_one_person_is_disclosed_as_one_entry(whole: Api) -> None:
    """Asking for a person writes one entry, with the fields that were asked for below it."""
    whole.ask(Role.STEWARD, IDENTITIES, {"id": entity_id(9)})
    (entry,) = whole.audited()
    assert (entry["operation"], entry["entity_id"]) == ("customer", entity_id(9))
    assert "identities.identifiers.system" in entry["fields"]


def test_a_household_shows_its_members_as_the_role_may_see_them(whole: Api) -> None:
    """A marketer sees who lives together, masked; each of them is in the audit log."""
    document = "query($id: ID!) { customer(id: $id) { household { size city members { id givenName birthYear } } } }"
    found = whole.ask(Role.MARKETER, document, {"id": entity_id(9)})["data"]["customer"]["household"]
    assert [member["id"] for member in found["members"]] == sorted([entity_id(2), entity_id(9)])
    assert {member["givenName"] for member in found["members"]} == {"c•••", "e•••"}
    assert {entry["entity_id"] for entry in whole.audited()} == {entity_id(2), entity_id(9)}


def test_many_callers_at_once_do_not_disturb_each_other(whole: Api) -> None:
    """Documents answered side by side in threads give the bytes they give alone."""
    document = PROFILE.replace("confidence records", "")

    def send(number: int) -> bytes:
        role = (Role.COACH, Role.ADMIN)[number % 2]
        return whole.send(role, document, {"id": entity_id(number)}).content

    alone = [send(number) for number in range(16)]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(send, range(16)))
    assert together == alone
    assert b'"errors"' not in b"".join(alone)
