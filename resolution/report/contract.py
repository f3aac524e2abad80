"""What a report knows besides the resolution itself."""

from dataclasses import dataclass

import pyarrow as pa


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportContext:
    """The surroundings of a run; nothing of a person.

    Attributes:
        title: the page's title.
        sources: (source, records), in the order to show.
        columns: (column, kind, where it came from), as they were understood.
        settings: (setting, value, why) as they were used.
        record_ids: shape (records,). In the order of the resolution's rows; without them nothing to review is shown.
    """

    title: str
    sources: tuple[tuple[str, int], ...] = ()
    columns: tuple[tuple[str, str, str], ...] = ()
    settings: tuple[tuple[str, str, str], ...] = ()
    record_ids: pa.Array | None = None
