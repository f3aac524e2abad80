"""What stays: tests, children, parts of a stream, and its order."""

# ruff: noqa: ARG001, E501 (productions share one signature; a table of steps reads better in long lines)
from typing import Any

from gremlin_python.process.traversal import Order, P, T
from gremlin_python.statics import long

from tests.graph.fuzz.maker import MANY, Maker, Place, by, production
from tests.graph.fuzz.shapes import Step, Sub
from tests.graph.fuzz.world import EDGE_IDS, EDGE_LABELS, VERTEX_IDS, VERTEX_LABELS


@production("V", weight=4)
def has(m: Maker, at: Place, kind: str) -> Any:
    """All forms of has."""
    return [
        m.pick(
            ("has", "age"), ("has", "name", m.test("str")), ("has", "age", m.test("num")), ("hasNot", "lang"),
            ("has", m.pick(*VERTEX_LABELS), "name", m.test("str")), ("hasLabel", m.pick(*VERTEX_LABELS)),
            ("hasLabel", "person", "town"), ("hasId", *m.random.sample(VERTEX_IDS, 3)), ("has", T.id, P.within(*m.random.sample(VERTEX_IDS, 4))),
            ("has", T.label, m.pick("person", P.neq("person"), P.within("town", "software"))),
            ("has", "name", m.pick("lop", "anna")), ("has", "score", long(5000000000)),
            ("hasLabel", P.without("person")), ("hasId", P.neq("p1")), ("has", "rank", m.test("num")), ("hasNot", "age"),
        )
    ], kind  # fmt: skip


@production("E", weight=2)
def edge_has(m: Maker, at: Place, kind: str) -> Any:
    """Has on edges."""
    return [
        m.pick(
            ("has", "weight", m.test("num")), ("hasLabel", *m.random.sample(EDGE_LABELS, 2)), ("has", "since"), ("hasNot", "since"),
            ("hasId", *m.random.sample(EDGE_IDS, 5)), ("has", "knows", "weight", m.test("num")),
        )
    ], kind  # fmt: skip


@production("longs", weight=3)
def of_longs(m: Maker, at: Place, kind: str) -> Any:
    """Counts of a map; as a rule no other numbers join them, for Python has one key for an Integer and a Long."""
    return m.pick(
        ([m.pick(("sum",), ("min",), ("max",), ("mean",))], "total"),
        ([("is", m.test("num"))], kind),
        ([("math", "_ * 2 - 1")], kind),
        ([("dedup",)], kind),
    )


@production("num", "str", weight=3)
def is_(m: Maker, at: Place, kind: str) -> Any:
    """A test of the value."""
    return [("is", m.test(kind))] if m.chance(0.9) else [("is", m.pick("lop", 29, 1))], kind


@production("V", "E", "num", "str", weight=2)
def test_child(m: Maker, at: Place, kind: str) -> Any:
    """Filters with children."""
    if at.depth > 2:
        return None
    name = m.pick("where", "filter", "not", "and", "or", "where", "where")
    children = [m.child(at, kind) for _ in range(m.pick(1, 2) if name in ("and", "or") else 1)]
    return [(name, *children)], kind


@production("V", "E", weight=1)
def infix(m: Maker, at: Place, kind: str) -> Any:
    """And and or between steps of a child."""
    if at.depth > 2:
        return None
    one, two = m.child(at, kind), m.child(at, kind)
    if {"and", "or"} & {step[0] for step in (*one, *two) if len(step) == 1}:
        return None
    if len({repr(step) for step in (*one, *two)}) < len(one) + len(two):  # TinkerPop cuts at the wrong one
        return None
    return [(m.pick("where", "filter"), Sub([*one, (m.pick("and", "or"),), *two]))], kind


@production("*", weight=1)
def plain(m: Maker, at: Place, kind: str) -> Any:
    """Steps that change nothing, or nearly so."""
    if m.chance(0.2):
        return [
            m.pick(
                ("sample", MANY),
                ("timeLimit", MANY),
                ("coin", 1.0),
                ("coin", 0.0),
                ("skip", 0),
                ("limit", MANY),
                ("range", 0, MANY),
                ("limit" if at.depth else "tail", MANY),
            )
        ], kind
    return [m.pick(("identity",), ("barrier",), ("barrier", 5))], kind


@production("V", "E", "num", "str", weight=2)
def dedup(m: Maker, at: Place, kind: str) -> Any:
    """Each value once; which of the equal ones is left to the engine."""
    if at.looping:
        return None
    at.told = True
    if kind in ("V", "E") and m.chance(0.3):
        return [
            ("dedup",),
            by(m.pick(T.label, "name", "age") if kind == "V" else m.pick("weight", T.label)),
            ("count",),
        ], "total"
    return [("dedup",)], kind


@production("V", "E", "num", "str", weight=2)
def part(m: Maker, at: Place, kind: str) -> Any:
    """Some of an ordered stream."""
    if at.looping:
        return None
    at.told = True
    order: list[Step] = [("order",), by(T.id, *m.pick((), (Order.desc,)))] if kind in ("V", "E") else [("order",)]
    count = m.random.randint(0, 5)
    step = m.pick(
        ("limit", count),
        ("skip", count),
        ("range", count, count + m.pick(0, 1, 3)),
        ("limit", count) if at.depth else ("tail", count),  # TinkerGraph never ends on order().tail() twice in a filter
        ("range", count, -1),
        ("skip", count) if at.depth else ("tail",),
    )
    return [*order, step], kind


@production("V", weight=1)
def order(m: Maker, at: Place, kind: str) -> Any:
    """Sort; only what has a key stays."""
    key, found = m.key_of(kind)
    if found == "list":
        return [("order",), by("name")], kind
    return [("order",), by(key, *m.pick((), (Order.desc,), (Order.asc,)))], kind
