"""Ask both engines, bring their answers to one form, and make a disagreement small."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeout
from decimal import Decimal
from pathlib import Path as Directory
from typing import Any, Final

from aenum import Enum
from gremlin_python.driver.client import Client  # noqa: TID251 (answers of the other engine, many at a time)
from gremlin_python.process.graph_traversal import GraphTraversalSource
from gremlin_python.process.traversal import Bytecode, P, TraversalStrategies, Traverser
from gremlin_python.statics import BigDecimal
from gremlin_python.structure.graph import Edge, Graph, Path, Property, Vertex, VertexProperty

from core.errors import C360Error
from graph.contract import TraversalLimits
from graph.embedded.answers import to_remote
from graph.embedded.evaluation import evaluate
from graph.embedded.frontend import to_plan
from graph.embedded.values import is_map
from graph.stores.embedded import EmbeddedStore
from tests.graph.fuzz.shapes import Drawn, Step, Sub
from tests.graph.fuzz.world import EDGE_IDS, VERTEX_IDS, batches, write

Answer = Any  # nested tuples that compare
ERROR: Final = ("error",)
ENDLESS: Final = ("endless",)
"""TinkerGraph was given up: some traversals hold one of its threads for ever, past its own limit of time."""
KNOWN: Final = frozenset((*VERTEX_IDS, *EDGE_IDS, "w1v", "lopv", "w9"))
LIMITS: Final = TraversalLimits(evaluation_s=3.0)
OPTIONS: Final = {"evaluationTimeout": 3000}
PATIENCE_S: Final = 20.0  # for 256 traversals at once
STARTS: Final = frozenset({"V", "E", "inject", "union", "addV", "addE", "mergeV", "mergeE"})
DUMP: Final = (
    Drawn(source=(), steps=(("V",), ("elementMap",)), ordered=False),
    Drawn(source=(), steps=(("V",), ("properties",)), ordered=False),
    Drawn(source=(), steps=(("E",), ("elementMap",)), ordered=False),
)


def bytecode(drawn: Drawn) -> Bytecode:
    """A traversal as the driver sends it."""
    made = _bytecode(drawn.steps)
    for step in drawn.source:
        made.add_source(*step)
    return made


def _bytecode(steps: Iterable[Step]) -> Bytecode:
    made = Bytecode()
    for name, *arguments in steps:
        made.add_step(name, *(_bytecode(item) if isinstance(item, Sub) else item for item in arguments))
    return made


def normal(value: Any) -> Answer:  # noqa: C901, PLR0911 (a table of types)
    """One form of a value: elements by id, maps and collections without order, whole numbers apart from others."""
    if isinstance(value, Vertex):
        return ("vertex", value.id if value.id in KNOWN else "new")
    if isinstance(value, Edge):
        return ("edge", value.id if value.id in KNOWN else "new")
    if isinstance(value, VertexProperty | Property):
        return ("property", value.key, normal(value.value))
    if isinstance(value, Path):
        return ("path", tuple(tuple(sorted(labels)) for labels in value.labels), tuple(map(normal, value.objects)))
    if is_map(value):
        return ("map", _bag((_key(key), normal(_id(key, item))) for key, item in value.items()))
    if isinstance(value, list | tuple | set | frozenset):
        held: Any = value  # pyright: ignore[reportUnknownVariableType]  # of any element
        return ("list" if isinstance(value, list | tuple) else "set", _bag(map(normal, held)))
    if isinstance(value, BigDecimal | Decimal):
        return ("bigdecimal", str(value))
    if isinstance(value, Enum):
        return ("token", str(value.name).rstrip("_"))
    if isinstance(value, bool | float):
        return (type(value).__name__, repr(value))
    if isinstance(value, int):
        return ("int", int(value))  # GraphBinary's reader for Python tells no widths
    return value if isinstance(value, str) or value is None else (type(value).__name__, str(value))


def _key(key: Any) -> Answer:
    return normal(key)


def _id(key: Any, item: Any) -> Any:
    """Ids that an engine chose itself are of no account."""
    return "new" if isinstance(key, Enum) and key.name == "id" and item not in KNOWN else item


def _bag(values: Iterable[Answer]) -> tuple[Answer, ...]:
    return tuple(sorted(values, key=repr))


def collected(found: Iterable[Traverser], *, ordered: bool) -> Answer:
    """The answer of a traversal."""
    values = [normal(item.object) for item in found for _ in range(item.bulk)]
    return ("answer", tuple(values) if ordered else _bag(values))


class Ours:
    """The embedded engine on the graph of the random traversals."""

    def __init__(self, directory: Directory) -> None:
        self._store = EmbeddedStore(directory)
        self._store.load(batches())
        self._graph = self._store._database.newest().graph  # pyright: ignore[reportPrivateUsage]  # to take writes back

    def answer(self, drawn: Drawn, *, arrays: bool = True) -> Answer:
        """The answer, with the graph afterwards where it may have changed; all writes are taken back."""
        if not drawn.writes:
            return self._one(drawn, arrays=arrays)
        with self._store._database.writing() as transaction:  # pyright: ignore[reportPrivateUsage]  # to take writes back
            transaction.graph.overlay.mark()
            graph, self._graph = self._graph, transaction.graph
            try:
                found = self._one(drawn, arrays=arrays)
                if found != ERROR:
                    found = (found, *(self._one(part, arrays=False) for part in DUMP))
                return found
            finally:
                self._graph = graph
                transaction.graph.overlay.undo()

    def _one(self, drawn: Drawn, *, arrays: bool) -> Answer:
        graph = self._graph
        try:
            found = evaluate(to_plan(bytecode(drawn), graph.resolve), graph, arrays=arrays, limits=LIMITS)
            return collected([to_remote(item, graph) for item in found], ordered=drawn.ordered)
        except (C360Error, RecursionError):  # the store makes one of the other
            return ERROR

    def close(self) -> None:
        """Let go of the directory."""
        self._store.close()


class Theirs:
    """TinkerGraph in a Gremlin Server, with the same graph."""

    def __init__(self, address: str, source: str) -> None:
        self._client = Client(address, source, pool_size=4, max_workers=4)
        self._stuck = False
        self._renew()

    def _renew(self) -> None:
        made = write(GraphTraversalSource(Graph(), TraversalStrategies()))
        self._client.submit(made.bytecode).all().result()

    def answers(self, drawn: list[Drawn]) -> Iterator[Answer]:
        """The answers in order; reads go side by side, a write alone."""
        waiting: list[tuple[Drawn, Future[Any]]] = []
        for one in drawn:
            if one.writes or len(waiting) >= 256:
                yield from (self._result(item, future) for item, future in waiting)
                waiting = []
            if one.writes:
                yield self._after_write(one)
            else:
                waiting.append((one, self._client.submit_async(bytecode(one), request_options=OPTIONS)))
        yield from (self._result(item, future) for item, future in waiting)

    def answer(self, drawn: Drawn) -> Answer:
        """The answer to one traversal."""
        return next(self.answers([drawn]))

    def _after_write(self, drawn: Drawn) -> Answer:
        found = self._result(drawn, self._client.submit_async(bytecode(drawn), request_options=OPTIONS))
        try:
            return found if found == ERROR else (found, *self.answers(list(DUMP)))
        finally:
            self._renew()

    def _result(self, drawn: Drawn, future: "Future[Any]") -> Answer:
        try:
            return collected(future.result(PATIENCE_S).all().result(PATIENCE_S), ordered=drawn.ordered)
        except FutureTimeout:
            self._stuck = True
            return ENDLESS
        except Exception:  # noqa: BLE001 (whatever the driver raises is an error of the server)
            return ERROR

    def close(self) -> None:
        """Close the connections; not where one waits for what never ends, which the end of the server closes."""
        if not self._stuck:
            self._client.close()


def shrunk(drawn: Drawn, disagree: Callable[[Drawn], bool]) -> Drawn:
    """A smaller traversal on which both still disagree: steps left out while that is so."""
    again = True
    while again:
        again = False
        for source in _without_one(drawn.source):
            smaller = Drawn(source=source, steps=drawn.steps)
            if disagree(smaller):
                drawn, again = smaller, True
                break
        for steps in _smaller(drawn.steps):
            smaller = Drawn(source=drawn.source, steps=steps)
            if steps and steps[0][0] in STARTS and disagree(smaller):
                drawn, again = smaller, True
                break
    return drawn


def _without_one(steps: tuple[Step, ...]) -> Iterator[tuple[Step, ...]]:
    return (steps[:place] + steps[place + 1 :] for place in range(len(steps)) if steps[place][0] not in ("order", "by"))


def _smaller(steps: tuple[Step, ...]) -> Iterator[tuple[Step, ...]]:
    yield from _without_one(steps)
    for place, step in enumerate(steps):
        for at, argument in enumerate(step):
            if isinstance(argument, Sub):
                for less in _smaller(argument):
                    if less:
                        yield (*steps[:place], (*step[:at], Sub(less), *step[at + 1 :]), *steps[place + 1 :])


def text(value: Any) -> str:  # noqa: PLR0911 (a table of types)
    """A traversal's part as Python would write it."""
    if isinstance(value, Drawn):
        return f"Drawn(source={text(value.source)}, steps={text(value.steps)})"
    if isinstance(value, Sub):
        return f"Sub([{', '.join(map(text, value))}])"
    if isinstance(value, tuple | list):
        held: Any = value  # pyright: ignore[reportUnknownVariableType]  # of any element
        parts = ", ".join(map(text, held))
        return f"[{parts}]" if isinstance(value, list) else f"({parts}{',' if len(held) == 1 else ''})"
    if is_map(value):
        return f"{{{', '.join(f'{text(key)}: {text(item)}' for key, item in value.items())}}}"
    if isinstance(value, Enum):
        return f"{type(value).__name__}.{value.name}"
    if isinstance(value, P):
        given = [value.value] if value.other is None else [value.value, value.other]
        return f"{type(value).__name__}({value.operator!r}, {', '.join(map(text, given))})"
    return f"long({int(value)})" if type(value).__name__ == "long" else repr(value)
