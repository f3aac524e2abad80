"""Households in tables that know nothing of a person's own but the given name."""

import numpy as np

from resolution import ResolutionSettings, resolve
from resolution.comparing.levels import DATE_FIELD, FAMILY_FIELD, GIVEN_FIELD, MOST_UNLIKE, PLACE_FIELD
from resolution.encode import encode
from resolution.model.training import bounds_on_unlike, field_shapes
from tests.resolution.people import identifier, pairwise_f1, table

STREETS = [
    f"{one}{two}" for one in ("sama", "siri", "tem", "lake", "ward") for two in ("gi", "sanda", "ple", "side", "place")
]
SAME_NAME, SAME_ADDRESS = 8, 9
GIVEN = [f"{a}{b}" for a in ("an", "bel", "cor", "dan", "el", "fre", "gus") for b in ("na", "ben", "ta", "rik", "mo")]


def _orders(*, households: int) -> tuple[list[dict[str, object]], list[str]]:
    """Orders of couples with one telephone and one address; each of both orders one to three times."""
    draw = np.random.default_rng(5)
    rows: list[dict[str, object]] = []
    who: list[str] = []
    for number in range(households):
        family = f"{'bcdfghklmn'[draw.integers(10)]}{'aeiou'[draw.integers(5)]}{'lmnrst'[draw.integers(6)]}mann"
        phone = f"+4930{draw.integers(10**6, 10**7)}"
        for place, given in enumerate(draw.choice(len(GIVEN), 2, replace=False)):
            for _ in range(draw.integers(1, 4)):
                lost = draw.random() < 0.2
                rows.append({"given_name": GIVEN[given], "family_name": family, "phones": None if lost else [phone]})
                who.append(f"{number} {place}")
    return rows, who


def test_couples_stay_two_people() -> None:
    """Who shares family name and telephone with another given name is another person."""
    rows, who = _orders(households=300)
    found = resolve(table(*rows), ResolutionSettings())
    assert pairwise_f1(found.clusters, who) >= 0.9


def test_a_given_name_alone_is_bound_to_agree() -> None:
    """Where pairs know no date, sex or number of a person's own, one person's given name may hardly disagree."""
    rows, _ = _orders(households=5)
    shapes = field_shapes(encode(table(*rows)))
    level = np.zeros((100, len(shapes.fields)), np.uint8)
    assert bounds_on_unlike(level, shapes)[GIVEN_FIELD] < MOST_UNLIKE
    level[:20, GIVEN_FIELD + 3] = 1
    assert bounds_on_unlike(level, shapes)[GIVEN_FIELD] == MOST_UNLIKE


def test_households_are_judged_where_households_are() -> None:
    """Dates that only pairs of other families know do not loosen the bound: what counts are pairs of one street."""
    rows, _ = _orders(households=5)
    shapes = field_shapes(encode(table(*rows)))
    level = np.zeros((1000, len(shapes.fields)), np.uint8)
    level[:900, DATE_FIELD] = 1
    assert bounds_on_unlike(level, shapes)[GIVEN_FIELD] == MOST_UNLIKE
    level[900:, FAMILY_FIELD], level[900:, PLACE_FIELD] = SAME_NAME, SAME_ADDRESS
    assert bounds_on_unlike(level, shapes)[GIVEN_FIELD] < MOST_UNLIKE


def test_numbers_of_a_journey_do_not_part_its_travellers() -> None:
    """Flights and seats, another at every journey, neither keep one person's records apart nor make one of a family."""
    draw = np.random.default_rng(5)
    rows: list[dict[str, object]] = []
    who: list[str] = []
    for number in range(250):
        family = f"{'bcdfghklmnprstvw'[number % 16]}{'aeiou'[number // 16 % 5]}{'lmnrst'[number // 80]}ke"
        phone = f"+4930{draw.integers(10**6, 10**7)}"
        for given in draw.choice(len(GIVEN), draw.integers(2, 4), replace=False):
            for _ in range(draw.integers(1, 4)):
                rows.append(
                    {
                        "given_name": GIVEN[given],
                        "family_name": family,
                        "phones": [phone],
                        "identifiers": identifier("flight", f"BA{draw.integers(100, 180)}"),
                        "categories": [("seat", f"{draw.integers(1, 40)}{'abcdef'[draw.integers(6)]}")],
                    }
                )
                who.append(f"{number} {given}")
    found = resolve(table(*rows), ResolutionSettings())
    assert pairwise_f1(found.clusters, who) >= 0.95
    assert "identifier:flight" not in {field.name for field in found.model.fields}


def _clans(*, people: int) -> tuple[list[dict[str, object]], list[str]]:
    """Patients under clan name, initials or first name by turns, in streets without a house number that is read."""
    draw = np.random.default_rng(8)
    rows: list[dict[str, object]] = []
    who: list[str] = []
    for number in range(people):
        clan, family = (f"{'bcdfghklmn'[draw.integers(10)]}{end}" for end in ("arachchige", "eris"))
        given = GIVEN[draw.integers(len(GIVEN))]
        line = f"house {draw.integers(1, 400)}, {STREETS[draw.integers(len(STREETS))]} mawatha, wattala"
        born = f"{draw.integers(1940, 2010)}-{draw.integers(1, 13):02}-{draw.integers(1, 29):02}"
        for _ in range(draw.integers(1, 4)):
            first = (clan, clan[0], given, given)[draw.integers(4)]
            lost = draw.random() < 0.1
            place = {"line": line, "street": line.split(", ")[1]}
            rows.append({
                "given_name": first, "family_name": family, "birth_date": None if lost else born, "addresses": [place],
            })  # fmt: skip
            who.append(str(number))
    return rows, who


def test_who_is_named_in_many_ways_is_not_his_own_relative() -> None:
    """Where names differ so often that little is learned, one street speaks for one person as much as for two."""
    rows, who = _clans(people=700)
    found = resolve(table(*rows), ResolutionSettings())
    assert pairwise_f1(found.clusters, who) >= 0.6
