"""What two records say of each other, field by field."""

from collections.abc import Mapping

import numpy as np
import pyarrow as pa
import pytest

from resolution.comparing.levels import DATE_LEVELS, FIRST_FIELDS, NAME_LEVELS, PLACE_LEVELS, VALUE_LEVELS, value_field
from resolution.comparing.pairs import compare_pairs
from resolution.encode import encode
from resolution.encode.codes import ABOUT
from resolution.encode.spelling import PRIVATE_SIGNS
from tests.resolution.neighbours import neighbours
from tests.resolution.people import identifier, table


def compare(left: Mapping[str, object], right: Mapping[str, object]) -> dict[str, str]:
    """Name of each known field's level."""
    encoded = encode(table(left, right))
    rows = np.array([0], np.int32), np.array([1], np.int32)
    level, back = compare_pairs(encoded.codes, *rows)[0][0], compare_pairs(encoded.codes, *rows[::-1])[0][0]
    assert level.tolist() == back.tolist(), "a comparison does not depend on the side"
    fields = (*FIRST_FIELDS, *(value_field(kind.name, shared=kind.shared) for kind in encoded.kinds))
    found: dict[str, str] = {}
    for field, at in zip(fields, map(int, level), strict=True):
        if at > 0:
            found[field.name] = field.levels[at - 1].name
    return found


@pytest.mark.parametrize(
    ("left", "right", "given", "family"),
    [
        (("john", "smith"), ("john", "smith"), "same", "same"),
        (("robert", "smith"), ("bob", "smith"), "nickname", "same"),
        (("margaret", "smith"), ("margaert", "smith"), "typing error", "same"),
        (("j", "smith"), ("john", "smith"), "initial", "same"),
        (("smith", "john"), ("john", "smith"), "same in another slot", "same in another slot"),
        (("earl", "kelly"), ("kelly", "cannon"), "same in another slot", "differs"),
        (("josé", "garcía"), ("jose", "garcia"), "same", "same"),
        (("mary", "o'brien"), ("mary", "obrien"), "same", "same"),
        (("mary", "lee-jones"), ("mary", "jones"), "same", "same"),
    ],
)
def test_names_agree_as_people_would_say(
    left: tuple[str, str], right: tuple[str, str], given: str, family: str
) -> None:
    """Nicknames, typing errors, initials, swapped slots and accents are told apart; a token counts once."""
    one, other = ({"given_name": name[0], "family_name": name[1]} for name in (left, right))
    found = compare(one, other)
    assert (found["given_name"], found["family_name"]) == (given, family)


def test_names_that_only_rare_signs_tell_apart_are_a_typing_error_apart() -> None:
    """Signs beyond 16 bits may be taken for each other, but what differs is not the same."""
    one, other = ("ameli" + chr(sign) for sign in (0x20003, 0x20003 + PRIVATE_SIGNS))
    assert compare({"given_name": one}, {"given_name": other}) == {"given_name": "typing error"}


@pytest.mark.parametrize(
    ("left", "right", "level"),
    [
        ("1980-03-04", "1980-03-04", "same"),
        ("1980-03-04", "1980-04-03", "day and month swapped"),
        ("1980-03-04", "1980-03-14", "two parts same, third nearly"),
        ("1980-42-04", "1980-12-04", "two parts same, third nearly"),
        ("1980-03-04", "1980-03-27", "two parts same"),
        ("1980", "1980-03-27", "same year, rest unknown"),
        ("1980-05-01", "1980-03-27", "same year, or one off by age"),
        ("1981-03-27", "1980-03-05", "day or month same, year nearly"),
        ("1950-01-01", "1983-10-27", "differs"),
    ],
)
def test_dates_agree_part_by_part(left: str, right: str, level: str) -> None:
    """A swap, one wrong digit and an unknown part are told from another date."""
    assert compare({"birth_date": left}, {"birth_date": right}) == {"birth_date": level}


@pytest.mark.parametrize(
    ("other", "level"),
    [
        ("1980-03-27", "same year, rest unknown"),
        ("1980", "same year, rest unknown"),
        (f"1980-00-{ABOUT}", "same year, rest unknown"),
        ("1981-03-27", "same year, or one off by age"),
        (f"1979-00-{ABOUT}", "same year, or one off by age"),
        ("1982-03-27", "near year or same month"),
        ("1983", "differs"),
    ],
)
def test_a_year_that_an_age_tells_is_right_but_for_a_birthday(other: str, level: str) -> None:
    """The year before and the year after are near, for nobody knows whether the birthday had come yet."""
    assert compare({"birth_date": f"1980-00-{ABOUT}"}, {"birth_date": other}) == {"birth_date": level}


@pytest.mark.parametrize(
    ("left", "right", "level"),
    [
        ({"house_number": "4", "street": "Mill Lane"}, {"line": "4 MILL LANE"}, "same address"),
        (
            {"house_number": "4", "street": "Miller Lane"},
            {"house_number": "4", "street": "Miler Lane"},
            "same number, similar street",
        ),
        ({"postcode": "SW1A 1AA"}, {"postcode": "sw1a1aa"}, "same postcode"),
        ({"postcode": "SW1A 1AA"}, {"postcode": "SW1A 1AB"}, "similar postcode"),
        (
            {"postcode": "90210", "city": "Beverly Hills"},
            {"postcode": "10001", "city": "beverly hills"},
            "same city or district",
        ),
        ({"city": "Leeds"}, {"city": "York"}, "elsewhere"),
    ],
)
def test_a_place_is_one_field(left: dict[str, str], right: dict[str, str], level: str) -> None:
    """The strongest agreement of the address counts, however it is written."""
    assert compare({"addresses": [left]}, {"addresses": [right]}) == {"place": level}


def test_sets_of_values_agree_by_their_best_pair() -> None:
    """One shared phone among several is agreement."""
    assert compare({"phones": ["5550101", "5550202"]}, {"phones": ["5559999", "5550202"]}) == {"phone": "same"}


def test_identifiers_of_different_systems_are_never_compared() -> None:
    """The same digits issued by two systems mean nothing."""
    assert compare({"identifiers": identifier("ssn", "1234567")}, {"identifiers": identifier("mrn", "1234567")}) == {}


def test_unknown_is_no_evidence() -> None:
    """A field that one side lacks has no level."""
    assert compare({"given_name": "ann", "sex": "female"}, {"given_name": "ann", "birth_date": "1980"}) == {
        "given_name": "same"
    }


def test_every_level_has_a_start() -> None:
    """Training starts from shares that sum to one, field by field."""
    for levels in (NAME_LEVELS, DATE_LEVELS, PLACE_LEVELS, VALUE_LEVELS):
        assert sum(level.start for level in levels) == pytest.approx(1.0, abs=0.01)


def test_a_batch_says_what_its_pairs_say_one_by_one() -> None:
    """However many records a record is compared with at once, and whoever they are, each pair says the same."""
    people, _ = neighbours(400, seed=5)
    several: list[Mapping[str, object]] = [
        {
            "record_id": "t:1",
            "given_name": "ana maria jose pia",
            "family_name": "de la cruz",
            "emails": ["a@x.example", "b@x.example"],
        },
        {"record_id": "t:2", "addresses": [{"street": "Elm", "city": "Ely"}, {"street": "Oak"}], "phones": ["0123456"]},
    ]
    codes = encode(pa.concat_tables([people, table(*several)], promote_options="permissive")).codes
    left = np.sort(np.random.default_rng(1).integers(0, len(codes.source), 3_000)).astype(np.int32)
    right = np.random.default_rng(2).integers(0, len(codes.source), len(left)).astype(np.int32)
    together = compare_pairs(codes, left, right)
    one_by_one = [compare_pairs(codes, left[at : at + 1], right[at : at + 1]) for at in range(len(left))]
    for which in range(2):
        assert np.array_equal(together[which], np.concatenate([found[which] for found in one_by_one]))


def test_a_particle_that_two_share_makes_no_family_of_them() -> None:
    """De la Cruz and De la Rosa differ; a family called Le is a name, for it is all there is."""
    rows = ("de la cruz", "de la rosa", "cruz", "le", "le")
    encoded = encode(table(*({"given_name": "ana", "family_name": family} for family in rows)))
    left, right = np.array([0, 0, 3], np.int32), np.array([1, 2, 4], np.int32)
    level, _ = compare_pairs(encoded.codes, left, right)
    assert level[:, 1].tolist() == [1, 8, 8]


def test_particles_of_given_names_and_initials_are_kept() -> None:
    """Van is a given name, and John E and John A have different initials."""
    rows = ({"given_name": "van anh"}, {"given_name": "anh"}, {"given_name": "john e"}, {"given_name": "john a"})
    codes = encode(table(*rows)).codes
    assert (codes.token >= 0).sum(axis=1).tolist() == [2, 1, 2, 2]


def test_bands_of_age_stay_a_category() -> None:
    """Ages become years of birth, nearly equal or far apart; bands of ages are compared as they are written."""
    ages = compare({"categories": {"age": "34"}}, {"categories": {"age": "35"}})
    bands = compare({"categories": {"age": "30-39"}}, {"categories": {"age": "40-49"}})
    assert (ages, bands) == ({"birth_date": "same year, or one off by age"}, {"category:age": "differs"})
