"""Proposing how a file is mapped: a complete `[sources.NAME]` block from its column names and contents.

People are told from events by what the columns hold: names, birth dates and contacts make people; a time beside a
column that names the same few again and again makes events; a question beside a response makes answers.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal

import msgspec
import pyarrow as pa
import pyarrow.compute as pc
import tomlkit

from core.errors import BadInputError
from ingest.adapters.files import find_files, read_chunks, read_file
from ingest.clean.run import encode
from ingest.contract import ColumnKind, Proposal, SourceSettings, WhoSettings
from ingest.kinds import detect_kinds
from ingest.kinds.header import spaced

ROWS: Final = 20_000
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
DATES: Final = frozenset({"date", "birth_date"})
UNMAPPED: Final = frozenset({"ignore", "text", "number", "date", "age"})
TYPES: Final = {
    "encounter": "visit",
    "visit": "visit",
    "admission": "visit",
    "appointment": "visit",
    "condition": "condition",
    "diagnos": "condition",
    "problem": "condition",
    "medication": "medication",
    "prescription": "medication",
    "observation": "reading",
    "reading": "reading",
    "vital": "reading",
    "lab": "reading",
    "procedure": "procedure",
    "claim": "claim",
    "order": "order",
    "purchase": "purchase",
    "transaction": "purchase",
    "message": "message",
    "click": "click",
    "immunization": "immunization",
    "allerg": "allergy",
    "careplan": "care_plan",
    "payment": "payment",
}
WHO: Final = (
    r"^(patient|customer|member|person|client|subject|user|contact|case|account)( ?id| ?key| no| number)?$",
    r"(patient|customer|member|person|client|subject|user|contact|case|account).*(id|key|no|number)$",
    r"patient|customer|member|person",
    r"loyalty|card",
    r"device|cookie|visitor",
    r"e ?mail|phone",
    r"\bid$",
)
AT: Final = (
    r"^(timestamp|at|when|time|datetime|date ?time|event (time|date|at))$",
    r"(ordered|purchased|occurred|happened|asked|visited|sent|started|service|created).*(at|on|date|time)?$",
    r"^(start|date)",
    r"start|date|time|\bat$",
)
ROLES: Final[Mapping[str, tuple[str, ...]]] = {
    "question": (r"^question( text)?$", r"question"),
    "response": (r"^(response|answer|reply)( text)?$", r"response|answer"),
    "type_column": (r"^(activity|event( type| name)?|action|what)$",),
    "about": (r"^(description|product|item|page|service|drug|measure|sku)( name)?$", r"description|product|item"),
    "value": (r"^(value|quantity|qty|result|reading|score)$", r"quantity|value"),
    "cost": (r"total.*(cost|claim)|total ?cost", r"^(cost|total|amount|price|paid|billed)$", r"\bcost\b|price|amount"),
    "channel_column": (r"^channel$", r"(encounter|visit) ?class|encounterclass"),
}
NUMERIC: Final = frozenset({"value", "cost"})
CARE: Final = re.compile(r"patient|ehr|emr|hospital|clinic|mrn|medical|encounter|sepsis|diagnos|admission")
OVERLAP: Final = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What was seen of a file.

    Attributes:
        name: of the source to be.
        rows: its first rows, as text.
        kinds: what its columns hold.
        distinct: distinct values, by column.
        filled: rows that say something, by column.
    """

    name: str
    rows: pa.Table
    kinds: tuple[ColumnKind, ...]
    distinct: Mapping[str, int] = field(default_factory=dict[str, int])
    filled: Mapping[str, int] = field(default_factory=dict[str, int])


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
    settings = _settings(seen, known or {}, root or Path())
    settings = replace_path(settings, _path(file, root))
    return Proposal(name=seen.name, settings=settings, text=block_text(seen.name, settings), columns=seen.kinds)


def look_at(file: Path) -> Seen:
    """Read the beginning of a file and decide what its columns hold."""
    rows, _ = read_file(file, rows=ROWS)
    rows = rows.slice(0, ROWS)
    encoded = {name: encode(rows.column(name)) for name in rows.column_names}
    said = {name: _said(column) for name, column in encoded.items()}
    return Seen(
        name=re.sub(r"[^a-z0-9]+", "_", spaced(file.stem)).strip("_") or "source",
        rows=rows,
        kinds=detect_kinds(rows),
        distinct={name: distinct for name, (distinct, _) in said.items()},
        filled={name: filled for name, (_, filled) in said.items()},
    )


def _said(column: pa.DictionaryArray) -> tuple[int, int]:
    values = pc.not_equal(pc.utf8_trim_whitespace(column.dictionary), "")
    return pc.sum(values).as_py() or 0, pc.sum(values.take(column.indices)).as_py() or 0


def _settings(seen: Seen, known: Mapping[str, SourceSettings], root: Path) -> SourceSettings:
    kinds = {one.kind for one in seen.kinds}
    roles = {role: _find(seen, patterns, numeric=role in NUMERIC) for role, patterns in ROLES.items()}
    at = _time(seen)
    if at and roles["question"] and roles["response"]:
        return _events(
            seen, known, root, {**_only(roles, "question", "response", "channel_column"), "at": at}, answers=True
        )
    if len(kinds & PERSONAL) >= LEAST_PERSONAL or at is None:
        return _people(seen)
    return _events(
        seen, known, root, {**_only(roles, "type_column", "about", "value", "cost", "channel_column"), "at": at}
    )


def _only(roles: Mapping[str, str | None], *names: str) -> dict[str, str | None]:
    return {name: roles[name] for name in names}


def _people(seen: Seen) -> SourceSettings:
    key = _key(seen)
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
    observed = _find(seen, (r"(updated|modified|last seen|registered|created|enrolled).*",), dates=True)
    return SourceSettings(content="people", kind=_kind(seen), key=key, observed_at=observed, fields=fields)


def _events(
    seen: Seen, known: Mapping[str, SourceSettings], root: Path, roles: dict[str, str | None], *, answers: bool = False
) -> SourceSettings:
    who = _who(seen, taken=tuple(name for name in roles.values() if name))
    if who is None:
        raise BadInputError(
            "No column says who the rows are about.", remedy="Add who = { column = …, system = … } by hand."
        )
    key = _key(seen)
    unit = _find(seen, (r"^units?$",))
    typed = None if answers or roles.get("type_column") else _type(seen.name)
    settings = SourceSettings(
        content="answers" if answers else "events",
        kind=_kind(seen),
        key=key if key not in {who, *roles.values()} else None,
        who=WhoSettings(column=who, system=_system(seen, who, known, root)),
        event_type=typed,
        attributes={"unit": unit} if unit and unit != "unit" else {},
    )
    return msgspec.structs.replace(settings, **roles)


def _find(seen: Seen, patterns: Sequence[str], *, numeric: bool = False, dates: bool = False) -> str | None:
    """The first column whose header fits the first pattern that any fits, and whose contents allow the role."""
    kinds = {one.column: one.kind for one in seen.kinds}
    for pattern in patterns:
        for name in seen.rows.column_names:
            allowed = seen.filled[name] > 0 and (not numeric or _is_numeric(seen, name))
            if allowed and re.search(pattern, spaced(name)) and (not dates or kinds[name] in DATES):
                return name
    return None


def _is_numeric(seen: Seen, name: str) -> bool:
    numbers = pc.match_substring_regex(seen.rows.column(name), r"^\s*[-+$€£]?[0-9][0-9.,]*\s*$")
    return (pc.sum(numbers).as_py() or 0) * 2 >= seen.filled[name]


def _time(seen: Seen) -> str | None:
    return _find(seen, AT, dates=True) or next((one.column for one in seen.kinds if one.kind in DATES), None)


def _key(seen: Seen) -> str | None:
    """A column that is filled and different in every row; one called an id, and an early one, before others."""
    unique = [
        name for name in seen.rows.column_names if seen.filled[name] == seen.distinct[name] == seen.rows.num_rows > 0
    ]
    named = [
        name for name in unique if re.search(r"\b(id|key|uuid|guid|no|number|code)$|^index$|^order$", spaced(name))
    ]
    whole = [one.column for one in seen.kinds if one.kind in {"identifier", "ignore"} and one.column in unique]
    return next(iter([*named, *whole]), None)


def _who(seen: Seen, *, taken: Sequence[str]) -> str | None:
    """The column that names people: by its header, and because it names the same ones again."""
    for pattern in WHO:
        for name in seen.rows.column_names:
            again = 0 < seen.distinct[name] < seen.filled[name] or seen.rows.num_rows < 5
            if name not in taken and again and re.search(pattern, spaced(name)):
                return name
    return None


def _system(seen: Seen, who: str, known: Mapping[str, SourceSettings], root: Path) -> str:
    """Whose value it is: of the people source whose keys it holds, else by what its contents or header say."""
    values = encode(seen.rows.column(who)).dictionary
    for name, settings in known.items():
        if settings.content == "people" and settings.type == "files" and settings.key and settings.path:
            keys = _keys(settings, root)
            held = pc.sum(pc.is_in(values, value_set=keys)).as_py() or 0
            if held >= OVERLAP * max(len(values), 1):
                return name
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


def _kind(seen: Seen) -> Literal["customer", "patient"]:
    words = " ".join([seen.name, *map(spaced, seen.rows.column_names)])
    return "patient" if CARE.search(words) else "customer"


def _type(name: str) -> str:
    return next((kind for start, kind in TYPES.items() if start in name), name.removesuffix("s") or "event")


def _path(file: Path, root: Path | None) -> str:
    absolute = file.resolve()
    base = (root or Path()).resolve()
    return absolute.relative_to(base).as_posix() if absolute.is_relative_to(base) else absolute.as_posix()


def replace_path(settings: SourceSettings, path: str) -> SourceSettings:
    """The settings for a file at that path."""
    return msgspec.structs.replace(settings, path=path)


def block_text(name: str, settings: SourceSettings) -> str:
    """The block as TOML."""
    document = tomlkit.document()
    add_block(document, name, settings)
    return tomlkit.dumps(document)


def add_block(document: tomlkit.TOMLDocument, name: str, settings: SourceSettings) -> None:
    """Add the block to a document, what it says by itself left out."""
    block = tomlkit.table()
    usual = SourceSettings()
    for key in settings.__struct_fields__:
        value = getattr(settings, key)
        if key in {"fields", "who"} or (value == getattr(usual, key) and key not in {"type", "content", "kind"}):
            continue
        block[key] = value
    if settings.who is not None:
        who = tomlkit.inline_table()
        who["column"], who["system"] = settings.who.column, settings.who.system
        block["who"] = who
    if settings.fields:
        fields = tomlkit.table()
        for column, kind in settings.fields.items():
            fields[column] = kind
        block["fields"] = fields
    if "sources" not in document:
        document["sources"] = tomlkit.table(is_super_table=True)
    document["sources"][name] = block


def roles_of(settings: SourceSettings) -> dict[str, str]:
    """By column, the part it plays in the block."""
    single = {
        role: getattr(settings, role)
        for role in (
            "key",
            "version",
            "observed_at",
            "deleted",
            "at",
            "type_column",
            "about",
            "value",
            "cost",
            "channel_column",
            "question",
            "response",
        )
    }
    found = {column: role for role, column in single.items() if column}
    found |= {settings.who.column: f"who ({settings.who.system})"} if settings.who else {}
    found |= {column: attribute for attribute, column in settings.attributes.items()}
    return found | settings.fields
