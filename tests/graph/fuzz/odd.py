"""Random calls of single steps with arguments that mostly do not fit them."""

import random
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID

from gremlin_python.process.traversal import (
    DT,
    Cardinality,
    Column,
    Direction,
    GType,
    Merge,
    Operator,
    Order,
    P,
    Pick,
    Pop,
    Scope,
    T,
    TextP,
)
from gremlin_python.statics import long
from gremlin_python.structure.graph import Vertex

from graph.embedded.compiler import REFUSED
from graph.embedded.registry import STEPS
from tests.graph.fuzz.shapes import Drawn, Step, Sub

PLAIN: Final = (
    None,
    1,
    0,
    -1,
    2.5,
    long(3),
    10**30,
    True,
    False,
    "name",
    "a",
    "",
    "nope",
    "p1",
    "person",
    float("nan"),
)
WORDS: Final = (
    T.id, T.label, Order.desc, Order.shuffle, Scope.local, Scope.global_, Pop.all_, Pop.first, Column.keys,
    Column.values,
    Direction.OUT, Direction.BOTH, Operator.sum_, Operator.assign, Cardinality.single, Cardinality.set_, Pick.any_,
    Merge.on_create, Merge.out_v, DT.day, GType.INT, P("gt", 1), P("eq", "name"), P("within", ["a", "b"]),
    TextP("startingWith", "l"), Vertex("p1", "person"), datetime(2024, 1, 2, tzinfo=UTC), UUID(int=5),
)  # fmt: skip
HELD: Final[tuple[Callable[[], Any], ...]] = (
    lambda: [1, 2], list, lambda: ["a", "name"], lambda: {"a": 1}, dict, lambda: {T.label: "person"}, lambda: {1, 2},
)  # fmt: skip
CHILDREN: Final = tuple(
    Sub([step])
    for step in (
        ("identity",), ("out",), ("values", "name"), ("count",), ("constant", 1), ("has", "age"), ("select", "a"),
        ("fold",), ("id",),
    )
)  # fmt: skip
BEGUN: Final[tuple[tuple[Step, ...], ...]] = (
    (("V",),), (("V",), ("as", "a")), (("E",),), (("V",), ("values", "name")), (("V",), ("values", "age")),
    (("inject", [3, 1, 2]),), (("inject", 1, "a"),), (("V",), ("valueMap",)), (("V",), ("out",), ("path",)),
    (("V",), ("properties",)), (("inject", None, 1),), (("V", "p1"), ("fold",)),
)  # fmt: skip
NAMES: Final = tuple(sorted(STEPS.keys() - REFUSED - {"store"}))
STARTING: Final = ("V", "E", "inject", "addV", "addE", "mergeV", "mergeE", "union")
MODULATORS: Final = ("by", "times", "until", "emit", "option", "from", "to", "with", "as", "read", "write")


def behind_beginning(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """The steps that were drawn at random, without the beginning that they stand behind."""
    begun = [len(row) for row in BEGUN if steps[: len(row)] == row and len(steps) > len(row)]
    return steps[max(begun, default=0) :]


class OddCalls:
    """A row of calls that follows from its seed."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def call(self) -> Drawn:
        """The next one: a step behind a short beginning or as the first, at times with a modulator."""
        steps: tuple[Step, ...]
        if self.random.random() < 0.12:
            steps = (self._step(STARTING),)
        else:
            steps = (*self.random.choice(BEGUN), self._step(NAMES))
        if self.random.random() < 0.35:
            steps = (*steps, self._step(MODULATORS))
        return Drawn(source=(), steps=steps)

    def _step(self, names: tuple[str, ...]) -> Step:
        count = self.random.choice((0, 1, 1, 1, 2, 2, 3))
        return (self.random.choice(names), *(self._argument() for _ in range(count)))

    def _argument(self) -> Any:
        found = self.random.choice((PLAIN, WORDS, HELD, CHILDREN))
        given: Any = self.random.choice(found)
        return given() if found is HELD else given
