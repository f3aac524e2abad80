"""A part of a graph: only the vertices, edges and vertex properties that tests let be seen.

SubgraphStrategy and PartitionStrategy read through it; writes go to the whole graph.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from graph.embedded.storage.graph import Graph
from graph.embedded.values import ABSENT, Edge, Property, Value, Vertex, VertexProperty

Sees = Callable[[Value], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lens:
    """What is seen; None lets everything be seen.

    Attributes:
        vertices: whether a vertex is seen.
        edges: whether an edge is seen.
        properties: whether a vertex property is seen.
        whole_edges: whether an edge is seen only together with both its ends.
    """

    vertices: Sees | None = None
    edges: Sees | None = None
    properties: Sees | None = None
    whole_edges: bool = True


class View(Graph):
    """Reads of a part of a graph.

    Args:
        graph: the whole.
        lenses: what of it is seen; several show what each of them shows.
        remember: whether what was seen stays so; not for traversals that write.
    """

    def __init__(self, graph: Graph, lenses: tuple[Lens, ...], *, remember: bool) -> None:
        super().__init__(graph.base, graph.overlay)
        self._lenses = lenses
        self._tests = [lens.properties for lens in lenses if lens.properties is not None]
        keep: Callable[[Callable[[int], bool]], Callable[[int], bool]] = cache if remember else lambda seen: seen
        self.sees_vertex: Callable[[int], bool] = keep(self._sees_vertex)
        self.sees_edge: Callable[[int], bool] = keep(self._sees_edge)

    def _sees_vertex(self, handle: int) -> bool:
        return all(lens.vertices is None or lens.vertices(Vertex(handle)) for lens in self._lenses)

    def _sees_edge(self, handle: int) -> bool:
        if not all(lens.edges is None or lens.edges(Edge(handle)) for lens in self._lenses):
            return False
        whole = any(lens.whole_edges for lens in self._lenses)
        return not whole or all(self.sees_vertex(end) for end in self.ends(handle))

    def vertices(self) -> Iterator[int]:
        """Handles of the vertices seen."""
        return filter(self.sees_vertex, super().vertices())

    def edges(self) -> Iterator[int]:
        """Handles of the edges seen."""
        return filter(self.sees_edge, super().edges())

    def vertices_labelled(self, labels: Sequence[str]) -> Iterator[int]:
        """Handles of the vertices seen that bear one of the labels."""
        return filter(self.sees_vertex, super().vertices_labelled(labels))

    def steps(self, handle: int, direction: str, labels: Sequence[str]) -> list[tuple[int, int]]:
        """Edges seen at a vertex, with the vertex at the far end."""
        return [pair for pair in super().steps(handle, direction, labels) if self.sees_edge(pair[0])]

    def neighbours(self, handle: int, direction: str, labels: Sequence[str]) -> list[int]:
        """Vertices seen one edge away."""
        return [other for _, other in self.steps(handle, direction, labels) if self.sees_vertex(other)]

    def values(self, element: Value, key: str) -> Sequence[Value]:
        """All values seen of one property of an element."""
        if not self._tests or not isinstance(element, Vertex):
            return super().values(element, key)
        return [item.value for item in self.properties(element, (key,))]

    def properties(self, element: Value, keys: Sequence[str] = ()) -> Sequence[VertexProperty | Property]:
        """The properties seen of an element."""
        found = super().properties(element, keys)
        if not self._tests or not isinstance(element, Vertex):
            return found
        return [item for item in found if all(test(item) for test in self._tests)]

    def sees(self, element: Value) -> bool:
        """Whether an element that a step has come to is seen."""
        if isinstance(element, Vertex):
            return self.sees_vertex(element.handle)
        return not isinstance(element, Edge) or self.sees_edge(element.handle)


def within_partition(graph: Graph, key: str, partitions: Sequence[Value]) -> Sees:
    """The test whether an element lies in one of the partitions."""
    return lambda element: any(value in partitions for value in _partition(graph, element, key))


def _partition(graph: Graph, element: Value, key: str) -> Sequence[Value]:
    if isinstance(element, VertexProperty):
        value = graph.meta(element).get(key, ABSENT)
        return () if value is ABSENT else (value,)
    return graph.values(element, key)
