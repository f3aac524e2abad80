"""Traversers: what travels through a pipeline, and the pipeline's types.

A traverser stands for `bulk` equal ones. Its trail is kept only as far as the traversal asks: nothing, labelled
objects, or every object.
"""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, final

from graph.embedded.values import Path, Value

if TYPE_CHECKING:
    from graph.embedded.run import Run


@final
class Node:
    """The latest object of a trail, the labels it bears, the rest of the trail, and how long all of it is."""

    __slots__ = ("labels", "length", "parent", "value")

    def __init__(self, parent: "Node | None", value: Value, labels: frozenset[str]) -> None:
        self.parent = parent
        self.value = value
        self.labels = labels
        self.length: int = 1 if parent is None else parent.length + 1


NO_LABELS: frozenset[str] = frozenset()


@final
class Loop:
    """How often a traverser has gone round a `repeat`, and the loops around that one."""

    __slots__ = ("count", "name", "parent")

    def __init__(self, name: str | None, count: int, parent: "Loop | None") -> None:
        self.name = name
        self.count = count
        self.parent = parent


class Traverser:
    """A value on its way, `bulk` times; keeps labelled objects of its trail only."""

    __slots__ = ("bulk", "loop", "sack", "trail", "value")

    def __init__(self, value: Value, bulk: int, trail: Node | None, sack: Value, loop: Loop | None) -> None:
        self.value = value
        self.bulk = bulk
        self.trail = trail
        self.sack = sack
        self.loop = loop

    def move(self, value: Value) -> "Traverser":
        """The traverser after a step that gave this value."""
        return Traverser(value, self.bulk, self.trail, self.sack, self.loop)

    def copy(self) -> "Traverser":
        """The same traverser, to go another way."""
        return type(self)(self.value, self.bulk, self.trail, self.sack, self.loop)

    def label(self, labels: frozenset[str]) -> None:
        """Mark the present object with labels."""
        trail = self.trail
        if trail is not None and trail.value is self.value:
            self.trail = Node(trail.parent, trail.value, trail.labels | labels)
        else:
            self.trail = Node(trail, self.value, labels)

    def labelled(self, label: str) -> list[Value]:
        """The objects that bear the label, earliest first."""
        found: list[Value] = []
        node = self.trail
        while node is not None:
            if label in node.labels:
                found.append(node.value)
            node = node.parent
        found.reverse()
        return found

    def path(self) -> Path:
        """The whole trail."""
        objects: list[Value] = []
        labels: list[frozenset[str]] = []
        node = self.trail
        while node is not None:
            objects.append(node.value)
            labels.append(node.labels)
            node = node.parent
        return Path(tuple(reversed(objects)), tuple(reversed(labels)))


class TrackingTraverser(Traverser):
    """A traverser that keeps its whole trail."""

    __slots__ = ()

    def move(self, value: Value) -> Traverser:
        """The traverser after a step that gave this value."""
        return TrackingTraverser(value, self.bulk, Node(self.trail, value, NO_LABELS), self.sack, self.loop)


Stream = Iterator[Traverser]
Process = Callable[[Stream, "Run"], Stream]
Pipeline = tuple[Process, ...]


def flow(pipeline: Pipeline, starts: Stream, run: "Run") -> Stream:
    """Send traversers through a pipeline, lazily."""
    for process in pipeline:
        starts = process(starts, run)
    return starts


def flow_single(pipeline: Pipeline, start: Traverser, run: "Run") -> Stream:
    """Send one traverser, whatever its bulk, through a child whose answer counts once for each of them."""
    single = start.copy()
    single.bulk = 1
    return flow(pipeline, iter((single,)), run)


def flow_one(pipeline: Pipeline, start: Traverser, run: "Run") -> Stream:
    """Send a copy of one traverser through a child pipeline."""
    return flow(pipeline, iter((start.copy(),)), run)
