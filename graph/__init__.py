"""Entities and events become a property graph: ontology, projection, stores, bulk files."""

from pathlib import Path

from core.errors import BadInputError
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


def connect_server(settings: GraphSettings | str, *, dead_letters: Path | None = None) -> GraphStore:
    """Connect to a Gremlin Server or Neptune; see `graph.stores.server.connect_server`.

    Args:
        settings: where and how; text such as `ws://localhost:8182/gremlin` stands for an address with our defaults.
        dead_letters: a file for the elements that the server refuses; without it the first one ends a load.

    Raises:
        BadInputError: they name none.
    """
    from graph.stores.connections import Address
    from graph.stores.server import connect_server as connect
    from graph.stores.signing import signing

    settings = GraphSettings(url=settings) if isinstance(settings, str) else settings
    if settings.url is None:
        raise BadInputError("A Gremlin Server needs an address.", remedy="Set graph.url in c360.toml.", key="graph.url")
    address = Address(
        url=settings.url,
        traversal_source=settings.traversal_source,
        connections=settings.connections,
        answer_s=settings.answer_s,
        sign=signing(settings.aws_region) if settings.aws_region else None,
        trust=settings.trust,
    )
    return connect(address, dead_letters=dead_letters)


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
