"""What every graph store takes and gives: batches of elements as Arrow tables, differences, reports, the port.

The ontology says which labels and properties there are; a store only needs the columns named here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, Protocol, runtime_checkable

import pyarrow as pa
from gremlin_python.process.graph_traversal import GraphTraversal, GraphTraversalSource

from core.settings import Settings


class TraversalLimits(Settings, frozen=True):
    """What one traversal of the embedded graph may use; 0 means no limit.

    Attributes:
        evaluation_s: seconds until a traversal is given up.
        memory_mb: growth of the process while a traversal runs, in units of 10⁶ bytes; others that run meanwhile count,
            too. Only where the system tells (Linux).
        results: traversers in an answer, equal ones counted once.
        loops: rounds of one `repeat()`.
        path_length: objects on one path.
    """

    evaluation_s: float = 60.0
    memory_mb: int = 2000
    results: int = 5_000_000
    loops: int = 100_000
    path_length: int = 100_000


class GraphSettings(Settings, frozen=True):
    """The `[graph]` section: which store holds the graph.

    Attributes:
        store: `embedded` keeps it in the workspace's `graph/` directory; `gremlin` sends it to a Gremlin Server.
        url: the server's WebSocket address, such as `ws://localhost:8182/gremlin`; for `gremlin` only.
        traversal_source: the name under which the server offers the graph.
        connections: how many requests the server is sent at the same time; for Neptune twice the writer's vCPUs.
        answer_s: seconds until a server that says nothing is given up.
        aws_region: the region of a Neptune cluster that asks for IAM; connections are signed with the credentials that
            AWS's libraries find. Needs the extra `aws`.
        trust: a file of certificates in PEM to trust beside the system's, for `wss://`.
        write_wait_s: how long a write to the embedded graph waits for another transaction.
        limits: what one traversal of the embedded graph may use.
        language: TinkerPop's line whose meaning counts on the embedded graph where the lines differ.
    """

    store: Literal["embedded", "gremlin"] = "embedded"
    url: str | None = None
    traversal_source: str = "g"
    connections: int = 4
    answer_s: float = 120.0
    aws_region: str | None = None
    trust: str | None = None
    write_wait_s: float = 60.0
    limits: TraversalLimits = TraversalLimits()
    language: Literal["3.7", "3.8"] = "3.8"


@dataclass(frozen=True, slots=True, kw_only=True)
class VertexBatch:
    """Vertices of one label.

    Attributes:
        label: the label of all of them.
        table: column `id` (string, no nulls, unique) and one column per property; a null is an absent property.
    """

    label: str
    table: pa.Table


@dataclass(frozen=True, slots=True, kw_only=True)
class EdgeBatch:
    """Edges of one label between vertices of two labels.

    Attributes:
        label: the label of all of them.
        out_label: the label of the vertices they leave.
        in_label: the label of the vertices they reach.
        table: columns `id`, `out`, `in_` (string, no nulls; `id` unique) and one column per property; null is absent.
    """

    label: str
    out_label: str
    in_label: str
    table: pa.Table


Batch = VertexBatch | EdgeBatch


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What changed: elements to write as they now are, and ids to delete.

    Attributes:
        upserts: batches as for `GraphStore.load`; a listed element's properties become exactly the batch's.
        deleted_vertices: string ids; their edges go with them. Unknown ids are passed over.
        deleted_edges: string ids. Unknown ids are passed over.
    """

    upserts: Iterable[Batch]
    deleted_vertices: pa.Array
    deleted_edges: pa.Array


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteReport:
    """How many elements a write really changed; elements that were already so do not count."""

    vertices_written: int = 0
    edges_written: int = 0
    vertices_deleted: int = 0
    edges_deleted: int = 0


@runtime_checkable
class ColumnReader(Protocol):
    """A store that gives the properties of many elements at once."""

    def properties(self, ids: pa.Array, *, edges: bool) -> pa.Table | None:
        """Column `id` and one column a property, of those elements that there are.

        None when columns cannot hold them: several types, or several values of one property.
        """
        ...


class GraphStore(Protocol):
    """A place that keeps the property graph and answers Gremlin."""

    def load(self, batches: Iterable[Batch]) -> WriteReport:
        """Upsert every element of the batches, vertices before their edges; all of it or nothing.

        Idempotent: loading the same batches again writes 0. Elements that no batch names stay.

        Raises:
            BadInputError: a column is missing or of an unusable type, an id repeats, or an edge's end is unknown.
        """
        ...

    def apply(self, difference: Difference) -> WriteReport:
        """Upsert and delete in one transaction; deletions after upserts. Errors as in `load`."""
        ...

    def g(self) -> GraphTraversalSource:
        """A traversal source for writing traversals; its terminal steps run on this store."""
        ...

    def run(self, traversal: GraphTraversal) -> list[object]:
        """Run a traversal and give all its results; safe from several threads.

        Elements come as references (id and label): project what you need.
        """
        ...

    def snapshot(self) -> str | None:
        """The lake snapshot this graph shows: the id of the Snapshot vertex with the latest `at_ts`."""
        ...

    def close(self) -> None:
        """Release the store's files or connections. Using it afterwards raises."""
        ...
