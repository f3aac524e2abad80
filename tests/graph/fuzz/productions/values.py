"""Texts, numbers, dates, and what one value is made of."""

# ruff: noqa: ARG001, E501 (productions share one signature; a table of steps reads better in long lines)
from typing import Any

from gremlin_python.process.traversal import DT, GType, Operator, P, Scope, T

from tests.graph.fuzz.maker import Made, Maker, Place, by, production
from tests.graph.fuzz.shapes import Sub


@production("str", weight=5)
def text(m: Maker, at: Place, kind: str) -> Any:
    """Text steps."""
    return m.pick(
        ([("toUpper",)], "str"), ([("toLower",)], "str"), ([("trim",)], "str"), ([("lTrim",)], "str"), ([("rTrim",)], "str"),
        ([("length",)], "num"), ([("concat", "-", "x")], "str"), ([("concat", Sub([("toUpper",)]))], "str"), ([("reverse",)], "str"),
        ([("replace", "o", "0")], "str"), ([("substring", 1)], "str"), ([("substring", m.pick(0, 1, -2), m.pick(1, 2, 3, -1))], "str"),
        ([("split", " ")], "strs"), ([("asString",)], "str"), ([("constant", "12"), ("asNumber",)], "num"),
        ([("constant", m.pick("true", "False", "no")), ("asBool",)], "bool"), ([("fold",)], "strs"), ([("asString", Scope.local)], "str"),
        ([("constant", "2024-02-28T10:00:00Z"), ("asDate",)], "date"),
    )  # fmt: skip


@production("total", weight=4)
def total(m: Maker, at: Place, kind: str) -> Any:
    """A number of traversers; not compared at once, for TinkerGraph then stops counting early."""
    return [m.pick(("math", "_ * 3"), ("fold",), ("sum",))], "any"


@production("num", weight=5)
def number(m: Maker, at: Place, kind: str) -> Any:
    """Number steps."""
    return m.pick(
        ([("math", m.pick("_ + 1", "_ * 2 - 1", "(_ - 3) / 2", "abs(_) ^ 2", "ceil _ / 4", "floor(_ / 4)", "_ % 3", "sqrt(abs(_))"))], "num"),
        ([("sum",)], "num"), ([("min",)], "num"), ([("max",)], "num"), ([("mean",)], "num"), ([("asString",)], "str"),
        ([("asNumber",)], "num"), ([("asNumber", m.pick(GType.LONG, GType.DOUBLE, GType.INT))], "num"), ([("fold",)], "nums"),
        ([("asBool",)], "bool"), ([("fold", 0, Operator.sum_)], "num"), ([("choose", P.gt(2), Sub([("constant", "big")]), Sub([("constant", "small")]))], "str"),
    )  # fmt: skip


@production("date", weight=6)
def date(m: Maker, at: Place, kind: str) -> Any:
    """Date steps."""
    if m.chance(0.5):
        return [("dateAdd", m.pick(DT.day, DT.hour, DT.minute, DT.second), m.pick(1, -3, 40))], "date"
    return [("dateDiff", Sub([("constant", "2024-01-01T00:00:00Z"), ("asDate",)]))], "num"


@production("V", "E", "num", "str", "any", weight=2)
def gather(m: Maker, at: Place, kind: str) -> Any:
    """Make one value of all."""
    lists = {"num": "nums", "str": "strs"}
    count: Made = ([("count",)], "total")
    return m.pick(
        count, ([("fold",)], lists.get(kind, "list")), count if kind == "any" else ([("groupCount",)], "counts"), count
    )


@production("V", "E", "str", "num", weight=2)
def group(m: Maker, at: Place, kind: str) -> Any:
    """Group and count."""
    key, _ = m.key_of(kind)
    if m.chance(0.4):
        return [("groupCount",), by(key)], "counts"
    value, _ = m.key_of(kind)
    value = T.label if isinstance(value, Sub) and kind in "VE" else None if isinstance(value, Sub) else value
    last: Any = m.pick(by(Sub([("count",)])), by(value), by(Sub([("fold",)])), ("by",), by(Sub([("dedup",), ("count",)])),
                       by(Sub([("order",), by(T.id), ("limit", 2), ("fold",)])) if kind in "VE" else by(Sub([("count",)])))  # fmt: skip
    return [("group",), by(key), last], "map"


@production("V", "E", weight=2)
def project(m: Maker, at: Place, kind: str) -> Any:
    """A map of values."""
    (one, _), (two, _) = m.key_of(kind), m.key_of(kind)
    return [("project", "x", "y"), by(one), by(two)], "map"


@production("V", weight=1)
def format_(m: Maker, at: Place, kind: str) -> Any:
    """Fill a text."""
    return [m.pick(("format", "%{name} is %{age}"), ("format", "it is %{name}"))], "str"
