"""The match model that a snapshot's links were made with."""

from pathlib import Path
from typing import Final

from lake import Lake, Snapshot
from resolution import MatchModel

NAMED: Final = "SELECT DISTINCT model_version FROM links WHERE origin = 'model' ORDER BY model_version"


def model_of(lake: Lake, snapshot: Snapshot, models: Path) -> MatchModel | None:
    """Read the model that a snapshot names, or none when the snapshot has no link that a model made."""
    with lake.connect(snapshot) as connection:
        names = [str(row[0]) for row in connection.execute(NAMED).fetchall()]
    path = models / f"{names[-1]}.json" if names else None
    return MatchModel.from_json(path.read_bytes()) if path is not None and path.is_file() else None
