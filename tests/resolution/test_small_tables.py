"""Small tables: what few records cannot teach is built in, so that weights stay sensible and relatives stay apart."""

from functools import cache

import numpy as np
import pyarrow as pa
import pytest

from lake.tables.types import ATTRIBUTES
from resolution import Resolution, ResolutionSettings, resolve, score_pairs
from resolution.comparing.levels import FIRST_FIELDS, value_field
from tests.resolution.neighbours import KINDS, neighbours
from tests.resolution.people import table

SETTINGS = ResolutionSettings()
SIZES = (10, 20, 40, 60)
SEEDS = range(6)
HOME = {"addresses": [{"line": "12 oak street", "postcode": "12345"}], "phones": ["5552012001"]}


@cache
def resolved(rows: int, seed: int, copies: float, families: float) -> tuple[Resolution, list[str]]:
    """What resolution makes of a street, and who is who."""
    people, label = neighbours(rows, seed, copies=copies, families=families)
    return resolve(people, SETTINGS), label


def verdicts(rows: int, copies: float, families: float) -> tuple[int, int, int]:
    """Pairs joined rightly, joined wrongly, and missed, over all seeds."""
    right = wrong = missed = 0
    for seed in SEEDS:
        found, label = resolved(rows, seed, copies, families)
        left, other = np.triu_indices(len(label), 1)
        together = found.clusters[left] == found.clusters[other]
        same = np.array(label)[left] == np.array(label)[other]
        right += int((together & same).sum())
        wrong += int((together & ~same).sum())
        missed += int((~together & same).sum())
    return right, wrong, missed


@pytest.mark.parametrize("rows", SIZES)
def test_copies_with_slips_are_found(rows: int) -> None:
    """Of a hundred pairs of one person, with up to two fields mistyped, at least 97 are joined."""
    right, _, missed = verdicts(rows, 0.5, 0.4)
    assert right >= 0.97 * (right + missed)


@pytest.mark.parametrize("rows", SIZES)
@pytest.mark.parametrize("copies", [0.0, 0.5])
def test_relatives_are_kept_apart(rows: int, copies: float) -> None:
    """Father and son, siblings, twins and couples: of all joined pairs and households, hardly any is wrong."""
    right, wrong, _ = verdicts(rows, copies, 1.0)
    assert wrong <= 0.03 * (right + len(SEEDS) * rows / 2)


@pytest.mark.parametrize("rows", [*SIZES, 400])
def test_closer_agreement_never_says_less(rows: int) -> None:
    """Along every chain of levels the learned bits rise, whatever the size."""
    for seed in range(2):
        for field in resolved(rows, seed, 0.5, 0.4)[0].model.fields:
            known = {shape.name: shape for shape in FIRST_FIELDS}
            shape = known.get(field.name) or value_field(field.name, shared=field.role == "shared")
            for chain in shape.ordered:
                bits = np.array([field.levels[level - 1].bits for level in chain])
                assert (np.diff(bits) > -1e-6).all(), (field.name, bits)


def test_the_report_says_when_there_is_too_little_to_learn_from() -> None:
    """Few records: weights are mostly built in, and the run says so; many: not a word."""
    assert "built-in" in resolved(20, 0, 0.5, 0.4)[0].report.notes[0]
    assert not any("built-in" in note for note in resolved(800, 0, 0.5, 0.4)[0].report.notes)


def test_a_column_that_contradicts_its_kind_is_told_and_weighs_nothing() -> None:
    """A column that is another one in each record of a person is no evidence against them, and the run says so."""
    people, _ = neighbours(400, 3, copies=1.0)
    shift = [{"kind": ("red", "blue")[row % 2]} for row in range(people.num_rows)]
    found = resolve(
        people.append_column("categories", pa.array([list(one.items()) for one in shift], ATTRIBUTES)), SETTINGS
    )
    levels = next(field.levels for field in found.model.fields if field.name == "category:kind")
    assert abs(levels[-1].bits) < 0.2 > abs(levels[0].bits)
    assert any("category:kind" in note for note in found.report.notes)


def test_generations_of_one_name_are_told_apart_by_their_suffix() -> None:
    """With only the suffix between them, father and son are two people, and the suffix is a line of the reason."""
    name = {"given_name": "john", "family_name": "smith", **HOME}
    people = table(name | {"suffix": "sr"}, name | {"suffix": "jr"}, name | {"suffix": "jr"}, {"given_name": "mary"})
    found = resolve(people, SETTINGS)
    assert found.clusters.tolist() == [0, 1, 1, 2]
    scored = score_pairs(people, np.array([0, 1]), np.array([1, 2]), found.model)
    lines = [{part["field"]: part["bits"] for part in pair} for pair in scored.contributions.to_pylist()]
    assert lines[0]["suffix"] < -4
    assert lines[1]["suffix"] > 0


def test_an_address_made_of_the_name_counts_once() -> None:
    """Namesakes' addresses look alike because their names do: that is no second evidence."""
    one = {"given_name": "anna", "family_name": "miller", "birth_date": "1980-01-02"}
    other = one | {"birth_date": "1984-11-23"}
    people = table(
        one | {"emails": ["anna.miller@mail.example"]},
        other | {"emails": ["anna.miller@post.example"]},
        other | {"emails": ["anna.miler@mail.example"]},
        other | {"emails": ["anna.miller38@mail.example"]},
        other | {"emails": ["anna.miller83@mail.example"]},
    )
    scored = score_pairs(people, np.array([0, 0, 3]), np.array([1, 2, 4]), resolve(people, SETTINGS).model)
    bits = [
        {part["field"]: part["bits"] for part in pair}.get("email", 0.0) for pair in scored.contributions.to_pylist()
    ]
    assert bits[:2] == [0.0, 0.0]
    assert bits[2] < 0


def test_anna_is_no_nickname_of_hannah() -> None:
    """They only look alike."""
    people = table({"given_name": "anna", "family_name": "lee"}, {"given_name": "hannah", "family_name": "lee"})
    scored = score_pairs(people, np.array([0]), np.array([1]), resolve(people, SETTINGS).model)
    assert scored.contributions.to_pylist()[0][0]["level"] == "differs"


def test_the_street_holds_every_kind_of_household() -> None:
    """The tables above do test what they say."""
    _, label = neighbours(400, 1, families=1.0)
    assert len(KINDS) == 4
    assert 150 < len(set(label)) < 400
