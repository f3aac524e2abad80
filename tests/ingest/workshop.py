"""A workspace in which runs of ingest follow each other, and whose tables can be asked."""

import shutil
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb

from ingest import IngestContext, Ingested, SourceSettings, ingest
from lake.query import open_views

FIRST = datetime(2026, 1, 1, tzinfo=UTC)
KEY = b"k" * 32


@dataclass(slots=True, kw_only=True)
class Workshop:
    """A workspace whose runs follow each other, an hour apart."""

    root: Path
    runs: int = 0
    last: Ingested | None = None

    def write(self, name: str, text: str | bytes) -> Path:
        """Put a source file."""
        path = self.root / name
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    def run(self, *, reject_limit: float = 0.05, **sources: SourceSettings) -> Ingested:
        """Ingest the sources on top of the run before."""
        previous = None if self.last is None else self.tables()
        self.runs += 1
        stage = self.root / f"stage{self.runs}"
        stage.mkdir()
        context = IngestContext(
            root=self.root,
            stage=stage,
            key=KEY,
            now=FIRST + timedelta(hours=self.runs - 1),
            previous=previous,
            reject_limit=reject_limit,
        )
        self.last = ingest(sources, context)
        return self.last

    def tables(self) -> duckdb.DuckDBPyConnection:
        """The tables of the last run."""
        assert self.last is not None
        return open_views(
            {
                name: [getattr(self.last, name)]
                for name in ("records", "events", "event_deletions", "rejects", "watermarks")
            },
            threads=1,
        )

    def ask(self, query: str) -> list[tuple[object, ...]]:
        """Rows of a query over the last run's tables."""
        with closing(self.tables()) as tables:
            return tables.execute(query).fetchall()

    def bytes(self) -> tuple[bytes, ...]:
        """The staged files of the last run."""
        assert self.last is not None
        return tuple(path.read_bytes() for path in (self.last.records, self.last.events, self.last.rejects))

    def forget(self) -> None:
        """Begin again as if nothing had been read."""
        for stage in self.root.glob("stage*"):
            shutil.rmtree(stage)
        self.runs, self.last = 0, None
