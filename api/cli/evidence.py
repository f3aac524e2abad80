"""Where `c360 explain` and `evaluate` read from: a resolve's folder, or a workspace.

Both answer the same questions: which links do these records have, who is in this entity, what do all records say.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from api.cli.contract import OF_MEMBERS, OF_PAIR, Evidence
from api.cli.resolve_output import CLUSTERS, LINKS, need, read_inputs, read_model
from core.errors import BadInputError, MissingError
from ingest import read_people
from lake.query import quoted
from resolution import Judgement, MatchModel, ResolutionSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderEvidence:
    """What a resolve wrote to its folder."""

    folder: Path

    def pair(self, left: str, right: str) -> pa.Table:
        """The link of two records."""
        return self._on_links(OF_PAIR, {"left": left, "right": right})

    def record(self, name: str) -> str:
        """A record of a folder has one name only."""
        return name

    def entity(self, entity_id: str) -> tuple[str, list[str]]:
        """The entity's record ids."""
        query = "SELECT source || ':' || record_id FROM read_parquet($path) WHERE entity_id = $id ORDER BY 1"
        with duckdb.connect() as database:
            rows = database.execute(query, {"path": str(need(self.folder, CLUSTERS)), "id": entity_id}).fetchall()
        return entity_id, [str(row[0]) for row in rows]

    def links(self, members: Sequence[str]) -> pa.Table:
        """Links among these records."""
        return self._on_links(OF_MEMBERS, {"members": list(members)})

    def records(self) -> pa.Table:
        """The records, read again from the files they came from."""
        inputs = read_inputs(self.folder)
        return read_people([Path(file) for file in inputs.files], inputs.options()).records

    def sources(self) -> Mapping[str, str | None]:
        """The sources in the clusters, and the id columns that were named."""
        with duckdb.connect() as database:
            query = "SELECT DISTINCT source FROM read_parquet($path) ORDER BY source"
            rows = database.execute(query, {"path": str(need(self.folder, CLUSTERS))}).fetchall()
        return {str(source): " or ".join(read_inputs(self.folder).id_columns) or None for (source,) in rows}

    def model(self) -> MatchModel:
        """The folder's model."""
        return read_model(self.folder)

    def settings(self) -> ResolutionSettings:
        """How the records were resolved."""
        return read_inputs(self.folder).settings

    def judgements(self) -> Sequence[Judgement]:
        """None: a folder has no ledger."""
        return ()

    def clusters(self, run: str = "") -> pa.Table:
        """Who is who.

        Raises:
            MissingError: an earlier run is named; a folder holds one only.
        """
        if run:
            raise MissingError(f"There is no {run}.", remedy="Name the folder of another run.", run=run)
        return pq.read_table(need(self.folder, CLUSTERS), columns=["source", "record_id", "entity_id"])

    def tell(self, records: Sequence[str], who: str | None) -> None:
        """Write nothing: a folder of files has no audit log."""

    def _on_links(self, query: str, parameters: dict[str, object]) -> pa.Table:
        path = need(self.folder, LINKS)
        with duckdb.connect() as database:
            database.execute(f"CREATE VIEW links AS FROM read_parquet({quoted(str(path))})")
            answer: pa.Table = database.sql(query, params=parameters).to_arrow_table()
        return answer


def open_evidence(folder: Path, operation: str = "explain") -> Evidence:
    """Open what the folder holds.

    Args:
        folder: a resolve's folder or a workspace.
        operation: the command, for the audit log.

    Raises:
        BadInputError: it is neither a resolve's folder nor a workspace.
    """
    if (folder / "c360.toml").is_file():
        from api.cli.workspace_evidence import open_workspace_evidence

        return open_workspace_evidence(folder, operation)
    if (folder / LINKS).is_file():
        return FolderEvidence(folder=folder)
    raise BadInputError(
        f"{folder} is neither a workspace nor a resolve's folder.", remedy="Name one of the two.", folder=str(folder)
    )
