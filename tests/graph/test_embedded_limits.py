"""One traversal cannot take the process down: each limit raises an error that names it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from gremlin_python.process.graph_traversal import GraphTraversalSource, __

from graph.contract import EdgeBatch, GraphSettings, TraversalLimits, VertexBatch
from graph.embedded.limits import LimitError
from graph.stores.embedded import EmbeddedStore

SIZE = 300


def circle(directory: Path, **limits: Any) -> EmbeddedStore:
    """A graph in which every walk goes on for ever, and divides in three at each step."""
    store = EmbeddedStore(directory, GraphSettings(limits=TraversalLimits(**limits)))
    ids = [f"v{number}" for number in range(SIZE)]
    ends = [(one, (one * 7 + step) % SIZE) for one in range(SIZE) for step in range(3)]
    table = {
        "id": [f"e{number}" for number in range(len(ends))],
        "out": [ids[out] for out, _ in ends],
        "in_": [ids[in_] for _, in_ in ends],
    }
    edges = EdgeBatch(label="to", out_label="v", in_label="v", table=pa.table(table))
    store.load([VertexBatch(label="v", table=pa.table({"id": ids})), edges])
    return store


def endless(g: GraphTraversalSource) -> Any:
    """A walk that remembers where it was, and so never becomes one with another."""
    return g.V().repeat(__.out().simple_path()).until(__.loops().is_(-1)).path()


ASKS: list[tuple[str, float, Callable[[GraphTraversalSource], Any]]] = [
    ("evaluation_s", 0.05, endless),
    ("memory_mb", 20, endless),
    ("memory_mb", 1, lambda g: g.V().out().out().out().out().out().out()),
    ("results", 100, lambda g: g.V()),
    ("results", 100, lambda g: g.V().values("x").fold().union(__.V().out())),
    ("loops", 5, lambda g: g.V("v0").repeat(__.out().dedup()).until(__.has_label("no"))),
    ("path_length", 9, lambda g: g.V("v0").repeat(__.out().limit(1)).times(20).path()),
]


@pytest.mark.parametrize(("limit", "value", "ask"), ASKS)
def test_what_goes_beyond_a_limit_is_given_up(tmp_path: Path, limit: str, value: float, ask: Any) -> None:
    """The error names the limit and its value, and the store goes on answering."""
    off = {"evaluation_s": 0, "memory_mb": 0, "results": 0, "loops": 0, "path_length": 0}
    store = circle(tmp_path, **{**off, limit: value})
    with pytest.raises(LimitError, match=rf"{limit} in \[graph.limits\]") as raised:
        ask(store.g()).to_list()
    assert (raised.value.facts["limit"], raised.value.facts["value"]) == (limit, value)
    assert store.g().V().count().next() == SIZE
    store.close()


def test_a_write_beyond_a_limit_leaves_nothing(tmp_path: Path) -> None:
    """What it wrote until then is taken back."""
    store = circle(tmp_path, evaluation_s=0.2)
    with pytest.raises(LimitError):
        store.g().V().repeat(__.add_e("to").to(__.V("v0")).in_v()).until(__.loops().is_(-1)).iterate()
    assert store.g().E().count().next() == SIZE * 3
    store.close()


def test_steps_in_steps_without_end_are_refused(tmp_path: Path) -> None:
    """Nesting deeper than the interpreter can go is an error like the others."""
    store = circle(tmp_path)
    nested = __.out()
    for _ in range(3000):
        nested = __.local(nested)
    with pytest.raises(LimitError, match="nested"):
        store.g().V().local(nested).to_list()
    store.close()
