"""The arithmetic of `math()`: a small parser to a function of the variables. No code is evaluated."""

import math
import re
from collections.abc import Callable, Mapping
from typing import Final

from graph.embedded.refusals import TraversalError

Values = Mapping[str, float]
Expression = Callable[[Values], float]
TOKEN: Final = re.compile(r"\s*(?:(\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+)|([A-Za-z_][A-Za-z0-9_]*)|(.))")
FUNCTIONS: Final[dict[str, Callable[[float], float]]] = {
    "abs": abs,
    "acos": math.acos,
    "asin": math.asin,
    "atan": math.atan,
    "cbrt": math.cbrt,
    "ceil": lambda value: math.copysign(math.ceil(value), value),
    "cos": math.cos,
    "cosh": math.cosh,
    "exp": math.exp,
    "expm1": math.expm1,
    "floor": lambda value: float(math.floor(value)),
    "log": math.log,
    "log10": math.log10,
    "log1p": math.log1p,
    "log2": math.log2,
    "signum": lambda value: float((value > 0) - (value < 0)),
    "sin": math.sin,
    "sinh": math.sinh,
    "sqrt": math.sqrt,
    "tan": math.tan,
    "tanh": math.tanh,
}
CONSTANTS: Final = {"pi": math.pi, "e": math.e}


def parse(text: str) -> tuple[Expression, list[str]]:
    """Read an expression.

    Returns:
        A function of the variables' values, and the variables in order of first appearance.

    Raises:
        TraversalError: it is no expression.
    """
    parser = _Parser(text)
    made = parser.sum()
    if parser.place < len(parser.tokens):
        parser.refuse()
    return made, parser.variables


class _Parser:
    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = [found.groups() for found in TOKEN.finditer(text) if found[0].strip()]
        self.place = 0
        self.variables: list[str] = []

    def refuse(self) -> None:
        raise TraversalError(f"math() cannot read '{self.text}'.", remedy="Use + - * / % ^, functions and variables.")

    def take(self, symbols: str) -> str | None:
        if self.place < len(self.tokens):
            symbol = self.tokens[self.place][2]
            if symbol is not None and symbol in symbols:
                self.place += 1
                return str(symbol)
        return None

    def sum(self) -> Expression:
        left = self.product()
        while (symbol := self.take("+-")) is not None:
            left = _joined(left, self.product(), SUMS[symbol])
        return left

    def product(self) -> Expression:
        left = self.signed()
        while (symbol := self.take("*/%")) is not None:
            left = _joined(left, self.signed(), PRODUCTS[symbol])
        return left

    def signed(self) -> Expression:
        symbol = self.take("+-")
        if symbol is None:
            return self.power()
        inner = self.signed()
        return inner if symbol == "+" else (lambda values: -inner(values))

    def power(self) -> Expression:
        base = self.atom()
        if self.take("^") is None:
            return base
        return _joined(base, self.signed(), math.pow)

    def atom(self) -> Expression:
        if self.take("(") is not None:
            inner = self.sum()
            if self.take(")") is None:
                self.refuse()
            return inner
        if self.place >= len(self.tokens):
            self.refuse()
        number, name, _ = self.tokens[self.place]
        self.place += 1
        if number is not None:
            value = float(number)
            return lambda _: value
        if name is None:
            self.refuse()
        return self.named(str(name))

    def argument(self) -> Expression:
        """What a function applies to: the parentheses after it, or without any all that follows, as exp4j reads it."""
        parenthesised = self.place < len(self.tokens) and self.tokens[self.place][2] == "("
        return self.atom() if parenthesised else self.sum()

    def named(self, name: str) -> Expression:
        if name in FUNCTIONS:
            function, argument = FUNCTIONS[name], self.argument()
            return lambda values: function(argument(values))
        if name in CONSTANTS:
            return lambda _: CONSTANTS[name]
        if name not in self.variables:
            self.variables.append(name)
        return lambda values: values[name]


def _joined(left: Expression, right: Expression, join: Callable[[float, float], float]) -> Expression:
    return lambda values: join(left(values), right(values))


def _divide(left: float, right: float) -> float:
    if right == 0:
        raise TraversalError("Division by zero!", remedy="Leave out zeros.")
    return left / right


SUMS: Final[dict[str, Callable[[float, float], float]]] = {"+": lambda a, b: a + b, "-": lambda a, b: a - b}
PRODUCTS: Final[dict[str, Callable[[float, float], float]]] = {
    "*": lambda a, b: a * b,
    "/": _divide,
    "%": math.fmod,
}
