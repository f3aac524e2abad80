"""Settings from one TOML file: read once, checked key by key, frozen.

This module reads and checks; what settings there are is said by the package they belong to, as frozen msgspec structs
that forbid unknown fields. `${NAME}` in a value stands for an environment variable, for secrets and URLs.
"""

import os
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar, cast

import msgspec

from core.errors import BadInputError, MissingError

T = TypeVar("T")
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
    try:
        return msgspec.convert(_filled(tree, environment, name), shape)
    except msgspec.ValidationError as error:
        reason, _, place = str(error).partition(" - at ")
        key = place.strip("`").removeprefix("$.") or "(top level)"
        raise BadInputError(
            f"{name}: {key}: {reason}.", remedy="See docs/reference/settings.md.", file=name, key=key
        ) from error


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
