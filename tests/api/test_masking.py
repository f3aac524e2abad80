"""Masking: what a role must not see is not in the bytes."""

import re
from typing import Any

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.policy import Role
from api.policy.masking import mask_email, mask_name, mask_phone, mask_postcode
from core.ids import keyed_id
from tests.api.conftest import KEY, PEOPLE, Api, entity_id, person

EVERYTHING = """{ customers(first: 100) { edges { node {
  id givenName middleName familyName suffix birthDate birthYear age sex email phone city region postcode country
} } } }"""
SEEN = """query($id: ID!) {
  customer(id: $id) {
    givenName middleName familyName suffix birthDate email phone postcode
    household { city postcode members { id givenName familyName birthYear } }
    journey(first: 50) { edges { node { id type at channel about value unit source } } }
  }
  journey(customer: $id, first: 50) { edges { node { id type at about value cost source } } }
}"""
REFUSED = (
    "query($id: ID!) { explain(entity: $id) { sentence links { left contributions { field level } } } }",
    "query($left: ID!, $right: ID!) { explain(left: $left, right: $right) { sentence } }",
    "query($id: ID!) { customer(id: $id) { evidence { left } identities { record } conditions { name } } }",
    "query($email: String!) { customers(where: {email: $email}) { edges { node { id } } } }",
    "query($id: ID!) { customer(id: $id, email: 1) { id } }",
)
BUYERS = """mutation { createSegment(name: "buyers", definition: {match: "event", type: ["order"]}) { id } }"""
EXPORT = "mutation($id: ID!) { exportSegment(segment: $id) { folder files { path } } }"


def hidden_in(raw: str) -> list[str]:
    """What a marketer must not see of anybody in the company, and is in this text."""
    hidden: set[str] = set()
    for number in range(PEOPLE):
        profile = person(number)
        hidden |= {profile["given_name"], profile["family_name"] or "ashdown", *profile["emails"], *profile["phones"]}
        hidden |= {profile["addresses"][0]["postcode"].lower(), f"mailbox-{number}", f"0{number % 9 + 1}-17"}
        hidden |= {profile["addresses"][0]["line"], profile["identifiers"][0]["value"].lower(), f"crm:{number}"}
    return sorted(value for value in hidden if value in raw.lower())


def test_a_marketers_list_holds_no_masked_value(api: Api) -> None:
    """Names, birth dates, e-mail addresses, telephone numbers and postcodes are nowhere in a marketer's list."""
    raw = api.send(Role.MARKETER, EVERYTHING).content.decode()
    assert '"data":{"customers"' in raw
    assert hidden_in(raw) == []


def test_a_marketers_view_of_anybody_holds_no_masked_value(whole: Api) -> None:
    """Neither a person's profile, household and journey nor the answer that there is no such person shows one."""
    answers = [whole.send(Role.MARKETER, SEEN, {"id": entity_id(number)}) for number in range(PEOPLE)]
    assert [hidden_in(answer.text) for answer in answers] == [[]] * PEOPLE
    found = [answer.json()["data"] for answer in answers if "errors" not in answer.json()]
    assert len(found) > PEOPLE / 2
    assert any(len(one["customer"]["household"]["members"]) > 1 for one in found if one["customer"]["household"])


@pytest.mark.parametrize("document", REFUSED)
def test_a_refusal_holds_no_masked_value(whole: Api, document: str) -> None:
    """A document that a marketer may not send is refused for everybody in words that show nothing hidden."""
    for number in range(PEOPLE):
        left, right = (keyed_id("r", KEY, f"{source}:{number}") for source in ("crm", "shop"))
        asked: dict[str, Any] = {"id": entity_id(number), "left": left, "right": right}
        used = {name: value for name, value in asked.items() if f"${name}:" in document}
        used |= {"email": person(number)["emails"][0]} if "$email:" in document else {}
        answer = whole.send(Role.MARKETER, document, used)
        assert answer.json()["errors"]
        assert hidden_in(answer.text) == []


def test_a_marketers_export_holds_no_masked_value(api: Api) -> None:
    """No file of an export has one in any of its values, as text; neither has the answer."""
    made = api.ask(Role.MARKETER, BUYERS)["data"]["createSegment"]
    answer = api.send(Role.MARKETER, EXPORT, {"id": made["id"]})
    folder = api.engine.exports / answer.json()["data"]["exportSegment"]["folder"]
    parts = sorted(folder.rglob("*.parquet"))
    rows = [row for part in parts for row in pq.read_table(part).to_pylist()]
    others = [path.read_text() for path in folder.rglob("*") if path.is_file() and path not in parts]
    assert len(rows) > PEOPLE / 2
    assert hidden_in(" ".join([answer.text, repr(rows), *others])) == []


def test_a_coach_sees_the_same_values_clear(api: Api) -> None:
    """The values a marketer does not see are really there."""
    raw = api.send(Role.COACH, EVERYTHING).content.decode().lower()
    assert person(1)["emails"][0] in raw
    assert person(1)["phones"][0] in raw


@pytest.mark.parametrize(
    "field", ["conditions { name }", "isPatient", "lastContact", "readings { value }", "confidence"]
)
def test_a_marketer_may_not_ask_for_health_or_evidence(api: Api, field: str) -> None:
    """A document that asks for a denied field is refused whole, inside a fragment too."""
    document = f"fragment F on Person {{ {field} }} {{ customers(first: 1) {{ edges {{ node {{ id ...F }} }} }} }}"
    answer = api.ask(Role.MARKETER, document)
    assert answer["data"] is None
    assert {error["extensions"]["code"] for error in answer["errors"]} == {"DENIED"}
    assert not api.audited()


@pytest.mark.parametrize("arguments", ['where: {email: "a@b.c"}', "orderBy: {field: FAMILY_NAME}"])
def test_hidden_values_cannot_be_guessed_by_filter_or_order(api: Api, arguments: str) -> None:
    """Filtering or ordering by what a role does not see clearly is refused."""
    answer = api.ask(Role.MARKETER, f"{{ customers({arguments}) {{ edges {{ node {{ id }} }} }} }}")
    assert answer["errors"][0]["extensions"]["code"] == "DENIED"


@given(name=st.from_regex(r"[a-z]{2,20}", fullmatch=True), domain=st.from_regex(r"[a-z]{2,20}", fullmatch=True))
def test_a_masked_email_keeps_first_letters_and_ending(name: str, domain: str) -> None:
    """Of an address remain the first letters of both parts and the last label; not even the length."""
    assert mask_email(f"{name}@{domain}.com") == f"{name[0]}•••@{domain[0]}•••.com"


@given(value=st.text(min_size=1, max_size=40))
def test_masks_are_short_and_marked(value: str) -> None:
    """A mask of any text shows at most two of its characters and says that it is one."""
    for mask in (mask_name, mask_phone, mask_postcode):
        shown = mask(value)
        assert "•••" in shown
        assert len(re.sub("•••", "", shown, count=1)) <= 2
