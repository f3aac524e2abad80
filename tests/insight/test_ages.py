"""Age in whole years: three forms, one meaning."""

from datetime import UTC, date, datetime, timedelta

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from insight.ages import Span, age_of, age_sql, birth_spans
from insight.segments.evaluate import OPERATORS

moments = st.datetimes(datetime(1950, 1, 1), datetime(2090, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 (a bound)
days = st.dates(date(1880, 1, 1), date(2090, 12, 31)).map(str)
births = st.one_of(days, days.map(lambda day: day[:7]), days.map(lambda day: day[:4]))
years = st.one_of(st.integers(-5, 130), st.floats(-5, 130), st.sampled_from([-1e12, 1e12]))


@pytest.mark.parametrize(
    ("birth_date", "age"),
    [("1961-06-01", 65), ("1961-06-02", 64), ("1961-07", 64), ("1961-06", 65), ("1961", 65), ("2004-02-29", 22)],
)
def test_a_birthday_counts_from_its_day(birth_date: str, age: int) -> None:
    """A year older on the birthday and not the day before; what is not known of a date counts as past."""
    assert age_of(birth_date, datetime(2026, 6, 1, tzinfo=UTC)) == age


def test_who_was_born_on_a_leap_day_ages_in_march() -> None:
    """Outside leap years the birthday of 29 February is not reached on the 28th."""
    ages = [age_of("2004-02-29", datetime(2026, 2, 28, tzinfo=UTC) + timedelta(days=days)) for days in (0, 1)]
    assert ages == [21, 22]


@given(birth_date=st.none() | births, now=moments)
def test_sql_counts_the_same_years(birth_date: str | None, now: datetime) -> None:
    """The SQL expression gives the age that Python gives."""
    row = duckdb.execute(f"SELECT {age_sql('born', now)} FROM (SELECT ?::VARCHAR AS born)", [birth_date]).fetchone()
    assert row == (age_of(birth_date, now),)


@given(birth_date=births, now=moments, op=st.sampled_from(sorted(OPERATORS)), value=years)
def test_spans_of_birth_dates_say_the_same(birth_date: str, now: datetime, op: str, value: float) -> None:
    """Whose birth date lies in the spans is exactly who has such an age."""
    age = age_of(birth_date, now)
    assert age is not None
    assert any(_holds(span, birth_date) for span in birth_spans(op, (value,), now)) == OPERATORS[op](age, value)


def _holds(span: Span, born: str) -> bool:
    return (span.after is None or born > span.after) and (span.upto is None or born <= span.upto)
