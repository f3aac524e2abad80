"""What arguments each step takes: a call that no form of a step allows is refused by its name before anything moves.

A form is a row of kinds (see `KINDS`); a capital begins the name of an enum; `*` means any number of the last kind.
Forms of one step are parted by semicolons.

Source: the methods of GraphTraversal and GraphTraversalSource in TinkerPop 3.7 and 3.8, together.
"""

from datetime import date
from typing import Any, Final

from graph.embedded.plan import Instruction, Plan, Predicate, Token
from graph.embedded.refusals import unsupported
from graph.embedded.values import Missing, Vertex

Form = tuple[tuple[str, ...], str]  # kinds of the first arguments, and of all that follow ("": none may)

LISTED: Final = {
    "": "asBool asDate bothV cyclicPath discard drop element id identity inV index key label otherV outV path read"
    " reverse simplePath unfold value withPath write",
    "; Scope": "asString count lTrim length max mean min order rTrim sum toLower toUpper trim",
    "; s": "fail",
    "; w": "group groupCount loops profile tree",
    "; s; t": "addV",
    "; m; t": "mergeE mergeV",
    "; t; p": "emit",
    "; i; Barrier": "barrier",
    "; i; Scope; Scope i": "tail",
    "; p": "none",
    "; GType": "asNumber",
    "; Operator": "sack",
    "; o Operator": "fold",
    "; s; T; Column; t; Order; s Order; T Order; Column Order; t Order": "by",
    "s": "hasNot",
    "w": "conjoin format math store subgraph",
    "w; Scope w": "aggregate",
    "s; Scope s": "split",
    "s s*": "project",
    "w w*": "as cap",
    "s*": "both bothE elementMap in inE out outE properties propertyMap values",
    "s*; b s*": "valueMap",
    "s*; Scope s*": "dedup",
    "s*; t t*": "concat",
    "s; t": "addE",
    "s; t; v": "from",
    "s; t; v; Direction s*": "to",
    "w; w x": "with",
    "s s; Scope s s": "replace",
    "s; s p; s o; s t; T p; T o; T t; s s p; s s o": "has",
    "p; s s*": "hasKey hasLabel",
    "p; e e*": "hasId",
    "p; o o*": "hasValue",
    "p; o": "is",
    "p": "all any",
    "p; s p; t": "where",
    "o": "constant",
    "e*": "E V",
    "o*": "inject",
    "o; t": "combine difference disjunct intersect merge product",
    "i": "times timeLimit",
    "i; Scope i": "limit sample skip",
    "i i; Scope i i": "range",
    "i; i i; Scope i; Scope i i": "substring",
    "n": "coin",
    "d; t": "dateDiff",
    "t": "filter flatMap local map not optional sideEffect",
    "t; p": "until",
    "t*": "and coalesce or union",
    "t t*": "match",
    "t; s t": "repeat",
    "t; T; Column": "branch",
    "t; T; Column; t t; t t t; p t; p t t": "choose",
    "t; o t; p t; t t; o m; o m Cardinality": "option",
    "m; s x x*; t x x*; T x x*; Cardinality m; Cardinality s x x*; Cardinality t x x*; Cardinality T x x*": "property",
    "Column; Pop w w*; Pop t; w w*; t": "select",
    "DT i": "dateAdd",
    "Direction s*": "toE",
    "Direction": "toV",
    "b": "withBulk",
    "o; o Operator; o Operator Operator": "withSack",
    "s x; s x Operator": "withSideEffect",
}
KINDS: Final = {
    "s": "a text",
    "w": "a text",  # and not null
    "i": "a whole number",
    "n": "a number",
    "b": "a Boolean",
    "d": "a date",
    "m": "a map",
    "v": "a vertex",
    "p": "a predicate",
    "t": "a traversal",
    "e": "an id",  # or a collection of them, or an element
    "o": "a value",  # anything but a predicate or a traversal
    "x": "anything",
    "null": "null",
}
OF_TYPE: Final[dict[type, str]] = {
    str: "s",
    bool: "b",
    int: "i",
    float: "n",
    type(None): "null",
    dict: "m",
    Plan: "t",
    Predicate: "p",
    Vertex: "v",
    date: "d",
}
TAKEN: Final = {"s": ("s", "null"), "w": ("s",), "m": ("m", "null"), "n": ("n", "i")}
"""Which kinds of arguments stand for a parameter of a kind, where it is not the same one."""


def _forms(written: str) -> tuple[Form, ...]:
    found: list[Form] = []
    for form in written.split(";"):
        kinds = form.split()
        rest = kinds.pop().removesuffix("*") if kinds and kinds[-1].endswith("*") else ""
        found.append((tuple(kinds), rest))
    return tuple(found)


FORMS: Final = {name: _forms(written) for written, names in LISTED.items() for name in names.split()}


def check_arguments(instruction: Instruction) -> None:
    """Refuse arguments that no form of the step takes.

    Raises:
        UnsupportedError: it names the step and what it was given.
    """
    forms = FORMS.get(instruction.name.removesuffix("_first"))
    if forms is None:
        return
    kinds = list(map(_kind, instruction.arguments))
    if not any(_fits(kinds, form) for form in forms):
        raise unsupported(instruction.name.removesuffix("_first"), _said(kinds))


def _kind(given: Any) -> str:
    kind: Any = type(given)  # pyright: ignore[reportUnknownVariableType]  # of any value
    if kind in OF_TYPE:
        return OF_TYPE[kind]
    if isinstance(given, Token):
        return given.family
    if isinstance(given, Missing) and given.kind == "vertex":
        return "v"
    return next((kind for known, kind in OF_TYPE.items() if isinstance(given, known)), "o")


def _fits(kinds: list[str], form: Form) -> bool:
    first, rest = form
    if len(kinds) < len(first) or (not rest and len(kinds) > len(first)):
        return False
    return all(map(_takes, first, kinds)) and all(_takes(rest, kind) for kind in set(kinds[len(first) :]))


def _takes(wanted: str, kind: str) -> bool:
    if wanted == "e":
        return kind not in ("t", "p", "m") and kind in KINDS
    if wanted == "o":
        return kind not in ("t", "p")
    return wanted in ("x", kind) or kind in TAKEN.get(wanted, ())


def _said(kinds: list[str]) -> str:
    return " and ".join(KINDS.get(kind, f"a word of {kind}") for kind in kinds) or "no argument"
