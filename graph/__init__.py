"""Entities and events become a property graph: ontology, projection, stores, bulk files."""

from pathlib import Path
from typing import TYPE_CHECKING

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

if TYPE_CHECKING:
    from graph.stores.loader import LoadStatus


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


def load_bulk(settings: GraphSettings, source: str, role: str, *, resume: bool = False) -> "list[LoadStatus]":
    """Have Neptune's bulk loader read what `write_bulk` wrote; see `graph.stores.loader`.

    Args:
        settings: with the cluster's address and its region.
        source: `s3://bucket/prefix`, above `vertices/` and `edges/`.
        role: ARN of the role that lets Neptune read it.
        resume: whether to go on with the last load of the same source, if it failed.

    Raises:
        BadInputError: the settings name no cluster or no region, or the loader refuses the request.
        BrokenError: a part failed; its facts name the load, and file and line of the first errors.
    """
    from graph.stores.loader import BulkLoader, LoadSettings, endpoint_of, load_parts, over_http
    from graph.stores.signing import signing_requests

    if settings.url is None or settings.aws_region is None:
        raise BadInputError(
            "The loader needs a cluster and its region.", remedy="Set graph.url and graph.aws_region in c360.toml."
        )
    send = over_http(signing_requests(settings.aws_region), trust=settings.trust)
    wanted = LoadSettings(source=source, role=role, region=settings.aws_region)
    return load_parts(BulkLoader(endpoint_of(settings.url), send), wanted, resume=resume)


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
    "load_bulk",
    "open_embedded",
    "project",
    "reference_markdown",
    "validate",
    "write_bulk",
]
