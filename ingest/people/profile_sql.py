"""SQL that puts the cleaned columns of a row together into a profile. Whoever holds the data runs it."""

from collections.abc import Iterator, Sequence
from typing import Final

from ingest.clean.text import listed
from ingest.people.plan import BIRTH_YEARS, Plan

ADDRESS_TYPE: Final = (
    "STRUCT(line VARCHAR, house_number VARCHAR, street VARCHAR, unit VARCHAR, city VARCHAR, region VARCHAR, "
    "postcode VARCHAR, country VARCHAR)"
)
FIELDS: Final = ("line", "house_number", "street", "unit", "city", "region", "postcode", "country")
NO_WORDS: Final = "[]::VARCHAR[]"
YEAR_ENDS: Final = "month(as_of) = 12 AND day(as_of) = 31"
"""On the last day of a year an age names the year of birth; on any other, one of two."""


def profile_sql(plan: Plan, table: str, *, keep: Sequence[str] = ()) -> str:
    """One SELECT giving `keep`, the profile columns and categories of every row.

    Where the plan has ages the table needs `as_of`: the instant at which they were true.
    """
    names = f"SELECT *, {_name_lists(plan)} FROM {table}"
    split = f"SELECT *, {_main_names(plan)}{_bare_lines(plan)} FROM ({names})"
    kept = "".join(f"{name}, " for name in keep)
    return f"SELECT {kept}{', '.join(_profile(plan))} FROM ({split})"


def _name_lists(plan: Plan) -> str:
    """The words of each name column, none for null."""
    parts = [f"coalesce({role}{n}.words, {NO_WORDS}) AS {role}{n}_words" for role, n in _numbered(plan)]
    parts += [f"coalesce(full{n}.given, {NO_WORDS}) AS full{n}_given" for n in range(len(plan.full))]
    parts += [f"coalesce(full{n}.family, {NO_WORDS}) AS full{n}_family" for n in range(len(plan.full))]
    return ", ".join(parts) or "0 AS no_names"


def _bare_lines(plan: Plan) -> str:
    """The address lines without signs, to see that a second line says the same as the first."""
    lines = [
        f"a{n}_address.line" if "address" in dict(group) and "box" not in dict(group)["address"].lower() else "NULL"
        for n, group in enumerate(plan.addresses)
    ]
    return "".join(
        f", regexp_replace({line}, '[^\\p{{L}}\\p{{N}}]+', '', 'g') AS line{n}" for n, line in enumerate(lines)
    )


def _numbered(plan: Plan) -> Iterator[tuple[str, int]]:
    for role, names in (("given", plan.given), ("middle", plan.middle), ("family", plan.family)):
        for number in range(len(names)):
            yield role, number


def _main_names(plan: Plan) -> str:
    """The words that are the given name and the family name: of the first column of each that says something."""
    given = [f"given{n}_words" for n in range(len(plan.given))] + [f"full{n}_given" for n in range(len(plan.full))]
    family = [f"family{n}_words" for n in range(len(plan.family))]
    # A full name may only supply a family name where it also supplies the given name, or agrees with it.
    family += [f"full{n}_family" for n in range(len(plan.full))]
    first = _first_filled(given[: len(plan.given)])
    family += [
        f"(CASE WHEN len({first}) > 0 AND len(full{n}_given) = 1 AND NOT list_contains({first}, full{n}_given[1]) "
        f"THEN full{n}_given ELSE {NO_WORDS} END)"
        for n, name in enumerate(plan.full)
        if name in plan.rests
    ]
    return f"{_called(_first_filled(given), plan)} AS main_given, {_first_filled(family)} AS main_family"


def _called(given: str, plan: Plan) -> str:
    """The words of a given name, those first that somebody is called by; what stands before them comes last."""
    if not plan.forerunners:
        return given
    words = f"({given})"
    behind = f"list_position(list_transform({words}, lambda w, i: i > 1 AND len(w) > 1 AND NOT is_particle(w)), true)"
    leads = f"{words}[1] IN ({listed(tuple(sorted(plan.forerunners)))}) AND {behind} IS NOT NULL"
    return f"CASE WHEN {leads} THEN {words}[{behind}:] || {words}[:{behind} - 1] ELSE {words} END"


def _first_filled(lists: Sequence[str]) -> str:
    cases = "".join(f" WHEN len({one}) > 0 THEN {one}" for one in lists)
    return f"CASE{cases} ELSE {NO_WORDS} END" if cases else NO_WORDS


def _profile(plan: Plan) -> Iterator[str]:
    yield "main_given[1] AS given_name"
    yield f"{_middle(plan)} AS middle_name"
    yield "nullif(array_to_string(main_family, ' '), '') AS family_name"
    yield f"{_nicknames(plan)} AS nicknames"
    yield f"{_coalesced(_suffixes(plan))} AS suffix"
    yield f"{_coalesced(_birth_dates(plan))} AS birth_date"
    yield f"{_coalesced([f'sex{n}' for n in range(len(plan.sex))])} AS sex"
    for field, role, columns in (("emails", "email", plan.emails), ("phones", "phone", plan.phones)):
        yield f"{_listed([f'{role}{n}' for n in range(len(columns))])} AS {field}"
    yield f"{_addresses(plan)} AS addresses"
    yield f"{_identifiers(plan)} AS identifiers"
    yield f"{_listed([f'device{n}' for n in range(len(plan.devices))])} AS devices"
    yield f"{_categories(plan)} AS categories"


def _middle(plan: Plan) -> str:
    """Every word that is neither the first given name nor the family name, each once, in the order of the columns."""
    words = ["main_given[2:]"]
    words += [f"middle{n}_words" for n in range(len(plan.middle))]
    words += [_unsaid(f"given{n}_words") for n in range(len(plan.given)) if n > 0]
    words += [_unsaid(f"family{n}_words") for n in range(len(plan.family)) if n > 0]
    words += [_unsaid(f"full{n}_given || full{n}_family") for n in range(len(plan.full))]
    joined = " || ".join(words)
    if len(words) == 1:
        return f"nullif(array_to_string({joined}, ' '), '')"
    once = (
        f"list_filter({joined}, lambda w, i: list_position({joined}, w) = i)" if len(words) > 2 or plan.full else joined
    )
    return f"nullif(array_to_string({once}, ' '), '')"


def _unsaid(words: str) -> str:
    return f"list_filter({words}, lambda w: NOT list_contains(main_given[:1], w) AND NOT list_contains(main_family, w))"


def _nicknames(plan: Plan) -> str:
    """The nicknames that stand in name columns, each once, in the order of the columns; null when none does."""
    columns = [f"{role}{n}.nicknames" for role, n in _numbered(plan) if role != "family"]
    columns += [f"full{n}.nicknames" for n in range(len(plan.full))]
    if len(columns) < 2:
        return next(iter(columns), "NULL::VARCHAR[]")
    every = " || ".join(f"coalesce({one}, {NO_WORDS})" for one in columns)
    once = f"list_filter({every}, lambda n, i: list_position({every}, n) = i)"
    return f"CASE WHEN coalesce({', '.join(columns)}) IS NOT NULL THEN {once} END"


def _suffixes(plan: Plan) -> list[str]:
    return (
        [f"suffix{n}" for n in range(len(plan.suffix))]
        + [f"{role}{n}.suffix" for role, n in _numbered(plan)]
        + [f"full{n}.suffix" for n in range(len(plan.full))]
    )


def _birth_dates(plan: Plan) -> list[str]:
    dates = [f"date{n}" for n in range(len(plan.birth_date))]
    if any(plan.birth_parts):
        day, month, year = (
            f"birth_{part}" if name is not None else "NULL::VARCHAR"
            for part, name in zip(("day", "month", "year"), plan.birth_parts, strict=True)
        )
        dates.append(f"part_date({year}, {month}, {day})")
    if plan.age:
        dates.append(f"CASE WHEN {YEAR_ENDS} THEN (year(as_of) - {_age(plan)})::VARCHAR END")
    return dates


def _age(plan: Plan) -> str:
    return _coalesced([f"age{n}" for n in range(len(plan.age))])


def _birth_years(plan: Plan) -> str:
    """The two years between which an age leaves the birth open, where nothing says more."""
    age = _age(plan)
    open_still = f"{_coalesced(_birth_dates(plan))} IS NULL AND as_of IS NOT NULL AND {age} IS NOT NULL"
    return f"CASE WHEN {open_still} THEN concat(year(as_of) - {age} - 1, '/', year(as_of) - {age}) END"


def _coalesced(values: Sequence[str]) -> str:
    return f"coalesce({', '.join(values)})" if values else "NULL::VARCHAR"


def _listed(values: Sequence[str]) -> str:
    """The values that are there, each once, in order; null when none is."""
    if not values:
        return "NULL::VARCHAR[]"
    if len(values) == 1:
        return f"CASE WHEN {values[0]} IS NOT NULL THEN [{values[0]}] END"
    every = f"list_filter([{', '.join(values)}], lambda x: x IS NOT NULL)"
    return f"nullif(list_filter({every}, lambda x, i: list_position({every}, x) = i), [])"


def _identifiers(plan: Plan) -> str:
    if not plan.identifiers:
        return "NULL::STRUCT(system VARCHAR, value VARCHAR)[]"
    every = ", ".join(
        f"CASE WHEN i{n} IS NOT NULL THEN {{'system': {listed((system,))}, 'value': i{n}}} END"
        for n, (_, system) in enumerate(plan.identifiers)
    )
    return f"nullif(list_filter([{every}], lambda x: x IS NOT NULL), [])"


def _categories(plan: Plan) -> str:
    columns: dict[str, list[str]] = {}
    for n, (_, name) in enumerate(plan.categories):
        columns.setdefault(name, []).append(f"c{n}")
    said = [(name, _coalesced(values)) for name, values in columns.items()]
    said += [(BIRTH_YEARS, _birth_years(plan))] if plan.age else []
    if not said:
        return "NULL::MAP(VARCHAR, VARCHAR)"
    every = ", ".join(
        f"CASE WHEN {value} IS NOT NULL THEN {{'key': {listed((name,))}, 'value': {value}}} END" for name, value in said
    )
    return f"map_from_entries(list_filter([{every}], lambda x: x IS NOT NULL))"


def _addresses(plan: Plan) -> str:
    if not plan.addresses:
        return f"NULL::{ADDRESS_TYPE}[]"
    every = ", ".join(_address(n, dict(group)) for n, group in enumerate(plan.addresses))
    return f"nullif(list_filter([{every}], lambda x: x IS NOT NULL), [])::{ADDRESS_TYPE}[]"


def _address(number: int, group: dict[str, str]) -> str:
    """One address of a row: what its columns say, then what its line says."""
    boxed = "address" in group and "box" in group["address"].lower()
    line = f"a{number}_address" if "address" in group else "NULL"
    values = {part: f"a{number}_{part}" for part in FIELDS if part in group}
    if "address" in group and not boxed:
        for part in FIELDS[1:]:
            values[part] = f"coalesce({values[part]}, {line}.{part})" if part in values else f"{line}.{part}"
        values["line"] = f"{line}.line"
    elif "address" in group:
        values["line"] = line
    elif "street" in group:
        number_column = f"a{number}_house_number" if "house_number" in group else "NULL"
        values["line"] = (
            f"CASE WHEN a{number}_street IS NOT NULL THEN concat_ws(' ', {number_column}, a{number}_street) END"
        )
    fields = ", ".join(f"'{part}': {values.get(part, 'NULL::VARCHAR')}" for part in FIELDS)
    known = ", ".join(f"a{number}_{part}" + (".line" if part == "address" and not boxed else "") for part in group)
    repeated = f" AND {_repeats(number)}" if number > 0 and "address" in group and not boxed else ""
    return f"CASE WHEN coalesce({known}) IS NOT NULL{repeated} THEN {{{fields}}} END"


def _repeats(number: int) -> str:
    return f"line{number} IS DISTINCT FROM line0"
