"""Alternatives, children, rounds."""

# ruff: noqa: ARG001, E501, PLR0911 (productions share one signature; a table of steps reads better in long lines)
from typing import Any

from gremlin_python.process.traversal import P, Pick, T

from tests.graph.fuzz.maker import Maker, Place, production
from tests.graph.fuzz.shapes import Step, Sub


@production("V", weight=3)
def branch(m: Maker, at: Place, kind: str) -> Any:
    """All steps with alternatives."""
    if at.depth > 2:
        return None
    ends = m.pick("V", "V", "num", "str")

    def child() -> Sub:
        return m.child(at, kind, ends)

    name = m.random.randint(0, 7)
    if name <= 1:
        return [("union", *(child() for _ in range(m.pick(1, 2, 3))))], ends
    if name == 2:
        return [("coalesce", child(), child())], ends
    if name == 3:
        return [("optional", m.child(at, kind, kind))], kind
    if name == 4:
        return [("choose", m.child(at, kind), child(), child())], ends
    if name == 5:
        return [("choose", m.pick(T.label, Sub([("label",)]), Sub([("values", "lang")]))), ("option", "person", child()),
                ("option", m.pick("software", P.within("town", "java")), child()), ("option", Pick.none, child())], "any"  # fmt: skip
    if name == 6:
        return [
            ("branch", Sub([("label",)])),
            ("option", "person", child()),
            ("option", m.pick(Pick.any_, Pick.none), child()),
        ], ends
    return [
        ("choose", Sub([("values", "age")])),
        ("option", m.test("num"), child()),
        ("option", Pick.unproductive, child()),
    ], "any"


@production("V", "E", weight=2)
def child_step(m: Maker, at: Place, kind: str) -> Any:
    """Local, flatMap, map, sideEffect."""
    if at.depth > 2:
        return None
    ends = m.pick("V", "num", "str")
    name = m.pick("local", "flatMap", "flatMap", "local", "map", "sideEffect")
    if name == "map":
        key, found = m.key_of(kind)
        return ([("map", key)], found) if isinstance(key, Sub) else None
    if name == "sideEffect":
        return [("sideEffect", m.pick(Sub([("out",)]), Sub([("values", "name")])))], kind
    return [(name, m.child(at, kind, ends))], ends


@production("V", weight=3)
def repeat(m: Maker, at: Place, kind: str) -> Any:
    """Rounds with all kinds of ends."""
    if at.depth > 1 or at.looping:
        return None
    named = m.chance(0.15)
    inner: Any = m.child(Place(depth=3, labels=at.labels, sides=at.sides, told=at.told), "V", "V", looping=True)
    if m.chance(0.2):
        inner = Sub(
            [
                ("repeat", *m.pick((), ("q",)), Sub([(m.pick("out", "in"),)])),
                *m.pick([("times", 2)], [("emit",), ("times", 1)], [("until", Sub([("loops",), ("is", 2)]))]),
            ]
        )
    body = ("repeat", *(("r",) if named else ()), inner)
    loops = Sub([("loops", *(("r",) if named else ())), ("is", P.gte(m.pick(1, 2, 2)))])
    end: Step = m.pick(
        ("times", m.pick(1, 2, 2, 3)), ("times", m.pick(1, 2, 2)), ("until", loops),
        ("until", Sub([("or", loops, m.child(at, "V"))])),
    )  # fmt: skip
    emit: Step = ("emit",) if m.chance(0.5) else ("emit", m.child(at, "V"))
    parts = [body, end]
    if m.chance(0.3):
        parts.reverse()
    if m.chance(0.4):
        parts.insert(m.pick(0, 1, 2), emit)
    return list(parts), "V"


@production("V", weight=1)
def loops_inside(m: Maker, at: Place, kind: str) -> Any:
    """How often it went round."""
    if not at.looping:
        return None
    return [("where", Sub([("loops",), ("is", P.lt(2))]))], kind
