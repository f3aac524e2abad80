"""Text steps: concat, case, trimming, replace, substring, split, length, reverse, format, conversions."""

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any, Final

from gremlin_python.statics import long

from graph.embedded.building import Map, needed_value
from graph.embedded.compiler import Compiler
from graph.embedded.modulators import keyed_value
from graph.embedded.numbers import LIMITS, MAKE, RANK, integer_of_rank
from graph.embedded.plan import LOCAL, Instruction, Plan, Token
from graph.embedded.refusals import TraversalError
from graph.embedded.registry import step
from graph.embedded.run import Run
from graph.embedded.scoping import scope_value
from graph.embedded.texts import text_of
from graph.embedded.traverser import Process, Traverser
from graph.embedded.values import (
    ABSENT,
    Edge,
    Path,
    Value,
    Vertex,
    VertexProperty,
    is_collection,
    is_number,
    java_type,
)

SPACE: Final = " \t\n\r\f\v\u3000\u2000\u2001\u2002\u2003"
VARIABLE: Final = re.compile(r"%\{(.*?)\}")
Change = Callable[[str], Value]


def _textual(name: str, change: Change, *, local: bool) -> Process:
    """A step that changes text, or (local) each text of a list; null stays."""

    def single(value: Value) -> Value:
        if value is None:
            return None
        if not isinstance(value, str):
            raise TraversalError(
                f"The {name}(local) step can only take string or list of strings"
                if local
                else f"The {name}() step can only take string as argument",
                remedy="Convert with asString().",
            )
        return change(value)

    def function(traverser: Traverser, _: Run) -> Value:
        value = traverser.value
        if local and is_collection(value):
            return [single(item) for item in value]
        return single(value)

    return Map(function)


def _scoped(instruction: Instruction) -> tuple[bool, list[Any]]:
    arguments = list(instruction.arguments)
    if arguments and isinstance(arguments[0], Token) and arguments[0].family == "Scope":
        return arguments.pop(0) == LOCAL, arguments
    return False, arguments


PLAIN: Final[dict[str, Change]] = {
    "toUpper": str.upper,
    "toLower": str.lower,
    "trim": lambda text: text.strip(SPACE),
    "lTrim": lambda text: text.lstrip(SPACE),
    "rTrim": lambda text: text.rstrip(SPACE),
    "length": len,
}


@step(*PLAIN)
def plain_text(instruction: Instruction, compiler: Compiler) -> Process:
    """`toUpper()`, `toLower()`, `trim()`, `lTrim()`, `rTrim()`, `length()`."""
    del compiler
    local, _ = _scoped(instruction)
    return _textual(instruction.name, PLAIN[instruction.name], local=local)


@step("replace")
def replace(instruction: Instruction, compiler: Compiler) -> Process:
    """`replace()`: every occurrence."""
    del compiler
    local, (old, new) = _scoped(instruction)
    return _textual("replace", lambda text: text if old is None or new is None else text.replace(old, new), local=local)


@step("substring")
def substring(instruction: Instruction, compiler: Compiler) -> Process:
    """`substring()`: from, up to; negative places count from the end."""
    del compiler
    local, bounds = _scoped(instruction)

    def cut(text: str) -> str:
        first, last = (_place(bound, len(text)) for bound in (bounds[0], bounds[1] if len(bounds) > 1 else len(text)))
        return text[first:last]

    return _textual("substring", cut, local=local)


def _place(bound: int, length: int) -> int:
    return max(0, length + bound) if bound < 0 else min(bound, length)


@step("split")
def split(instruction: Instruction, compiler: Compiler) -> Process:
    """`split()`: at a separator; null means white space, the empty text every character."""
    del compiler
    local, (separator,) = _scoped(instruction)

    def cut(text: str) -> Value:
        if separator is None:
            return text.split()
        return list(text) if separator == "" else _parts(text, separator)

    return _textual("split", cut, local=local)


def _parts(text: str, separator: str) -> list[str]:
    """Without empty parts, but for one after a last separator, as Java's StringUtils has it."""
    *parts, last = text.split(separator)
    return [*(part for part in parts if part), last] if text else []


@step("concat")
def concat(instruction: Instruction, compiler: Compiler) -> Process:
    """`concat()`: the text and those that follow; nulls are left out."""
    parts = [
        needed_value(compiler.pipeline(item), "concat") if isinstance(item, Plan) else _fixed(item)
        for item in instruction.arguments
    ]

    def function(traverser: Traverser, run: Run) -> Value:
        if traverser.value is not None and not isinstance(traverser.value, str):
            raise TraversalError("String concat() can only take string as argument", remedy="Convert with asString().")
        found = [traverser.value, *(part(traverser, run) for part in parts)]
        texts = [item for item in found if item is not None]
        return "".join(text_of(item, run) for item in texts) if texts else None

    return Map(function)


def _fixed(value: Value) -> Callable[[Traverser, Run], Value]:
    return lambda _, __: value


@step("reverse")
def reverse(instruction: Instruction, compiler: Compiler) -> Process:
    """`reverse()`: a text or a list backwards; anything else as it is."""
    del instruction, compiler

    def function(traverser: Traverser, _: Run) -> Value:
        value = traverser.value
        if isinstance(value, str):
            return value[::-1]
        if isinstance(value, Path):
            return list(value.objects)[::-1]
        return list(value)[::-1] if is_collection(value) else value

    return Map(function)


@step("format")
def format_step(instruction: Instruction, compiler: Compiler) -> Process:
    """`format()`: fill `%{name}` from the element, map or labels, `%{_}` from the modulators in turn."""
    template = instruction.arguments[0]
    bys = compiler.bys(instruction)

    def function(traverser: Traverser, run: Run) -> Value:
        place = -1
        pieces: list[str] = []
        end = 0
        for found in VARIABLE.finditer(template):
            if found[1] == "_" and bys:
                place += 1
                value = bys[place % len(bys)](traverser, run)
            else:
                value = _named(traverser, found[1], run)
            if value is ABSENT:
                return ABSENT
            pieces += [template[end : found.start()], text_of(value, run)]
            end = found.end()
        return "".join(pieces) + template[end:]

    return Map(function)


def _named(traverser: Traverser, name: str, run: Run) -> Value:
    if isinstance(traverser.value, Vertex | Edge | VertexProperty):
        value = keyed_value(traverser.value, name, run)
        if value is not ABSENT:
            return value
    return traverser.value if name == "_" else scope_value(traverser, name, "last", run)


@step("asString")
def as_string(instruction: Instruction, compiler: Compiler) -> Process:
    """`asString()`: the value as Java writes it; in 3.7 null stays null."""
    null_stays = compiler.dialect.version == "3.7"
    local, _ = _scoped(instruction)

    def single(value: Value, run: Run) -> str | None:
        if value is None and null_stays:
            return None
        if value is None:
            raise TraversalError("Can't parse null as String.", remedy="Filter nulls first.")
        return text_of(value, run)

    def function(traverser: Traverser, run: Run) -> Value:
        value = traverser.value
        if local and is_collection(value):
            return [single(item, run) for item in value]
        return single(value, run)

    return Map(function)


@step("asBool")
def as_bool(instruction: Instruction, compiler: Compiler) -> Process:
    """`asBool()`: true and false by name; numbers that are neither zero nor NaN are true."""
    del instruction, compiler

    def function(traverser: Traverser, _: Run) -> Value:
        value = traverser.value
        if isinstance(value, bool):
            return value
        if is_number(value):
            return bool(value == value and value != 0)  # noqa: PLR0124 (NaN is the value that is not itself)
        if isinstance(value, str) and value.lower() in ("true", "false"):
            return value.lower() == "true"
        raise TraversalError(f"Can't parse {java_type(value)} as Boolean.", remedy="Give true or false.")

    return Map(function)


NUMERIC: Final = {"BYTE": "Byte", "SHORT": "Short", "INT": "Integer", "LONG": "Long", "BIGINT": "BigInteger"}


@step("asNumber")
def as_number(instruction: Instruction, compiler: Compiler) -> Process:
    """`asNumber()`: read a number, and make it of this type."""
    del compiler
    wanted = instruction.arguments[0].name if instruction.arguments else None
    if wanted is not None and wanted not in (*NUMERIC, "DOUBLE", "FLOAT", "BIGDECIMAL", "NUMBER"):
        raise TraversalError(
            f"asNumber() requires a numeric type token, got {wanted}", remedy="Use GType.INT and the like."
        )

    def function(traverser: Traverser, _: Run) -> Value:
        value = traverser.value
        if value is None:
            return None
        number = _number(value)
        return number if wanted in (None, "NUMBER") else _converted(number, str(wanted))

    return Map(function)


def _number(value: Value) -> Value:
    if is_number(value):
        return value
    if hasattr(value, "timestamp"):
        return long(round(value.timestamp() * 1000))
    if not isinstance(value, str):
        raise TraversalError(f"Can't parse type {java_type(value)} as number.", remedy="unfold() collections first.")
    text = value.strip()
    try:
        if re.fullmatch(r"[+-]?(0[xX][0-9a-fA-F]+|\d+)", text):
            return integer_of_rank(int(text, 16 if "x" in text.lower() else 10), RANK["Integer"])
        return float(text)
    except ValueError:
        # Neither the message nor its cause may show the text: it may be a person's.
        raise TraversalError("Can't parse string as number.", remedy="Give digits.") from None


def _converted(number: Value, wanted: str) -> Value:
    if wanted in ("DOUBLE", "FLOAT"):
        return float(number)
    if wanted == "BIGDECIMAL":
        return (
            number
            if isinstance(number, Decimal)
            else Decimal(repr(number) if isinstance(number, float) else int(number))
        )
    rank = RANK[NUMERIC[wanted]]
    whole = int(number)
    if rank < len(LIMITS) and not -LIMITS[rank] <= whole < LIMITS[rank]:
        raise TraversalError(
            f"Can't convert number of type {java_type(number)} to {NUMERIC[wanted]} due to overflow.",
            remedy="Ask for a wider type.",
        )
    return MAKE[rank](whole)
