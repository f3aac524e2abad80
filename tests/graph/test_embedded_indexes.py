"""An index over many rows answers as a look at every row does, with single and bulk writes in between."""

import tempfile
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from gremlin_python.process.graph_traversal import GraphTraversalSource, __
from gremlin_python.process.traversal import P, T
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.contract import VertexBatch
from graph.stores.embedded import EmbeddedStore
from tests.graph.embedded_graphs import open_with

ROWS = 1500
TEXTS = ["", "x", "y", "é", "a longer text"]
WRITES = st.tuples(
    st.sampled_from(["set", "drop", "add", "load"]), st.integers(0, ROWS - 1), st.sampled_from([*TEXTS, "new"])
)


def table(seed: int) -> VertexBatch:
    """Rows with a text, a number and a fraction, a part of each absent."""
    rows = range(ROWS)
    columns: dict[str, Any] = {
        "id": [f"v{row}" for row in rows],
        "text": [None if row * seed % 11 == 0 else TEXTS[row * seed % 5] for row in rows],
        "number": pa.array([None if row % 7 == 0 else row * seed % 40 for row in rows], pa.int64()),
        "part": pa.array([None if row % 5 == 0 else row * seed % 9 / 2 for row in rows], pa.float64()),
    }
    return VertexBatch(label="v", table=pa.table(columns))


def write(store: EmbeddedStore, what: str, row: int, text: str) -> None:
    """One write of a kind."""
    g: Any = store.g()
    if what == "set":
        g.V(f"v{row}").property("text", text).iterate()
    elif what == "drop":
        g.V(f"v{row}").drop().iterate()
    elif what == "add":
        g.merge_v({T.id: f"w{row}", T.label: "v", "text": text}).iterate()
    else:
        store.load([VertexBatch(label="v", table=pa.table({"id": [f"v{row}", f"u{row}"], "text": [text, text]}))])


def both_ways(g: GraphTraversalSource, key: str, value: Any) -> tuple[list[Any], list[Any]]:
    """Ids with the value: by the index, and by a look at each."""
    fast = g.V().has(key, value).id_().to_list()
    slow = g.V().filter_(__.values(key).is_(P.eq(value)).count().is_(1)).id_().to_list()
    return sorted(fast), sorted(slow)


@settings(max_examples=6, deadline=None)
@given(seed=st.integers(1, 50), writes=st.lists(WRITES, min_size=2, max_size=5))
def test_an_index_gives_what_a_scan_gives(seed: int, writes: list[tuple[str, int, str]]) -> None:
    """Before the index is there, with it, and after each write."""
    with tempfile.TemporaryDirectory() as directory:
        store = open_with(Path(directory), [table(seed)])
        for step in [None, None, None, *writes]:
            if step is not None:
                write(store, *step)
            for key, value in (("text", "x"), ("text", ""), ("text", "new"), ("number", 3), ("part", 2.0)):
                fast, slow = both_ways(store.g(), key, value)
                assert fast == slow
        store.close()


@pytest.mark.parametrize("value", ["no such text", 3.5, 2**40, True, None])
def test_a_value_of_another_kind_finds_nothing(tmp_path: Path, value: Any) -> None:
    """Nor does it disturb the index."""
    store = open_with(tmp_path, [table(1)])
    for _ in range(4):
        assert store.g().V().has("number", value).to_list() == []
    store.close()
