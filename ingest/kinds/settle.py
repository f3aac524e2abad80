"""Columns seen together: one birth date, one first name, one key; what a column alone cannot tell."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from ingest.kinds.decide import MOST_NAME_WORDS, are_varied
from ingest.kinds.facts import Facts
from ingest.kinds.header import Header
from ingest.kinds.shapes import Shapes


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One column with what was seen of it."""

    column: str
    kind: str
    confidence: float
    header: Header
    facts: Facts
    shapes: Shapes

    def turned(self, kind: str, confidence: float = 0.6) -> "Candidate":
        """The same column with another kind."""
        return replace(self, kind=kind, confidence=confidence)

    def said(self) -> bool:
        """Whether the header names the kind."""
        return self.kind in self.header.kinds


Candidates = tuple[Candidate, ...]


Apart = Callable[[str, str], bool]
"""Whether two columns are never filled in the same row."""


def settle(columns: Candidates, apart: Apart) -> Candidates:
    """Bring the columns of one table into agreement."""
    for naming in NAMING:
        columns = naming(columns, apart)
    for rule in RULES:
        columns = rule(columns)
    for ordering in ORDERING:
        columns = ordering(columns, apart)
    return columns


def _alone(column: Candidate, others: Iterable[str], apart: Apart) -> bool:
    """Whether no row of a column has one of the others."""
    return all(apart(column.column, other) for other in others)


def _one_birth_date(columns: Candidates, apart: Apart) -> Candidates:
    """Several columns look like birth dates: the header decides, then the longest span; the others are dates.

    Columns of different files, of which a row has only one, do not compete, and neither do two calendars. Beside a year
    of birth told by its header, dates without a header are of something else.
    """
    years = [column for column in columns if column.kind == "birth_year" and column.said()]
    kept = list(years)
    for column in sorted(columns, key=_born, reverse=True):
        beside = kept if not column.said() else [one for one in kept if one not in years and _rivals(column, one)]
        if column.kind == "birth_date" and _alone(column, (one.column for one in beside), apart):
            kept.append(column)
    return tuple(
        column.turned("date") if column.kind == "birth_date" and column not in kept else column for column in columns
    )


def _rivals(column: Candidate, other: Candidate) -> bool:
    """Whether two columns of births are of one calendar: the years of others are long past in ours."""
    past, as_past = (one.shapes.years[1] < LONG_PAST for one in (column, other))
    return past == as_past or not other.said()


def _born(column: Candidate) -> tuple[bool, int, str]:
    """How surely a column of dates is of birth."""
    return column.said(), column.shapes.years[1] - column.shapes.years[0], column.column


def _birth_parts(columns: Candidates, apart: Apart) -> Candidates:
    """A year of birth without header needs a day and a month at its side, and no birth date elsewhere.

    Or the years of birth of another file, as early and as late.
    """
    has_date = any(column.kind == "birth_date" for column in columns)
    told = [column for column in columns if column.kind == "birth_year" and column.said()]
    years = [column for column in columns if column.kind == "birth_year" and not column.said()]
    years = [column for column in years if not _born_as(column, told, apart)]
    if not years:
        return columns
    days = [column for column in columns if not column.header.kinds and _covers(column, "day", 28)]
    months = [column for column in columns if not column.header.kinds and _covers(column, "month", 12)]
    days = [column for column in days if column not in months]
    if has_date or len(days) != 1 or len(months) != 1:
        return tuple(column.turned("number") if column in years else column for column in columns)
    parts = {days[0].column: "birth_day", months[0].column: "birth_month"}
    return tuple(column.turned(parts[column.column], 0.65) if column.column in parts else column for column in columns)


def _dates_of_birth(columns: Candidates, apart: Apart) -> Candidates:
    """Dates that no header tells, as early and as late as the births of another file, are births.

    So are those of a time too short for a lifetime, which else would be of anything.
    """
    told = [column for column in columns if column.kind == "birth_date" and column.said()]
    born = {
        column.column
        for column in columns
        if column.kind == "date"
        and (column.header.words in BARE_DATE or not column.header.kinds)
        and _born_as(column, told, apart)
    }
    return tuple(column.turned("birth_date") if column.column in born else column for column in columns)


def _born_as(years: Candidate, told: Sequence[Candidate], apart: Apart) -> bool:
    """Whether years begin and end within a decade of births told in other files, and none is told beside them."""
    ends = (zip(years.shapes.years, one.shapes.years, strict=True) for one in told)
    near = any(all(abs(mine - theirs) <= DECADE for mine, theirs in both) for both in ends)
    return near and _alone(years, (one.column for one in told), apart)


def _covers(column: Candidate, shape: str, least: int) -> bool:
    """Whether the rows hold all days or months; a few typing errors are distinct values, but few rows."""
    return column.shapes.by_row[shape] >= 0.95 and column.facts.distinct >= least


def _whole_names(columns: Candidates, apart: Apart) -> Candidates:
    """A first or last name without the other, or a name, in its rows, of several words, is a whole name."""
    whole = [column for column in columns if column.kind == "full_name" and column.said()]
    first = [*(column for column in columns if column.kind == "given_name"), *whole]
    last = [*(column for column in columns if column.kind == "family_name"), *whole]
    return tuple(
        column.turned("full_name", 0.8)
        if (column.kind == "given_name" and _whole(column, last, apart))
        or (column.kind == "family_name" and _whole(column, first, apart))
        else column
        for column in columns
    )


def _whole(column: Candidate, others: Sequence[Candidate], apart: Apart) -> bool:
    return column.shapes.words >= WHOLE_NAME_WORDS and _alone(column, (other.column for other in others), apart)


def _only_initials(columns: Candidates, apart: Apart) -> Candidates:
    """Initials in a file without names, as of a trial's subjects, stand for the whole name, not for the second."""
    names = [column.column for column in columns if column.kind in NAMES]
    alone = {
        column.column
        for column in columns
        if column.kind == "middle_name" and "initial" in column.header.words and _alone(column, names, apart)
    }
    return tuple(column.turned("given_name", 0.7) if column.column in alone else column for column in columns)


def _names_by_shape(columns: Candidates, apart: Apart) -> Candidates:
    """Where no column of a file holds names that any lexicon knows, the most varied columns of words do."""
    names = [column.column for column in columns if column.kind in NAMES]
    unnamed = (column for column in columns if _alone(column, names, apart))
    found = sorted(filter(may_be_names, unnamed), key=lambda column: (-column.facts.distinct, column.column))
    of_files = ([one for one in found if one is first or not apart(one.column, first.column)] for first in found)
    turned = next((named for each in of_files if (named := _named_by_shape(each))), None)
    if turned is None:
        return columns
    columns = tuple(
        column.turned(turned[column.column], 0.6) if column.column in turned else column for column in columns
    )
    return _names_by_shape(columns, apart)


def _named_by_shape(found: Sequence[Candidate]) -> dict[str, str]:
    """Of columns of one file that may be names, the most varied first, which are, and what."""
    whole = [column for column in found if column.shapes.words >= WHOLE_NAME_WORDS]
    single = [column for column in found if column.shapes.words < WHOLE_NAME_WORDS]
    if whole and whole[0].facts.distinct >= NAME_SHARE * whole[0].facts.filled:
        return {whole[0].column: "full_name"}
    if len(single) > 1:
        return {single[0].column: "family_name", single[1].column: "given_name"}
    return {
        column.column: "full_name" for column in single if column.facts.distinct >= NAME_SHARE * column.facts.filled
    }


def may_be_names(column: Candidate) -> bool:
    """Words without digits under a header that says nothing else, and as many of them as names would be."""
    unread = not set(column.header.kinds) - NAMES and column.kind in UNREAD
    return (
        unread
        and column.shapes.by_row["mostly_letters"] >= 0.9
        and column.shapes.by_value["digits"] <= 0.05
        and column.shapes.words <= MOST_NAME_WORDS
        and are_varied(column.facts)
    )


def _initials(columns: Candidates) -> Candidates:
    """Initials beside a family name, and no given name there, are all that is written of it."""
    found = [column for column in columns if _are_initials(column)]
    kinds = {column.kind for column in columns}
    if len(found) != 1 or "family_name" not in kinds or kinds & {"given_name", "full_name"}:
        return columns
    return tuple(column.turned("given_name", 0.7) if column is found[0] else column for column in columns)


def _are_initials(column: Candidate) -> bool:
    unread = column.kind in UNREAD and not set(column.header.kinds) - {*NAMES, "middle_name"}
    return unread and column.shapes.by_row["initials"] >= 0.8 and column.facts.distinct >= LEAST_INITIALS


def _officials(columns: Candidates, apart: Apart) -> Candidates:
    """A witness, a guarantor or an attorney is somebody else where the person is named too.

    So is a doctor or a teacher, if there are fewer of them than of the people named beside.
    """
    others = [column for column in columns if column.header.of_official() or column.header.of_serving()]
    names = [column for column in columns if column.kind in NAMES and column not in others]
    aside = {
        one.column
        for one in others
        if any(
            not apart(one.column, name.column) and (one.header.of_official() or _serves(others, name)) for name in names
        )
    }
    return tuple(
        column.turned("category", 0.85) if column.column in aside and column.kind in PERSONAL else column
        for column in columns
    )


def _contacts_of_staff(columns: Candidates, apart: Apart) -> Candidates:
    """A few telephones or e-mails in many rows, beside as many as there are people, are of who serves them."""
    contacts = [column for column in columns if column.kind in CONTACTS]
    staff = {
        one.column
        for one in contacts
        if one.facts.filled >= CLIENTS * one.facts.distinct
        and any(
            other.kind == one.kind
            and other.facts.distinct >= CLIENTS * one.facts.distinct
            and not apart(one.column, other.column)
            for other in contacts
        )
    }
    return tuple(column.turned("category", 0.7) if column.column in staff else column for column in columns)


def _serves(serving: Sequence[Candidate], named: Candidate) -> bool:
    """Whether there are far fewer of those who serve than of the people beside them."""
    most = max((one.facts.distinct for one in serving if one.kind in NAMES), default=0)
    return most <= SERVED * named.facts.distinct


def _one_given_name(columns: Candidates, apart: Apart) -> Candidates:
    """Of several first names of one file without header, the fullest is the first and the others are middle names."""
    found = [column for column in columns if column.kind == "given_name"]
    best = sorted(found, key=lambda column: (column.said(), column.facts.filled, column.column), reverse=True)
    kept: list[str] = []
    for column in best:
        if column.said() or _alone(column, kept, apart):
            kept.append(column.column)
    return tuple(
        column.turned("middle_name") if column.kind == "given_name" and column.column not in kept else column
        for column in columns
    )


def _street_or_address(columns: Candidates) -> Candidates:
    """An address without numbers beside a column of house numbers is a street; a street with numbers is an address."""
    numbered = any(column.kind == "house_number" for column in columns)
    return tuple(
        column.turned("address", 0.85)
        if not numbered and column.kind == "street" and column.shapes.by_value["digits"] >= 0.5
        else column.turned("street", 0.85)
        if numbered
        and column.kind == "address"
        and column.shapes.by_row["leading_number"] < 0.2
        and column.shapes.by_value["street"] >= 0.3
        else column
        for column in columns
    )


def _numbers_beside_streets(columns: Candidates, apart: Apart) -> Candidates:
    """A column called no more than a number, beside a street without numbers, is the house's."""
    streets = [one.column for one in columns if one.kind in {"street", "address"} and _has_no_numbers(one)]
    known = [one.column for one in columns if one.kind == "house_number"]
    houses = {
        one.column
        for one in columns
        if one.header.words in NUMBER
        and one.shapes.by_row["short_number"] >= HOUSED
        and LEAST_HOUSES <= one.facts.distinct <= REPEATED * one.facts.filled
        and not _alone(one, streets, apart)
        and _alone(one, known, apart)
    }
    return tuple(one.turned("house_number", 0.8) if one.column in houses else one for one in columns)


def _has_no_numbers(column: Candidate) -> bool:
    return column.shapes.by_row["digits"] < 1 - HOUSED


def _one_region(columns: Candidates) -> Candidates:
    """A county beside a state is no second place; where there is no place but regions, they are groups."""
    if not any(column.kind in PLACES for column in columns):
        return tuple(column.turned("category") if column.kind == "region" else column for column in columns)
    states = [column for column in columns if column.kind == "region" and "county" not in column.header.words]
    return tuple(
        column.turned("text") if states and column.kind == "region" and "county" in column.header.words else column
        for column in columns
    )


def _keys_are_no_evidence(columns: Candidates) -> Candidates:
    """An id without a qualifier, different in every row, only numbers the rows."""
    return tuple(
        column.turned("ignore", 0.8)
        if column.kind == "identifier"
        and column.header.words in ROW_KEYS
        and column.facts.distinct == column.facts.filled >= 20
        else column
        for column in columns
    )


def _titles(columns: Candidates, apart: Apart) -> Candidates:
    """Mr and Mrs are no code; they say the sex where no column of the file does."""
    sexes = [column.column for column in columns if column.kind == "sex"]
    turned: dict[str, str] = {}
    for column in columns:
        if column.kind in {"category", "text"} and column.shapes.by_row["title"] >= TITLED:
            alone = _tells_sex(column) and _alone(column, sexes, apart)
            turned[column.column] = "sex" if alone else "text"
            sexes += [column.column] if alone else []
    return tuple(column.turned(turned[column.column], 0.8) if column.column in turned else column for column in columns)


def _tells_sex(column: Candidate) -> bool:
    """Whether half of the rows have a title of women or of men, some of each."""
    women, men = (column.shapes.by_row[name] for name in ("title_of_woman", "title_of_man"))
    return women > 0 and men > 0 and women + men >= SEXED


TITLED: Final = 0.8
SEXED: Final = 0.5
PERSONAL: Final = frozenset(
    {"given_name", "middle_name", "family_name", "full_name", "birth_date", "phone", "email", "address", "national_id"}
)
ROW_KEYS: Final = frozenset({"id", "uid", "uuid", "guid", "key", "record id", "rec id"})
PLACES: Final = frozenset({"city", "postcode", "address", "street"})
NAMES: Final = frozenset({"given_name", "family_name", "full_name"})
UNREAD: Final = frozenset({"category", "text", "middle_name"})
WHOLE_NAME_WORDS: Final = 1.6
LEAST_INITIALS: Final = 12
"""Initials are more than the letters of classes."""
NAME_SHARE: Final = 0.2
NUMBER: Final = frozenset(
    {"number", "num", "no", "nr", "nro", "n", "nº", "numero", "número", "numéro", "nummer", "broj", "номер"}
)
CONTACTS: Final = frozenset({"phone", "email"})
CLIENTS: Final = 20
"""Rows and other contacts to each of a member of staff's, at least."""
SERVED: Final = 0.5
"""Doctors to a patient, up to which the one serves the other: by distinct names."""
LONG_PAST: Final = 1500
"""Years of the Islamic and the Persian calendar lie before it, and those of our births after it."""
DECADE: Final = 10
"""Years by which the ends of two files' births lie apart, at most."""
BARE_DATE: Final = frozenset({"date", "dt", "datum", "dato", "fecha", "data", "дата", "tarih", "日付", "日期", "날짜"})
HOUSED: Final = 0.6
"""Share of rows with a short number from which it may be a house's."""
LEAST_HOUSES: Final = 12
"""Distinct numbers; children and rooms have fewer."""
REPEATED: Final = 0.4
"""Distinct numbers a row, up to which they do not number the rows, be they of two files."""
NAMING: Final[tuple[Callable[[Candidates, Apart], Candidates], ...]] = (
    _one_birth_date,
    _whole_names,
    _only_initials,
    _names_by_shape,
    _numbers_beside_streets,
    _birth_parts,
    _dates_of_birth,
)
"""What each file has by itself, before the rules that look at all columns."""
ORDERING: Final[tuple[Callable[[Candidates, Apart], Candidates], ...]] = (
    _officials,
    _contacts_of_staff,
    _one_given_name,
    _titles,
)
"""What each file has by itself, after them."""
RULES: Final[tuple[Callable[[Candidates], Candidates], ...]] = (
    _initials,
    _street_or_address,
    _one_region,
    _keys_are_no_evidence,
)
