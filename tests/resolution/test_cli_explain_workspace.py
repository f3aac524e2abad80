"""`c360 explain` reads a workspace as it reads a resolve's folder, and follows ids that were merged away."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from typer.testing import CliRunner

from api.cli.main import build_app
from api.run import Workspace
from core.errors import MissingError
from lake.tables import LINKS, RECORDS
from resolution.entities import Previous, UnifyContext, unify

NOW = datetime(2026, 1, 31, tzinfo=UTC)
LINK = {
    "left": "crm:1",
    "right": "ehr:1",
    "probability": 0.98,
    "weight_bits": 6.0,
    "contributions": [{"field": "prior", "level": "", "bits": -8.0}, {"field": "email", "level": "same", "bits": 14.0}],
    "blocking_rule": "email",
    "model_version": "m",
    "origin": "model",
}


def record(source: str, key: str) -> dict[str, object]:
    """A record of which nothing is known but an e-mail address."""
    return {
        "record_id": f"{source}:{key}",
        "uid": f"r_{source}{key}",
        "source": source,
        "source_key": key,
        "kind": "customer",
        "anonymous": False,
        "version": 1,
        "ingested_at": NOW,
        "content_hash": "",
        "emails": ["one@example.org"],
    }


@pytest.fixture
def merged(tmp_path: Path) -> tuple[Path, str]:
    """A workspace in which two entities became one, and the id that was merged away."""
    records = pa.Table.from_pylist([record("crm", "1"), record("ehr", "1")], schema=RECORDS.schema)
    with Workspace.init(tmp_path) as workspace:
        context = UnifyContext(key=workspace.key, now=NOW, run_id="run_1")
        apart = unify(records, np.array([0, 1]), np.ones(2), previous=None, context=context)
        before = Previous(members=apart.members, identity_log=apart.identity_log)
        together = unify(records, np.array([0, 0]), np.ones(2), previous=before, context=context)
        draft = workspace.lake.draft("run_1", NOW)
        draft.write("records", records)
        draft.write("members", together.members)
        draft.write("identity_log", together.identity_log)
        draft.write("links", pa.Table.from_pylist([LINK], schema=LINKS.schema))
        draft.publish()
    (gone,) = set(apart.members.column("entity_id").to_pylist()) - set(together.members.column("entity_id").to_pylist())
    return tmp_path, gone


def explain(*arguments: str) -> dict[str, dict[str, Any]]:
    """What `c360 explain --json` answers."""
    result = CliRunner().invoke(build_app(("explain",)), ["explain", *arguments, "--json"], catch_exceptions=False)
    answer: dict[str, dict[str, Any]] = json.loads(result.stdout)
    return answer


def test_an_old_id_leads_to_the_entity_of_today(merged: tuple[Path, str]) -> None:
    """An id that was merged away explains the entity it became part of."""
    root, gone = merged
    entity = explain("entity", gone, "--in", str(root))["entity"]
    assert entity["members"] == ["crm:1", "ehr:1"]
    assert entity["entity_id"] != gone


def test_a_link_of_the_lake_is_explained(merged: tuple[Path, str]) -> None:
    """Two records of a workspace are explained by the link between them."""
    pair = explain("ehr:1", "crm:1", "--in", str(merged[0]))["pair"]
    assert (pair["left"], pair["weight_bits"]) == ("crm:1", 6.0)
    assert {each["field"]: each["left"] for each in pair["contributions"]}["email"] == ["one@example.org"]


def test_an_id_that_nobody_bears_is_missing(merged: tuple[Path, str]) -> None:
    """An unknown entity is said to be missing."""
    with pytest.raises(MissingError, match="No entity"):
        explain("entity", "e_nobody", "--in", str(merged[0]))
