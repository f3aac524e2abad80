"""What `c360 explain` and `evaluate` read from a workspace: the newest snapshot and its match model."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyarrow as pa

from api.cli.contract import OF_MEMBERS, OF_PAIR, Evidence
from api.policy import told
from api.run import Workspace
from api.run.judgements import judgements
from api.run.models import model_of
from core.errors import MissingError
from resolution import Judgement, MatchModel, ResolutionSettings, redirects

FIELDS: Final = ("evidence", "profile")
PEOPLE_OF: Final = """
    SELECT DISTINCT entity_id FROM members WHERE record_id IN (SELECT unnest($records)) ORDER BY entity_id"""
LIVING: Final = "SELECT * FROM records WHERE deleted_at IS NULL ORDER BY record_id"
WHO_IS_WHO: Final = """
    SELECT source, source_key AS record_id, entity_id FROM records JOIN members USING (record_id)
    WHERE deleted_at IS NULL ORDER BY source, source_key"""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkspaceEvidence:
    """The newest snapshot of a workspace."""

    workspace: Workspace
    operation: str

    def pair(self, left: str, right: str) -> pa.Table:
        """The link of two records."""
        return self._ask(OF_PAIR, {"left": left, "right": right})

    def record(self, name: str) -> str:
        """The record's id; the API and the graph call it by its uid, which tells nobody's number."""
        found = self._ask("SELECT record_id FROM records WHERE uid = $name", {"name": name})
        return str(found.column("record_id")[0]) if found.num_rows else name

    def entity(self, entity_id: str) -> tuple[str, list[str]]:
        """The entity's present id, followed through merges, and its record ids."""
        moved = redirects(self.workspace.lake.read(self.workspace.newest(), "identity_log")).to_pylist()
        now = next((row["current_id"] for row in moved if row["entity_id"] == entity_id), entity_id)
        members = self._ask("SELECT record_id FROM members WHERE entity_id = $id ORDER BY record_id", {"id": now})
        return now, members.column("record_id").to_pylist()

    def links(self, members: Sequence[str]) -> pa.Table:
        """Links among these records."""
        return self._ask(OF_MEMBERS, {"members": list(members)})

    def records(self) -> pa.Table:
        """Living records."""
        return self._ask(LIVING, {})

    def sources(self) -> Mapping[str, str | None]:
        """The sources of people in c360.toml, and their keys."""
        every = self.workspace.settings.sources
        return {name: settings.key for name, settings in every.items() if settings.content == "people"}

    def model(self) -> MatchModel:
        """The model of the newest links."""
        model = model_of(self.workspace.lake, self.workspace.newest(), self.workspace.root / "models")
        if model is None:
            raise MissingError("This workspace has no match model yet.", remedy="Run `c360 run` first.")
        return model

    def settings(self) -> ResolutionSettings:
        """The settings in c360.toml."""
        return self.workspace.settings.resolution

    def judgements(self) -> Sequence[Judgement]:
        """What stands in the ledger."""
        return tuple(judgements(self.workspace.ledger))

    def clusters(self, run: str = "") -> pa.Table:
        """Who is who, the living records only; a run is named by its id or its snapshot's.

        Raises:
            MissingError: no snapshot bears this name.
        """
        every = self.workspace.lake.snapshots()
        found = (
            self.workspace.newest() if not run else next((one for one in every if run in {one.id, one.run_id}), None)
        )
        if found is None:
            raise MissingError(f"There is no run {run}.", remedy="Name a folder of `runs/`, or a snapshot.", run=run)
        with self.workspace.lake.connect(found) as lake:
            answer: pa.Table = lake.sql(WHO_IS_WHO).to_arrow_table()
        return answer

    def tell(self, records: Sequence[str], who: str | None) -> None:
        """Write the people of these records into the audit log."""
        asked: dict[str, object] = {"records": list(records)}
        people = self._ask(PEOPLE_OF, asked).column("entity_id").to_pylist()
        told(self.workspace.ledger, self.workspace.newest().id, self.operation, FIELDS, who)(people)

    def _ask(self, query: str, parameters: dict[str, object]) -> pa.Table:
        with self.workspace.lake.connect(self.workspace.newest()) as lake:
            answer: pa.Table = lake.sql(query, params=parameters).to_arrow_table()
        return answer


def open_workspace_evidence(folder: Path, operation: str) -> Evidence:
    """Open the workspace in this folder, for a command whose name goes into the audit log."""
    return WorkspaceEvidence(workspace=Workspace.open(folder), operation=operation)
