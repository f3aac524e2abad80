"""Ages that several sources told, each on a day of its own."""

import numpy as np
import pyarrow as pa

from lake.tables.types import ATTRIBUTES
from resolution.encode import Encoded, encode
from resolution.encode.shifts import source_shifts

Ints = np.ndarray[tuple[int], np.dtype[np.int64]]


def born(count: int, seed: int) -> Ints:
    """Years of birth of invented people."""
    return np.random.default_rng(seed).integers(1900, 2000, count)


def told(first: Ints, second: Ints) -> Encoded:
    """A coded table of two sources, in which the person of a number bears a name of his own."""
    ages = [str(2000 - year) for year in (*first, *second)]
    records = {
        "record_id": [f"{at:05}" for at in range(len(ages))],
        "source": ["a"] * len(first) + ["b"] * len(second),
        "given_name": [f"g{'abcdefghij'[at % 10] * 3}" for side in (first, second) for at in range(len(side))],
        "family_name": [f"f{at // 10}" for side in (first, second) for at in range(len(side))],
        "categories": pa.array([[("age", age)] for age in ages], ATTRIBUTES),
    }
    return encode(pa.table(records))


def test_ages_of_two_days_become_years_of_one_calendar() -> None:
    """Who is ten years older in a second source is born in the same year there, give or take what the age is off by."""
    years = born(200, seed=1)
    second = years - 10 + np.random.default_rng(2).integers(-1, 2, 200)
    date = told(years, second).codes.date[:, 0]
    assert (np.abs(date[:200] - date[200:]) <= 1).all()


def test_ages_without_people_in_common_are_compared_inside_their_source() -> None:
    """Where no shift can be learned, one source keeps years, and the other's ages are a category of its own."""
    found = told(born(200, seed=1), born(150, seed=3))
    assert (found.codes.date[:, 0] > 0).sum() == 200
    assert [kind.name for kind in found.kinds] == ["category:age b"]


def test_a_source_of_one_day_keeps_its_years() -> None:
    """One source alone needs nobody in common with another."""
    assert (told(born(30, seed=1), born(0, seed=1)).codes.date[:, 0] > 0).all()


def test_shifts_reach_sources_by_way_of_others() -> None:
    """A source that shares people with the second only is shifted by both shifts."""
    year = born(300, seed=4)
    source = np.repeat([0, 1, 2], 100)
    person = np.concatenate([np.arange(100), np.arange(50, 150), np.arange(100, 200)])
    by_person = born(200, seed=5)
    year = by_person[person] + np.array([0, 7, -3])[source]
    shift, placed = source_shifts(source, year, [person])
    assert (shift - shift[0]).tolist() == [0, 7, -3]
    assert placed.all()


def test_few_people_in_each_of_many_sources_tell_together_that_all_are_of_one_day() -> None:
    """Branches with few customers in common, whose ages agree wherever they have, are of one day."""
    by_person = born(90, seed=6)
    person = np.concatenate([np.arange(90), np.arange(90)])
    source = np.concatenate([np.arange(90) % 12, (np.arange(90) + 5) % 12])
    shift, placed = source_shifts(source, by_person[person], [person])
    assert placed.all()
    assert not shift.any()


def test_namesakes_tell_no_shift() -> None:
    """Chance agreement of people with like ages is no evidence, however many there are."""
    draw = np.random.default_rng(7)
    year = draw.integers(1960, 1990, 4000)
    source, person = np.repeat([0, 1], 2000), np.tile(np.arange(2000), 2)
    assert source_shifts(source, year, [person])[1].tolist() in ([True, False], [False, True])


def test_an_age_that_stays_a_category_keeps_the_others_beside_it() -> None:
    """Other categories of a record stay as they are."""
    records = {
        "record_id": ["1", "2"],
        "source": ["a", "b"],
        "categories": pa.array([[("age", "3"), ("ward", "x")], [("ward", "y"), ("age", "9")]], ATTRIBUTES),
    }
    assert {kind.name for kind in encode(pa.table(records)).kinds} == {"category:age b", "category:ward"}
