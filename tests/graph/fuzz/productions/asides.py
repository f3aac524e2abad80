"""What is kept aside or carried along."""

# ruff: noqa: E501 (productions share one signature; a table of steps reads better in long lines)
from typing import Any

from gremlin_python.process.traversal import Operator, P, T

from tests.graph.fuzz.maker import Maker, Place, by, production
from tests.graph.fuzz.shapes import Sub
from tests.graph.fuzz.world import VERTEX_IDS


@production("V", "E", "num", "str", weight=2)
def aside(m: Maker, at: Place, kind: str) -> Any:
    """Keep something aside."""
    name = m.pick("l", "m", "n")
    if name in at.taken or at.depth or at.told:
        return None
    at.taken.add(name)
    key, _ = m.key_of(kind)
    sure = T.id if kind in ("V", "E") else None
    step, held = m.pick(
        ([("aggregate", name)], "list"), ([("aggregate", name), by(key)], "list"), ([("groupCount", name), by(sure)], "counts"),
        ([("group", name), by(key), m.pick(("by", Sub([("count",)])), ("by", Sub([("fold",)])), ("by",))], "map"),
        ([("subgraph", name)] if kind == "E" else [("aggregate", name)], "graph" if kind == "E" else "list"),
        ([("tree", name)] if kind == "V" else [("aggregate", name)], "graph" if kind == "V" else "list"),
    )  # fmt: skip
    if held != "graph":
        at.sides[name] = held
    return step, kind


@production("V", "num", "str", weight=2)
def where_side(m: Maker, at: Place, kind: str) -> Any:
    """Compare with what was kept aside."""
    known = [name for name, held in at.sides.items() if held == "list"]
    if not known or at.looping or at.depth:
        return None
    return [("where", m.pick(P.within, P.without)(m.pick(*known)))], kind


@production("num", "V", "E", weight=1)
def sack(m: Maker, at: Place, kind: str) -> Any:
    """Carry something along."""
    if at.told or at.looping:
        return None
    if m.chance(0.4):
        return [("sack",)], "num"
    if kind == "num":
        return [
            (
                "sack",
                m.pick(Operator.sum_, Operator.mult, Operator.minus, Operator.min_, Operator.max_, Operator.assign),
            )
        ], kind
    return [
        ("sack", m.pick(Operator.sum_, Operator.mult)),
        by(Sub([(m.pick("outE", "bothE") if kind == "V" else "inV",), ("count",)])),
    ], kind


@production("V", "E", "num", "str", weight=1)
def value_of_nothing(m: Maker, at: Place, kind: str) -> Any:
    """A constant, or an end."""
    if m.chance(0.15):
        return [m.pick(("discard",), ("discard",), ("fail",) if not at.depth else ("discard",))], kind
    return [("constant", m.pick("x", 5, 2.5, "lop"))], "any"


@production("V", weight=1)
def go_anywhere(m: Maker, at: Place, kind: str) -> Any:
    """Begin again for each traverser."""
    if at.looping or m.chance(0.5):
        return None
    return [m.pick(("V", m.pick(*VERTEX_IDS)), ("V", "p1", "s1"), ("V", "t1"))], kind
