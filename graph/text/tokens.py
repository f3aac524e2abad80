"""Gremlin text cut into tokens, each with its place."""

import re
from dataclasses import dataclass
from typing import Final, Literal

from core.errors import BadInputError

Kind = Literal["string", "number", "name", "mark", "end"]
TOKEN: Final = re.compile(
    r"""
        (?P<space>(?:\s|//[^\n]*)+)
      | (?P<string>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')
      | (?P<number>[-+]?(?:0[xX][0-9a-fA-F]+[bBsSnNiIlL]?
          |(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][-+]?\d+)?[bBsSnNiIlLfFdDmM]?|Infinity\b)(?![A-Za-z0-9_]))
      | (?P<name>[A-Za-z_][A-Za-z0-9_]*)
      | (?P<mark>\.\.|[().,:;\[\]{}])
    """,
    re.VERBOSE | re.DOTALL,
)
ESCAPE: Final = re.compile(r"\\(u+[0-9a-fA-F]{4}|[0-3]?[0-7]{1,2}|\r?\n|.)", re.DOTALL)
LETTERS: Final = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r", "\n": "", "\r\n": ""}


class GremlinSyntaxError(BadInputError):
    """The text is no Gremlin; the message says at which line and column, and why."""

    code = "GREMLIN_SYNTAX"


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of text; `at` counts characters from 0."""

    kind: Kind
    text: str
    at: int


def tokens(text: str, longest: int) -> list[Token]:
    """Cut text into tokens, the last of which is the end.

    Raises:
        GremlinSyntaxError: it is longer than `longest` characters, or a character begins no token.
    """
    if len(text) > longest:
        raise GremlinSyntaxError(f"The text is too long: over {longest:,} characters.", remedy="Ask in parts.")
    found: list[Token] = []
    place = 0
    while place < len(text):
        token = TOKEN.match(text, place)
        if token is None:
            raise wrong(text, place, "this cannot be read")
        if token.lastgroup != "space":
            found.append(Token(_kind(token.lastgroup), token[0], place))
        place = token.end()
    return [*found, Token("end", "", len(text))]


def wrong(text: str, at: int, reason: str) -> GremlinSyntaxError:
    """Build the error for what stands at this place."""
    line, column = text.count("\n", 0, at) + 1, at - (text.rfind("\n", 0, at) + 1) + 1
    return GremlinSyntaxError(
        f"Line {line}, column {column}: {reason}.",
        remedy="See docs/reference/gremlin-steps.md.",
        line=line,
        column=column,
    )


def unquoted(token: str) -> str:
    """What a string token says."""
    return ESCAPE.sub(_escaped, token[1:-1])


def _escaped(found: re.Match[str]) -> str:
    code = found[1]
    if code[0] == "u" and len(code) > 1:
        return chr(int(code.lstrip("u"), 16))
    if code[0] in "01234567":
        return chr(int(code, 8))
    return LETTERS.get(code, code)


def _kind(group: str | None) -> Kind:
    kinds: dict[str | None, Kind] = {"string": "string", "number": "number", "name": "name"}
    return kinds.get(group, "mark")
