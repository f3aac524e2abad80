"""What was before: labels, paths, patterns."""

# ruff: noqa: ARG001, E501 (productions share one signature; a table of steps reads better in long lines)
from typing import Any

from gremlin_python.process.traversal import P, Pop, Scope, T

from tests.graph.fuzz.maker import Maker, Place, by, production
from tests.graph.fuzz.shapes import Step, Sub


@production("V", "E", "num", "str", weight=3)
def label(m: Maker, at: Place, kind: str) -> Any:
    """Name the present object."""
    if at.depth or at.told:
        return None
    name = m.pick("a", "b", "c")
    if name in at.labels:
        return None
    at.labels[name] = kind
    return [("as", name)], kind


@production("V", "E", "num", "str", weight=3)
def select(m: Maker, at: Place, kind: str) -> Any:
    """Go back to what was named."""
    if not at.labels or at.told or at.looping:
        return None
    name = m.pick(*at.labels)
    found = at.labels[name]
    if m.chance(0.3) and len(at.labels) > 1:
        several = list(at.labels)[:2]
        step = ("select", *m.pick((), (Pop.last,), (Pop.first,)), *several)
        return [step], "map"
    if m.chance(0.3):
        key, made = m.key_of(found)
        if made != "list":
            return [("select", name), by(key)], made
    return [("select", *m.pick((), (), (Pop.first,), (Pop.last,), (Pop.mixed,)), name)], found


@production("V", weight=3)
def where_label(m: Maker, at: Place, kind: str) -> Any:
    """Compare with what was named."""
    known = [name for name, held in at.labels.items() if held == kind]
    if not known or at.told or at.looping or at.depth:
        return None
    name = m.pick(*known)
    test = m.pick(P.eq, P.neq)
    step = ("where", test(name)) if m.chance(0.6) else ("where", m.pick(*known), test(name))
    if m.chance(0.3):
        return [step, by(m.pick("age", T.label))], kind
    if m.chance(0.2):
        return [("where", Sub([("as", name), (m.pick("out", "in"),), ("as", m.pick(*known))]))], kind
    return [step], kind


@production("V", "E", "num", weight=2)
def path(m: Maker, at: Place, kind: str) -> Any:
    """Where it has been."""
    if at.told or at.looping:
        return None
    if m.chance(0.4):
        return [(m.pick("simplePath", "cyclicPath"),)], kind
    if m.chance(0.2):
        at.told = True
        return [("tree",), ("count", Scope.local)], "total"
    return m.pick(
        ([("path",)], "path"),
        ([("path",), ("by", T.id)] if kind == "V" and m.chance(0.2) else [("path",)], "path"),
    )


@production("path", weight=4)
def of_path(m: Maker, at: Place, kind: str) -> Any:
    """What a path holds."""
    return m.pick(
        ([("count", Scope.local)], "total"),
        ([("unfold",)], "any"),
        ([("dedup", Scope.local), ("count", Scope.local)], "total"),
        ([("limit", Scope.local, 2)], "list"),
    )


@production("V", weight=1)
def match(m: Maker, at: Place, kind: str) -> Any:
    """Patterns that must hold together."""
    if at.looping or at.depth or at.labels or at.told:
        return None
    at.told = True

    def way() -> Step:
        return (m.pick("out", "in", "both"), *m.pick((), (), ("knows",), ("created",)))

    patterns = [Sub([("as", "x"), way(), ("as", "y")])]
    patterns.append(m.pick(
        Sub([("as", "y"), way(), ("as", "z")]), Sub([("as", "y"), ("has", "age", m.test("num"))]), Sub([("as", "x"), way(), ("as", "z")]),
        Sub([("not", Sub([("as", "x"), way(), ("as", "y")]))]), Sub([("as", "y"), ("values", "name"), ("as", "n")]),
        Sub([("where", "x", P.neq("y"))]), Sub([("as", "y"), ("has", "lang")]),
    ))  # fmt: skip
    ends: Any = m.pick([("select", "x")], [("select", "y"), by("name")], [("select", "x", "y")], [])
    return [("match", *patterns), *ends], {0: "map"}.get(
        len(ends), "map" if len(ends) == 1 and len(ends[0]) == 3 else "V" if len(ends) == 1 else "str"
    )
