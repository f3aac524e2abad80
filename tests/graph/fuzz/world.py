"""The graph of the random traversals, small enough to be made anew: people, programs, towns, and edges between them."""

from collections.abc import Iterator
from typing import Any, Final

import pyarrow as pa
from gremlin_python.process.graph_traversal import GraphTraversalSource
from gremlin_python.process.traversal import Cardinality, T
from gremlin_python.statics import long

from graph.contract import Batch, EdgeBatch, VertexBatch

Row = tuple[Any, ...]
PEOPLE: Final[list[Row]] = [
    ("p1", "marko", 29, 5000000000, 1.5),
    ("p2", "vadas", 27, None, 0.25),
    ("p3", "josh", 32, 7, None),
    ("p4", "peter", 35, 12, 2.5),
    ("p5", "lop", None, 29, 1.5),
    ("p6", "anna", 29, None, None),
]
SOFTWARE: Final[list[Row]] = [
    ("s1", "lop", "java"),
    ("s2", "ripple", "java"),
    ("s3", "anna", None),
    ("s4", "Gremlin ", "py"),
]
TOWNS: Final[list[Row]] = [("t1", "oslo"), ("t2", "rome")]
KNOWS: Final[list[Row]] = [
    ("k1", "p1", "p2", 0.5, 2010), ("k2", "p1", "p3", 1.0, 2012), ("k3", "p3", "p4", 0.5, None),
    ("k4", "p4", "p1", 0.25, 2012), ("k5", "p5", "p5", 1.0, 2020), ("k6", "p2", "p1", None, 2011),
]  # fmt: skip
CREATED: Final[list[Row]] = [
    ("c1", "p1", "s1", 0.5), ("c2", "p3", "s2", 1.0), ("c3", "p3", "s1", 0.5), ("c4", "p4", "s1", 0.25),
    ("c5", "p1", "s1", 0.75), ("c6", "p6", "s3", None),
]  # fmt: skip
LIVES: Final[list[Row]] = [("l1", "p1", "t1"), ("l2", "p2", "t1"), ("l3", "p3", "t2"), ("l4", "p6", "t2")]
NEAR: Final[list[Row]] = [("n1", "t1", "t2")]

VERTICES: Final = {
    "person": (("name", "age", "score", "rank"), PEOPLE),
    "software": (("name", "lang"), SOFTWARE),
    "town": (("name",), TOWNS),
}
EDGES: Final = {
    ("knows", "person", "person"): (("weight", "since"), KNOWS),
    ("created", "person", "software"): (("weight",), CREATED),
    ("lives", "person", "town"): ((), LIVES),
    ("near", "town", "town"): ((), NEAR),
}
TYPES: Final = {"age": pa.int32(), "since": pa.int32(), "score": pa.int64()}
FLOATS: Final = frozenset({"weight", "rank"})
VERTEX_LABELS: Final = ("person", "software", "town", "none")
EDGE_LABELS: Final = ("knows", "created", "lives", "near", "none")
"""The last of each is borne by nothing."""
VERTEX_IDS: Final = tuple(row[0] for _, rows in VERTICES.values() for row in rows)
EDGE_IDS: Final = tuple(row[0] for _, rows in EDGES.values() for row in rows)


def batches() -> Iterator[Batch]:
    """The graph as batches."""
    for label, (keys, rows) in VERTICES.items():
        yield VertexBatch(label=label, table=_table(("id", *keys), rows))
    for (label, out_label, in_label), (keys, rows) in EDGES.items():
        table = _table(("id", "out", "in_", *keys), rows)
        yield EdgeBatch(label=label, out_label=out_label, in_label=in_label, table=table)


def _table(names: tuple[str, ...], rows: list[Row]) -> pa.Table:
    columns = {name: [row[place] for row in rows] for place, name in enumerate(names)}
    return pa.table({name: pa.array(column, _type(name)) for name, column in columns.items()})


def _type(name: str) -> pa.DataType:
    return TYPES.get(name, pa.float64() if name in FLOATS else pa.string())


def write(g: GraphTraversalSource) -> Any:
    """One traversal that makes the graph on a server: what was there goes, all vertices and edges come."""
    made: Any = g.inject(0).side_effect(_everything_gone())
    for label, (keys, rows) in VERTICES.items():
        for row in rows:
            made = made.add_v(label).property(T.id, row[0])
            for key, value in zip(keys, row[1:], strict=True):
                if value is not None:
                    made = made.property(Cardinality.single, key, long(value) if key == "score" else value)
            made = made.as_(row[0])
    for (label, _, _), (keys, rows) in EDGES.items():
        for row in rows:
            made = made.add_e(label).from_(row[1]).to(row[2]).property(T.id, row[0])
            for key, value in zip(keys, row[3:], strict=True):
                made = made if value is None else made.property(key, value)
    return made.count()


def _everything_gone() -> Any:
    from gremlin_python.process.graph_traversal import __

    return __.V().drop()
