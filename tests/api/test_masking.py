"""Masking: what a role must not see is not in the bytes."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.policy import Role
from api.policy.masking import mask_email, mask_name, mask_phone, mask_postcode
from tests.api.conftest import Api, person

EVERYTHING = """{ customers(first: 100) { edges { node {
  id givenName middleName familyName suffix birthDate birthYear age sex email phone city region postcode country
} } } }"""


def test_a_marketers_bytes_hold_no_masked_value(api: Api) -> None:
    """Names, birth dates, e-mail addresses, telephone numbers and postcodes are nowhere in a marketer's answer."""
    raw = api.send(Role.MARKETER, EVERYTHING).content.decode().lower()
    assert '"data":{"customers"' in raw
    for number in range(45):
        profile = person(number)
        hidden = [profile["given_name"], profile["family_name"] or "ashdown", *profile["emails"], *profile["phones"]]
        hidden += [profile["addresses"][0]["postcode"].lower(), f"mailbox-{number}", f"0{number % 9 + 1}-17"]
        assert not [value for value in hidden if value in raw]


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
