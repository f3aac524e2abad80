"""The `[ontology]` section of c360.toml: vertices and edges that a workspace adds, and limits of shared identifiers.

[ontology.vertices.Clinic]
says = "A place where visits happen."
event_type = "visit"                                # or: table = "consents"
id = ["attributes.clinic"]
properties.name = { type = "String", column = "attributes.clinic" }

[ontology.edges.HAPPENED_AT]
says = "Where the visit was."
event_type = "visit"
out = { label = "Event", id = ["event_id"] }
in = { label = "Clinic", id = ["attributes.clinic"] }
"""

import msgspec

from core.settings import Settings
from graph.ontology.values import ValueType


class PropertySettings(Settings, frozen=True, kw_only=True):
    """A property of an added label: its type, and the column it comes from (`attributes.NAME` reaches into a map)."""

    type: ValueType
    column: str
    says: str = ""


class EndSettings(Settings, frozen=True, kw_only=True):
    """One end of an added edge: a label, and the columns that name the vertex as that label's `id` does."""

    label: str
    id: list[str]


class VertexSettings(Settings, frozen=True, kw_only=True):
    """An added vertex label. Exactly one of `event_type` and `table` says which rows make one; equal ids are one."""

    says: str
    id: list[str]
    event_type: str | None = None
    table: str | None = None
    properties: dict[str, PropertySettings] = msgspec.field(default_factory=dict[str, PropertySettings])


class EdgeSettings(Settings, frozen=True, kw_only=True):
    """An added edge label. Exactly one of `event_type` and `table` says which rows make one; equal ends are one."""

    says: str
    out: EndSettings
    into: EndSettings = msgspec.field(name="in")
    event_type: str | None = None
    table: str | None = None
    properties: dict[str, PropertySettings] = msgspec.field(default_factory=dict[str, PropertySettings])


class OntologySettings(Settings, frozen=True, kw_only=True):
    """What a workspace adds to the graph.

    Attributes:
        vertices: added vertex labels.
        edges: added edge labels.
        identifier_limits: by system: the most people an identifier may be known of before it counts as shared.
    """

    vertices: dict[str, VertexSettings] = msgspec.field(default_factory=dict[str, VertexSettings])
    edges: dict[str, EdgeSettings] = msgspec.field(default_factory=dict[str, EdgeSettings])
    identifier_limits: dict[str, int] = msgspec.field(default_factory=dict[str, int])
