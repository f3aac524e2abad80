"""What an ontology is made of: vertex types, edge types, their properties and value types."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from graph.ontology.settings import OntologySettings
from graph.ontology.values import ValueType

VERTEX_COLUMNS: Final = ("id",)
EDGE_COLUMNS: Final = ("id", "out", "in_")


@dataclass(frozen=True, slots=True, kw_only=True)
class Property:
    """A property of an element: always one value, absent where nothing is known."""

    name: str
    type: ValueType
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VertexType:
    """A kind of vertex.

    Attributes:
        label: its label.
        says: what one such vertex is.
        ids: where its ids come from.
        properties: what it may carry, besides `uid`.
    """

    label: str
    says: str
    ids: str
    properties: tuple[Property, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EdgeType:
    """A kind of edge; attributes as in `VertexType`, with the labels of both ends.

    Attributes:
        ends: pairs of (label it leaves, label it reaches).
    """

    label: str
    says: str
    ends: tuple[tuple[str, str], ...]
    properties: tuple[Property, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ontology:
    """Every label there may be, by label, and what the workspace added.

    Attributes:
        vertices: vertex types by label, in the order in which they are written.
        edges: edge types by label, in the order in which they are written.
        added: the settings that the added ones come from, for the projection.
    """

    vertices: Mapping[str, VertexType]
    edges: Mapping[str, EdgeType]
    added: OntologySettings = field(default_factory=OntologySettings)


def string(name: str, says: str) -> Property:
    """A property that holds text."""
    return Property(name=name, type="String", says=says)


def boolean(name: str, says: str) -> Property:
    """A property that holds true or false."""
    return Property(name=name, type="Boolean", says=says)


def long(name: str, says: str) -> Property:
    """A property that holds a whole number of 64 bits."""
    return Property(name=name, type="Long", says=says)


def double(name: str, says: str) -> Property:
    """A property that holds a floating-point number."""
    return Property(name=name, type="Double", says=says)
