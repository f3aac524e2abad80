"""A graph by arithmetic, so that it can be made in any process and language: vertices with three properties, edges.

Vertex n is `v<n>` with a name of its own, one of 50 cities and an age below 90. Edge k joins the vertices that two
multiplicative hashes of k choose.
"""

from typing import Final

import numpy as np
import pyarrow as pa

from graph.contract import Batch, EdgeBatch, VertexBatch

VERTICES_BY_EDGES: Final = 5
OUT_FACTOR: Final = 2_654_435_761
IN_FACTOR: Final = 2_246_822_519
GROOVY: Final = """
def m = graph_g
m.createIndex('name', Vertex.class)
def v = new Vertex[{vertices}]
for (int i = 0; i < {vertices}; i++) {{
    v[i] = m.addVertex(T.id, 'v' + i, T.label, 'person')
    v[i].property(VertexProperty.Cardinality.single, 'name', 'name ' + i)
    v[i].property(VertexProperty.Cardinality.single, 'city', 'city ' + ((i * 7919L) % 50))
    v[i].property(VertexProperty.Cardinality.single, 'age', (int) ((i * 104729L) % 90))
}}
for (long k = 0; k < {edges}; k++) {{
    int out = (int) ((((k + 1) * 2654435761L) & 0xFFFFFFFFL) % {vertices})
    int into = (int) ((((k + 1) * 2246822519L) & 0xFFFFFFFFL) % {vertices})
    v[out].addEdge('knows', v[into], T.id, 'e' + k)
}}
m.getVerticesCount()
"""


def batches(vertices: int, edges: int) -> list[Batch]:
    """The graph as Arrow tables."""
    number = np.arange(vertices)
    people = pa.table(
        {
            "id": _named("v", number),
            "name": _named("name ", number),
            "city": _named("city ", number * 7919 % 50),
            "age": pa.array(number * 104729 % 90, pa.int32()),
        }
    )
    count = np.arange(1, edges + 1, dtype=np.uint64)
    mask = np.uint64(0xFFFFFFFF)
    out = (count * np.uint64(OUT_FACTOR) & mask) % np.uint64(vertices)
    in_ = (count * np.uint64(IN_FACTOR) & mask) % np.uint64(vertices)
    known = pa.table({"id": _named("e", np.arange(edges)), "out": _named("v", out), "in_": _named("v", in_)})
    return [
        VertexBatch(label="person", table=people),
        EdgeBatch(label="knows", out_label="person", in_label="person", table=known),
    ]


def _named(prefix: str, numbers: np.ndarray) -> pa.Array:
    return pa.array([f"{prefix}{number}" for number in numbers.tolist()], pa.string())
