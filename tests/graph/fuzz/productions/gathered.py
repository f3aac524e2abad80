"""Maps and lists, and what they hold."""

# ruff: noqa: ARG001, E501, PLR0911 (productions share one signature; a table of steps reads better in long lines)
from typing import Any

from gremlin_python.process.traversal import Column, Order, Scope

from tests.graph.fuzz.maker import MANY, Maker, Place, by, production
from tests.graph.fuzz.shapes import Sub


@production("counts", weight=4)
def of_counts(m: Maker, at: Place, kind: str) -> Any:
    """What a map of counts holds."""
    return m.pick(
        ([("select", Column.values), ("unfold",)], "longs"), ([("select", Column.keys), ("count", Scope.local)], "total"), ([("unfold",)], "entry"),
        ([("count", Scope.local)], "total"), ([("order", Scope.local), by(Column.values, Order.desc)], "map"), ([("unfold",), ("select", Column.values)], "longs"),
        ([("select", Column.values), ("sum", Scope.local)], "total"),
    )  # fmt: skip


@production("map", weight=3)
def of_map(m: Maker, at: Place, kind: str) -> Any:
    """What a map holds."""
    return m.pick(
        ([("unfold",)], "entry"), ([("count", Scope.local)], "total"), ([("select", Column.keys), ("count", Scope.local)], "total"),
        ([("select", m.pick("x", "name", "y"))], "any"), ([("select", "x", "y")], "map"), ([("unfold",), ("count",)], "total"),
        ([("select", Column.values), ("unfold",)], "any"),
    )  # fmt: skip


@production("entry", weight=3)
def of_entry(m: Maker, at: Place, kind: str) -> Any:
    """What an entry holds."""
    return [("select", m.pick(Column.keys, Column.values))], "any"


@production("nums", "strs", weight=6)
def of_list(m: Maker, at: Place, kind: str) -> Any:
    """Local steps and list steps."""
    item = "num" if kind == "nums" else "str"
    other: Any = [29, 1, 2] if kind == "nums" else ["lop", "a", "anna"]
    name = m.random.randint(0, 9)
    if name <= 2:
        step = m.pick(
            ("limit", Scope.local, 2),
            ("range", Scope.local, 1, 3),
            ("tail", Scope.local, 2),
            ("tail", Scope.local),
            ("skip", Scope.local, 1),
            ("sample", Scope.local, MANY),
        )
        return [
            (
                "order",
                Scope.local,
            ),
            step,
        ], kind
    if name <= 4:
        step = m.pick("combine", "difference", "disjunct", "intersect", "merge", "product")
        return [(step, m.pick(other, Sub([("constant", other)])))], "list" if step == "product" else kind
    if name == 5:
        return [(m.pick("any", "all", "none"), m.test(item))], kind
    if name == 6:
        return [("unfold",)], item
    if name == 7:
        return [("dedup", Scope.local)], kind
    if kind == "nums":
        return [(m.pick("sum", "min", "max", "mean"), Scope.local)], "num"
    if m.chance(0.4):
        return m.pick(
            ([("order", Scope.local), ("conjoin", ";")], "str"),
            ([("order", Scope.local), ("index",), ("unfold",)], "list"),
        )
    return m.pick( ([("toUpper", Scope.local)], "strs"), ([("length", Scope.local)], "nums"),
                  ([("reverse",)], "strs"), ([("count", Scope.local)], "total"),
                  ([("replace", Scope.local, "a", "b")], "strs"), ([("trim", Scope.local)], "strs"))  # fmt: skip


@production("list", weight=3)
def of_any_list(m: Maker, at: Place, kind: str) -> Any:
    """What a list of anything holds."""
    return m.pick(
        ([("unfold",)], "any"),
        ([("count", Scope.local)], "total"),
        ([("dedup", Scope.local), ("count", Scope.local)], "total"),
        ([("reverse",)], "list"),
    )
