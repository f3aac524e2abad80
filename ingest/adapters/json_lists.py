"""Lists of objects that describe people, as FHIR and web shops write them, as columns.

`"telecom": [{"system": "email", "value": "…"}]` is a column `telecom.email`, and an identifier's column is named after
its system; several values of one system stand in one cell. Of `"name": [{"family": …, "given": [… ]}]` and of addresses
each object has columns of its own: `name.family`, and of the second `name other.family`. What has no columns stays as
it is, in a column of the list.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, cast

from ingest.rows_sql import text

NUMBERED: Final = ("", " other", " third")
"""What is said of the objects of one list that have columns, one after the other."""
MOST_SYSTEMS: Final = 20
"""Systems of a block's lists; where there are more, they are no systems, and the lists stay as they are."""
DESCRIBING: Final = frozenset(
    {"family", "given", "line", "city", "postalcode", "postal_code", "postcode", "zip", "address1", "last_name"}
)
"""What objects have that are names or addresses of a person."""
USE: Final = "use"
OLD: Final = "old"
"""The use of what is no longer so."""
NO_PATH: Final = ('"', "\\", "*", "?")
"""What a key of a path cannot hold."""
Structure = Mapping[str, object]
Column = tuple[str, str]
"""A column's name, and the SQL that gives it of an object `j`."""
Fields = Callable[[object, tuple[str, ...]], Iterator[tuple[tuple[str, ...], object]]]
"""Gives the places and structures of all values of a structure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A list of objects at a place of each object.

    Attributes:
        place: keys that lead there.
        inner: what its objects hold.
    """

    place: tuple[str, ...]
    inner: Structure

    @property
    def by_system(self) -> bool:
        """Whether each object says a value and whose it is."""
        return {"system", "value"} <= set(self.inner)

    def path(self, *further: str) -> str:
        """The place as a JSON path, in SQL."""
        return text("$" + "".join(f'."{key}"' for key in self.place) + "".join(further))


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What stands in the lists of a block.

    Attributes:
        longest: objects in the longest.
        systems: of all objects; empty for those that name none. None where the list has no systems.
        others: whether somewhere something else than a list stands there.
    """

    longest: int
    systems: tuple[str, ...] | None
    others: bool


def listed(structure: object, place: tuple[str, ...]) -> Listed | None:
    """The list of objects about a person that stands here; None where something else does."""
    if not (isinstance(structure, list) and len(cast("list[object]", structure)) == 1):
        return None
    inner = cast("list[object]", structure)[0]
    if not isinstance(inner, dict):
        return None
    found = Listed(place=place, inner=cast("Structure", inner))
    if not all(map(_is_plain, (*place, *found.inner))):
        return None
    return found if found.by_system or DESCRIBING & {key.lower() for key in found.inner} else None


def _is_plain(key: str) -> bool:
    return bool(key) and not any(sign in key for sign in NO_PATH)


def measure_sql(lists: Sequence[Listed]) -> str:
    """Three columns for each list, in one row: as of `Measured`."""
    asked = [
        f"max(json_array_length(j, {one.path()})), "
        + (
            f"list_sort(list_distinct(flatten(list(list_transform(json_extract(j, {one.path('[*]')}), "
            "lambda o: coalesce(o->>'system', ''))))))"
            if one.by_system
            else "NULL"
        )
        + f", coalesce(bool_or(json_type(j, {one.path()}) NOT IN ('ARRAY', 'NULL')), false)"
        for one in lists
    ]
    return f"SELECT {', '.join(asked)} FROM objects"


def columns_of(one: Listed, measured: Measured, fields: Fields) -> list[Column]:
    """The columns of a list, one for what has no columns among them.

    Args:
        one: the list.
        measured: what stands in it.
        fields: gives the places of values.
    """
    raw = f"json_extract_string(j, {one.path()})"
    whole = ".".join(one.place)
    if one.by_system:
        systems = measured.systems or ()
        if len(systems) > MOST_SYSTEMS:
            return [(whole, raw)]
        left = f"json_type(j, {one.path()}) <> 'ARRAY'"
        columns = [_of_system(one, system) for system in systems]
    else:
        left = f"json_type(j, {one.path()}) <> 'ARRAY' OR json_array_length(j, {one.path()}) > {len(NUMBERED)}"
        columns = [
            _of_object(one, at, inner, structure)
            for at in range(min(measured.longest, len(NUMBERED)))
            for inner, structure in fields(one.inner, ())
            if all(map(_is_plain, inner))
        ]
    rest = measured.others or (not one.by_system and measured.longest > len(NUMBERED))
    return [*columns, *([(whole, f"CASE WHEN {left} THEN {raw} END")] if rest else [])]


def _of_system(one: Listed, system: str) -> Column:
    """All values of one system that are still so; of no system under `value`."""
    kept = (
        f"list_filter(json_extract(j, {one.path('[*]')}), lambda o: coalesce(o->>'system', '') = {text(system)} "
        f"AND coalesce(o->>'{USE}', '') <> '{OLD}')"
    )
    values = f"nullif(array_to_string(list_transform({kept}, lambda o: o->>'value'), '; '), '')"
    short = system.removeprefix("urn:oid:").removeprefix("https://").removeprefix("http://")
    return f"{'.'.join(one.place)}.{short or 'value'}", values


def _of_object(one: Listed, at: int, inner: tuple[str, ...], structure: object) -> Column:
    """A value of one of the objects; several texts, as given names and lines of an address, in one."""
    keys = "".join(f'."{key}"' for key in inner)
    named = f"{'.'.join(one.place)}{NUMBERED[at]}"
    # What a name is used for is no name.
    column = f"{USE} of {named}" if inner == (USE,) else f"{named}.{'.'.join(inner)}"
    if isinstance(structure, list):
        texts = f"json_extract_string(j, {one.path(f'[{at}]', keys, '[*]')})"
        return column, f"nullif(array_to_string({texts}, ' '), '')"
    return column, f"json_extract_string(j, {one.path(f'[{at}]', keys)})"
