"""The match model: learned without labels, readable, and exact about what it says."""

from hashlib import md5

import numpy as np
import pytest

from core.errors import BadInputError
from resolution import MatchModel, ResolutionSettings
from resolution.blocking import build_blocks
from resolution.comparing.levels import (
    DATE_FIELD,
    DATE_LEVELS,
    FAMILY_FIELD,
    FIRST_FIELDS,
    GIVEN_FIELD,
    NAME_LEVELS,
    VALUE_FIELDS,
    VALUE_LEVELS,
    value_field,
)
from resolution.comparing.pairs import compare_pairs
from resolution.encode import encode
from resolution.model import model_weights, train
from resolution.model.patterns import Pairs, collapse
from resolution.model.starts import usual_shares
from resolution.model.whose import numbers_of_records, of_events
from tests.resolution.people import febrl_people, identifier, table


@pytest.fixture(scope="module")
def model() -> MatchModel:
    """A model of some Febrl people."""
    encoded = encode(febrl_people(300))
    return train(encoded, build_blocks(encoded, 20), ResolutionSettings())


def test_a_model_survives_json(model: MatchModel) -> None:
    """What is written is read back, to the last digit."""
    assert MatchModel.from_json(model.to_json()) == model


def test_what_is_no_model_is_refused() -> None:
    """Reading something else says what to do."""
    with pytest.raises(BadInputError, match=r"model\.json"):
        MatchModel.from_json('{"fields": 3}')


def test_shares_of_levels_are_distributions(model: MatchModel) -> None:
    """m, u and the relatives' shares sum to one over a field's levels."""
    for field in model.fields:
        for name in ("m", "u", "relative"):
            assert sum(getattr(level, name) for level in field.levels) == pytest.approx(1, abs=1e-4), (field.name, name)


def test_agreement_speaks_for_and_disagreement_against(model: MatchModel) -> None:
    """In a field that everybody has, the best level weighs more than the worst, which weighs less than nothing."""
    for field in model.fields:
        if field.name in {"given_name", "family_name", "birth_date", "place"}:
            assert field.levels[0].bits < 0 < field.levels[-1].bits


def test_training_is_the_same_every_time(model: MatchModel) -> None:
    """The same records and seed give the same version."""
    encoded = encode(febrl_people(300))
    assert train(encoded, build_blocks(encoded, 20), ResolutionSettings()).version == model.version


def test_a_kind_of_value_the_model_never_saw_weighs_nothing(model: MatchModel) -> None:
    """A model made elsewhere can be used where there are more columns."""
    encoded = encode(table({"phones": ["5550101"]}, {"phones": ["5550101"]}))
    weights = model_weights(model, encoded)
    assert not weights.says[:, len(model.fields) - 1 :].any()


def test_patterns_stand_for_all_pairs() -> None:
    """Collapsing loses no pair, and equal pairs share a pattern."""
    draw = np.random.default_rng(3)
    level = draw.integers(0, 3, (500, 3)).astype(np.uint8)
    pairs = Pairs(level=level, rarity=np.zeros((500, 3), np.float32), within=np.zeros(500, np.bool_), scale=2.0)
    patterns = collapse(pairs, np.zeros((3, 10)), np.zeros((3, 10)), np.array([True, False, False]))
    assert patterns.count.sum() == 1000
    assert (patterns.level[patterns.of] == level).all()
    assert len(patterns.level) == len(np.unique(level, axis=0))


def test_rare_duplicates_among_namesakes_do_not_become_the_model() -> None:
    """Where hardly anyone has two records, training keeps to people instead of learning namesakes or households."""
    draw = np.random.default_rng(2)
    given = np.array(["ann", "bob", "carl", "dora", "emil", "fay", "gus", "hal"])[draw.integers(0, 8, 1500)]
    family = np.array([f"family{chr(97 + number % 26)}{number}" for number in range(60)])[draw.integers(0, 60, 1500)]
    year = draw.integers(1930, 2010, 1500)
    rows = [
        {"given_name": str(one), "family_name": str(other), "birth_date": f"{when}-0{when % 9 + 1}-1{when % 7}"}
        for one, other, when in zip(given, family, year, strict=True)
    ]
    encoded = encode(table(*rows))
    model = train(encoded, build_blocks(encoded, 20), ResolutionSettings())
    differs = {field.name: field.levels[0].m for field in model.fields}
    assert differs["given_name"] < 0.2
    assert differs["family_name"] < 0.3
    assert differs["birth_date"] < 0.2


def family(number: int, draw: np.random.Generator) -> list[dict[str, object]]:
    """Two children, each recorded twice, at one address with one family name; one family in ten has twins."""
    name, address = (
        f"family{chr(97 + number % 26)}{number}",
        [{"line": f"{number} oak street", "postcode": str(number)}],
    )
    born = [f"{draw.integers(1930, 2010)}-0{draw.integers(1, 10)}-1{draw.integers(0, 10)}" for _ in range(2)]
    dates = (born[0], born[0 if number % 10 == 0 else 1])
    shared = {"family_name": name, "addresses": address}
    children: list[dict[str, object]] = [
        {"given_name": f"{draw.integers(0, 10**6):x}", "birth_date": date, **shared} for date in dates
    ]
    return [child for child in children for _ in range(2)]


def test_twins_are_relatives() -> None:
    """Where relatives share birth dates, training says so, and a shared birth date stops making them one person."""
    draw = np.random.default_rng(4)
    encoded = encode(table(*(row for number in range(400) for row in family(number, draw))))
    model = train(encoded, build_blocks(encoded, 20), ResolutionSettings())
    common = {field.name: field.common for field in model.fields}
    assert common["birth_date"] > 0.03
    assert common["given_name"] < 0.01


def test_birth_years_start_from_people_who_share_a_year() -> None:
    """Where dates are years only, what agrees within one person is the year, rest unknown."""
    years = encode(table(*({"given_name": "ann", "birth_date": str(1900 + number)} for number in range(50))))
    days = encode(table(*({"given_name": "ann", "birth_date": f"{1900 + number}-05-17"} for number in range(50))))
    shares = [usual_shares(one.codes, FIRST_FIELDS)[DATE_FIELD] for one in (years, days)]
    assert shares[0][5] > 0.85
    assert shares[1][9] > 0.75
    assert [share[1:].sum() for share in shares] == pytest.approx([1, 1], abs=1e-4)


def numbered_people(records_each: int) -> dict[str, bool]:
    """Which identifiers of three hundred records are taken for numbers of records."""
    rows = [
        {
            "given_name": md5(f"given {row // records_each}".encode()).hexdigest()[:8],
            "family_name": md5(f"family {row // records_each}".encode()).hexdigest()[:8],
            "birth_date": f"{1950 + row // records_each % 50}-05-17",
            "identifiers": identifier("order", f"B{row}") + identifier("ssn", f"S{row // records_each}"),
        }
        for row in range(300)
    ]
    encoded = encode(table(*rows))
    left = np.arange(0, 300, 2, dtype=np.int32)
    found = numbers_of_records(encoded, compare_pairs(encoded.codes, left, left + 1)[0])[len(FIRST_FIELDS) :]
    return dict(zip([kind.name for kind in encoded.kinds], found.tolist(), strict=True))


def test_what_numbers_the_records_is_nobodys_own() -> None:
    """An order number in every row tells people from nobody; a number that comes again with its person does."""
    assert numbered_people(2) == {"identifier:order": True, "identifier:ssn": False}


def test_where_nobody_stands_twice_a_number_stays_a_persons_own() -> None:
    """In a register without duplicates a number that never repeats is what it was taken for."""
    assert numbered_people(1) == {"identifier:order": False, "identifier:ssn": False}


def test_namesakes_share_years_and_not_days() -> None:
    """Where names are few and change, people not yet recognised are not taken for strangers with one birthday."""
    draw = np.random.default_rng(3)
    rows: list[dict[str, object]] = []
    for _ in range(1000):
        year, month, day = draw.integers(1930, 2010), draw.integers(1, 13), draw.integers(1, 29)
        given, family = draw.integers(20), draw.integers(40)
        for _ in range(1 + int(draw.random() < 0.4)):
            family = draw.integers(40) if draw.random() < 0.3 else family
            names = {"given_name": f"g{given}", "family_name": f"f{family}"}
            rows.append({**names, "birth_date": f"{year}-{month:02}-{day:02}"})
    encoded = encode(table(*rows))
    settings = ResolutionSettings()
    model = train(encoded, build_blocks(encoded, settings.pair_budget), settings)
    (date,) = (field for field in model.fields if field.name == "birth_date")
    bits = {level.name: (level.given_bits, level.family_bits) for level in date.levels}
    assert all(at >= min(year, 0) for at, year in zip(bits["same"], bits["same year, or one off by age"], strict=True))


def test_what_differs_never_speaks_for_a_pair() -> None:
    """Strangers of one first name are of one sex: a clerk's mistake about it is no evidence all the same."""
    draw = np.random.default_rng(8)
    rows: list[dict[str, object]] = []
    for number in range(3000):
        sex, name = ("female", "male")[number % 2], f"{number % 2}{draw.integers(0, 20):x}"
        person = {
            "given_name": f"name{name}",
            "family_name": md5(f"{draw.integers(0, 700)}".encode()).hexdigest()[:7],
            "birth_date": f"{1930 + draw.integers(0, 80)}-0{draw.integers(1, 10)}-{draw.integers(10, 28)}",
        }
        rows.append({**person, "sex": sex})
        if number % 2 == 0:
            rows.append({**person, "sex": "male" if draw.random() < 0.1 else sex})
    encoded = encode(table(*rows))
    model = train(encoded, build_blocks(encoded, 20), ResolutionSettings())
    (differs, *_) = next(field.levels for field in model.fields if field.name == "sex")
    assert differs.bits < 0
    assert differs.bits + max(differs.given_bits, differs.family_bits) <= 0


def test_values_that_records_of_one_name_do_not_share_are_of_events() -> None:
    """Flights differ where all else agrees; a member's number does not, and what few pairs know is not judged."""
    kinds = ("identifier:flight", "identifier:member", "identifier:coupon", "category:seat")
    fields = (*FIRST_FIELDS, *(value_field(kind, shared=False) for kind in kinds))
    level = np.zeros((200, len(fields)), np.uint8)
    level[:100, [GIVEN_FIELD, FAMILY_FIELD]] = len(NAME_LEVELS)
    level[:, VALUE_FIELDS:] = 1
    level[:60, VALUE_FIELDS + 1] = len(VALUE_LEVELS)
    level[40:, VALUE_FIELDS + 2] = 0
    assert np.flatnonzero(of_events(level, fields)).tolist() == [VALUE_FIELDS]
    level[:100, DATE_FIELD] = len(DATE_LEVELS)
    level[60:100, VALUE_FIELDS] = len(VALUE_LEVELS)
    assert not of_events(level, fields).any()
