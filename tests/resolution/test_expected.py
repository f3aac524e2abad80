"""What share of pairs is expected to be right, where that can be known and where it cannot."""

import numpy as np
import pyarrow as pa
import pytest

from core.progress import Silent
from lake.memory import Handed
from resolution import ResolutionSettings, resolve
from resolution.comparing.levels import GIVEN_FIELD
from resolution.expected import expected, without_chance_namesakes
from resolution.model.weights import AGREES, RELATIVE
from resolution.pipeline import STAGES, Work, spend_budget
from tests.resolution.families import families
from tests.resolution.neighbours import neighbours
from tests.resolution.people import febrl_people

SETTINGS = ResolutionSettings()
CHANCE = 0.1
"""What the true share of some tens of pairs may lie beyond an expected one."""


def _right(clusters: np.ndarray, who: list[str]) -> float:
    """The true share of the pairs that were put together."""
    left, other = np.triu_indices(len(who), 1)
    together = clusters[left] == clusters[other]
    return float((np.array(who)[left] == np.array(who)[other])[together].mean())


@pytest.mark.parametrize("seed", range(3))
def test_what_only_namesakes_at_home_decide_is_told_as_two_figures(seed: int) -> None:
    """Where a given name is all that parts a family, two figures have the truth between them, and a remark tells."""
    people, who = families(60, seed, copies=0.35)
    found = resolve(people, SETTINGS)
    said = expected(found.report.histogram, found.report.histogram_high, found.model.threshold)
    assert said.is_open
    assert said.right - CHANCE <= _right(found.clusters, who) <= said.right_high + CHANCE
    assert any(f"{said.right:.0%} to {said.right_high:.0%}" in note for note in found.report.notes)


@pytest.mark.parametrize("people", [neighbours(230, 0, families=1.0)[0], febrl_people(200)], ids=["street", "febrl"])
def test_what_other_fields_decide_is_one_figure(people: pa.Table) -> None:
    """Where birth dates or numbers tell people apart, namesakes make no difference, and nothing is remarked."""
    found = resolve(people, SETTINGS)
    said = expected(found.report.histogram, found.report.histogram_high, found.model.threshold)
    assert not said.is_open
    assert said.right > 0.98
    assert not any("expected to be right" in note for note in found.report.notes)


def test_the_higher_figure_is_never_the_lower() -> None:
    """Where nothing is known of namesakes both figures are one; a bin's own chance is the least of it."""
    bins = ((-2, 8), (0, 4), (5, 2))
    known, unknown = expected(bins, (0.0, 0.9, 1.0), 0.5), expected(bins, (), 0.5)
    assert unknown.right == unknown.right_high == known.right
    assert known.right_high == pytest.approx((4 * 0.9 + 2) / 6)
    assert expected((), (), 0.9).right == 1.0


def test_only_what_relatives_share_by_chance_is_taken_away() -> None:
    """Relatives agree in given names as often as training found namesakes; nothing else changes."""
    work = Work(records=Handed(neighbours(60, 1)[0]), settings=SETTINGS, judgements=(), progress=Silent())
    for stage in STAGES[: STAGES.index(spend_budget)]:
        work = stage(work)
    assert work.weights is not None
    assert work.model is not None
    changed = work.weights.says != without_chance_namesakes(work.weights, work.model).says
    assert changed[:, GIVEN_FIELD, AGREES:, RELATIVE].all()
    assert changed.sum() == changed[:, GIVEN_FIELD, AGREES:, RELATIVE].sum()
