"""What a projection is made of: tables to prepare, ids to give, and one query for each kind of vertex and edge.

The queries are text here and in the modules beside this one; `graph.projection.run` runs them.
"""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """The snapshot that is projected, the run that published it, and that run's clock."""

    snapshot_id: str
    run_id: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepare:
    """A temporary table that later queries read."""

    table: str
    sql: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A temporary table of the query's rows with an id for each.

    Attributes:
        table: the table's name; it has the query's columns and `id`.
        sql: distinct rows of string columns, which together are what is named.
        prefix: what the ids begin with.
        constants: parts of the name that stand before the columns.
        personal: ids are keyed by the workspace key; otherwise they depend on the content alone.
    """

    table: str
    sql: str
    prefix: str
    constants: tuple[str, ...] = ()
    personal: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class VertexQuery:
    """Vertices of one label: column `id` and the properties, in the order of ids."""

    label: str
    sql: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EdgeQuery:
    """Edges of one label and two ends: columns `out`, `in_` (unique together) and the properties, in their order."""

    label: str
    out_label: str
    in_label: str
    sql: str
