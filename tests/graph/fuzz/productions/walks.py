"""Where to go: hops, ends, and what elements say."""

# ruff: noqa: ARG001, E501 (productions share one signature; a table of steps reads better in long lines)
from typing import Any

from gremlin_python.process.traversal import Direction

from tests.graph.fuzz.maker import Maker, Place, production
from tests.graph.fuzz.shapes import Sub
from tests.graph.fuzz.world import EDGE_LABELS


@production("V", weight=6)
def hop(m: Maker, at: Place, kind: str) -> Any:
    """out, in, both, and the same by direction."""
    labels = m.random.sample(EDGE_LABELS, m.pick(0, 0, 0, 1, 1, 2))
    if m.chance(0.08):
        return [("to", m.pick(Direction.OUT, Direction.IN, Direction.BOTH), *labels)], "V"
    return [(m.pick("out", "in", "both"), *labels)], "V"


@production("V", weight=3)
def hop_to_edge(m: Maker, at: Place, kind: str) -> Any:
    """Go to edges, sometimes on to the other end."""
    labels = m.random.sample(EDGE_LABELS, m.pick(0, 0, 1))
    if m.chance(0.15):
        return [("toE", m.pick(Direction.OUT, Direction.IN, Direction.BOTH), *labels)], "E"
    step = (m.pick("outE", "inE", "bothE"), *labels)
    if m.chance(0.35):
        return [step, ("otherV",)], "V"
    return [step], "E"


@production("E", weight=3)
def edge_end(m: Maker, at: Place, kind: str) -> Any:
    """Go to an end of an edge."""
    return [m.pick(("outV",), ("inV",), ("bothV",), ("toV", m.pick(Direction.OUT, Direction.IN, Direction.BOTH)))], "V"


@production("V", weight=4)
def vertex_values(m: Maker, at: Place, kind: str) -> Any:
    """Properties of vertices."""
    return m.pick(
        ([("values", "name")], "str"), ([("values", "age")], "num"), ([("values", "age", "rank")], "num"), ([("values", "age", "score"), ("dedup",)], "some"),
        ([("values", "rank")], "num"), ([("values", "lang", "name")], "str"), ([("label",)], "str"), ([("id",)], "str"),
        ([("properties", "name")], "vp"), ([("properties",)], "vp*"), ([("valueMap", "name")], "map"),
        ([("valueMap",)], "map"), ([("propertyMap", "name", "age")], "map"), ([("elementMap",)], "map"),
        ([("elementMap", "name", "lang")], "map"), ([("valueMap", "name", "age"), ("by", Sub([("unfold",)]))], "map"),
        ([("valueMap", "lang"), ("with", "~tinkerpop.valueMap.tokens")], "map"),
        ([("properties", "name", "lang")], "vp"), ([("propertyMap",)], "map"),
    )  # fmt: skip


@production("E", weight=2)
def edge_values(m: Maker, at: Place, kind: str) -> Any:
    """Properties of edges."""
    return m.pick(
        ([("values", "weight")], "num"), ([("values", "since")], "num"), ([("label",)], "str"), ([("id",)], "str"),
        ([("properties",)], "ep"), ([("valueMap",)], "map"), ([("elementMap",)], "map"), ([("properties", "weight")], "ep"),
        ([("propertyMap",)], "map"),
    )  # fmt: skip


@production("vp", "vp*", "ep", weight=5)
def of_property(m: Maker, at: Place, kind: str) -> Any:
    """What a property says."""
    if m.chance(0.5):
        step = m.pick(("hasKey", "name"), ("hasKey", "weight", "since"), ("hasValue", "marko"), ("hasValue", 29, 0.5))
        return [step], kind
    return m.pick(
        ([("key",)], "str"), ([("value",)], "str" if kind == "vp" else "any"), ([("element",)], "E" if kind == "ep" else "V"),
    )  # fmt: skip
