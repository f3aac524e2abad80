"""Audit: everybody an answer tells about is written down first, or the answer is withheld."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest

from api.graphql import answer
from api.policy import Caller, Role
from core.errors import BrokenError
from lake.ledger import Ledger
from tests.api.conftest import Api

CALLER = Caller(key_id="0" * 12, role=Role.COACH, purpose="care")


def test_each_person_disclosed_is_written_once_an_answer(api: Api) -> None:
    """A page of seven people adds seven entries: who asked, as what, for what, whom, which fields, which snapshot."""
    page = api.ask(Role.COACH, "{ customers(first: 7) { edges { node { id email } } } }")
    people = [edge["node"]["id"] for edge in page["data"]["customers"]["edges"]]
    entries = api.audited()[-7:]
    assert sorted(entry["entity_id"] for entry in entries) == sorted(people)
    assert {tuple(entry["fields"]) for entry in entries} == {("email", "id")}
    assert {(entry["operation"], entry["role"], entry["purpose"]) for entry in entries} == {
        ("customers", "coach", "coaching")
    }
    assert {entry["snapshot"] for entry in entries} == {page["extensions"]["snapshot"]}


def test_the_log_is_a_chain(api: Api) -> None:
    """The entries form a chain that verifies."""
    api.ask(Role.COACH, "{ customers(first: 3) { edges { node { id } } } }")
    assert api.engine.ledger.verify("audit") == 3


def test_aggregates_disclose_nobody(api: Api) -> None:
    """Counting people tells about none of them."""
    definition = {"match": "event", "type": ["order"]}
    document = "query($d: JSON!) { segmentPreview(definition: $d) { size } }"
    assert api.ask(Role.ANALYST, document, {"d": definition})["data"]["segmentPreview"]["size"] == 45
    assert not api.audited()


class FullDisk(Ledger):
    """A ledger that can no longer write."""

    def append_all(self, stream: str, entries: Sequence[Mapping[str, object]]) -> int:  # noqa: ARG002  # the port has it
        """Fail."""
        raise BrokenError("No space left.")


@pytest.fixture
def full(api: Api, tmp_path: Any) -> Any:
    """The company's engine on a full disk."""
    ledger = FullDisk(tmp_path / "full.db")
    yield replace(api.engine, ledger=ledger)
    ledger.close()


def test_an_answer_that_cannot_be_logged_is_withheld(full: Any) -> None:
    """When the log cannot be written, nothing of the answer leaves."""
    body = answer(full, CALLER, "{ customers(first: 3) { edges { node { id email } } } }")
    assert body["data"] is None
    assert "example" not in str(body)
    assert "RETRYABLE" in str(body["errors"])
