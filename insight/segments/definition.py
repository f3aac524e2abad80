"""What a segment is: a typed tree of conditions on one person.

The tree is data: frozen, comparable, read from JSON and written back unchanged. Three compilers give it the same
meaning: `sql` (lake tables), `gremlin` (any graph store) and `evaluate` (one person's facts). The rules they share:

- Values are those of the data but for the way they are written: "Houston" means the city that cleaning wrote as
  `houston`, and "yoga mat" events about "Yoga Mat" too (`spelling`, before any compiler). One that nobody has is told.
- A missing value is never matched by a comparison, `ne` included; `not` is the complement over all people.
- Time is compared in whole milliseconds; `within_days` is after `now - days` and not after `now`.
- A sum is compared with a tolerance (`settled`), so that the order of adding never decides.
"""

from datetime import datetime
from typing import Annotated, Final, Literal

import msgspec

MAX_DEPTH: Final = 8
MAX_CONDITIONS: Final = 100
PURCHASES: Final = ("order", "purchase")
READINGS: Final = ("reading", "observation")
CONDITIONS: Final = ("condition", "diagnosis")
CONSENT_QUESTION: Final = "consent_"
GRANTING: Final = ("yes", "Yes", "YES", "y", "Y", "true", "True", "TRUE", "1", "granted", "Granted")

Order = Literal["eq", "ne", "lt", "lte", "gt", "gte"]
Text = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
Texts = Annotated[tuple[Text, ...], msgspec.Meta(max_length=100)]
SomeTexts = Annotated[tuple[Text, ...], msgspec.Meta(min_length=1, max_length=100)]
Number = Annotated[float, msgspec.Meta(ge=-1e12, le=1e12)]
Count = Annotated[int, msgspec.Meta(ge=0, le=1_000_000)]
Days = Annotated[float, msgspec.Meta(gt=0, le=36_600)]
Scalar = bool | int | float | str


class Node(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Anything in the tree: frozen, by keyword, unknown keys refused."""


class Compare(Node, frozen=True, kw_only=True):
    """A number held against another: `{"op": "gte", "value": 100}`."""

    op: Order
    value: Number


class SumCompare(Node, frozen=True, kw_only=True):
    """A sum held against an amount; equality is left out because sums of money are rarely exact."""

    op: Literal["lt", "lte", "gt", "gte"]
    value: Number


class Window(Node, frozen=True, kw_only=True):
    """A stretch of time; its parts are all required of an event.

    Attributes:
        within_days: the event lies in the last so many days before `now`, and not after it.
        since: the event is at this instant or later.
        until: the event is before this instant.
    """

    within_days: Days | None = None
    since: Annotated[datetime, msgspec.Meta(tz=True)] | None = None
    until: Annotated[datetime, msgspec.Meta(tz=True)] | None = None


class EventFilter(Node, frozen=True, kw_only=True):
    """Which events of a person count; an empty list or an absent part lets every event pass.

    Attributes:
        type: one of these types.
        about: about one of these products, conditions, medications, measures or questions.
        channel: through one of these channels.
        value: the event's value compares so.
        cost: the event's cost compares so.
        window: the event lies in this stretch of time.
    """

    type: Texts = ()
    about: Texts = ()
    channel: Texts = ()
    value: Compare | None = None
    cost: Compare | None = None
    window: Window = Window()


class All(Node, tag_field="match", tag="all", frozen=True, kw_only=True):
    """Every one of these holds."""

    of: Annotated[tuple["Definition", ...], msgspec.Meta(min_length=1, max_length=50)]


class Any(Node, tag_field="match", tag="any", frozen=True, kw_only=True):
    """At least one of these holds."""

    of: Annotated[tuple["Definition", ...], msgspec.Meta(min_length=1, max_length=50)]


class Not(Node, tag_field="match", tag="not", frozen=True, kw_only=True):
    """This does not hold: the complement over all people."""

    of: "Definition"


class Profile(Node, tag_field="match", tag="profile", frozen=True, kw_only=True):
    """One field of the golden profile; fields and their types are in `fields.FIELDS`.

    Attributes:
        field: the field's name.
        op: `present` and `absent` take no value, `in` takes `values`, the others take `value`.
        value: what to compare with, of the field's type.
        values: for `in`, the values to be one of.
    """

    field: Text
    op: Literal["eq", "ne", "in", "lt", "lte", "gt", "gte", "prefix", "present", "absent"]
    value: Scalar | None = None
    values: Annotated[tuple[Scalar, ...], msgspec.Meta(max_length=100)] = ()


class Event(EventFilter, tag_field="match", tag="event", frozen=True, kw_only=True):
    """So many of the person's events pass the filter. Absence is `at_most` 0.

    Attributes:
        at_least: the smallest count; 1 unless `at_most` is given, else 0.
        at_most: the largest count.
    """

    at_least: Count | None = None
    at_most: Count | None = None

    @property
    def least(self) -> int:
        """The smallest count that holds."""
        if self.at_least is not None:
            return self.at_least
        return 1 if self.at_most is None else 0


class Total(EventFilter, tag_field="match", tag="total", frozen=True, kw_only=True):
    """The sum of costs or values over the events that pass the filter; without any such number it does not hold."""

    sum: Literal["cost", "value"]
    compare: SumCompare


class Related(Node, tag_field="match", tag="related", frozen=True, kw_only=True):
    """The person has these conditions, or bought these products.

    Attributes:
        to: `condition` (ever diagnosed) or `product` (ever ordered).
        names: the conditions or products.
        how: `any` of them, `all` of them, or `none` of them.
    """

    to: Literal["condition", "product"]
    names: SomeTexts
    how: Literal["any", "all", "none"] = "any"


class Reading(Node, tag_field="match", tag="reading", frozen=True, kw_only=True):
    """A reading of a measure compares so.

    Attributes:
        measure: the measure's name, or several of one measure.
        compare: how the reading's value compares; without it, any reading with a value will do.
        which: `any` reading of the window, or only the `latest` one there (ties: the larger event id).
        window: the stretch of time.
    """

    measure: Text | SomeTexts
    compare: Compare | None = None
    which: Literal["any", "latest"] = "any"
    window: Window = Window()


class Consent(Node, tag_field="match", tag="consent", frozen=True, kw_only=True):
    """The person's last answer to the question `consent_PURPOSE` grants it (ties: the larger event id).

    Attributes:
        purpose: what is consented to, or several ways to write it.
    """

    purpose: Text | SomeTexts


class Confidence(Node, tag_field="match", tag="confidence", frozen=True, kw_only=True):
    """That the person's records are all of one person is at least this probable."""

    at_least: Annotated[float, msgspec.Meta(ge=0, le=1)]


class Segment(Node, tag_field="match", tag="segment", frozen=True, kw_only=True):
    """The person is in another segment now, by the membership last computed."""

    name: Text


Leaf = Profile | Event | Total | Related | Reading | Consent | Confidence | Segment
Definition = All | Any | Not | Profile | Event | Total | Related | Reading | Consent | Confidence | Segment


def texts_of(said: Text | SomeTexts) -> tuple[str, ...]:
    """One text or several, as several."""
    return (said,) if isinstance(said, str) else said


def settled(compare: SumCompare) -> SumCompare:
    """Move the amount by a millionth (of the larger of 1 and it): a sum equal but for rounding counts as equal."""
    slack = 1e-6 * max(1.0, abs(compare.value))
    outward = compare.op in ("lte", "gt")
    return SumCompare(op=compare.op, value=compare.value + slack if outward else compare.value - slack)
