"""Draws traversals with a seeded generator: productions by what a traverser holds, registered beside this module.

Whatever two right engines may answer differently is not drawn: no part of an unordered stream, no list whose order
matters, nothing about a path after equal traversers were told apart by chance.
"""

# ruff: noqa: E501, PLR0911 (a table of steps reads better in long lines)
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any, Final

from gremlin_python.process.traversal import GType, Operator, P, T, TextP
from gremlin_python.statics import long

from tests.graph.fuzz.shapes import Drawn, Step, Sub, names
from tests.graph.fuzz.world import EDGE_IDS, VERTEX_IDS

TEXTS: Final = ("marko", "lop", "java", "oslo", "o", "a", "")
STEERING: Final = 16
ALWAYS: Final = {"V": ("V", "p1"), "num": ("constant", 1), "str": ("constant", "lop")}
"""A step to each kind that a child may have to end at, from anywhere."""
MANY: Final = 1_000_000
"""More than there are of anything."""


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
        """The place of a child."""
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
            made = self.random.choice(PRODUCTIONS["writes"])(self, at, "writes")
            assert made is not None
            return Drawn(source=source, steps=tuple(made[0]))
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
        return Sub(self.same(kind) if ends == kind else [ALWAYS[ends]])

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
