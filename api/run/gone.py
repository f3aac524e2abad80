"""Sources that a workspace's newest snapshot has rows of and its c360.toml no longer names."""

from api.run.workspace import Workspace
from ingest import Gone
from ingest.marks import GONE


def gone_sources(workspace: Workspace) -> tuple[Gone, ...]:
    """The sources that are gone since an earlier run, by name; none before the first. Cost: O(rows)."""
    snapshot = workspace.lake.latest()
    if snapshot is None:
        return ()
    with workspace.lake.connect(snapshot) as lake:
        rows = lake.execute(GONE, {"sources": sorted(workspace.settings.sources)}).fetchall()
    return tuple(Gone(source=source, records=records, events=events) for source, records, events in rows)
