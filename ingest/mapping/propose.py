"""Proposing how a file is mapped: a complete `[sources.NAME]` block from its column names and contents.

People are told from events by what the columns hold: names, birth dates and contacts make people; a time beside a
column that names the same few again and again makes events; a question beside a response makes answers.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import msgspec
import pyarrow as pa
import pyarrow.compute as pc

from core.errors import BadInputError
from ingest.adapters.files import find_files, read_chunks
from ingest.clean.run import encode
from ingest.contract import Proposal, SourceSettings, WhoSettings
from ingest.kinds.header import spaced
from ingest.mapping.block import block_text
from ingest.mapping.look import Seen, look_at
from ingest.mapping.roles import NUMERIC, ROLES, event_type, find_column, find_key, find_time, find_who, kind_of_people

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
BORN: Final = frozenset({"birth_date", "birth_year"})
OVERLAP: Final = 0.5


def propose_mapping(
    file: Path, *, root: Path | None = None, known: Mapping[str, SourceSettings] | None = None
) -> Proposal:
    """Propose the block of a file.

    Args:
        file: CSV, JSON lines, JSON or Parquet.
        root: the workspace; the block's path is relative to it.
        known: its sources so far; an event's people are looked for among their keys.

    Raises:
        BadInputError: the file cannot be read, or nothing in it says who its rows are about.
    """
    seen = look_at(file)
    settings = _settings(seen)
    settings = msgspec.structs.replace(settings, path=_path(file, root), encoding=seen.encoding)
    owners = _owners(seen, settings.who.column, known or {}, root or Path()) if settings.who else ()
    if settings.who and owners:
        who = msgspec.structs.replace(settings.who, system=owners[0])
        settings = msgspec.structs.replace(settings, who=who)
    return Proposal(
        name=seen.name,
        settings=settings,
        text=block_text(seen.name, settings),
        columns=seen.kinds,
        owners=owners,
    )


def _settings(seen: Seen) -> SourceSettings:
    kinds = {one.kind for one in seen.kinds}
    roles = {role: find_column(seen, patterns, numeric=role in NUMERIC) for role, patterns in ROLES.items()}
    at = find_time(seen)
    if at and roles["question"] and roles["response"]:
        return _events(seen, {**_only(roles, "question", "response", "channel_column"), "at": at}, answers=True)
    if len(kinds & PERSONAL) >= LEAST_PERSONAL or at is None:
        return _people(seen)
    return _events(seen, {**_only(roles, "type_column", "about", "value", "cost", "channel_column"), "at": at})


def _only(roles: Mapping[str, str | None], *names: str) -> dict[str, str | None]:
    return {name: roles[name] for name in names}


def _people(seen: Seen) -> SourceSettings:
    key = find_key(seen)
    if key is None:
        raise BadInputError(
            "No column is filled and different in every row, so none can be the key.",
            remedy="Add a column that numbers the rows for good.",
        )
    fields = {
        one.column: f"identifier:{one.system}" if one.system else one.kind
        for one in seen.kinds
        if one.kind not in UNMAPPED and one.column != key
    }
    observed = find_column(seen, (r"(updated|modified|last seen|registered|created|enrolled).*",), dates=True)
    ages = [one.column for one in seen.kinds if one.kind == "age"]
    if observed and not BORN & {one.kind for one in seen.kinds}:
        fields |= dict.fromkeys(ages, "age")
    return SourceSettings(content="people", kind=kind_of_people(seen), key=key, observed_at=observed, fields=fields)


def _events(seen: Seen, roles: dict[str, str | None], *, answers: bool = False) -> SourceSettings:
    who = find_who(seen, taken=tuple(name for name in roles.values() if name))
    if who is None:
        raise BadInputError(
            "No column says who the rows are about.", remedy="Add who = { column = …, system = … } by hand."
        )
    key = find_key(seen)
    unit = find_column(seen, (r"^units?$",))
    typed = None if answers or roles.get("type_column") else event_type(seen.name)
    settings = SourceSettings(
        content="answers" if answers else "events",
        kind=kind_of_people(seen),
        key=key if key not in {who, *roles.values()} else None,
        who=WhoSettings(column=who, system=_system(seen, who)),
        event_type=typed,
        attributes={"unit": unit} if unit and unit != "unit" else {},
    )
    return msgspec.structs.replace(settings, **roles)


def _owners(seen: Seen, who: str, known: Mapping[str, SourceSettings], root: Path) -> tuple[str, ...]:
    """The people sources whose keys the column may hold: those that hold most first, then those it is named after."""
    values = encode(seen.rows.column(who)).dictionary
    words = set(spaced(who).split())
    fitting: list[tuple[float, bool, int, str]] = []
    for place, (name, settings) in enumerate(known.items()):
        if settings.content == "people" and settings.type == "files" and settings.key and settings.path:
            held = pc.sum(pc.is_in(values, value_set=_keys(settings, root))).as_py() or 0
            share = held / max(len(values), 1)
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


def _keys(settings: SourceSettings, root: Path) -> pa.Array:
    key = settings.key or ""
    chunks = [
        chunk.rows.column(key)
        for path in find_files(root, settings.path or ())
        for chunk in read_chunks(path, separator=settings.separator, encoding=settings.encoding)
        if key in chunk.rows.column_names
    ]
    keys: pa.Array = pc.unique(pa.chunked_array([part for column in chunks for part in column.chunks], pa.string()))
    return keys


def _path(file: Path, root: Path | None) -> str:
    absolute = file.resolve()
    base = (root or Path()).resolve()
    return absolute.relative_to(base).as_posix() if absolute.is_relative_to(base) else absolute.as_posix()
