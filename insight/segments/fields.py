"""The profile fields a segment may ask about: type, where the lake keeps each, and how to say it.

Every field is a property of Person in the graph under the same name, but for `age`, which follows from the birth date
and the moment; `ages` says how, and what a partly known birth date means.
"""

from dataclasses import dataclass
from typing import Final, Literal

Kind = Literal["text", "number", "flag"]
AGE: Final = "age"
BORN: Final = "birth_date"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A profile field.

    Attributes:
        name: as in definitions and in the graph.
        kind: what its values are; only numbers and ISO dates have an order.
        sql: its value as an expression over a row of `entities`.
        says: its name in a sentence.
        ordered: whether `lt`, `lte`, `gt` and `gte` make sense.
    """

    name: str
    kind: Kind
    sql: str
    says: str
    ordered: bool = False


def _text(name: str, says: str, sql: str | None = None) -> Field:
    return Field(name=name, kind="text", sql=sql or name, says=says)


FIELDS: Final[dict[str, Field]] = {
    field.name: field
    for field in (
        Field(name="is_customer", kind="flag", sql="list_contains(kinds, 'customer')", says="being a customer"),
        Field(name="is_patient", kind="flag", sql="list_contains(kinds, 'patient')", says="being a patient"),
        _text("given_name", "given name"),
        _text("middle_name", "middle name"),
        _text("family_name", "family name"),
        _text("suffix", "name suffix"),
        Field(name=BORN, kind="text", sql=BORN, says="birth date", ordered=True),
        Field(
            name="birth_year",
            kind="number",
            sql="TRY_CAST(left(birth_date, 4) AS BIGINT)",
            says="year of birth",
            ordered=True,
        ),
        Field(
            name=AGE,
            kind="number",
            sql=BORN,
            says="age",
            ordered=True,
        ),
        _text("sex", "sex"),
        _text("email", "e-mail address", "emails[1]"),
        _text("phone", "telephone number", "phones[1]"),
        _text("city", "city", "addresses[1].city"),
        _text("region", "region", "addresses[1].region"),
        _text("postcode", "postcode", "addresses[1].postcode"),
        _text("country", "country", "addresses[1].country"),
        Field(name="records", kind="number", sql="len(members)", says="number of source records", ordered=True),
    )
}
