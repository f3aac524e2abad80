"""Gremlin text becomes the bytecode that the same words in code become, or an error that says where."""

import importlib
import json
import os
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, cast

import pytest
from gremlin_python.process.graph_traversal import GraphTraversal, GraphTraversalSource, __
from gremlin_python.process.traversal import (
    Bytecode,
    Cardinality,
    CardinalityValue,
    Direction,
    Merge,
    Operator,
    Order,
    P,
    Pop,
    T,
    TextP,
    TraversalStrategies,
    TraversalStrategy,
)
from gremlin_python.statics import BigDecimal, GremlinType, SingleByte, bigint, long, short
from gremlin_python.structure.graph import Edge, Vertex, VertexProperty
from hypothesis import given
from hypothesis import strategies as st

from graph.text import GremlinSyntaxError, read, step_names
from graph.text.words import CONFIGURES, STEPS

G = GraphTraversalSource(None, TraversalStrategies())
LITERALS: list[tuple[str, Any]] = [
    ("1", 1),
    ("-1", -1),
    ("3000000000", long(3000000000)),
    ("1L", long(1)),
    ("1n", bigint(1)),
    ("7s", short(7)),
    ("7b", SingleByte(7)),
    ("0x1F", 31),
    ("1.5", 1.5),
    (".5", 0.5),
    ("2d", 2.0),
    ("1e3", 1000.0),
    ("-Infinity", float("-inf")),
    ("1.50m", BigDecimal(2, 150)),
    ("'it\\'s \\u00e9\\n'", "it's é\n"),
    ('"a\\"b"', 'a"b'),
    ("null", None),
    ("true", True),
    ("[1, 'a', [2]]", [1, "a", [2]]),
    ("{1, 2}", {1, 2}),
    ("[:]", {}),
    ("[]", []),
    ("[a: 1, 'b': 2, (T.id): 3, T.label: 4]", {"a": 1, "b": 2, T.id: 3, T.label: 4}),
    ("1..3", [1, 2, 3]),
    ("'a'..'c'", ["a", "b", "c"]),
]
TRAVERSALS: list[tuple[str, GraphTraversal]] = [
    ("g.V().order().by('n', desc).by(Order.asc)", G.V().order().by("n", Order.desc).by(Order.asc)),
    ("g.V().has('a', not(eq(1)))", G.V().has("a", P.not_(P.eq(1)))),
    ("g.V().not(out())", G.V().not_(__.out())),
    ("g.V().has('a', P.gt(1).and(lt(3)))", G.V().has("a", P.gt(1).and_(P.lt(3)))),
    ("g.V().has('a', TextP.regex('x'))", G.V().has("a", TextP.regex("x"))),
    ("g.V().property(single, 'a', 1)", G.V().property(Cardinality.single, "a", 1)),
    ("g.mergeV([a: list(1)])", G.merge_v({"a": CardinalityValue.list_(1)})),
    ("g.mergeE([(from): 1]).option(onMatch, [:])", G.merge_e({Direction.OUT: 1}).option(Merge.on_match, {})),
    ("g.V().as('a').select(all, 'a')", G.V().as_("a").select(Pop.all_, "a")),
    ("g.withSack(1, sum).V().sack(Operator.mult)", G.with_sack(1, Operator.sum_).V().sack(Operator.mult)),
    ("g.V() // all\n  .count()", G.V().count()),
]


def plain(value: Any) -> Any:  # noqa: PLR0911 (a table of types)
    """A value that can be compared: types by name, strategies by name, whole numbers of 32 and 64 bits alike."""
    if isinstance(value, Bytecode):
        return [type(value).__name__, plain(value.source_instructions), plain(value.step_instructions)]
    if isinstance(value, TraversalStrategy):
        return value.strategy_name
    if isinstance(value, GremlinType):
        return value.gremlin_type.rpartition(".")[2]
    if isinstance(value, P):
        return [type(value).__name__, value.operator, plain(value.value), plain(value.other)]
    if isinstance(value, dict):
        entries = cast("dict[Any, Any]", cast("object", value))
        return ["map", *([plain(key), plain(item)] for key, item in entries.items())]
    if isinstance(value, set | frozenset):
        return ["set", *sorted(map(str, map(plain, cast("set[Any]", value))))]
    if isinstance(value, list | tuple):
        return [plain(item) for item in cast("list[Any]", value)]
    if isinstance(value, datetime):
        return value.replace(tzinfo=None).isoformat()
    kind = "int" if type(value) in (int, long) else type(value).__name__
    return [kind, str(value)]


@pytest.mark.parametrize(("text", "value"), LITERALS, ids=[text for text, _ in LITERALS])
def test_a_literal_has_the_type_that_it_is_written_with(text: str, value: Any) -> None:
    """Suffixes, brackets and quotes decide."""
    found = read(f"g.inject({text})").bytecode.step_instructions[0][1]
    assert (type(found), plain(found)) == (type(value), plain(value))


@pytest.mark.parametrize(("text", "meant"), TRAVERSALS, ids=[text for text, _ in TRAVERSALS])
def test_text_becomes_the_bytecode_of_code(text: str, meant: GraphTraversal) -> None:
    """Words stand for themselves with and without their family."""
    assert plain(read(text).bytecode) == plain(meant.bytecode)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("g.V().\n  foo()", "Line 2, column 3: 'foo' is no step"),
        ("g.V().has('a',\n\n  gt(", "Line 3, column 6"),
        ("g.V('a", "Line 1, column 5: this cannot be read"),
        ("g.V().map{it}", "Line 1, column 10"),
        ("g.V(300b)", "300b does not fit its type"),
        ("g.V(system)", "'system' is unknown"),
        ("g.inject(1..99999999)", "a range joins"),
        ("g.withStrategies(EvilStrategy).V()", "'EvilStrategy' is unknown"),
        ("g.inject(datetime('x'))", "'datetime' cannot read this"),
        ("g.V(" + "[" * 200, "nested too deeply"),
    ],
)
def test_an_error_says_where(text: str, place: str) -> None:
    """Line and column of what is wrong."""
    with pytest.raises(GremlinSyntaxError) as caught:
        read(text)
    assert place in caught.value.message


def test_what_ends_a_text_is_told_apart_from_its_steps() -> None:
    """`next(2)`, options, bindings and transactions are read, not run."""
    query = read("g.with('evaluationTimeout', 5L).with('x').V(n).next(2);", bindings={"n": "e_1"})
    assert (query.terminal, query.arguments) == ("next", (2,))
    assert query.bytecode.step_instructions == [["V", "e_1"]]
    assert query.bytecode.source_instructions[0][1].configuration == {"evaluationTimeout": 5, "x": True}
    assert read("g.tx().commit()").bytecode.source_instructions == [["tx", "commit"]]


def test_every_step_that_a_driver_can_send_is_a_word() -> None:
    """What gremlinpython has a method for, the grammar has a word for."""
    sent: set[str] = set()
    for name in dir(G.V()):
        if not name.startswith("_") and name not in NO_STEPS:
            sent |= sent_by(getattr(G.V(), name))
    assert sent - STEPS == set()
    assert {"mergeV", "asDate", "hasLabel", "discard", "combine"} <= sent


NO_STEPS = {"bytecode", "graph", "clone", "iterate", "next", "toList", "toSet", "to_list", "to_set", "traversers"}


def sent_by(method: Callable[..., Any]) -> set[str]:
    """The step that a method adds to bytecode, called with as many arguments as it needs."""
    for count in range(4):
        try:
            return {str(method(*["a"] * count).bytecode.step_instructions[-1][0])}
        except (TypeError, AttributeError, Exception):  # noqa: BLE001 (another number of arguments)
            continue
    return set()


@given(st.text(alphabet="gV().,'\"[]{}:outhas13 _PT/\\-\n", max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    """Nothing but our own error comes out of broken text."""
    try:
        assert set(step_names(read("g.V()." + text).bytecode)) <= STEPS | CONFIGURES
    except GremlinSyntaxError:
        return


def scenarios() -> Iterator[tuple[str, dict[str, Any], Bytecode]]:
    """Text, bindings and bytecode of every traversal of TinkerPop's scenarios; elements by name, ids as text."""
    load: Any = importlib.import_module("load")
    view: Any = load.View.__new__(load.View)
    decode = view.decode
    elements: dict[str, Callable[[Any], Any]] = {
        "id": json.dumps,
        "sid": json.dumps,
        "vertex": Vertex,
        "edge": lambda value: Edge(json.dumps(value), Vertex(1), "x", Vertex(2)),
        "vp": lambda value: VertexProperty(json.dumps(value), "x", 1, Vertex(1)),
    }

    def decoded(node: dict[str, Any]) -> Any:
        ((kind, value),) = node.items()
        return elements[kind](value) if kind in elements else decode(node)

    view.g, view.decode = G, decoded
    for name in ("cases-3.8.jsonl", "cases-3.7.jsonl"):
        for line in Path(os.environ["C360_CONFORMANCE"], name).read_text(encoding="utf-8").splitlines():
            case = json.loads(line)
            for item in case["traversals"]:
                bindings = {key: decoded(value) for key, value in case["params"].items()}
                if any(map(callable, bindings.values())):
                    continue
                yield item["text"], bindings, view.build(item["steps"], item["source"]).bytecode


def without_additions(text: str, bytecode: Bytecode) -> Bytecode:
    """The data of a scenario without what its text does not say: side effects of its background, a step of Python's."""
    if "withSideEffect" not in text:
        bytecode.source_instructions = [item for item in bytecode.source_instructions if item[0] != "withSideEffect"]
    if "shortestPath" in text:
        bytecode.step_instructions = [item for item in bytecode.step_instructions if item != ["identity"]]
    return bytecode


def test_every_scenario_of_tinkerpop_is_read_as_meant(monkeypatch: pytest.MonkeyPatch) -> None:
    """Equal bytecode, but for code, a UUID that is new each time, and P.not, which the data turns round at once."""
    if "C360_CONFORMANCE" not in os.environ:
        pytest.skip("C360_CONFORMANCE is not set")
    monkeypatch.setattr(sys, "path", [os.environ["C360_CONFORMANCE"], *sys.path])
    meant: dict[str, list[Any]] = {}
    found: dict[str, list[Any]] = {}
    for text, bindings, bytecode in scenarios():
        if "Lambda.function" in text or "UUID()" in text:
            continue
        meant.setdefault(text, []).append(plain(without_additions(text, bytecode)))
        found.setdefault(text, []).append(plain(read(text, bindings=bindings).bytecode))
    assert len(found) > 1_500
    other = {text for text, ways in found.items() if all(way not in meant[text] for way in ways)}
    assert {text for text in other if "P.not(" not in text} == set()
