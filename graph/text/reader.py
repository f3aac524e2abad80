"""Reads tokens into bytecode: one method for each rule of the grammar."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID, uuid4

from gremlin_python.process.traversal import Bytecode, P, TraversalStrategy
from gremlin_python.statics import GremlinType
from gremlin_python.structure.io.util import HashableDict

from graph.text.numbers import number
from graph.text.tokens import GremlinSyntaxError, Kind, Token, tokens, unquoted, wrong
from graph.text.words import (
    CARDINALITIES,
    FAMILIES,
    GATHERING,
    PAIRS,
    PLAIN,
    STEPS,
    STRATEGIES,
    TEXTUAL,
    WORDS,
    predicate,
    with_cardinality,
)

DEEPEST: Final = 50
LONGEST_RANGE: Final = 10_000
PREDICATES: Final = TEXTUAL | PLAIN | frozenset(GATHERING)
CLOSING: Final = {"(": ")", "[": "]", "{": "}"}


class Reader:
    """Reads one text from left to right.

    Args:
        text: Gremlin.
        bindings: what the names stand for that are no words of the language.
        longest: the most characters.
    """

    def __init__(self, text: str, bindings: Mapping[str, Any], longest: int) -> None:
        self._text = text
        self._tokens = tokens(text, longest)
        self._bindings = bindings
        self._at = 0
        self._depth = 0

    def steps(self, bytecode: Bytecode) -> Bytecode:
        """Steps joined by dots, up to a name that is none."""
        while True:
            self.step(bytecode)
            if not (self.peek().text == "." and self.peek(1).text in STEPS):
                return bytecode
            self.expect(".")

    def step(self, bytecode: Bytecode) -> None:
        """One step with its arguments."""
        if self.peek().text not in STEPS:
            raise self.wrong(f"'{self.peek().text}' is no step")
        bytecode.add_step(self.take("name"), *self.arguments("("))

    def arguments(self, opening: str) -> list[Any]:
        """What stands between brackets, separated by commas."""
        self.expect(opening)
        found: list[Any] = []
        while not self.has(CLOSING[opening]):
            if found:
                self.expect(",")
            found.append(self.argument())
        return found

    def argument(self) -> Any:
        """A literal, a word, a predicate, a traversal, a strategy or a name bound by the caller."""
        self._depth += 1
        if self._depth > DEEPEST:
            raise self.wrong("this is nested too deeply")
        token = self.peek()
        if token.kind == "string":
            found: Any = unquoted(self.take("string"))
        elif token.kind == "number":
            found = self._number()
        elif token.text == "[":
            found = self._map() if self._begins_map() else self.arguments("[")
        elif token.text == "{":
            found = {_hashable(item) for item in self.arguments("{")}
        elif token.kind == "name":
            found = self._named()
        else:
            raise self.wrong("an argument should stand here")
        if self.has(".."):
            found = self._range(found)
        self._depth -= 1
        return found

    def _range(self, start: Any) -> list[Any]:
        """What lies from one whole number or letter to another, both included."""
        end = self.argument()
        if isinstance(start, str) and isinstance(end, str) and len(start) == len(end) == 1:
            return [chr(code) for code in range(ord(start), ord(end) + 1)]
        if not isinstance(start, int) or not isinstance(end, int) or end - start > LONGEST_RANGE:
            raise self.wrong("a range joins two whole numbers or letters that lie near", back=1)
        return list(range(start, end + 1))

    def _number(self) -> Any:
        token = self.take("number")
        try:
            return number(token)
        except ValueError as error:
            raise self.wrong(f"{token} does not fit its type", back=1) from error

    def _named(self) -> Any:
        name, after = self.peek().text, self.peek(1).text
        if name == "new":
            self.take("name")
            return self._strategy()
        if name == "__" and after == ".":
            self._skip(2)
            return self.steps(Bytecode())
        if name in STRATEGIES:
            return self._strategy()
        if after == "." and (name in FAMILIES or name in ("P", "TextP")):
            self._skip(2)
            return self._member(name)
        if after == "(":
            return self._called(name)
        return self._word()

    def _called(self, name: str) -> Any:
        """A name with arguments that stands alone."""
        if name in PREDICATES:
            return self._predicates()
        if name in ("datetime", "DateTime", "UUID"):
            return self._made()
        if name in ("single", "list", "set"):
            return self._cardinality()
        if name not in STEPS:
            raise self.wrong(f"'{name}' is nothing that could be called here")
        if name == "not" and (self.peek(2).text in PREDICATES or self.peek(2).text in ("P", "TextP")):
            return self._predicates()
        return self.steps(Bytecode())

    def _member(self, family: str) -> Any:
        """What stands after `Family.`."""
        if family in ("P", "TextP"):
            return self._predicates()
        if family == "Cardinality" and self.peek(1).text == "(":
            return self._cardinality()
        name = self.take("name")
        if name not in FAMILIES[family]:
            raise self.wrong(f"{family} has no '{name}'", back=1)
        return FAMILIES[family][name]

    def _word(self) -> Any:
        name = self.take("name")
        if name in WORDS:
            return WORDS[name]
        if name not in self._bindings:
            raise self.wrong(f"'{name}' is unknown here", back=1)
        return self._bindings[name]

    def _predicates(self) -> P:
        """A predicate, and those joined to it."""
        found = self._predicate()
        while self.peek().text == "." and self.peek(1).text in ("and", "or", "negate"):
            self._skip(1)
            join, others = self.take("name"), self.arguments("(")
            if join == "negate" and not others:
                found = P("not", found)
            elif join != "negate" and len(others) == 1 and isinstance(others[0], P):
                found = P(join, found, others[0])
            else:
                raise self.wrong(f"'{join}' takes other arguments", back=1)
        return found

    def _predicate(self) -> P:
        name = self.take("name")
        if name not in PREDICATES and name != "not":
            raise self.wrong(f"'{name}' is no predicate", back=1)
        arguments = self.arguments("(")
        if name not in GATHERING and len(arguments) != (2 if name in PAIRS else 1):
            raise self.wrong(f"'{name}' takes other arguments", back=1)
        return predicate(name, arguments)

    def _cardinality(self) -> Any:
        name, arguments = self.take("name"), self.arguments("(")
        if name not in CARDINALITIES or len(arguments) != 1:
            raise self.wrong(f"'{name}' takes one value", back=1)
        return with_cardinality(name, arguments[0])

    def _made(self) -> UUID | datetime:
        """An instant or a UUID, out of text."""
        name, arguments = self.take("name"), self.arguments("(")
        try:
            if name == "UUID":
                return UUID(*arguments) if arguments else uuid4()
            instant = datetime.fromisoformat(*arguments)
        except (TypeError, ValueError, AttributeError) as error:
            raise self.wrong(f"'{name}' cannot read this", back=1) from error
        return instant if instant.tzinfo else instant.replace(tzinfo=UTC)

    def _strategy(self) -> Any:
        """A strategy, with settings in brackets or alone."""
        name = self.take("name")
        if name not in STRATEGIES:
            raise self.wrong(f"'{name}' is no strategy", back=1)
        settings: dict[str, Any] = {}
        if self.has("("):
            while not self.has(")"):
                if settings:
                    self.expect(",")
                key = self.take("name")
                self.expect(":")
                settings[key] = self.argument()
        return TraversalStrategy(name, settings, STRATEGIES[name])

    def classes(self) -> list[GremlinType]:
        """Strategies by name only, between brackets."""
        strategies = self.arguments("(")
        if not all(isinstance(item, TraversalStrategy) for item in strategies):
            raise self.wrong("only names of strategies may stand here", back=1)
        return [GremlinType(item.fqcn) for item in strategies]

    def _begins_map(self) -> bool:
        """Whether the bracket is followed by a key and a colon."""
        at = 1
        if self.peek(at).text == "(":
            while self.peek(at).text != ")" and self.peek(at).kind != "end":
                at += 1
        elif self.peek(at + 1).text == ".":
            at += 2
        return self.peek(1).text == ":" or self.peek(at + 1).text == ":"

    def _map(self) -> dict[Any, Any]:
        self.expect("[")
        found: dict[Any, Any] = {}
        if self.has(":"):
            self.expect("]")
            return found
        while not self.has("]"):
            if found:
                self.expect(",")
            key = self._key()
            self.expect(":")
            found[_hashable(key)] = self.argument()
        return found

    def _key(self) -> Any:
        """A bare name is text; anything else stands for itself, in brackets or not."""
        if self.has("("):
            key = self.argument()
            self.expect(")")
            return key
        if self.peek().kind == "name" and self.peek(1).text == ":":
            return self.take("name")
        return self.argument()

    def peek(self, ahead: int = 0) -> Token:
        """The token that comes, or one after it."""
        return self._tokens[min(self._at + ahead, len(self._tokens) - 1)]

    def has(self, mark: str) -> bool:
        """Take this mark if it comes."""
        found = self.peek().kind == "mark" and self.peek().text == mark
        self._at += found
        return found

    def expect(self, mark: str) -> None:
        """Take this mark and no other."""
        if not self.has(mark):
            raise self.wrong(f"'{mark}' should stand here")

    def take(self, kind: Kind) -> str:
        """Take a token of this kind."""
        if self.peek().kind != kind:
            raise self.wrong(f"a {kind} should stand here")
        self._at += 1
        return self._tokens[self._at - 1].text

    def wrong(self, reason: str, *, back: int = 0) -> GremlinSyntaxError:
        """Build the error for the token that comes, or one before it."""
        return wrong(self._text, self._tokens[max(self._at - back, 0)].at, reason)

    def _skip(self, count: int) -> None:
        self._at += count


def _hashable(value: Any) -> Any:
    return HashableDict.of(value) if isinstance(value, dict | list | set) else value
