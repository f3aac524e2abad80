"""Rejects on disk as they come, so that a source most of whose rows have a problem needs no more memory than others."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from core.errors import BadInputError
from ingest.people.unreadable import UNREADABLE
from ingest.stage import AHEAD
from lake.query import quoted
from lake.tables import REJECTS

ALWAYS_ALLOWED: Final = 10
BATCH: Final = 65_536
UNCOUNTED: Final = UNREADABLE | {AHEAD}
NAME: Final = "rejects.parquet"
ORDER: Final = "source, file, line, field, reason, value"


@dataclass(slots=True, kw_only=True)
class RejectFiles:
    """The rejects of one source, in Parquet files of its own.

    Attributes:
        folder: where they are written; made when the first comes.
        parts: the files, in the order in which they came.
        reasons: how many rejects there are, by reason.
        kept: how many of them are of rows that were kept.
    """

    folder: Path
    parts: list[Path] = field(default_factory=list[Path])
    reasons: Counter[str] = field(default_factory=Counter[str])
    kept: int = 0

    def add(self, rows: pa.Table) -> None:
        """Write some rejects, in the schema of REJECTS."""
        if not rows.num_rows:
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        self.parts.append(self.folder / f"{len(self.parts):06}.parquet")
        pq.write_table(rows, self.parts[-1])
        self.kept += pc.sum(rows.column("kept")).as_py()
        for one in pc.value_counts(rows.column("reason")).to_pylist():
            self.reasons[one["values"]] += one["counts"]

    @property
    def set_aside(self) -> int:
        """How many of them are of rows that were set aside."""
        return self.reasons.total() - self.kept

    def first(self, reason: str) -> dict[str, object]:
        """The first reject with this reason."""
        for part in self.parts:
            found = pq.read_table(part, filters=[("reason", "=", reason)])
            if found.num_rows:
                row: dict[str, object] = found.slice(0, 1).to_pylist()[0]
                return row
        raise LookupError(reason)


def check_rejects(name: str, rows: int, rejects: RejectFiles, limit: float, stage: Path) -> None:
    """Stop a run whose source is worse than the limit; a handful of bad rows always passes.

    A date or cost that cannot be read counts as a row that cannot. A time to come does not, for appointments lie there;
    nor does a contact or code, for people write what they like in them.

    Args:
        name: of the source.
        rows: that could be read.
        rejects: of what was read.
        limit: largest share of rows that may be rejected, 0 to 1.
        stage: where the rejects are left for whoever mends the source.

    Raises:
        BadInputError: more rows were rejected than the limit allows.
    """
    counted = Counter({reason: number for reason, number in rejects.reasons.items() if reason not in UNCOUNTED})
    rejected = counted.total()
    if rejected <= ALWAYS_ALLOWED or rejected <= limit * (rows + rejected):
        return
    worst = max(counted, key=lambda reason: (counted[reason], reason))
    first = rejects.first(worst)
    path = write_rejects([rejects], stage)
    raise BadInputError(
        f"Source '{name}': {rejected} of {rows + rejected} rows cannot be used as they are, most often, and first "
        f"in line {first['line']} of {first['file']}: {worst}",
        remedy=f"Mend the source or its mapping, or raise reject_limit (now {limit}). "
        f"Every such row: `c360 rejects --stopped`, or {path}.",
        source=name,
        rejected=rejected,
        file=str(first["file"]),
        line=int(str(first["line"])),
        field=str(first["field"]) if first["field"] is not None else None,
        rejects=str(path),
    )


def write_rejects(rejects: Iterable[RejectFiles], stage: Path) -> Path:
    """Write the rejects of all sources into one file of the stage, in order. Memory: what DuckDB sorts in."""
    parts = [part for one in rejects for part in one.parts]
    path = stage / NAME
    with pq.ParquetWriter(path, REJECTS.schema) as writer:
        for batch in _sorted(parts, stage / "spill"):
            writer.write_batch(batch.cast(REJECTS.schema))
    return path


def _sorted(parts: Sequence[Path], spill: Path) -> Iterable[pa.RecordBatch]:
    if not parts:
        return
    listed = ", ".join(quoted(str(part)) for part in parts)
    with duckdb.connect() as database:
        database.execute(f"SET temp_directory = {quoted(str(spill))}")
        yield from database.sql(f"SELECT * FROM read_parquet([{listed}]) ORDER BY {ORDER}").to_arrow_reader(BATCH)
