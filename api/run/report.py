"""What the report of a run says of the workspace: whom it is about, and what was set or chosen."""

from typing import Final

import pyarrow as pa

from api.run.settings import WorkspaceSettings
from resolution import MatchModel
from resolution.report import ReportContext, count_sources, setting_rows

SAID: Final = "said in c360.toml"


def report_context(settings: WorkspaceSettings, records: pa.Table, model: MatchModel) -> ReportContext:
    """The surroundings of a run.

    Args:
        settings: the workspace's.
        records: what was resolved.
        model: the model that was used.
    """
    return ReportContext(
        title=f"Who is who in {settings.workspace.name}",
        sources=count_sources(records),
        settings=setting_rows(settings.resolution, model, said=SAID),
        record_ids=records.column("record_id").combine_chunks(),
    )
