"""Verdicts on pairs that stand alone: a match needs three kinds of evidence and no contradiction."""

from collections.abc import Mapping

import numpy as np
import pyarrow as pa
import pytest

from lake.tables.identity import CONTRIBUTION
from resolution import ScoredPairs
from resolution.verdicts import pair_verdicts

NAME = {"given_name": 9.0, "family_name": 10.0}


def scored(*pairs: Mapping[str, float]) -> ScoredPairs:
    """Pairs from the bits of their fields, the prior among them."""
    bits = np.array([sum(pair.values()) for pair in pairs])
    rows = [[{"field": name, "level": "", "bits": value} for name, value in pair.items()] for pair in pairs]
    return ScoredPairs(
        bits=bits,
        probability=1 / (1 + np.exp2(-bits)),
        contributions=pa.array(rows, pa.list_(pa.struct(list(CONTRIBUTION)))),
    )


@pytest.mark.parametrize(
    ("pair", "said"),
    [
        ({**NAME, "birth_date": 12.0, "place": 8.0, "prior": -14.0}, "match"),
        ({**NAME, "birth_date": 12.0, "identifier:ssn": 15.0, "prior": -14.0}, "match"),
        ({**NAME, "birth_date": 12.0, "sex": 1.0, "prior": -14.0}, "possible"),
        ({**NAME, "place": 8.0, "identifier:ssn": 15.0, "birth_date": -4.0, "prior": -14.0}, "possible"),
        ({**NAME, "prior": -23.0}, "possible"),
        ({**NAME, "prior": -25.0}, "none"),
    ],
)
def test_names_and_birth_date_alone_are_only_possible(pair: Mapping[str, float], said: str) -> None:
    """Three kinds must agree and nothing of a person's own contradict; weak odds are possible, weaker ones none."""
    full = {**NAME, "birth_date": 12.0, "place": 8.0, "prior": -14.0}
    assert pair_verdicts(scored(pair, full), 0.5).to_pylist() == [said, "match"]


def test_what_no_pair_has_is_not_asked_for() -> None:
    """In a file of names and birth dates, both agreeing is a match."""
    assert pair_verdicts(scored({**NAME, "birth_date": 12.0, "prior": -14.0}), 0.5).to_pylist() == ["match"]


def test_a_higher_threshold_turns_matches_into_possible_ones() -> None:
    """The least probability of a match is obeyed."""
    pair = scored({**NAME, "birth_date": 12.0, "place": 8.0, "prior": -33.0})
    assert pair_verdicts(pair, 0.5).to_pylist() == ["match"]
    assert pair_verdicts(pair, 0.999).to_pylist() == ["possible"]


def test_a_number_that_is_nobodys_own_contradicts_nothing() -> None:
    """Two clinics give one patient two numbers: where training found that, differing numbers are no contradiction."""
    pair = scored({**NAME, "birth_date": 12.0, "place": 8.0, "identifier:mrn": -4.0, "prior": -14.0})
    assert pair_verdicts(pair, 0.5).to_pylist() == ["possible"]
    assert pair_verdicts(pair, 0.5, {"identifier:mrn"}).to_pylist() == ["match"]


def test_no_pairs_have_no_verdicts() -> None:
    """An empty file is judged, too."""
    assert pair_verdicts(scored(), 0.5).to_pylist() == []
