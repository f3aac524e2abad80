"""Keys: closed by default, kept as hashes, useless once revoked."""

import json
from pathlib import Path

import pytest

from api.policy import KeyRing, Role
from core.errors import MissingError
from lake.ledger import Ledger
from tests.api.conftest import Api

ASK = {"query": "{ customers(first: 1) { snapshot } }"}


@pytest.mark.parametrize(
    ("headers", "says"),
    [
        ({}, "none was sent"),
        ({"Authorization": "Bearer c360_000000000000_x"}, "not good here"),
        ({"Authorization": "Basic YTpi"}, "none was sent"),
    ],
)
def test_without_a_living_key_nothing_is_answered(api: Api, headers: dict[str, str], says: str) -> None:
    """No key, or one that is not ours, gives 401 with its code, says which of the two, and how to get one."""
    answer = api.http("POST", "/graphql", json=ASK, headers=headers)
    assert answer.status_code == 401
    (error,) = answer.json()["errors"]
    assert error["extensions"]["code"] == "UNAUTHENTICATED"
    assert says in error["message"]
    assert "c360 key create" in error["extensions"]["remedy"]


def test_only_a_hash_is_kept(tmp_path: Path) -> None:
    """Neither the key nor its secret part is anywhere in the ledger's files."""
    ledger = Ledger(tmp_path / "ledger.db")
    made = KeyRing(ledger).create(Role.COACH)
    ledger.close()
    secret = made.secret.split("_", 2)[2].encode()
    assert all(secret not in file.read_bytes() for file in tmp_path.iterdir())


def test_a_revoked_key_is_useless(tmp_path: Path) -> None:
    """A key works until it is revoked; an unknown one cannot be revoked."""
    ring = KeyRing(Ledger(tmp_path / "ledger.db"))
    made = ring.create(Role.ANALYST)
    assert ring.caller(made.secret) is not None
    ring.revoke(made.key_id)
    assert ring.caller(made.secret) is None
    with pytest.raises(MissingError):
        ring.revoke(made.key_id)


def test_a_purpose_must_be_the_roles(api: Api) -> None:
    """The purpose a request names is written down if it is the role's, and refused otherwise."""
    key = {"Authorization": f"Bearer {api.keys[Role.COACH]}"}
    assert api.http("POST", "/graphql", json=ASK, headers=key | {"X-Purpose": "marketing"}).status_code == 403
    body = {"query": "{ customers(first: 1) { edges { node { id } } } }"}
    api.http("POST", "/graphql", json=body, headers=key | {"X-Purpose": "care"})
    assert [entry["purpose"] for entry in api.audited()] == ["care"]


@pytest.mark.parametrize(
    ("body", "code"),
    [(b"x" * 300_000, "TOO_LARGE"), (b"{", "BAD_INPUT"), (b"[]", "BAD_INPUT"), (json.dumps({}).encode(), "BAD_INPUT")],
)
def test_bodies_are_bounded_and_checked(api: Api, body: bytes, code: str) -> None:
    """A body that is too large, or no GraphQL request, is refused with its code."""
    headers = {"Authorization": f"Bearer {api.keys[Role.COACH]}", "Content-Type": "application/json"}
    answer = api.http("POST", "/graphql", content=body, headers=headers)
    assert answer.json()["errors"][0]["extensions"]["code"] == code
