from typing import Any

class Graph: ...

class Element:
    id: Any
    label: str
    properties: list[Any]

class Vertex(Element):
    def __init__(self, id: object, label: str = ..., properties: list[Any] | None = ...) -> None: ...

class Edge(Element):
    outV: Vertex
    inV: Vertex
    def __init__(
        self, id: object, outV: Vertex, label: str, inV: Vertex, properties: list[Any] | None = ...
    ) -> None: ...

class VertexProperty(Element):
    key: str
    value: Any
    vertex: Vertex
    def __init__(
        self, id: object, label: str, value: object, vertex: Vertex, properties: list[Any] | None = ...
    ) -> None: ...

class Property:
    key: str
    value: Any
    element: Any
    def __init__(self, key: str, value: object, element: object) -> None: ...

class Path:
    labels: list[set[str]]
    objects: list[Any]
    def __init__(self, labels: list[set[str]], objects: list[Any]) -> None: ...
    def __getitem__(self, key: str | int) -> Any: ...
    def __len__(self) -> int: ...
