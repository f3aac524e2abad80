"""Gremlin as text, read into a traversal: parsed, never evaluated.

Understands what reading needs: steps that read, strings, numbers, lists, predicates, the usual enumerations, and
anonymous traversals with or without `__.`. Steps that write, closures and everything else are refused by name.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from gremlin_python.process.graph_traversal import GraphTraversal, GraphTraversalSource
from gremlin_python.process.traversal import Bytecode, Column, Direction, Order, P, Pop, Scope, T, TextP
from gremlin_python.statics import long

from core.errors import BadInputError

TOKEN: Final = re.compile(
    r"""\s*(?:
        (?P<string>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")
      | (?P<number>-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?[lLdDfFmM]?)
      | (?P<name>[A-Za-z_][A-Za-z0-9_]*)
      | (?P<mark>[().,\[\]])
    )""",
    re.VERBOSE,
)
STARTS: Final = frozenset({"V", "E", "inject"})
STEP_NAMES: Final = """
aggregate and as barrier both bothE bothV by cap choose coalesce concat constant count cyclicPath dedup difference
elementMap emit filter flatMap fold from group groupCount has hasId hasKey hasLabel hasNot hasValue id identity in inE
inV intersect is key label length limit local loops map match math max mean min none not option optional or order otherV
out outE outV path project properties propertyMap range repeat replace sack sample select sideEffect simplePath skip
split store substring sum tail timeLimit times to toLower toUpper trim unfold union until value valueMap values where
with
"""
STEPS: Final = STARTS | frozenset(STEP_NAMES.split())
TERMINALS: Final = frozenset({"toList"})
PREDICATES: Final[Mapping[str, Callable[..., Any]]] = {
    **{name: getattr(P, name) for name in ("eq", "neq", "gt", "gte", "lt", "lte", "between", "inside", "outside")},
    "within": P.within,
    "without": P.without,
    "containing": TextP.containing,
    "notContaining": TextP.not_containing,
    "startingWith": TextP.starting_with,
    "notStartingWith": TextP.not_starting_with,
    "endingWith": TextP.ending_with,
    "notEndingWith": TextP.not_ending_with,
}
PAIRS: Final = frozenset({"between", "inside", "outside"})
ANY_NUMBER: Final = frozenset({"within", "without"})
CONNECTIVES: Final = frozenset({"and", "or"})
WORDS: Final[Mapping[str, object]] = {
    "true": True,
    "false": False,
    "null": None,
    "asc": Order.asc,
    "desc": Order.desc,
    "shuffle": Order.shuffle,
    "local": Scope.local,
    "global": Scope.global_,
    "keys": Column.keys,
    "values": Column.values,
    "id": T.id,
    "label": T.label,
    "first": Pop.first,
    "last": Pop.last,
    "all": Pop.all_,
    "IN": Direction.IN,
    "OUT": Direction.OUT,
    "BOTH": Direction.BOTH,
}
FAMILIES: Final = frozenset({"P", "TextP", "T", "Order", "Scope", "Column", "Pop", "Direction", "__"})
DEEPEST: Final = 50
LONGEST: Final = 20_000


def parse(text: str, g: GraphTraversalSource) -> GraphTraversal:
    """Read Gremlin text such as `g.V().hasLabel('Person').limit(3).valueMap()`.

    Args:
        text: at most `LONGEST` characters.
        g: the source it is asked of.

    Raises:
        BadInputError: it cannot be read; the message says where and why.
    """
    reader = _Reader(text)
    reader.expect("g")
    reader.expect(".")
    bytecode = reader.steps(Bytecode(g.bytecode), starts=STARTS)
    reader.end()
    return GraphTraversal(g.graph, g.traversal_strategies, bytecode)


class _Reader:
    """Reads tokens one by one; each method reads one thing."""

    def __init__(self, text: str) -> None:
        self._tokens = _tokens(text)
        self._at = 0
        self._depth = 0

    def steps(self, bytecode: Bytecode, *, starts: frozenset[str] = STEPS) -> Bytecode:
        """Steps joined by dots."""
        allowed = starts
        while True:
            name = self._next("name")
            if name in TERMINALS and allowed is not starts:
                self._arguments()
                return bytecode
            if name not in allowed:
                raise self._wrong(f"'{name}' is no step that may be used here", back=1)
            bytecode.add_step(name, *self._arguments())
            allowed = STEPS
            if not self._take("."):
                return bytecode

    def expect(self, mark: str) -> None:
        """This token and no other."""
        if not self._take(mark):
            raise self._wrong(f"'{mark}' should stand here")

    def end(self) -> None:
        """Nothing more."""
        if self._at < len(self._tokens):
            raise self._wrong("nothing should follow")

    def _arguments(self, close: str = ")") -> list[Any]:
        self.expect("(" if close == ")" else "[")
        found: list[Any] = []
        while not self._take(close):
            if found:
                self.expect(",")
            found.append(self._argument())
        return found

    def _argument(self) -> Any:
        self._depth += 1
        if self._depth > DEEPEST:
            raise self._wrong("this is nested too deeply")
        kind, _ = self._peek()
        if kind == "name":
            found = self._named()
        elif kind == "string":
            found = _unquoted(self._next("string"))
        elif kind == "number":
            found = _number(self._next("number"))
        elif self._peek() == ("mark", "["):
            found = self._arguments("]")
        else:
            raise self._wrong("an argument should stand here")
        self._depth -= 1
        return found

    def _named(self) -> Any:
        """A predicate, an enumeration's word, or an anonymous traversal."""
        _, name = self._peek()
        if name in FAMILIES:
            self._next("name")
            self.expect(".")
            _, name = self._peek()
        if self._peek(1)[1] != "(":
            self._next("name")
            if name not in WORDS:
                raise self._wrong(f"'{name}' is unknown here", back=1)
            return WORDS[name]
        return self._predicate() if name in PREDICATES else self.steps(Bytecode())

    def _predicate(self) -> Any:
        name = self._next("name")
        arguments = self._arguments()
        if name not in ANY_NUMBER and len(arguments) != (2 if name in PAIRS else 1):
            raise self._wrong(f"'{name}' takes other arguments")
        found: Any = PREDICATES[name](*arguments)
        while self._take("."):
            name = self._next("name")
            if name not in CONNECTIVES:
                raise self._wrong(f"'{name}' does not join predicates", back=1)
            others = self._arguments()
            if len(others) != 1 or not isinstance(others[0], P):
                raise self._wrong(f"'{name}' takes one predicate")
            found = found.and_(others[0]) if name == "and" else found.or_(others[0])
        return found

    def _peek(self, ahead: int = 0) -> tuple[str, str]:
        return self._tokens[self._at + ahead][:2] if self._at + ahead < len(self._tokens) else ("end", "")

    def _take(self, token: str) -> bool:
        kind, found = self._peek()
        if kind == "string" or found != token:
            return False
        self._at += 1
        return True

    def _next(self, kind: str) -> str:
        found, token = self._peek()
        if found != kind:
            raise self._wrong(f"a {kind} should stand here")
        self._at += 1
        return token

    def _wrong(self, reason: str, *, back: int = 0) -> BadInputError:
        index = self._at - back
        place = self._tokens[index][2] + 1 if index < len(self._tokens) else "the end"
        return _unreadable(reason, place)


def _tokens(text: str) -> list[tuple[str, str, int]]:
    """Kind, text and place of every token."""
    if len(text) > LONGEST:
        raise _unreadable("the text is too long", LONGEST)
    found: list[tuple[str, str, int]] = []
    place, text = 0, text.rstrip().rstrip(";").rstrip()
    while place < len(text):
        token = TOKEN.match(text, place)
        if token is None:
            raise _unreadable("this cannot be read", place + 1)
        kind = token.lastgroup or ""
        found.append((kind, token[kind], token.start(kind)))
        place = token.end()
    return found


def _unquoted(token: str) -> str:
    escapes = {"n": "\n", "t": "\t", "r": "\r"}
    return re.sub(r"\\(.)", lambda found: escapes.get(found[1], found[1]), token[1:-1], flags=re.DOTALL)


def _number(token: str) -> int | float:
    digits, suffix = token.rstrip("lLdDfFmM"), token[-1].lower()
    if suffix in "dfm" or not re.fullmatch(r"-?\d+", digits):
        return float(digits)
    return long(int(digits)) if suffix == "l" else int(digits)


def _unreadable(reason: str, place: int | str) -> BadInputError:
    where = f"At character {place}" if isinstance(place, int) else f"At {place}"
    return BadInputError(f"{where}: {reason}.", remedy="See docs/reference/traversals.md.", place=place)
