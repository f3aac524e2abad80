"""A whole query: what the source is told, the steps, and what is wanted of them (`toList`, `next` and the like)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final

from gremlin_python.process.traversal import Bytecode, TraversalStrategy

from graph.text.reader import Reader
from graph.text.words import CONFIGURES, SPAWNS, STRATEGIES, TERMINALS

LONGEST: Final = 1_000_000
OPTIONS: Final = "OptionsStrategy"
TRANSACTIONS: Final = ("begin", "commit", "rollback")


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A text that was read.

    Attributes:
        source: the name of the traversal source, such as `g`.
        bytecode: what a driver would send; for `g.tx().commit()` the source instruction `tx`.
        terminal: how it ends: `toList` where the text does not say.
        arguments: of the terminal, such as the number of `next(2)`.
    """

    source: str
    bytecode: Bytecode
    terminal: str = "toList"
    arguments: tuple[Any, ...] = ()


def read(
    text: str,
    *,
    bindings: Mapping[str, Any] | None = None,
    sources: Collection[str] = ("g",),
    longest: int = LONGEST,
) -> Query:
    """Read Gremlin such as `g.V().hasLabel('Person').limit(3).valueMap()`.

    Args:
        text: one query; a semicolon may end it.
        bindings: values of names in the text.
        sources: names of traversal sources.
        longest: the most characters.

    Raises:
        GremlinSyntaxError: it cannot be read; the message says at which line and column, and why.
    """
    reader = Reader(text, bindings or {}, longest)
    if reader.peek().text not in sources:
        raise reader.wrong("a traversal source such as 'g' should stand here")
    source = reader.take("name")
    reader.expect(".")
    bytecode = Bytecode()
    while reader.peek().text in CONFIGURES:
        _configure(reader, bytecode)
        reader.expect(".")
    if reader.peek().text == "tx":
        query = Query(source=source, bytecode=_transaction(reader))
    else:
        query = _traversal(reader, source, bytecode)
    reader.has(";")
    if reader.peek().kind != "end":
        raise reader.wrong("nothing should follow")
    return query


def _traversal(reader: Reader, source: str, bytecode: Bytecode) -> Query:
    if reader.peek().text not in SPAWNS:
        raise reader.wrong(f"'{reader.peek().text}' is no step that a traversal can begin with")
    reader.steps(bytecode)
    if not reader.has("."):
        return Query(source=source, bytecode=bytecode)
    if reader.peek().text not in TERMINALS:
        raise reader.wrong(f"'{reader.peek().text}' is no step")
    return Query(source=source, bytecode=bytecode, terminal=reader.take("name"), arguments=tuple(reader.arguments("(")))


def _configure(reader: Reader, bytecode: Bytecode) -> None:
    name = reader.take("name")
    if name == "withoutStrategies":
        bytecode.add_source(name, *reader.classes())
        return
    arguments = reader.arguments("(")
    if name == "with":
        _add_option(bytecode, str(arguments[0]) if arguments else "", arguments[1] if len(arguments) > 1 else True)
    else:
        bytecode.add_source(name, *arguments)


def _add_option(bytecode: Bytecode, key: str, value: Any) -> None:
    """Options of one source share one strategy, as drivers send them."""
    for instruction in bytecode.source_instructions:
        if getattr(instruction[-1], "strategy_name", "") == OPTIONS:
            instruction[-1].configuration[key] = value
            return
    bytecode.add_source("withStrategies", TraversalStrategy(OPTIONS, {key: value}, STRATEGIES[OPTIONS]))


def _transaction(reader: Reader) -> Bytecode:
    reader.take("name")
    reader.arguments("(")
    reader.expect(".")
    if reader.peek().text not in TRANSACTIONS:
        raise reader.wrong("'commit' or 'rollback' should stand here")
    bytecode = Bytecode()
    bytecode.add_source("tx", reader.take("name"))
    reader.arguments("(")
    return bytecode
