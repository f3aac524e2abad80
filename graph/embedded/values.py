"""What a traverser may hold beside plain Python values: references to elements, paths, bulk sets, hashable collections.

Integers carry their Java type as gremlinpython's wrapper classes (`long`, `short`, `SingleByte`, `bigint`); a plain
`int` is an Integer, or the narrowest wider type that holds it. `decimal.Decimal` stands for BigDecimal.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Final, TypeGuard, final
from uuid import UUID

from gremlin_python.statics import SingleByte, SingleChar, bigint, long, short

Value = Any  # whatever Gremlin can hold
INT_LIMIT: Final = 2**31
LONG_LIMIT: Final = 2**63


def is_map(value: Value) -> TypeGuard[dict[Value, Value]]:
    """Whether this is a map."""
    return isinstance(value, dict)


def is_set(value: Value) -> TypeGuard[set[Value]]:
    """Whether this is a set."""
    return isinstance(value, set | frozenset)


def is_list(value: Value) -> TypeGuard[list[Value]]:
    """Whether this is a list."""
    return isinstance(value, list)


@final
class Absent:
    """There is nothing, which is not the same as null."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "ABSENT"


ABSENT: Final = Absent()


@final
class Vertex:
    """A vertex by its handle in the graph."""

    __slots__ = ("handle",)

    def __init__(self, handle: int) -> None:
        self.handle = handle

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Vertex) and self.handle == other.handle

    def __hash__(self) -> int:
        return self.handle


@final
class Edge:
    """An edge by its handle in the graph."""

    __slots__ = ("handle",)

    def __init__(self, handle: int) -> None:
        self.handle = handle

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Edge) and self.handle == other.handle

    def __hash__(self) -> int:
        return ~self.handle


@dataclass(frozen=True, slots=True)
class VertexProperty:
    """One value of one property of a vertex; equal when its id is."""

    id: Value
    owner: Vertex
    key: str
    value: Value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, VertexProperty) and self.id == other.id

    def __hash__(self) -> int:
        return hash(self.id)


@dataclass(frozen=True, slots=True)
class Property:
    """A property of an edge or of a vertex property; equal when key and value are."""

    owner: "Edge | VertexProperty"
    key: str
    value: Value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Property) and self.key == other.key and bool(self.value == other.value)

    def __hash__(self) -> int:
        return hash((self.key, hash_key(self.value)))


@dataclass(frozen=True, slots=True)
class Missing:
    """An element that the caller named and the graph does not hold."""

    kind: str
    id: Value
    label: str


Element = Vertex | Edge | VertexProperty


@dataclass(frozen=True, slots=True)
class Path:
    """Where a traverser has been: objects, and for each the labels it bears."""

    objects: tuple[Value, ...]
    labels: tuple[frozenset[str], ...]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Path) and self.objects == other.objects and self.labels == other.labels

    def __hash__(self) -> int:
        return hash(tuple(hash_key(item) for item in self.objects))


class BulkSet:
    """A bag: each distinct value once, with how often it occurs, in order of first arrival."""

    __slots__ = ("counts",)

    def __init__(self) -> None:
        self.counts: dict[Value, list[Value]] = {}

    def add(self, value: Value, bulk: int = 1) -> None:
        """Put `bulk` of the value in."""
        entry = self.counts.setdefault(hash_key(value), [value, 0])
        entry[1] += bulk

    def pairs(self) -> Iterator[tuple[Value, int]]:
        """Each distinct value and its number."""
        return ((value, bulk) for value, bulk in self.counts.values())

    def __iter__(self) -> Iterator[Value]:
        return (value for value, bulk in self.counts.values() for _ in range(bulk))

    def __len__(self) -> int:
        return sum(bulk for _, bulk in self.counts.values())

    def __contains__(self, value: object) -> bool:
        return hash_key(value) in self.counts

    def __eq__(self, other: object) -> bool:
        return isinstance(other, BulkSet) and self.counts == other.counts

    def __hash__(self) -> int:
        return hash(tuple(self.counts))


class HashableList(list[Value]):
    """A list that may be a key of a map or a member of a set; nobody changes it afterwards."""

    def __hash__(self) -> int:  # type: ignore[override]  # a list that is never changed
        return hash(hash_key(self))


class HashableMap(dict[Value, Value]):
    """A map that may be a key of a map or a member of a set; nobody changes it afterwards."""

    def __hash__(self) -> int:  # type: ignore[override]  # a map that is never changed
        return hash(hash_key(self))


class HashableSet(set[Value]):
    """A set that may be a key of a map or a member of a set; nobody changes it afterwards."""

    def __hash__(self) -> int:  # type: ignore[override]  # a set that is never changed
        return hash(hash_key(self))


class Tree(HashableMap):
    """What `tree()` gives: each value with the tree below it."""


class Subgraph:
    """What `subgraph()` gathers: edges and the vertices at their ends, each once, in order of arrival."""

    __slots__ = ("edges", "vertices")

    def __init__(self) -> None:
        self.edges: dict[Edge, None] = {}
        self.vertices: dict[Vertex, None] = {}


class OrderedSet(HashableSet):
    """A set as Java's: its members in the order they came, 1 and 1.0 two of them; nobody changes it afterwards."""

    def __init__(self, members: Iterable[Value] = ()) -> None:
        distinct: dict[Value, Value] = {}
        for member in members:
            distinct.setdefault(hash_key(member), hashable(member))
        self._order = list(distinct.values())
        super().__init__(self._order)

    def __iter__(self) -> Iterator[Value]:
        return iter(self._order)

    def __len__(self) -> int:
        return len(self._order)

    __hash__ = HashableSet.__hash__


@final
class Entry:
    """One key and value of a map, as `unfold` gives them."""

    __slots__ = ("key", "value")

    def __init__(self, key: Value, value: Value) -> None:
        self.key = key
        self.value = value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Entry) and self.key == other.key and bool(self.value == other.value)

    def __hash__(self) -> int:
        return hash((hash_key(self.key), hash_key(self.value)))


def hashable(value: Value) -> Value:
    """Give a form of the value that can be a key of a map."""
    if is_map(value):
        return HashableMap(value)
    if is_set(value):
        return value if isinstance(value, HashableSet) else HashableSet(value)
    if isinstance(value, BulkSet):
        return HashableList(value)
    return HashableList(value) if is_list(value) else value


def hash_key(value: Value) -> Value:
    """Give a key under which values that Java would call equal meet, and no others.

    Python calls 1, 1.0 and True equal, and an Integer and a Long; Java's sets do not.
    """
    kind: Any = type(value)  # pyright: ignore[reportUnknownVariableType]  # of any element
    if kind is str or kind is Vertex or kind is Edge:
        return value
    if kind is bool or kind is float:
        return (kind, "nan" if value != value else repr(value))  # noqa: PLR0124 (NaN is the value that is not itself)
    if kind is long or (kind is int and not -INT_LIMIT <= value < INT_LIMIT):
        return (long, int(value))
    return _collection_key(value)


def _collection_key(value: Value) -> Value:
    if is_map(value):
        return ("map", frozenset((hash_key(key), hash_key(item)) for key, item in value.items()))
    if is_set(value):
        return ("set", frozenset(hash_key(item) for item in value))
    if isinstance(value, list | tuple | BulkSet):
        return ("list", tuple(hash_key(item) for item in items(value)))
    return value


def is_number(value: Value) -> bool:
    """Whether Gremlin calls this a number; a Boolean is none."""
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


def is_collection(value: Value) -> bool:
    """Whether this is a list, a set or a bag."""
    return isinstance(value, list | tuple | set | frozenset | BulkSet)


def items(value: Value) -> Iterable[Value]:
    """Give what a collection, a map or a path holds."""
    if isinstance(value, Path):
        return value.objects
    if is_map(value):
        return [Entry(key, item) for key, item in value.items()]
    return value  # type: ignore[no-any-return]  # the caller has asked is_collection


def java_type(value: Value) -> str:
    """Name the Java class of a value as TinkerPop's messages do: Integer, Long, String, ArrayList and so on."""
    for kind, name in JAVA_CLASSES:
        if isinstance(value, kind):
            return name
    if isinstance(value, int):
        if -INT_LIMIT <= value < INT_LIMIT:
            return "Integer"
        return "Long" if -LONG_LIMIT <= value < LONG_LIMIT else "BigInteger"
    return "null" if value is None else type(value).__name__


JAVA_CLASSES: Final[tuple[tuple[type | tuple[type, ...], str], ...]] = (
    (bool, "Boolean"),
    (long, "Long"),
    (short, "Short"),
    (SingleByte, "Byte"),
    (bigint, "BigInteger"),
    (float, "Double"),
    (Decimal, "BigDecimal"),
    (SingleChar, "Character"),
    (str, "String"),
    (datetime, "OffsetDateTime"),
    (UUID, "UUID"),
    ((list, tuple), "ArrayList"),
    ((set, frozenset), "HashSet"),
    (Subgraph, "TinkerGraph"),
    (Tree, "Tree"),
    (dict, "LinkedHashMap"),
    (BulkSet, "BulkSet"),
    (Path, "MutablePath"),
    (Vertex, "Vertex"),
    (Edge, "Edge"),
    (VertexProperty, "VertexProperty"),
    (Property, "Property"),
)
