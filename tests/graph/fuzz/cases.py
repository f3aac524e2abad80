"""Traversals on which the engines once differed, as small as they could be made, each with what it is about."""

from typing import Final

from gremlin_python.process.traversal import Operator, Order, P, Scope, T
from gremlin_python.statics import long

from tests.graph.fuzz.shapes import Drawn, Step, Sub

CASES: Final[dict[str, tuple[Step, ...]]] = {
    "emit behind, until in front: the last round is emitted, too": (
        ("V",),
        ("until", Sub([("loops",), ("is", P.gte(2))])),
        ("repeat", Sub([("hasId", "p3", "s1", "t1")])),
        ("emit",),
    ),
    "the same with times in front and a test that remembers": (
        ("V",),
        ("times", 3),
        ("repeat", Sub([("inE",), ("otherV",)])),
        ("emit", Sub([("has", "age")])),
    ),
    "split keeps an empty part after the last separator": (("V",), ("values", "name"), ("split", " ")),
    "split has no empty part before": (("inject", " Ab ", "", " "), ("split", " ")),
    "where with a label that nothing bears": (("V",), ("where", P.within("a"))),
    "where with a child that begins at such a label": (("V",), ("where", Sub([("as", "b")]))),
    "where of two labels that nothing bears": (("V",), ("where", "c", P.without("c"))),
    "a named tree refuses what its by does not find": (("V",), ("tree", "n"), ("by", Sub([("values", "age")]))),
    "an Integer and a Long are two values": (("V",), ("values", "age", "score"), ("dedup",), ("order",)),
    "a group without a reducing step keeps its last value": (
        ("inject", "a", "b", "c"),
        ("group",),
        ("by", Sub([("constant", 1)])),
        ("by", Sub([("toUpper",)])),
    ),
    "ceil keeps the sign of zero": (("inject", -3, 2, long(4)), ("math", "ceil _ / 4")),
    "a barrier inside an alternative sees all traversers": (
        ("V",),
        (
            "union",
            Sub([
                (
                    "choose",
                    Sub([("hasNot", "none")]),
                    Sub([("order",), ("by", T.id, Order.desc), ("limit", 1)]),
                    Sub([("order",), ("by", T.id)]),
                )
            ]),
        ),
    ),
    "sum within something that is no number": (("V",), ("values", "name"), ("sum", Scope.local)),
    "difference gives a set, whatever the order": (
        ("inject", [1, 2], [2, 1]),
        ("difference", [5]),
        ("dedup",),
        ("count",),
    ),
    "what cannot be compared passes under not": (("V",), ("is", P.not_(P.gt(1.5)))),
    "a set of an Integer and an equal Double has two members": (
        ("inject", [29, 1, 2]),
        ("merge", [1.0, 2.0, long(29)]),
        ("count", Scope.local),
    ),
    "dedup within a list tells an Integer from a Long": (
        ("V",),
        ("values", "age", "score"),
        ("fold",),
        ("dedup", Scope.local),
        ("order", Scope.local),
        ("unfold",),
    ),
    "a large Double as text has an exponent": (("inject", 1e7, 9999999.0, 1e-4, -1.5e22), ("asString",)),
    "a time without seconds as text has none": (
        ("inject", "2024-02-28T10:00:00Z", "2024-02-28T10:00:00.120+02:00"),
        ("asDate",),
        ("asString",),
    ),
    "until begins the next repeat, and the emit behind it belongs there": (
        ("V", "p3"),
        ("repeat", Sub([("both",)])),
        ("times", 2),
        ("until", Sub([("identity",)])),
        ("emit", Sub([("has", "age")])),
        ("repeat", Sub([("has", "name", "lop")])),
    ),
    "arithmetic with a sack that is empty leaves it empty": (
        ("V", "p1", "p2"),
        ("sack", Operator.sum_),
        ("by", Sub([("constant", 5)])),
        ("sack",),
    ),
    "an empty graph aside is no map": (("inject", 1), ("groupCount", "l"), ("cap", "l")),
    "of two modulators of one label the last counts": (
        ("V",), ("as", "a"), ("select", "a"), ("by", "name"), ("by", "age"),
    ),
    "a path has places": (("V", "p1"), ("out",), ("path",), ("index",)),
    "a word of the language comes back as one": (("inject", 1), ("constant", Operator.assign)),
    "dedup of a label that nothing bears": (("V",), ("values", "age"), ("dedup", "p1")),
    "a variable that nothing bears": (("V",), ("values", "age"), ("math", "_ + x")),
    "rounds outside a repeat": (("V",), ("loops",)),
    "rounds of a repeat that is not there": (
        ("V",), ("repeat", "a", Sub([("out",)])), ("until", Sub([("loops", "b"), ("is", 2)])),
    ),
    "what no property belongs to": (("V",), ("element",)),
    "the value of a number": (("inject", 1), ("hasValue", 1)),
    "a list to join with that is not given": (("inject", [1, 2]), ("combine", Sub([("select", "a")]))),
    "a text to append that is not given": (("inject", "a"), ("concat", Sub([("select", "a")]))),
    "a map to merge by that is not given": (("mergeV", Sub([("select", "a")])),),
    "a key twice": (("V",), ("project", "a", "a"), ("by", "name"), ("by", "age")),
    "a range that ends before it begins": (("V",), ("limit", -2)),
    "a weight that is no number": (("V",), ("sample", 1), ("by", "name")),
    "no time at all": (("V",), ("timeLimit", 0), ("count",)),
}  # fmt: skip


def case(name: str) -> Drawn:
    """One of them as a traversal."""
    return Drawn(source=(), steps=CASES[name])
