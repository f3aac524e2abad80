"""A grammar of traversals: productions by what a traverser holds, drawn with a seeded generator.

Whatever two right engines may answer differently is not drawn: no part of an unordered stream, no list whose order
matters, nothing about a path after equal traversers were told apart by chance.
"""

# ruff: noqa: ARG001, E501, PLR0911 (productions share one signature; a table of steps reads better in long lines)
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any, Final

from gremlin_python.process.traversal import (
    DT,
    Cardinality,
    CardinalityValue,
    Column,
    Direction,
    GType,
    Merge,
    Operator,
    Order,
    P,
    Pick,
    Pop,
    Scope,
    T,
    TextP,
)
from gremlin_python.statics import long

from tests.graph.fuzz.world import EDGE_IDS, VERTEX_IDS

Step = tuple[Any, ...]
EDGE_LABELS: Final = ("knows", "created", "lives", "near", "none")
VERTEX_LABELS: Final = ("person", "software", "town", "none")
NUMBER_KEYS: Final = ("age", "score", "rank")
TEXTS: Final = ("marko", "lop", "java", "oslo", "o", "a", "")
MANY: Final = 1000
STEERING: Final = 16
SINGLE: Final[Any] = getattr(CardinalityValue, "single")  # noqa: B009 (its stub does not know)


class Sub(tuple[Step, ...]):
    """The steps of a child traversal."""

    __slots__ = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A traversal: what its source is told, its steps, and whether its answer has an order."""

    source: tuple[Step, ...]
    steps: tuple[Step, ...]
    ordered: bool = False

    @property
    def writes(self) -> bool:
        """Whether it may change the graph."""
        return not WRITES.isdisjoint(names(self.steps))


WRITES: Final = frozenset({"addV", "addE", "property", "drop", "mergeV", "mergeE"})


def names(value: Any) -> list[str]:
    """The names of all steps, of children too, as often as they occur."""
    found: list[str] = []
    for step in value:
        found.append(step[0])
        for argument in step[1:]:
            if isinstance(argument, Sub):
                found += names(argument)
    return found


@dataclass(slots=True, kw_only=True)
class Place:
    """What may be drawn at a place.

    Attributes:
        depth: children around it.
        labels: what `as` has named, with its kind.
        told: whether two traversers of one value may have had another past, so that nothing may ask for it.
        sides: names of side effects that can be compared with, with what they hold.
        taken: names of all side effects.
        looping: whether it is inside a repeat.
    """

    depth: int = 0
    labels: dict[str, str] = field(default_factory=dict[str, str])
    told: bool = False
    sides: dict[str, str] = field(default_factory=dict[str, str])
    taken: set[str] = field(default_factory=set[str])
    looping: bool = False

    def inner(self, *, looping: bool | None = None) -> "Place":
        """The at of a child."""
        return Place(
            depth=self.depth + 1,
            labels=dict(self.labels),
            told=self.told,
            sides=dict(self.sides),
            taken=self.taken,
            looping=self.looping if looping is None else looping,
        )


Made = tuple[list[Step], str]
Production = Callable[["Maker", Place, str], Made | None]
PRODUCTIONS: Final[dict[str, list[Production]]] = {}


def production(*kinds: str, weight: int = 1) -> Callable[[Production], Production]:
    """Register a production for what traversers hold; `*` for anything."""

    def register(function: Production) -> Production:
        for kind in kinds:
            PRODUCTIONS.setdefault(kind, []).extend([function] * weight)
        return function

    return register


class Maker:
    """Draws traversals."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.drawn = Counter[str]()

    def pick(self, *choices: Any) -> Any:
        """One of them."""
        return self.random.choice(choices)

    def chance(self, share: float) -> bool:
        """True with this probability."""
        return self.random.random() < share

    def traversal(self) -> Drawn:
        """A whole traversal; half of them, of several the one with the step that was drawn the fewest times."""
        choices = [self._traversal() for _ in range(self.pick(1, STEERING))]
        found = min(choices, key=lambda one: min(self.drawn[name] for name in names(one.steps)))
        self.drawn.update({*names(found.steps)})
        return found

    def _traversal(self) -> Drawn:
        at = Place()
        source = self._source()
        if self.chance(0.08):
            return Drawn(source=source, steps=tuple(writing(self)))
        steps, kind = self.start()
        steps, kind = self.walk(at, steps, kind, self.random.randint(1, 7))
        if at.sides and self.chance(0.6):
            steps.append(("cap", self.pick(*at.sides)))
            kind = "cap"
        ordered = kind in ("num", "str") and self.chance(0.15)
        if ordered:
            steps.append(("order",))
        return Drawn(source=source, steps=tuple(steps), ordered=ordered)

    def _source(self) -> tuple[Step, ...]:
        if self.chance(0.06):
            return (("withSack", self.pick(1, 1.0), Operator.sum_),)
        if self.chance(0.03):
            return (("withPath",),)
        return (("withSack", 1),)

    def start(self) -> Made:
        """A beginning."""
        drawn = self.random.random()
        if drawn < 0.62:
            return [("V",)], "V"
        if drawn < 0.74:
            return [("V", *self.random.sample(VERTEX_IDS, self.pick(1, 1, 2, 3)))], "V"
        if drawn < 0.85:
            return [("E",)], "E"
        if drawn < 0.87:
            return [("E", *self.random.sample(EDGE_IDS, 2))], "E"
        if drawn < 0.90:
            return [("inject", *(self.pick("a b", " Ab ", "12", "true", "x", "no") for _ in range(3)))], "str"
        if drawn < 0.93:
            return [("inject", *(self.pick(1, 2, -3, long(4), 2.5, 0) for _ in range(3)))], "num"
        if drawn < 0.94:
            return [("inject", [self.pick(1, 2, 3) for _ in range(3)], [self.pick(2, 4)])], "nums"
        if drawn < 0.95:
            return [("inject", [self.pick("a", " b", "lop") for _ in range(3)], [self.pick("o ", "anna")])], "strs"
        if drawn < 0.97:
            return [("union", Sub([("V",), ("hasLabel", "person")]), Sub([("V", "s1"), ("in",)]))], "V"
        return [("inject", "2024-02-28T10:00:00Z", "1999-12-31T23:59:59Z"), ("asDate",)], "date"

    def walk(self, at: Place, steps: list[Step], kind: str, length: int) -> Made:
        """Go on for so many productions."""
        for _ in range(length):
            made = None
            for _ in range(6):
                choices = PRODUCTIONS.get(kind, []) + PRODUCTIONS["*"]
                made = self.random.choice(choices)(self, at, kind)
                if made is not None:
                    break
            if made is None:
                break
            steps, kind = steps + made[0], made[1]
        return steps, kind

    def child(self, at: Place, kind: str, ends: str = "", *, looping: bool | None = None) -> Sub:
        """A child that begins at this kind; with `ends`, one that ends there."""
        length = self.random.randint(1, 3 if at.depth < 2 else 1)
        for _ in range(8):
            inner = at.inner(looping=looping)
            steps, found = self.walk(inner, [], kind, length)
            if not ends or (found == ends and steps):
                at.told = at.told or inner.told
                return Sub(steps or [("identity",)])
        return Sub(self.same(kind) if ends == kind else [("constant", 1)])

    def same(self, kind: str) -> list[Any]:
        """A step that stays with the kind."""
        return [self.pick(("out",), ("both",), ("identity",))] if kind == "V" else [("identity",)]

    def test(self, kind: str) -> Any:
        """A predicate for a kind."""
        if kind == "str":
            text = self.pick(*TEXTS)
            return self.pick(
                P.eq(text), P.neq(text), P.gt(text), P.lte(text), P.within(*self.random.sample(TEXTS, 2)),
                P.without(*self.random.sample(TEXTS, 2)), TextP.starting_with("m"), TextP.ending_with("o"),
                TextP.containing("a"), TextP.not_containing("o"), TextP.regex("^[a-m].*"), P.type_of(GType.STRING),
                TextP.not_starting_with("l"), TextP.not_ending_with("a"), P.not_(P.eq(text)), TextP("notRegex", "a.*o"),
            )  # fmt: skip
        low, high = sorted(self.random.sample((0, 1, 2, 7, 12, 27, 29, 30, 2012, 0.5, 1.0, 1.5), 2))
        return self.pick(
            P.eq(low), P.neq(high), P.gt(low), P.gte(low), P.lt(high), P.lte(high), P.between(low, high),
            P.inside(low, high), P.outside(low, high), P.within(low, high), P.without(low, high),
            P.gt(low).and_(P.lt(high)), P.lt(low).or_(P.gt(high)), P.not_(P.gt(low)), P.type_of(GType.INT),
            P.type_of(GType.NUMBER), P.gt("x"),
        )  # fmt: skip

    def key_of(self, kind: str) -> Any:
        """A `by` argument with one value at most, and the kind of the value; None for by()."""
        if kind == "V":
            return self.pick(
                ("name", "str"), ("name", "str"), ("age", "num"), ("lang", "str"), (T.label, "str"), (T.id, "str"),
                (Sub([("out",), ("count",)]), "num"), (Sub([("values", "age")]), "num"), (Sub([("label",)]), "str"),
                (Sub([("both",), ("values", "name"), ("order",), ("fold",)]), "list"),
                (Sub([("outE",), ("values", "weight"), ("sum",)]), "num"), (Sub([("out",), ("values", "age"), ("max",)]), "num"),
                (Sub([("values", "name"), ("length",)]), "num"), (Sub([("in",), ("in",), ("count",)]), "num"),
                (Sub([("coalesce", Sub([("values", "lang")]), Sub([("constant", "none")]))]), "str"),
                (Sub([("choose", Sub([("has", "age")]), Sub([("constant", "old")]), Sub([("constant", "new")]))]), "str"),
            )  # fmt: skip
        if kind == "E":
            return self.pick(
                ("weight", "num"), ("since", "num"), (T.label, "str"), (T.id, "str"),
                (Sub([("inV",), ("values", "name")]), "str"), (Sub([("outV",), ("values", "age")]), "num"),
            )  # fmt: skip
        if kind == "str":
            return self.pick((None, "str"), (Sub([("length",)]), "num"), (Sub([("toUpper",)]), "str"))
        if kind == "num":
            return self.pick((None, "num"), (Sub([("math", "_ * 2")]), "num"), (Sub([("is", self.test("num"))]), "num"))
        return None, kind


def by(key: Any, *rest: Any) -> Step:
    """A `by` step."""
    return ("by", *((key,) if key is not None else ()), *rest)


# -- walks -------------------------------------------------------------------------------------------------------------


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


# -- filters -----------------------------------------------------------------------------------------------------------


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
    return [(m.pick("where", "filter"), Sub([*one, (m.pick("and", "or"),), *two]))], kind


@production("*", weight=1)
def plain(m: Maker, at: Place, kind: str) -> Any:
    """Steps that change nothing, or nearly so."""
    if m.chance(0.2):
        return [
            m.pick(
                ("sample", MANY),
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


# -- labels and paths --------------------------------------------------------------------------------------------------


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


# -- branches ----------------------------------------------------------------------------------------------------------


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


# -- values ------------------------------------------------------------------------------------------------------------


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


# -- side effects ------------------------------------------------------------------------------------------------------


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
        return [m.pick(("discard",), ("discard",), ("fail",))], kind
    return [("constant", m.pick("x", 5, 2.5, "lop"))], "any"


@production("V", weight=1)
def go_anywhere(m: Maker, at: Place, kind: str) -> Any:
    """Begin again for each traverser."""
    if at.looping or m.chance(0.5):
        return None
    return [m.pick(("V", m.pick(*VERTEX_IDS)), ("V", "p1", "s1"), ("V", "t1"))], kind


# -- writes ------------------------------------------------------------------------------------------------------------


def writing(m: Maker) -> Any:
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
    return m.pick(
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
