"""What the report of a run says of the workspace: whom it is about, and what was set or chosen."""

from typing import Final

import pyarrow as pa

from api.run.settings import WorkspaceSettings
from resolution import MatchModel, ResolutionSettings
from resolution.report import ReportContext, count_sources

SAID: Final = "said in c360.toml"
DEFAULT: Final = "default"


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
        settings=_rows(settings.resolution, model),
        record_ids=records.column("record_id").combine_chunks(),
    )


def _rows(settings: ResolutionSettings, model: MatchModel) -> tuple[tuple[str, str, str], ...]:
    """Each setting, its value, and why it is so."""
    usual = ResolutionSettings()
    shown = {
        "pair budget": (str(settings.pair_budget), settings.pair_budget != usual.pair_budget),
        "own blocking rules": ("; ".join(" + ".join(rule) for rule in settings.blocking), bool(settings.blocking)),
        "automatic blocking rules": ("yes" if settings.automatic_blocking else "no", not settings.automatic_blocking),
        "link only": ("yes" if settings.link_only else "no", settings.link_only),
        "unique identifiers": (", ".join(settings.unique_identifiers), bool(settings.unique_identifiers)),
        "one per source": (", ".join(settings.one_per_source), bool(settings.one_per_source)),
    }
    why = SAID if settings.threshold is not None else "chosen from the data"
    return (
        ("threshold", f"{model.threshold:.4f}", why),
        *((name, value or "none", SAID if said else DEFAULT) for name, (value, said) in shown.items()),
    )
