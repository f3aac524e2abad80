"""What resolvers stand on: the engine's ports, and one request with its snapshot, connection and disclosures.

A request pins one snapshot, holds one DuckDB connection that no other thread uses, and remembers whom it tells about.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import duckdb
import pyarrow as pa
from gremlin_python.process.graph_traversal import GraphTraversal

from api.graphql.errors import GraphEmptyError, LakeEmptyError
from api.graphql.remembered import Remembered
from api.policy import Access, AuditLog, Caller, Disclosure, FieldClass, Limits, access, mask_value
from core.clock import Clock, utc_now
from core.errors import BadInputError, BrokenError
from graph.contract import GraphStore
from ingest.clean import NO_REGION
from lake import Lake, Snapshot
from lake.ledger import Ledger
from resolution import MatchModel

LIMITS: Final = Limits()
SEGMENTS: Final = 2_000
"""Segments of which it is remembered what they ask about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Engine:
    """Everything that answers are made from; a workspace fills it.

    Attributes:
        lake: the tables.
        ledger: segment definitions, keys, audit.
        graph: gives the configured store, opened once.
        key: the workspace key; checks cursors.
        exports: the folder where exported segments go.
        region: country of the telephone numbers that a definition writes without a country code.
        model: the newest match model, or none before the first run.
        limits: what one caller may ask for.
        flows: numbers of journeys that were counted before.
        classes: what segments were found to ask about, in the words of a snapshot.
        clock: the time that new segments bear; answers take theirs from the snapshot.
    """

    lake: Lake
    ledger: Ledger
    graph: Callable[[], GraphStore]
    key: bytes
    exports: Path
    region: str = NO_REGION
    model: Callable[[], MatchModel | None] = lambda: None
    limits: Limits = LIMITS
    flows: Remembered[pa.Table] = field(default_factory=Remembered[pa.Table])
    classes: Remembered[frozenset[FieldClass]] = field(default_factory=lambda: Remembered(SEGMENTS))
    clock: Clock = utc_now


@dataclass(slots=True, kw_only=True)
class Request:
    """One document being answered for one caller. Belongs to one thread."""

    engine: Engine
    caller: Caller
    _snapshot: Snapshot | None = None
    _connection: duckdb.DuckDBPyConnection | None = None
    _graph_snapshot: str | None = None
    _told: dict[tuple[str, str], set[str]] = field(default_factory=dict[tuple[str, str], set[str]])

    def snapshot(self) -> Snapshot:
        """The snapshot that this answer is about, the newest unless one was pinned.

        Raises:
            LakeEmptyError: nothing has been published.
        """
        if self._snapshot is None:
            self._snapshot = self.engine.lake.latest()
        if self._snapshot is None:
            raise LakeEmptyError("Nothing has been run yet.", remedy="Run `c360 run`.")
        return self._snapshot

    def pin(self, snapshot_id: str) -> None:
        """Answer from this snapshot, because a cursor was made in it.

        Raises:
            BadInputError: another part of the document is about another snapshot.
        """
        if self._snapshot is None:
            self._snapshot = self.engine.lake.snapshot(snapshot_id)
        if self._snapshot.id != snapshot_id:
            raise BadInputError(
                "The document asks for two snapshots.", remedy="Go through the pages of an older one by themselves."
            )

    def connection(self) -> duckdb.DuckDBPyConnection:
        """This request's connection to the snapshot's tables."""
        if self._connection is None:
            self._connection = self.engine.lake.connect(self.snapshot())
        return self._connection

    def graph(self) -> GraphStore:
        """The graph, once it is known to hold a snapshot.

        Raises:
            GraphEmptyError: it holds none.
        """
        store = self.engine.graph()
        if self._graph_snapshot is None:
            self._graph_snapshot = store.snapshot()
        if self._graph_snapshot is None:
            raise GraphEmptyError("The graph holds no snapshot yet.", remedy="Run `c360 run`; it loads the graph.")
        return store

    def ask(self, traversal: Callable[[GraphStore], GraphTraversal]) -> list[object]:
        """Run one traversal on the graph."""
        store = self.graph()
        return store.run(traversal(store))

    def sees(self, field_class: FieldClass) -> bool:
        """Whether the caller sees this class clearly."""
        return access(self.caller.role, field_class) is Access.CLEAR

    def shown(self, name: str, value: str | None) -> str | None:
        """The value of `Type.field` as this caller may see it."""
        return mask_value(self.caller.role, name, value)

    def tell(self, operation: str, people: Iterable[str], fields: Iterable[str]) -> None:
        """Remember that the answer tells these fields about these people."""
        names = frozenset(fields)
        for person in people:
            self._told.setdefault((operation, person), set()).update(names)

    def write_audit(self) -> None:
        """Write down everybody the answer tells about; the answer may leave only after this."""
        snapshot = self._snapshot.id if self._snapshot is not None else self._graph_snapshot or ""
        disclosures = [
            Disclosure(operation=operation, entity_id=person, fields=tuple(sorted(fields)), snapshot=snapshot)
            for (operation, person), fields in sorted(self._told.items())
        ]
        AuditLog(self.engine.ledger).record(self.caller, disclosures)
        self._told.clear()

    def extensions(self) -> dict[str, object]:
        """What the answer says of itself: the snapshots it used, and whether the graph was behind."""
        said: dict[str, object] = {}
        if self._snapshot is not None:
            said["snapshot"] = self._snapshot.id
        if self._graph_snapshot is not None:
            said["graphSnapshot"] = self._graph_snapshot
            newest = self.engine.lake.latest()
            said["graphBehind"] = newest is not None and newest.id != self._graph_snapshot
        return said

    def close(self) -> None:
        """Give the connection back."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def request_of(context: object) -> Request:
    """The request in a resolver's context."""
    if not isinstance(context, Request):
        raise BrokenError("A resolver ran without its request.")
    return context
