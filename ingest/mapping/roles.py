"""Which column plays which part: the key, who, when, what. Headers say it, where contents allow it."""

import re
from collections.abc import Mapping, Sequence
from typing import Final, Literal

import pyarrow.compute as pc

from core.errors import BadInputError, choices
from ingest.kinds.age_days import may_date_ages
from ingest.kinds.header import BIRTH, spaced
from ingest.mapping.contract import Key, Seen

DATES: Final = frozenset({"date", "birth_date"})
BIRTHDAY: Final = re.compile(BIRTH)
FEW: Final = 5
"""Rows among which nobody need come twice."""
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
    "value": (r"^(value|quantity|qty|result|reading|score)$", r"quantity|value", r"^(seconds|minutes|duration)$"),
    "cost": (r"total.*(cost|claim)|total ?cost", r"^(cost|total|amount|price|paid|billed)$", r"\bcost\b|price|amount"),
    "channel_column": (r"^channel$", r"(encounter|visit) ?class|encounterclass"),
}
NUMERIC: Final = frozenset({"value", "cost"})
CODES: Final = frozenset({"identifier", "ignore", "text", "number"})
"""Kinds of a column that may be a key although some rows lack it: no postcode, no telephone number."""
NUMBERS: Final = re.compile(
    r"\b(id|key|uuid|guid|no|num|number|code|ref|cod|kod)$|^index$|^order$|"
    r"(nr|nummer|n[uú]mero|numéro|kennung|kennzeichen|schlüssel|clave|codice|código|identifiant|sleutel|numer)$"
)
ENDS: Final = re.compile(r"\b(end\w*|expir\w*|due|until|till|valid\w*|next|planned|scheduled|stop\w*|finish\w*)\b")
"""Headers of days on which something is over, or still to come."""
NO_MEASURE: Final = re.compile(
    r"\b(store|shop|branch|site|room|ward|bed|floor|line|lane|terminal|till|year|month|week|day|hour|minute|lat\w*|"
    r"lon\w*|lng|version|batch|lot|group|class|type|status|index|rank|position)\b"
)
"""Headers of numbers that name a place, a time or a group."""
CARE: Final = re.compile(r"patient|ehr|emr|hospital|clinic|mrn|medical|encounter|sepsis|diagnos|admission")


def find_column(seen: Seen, patterns: Sequence[str], *, numeric: bool = False, dates: bool = False) -> str | None:
    """The first column whose header fits the first pattern that any fits, and whose contents allow the role."""
    times = _times(seen)
    for pattern in patterns:
        for name in seen.columns():
            allowed = seen.filled[name] > 0 and (not numeric or _is_numeric(seen, name))
            if allowed and re.search(pattern, spaced(name)) and (not dates or name in times):
                return name
    return None


def _is_numeric(seen: Seen, name: str) -> bool:
    numbers = pc.match_substring_regex(seen.rows.column(name), r"^\s*[-+$€£]?[0-9][0-9.,]*\s*$")
    return (pc.sum(numbers).as_py() or 0) * 2 >= seen.filled[name]


def find_only_number(seen: Seen, *, taken: Sequence[str]) -> str | None:
    """The one column of numbers that plays no part yet, as steps and weights do; none where there are several."""
    numbers = (one.column for one in seen.kinds if one.kind == "number" and one.column in seen.own)
    free = [column for column in numbers if column not in taken and not NO_MEASURE.search(spaced(column))]
    return free[0] if len(free) == 1 else None


def find_time(seen: Seen) -> str | None:
    """The column that says when: by its header among the dates, else the first of them that is nobody's birthday."""
    return find_column(seen, AT, dates=True) or next(iter(_times(seen)), None)


def find_day_of_ages(seen: Seen) -> str | None:
    """The one column of days on which people are asked how old they are."""
    days = [column for column in _times(seen) if may_date_ages(column) and not ENDS.search(spaced(column))]
    return days[0] if len(days) == 1 else None


def _times(seen: Seen) -> tuple[str, ...]:
    """The columns of dates that are nobody's birthday."""
    dates = (one.column for one in seen.kinds if one.kind in DATES and one.column in seen.own)
    return tuple(column for column in dates if not BIRTHDAY.search(spaced(column)))


def key_of(seen: Seen, column: str) -> Key:
    """A column as the key, whatever is to be said against it.

    Raises:
        BadInputError: the file has no such column.
    """
    check_column(seen, column)
    blank, repeated = seen.rows.num_rows - seen.filled[column], seen.filled[column] - seen.distinct[column]
    return Key(column=column, blank=blank, repeated=repeated)


def check_column(seen: Seen, column: str) -> None:
    """Say which column is not there.

    Raises:
        BadInputError: the file has no such column.
    """
    names = seen.columns()
    if column not in names:
        raise BadInputError(
            f"The file has no column '{column}'.", remedy=choices(column, names, "Its columns"), column=column
        )


def find_key(seen: Seen, limit: float, *, repeats: bool) -> Key | None:
    """A column that numbers the rows: one called an id, and an early one, before others; a faultless one before all.

    Args:
        seen: the file.
        limit: largest share of rows that may lack it, or repeat an earlier one.
        repeats: whether any may repeat an earlier one: of people the newest counts, events would be lost.
    """
    keys = [key_of(seen, name) for name in seen.columns() if seen.filled[name]]
    kinds = {one.column: one.kind for one in seen.kinds}
    named = [one for one in keys if NUMBERS.search(spaced(one.column))]
    named.sort(key=lambda one: kinds[one.column] not in CODES)
    other = [one for one in keys if kinds[one.column] in {"identifier", "ignore"}]
    fitting = [
        one
        for one in [*named, *other]
        if one.blank + one.repeated <= limit * seen.rows.num_rows and (repeats or not one.repeated)
    ]
    faultless = (one for one in fitting if not one.blank + one.repeated)
    return next(faultless, next((one for one in fitting if kinds[one.column] in CODES), None))


def find_who(seen: Seen, *, taken: Sequence[str]) -> str | None:
    """The column that names people: by its header, and because it names the same ones again; else by its header."""
    names = [name for name in seen.columns() if name not in taken and seen.filled[name]]
    again = [name for name in names if seen.distinct[name] < seen.filled[name] or seen.rows.num_rows < FEW]
    found = [(pattern, name) for pattern in WHO for name in again] + [(WHO[0], name) for name in names]
    return next((name for pattern, name in found if re.search(pattern, spaced(name))), None)


def kind_of_people(seen: Seen) -> Literal["customer", "patient"]:
    """Patients where the file's name or a header speaks of care."""
    words = " ".join([seen.name, *map(spaced, seen.rows.column_names)])
    return "patient" if CARE.search(words) else "customer"


def event_type(name: str) -> str:
    """The type of all events of a source, by its name."""
    return next((kind for start, kind in TYPES.items() if start in name), name.removesuffix("s") or "event")
