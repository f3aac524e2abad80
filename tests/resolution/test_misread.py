"""A field that stands alone against all others, and one that has good reason to."""

import numpy as np

from resolution import Resolution, ResolutionSettings, resolve
from tests.resolution.people import pairwise_f1, table

STEMS = ("mul", "schmi", "web", "fi", "wag", "be")
ENDS = [f"{a}{b}" for a in ("ler", "der", "ster", "cher") for b in ("", "mann", "berg", "hof", "stein")]
GIVEN = [f"{a}{b}" for a in ("an", "bel", "cor", "dan", "el", "fre", "gus") for b in ("na", "ben", "ta", "rik", "mo")]


def _date(draw: np.random.Generator) -> str:
    return f"{draw.integers(1930, 2005)}-{draw.integers(1, 13):02}-{draw.integers(1, 29):02}"


def _resolved(*, both: int, wrong: bool) -> tuple[Resolution, list[str]]:
    """Two sources of people with telephones; where it is wrong, the second has other dates for birth dates."""
    draw = np.random.default_rng(3)
    rows: list[dict[str, object]] = []
    who: list[str] = []
    for number in range(600):
        one: dict[str, object] = {
            "given_name": GIVEN[draw.integers(len(GIVEN))],
            "family_name": STEMS[draw.integers(len(STEMS))] + ENDS[draw.integers(len(ENDS))],
            "birth_date": _date(draw),
            "phones": [f"+4930{draw.integers(10**6, 10**7)}"],
            "source": "a",
        }
        again = {**one, "source": "b", "birth_date": _date(draw) if wrong else one["birth_date"]}
        rows += [one, again] if number < both else [one]
        who += [str(number)] * (2 if number < both else 1)
    return resolve(table(*rows), ResolutionSettings()), who


def test_a_date_that_never_agrees_is_left_out() -> None:
    """People who agree in all else are found although a second source holds other dates, and a note says so."""
    found, who = _resolved(both=400, wrong=True)
    assert pairwise_f1(found.clusters, who) >= 0.98
    assert "birth_date" not in {field.name for field in found.model.fields}
    assert any("do not agree in birth_date" in note for note in found.report.notes)


def test_a_date_that_agrees_stays() -> None:
    """Nothing is left out where it tells people apart."""
    found, who = _resolved(both=400, wrong=False)
    assert pairwise_f1(found.clusters, who) >= 0.98
    assert "birth_date" in {field.name for field in found.model.fields}


def test_namesakes_are_no_riddle() -> None:
    """In a register without duplicates, and where few agree in all but the date, the date keeps its word."""
    for both in (0, 20):
        found, _ = _resolved(both=both, wrong=True)
        assert "birth_date" in {field.name for field in found.model.fields}


def test_several_numbers_that_never_agree_are_left_out() -> None:
    """Without names too, people of one birth date and street are found beside numbers of two other tables."""
    draw = np.random.default_rng(3)
    rows: list[dict[str, object]] = []
    who: list[str] = []
    for number in range(1200):
        one: dict[str, object] = {
            "birth_date": _date(draw),
            "phones": [f"+4930{draw.integers(10**6, 10**7)}"],
            "addresses": [{"street": f"{number} {STEMS[number % len(STEMS)]} street", "postcode": f"{10000 + number}"}],
        }
        for _ in range(2 if number < 800 else 1):
            numbers = [{"system": name, "value": f"20{draw.integers(9000):07}"} for name in ("location", "provider")]
            rows.append({**one, "identifiers": numbers})
            who.append(str(number))
    found = resolve(table(*rows), ResolutionSettings())
    assert pairwise_f1(found.clusters, who) >= 0.98


def _named_by(*, others: int, family: bool) -> tuple[Resolution, list[str]]:
    """Eight hundred records of people by birth date, telephone and address; so many of them bear another's name.

    Args:
        others: records, from the first, whose names are drawn anew.
        family: whether these keep the family name.
    """
    draw = np.random.default_rng(4)

    def name() -> dict[str, object]:
        return {
            "given_name": GIVEN[draw.integers(len(GIVEN))],
            "family_name": STEMS[draw.integers(len(STEMS))] + ENDS[draw.integers(len(ENDS))],
        }

    rows: list[dict[str, object]] = []
    who: list[str] = []
    for number in range(400):
        own = name()
        home = {"street": f"{number} {STEMS[number % len(STEMS)]} street", "postcode": f"{10000 + number}"}
        known = {"birth_date": _date(draw), "phones": [f"+4930{draw.integers(10**6, 10**7)}"], "addresses": [home]}
        for _ in range(2):
            said = (name() | ({"family_name": own["family_name"]} if family else {})) if len(rows) < others else own
            rows.append({**known, **said})
            who.append(str(number))
    return resolve(table(*rows), ResolutionSettings()), who


def test_names_that_never_agree_are_left_out() -> None:
    """Where who shares a birthday and an address has no name in common, names are somebody else's; a note says so."""
    found, who = _named_by(others=800, family=False)
    assert pairwise_f1(found.clusters, who) >= 0.95
    assert not {"given_name", "family_name", "middle_name"} & {field.name for field in found.model.fields}
    assert any("do not agree in given_name" in note for note in found.report.notes)


def test_twins_are_no_riddle() -> None:
    """Who shares a birthday, an address and a family name, and no given name, is a twin: names keep their word."""
    found, _ = _named_by(others=800, family=True)
    assert {"given_name", "family_name"} <= {field.name for field in found.model.fields}


def test_names_that_mostly_agree_stay() -> None:
    """Some records under a wrong name are errors of these records."""
    found, _ = _named_by(others=80, family=False)
    assert {"given_name", "family_name"} <= {field.name for field in found.model.fields}
