"""Ages that several sources told, each on a day of its own."""

import random
from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from ingest import PeopleOptions, read_rows
from lake.tables.types import ATTRIBUTES
from resolution.comparing.levels import DATE_FIELD
from resolution.contract import ResolutionSettings
from resolution.encode import Encoded, encode
from resolution.encode.codes import ABOUT
from resolution.encode.shifts import calendar_shifts, source_shifts
from resolution.model.training import field_shapes
from resolution.pipeline import resolve

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


def mixed(
    dates: Sequence[str | None], ages: Sequence[str | None], sources: Sequence[str], people: Sequence[int]
) -> Encoded:
    """A coded table of records with a birth date, an age or both."""
    records = {
        "record_id": [f"{at:05}" for at in range(len(people))],
        "source": sources,
        "given_name": [f"g{'abcdefghij'[one % 10] * 3}" for one in people],
        "family_name": [f"f{one // 10}" for one in people],
        "birth_date": pa.array(dates, pa.string()),
        "categories": pa.array([[("age", age)] if age else None for age in ages], ATTRIBUTES),
    }
    return encode(pa.table(records))


def test_ages_become_years_beside_the_dates_of_other_records() -> None:
    """When they were true is learned from people who have an age here and a date there."""
    years = born(200, seed=8)
    dates, ages = [f"{year}-03-05" for year in years], [str(2017 - year) for year in years]
    found = mixed([*dates, *[None] * 200], [*[None] * 200, *ages], ["a"] * 200 + ["b"] * 200, [*range(200)] * 2)
    assert (found.codes.date[200:, 0] == years).all()
    assert (found.codes.date[200:, 1:] == [0, ABOUT]).all()
    assert not found.kinds


def test_rows_with_an_age_and_a_date_say_when_ages_were_true() -> None:
    """Those of the same file without a date are counted from that day."""
    years = born(40, seed=9)
    dates = [f"{year}-03-05" if at < 15 else None for at, year in enumerate(years)]
    found = mixed(dates, [str(2011 - year) for year in years], ["a"] * 40, list(range(40)))
    assert (found.codes.date[:, 0] == years).all()
    assert not found.kinds


def test_ages_of_many_days_stay_a_category_beside_dates() -> None:
    """Where the rows with both differ, nothing says when the others' ages were true."""
    years = born(60, seed=10)
    dates = [f"{year}-03-05" if at < 30 else None for at, year in enumerate(years)]
    ages = [str(2000 + at - year) for at, year in enumerate(years)]
    found = mixed(dates, ages, ["a"] * 60, list(range(60)))
    assert not found.codes.date[30:].any()
    assert [kind.name for kind in found.kinds] == ["category:age"]


def test_a_few_people_tell_when_ages_were_true() -> None:
    """Without that guess, a child and a man of one file would not be told apart by their ages."""
    found = mixed(
        ["1971-05-09", "1990-11-23", None, None, None],
        [None, None, "45", "26", "0"],
        ["a", "a", "b", "b", "b"],
        [1, 2, 1, 2, 3],
    )
    assert found.codes.date[:, 0].tolist() == [1971, 1990, 1971, 1990, 2016]


def test_ages_that_nobody_ties_to_dates_stay_a_category() -> None:
    """No person has an age here and a date there: years would be compared with dates on no ground."""
    found = mixed(["1971-05-09", None, None], [None, "45", "0"], ["a", "b", "b"], [1, 2, 3])
    assert found.codes.date[:, 0].tolist() == [1971, 0, 0]
    assert [kind.name for kind in found.kinds] == ["category:age"]


def test_beside_a_date_an_age_is_left_out() -> None:
    """It says the same again."""
    found = mixed(["1971-05-09", "1990-11-23"], ["45", "26"], ["a", "b"], [1, 2])
    assert found.codes.date[:, 0].tolist() == [1971, 1990]
    assert not found.kinds


def test_the_two_years_that_a_dated_age_leaves_open_count_as_the_later() -> None:
    """They are compared with birth dates, which stay as they are."""
    records = {
        "record_id": ["1", "2", "3"],
        "source": ["a", "b", "b"],
        "birth_date": ["1980-02-03", None, "1955-01-02"],
        "categories": pa.array([None, [("birth_years", "1979/1980"), ("ward", "x")], None], ATTRIBUTES),
    }
    found = encode(pa.table(records))
    assert found.codes.date.tolist() == [[1980, 2, 3], [1980, 0, ABOUT], [1955, 1, 2]]
    assert [kind.name for kind in found.kinds] == ["category:ward"]


def test_a_person_of_another_source_is_known_by_names_where_that_tells_no_sex() -> None:
    """The day of the ages is learned from whoever stands in both, though sexes stand in one alone."""
    years = born(40, seed=12)
    records = {
        "record_id": [f"{at:05}" for at in range(80)],
        "source": ["a"] * 40 + ["b"] * 40,
        "given_name": [f"g{'abcdefghij'[at % 10] * 3}" for _ in range(2) for at in range(40)],
        "family_name": [f"f{at // 10}" for _ in range(2) for at in range(40)],
        "sex": pa.array(["female"] * 40 + [None] * 40, pa.string()),
        "birth_date": pa.array([None] * 40 + [f"{year}-03-05" for year in years], pa.string()),
        "categories": pa.array([[("age", str(2017 - year))] for year in years] + [None] * 40, ATTRIBUTES),
    }
    assert (encode(pa.table(records)).codes.date[:40, 0] == years).all()


def test_where_ages_make_most_births_a_year_nearly_the_same_is_no_disagreement() -> None:
    """Births of a few with a day do not make all others those of a register: the bound holds for dates alone."""
    years = born(40, seed=13)
    ages = [str(2017 - year) for year in years]
    few = [f"{year}-03-05" if at < 15 else None for at, year in enumerate(years)]
    most = [f"{year}-03-05" if at < 35 else None for at, year in enumerate(years)]
    for dates, unlike in ((few, 1), (most, 4)):
        fields = field_shapes(mixed(dates, ages, ["a"] * 40, list(range(40)))).fields
        assert fields[DATE_FIELD].unlike == unlike


def test_sources_tell_the_day_of_their_ages_each_for_itself() -> None:
    """Ages that are of different days are taken to the calendar by what their own people say."""
    years = born(20, seed=11)
    source, part = np.repeat([0, 1, 2], 20), np.repeat([0, 1, 2], 20)
    year = np.concatenate([years, years + 4, np.full(20, -1)])
    dates = np.concatenate([np.full(40, -1), years + 9])
    shift, told = calendar_shifts(source, part, year, dates, [np.tile(np.arange(20), 3)])
    assert (shift.tolist(), told.tolist()) == ([-9, -5, 0], [True, True, False])


def test_ages_that_are_told_anew_each_time_let_the_rest_be_learned() -> None:
    """Ages of one person are off by years, as at screening camps; how names are spelled is learned all the same."""
    draw = random.Random(4)
    given = [f"{a}{b}{c}" for a in "BDGKLMNPRST" for b in "aeiou" for c in ("rha", "sso", "lmi")]
    family = [f"{a}{b}{c}{d}" for a in "BDGKLMNPRST" for b in "aeiou" for c in ("rh", "ss", "lm") for d in ("an", "er")]

    def spelled(name: str) -> str:
        at = draw.randrange(1, len(name) - 1)
        return name if draw.random() < 0.6 else f"{name[:at]}{draw.choice('aeiours')}{name[at + 1 :]}"

    rows: list[tuple[int, str, str, str, str]] = []
    for person in range(400):
        first, last, street = draw.choice(given), draw.choice(family), draw.choice(family)
        age, house = draw.randrange(20, 80), draw.randrange(90)
        for _ in range(2):
            told = str(age + draw.randrange(-3, 4))
            rows.append((person, spelled(first), spelled(last), told, f"{street} Street {house}"))
    draw.shuffle(rows)
    people, *columns = zip(*rows, strict=True)
    table = dict(zip(("first name", "last name", "age", "address"), columns, strict=True))
    records = read_rows(
        {"camps": pa.table({"id": [str(row) for row in range(800)], **table})}, PeopleOptions(id_columns=("id",))
    ).records
    cluster = resolve(records, ResolutionSettings()).clusters
    owner = np.asarray(people)
    same = cluster[:, None] == cluster[None, :]
    right = (owner[:, None] == owner[None, :]) & ~np.eye(800, dtype=np.bool_)
    assert (same & right).sum() > 0.7 * right.sum()
    assert (same & right).sum() > 0.9 * (same.sum() - 800)
