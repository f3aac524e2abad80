"""Age in whole years of life, in three forms that agree: one person's, a SQL expression, and spans of birth dates.

Birth dates are ISO texts, as far as they are known: YYYY, YYYY-MM or YYYY-MM-DD. Whoever may have had a birthday this
year counts as having had it, so a year alone gives the larger of two ages. Because ISO dates sort as text, and what is
partly known sorts before its completions, "at least so old" is "born not after this day, so many years ago".
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

YEAR_DIGITS: Final = 4
LAST_YEAR: Final = 9999
BEFORE_ALL: Final = ""
AFTER_ALL: Final = "~"


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Birth dates later than `after` and not later than `upto`; none is unbounded."""

    after: str | None = None
    upto: str | None = None


def age_of(birth_date: str | None, now: datetime) -> int | None:
    """Whole years since birth; none when the year is unknown."""
    if birth_date is None or not birth_date[:YEAR_DIGITS].isdigit():
        return None
    day = now.strftime("%m-%d")
    ahead = birth_date[YEAR_DIGITS + 1 :]
    return now.year - int(birth_date[:YEAR_DIGITS]) - (day[: len(ahead)] < ahead)


def age_sql(birth_date: str, now: datetime) -> str:
    """The age as a SQL expression over a column of birth dates; NULL where the year is unknown."""
    born = f"TRY_CAST(left({birth_date}, {YEAR_DIGITS}) AS BIGINT)"
    ahead = f"substr({birth_date}, {YEAR_DIGITS + 2})"
    return f"({now.year} - {born} - (left('{now:%m-%d}', len({ahead})) < {ahead})::BIGINT)"


def birth_spans(op: str, values: Sequence[float], now: datetime) -> tuple[Span, ...]:
    """When somebody was born whose age compares so; no span when nobody's can.

    Args:
        op: an operator of `definition.Profile` that takes values.
        values: ages in years, one unless the operator is `in`.
        now: the moment.
    """
    if op == "in":
        return tuple(span for value in values for span in birth_spans("eq", (value,), now))
    return tuple(_spans(op, values[0], now))


def _spans(op: str, years: float, now: datetime) -> Iterator[Span]:
    floor, ceiling = math.floor(years), math.ceil(years)
    match op:
        case "gte":
            yield Span(upto=_born(ceiling, now))
        case "gt":
            yield Span(upto=_born(floor + 1, now))
        case "lt":
            yield Span(after=_born(ceiling, now))
        case "lte":
            yield Span(after=_born(floor + 1, now))
        case "ne" if floor == ceiling:
            yield Span(after=_born(floor, now))
            yield Span(upto=_born(floor + 1, now))
        case "ne":
            yield Span()
        case _ if floor == ceiling:
            yield Span(after=_born(floor + 1, now), upto=_born(floor, now))
        case _:
            return


def _born(age: int, now: datetime) -> str:
    """The latest birth date of somebody who is at least so old."""
    year = now.year - age
    if year < 0:
        return BEFORE_ALL
    return AFTER_ALL if year > LAST_YEAR else f"{year:04}-{now:%m-%d}"
