"""Laws of the embedded engine: both executors agree, bulk is invisible, rounds are hops."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from gremlin_python.process.graph_traversal import GraphTraversal, GraphTraversalSource, __
from gremlin_python.process.traversal import P
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.contract import Batch
from graph.embedded.evaluation import evaluate
from graph.embedded.frontend import to_plan
from graph.embedded.numbers import add, divide
from graph.embedded.ordering import equal, order_key
from graph.embedded.values import Vertex, hash_key
from graph.stores.embedded import EmbeddedStore
from tests.graph.embedded_graphs import open_with, small_graphs

Extend = Callable[[GraphTraversal], GraphTraversal]
STEPS: list[Extend] = [
    lambda t: t.out(),
    lambda t: t.in_("likes"),
    lambda t: t.both("has", "likes"),
    lambda t: t.has_label("a"),
    lambda t: t.has("text", "x"),
    lambda t: t.has("a", "number", P.gt(2)),
    lambda t: t.has("number", P.without("x")),
    lambda t: t.has("text", P.neq("y")),
    lambda t: t.repeat(__.out()).times(2),
]
ENDS: list[Extend] = [
    lambda t: t.count(),
    lambda t: t.dedup(),
    lambda t: t.values("number"),
    lambda t: t.group_count().by("text"),
    lambda t: t.values("text").order(),
    lambda t: t.where(__.out()).limit(3),
]
scalars = st.none() | st.booleans() | st.integers(-5, 5) | st.floats(allow_nan=False) | st.text(max_size=2)


def answers(store: EmbeddedStore, traversal: Any, *, arrays: bool) -> list[Any]:
    """What one of the two executors gives, as comparable values."""
    graph = store._database.newest().graph  # pyright: ignore[reportPrivateUsage]  # the law is about two executors inside
    found = evaluate(to_plan(traversal.bytecode, graph.resolve), graph, arrays=arrays)
    keys = (item.value.handle if isinstance(item.value, Vertex) else hash_key(item.value) for item in found)
    return [key for key, item in zip(keys, found, strict=True) for _ in range(item.bulk)]


def built(g: GraphTraversalSource, steps: list[int], end: int) -> Any:
    """A traversal of these steps and this end."""
    traversal = g.V()
    for step in steps:
        traversal = STEPS[step](traversal)
    return ENDS[end](traversal)


@settings(max_examples=60)
@given(
    batches=small_graphs(),
    walks=st.lists(
        st.tuples(st.lists(st.integers(0, len(STEPS) - 1), max_size=4), st.integers(0, len(ENDS) - 1)), min_size=4
    ),
)
def test_both_executors_agree(batches: list[Batch], walks: list[tuple[list[int], int]]) -> None:
    """Arrays and interpreter give the same answers in the same order."""
    with tempfile.TemporaryDirectory() as directory:
        store = open_with(Path(directory), batches)
        for steps, end in walks:
            fast = answers(store, built(store.g(), steps, end), arrays=True)
            assert fast == answers(store, built(store.g(), steps, end), arrays=False)
        store.close()


@settings(max_examples=25)
@given(batches=small_graphs(), times=st.integers(1, 3))
def test_rounds_are_hops(batches: list[Batch], times: int) -> None:
    """repeat(out()).times(n) is out() n times, and a barrier on the way changes nothing."""
    with tempfile.TemporaryDirectory() as directory:
        store = open_with(Path(directory), batches)
        repeated = store.g().V().repeat(__.out().barrier()).times(times)
        plain = store.g().V()
        for _ in range(times):
            plain = plain.out()
        assert sorted(answers(store, repeated, arrays=False), key=str) == sorted(
            answers(store, plain, arrays=False), key=str
        )
        store.close()


@given(left=scalars, right=scalars)
def test_order_agrees_with_equality(left: Any, right: Any) -> None:
    """Values that are equal stand at one place of the total order, and only they."""
    assert (order_key(left) == order_key(right)) == equal(left, right)


@given(values=st.lists(scalars))
def test_any_values_can_be_sorted(values: list[Any]) -> None:
    """The order is total: whatever the types, sorting twice changes nothing."""
    once = sorted(values, key=order_key)
    assert [hash_key(value) for value in sorted(once, key=order_key)] == [hash_key(value) for value in once]


@given(left=st.integers(-(2**70), 2**70), right=st.integers(-(2**70), 2**70).filter(bool))
def test_integers_never_overflow(left: int, right: int) -> None:
    """Sums and quotients are exact, in a type wide enough for them."""
    assert add(left, right) == left + right
    assert divide(left, right) == int(abs(left) // abs(right)) * (1 if (left < 0) == (right < 0) else -1)
