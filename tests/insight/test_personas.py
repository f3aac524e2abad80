"""Personas: found where they are, refused where they are not, and the same every time."""

import re
from dataclasses import replace
from datetime import datetime

import duckdb
import numpy as np
import pytest
from sklearn.metrics import adjusted_rand_score

from insight.personas import Feature, FeatureTable, NoPersonas, PersonaOptions, Personas, find_personas, personas_of
from insight.personas.clustering import column_scores, likeness, weighed
from insight.personas.features import read_features
from lake.tables import PERSONA_MEMBERS, PERSONAS

QUICK = PersonaOptions(sample_size=400, most=4, samples=5)
PEOPLE = 600


def _table(values: np.ndarray[tuple[int, int], np.dtype[np.float64]]) -> FeatureTable:
    features = tuple(
        Feature(name=f"x{place}", block="types", high=f"much x{place}", low=f"little x{place}")
        for place in range(values.shape[1])
    )
    return FeatureTable(entity_ids=[f"e_{row:04d}" for row in range(len(values))], features=features, values=values)


def _kinds(apart: float) -> tuple[FeatureTable, np.ndarray[tuple[int], np.dtype[np.int64]]]:
    """Three kinds of people on 12 features, their centres so far apart, in standard deviations."""
    rng = np.random.default_rng(5)
    kinds = rng.choice(3, PEOPLE, p=[0.5, 0.3, 0.2])
    return _table(apart * rng.normal(size=(3, 12))[kinds] + rng.normal(size=(PEOPLE, 12))), kinds


@pytest.fixture(scope="module")
def found() -> Personas:
    """The personas of three kinds of people far enough apart."""
    found = personas_of(_kinds(1.5)[0], seed=9, options=QUICK)
    assert isinstance(found, Personas)
    return found


def test_kinds_of_people_are_found_again(found: Personas) -> None:
    """Three kinds far enough apart become three personas of those people."""
    _, kinds = _kinds(1.5)
    assert adjusted_rand_score(kinds, found.members.column("persona_id").to_pylist()) > 0.95
    assert found.personas.num_rows == 3


def test_tables_are_in_the_schemas_of_the_lake_and_names_unique(found: Personas) -> None:
    """The tables can be written as they are; shares add up and every name stands once."""
    assert found.personas.schema.equals(PERSONAS.schema)
    assert found.members.schema.equals(PERSONA_MEMBERS.schema)
    names = found.personas.column("name").to_pylist()
    assert len(set(names)) == len(names)
    assert sum(found.personas.column("share").to_pylist()) == pytest.approx(1)


def test_the_same_seed_gives_the_same_tables(found: Personas) -> None:
    """Personas are deterministic to the last digit."""
    again = personas_of(_kinds(1.5)[0], seed=9, options=QUICK)
    assert isinstance(again, Personas)
    assert again.personas.equals(found.personas)
    assert again.members.equals(found.members)


def test_clear_kinds_of_people_pass_every_check_as_users_have_it() -> None:
    """With the defaults, all 20 samples of them, three clear kinds are three stable personas."""
    found = personas_of(_kinds(1.5)[0], seed=9)
    assert isinstance(found, Personas)
    assert found.personas.num_rows == 3
    assert min(found.personas.column("stability").to_pylist()) > 0.95


def _outsiders(people: int) -> FeatureTable:
    """One kind of people, and so many far away from it."""
    values = np.random.default_rng(7).normal(size=(PEOPLE, 12))
    values[:people] += 6.0
    return _table(values)


def _column() -> FeatureTable:
    """Two groups that differ in a single column."""
    rng = np.random.default_rng(3)
    values = 0.05 * rng.normal(size=(PEOPLE, 3))
    values[:, 0] += rng.choice(2, PEOPLE)
    return _table(values)


REFUSED = {
    "pure noise": (
        _kinds(0.0)[0],
        QUICK,
        "No grouping of these people is found again in others: they differ by chance.",
    ),
    "one column": (
        _column(),
        replace(QUICK, most=2),
        "A group is merely one input column: a threshold on it gives the same people.",
    ),
    "a small group": (_outsiders(9), QUICK, "The smallest group has X.X% of people; the least is 2%."),
    "another number": (
        _kinds(1.0)[0],
        QUICK,
        "The number of groups changes from sample to sample: of X samples, X in X, X in X.",
    ),
    "other groups": (
        _kinds(0.0)[0],
        replace(QUICK, fewest=3, most=3, least_strength=0.0),
        "Who is grouped with whom changes from sample to sample: "
        "the mean adjusted Rand index is X.X; the least is X.X.",
    ),
}


@pytest.mark.parametrize("criterion", REFUSED)
def test_every_criterion_refuses_with_its_own_reason(criterion: str) -> None:
    """Groups that fail one criterion are no personas, and the reason is that criterion's and no other's."""
    table, options, reason = REFUSED[criterion]
    found = personas_of(table, seed=1, options=options)
    assert isinstance(found, NoPersonas)
    assert re.sub(r"[0-9]+", "X", found.reason) == re.sub(r"[0-9]+", "X", reason)


@pytest.mark.parametrize(
    ("criterion", "eased"),
    [
        ("one column", replace(REFUSED["one column"][1], one_column=1.1)),
        ("other groups", replace(REFUSED["other groups"][1], least_agreement=-1.0)),
    ],
)
def test_one_criterion_alone_decides(criterion: str, eased: PersonaOptions) -> None:
    """What one criterion refused becomes personas when it alone is eased."""
    assert isinstance(personas_of(REFUSED[criterion][0], seed=1, options=eased), Personas)


def test_few_people_have_no_personas(company: duckdb.DuckDBPyConnection, now: datetime) -> None:
    """Below the least number of people nothing is clustered."""
    found = find_personas(company, now, seed=1, options=PersonaOptions(least_people=1000))
    assert isinstance(found, NoPersonas)
    assert "1000" in found.reason


def test_features_cover_behaviour_and_profile(company: duckdb.DuckDBPyConnection, now: datetime) -> None:
    """Every kind of feature is measured, once a person, and shares of types add up to at most 1."""
    table = read_features(company, now)
    assert {feature.block for feature in table.features} == {
        "activity",
        "types",
        "channels",
        "readings",
        "answers",
        "profile",
    }
    assert len(set(table.entity_ids)) == len(table.values)
    shares = [place for place, feature in enumerate(table.features) if feature.block == "types"]
    assert table.values[:, shares].sum(axis=1).max() <= 1 + 1e-9


def test_a_column_is_scored_by_its_best_threshold() -> None:
    """A cluster that a threshold gives scores 1 in that column; missing values count as lowest."""
    values = np.array([[np.nan, 1.0], [1.0, 1.0], [5.0, 1.0], [6.0, 1.0]])
    scores = column_scores(values, np.array([0, 0, 1, 1]), 2)
    assert scores[0].tolist() == [1.0, 1.0]
    assert scores[1].tolist() == pytest.approx([2 / 3, 2 / 3])


def test_every_block_weighs_alike() -> None:
    """More columns of one block do not make it heavier."""
    table, _ = _kinds(1.0)
    spread = (weighed(table) ** 2).mean(axis=0).sum()
    assert spread == pytest.approx(1.0, abs=0.05)


def test_likeness_is_one_for_the_same_groups_under_other_names() -> None:
    """Renaming groups changes nothing; shuffling people makes it about zero."""
    labels = np.repeat(np.arange(4), 250)
    assert likeness(labels, (labels + 1) % 4) == pytest.approx(1.0)
    assert abs(likeness(labels, np.random.default_rng(3).permutation(labels))) < 0.02
