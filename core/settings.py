"""Settings from one TOML file: read once, checked key by key, frozen.

This module reads and checks; what settings there are is said by the package they belong to, as frozen msgspec structs
that forbid unknown fields. `${NAME}` in a value stands for an environment variable, for secrets and URLs.
"""

import os
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Final, TypeVar, cast

import msgspec
from msgspec import inspect

from core.errors import BadInputError, MissingError, choices

T = TypeVar("T")
ANY_BLOCK: Final = "[...]"
"""Where msgspec says that something is wrong in a table whose keys the user chooses, and not under which."""
PART: Final = re.compile(r"\[\.\.\.\]|\[[0-9]+\]|[^.\[\]`]+")
UNKNOWN: Final = re.compile(r"unknown field `(.*)`")
VARIABLE = re.compile(r"\$\{([A-Z][A-Z0-9_]*)\}")


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The base of every settings section: frozen, by keyword, unknown keys refused."""


def read_settings(path: Path, shape: type[T], environment: Mapping[str, str] | None = None) -> T:
    """Read a TOML file into a settings struct.

    Raises:
        MissingError: there is no such file.
        BadInputError: it is not TOML, or a key is unknown, missing or of the wrong type; the message names the key.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise MissingError(f"There is no {path.name} here.", remedy="Run `c360 init` first.", file=str(path)) from error
    except UnicodeDecodeError as error:
        raise BadInputError(f"{path.name} is not UTF-8.", remedy="Save it as UTF-8.", file=str(path)) from error
    return parse_settings(text, shape, name=path.name, environment=os.environ if environment is None else environment)


def parse_settings(text: str, shape: type[T], *, name: str, environment: Mapping[str, str]) -> T:
    """Read TOML text into a settings struct; errors as in `read_settings`."""
    try:
        tree = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadInputError(f"{name} is not TOML: {error}.", remedy="Mend that line.", file=name) from error
    filled = _filled(tree, environment, name)
    try:
        return msgspec.convert(filled, shape)
    except msgspec.ValidationError as error:
        raise _wrong(str(error), filled, shape, name) from error


def _wrong(said: str, tree: object, shape: type[object], name: str) -> BadInputError:
    """The error of a key: where it stands, down to the name of its source, and what may stand there instead."""
    reason, _, place = said.partition(" - at ")
    path = _named(tuple(PART.findall(place.strip("`").removeprefix("$"))), tree, shape, said)
    section = ".".join(path).replace(".[", "[") or "(top level)"
    remedy = "See docs/reference/settings.md."
    unknown = UNKNOWN.search(reason)
    if unknown:
        reason = f"there is no key '{unknown[1]}'"
        remedy = f"{choices(unknown[1], _keys_at(shape, path), 'Its keys')} {remedy}"
    return BadInputError(f"{name}: {section}: {reason}.", remedy=remedy, file=name, key=section)


def _named(path: tuple[str, ...], tree: object, shape: type[object], said: str) -> tuple[str, ...]:
    """The path with the name of every block that it leaves open: the first whose presence alone is wrong as said."""
    if ANY_BLOCK not in path:
        return path
    place = path.index(ANY_BLOCK)
    blocks = cast("dict[str, object]", _at(tree, path[:place]))
    for block, inner in blocks.items():
        alone = _replaced(tree, path[:place], {block: inner})
        try:
            msgspec.convert(alone, shape)
        except msgspec.ValidationError as error:
            if str(error) == said:
                return _named((*path[:place], block, *path[place + 1 :]), alone, shape, said)
    return path


def _at(tree: object, path: tuple[str, ...]) -> object:
    for key in path:
        listed = isinstance(tree, list)
        tree = cast("list[object]", tree)[int(key[1:-1])] if listed else cast("dict[str, object]", tree)[key]
    return tree


def _replaced(tree: object, path: tuple[str, ...], value: object) -> object:
    """The tree with another value at this path."""
    if not path:
        return value
    inner = _replaced(_at(tree, path[:1]), path[1:], value)
    if isinstance(tree, list):
        here = cast("list[object]", tree)
        return [inner if f"[{place}]" == path[0] else one for place, one in enumerate(here)]
    return {**cast("dict[str, object]", tree), path[0]: inner}


def _keys_at(shape: type[object], path: tuple[str, ...]) -> tuple[str, ...]:
    """The keys of the section at this path."""
    kind = inspect.type_info(shape)
    for key in path:
        if isinstance(kind, inspect.StructType):
            kind = next((one.type for one in kind.fields if one.encode_name == key), kind)
        elif isinstance(kind, inspect.DictType):
            kind = kind.value_type
        elif isinstance(kind, inspect.ListType):
            kind = kind.item_type
        if isinstance(kind, inspect.UnionType):
            kind = next((one for one in kind.types if isinstance(one, inspect.StructType)), kind)
    return tuple(one.encode_name for one in kind.fields) if isinstance(kind, inspect.StructType) else ()


def _filled(value: object, environment: Mapping[str, str], name: str) -> object:
    """Replace every `${NAME}` below this value."""
    if isinstance(value, str):
        return VARIABLE.sub(lambda found: _variable(found[1], environment, name), value)
    if isinstance(value, dict):
        tree = cast("dict[str, object]", value)
        return {key: _filled(item, environment, name) for key, item in tree.items()}
    if isinstance(value, list):
        return [_filled(item, environment, name) for item in cast("list[object]", value)]
    return value


def _variable(variable: str, environment: Mapping[str, str], name: str) -> str:
    if variable not in environment:
        raise BadInputError(
            f"{name} asks for the environment variable {variable}, which is not set.",
            remedy=f"Set {variable} and try again.",
            file=name,
            key=variable,
        )
    return environment[variable]
