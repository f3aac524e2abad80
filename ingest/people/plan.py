"""What becomes of each column of a people table: which name it is, which address it belongs to, how its dates read."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ingest.contract import ColumnKind
from ingest.kinds.alike import group_name
from ingest.kinds.header import spaced

GROUPS: Final = frozenset({"category", "list"})
HOUSE: Final = "house_number"
PARTS: Final = ("address", HOUSE, "street", "unit", "city", "region", "postcode", "country")
UNDATED: Final = "age"
"""The category of ages of which nothing says when they were true."""
BIRTH_YEARS: Final = "birth_years"
"""The category of the two years that an age leaves open."""
APART: Final = re.compile(r"birth|born|po box|geburt|naiss|nac")


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The columns by what they become.

    Attributes:
        given, middle, family, full, suffix: name columns; of several, the first is the main one.
        birth_date: columns of whole dates, and further ones of years; the first that says something counts.
        birth_parts: columns of day, month and year, None where there is none.
        age: columns of whole years of age; the first that says something counts.
        sex: columns; the first that says something counts.
        emails, phones, devices: columns.
        identifiers: column and the system that issued its values.
        addresses: for each address its columns by part, in order.
        categories: column and the name of its category.
        lists: of their columns, those whose cells list several.
        forerunners: first names behind which the given name stands.
        rests: of the whole names, those that are the family name alone where a first name stands beside them.
    """

    given: tuple[str, ...] = ()
    middle: tuple[str, ...] = ()
    family: tuple[str, ...] = ()
    full: tuple[str, ...] = ()
    suffix: tuple[str, ...] = ()
    birth_date: tuple[str, ...] = ()
    birth_parts: tuple[str | None, str | None, str | None] = (None, None, None)
    age: tuple[str, ...] = ()
    sex: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    devices: tuple[str, ...] = ()
    identifiers: tuple[tuple[str, str], ...] = ()
    addresses: tuple[tuple[tuple[str, str], ...], ...] = ()
    categories: tuple[tuple[str, str], ...] = ()
    lists: frozenset[str] = frozenset()
    forerunners: frozenset[str] = frozenset()
    rests: frozenset[str] = frozenset()

    def ages(self) -> tuple[str, ...]:
        """Columns of ages, whether anything says when these were true or not."""
        return (*self.age, *(column for column, name in self.categories if name == UNDATED))


def plan_columns(kinds: Sequence[ColumnKind]) -> Plan:
    """Assign every column its place."""

    def of(*wanted: str) -> tuple[str, ...]:
        return tuple(one.column for one in kinds if one.kind in wanted)

    def first(kind: str) -> str | None:
        return next(iter(of(kind)), None)

    addresses = _addresses([one for one in kinds if one.kind in PARTS])
    groups = [(one.column, one.system or group_name(one.column)) for one in kinds if one.kind in GROUPS]
    # On a roll of one village a house has no street: its number is compared by itself.
    groups += [(group[0][1], HOUSE) for group in addresses if [part for part, _ in group] == [HOUSE]]
    return Plan(
        given=of("given_name"),
        middle=of("middle_name"),
        family=of("family_name"),
        full=of("full_name"),
        suffix=of("suffix"),
        birth_date=(*of("birth_date"), *of("birth_year")[1:]),
        birth_parts=(first("birth_day"), first("birth_month"), first("birth_year")),
        age=of("age"),
        sex=of("sex"),
        emails=of("email"),
        phones=of("phone"),
        devices=of("device"),
        identifiers=tuple(
            (one.column, one.system or one.kind) for one in kinds if one.kind in {"identifier", "national_id"}
        ),
        addresses=addresses,
        categories=tuple(groups),
        lists=frozenset(of("list")),
    )


def _addresses(columns: Sequence[ColumnKind]) -> tuple[tuple[tuple[str, str], ...], ...]:
    """Put parts together until one comes a second time; a place of birth and a post-office box stand apart."""
    alone = [one for one in columns if APART.search(spaced(one.column))]
    groups: list[dict[str, str]] = []
    for one in columns:
        if one in alone:
            continue
        open_groups = [group for group in groups if one.kind not in group and _related(group, one)]
        if not open_groups:
            groups.append({})
            open_groups = groups[-1:]
        open_groups[-1][one.kind] = one.column
    groups += [{one.kind: one.column} for one in alone]
    return tuple(tuple(group.items()) for group in groups)


def _related(group: dict[str, str], one: ColumnKind) -> bool:
    """A second city belongs to the second line, not to the first address that still lacks something."""
    marks = {_mark(column) for column in group.values()}
    return _mark(one.column) in marks or not any(marks) or not _mark(one.column)


def _mark(column: str) -> str:
    """What tells one address of a row from another: home, work, 1, 2 … ."""
    found = re.search(r"home|work|billing|shipping|mailing|office|previous|former|current|secondary", spaced(column))
    return found[0] if found else ""
