"""Segment definitions from JSON and back, checked: every error names its place in the tree."""

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Final

import msgspec

from core.errors import BadInputError, MissingError, choices
from insight.segments.definition import (
    MAX_CONDITIONS,
    MAX_DEPTH,
    All,
    Any,
    Definition,
    EventFilter,
    Not,
    Profile,
    Reading,
    Scalar,
    Segment,
    Window,
)
from insight.segments.fields import FIELDS, Field

ORDERED: Final = ("lt", "lte", "gt", "gte")
PLACE: Final = re.compile(r" - at `\$\.?(.*)`$")
Tree = Mapping[str, object]


def parse(tree: Tree | str | bytes) -> Definition:
    """Read a definition from JSON text or from what JSON parses to.

    Raises:
        BadInputError: a key or value is unknown, missing or of the wrong type; the field cannot be compared so; or the
            tree is too deep or too large. Fact `path` names the place, such as `of[1].compare.value`.
    """
    try:
        if isinstance(tree, (str, bytes)):
            definition: Definition = msgspec.json.decode(tree, type=Definition)
        else:
            definition = msgspec.convert(tree, type=Definition)
    except msgspec.ValidationError as error:
        found = PLACE.search(str(error))
        raise _bad(PLACE.sub("", str(error)), found[1] if found else "") from error
    except (msgspec.DecodeError, RecursionError) as error:
        raise _bad("This is not JSON, or it nests too deeply", "") from error
    return check(definition)


def dump(definition: Definition) -> str:
    """Write a definition as JSON text with sorted keys; `parse` gives the same definition back."""
    return msgspec.json.encode(definition, order="sorted").decode()


def check(definition: Definition) -> Definition:
    """Give the definition back unchanged, or say what the types alone cannot; errors as in `parse`."""
    for count, (path, node, depth) in enumerate(walk(definition), start=1):
        if depth > MAX_DEPTH:
            raise _bad(f"The definition nests deeper than {MAX_DEPTH}", path)
        if count > MAX_CONDITIONS:
            raise _bad(f"The definition has more than {MAX_CONDITIONS} conditions", path)
        if isinstance(node, Profile):
            _check_profile(node, path)
        if isinstance(node, (EventFilter, Reading)):
            _check_window(node.window, path)
    return definition


def walk(definition: Definition) -> Iterator[tuple[str, Definition, int]]:
    """Every node with its path from the root (empty for it) and its depth, parents first."""
    waiting: list[tuple[str, Definition, int]] = [("", definition, 1)]
    while waiting:
        path, node, depth = waiting.pop()
        yield path, node, depth
        prefix = f"{path}." if path else ""
        if isinstance(node, (All, Any)):
            inner = [(f"{prefix}of[{place}]", part, depth + 1) for place, part in enumerate(node.of)]
            waiting.extend(reversed(inner))
        elif isinstance(node, Not):
            waiting.append((f"{prefix}of", node.of, depth + 1))


def inline(definition: Definition, named: Mapping[str, Definition]) -> Definition:
    """Put the definitions of other segments in the place of their names.

    Raises:
        MissingError: no segment has that name.
        BadInputError: a segment asks for itself, directly or through others, or the whole became too large.
    """
    return check(_inlined(definition, named, ()))


def _inlined(definition: Definition, named: Mapping[str, Definition], within: tuple[str, ...]) -> Definition:
    match definition:
        case All(of=parts):
            return All(of=tuple(_inlined(part, named, within) for part in parts))
        case Any(of=parts):
            return Any(of=tuple(_inlined(part, named, within) for part in parts))
        case Not(of=part):
            return Not(of=_inlined(part, named, within))
        case Segment(name=said):
            name = segment_called(said, named)
            if name in within:
                raise BadInputError(
                    f"The segment '{name}' is defined by itself.",
                    remedy="Take it out of its own definition.",
                    segment=name,
                )
            return _inlined(named[name], named, (*within, name))
        case _:
            return definition


def segment_called(said: str, known: Collection[str]) -> str:
    """The name of a segment, whatever the case it is written in.

    Raises:
        MissingError: no segment has that name.
    """
    found = said if said in known else next((name for name in known if name.casefold() == said.casefold()), None)
    if found is None:
        raise MissingError(
            f"There is no segment '{said}'.",
            remedy=f"Create it first. {choices(said, known, 'There are')}",
            segment=said,
        )
    return found


def _check_profile(leaf: Profile, path: str) -> None:
    field = FIELDS.get(leaf.field)
    if field is None:
        raise _bad(f"There is no profile field '{leaf.field}'; there are {', '.join(FIELDS)}", path, "field")
    if leaf.op in ORDERED and not field.ordered:
        raise _bad(f"'{leaf.field}' has no order", path, "op")
    if leaf.op == "prefix" and field.kind != "text":
        raise _bad(f"'{leaf.field}' is no text", path, "op")
    if leaf.op == "in":
        _check_values(leaf, field, path)
    elif leaf.op in ("present", "absent"):
        _refuse(leaf.value is not None or leaf.values, f"'{leaf.op}' takes no value", path)
    else:
        _refuse(leaf.values, f"'{leaf.op}' takes 'value', not 'values'", path)
        if leaf.value is None or not suits(leaf.value, field):
            raise _bad(f"'{leaf.field}' is compared with a {field.kind}", path, "value")


def _check_values(leaf: Profile, field: Field, path: str) -> None:
    _refuse(leaf.value is not None, "'in' takes 'values', not 'value'", path)
    _refuse(not leaf.values, "'in' needs at least one of 'values'", path)
    for place, value in enumerate(leaf.values):
        if not suits(value, field):
            raise _bad(f"'{leaf.field}' is compared with a {field.kind}", path, f"values[{place}]")


def suits(value: Scalar, field: Field) -> bool:
    """Whether the value is of the field's type; numbers must be below a million million either way."""
    if field.kind == "flag":
        return isinstance(value, bool)
    if field.kind == "number":
        return isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) <= 1e12
    return isinstance(value, str) and 0 < len(value) <= 200


def _check_window(window: Window, path: str) -> None:
    if window.since is not None and window.until is not None and window.since >= window.until:
        raise _bad("'since' must be before 'until'", path, "window")


def _refuse(wrong: object, message: str, path: str) -> None:
    if wrong:
        raise _bad(message, path)


def _bad(message: str, path: str, key: str = "") -> BadInputError:
    place = ".".join(part for part in (path, key) if part) or "(top level)"
    return BadInputError(
        f"Segment definition, {place}: {message}.", remedy="See docs/reference/segments.md.", path=place
    )
