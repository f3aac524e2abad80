"""Writes of single elements, as traversals make them: checked, recorded, and undone together."""

from collections.abc import Callable

from gremlin_python.statics import long

from graph.embedded.refusals import TraversalError
from graph.embedded.storage.graph import Graph
from graph.embedded.storage.records import EdgeRecord, PropertyRecord, VertexRecord, encode
from graph.embedded.values import Edge, Property, Value, Vertex, VertexProperty


class Writer:
    """Changes a graph; nothing is kept before the database writes it."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph

    def add_vertex(self, label: str, identity: Value = None) -> Vertex:
        """Add a vertex.

        Raises:
            TraversalError: the label is hidden or empty, or the id is taken.
        """
        _check_label(label)
        if identity is None:
            identity = self._fresh_id(self.graph.find_vertex)
        elif self.graph.find_vertex(identity) is not None:
            raise TraversalError(f"Vertex with id already exists: {identity}", remedy="Use mergeV().")
        return Vertex(self.graph.overlay.add_vertex(VertexRecord(identity, label, {})))

    def add_edge(self, label: str, out: Vertex, in_: Vertex, identity: Value = None) -> Edge:
        """Add an edge; errors as for `add_vertex`."""
        _check_label(label)
        if identity is None:
            identity = self._fresh_id(self.graph.find_edge)
        elif self.graph.find_edge(identity) is not None:
            raise TraversalError(f"Edge with id already exists: {identity}", remedy="Use mergeE().")
        return Edge(self.graph.overlay.add_edge(EdgeRecord(identity, label, out.handle, in_.handle, {})))

    def set_vertex_property(
        self, vertex: Vertex, key: str, value: Value, *, cardinality: str = "single", identity: Value = None
    ) -> VertexProperty:
        """Write a value of a vertex's property: in place of the others (single), among them (list), once (set)."""
        _check_key(key)
        encode(value)
        graph = self.graph
        record = graph.overlay.change_vertex(vertex.handle, graph.vertex_record(vertex.handle))
        present = record.properties.setdefault(key, [])
        if cardinality == "set":
            known = next((item for item in present if item.value == value), None)
            if known is not None:
                return VertexProperty(known.id, vertex, key, value)
        if cardinality == "single":
            present.clear()
        added = PropertyRecord(self._next_id() if identity is None else identity, value)
        present.append(added)
        return VertexProperty(added.id, vertex, key, value)

    def set_edge_property(self, edge: Edge, key: str, value: Value) -> None:
        """Write a property of an edge."""
        _check_key(key)
        encode(value)
        record = self.graph.overlay.change_edge(edge.handle, self.graph.edge_record(edge.handle))
        record.properties[key] = value

    def set_meta(self, owner: VertexProperty, key: str, value: Value) -> None:
        """Write a property of a vertex property."""
        _check_key(key)
        encode(value)
        self._writable(owner).meta[key] = value

    def remove(self, element: Value) -> None:
        """Remove an element or a property; what is gone already is passed over."""
        overlay = self.graph.overlay
        if isinstance(element, Vertex):
            if element.handle not in overlay.dead_vertices:
                for edge, _ in self.graph.steps(element.handle, "BOTH", ()):
                    self.remove(Edge(edge))
                overlay.remove_vertex(element.handle, self.graph.vertex_record(element.handle))
        elif isinstance(element, Edge):
            if element.handle not in overlay.dead_edges:
                overlay.remove_edge(element.handle, self.graph.edge_record(element.handle))
        elif isinstance(element, VertexProperty):
            self._remove_vertex_property(element)
        elif isinstance(element, Property):
            self._remove_property(element)
        else:
            raise TraversalError("drop() removes elements and properties only.", remedy="Select them first.")

    def remove_key(self, element: Vertex | Edge, key: str) -> None:
        """Remove all values of a property."""
        for item in self.graph.properties(element, (key,)):
            self.remove(item)

    def _remove_vertex_property(self, element: VertexProperty) -> None:
        handle = element.owner.handle
        if handle in self.graph.overlay.dead_vertices:
            return
        record = self.graph.overlay.change_vertex(handle, self.graph.vertex_record(handle))
        left = [item for item in record.properties.get(element.key, ()) if item.id != element.id]
        if left:
            record.properties[element.key] = left
        else:
            record.properties.pop(element.key, None)

    def _remove_property(self, element: Property) -> None:
        if isinstance(element.owner, Edge):
            handle = element.owner.handle
            if handle not in self.graph.overlay.dead_edges:
                record = self.graph.overlay.change_edge(handle, self.graph.edge_record(handle))
                record.properties.pop(element.key, None)
        else:
            self._writable(element.owner).meta.pop(element.key, None)

    def _writable(self, owner: VertexProperty) -> PropertyRecord:
        handle = owner.owner.handle
        record = self.graph.overlay.change_vertex(handle, self.graph.vertex_record(handle))
        return next(item for item in record.properties[owner.key] if item.id == owner.id)

    def _next_id(self) -> Value:
        number = self.graph.overlay.next_id
        self.graph.overlay.next_id += 1
        return long(number)

    def _fresh_id(self, find: Callable[[Value], int | None]) -> Value:
        while True:
            identity = self._next_id()
            if find(identity) is None:
                return identity


def _check_label(label: Value) -> None:
    if not isinstance(label, str) or not label:
        raise TraversalError("Label can not be null or empty", remedy="Give a label.")
    if label.startswith("~"):
        raise TraversalError(f"Label can not be a hidden key: {label}", remedy="Labels do not begin with ~.")


def _check_key(key: Value) -> None:
    if not isinstance(key, str) or not key:
        raise TraversalError("Property key can not be null or empty", remedy="Give a key.")
    if key.startswith("~"):
        raise TraversalError(f"Property key can not be a hidden key: {key}", remedy="Keys do not begin with ~.")
