"""Graphs that the tests of the embedded store share: TinkerPop's toy people, and small random ones."""

from collections.abc import Iterable
from pathlib import Path

import pyarrow as pa
from hypothesis import strategies as st

from graph.contract import Batch, EdgeBatch, VertexBatch
from graph.stores.embedded import EmbeddedStore

PEOPLE = ["josh", "marko", "peter", "vadas"]
AGES = [32, 29, 35, 27]


def modern() -> list[Batch]:
    """Six vertices and six edges, as every Gremlin reader knows them; ids are the names."""
    return [
        VertexBatch(
            label="person",
            table=pa.table({"id": PEOPLE, "name": PEOPLE, "age": pa.array(AGES, pa.int32())}),
        ),
        VertexBatch(
            label="software",
            table=pa.table({"id": ["lop", "ripple"], "name": ["lop", "ripple"], "lang": ["java", "java"]}),
        ),
        EdgeBatch(
            label="knows",
            out_label="person",
            in_label="person",
            table=pa.table(
                {"id": ["k1", "k2"], "out": ["marko", "marko"], "in_": ["vadas", "josh"], "weight": [0.5, 1.0]}
            ),
        ),
        EdgeBatch(
            label="created",
            out_label="person",
            in_label="software",
            table=pa.table(
                {
                    "id": ["c1", "c2", "c3", "c4"],
                    "out": ["marko", "josh", "josh", "peter"],
                    "in_": ["lop", "ripple", "lop", "lop"],
                    "weight": [0.4, 1.0, 0.4, 0.2],
                }
            ),
        ),
    ]


def open_with(directory: Path, batches: Iterable[Batch]) -> EmbeddedStore:
    """A store in this directory that holds the batches."""
    store = EmbeddedStore(directory)
    store.load(batches)
    return store


@st.composite
def small_graphs(draw: st.DrawFn) -> list[Batch]:
    """Two labels of vertices with a text and a number that may be absent, and edges of two labels."""
    first = draw(st.integers(1, 8))
    second = draw(st.integers(1, 5))
    sizes = {"a": first, "b": second}
    vertices = [_vertices(draw, label, size) for label, size in sizes.items()]
    kinds = [("likes", "a", "a"), ("likes", "a", "b"), ("has", "b", "a")]
    return [*vertices, *(_edges(draw, number, kind, sizes) for number, kind in enumerate(kinds))]


def _vertices(draw: st.DrawFn, label: str, size: int) -> Batch:
    ids = [f"{label}_{number}" for number in range(size)]
    text = draw(st.lists(st.sampled_from([None, "x", "y"]), min_size=size, max_size=size))
    number = draw(st.lists(st.none() | st.integers(0, 5), min_size=size, max_size=size))
    columns = {"id": ids, "text": pa.array(text, pa.string()), "number": pa.array(number, pa.int64())}
    return VertexBatch(label=label, table=pa.table(columns))


def _edges(draw: st.DrawFn, number: int, kind: tuple[str, str, str], sizes: dict[str, int]) -> Batch:
    label, out_label, in_label = kind
    ends = st.tuples(st.integers(0, sizes[out_label] - 1), st.integers(0, sizes[in_label] - 1))
    pairs = draw(st.lists(ends, max_size=12))
    table = pa.table(
        {
            "id": pa.array([f"e{number}_{place}" for place in range(len(pairs))], pa.string()),
            "out": pa.array([f"{out_label}_{out}" for out, _ in pairs], pa.string()),
            "in_": pa.array([f"{in_label}_{in_}" for _, in_ in pairs], pa.string()),
            "weight": pa.array(
                [None if place % 4 == 3 else place % 3 / 2 for place in range(len(pairs))], pa.float64()
            ),
        }
    )
    return EdgeBatch(label=label, out_label=out_label, in_label=in_label, table=table)
