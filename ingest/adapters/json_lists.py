"""Lists of objects that describe people, as FHIR and web shops write them, as columns.

`"telecom": [{"system": "email", "value": "…"}]` is a column `telecom.email`, and an identifier's column is named after
its system; several values of one system stand in one cell. Of `"name": [{"family": …, "given": [… ]}]` and of addresses
each object has columns of its own: `name.family`, and of the second `name 2.family`.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, cast

from ingest.rows_sql import text

MOST_OBJECTS: Final = 3
"""Objects of one list that have columns; where a list has more, it also stays as it is."""
MOST_SYSTEMS: Final = 20
"""Systems of one file's lists; where there are more, they are no systems, and the lists stay as they are."""
DESCRIBING: Final = frozenset(
    {"family", "given", "line", "city", "postalcode", "postal_code", "postcode", "zip", "address1", "last_name"}
)
"""What objects have that are names or addresses of a person."""
NO_PATH: Final = ('"', "\\")
"""What a key of a path cannot hold."""
OLD: Final = "old"
"""The use of what is no longer so."""
Structure = Mapping[str, object]
Column = tuple[str, str]
"""A column's name, and the SQL that gives it of an object `j`."""


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


def listed(structure: object, place: tuple[str, ...]) -> Listed | None:
    """The list of objects about a person that stands here; None where something else does."""
    if not (isinstance(structure, list) and len(cast("list[object]", structure)) == 1):
        return None
    inner = cast("list[object]", structure)[0]
    if not isinstance(inner, dict):
        return None
    found = Listed(place=place, inner=cast("Structure", inner))
    if any(sign in key for key in (*place, *found.inner) for sign in NO_PATH):
        return None
    return found if found.by_system or DESCRIBING & {key.lower() for key in found.inner} else None


def measure_sql(lists: Sequence[Listed]) -> str:
    """For each list the number of objects in the longest, and the systems of all; one row, two columns a list."""
    asked = [
        f"max(json_array_length(j, {one.path()})), "
        + (
            f"list_sort(list_distinct(flatten(list(json_extract_string(j, {one.path('[*].system')})))))"
            if one.by_system
            else "NULL"
        )
        for one in lists
    ]
    return f"SELECT {', '.join(asked)} FROM objects"


def columns_of(
    one: Listed,
    longest: int,
    systems: Sequence[str] | None,
    fields: Callable[[object, tuple[str, ...]], Iterator[tuple[tuple[str, ...], object]]],
) -> list[Column] | None:
    """The columns of a list; None where it should stay as it is.

    Args:
        one: the list.
        longest: objects in the longest.
        systems: of its objects, where they have any.
        fields: the places and structures of all values of a structure.
    """
    if one.by_system:
        known = [system for system in systems or () if system]
        return [_of_system(one, system) for system in known] if len(known) <= MOST_SYSTEMS else None
    if longest > MOST_OBJECTS:
        return None
    return [
        (_named(one, at, inner), _value(one, at, inner, structure))
        for at in range(longest)
        for inner, structure in fields(one.inner, ())
    ]


def _of_system(one: Listed, system: str) -> Column:
    """All values of one system that are still so."""
    used = f" AND coalesce(o->>'use', '') <> '{OLD}'"
    kept = f"list_filter(json_extract(j, {one.path()})::JSON[], lambda o: o->>'system' = {text(system)}{used})"
    values = f"nullif(array_to_string(list_transform({kept}, lambda o: o->>'value'), '; '), '')"
    short = system.removeprefix("urn:oid:").removeprefix("https://").removeprefix("http://")
    return f"{'.'.join(one.place)}.{short}", values


def _named(one: Listed, at: int, inner: tuple[str, ...]) -> str:
    number = f" {at + 1}" if at else ""
    return f"{'.'.join(one.place)}{number}.{'.'.join(inner)}"


def _value(one: Listed, at: int, inner: tuple[str, ...], structure: object) -> str:
    """A value of one of the objects; several texts, as given names and lines of an address, in one."""
    keys = "".join(f'."{key}"' for key in inner)
    if isinstance(structure, list):
        texts = f"json_extract_string(j, {one.path(f'[{at}]', keys, '[*]')})"
        return f"nullif(array_to_string({texts}, ' '), '')"
    return f"json_extract_string(j, {one.path(f'[{at}]', keys)})"
