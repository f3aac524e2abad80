"""Laws of the embedded engine: both executors agree, bulk is invisible, rounds are hops."""

import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from gremlin_python.process.graph_traversal import GraphTraversal, GraphTraversalSource, __
from gremlin_python.process.traversal import Cardinality, Column, Order, P, T
from gremlin_python.statics import long
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import BadInputError
from graph.contract import Batch
from graph.embedded.evaluation import evaluate
from graph.embedded.frontend import to_plan
from graph.embedded.numbers import add, divide
from graph.embedded.ordering import equal, order_key
from graph.embedded.values import Vertex, hash_key
from graph.stores.embedded import EmbeddedStore
from tests.graph.embedded_graphs import modern, open_with, small_graphs

Extend = Callable[[GraphTraversal], GraphTraversal]
STEPS: list[Extend] = [
    lambda t: t.out(),
    lambda t: t.in_("likes"),
    lambda t: t.both("has", "likes"),
    lambda t: t.out_e("likes").in_v(),
    lambda t: t.both_e().out_v(),
    lambda t: t.has_label("a"),
    lambda t: t.has("text", "x"),
    lambda t: t.has("a", "number", P.gt(2)),
    lambda t: t.has("number", P.without("x")),
    lambda t: t.has("text", P.neq("y")),
    lambda t: t.has("number", 2),
    lambda t: t.has(T.label, P.within("a", "c")),
    lambda t: t.repeat(__.out()).times(2),
    lambda t: t.repeat(__.both("likes").has("number", P.lt(4))).times(3),
    lambda t: t.where(__.out("likes").has("text", "x")),
    lambda t: t.not_(__.in_("has")),
    lambda t: t.filter_(__.out().count().is_(P.gt(1))),
    lambda t: t.where(__.both_e().count().is_(0)),
    lambda t: t.where(__.out().values("number").is_(P.gte(2))),
    lambda t: t.dedup(),
    lambda t: t.limit(4),
    lambda t: t.range_(1, 20000),
    lambda t: t.skip(2),
    lambda t: t.order().by("number", Order.desc),
    lambda t: t.order().by("text").by("number"),
]
ENDS: list[Extend] = [
    lambda t: t,
    lambda t: t.count(),
    lambda t: t.dedup(),
    lambda t: t.id_(),
    lambda t: t.label().dedup(),
    lambda t: t.values("number"),
    lambda t: t.values("number").count(),
    lambda t: t.values("number").dedup(),
    lambda t: t.values("number").is_(P.between(1, 4)).group_count(),
    lambda t: t.values("text").order().by(Order.desc).limit(3),
    lambda t: t.values("number", "text"),
    lambda t: t.group_count().by("text"),
    lambda t: t.group_count().by(T.label),
    lambda t: t.group().by("number").by(__.count()),
    lambda t: t.group().by("text").by(__.values("number").sum_()),
    lambda t: t.values("text").order(),
    lambda t: t.values("number").sum_(),
    lambda t: t.project("id", "n", "out").by(T.id).by("number").by(__.out("likes").count()),
    lambda t: t.project("l", "in").by(T.label).by(__.in_().has("text", "x").count()),
    lambda t: t.where(__.out()).limit(3),
    lambda t: t.order().by("number").values("text"),
    lambda t: t.out_e().values("weight"),
    lambda t: t.out_e("likes").group_count().by("weight"),
    lambda t: t.both_e().has("weight", P.gt(0.4)).dedup().count(),
    lambda t: t.as_("x").out().select("x").by("text"),
]
WRITES: list[Extend] = [
    lambda t: t.has_label("b").limit(1).drop(),
    lambda t: t.has("text", "x").out_e().limit(2).drop(),
    lambda t: t.has_label("a").limit(2).property("number", 7),
    lambda t: t.has_label("b").limit(1).property("text", 5),
    lambda t: t.has_label("a").limit(1).property(Cardinality.list_, "number", 3),
    lambda t: t.limit(3).add_e("likes").from_(__.V().has_label("a").limit(1)).property("weight", 0.25),
    lambda t: t.limit(1).add_v("c").property("text", "x").property("number", long(2)).add_e("has").to(__.V().limit(1)),
    lambda t: t.limit(1).add_v("a").property("number", 1),
    lambda t: t.has_label("a").out_e("likes").limit(1).property("weight", 3),
]
scalars = st.none() | st.booleans() | st.integers(-5, 5) | st.floats(allow_nan=False) | st.text(max_size=2)


def answers(store: EmbeddedStore, traversal: Any, *, arrays: bool) -> list[Any]:
    """What one of the two executors gives, as comparable values."""
    graph = store._database.newest().graph  # pyright: ignore[reportPrivateUsage]  # the law is about two executors inside
    found = evaluate(to_plan(traversal.bytecode, graph.resolve), graph, arrays=arrays)
    keys = (item.value.handle if isinstance(item.value, Vertex) else hash_key(item.value) for item in found)
    return [key for key, item in zip(keys, found, strict=True) for _ in range(item.bulk)]


def built(g: GraphTraversalSource, walk: tuple[list[int], int], *, edges: bool = False) -> Any:
    """A traversal of these steps and this end."""
    traversal = g.E().out_v() if edges else g.V()
    for step in walk[0]:
        traversal = STEPS[step](traversal)
    return ENDS[walk[1]](traversal)


def both_agree(store: EmbeddedStore, make: Callable[[], Any]) -> bool:
    """Whether both executors give the same, or refuse alike; tells whether they gave anything."""
    try:
        slow = answers(store, make(), arrays=False)
    except BadInputError as error:
        with pytest.raises(type(error)):
            answers(store, make(), arrays=True)
        return False
    assert answers(store, make(), arrays=True) == slow
    return bool(slow)


walked = st.tuples(st.lists(st.integers(0, len(STEPS) - 1), max_size=4), st.integers(0, len(ENDS) - 1))


def agreement(batches: list[Batch], walks: list[tuple[list[int], int]], writes: list[int]) -> None:
    """Hold both executors equal on these walks, after these single writes."""
    with tempfile.TemporaryDirectory() as directory:
        store = open_with(Path(directory), batches)
        for write in writes:
            WRITES[write](store.g().V()).iterate()
        for place, walk in enumerate(walks):
            both_agree(store, partial(built, store.g(), walk, edges=place % 3 == 2))
        store.close()


@settings(max_examples=40)
@given(batches=small_graphs(), walks=st.lists(walked, min_size=6, max_size=12))
def test_both_executors_agree(batches: list[Batch], walks: list[tuple[list[int], int]]) -> None:
    """Arrays and interpreter give the same answers in the same order."""
    agreement(batches, walks, [])


@settings(max_examples=40)
@given(
    batches=small_graphs(),
    walks=st.lists(walked, min_size=6, max_size=12),
    writes=st.lists(st.integers(0, len(WRITES) - 1), min_size=1, max_size=6),
)
def test_both_executors_agree_over_single_writes(
    batches: list[Batch], walks: list[tuple[list[int], int]], writes: list[int]
) -> None:
    """They do so, too, when elements were added, changed and removed since the last load."""
    agreement(batches, walks, writes)


@pytest.mark.slow
@settings(max_examples=2000)
@given(
    batches=small_graphs(),
    walks=st.lists(walked, min_size=6, max_size=12),
    writes=st.lists(st.integers(0, len(WRITES) - 1), max_size=6),
)
def test_both_executors_agree_at_length(
    batches: list[Batch], walks: list[tuple[list[int], int]], writes: list[int]
) -> None:
    """The same, many thousand times."""
    agreement(batches, walks, writes)


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


@pytest.mark.parametrize("arrays", [True, False], ids=["arrays", "interpreter"])
def test_a_million_equal_traversers_are_one(tmp_path: Path, *, arrays: bool) -> None:
    """Twenty rounds through a small graph are billions of walks, and take no longer than its edges ask."""
    store = open_with(tmp_path, modern())
    rounds = store.g().V().repeat(__.both()).times(20).count()
    ends = store.g().V().repeat(__.both()).times(20).group_count().by(T.id).unfold().select(Column.values).sum_()
    adjacency = np.zeros((6, 6), np.int64)
    for one, other in ((0, 1), (0, 2), (0, 3), (2, 3), (2, 4), (5, 3)):
        adjacency[one, other] = adjacency[other, one] = 1
    walks = int(np.linalg.matrix_power(adjacency, 20).sum())
    assert answers(store, rounds, arrays=arrays) == [(long, walks)]
    assert answers(store, ends, arrays=arrays) == [(long, walks)]
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
