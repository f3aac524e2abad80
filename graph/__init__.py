"""Entities and events become a property graph: ontology, projection, stores, bulk files."""

from pathlib import Path

from graph.bulk import BulkReport, write_bulk
from graph.check import Check, check
from graph.contract import (
    Batch,
    Difference,
    EdgeBatch,
    GraphSettings,
    GraphStore,
    VertexBatch,
    WriteReport,
)
from graph.ontology import ONTOLOGY, Ontology, OntologySettings, extend, reference_markdown, validate
from graph.projection import project


def open_embedded(directory: Path, settings: GraphSettings | None = None) -> GraphStore:
    """Open the graph that this process keeps in a directory, made when there is none."""
    from graph.stores.embedded import DEFAULTS, EmbeddedStore

    return EmbeddedStore(directory, settings or DEFAULTS)


def connect_server(url: str, *, traversal_source: str = "g") -> GraphStore:
    """Connect to a Gremlin Server; see `graph.stores.server.connect_server`."""
    from graph.stores.server import connect_server as connect

    return connect(url, traversal_source=traversal_source)


__all__ = [
    "ONTOLOGY",
    "Batch",
    "BulkReport",
    "Check",
    "Difference",
    "EdgeBatch",
    "GraphSettings",
    "GraphStore",
    "Ontology",
    "OntologySettings",
    "VertexBatch",
    "WriteReport",
    "check",
    "connect_server",
    "extend",
    "open_embedded",
    "project",
    "reference_markdown",
    "validate",
    "write_bulk",
]
