"""Whom is this record of? Asked over GraphQL, weighed by the match model."""

import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from api.graphql import answer
from api.policy import Caller, Role
from resolution import MatchModel
from tests.api.conftest import Api, entity_id, person

RESOLVE = """query($r: RecordInput!) { resolve(record: $r) {
  entity candidates { entity probability verdict bits contributions { field bits } }
} }"""
CALLER = Caller(key_id="0" * 12, role=Role.COACH, purpose="care")


@pytest.fixture
def ask(api: Api, model: MatchModel) -> Callable[[dict[str, str]], Any]:
    """Asks whom a record is of."""
    engine = replace(api.engine, model=lambda: model)
    return lambda record: answer(engine, CALLER, RESOLVE, {"r": record})


def test_a_record_finds_its_person(ask: Callable[[dict[str, str]], Any], api: Api) -> None:
    """A record written another way leads to its person, with reasons in bits that add up, and is in the audit log."""
    profile = person(9)
    record = {"givenName": "EVANGELINE", "familyName": "Cordova", "email": profile["emails"][0].upper()}
    found = ask(record | {"birthDate": profile["birth_date"]})["data"]["resolve"]
    assert found["entity"] == entity_id(9)
    best = found["candidates"][0]
    assert sum(one["bits"] for one in best["contributions"]) == pytest.approx(best["bits"])
    assert {entry["operation"] for entry in api.audited()} == {"resolve"}


def test_a_namesake_is_possible(ask: Callable[[dict[str, str]], Any]) -> None:
    """A pair that stands alone is judged as `c360 lookup` judges it: two people may share names and birth date."""
    record = {"givenName": "Evangeline", "familyName": "Cordova", "birthDate": person(9)["birth_date"]}
    found = ask(record | {"email": "e.c@elsewhere.example"})["data"]["resolve"]
    assert (found["entity"], found["candidates"][0]["entity"]) == (None, entity_id(9))
    assert found["candidates"][0]["verdict"] == "possible"


def test_a_stranger_is_nobody(ask: Callable[[dict[str, str]], Any]) -> None:
    """A record that agrees with nobody has no entity and no candidates."""
    found = ask({"givenName": "Zenobia", "familyName": "Quillfeather", "birthDate": "2001-02-03"})["data"]["resolve"]
    assert found == {"entity": None, "candidates": []}


def test_what_is_asked_is_written_nowhere(
    ask: Callable[[dict[str, str]], Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A record is weighed in memory: it works where there is no folder for temporary files."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "missing"))
    record = {"givenName": "Evangeline", "familyName": "Cordova", "birthDate": person(9)["birth_date"]}
    found = ask(record | {"email": person(9)["emails"][0], "address": '2 "Mill", Lane;'})
    assert found["data"]["resolve"]["entity"] == entity_id(9)


def test_what_is_no_text_is_refused(ask: Callable[[dict[str, str]], Any]) -> None:
    """A value with a sign that no file could hold is refused, as it would be there."""
    answered = ask({"givenName": "Ada\0", "familyName": "Byron"})
    assert answered["errors"][0]["extensions"]["code"] == "BAD_INPUT"


def test_one_field_is_too_little(ask: Callable[[dict[str, str]], Any]) -> None:
    """A record of one field is refused, because it could not tell people apart."""
    assert ask({"city": "ludlow"})["errors"][0]["extensions"]["code"] == "BAD_INPUT"


def test_without_a_model_nothing_is_weighed(api: Api) -> None:
    """Before the first run there is no model, and the answer says so."""
    asked = {"r": {"givenName": "Ada", "familyName": "Byron"}}
    assert api.ask(Role.COACH, RESOLVE, asked)["errors"][0]["extensions"]["code"] == "NOT_FOUND"
