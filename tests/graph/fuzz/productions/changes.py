"""Traversals that change the graph."""

# ruff: noqa: ARG001, E501 (productions share one signature; a table of steps reads better in long lines)
from typing import Any, Final

from gremlin_python.process.traversal import (
    Cardinality,
    CardinalityValue,
    Direction,
    Merge,
    P,
    T,
)

from tests.graph.fuzz.maker import MANY, Maker, Place, production
from tests.graph.fuzz.shapes import Step, Sub
from tests.graph.fuzz.world import VERTEX_IDS

SINGLE: Final[Any] = getattr(CardinalityValue, "single")  # noqa: B009 (its stub does not know)


@production("writes")
def writing(m: Maker, at: Place, kind: str) -> Any:
    """A traversal that changes the graph."""
    vertex = m.pick(*VERTEX_IDS)
    start: list[Step] = m.pick(
        [("V", vertex)],
        [("V",), ("hasLabel", m.pick("person", "software"))],
        [("V",), ("has", "age", P.gt(m.pick(20, 30)))],
    )
    name = m.pick("w1", "lop")
    value: Any = m.pick(("x"), Sub([("values", "name")]), 7, Sub([("out",), ("count",)]))
    merge = m.pick(
        {T.label: "person", "name": m.pick("marko", "new")},
        {T.id: m.pick("p1", "w9")},
        {"name": "lop"},
        {T.label: "town"},
    )
    ends = {T.label: m.pick("knows", "made"), Direction.OUT: m.pick("p1", "p3"), Direction.IN: m.pick("p2", "p4")}
    steps: list[Step] = m.pick(
        [*start, ("property", Cardinality.single, "seen", value)], [*start, ("property", Cardinality.single, m.pick("name", "age"), value), ("values", "name")],
        [*start, ("property", Cardinality.list_, "tag", "x"), ("property", Cardinality.list_, "tag", "y"), ("values", "tag")],
        [*start, ("property", Cardinality.set_, "tag", "x"), ("property", Cardinality.set_, "tag", "x"), ("properties", "tag"), ("count",)],
        [*start, ("property", Cardinality.single, "name", "z", "since", 2000), ("properties", "name"), ("valueMap",)],
        [*start, ("drop",)], [*start, ("outE",), ("drop",)], [*start, ("properties", m.pick("name", "age")), ("drop",)], [*start, ("bothE", "knows"), ("limit", MANY), ("drop",)],
        [*start, ("outE",), ("property", "weight", m.pick(2.0, 3))], [*start, ("sideEffect", Sub([("properties", "name"), ("drop",)])), ("values", "name")],
        [("addV", m.pick("person", "new")), ("property", T.id, name + "v"), ("property", Cardinality.single, "name", "w")], [*start, ("addV", "copy"), ("property", Cardinality.single, "name", value)],
        [*start, ("addV", Sub([("label",)]))], [*start, ("addV", "copy"), ("property", Cardinality.single, "of", Sub([("values", "name")])), ("values", "of")],
        [*start, ("addE", "made"), ("to", Sub([("V", vertex)]))], [*start, ("addE", "made"), ("from", Sub([("V", vertex)])), ("property", "n", 1), ("valueMap",)],
        [*start, ("as", "a"), ("out",), ("addE", "back"), ("to", "a")], [("addE", "made"), ("from", Sub([("V", "p1")])), ("to", Sub([("V", "p2")]))],
        [*start, ("as", "a"), ("both",), ("addE", m.pick("x", "y")), ("from", "a"), ("property", "w", 0.5)],
        [("mergeV", merge)], [("mergeV", merge), ("option", Merge.on_create, {"made": 1}), ("option", Merge.on_match, {"seen": 2}, Cardinality.single)],
        [*start, ("mergeV", merge)], [("mergeV", merge), ("option", Merge.on_match, {"age": SINGLE(m.pick(1, 2))}), ("values", "age")],
        [("inject", merge, {"name": "ripple"}), ("mergeV",)], [("mergeE", ends)], [("mergeE", ends), ("option", Merge.on_create, {"weight": 1.5}), ("option", Merge.on_match, {"weight": 9.0})],
        [*start, ("mergeE", ends)], [("inject", ends, ends), ("mergeE",), ("count",)], [("mergeE", {Direction.OUT: "p1"}), ("option", Merge.on_match, {"w": 1})],
        [("mergeE", {T.label: "made", Direction.OUT: Merge.out_v, Direction.IN: Merge.in_v}), ("option", Merge.out_v, {T.id: "p1"}), ("option", Merge.in_v, {T.id: m.pick("p2", "s1")})],
    )  # fmt: skip
    return steps, "any"
