"""What callers may ask lists for: filters and orders, the policy classes they touch, and their plan in SQL."""

from collections.abc import Sequence
from datetime import datetime
from enum import Enum
from typing import Final

import strawberry

from api.graphql import people_sql
from api.graphql.people_sql import Clause
from api.policy import FieldClass, Role, allowed
from core.clock import epoch_ms
from core.errors import BadInputError, DeniedError

MOST_AGE: Final = 200


@strawberry.input(description="Every condition given must hold; text is compared without regard to case.")
class CustomerFilter:
    """Which customers."""

    given_name: str | None = None
    family_name: str | None = None
    email: str | None = None
    phone: str | None = None
    postcode: str | None = None
    city: str | None = None
    region: str | None = None
    country: str | None = None
    sex: str | None = None
    age_at_least: int | None = None
    age_at_most: int | None = None
    segment: strawberry.ID | None = strawberry.field(default=None, description="Its id or its name.")


@strawberry.input(description="Bounds of a person's newest reading of one measure.")
class ReadingFilter:
    """Bounds of a reading."""

    measure: str
    at_least: float | None = None
    at_most: float | None = None


@strawberry.input(description="Every condition given must hold; text is compared without regard to case.")
class PatientFilter:
    """Which patients."""

    conditions: list[str] | None = strawberry.field(default=None, description="The person has all of these.")
    readings: list[ReadingFilter] | None = None
    age_at_least: int | None = None
    age_at_most: int | None = None
    sex: str | None = None
    city: str | None = None
    last_contact_since: datetime | None = None
    last_contact_before: datetime | None = strawberry.field(
        default=None, description="Last met before this; people never met are left out."
    )


@strawberry.enum(description="What a list is ordered by.")
class PersonOrderField(Enum):
    """What a list is ordered by: the API's name, and the column behind it."""

    ID = "id"
    FAMILY_NAME = "family_name"
    GIVEN_NAME = "given_name"
    BIRTH_DATE = "birth_date"
    CITY = "city"
    FIRST_SEEN = "first_seen"
    CONFIDENCE = "confidence"
    RECORDS = "records"


@strawberry.input(description="An order; unknown values come last, and ids settle ties.")
class PersonOrder:
    """An order of people."""

    field: PersonOrderField = PersonOrderField.ID
    descending: bool = False


FILTER_CLASSES: Final = {
    "given_name": FieldClass.IDENTITY,
    "family_name": FieldClass.IDENTITY,
    "birth_date": FieldClass.IDENTITY,
    "email": FieldClass.CONTACT,
    "phone": FieldClass.CONTACT,
    "postcode": FieldClass.CONTACT,
    "segment": FieldClass.BEHAVIOUR,
    "confidence": FieldClass.EVIDENCE,
    "records": FieldClass.EVIDENCE,
    "city": FieldClass.DEMOGRAPHIC,
    "region": FieldClass.DEMOGRAPHIC,
    "country": FieldClass.DEMOGRAPHIC,
    "sex": FieldClass.DEMOGRAPHIC,
    "age_at_least": FieldClass.DEMOGRAPHIC,
    "age_at_most": FieldClass.DEMOGRAPHIC,
    "id": FieldClass.PSEUDONYM,
    "first_seen": FieldClass.PSEUDONYM,
    "conditions": FieldClass.HEALTH,
    "readings": FieldClass.HEALTH,
    "last_contact_since": FieldClass.HEALTH,
    "last_contact_before": FieldClass.HEALTH,
}
"""What knowing the outcome of a filter or an order tells; it must be clear to the caller."""

COLUMNS: Final = {
    "given_name": "given_name",
    "family_name": "family_name",
    "postcode": "postcode",
    "city": "city",
    "region": "region",
    "country": "country",
    "sex": "sex",
}


def check_asked(role: Role, names: Sequence[str]) -> None:
    """Refuse to filter or order by what the role does not see clearly.

    Raises:
        DeniedError: the outcome would tell what is hidden; the message names the field.
    """
    for name in names:
        if name not in FILTER_CLASSES or not allowed(role, [FILTER_CLASSES[name]]):
            raise DeniedError(
                f"A {role} may not filter or order by {name}.", remedy="See docs/reference/policy.md.", field=name
            )


def given(asked: object) -> dict[str, object]:
    """The fields of an input that were given, by name."""
    names = getattr(asked, "__dataclass_fields__", {})
    return {name: value for name in names if (value := getattr(asked, name)) is not None}


def clauses_of(asked: CustomerFilter | PatientFilter, now: datetime) -> list[Clause]:
    """The filter as SQL conditions."""
    return customer_clauses(asked, now) if isinstance(asked, CustomerFilter) else patient_clauses(asked, now)


def customer_clauses(asked: CustomerFilter, now: datetime) -> list[Clause]:
    """The filter, its segment apart, as SQL conditions."""
    clauses = [people_sql.equals(COLUMNS[name], str(value)) for name, value in given(asked).items() if name in COLUMNS]
    clauses += people_sql.age_between(now, _age(asked.age_at_least), _age(asked.age_at_most))
    for column, value in (("emails", asked.email), ("phones", asked.phone)):
        if value is not None:
            clauses.append(people_sql.holds(column, value))
    return clauses


def patient_clauses(asked: PatientFilter, now: datetime) -> list[Clause]:
    """The filter as SQL conditions."""
    clauses = [people_sql.equals(COLUMNS[name], str(value)) for name, value in given(asked).items() if name in COLUMNS]
    clauses += people_sql.age_between(now, _age(asked.age_at_least), _age(asked.age_at_most))
    clauses += [people_sql.has_condition(name) for name in asked.conditions or ()]
    clauses += [people_sql.reading_between(one.measure, one.at_least, one.at_most) for one in asked.readings or ()]
    if asked.last_contact_since is not None or asked.last_contact_before is not None:
        clauses.append(
            people_sql.last_contact_between(_instant(asked.last_contact_since), _instant(asked.last_contact_before))
        )
    return clauses


def _age(years: int | None) -> int | None:
    if years is not None and not 0 <= years <= MOST_AGE:
        raise BadInputError("That is no age.", remedy=f"Give 0 to {MOST_AGE} years.")
    return years


def _instant(moment: datetime | None) -> datetime | None:
    if moment is not None:
        epoch_ms_of(moment)
    return moment


def epoch_ms_of(moment: datetime) -> int:
    """The instant in milliseconds.

    Raises:
        BadInputError: it lies outside the years we can count.
    """
    try:
        return epoch_ms(moment)
    except (OverflowError, ValueError, OSError) as error:
        raise BadInputError("That instant is out of bounds.", remedy="Give a year from 1 to 9998.") from error
