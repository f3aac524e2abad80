"""What the columns of a file mean: the parts they play in its block, and whose people its events are of.

People are told from events by what the columns hold: names, birth dates and contacts make people; a time beside a
column that names the same few again and again makes events; a question beside a response makes answers. What is read
to know it is handed in.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

import msgspec
import pyarrow.compute as pc

from core.errors import BadInputError
from ingest.clean.run import encode
from ingest.contract import ColumnKind, MapOptions, SourceSettings, WhoSettings
from ingest.kinds.header import spaced
from ingest.mapping.contract import Key, Keys, Seen
from ingest.mapping.roles import (
    NUMERIC,
    ROLES,
    TYPES,
    check_column,
    event_type,
    find_column,
    find_day_of_ages,
    find_key,
    find_only_number,
    find_time,
    find_who,
    key_of,
    kind_of_people,
)

PERSONAL: Final = frozenset(
    [
        "full_name",
        "given_name",
        "family_name",
        "birth_date",
        "birth_year",
        "sex",
        "email",
        "phone",
        "address",
        "street",
        "national_id",
    ]
)
LEAST_PERSONAL: Final = 3
UNMAPPED: Final = frozenset({"ignore", "text", "number", "date", "age"})
NAMES: Final = frozenset({"full_name", "given_name", "family_name"})
BORN: Final = frozenset({"birth_date", "birth_year"})
OVERLAP: Final = 0.5
AGREEING: Final = 1.1
"""How many descriptions a person may have at most, on average, in a list of orders."""
SEEN_ON: Final = re.compile(r"updated|modified|last seen|registered|enrolled|joined|added|effective")
"""Headers of a time at which a source saw a person, not of one at which something happened."""


def settings_of(seen: Seen, options: MapOptions, keys: Keys) -> tuple[SourceSettings, Key | None]:
    """Decide what a file's rows are and which column plays which part.

    Args:
        seen: the file.
        options: columns that the user knows, and how many rows may be set aside.
        keys: of the people sources there are, by source: the key's column, and its values.

    Returns:
        The block but for where the file is; and the key that it names.

    Raises:
        BadInputError: nothing in it numbers its rows, or says who they are about.
    """
    kinds = {one.kind for one in seen.kinds}
    roles = {role: find_column(seen, patterns, numeric=role in NUMERIC) for role, patterns in ROLES.items()}
    at = find_time(seen)
    if at and roles["question"] and roles["response"]:
        return _events(
            seen, {**_only(roles, "question", "response", "channel_column"), "at": at}, options, answers=True
        )
    if at is None or (options.key and options.key == find_who(seen, taken=_taken(roles, at))):
        return _people(seen, options)
    if len(kinds & PERSONAL) >= LEAST_PERSONAL and options.who is None:
        whose = None if options.key else events_of(seen, roles, at, keys)
        if whose is None:
            return _people(seen, options)
        options = replace(options, who=whose)
    elif options.who is None and find_who(seen, taken=_taken(roles, at)) is None:
        whose = _key_of_a_source(seen, [column for column, _ in keys.values()])
        if whose is None and kinds & NAMES and kinds & BORN:
            return _people(seen, options)
        options = replace(options, who=whose)
    return _events(seen, {**_only(roles, "type_column", "about", "value", "cost", "channel_column"), "at": at}, options)


def _only(roles: Mapping[str, str | None], *names: str) -> dict[str, str | None]:
    return {name: roles[name] for name in names}


def _people(seen: Seen, options: MapOptions) -> tuple[SourceSettings, Key | None]:
    key = key_of(seen, options.key) if options.key else find_key(seen, options.reject_limit, repeats=True)
    if key is None:
        raise BadInputError(
            f"No column that looks like a number of the rows is filled and different in all rows but "
            f"{options.reject_limit:.0%}, so none can be the key.",
            remedy="Name it with --key COLUMN, or add a column that numbers the rows for good.",
        )
    fields = {
        one.column: _kind_text(one) for one in seen.kinds if one.kind not in UNMAPPED and one.column != key.column
    }
    observed = find_column(
        seen, (r"(updated|modified|last seen|registered|created|enrolled|joined|added|effective).*",), dates=True
    )
    ages = [one.column for one in seen.kinds if one.kind == "age"]
    born = BORN & {one.kind for one in seen.kinds}
    if ages and not born:
        observed = find_day_of_ages(seen) or observed
    if not (observed and born):
        fields |= dict.fromkeys(ages, "age")
    kind = kind_of_people(seen)
    settings = SourceSettings(content="people", kind=kind, key=key.column, observed_at=observed, fields=fields)
    return settings, key


def _kind_text(one: ColumnKind) -> str:
    """A kind as the block has it."""
    if one.system is None:
        return one.kind
    return f"{one.kind if one.kind in BORN else 'identifier'}:{one.system}"


def _events(
    seen: Seen, roles: dict[str, str | None], options: MapOptions, *, answers: bool = False
) -> tuple[SourceSettings, Key | None]:
    who = options.who or find_who(seen, taken=tuple(name for name in roles.values() if name))
    if who is None:
        raise BadInputError(
            "The rows have times, so they are taken for events, but no column says who they are about.",
            remedy="Name it with --who COLUMN; or, if each row is a person, its number with --key COLUMN.",
        )
    check_column(seen, who)
    roles = {role: name for role, name in roles.items() if name != who}
    key = key_of(seen, options.key) if options.key else find_key(seen, options.reject_limit, repeats=False)
    key = None if key is None or key.column in {who, *roles.values()} else key
    if not (answers or roles["value"] or roles["cost"]):
        taken = (who, key.column if key else who, *(name for name in roles.values() if name))
        roles["value"] = find_only_number(seen, taken=taken)
    unit = find_column(seen, (r"^units?$",))
    typed = None if answers or roles.get("type_column") else event_type(seen.name)
    settings = SourceSettings(
        content="answers" if answers else "events",
        kind=kind_of_people(seen),
        key=key.column if key else None,
        who=WhoSettings(column=who, system=_system(seen, who)),
        event_type=typed,
        attributes={"unit": unit} if unit and unit != "unit" else {},
    )
    return msgspec.structs.replace(settings, **roles), key


def events_of(seen: Seen, roles: Mapping[str, str | None], at: str, keys: Keys) -> str | None:
    """Whose events the rows are although they describe people, as a list of orders with names and addresses does.

    They are events when they have a key of their own, a time and a thing or an amount, and name their people by another
    column, whose values come again with the same person beside them, or are keys of a source there is.

    Args:
        seen: the file.
        roles: column by part.
        at: the column that says when.
        keys: of the people sources there are.
    """
    key, who = find_key(seen, 0.0, repeats=False), find_who(seen, taken=_taken(roles, at))
    dealt = any(roles[role] for role in ("about", "value", "cost", "type_column"))
    if key is None or who is None or who == key.column or not dealt or SEEN_ON.search(spaced(at)):
        return None
    named = event_type(seen.name) in TYPES.values() or any(start in spaced(key.column) for start in TYPES)
    again = seen.distinct[who] < seen.filled[who] and _tells_the_person(seen, who)
    return who if again or (named and owners_of(seen, who, keys)) else None


def _taken(roles: Mapping[str, str | None], at: str) -> tuple[str, ...]:
    return (at, *(name for name in roles.values() if name))


def _tells_the_person(seen: Seen, who: str) -> bool:
    """Whether all that describes people is the same wherever this column is."""
    described = [one.column for one in seen.kinds if one.kind in PERSONAL and one.column != who]
    pairs = seen.rows.select([who, *described]).group_by([who, *described]).aggregate([])
    return pairs.num_rows <= AGREEING * len(encode(seen.rows.column(who)).dictionary)


def _key_of_a_source(seen: Seen, columns: Sequence[str]) -> str | None:
    """A column that is called as the key of a people source is, and does not number the rows."""
    names = {spaced(column) for column in columns}
    found = (name for name in seen.columns() if spaced(name) in names)
    return next((name for name in found if seen.distinct[name] < seen.filled[name]), None)


def owners_of(seen: Seen, who: str, keys: Keys) -> tuple[str, ...]:
    """The people sources whose keys a column may hold: those that hold most first, then those it is named after.

    Args:
        seen: the file.
        who: the column.
        keys: of the people sources there are.
    """
    values = encode(seen.rows.column(who)).dictionary
    words = set(spaced(who).split())
    fitting: list[tuple[float, bool, int, str]] = []
    for place, (name, (_, held)) in enumerate(keys.items()):
        share = (pc.sum(pc.is_in(values, value_set=held)).as_py() or 0) / max(len(values), 1)
        named = bool(words & {part for word in spaced(name).split() for part in (word, word.removesuffix("s"))})
        if share >= OVERLAP:
            fitting.append((-share, not named, place, name))
    return tuple(name for *_, name in sorted(fitting))


def _system(seen: Seen, who: str) -> str:
    """What a column names people by, by what its contents or header say."""
    kind = next(one.kind for one in seen.kinds if one.column == who)
    if kind in {"email", "phone", "device"}:
        return kind
    if re.search(r"device|cookie|visitor", spaced(who)):
        return "device"
    words = re.sub(r"\b(id|key|no|number)\b", " ", spaced(who))
    return "_".join(words.split()) or "person"
