"""How rare a name is, is what the next record would say."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from resolution.encode.pool import BOTH, CATEGORY_WORLD, NAME_WORLD, log_share, one_other

PEOPLE = 5000
PLAINLY = 1 + NAME_WORLD.records * NAME_WORLD.share
tables = st.lists(st.integers(1, 9), max_size=200).map(np.array)


@pytest.mark.parametrize("steepness", [0.6, 1.0, 1.4])
def test_names_that_stand_once_are_as_rare_as_among_the_people_they_come_from(steepness: float) -> None:
    """Within a quarter, whether few names are common or all are nearly as frequent."""
    share = np.arange(1, 20_001) ** -steepness
    share /= share.sum()
    held = np.bincount(np.random.default_rng(1).choice(len(share), PEOPLE, p=share), minlength=len(share))
    true = share[held == 1].mean() * PEOPLE
    assert one_other(held[held > 0], NAME_WORLD) == pytest.approx(true, rel=0.25)


@given(counts=tables)
def test_a_name_is_never_more_common_than_it_is_counted(counts: NDArray[np.int64]) -> None:
    """Where one person's records are most of what stands twice, counting says it; nothing is rarer than all can be."""
    assert 0 < one_other(counts, NAME_WORLD) <= PLAINLY


@given(counts=tables)
def test_what_more_records_hold_is_as_common_as_it_is_counted(counts: NDArray[np.int64]) -> None:
    """Only what hardly anybody has is rarer than it looks, and a rarer name is never taken for a more common one."""
    share = np.exp2(log_share(counts, PEOPLE, NAME_WORLD)) * (PEOPLE + NAME_WORLD.records)
    more = counts > BOTH
    assert share[more] == pytest.approx(counts[more] + PLAINLY - BOTH, rel=1e-5)
    assert (np.diff(share[np.argsort(counts)]) >= 0).all()


def test_few_names_tell_little() -> None:
    """Of ten names that stand once nothing is told yet; of ten thousand all."""
    assert one_other(np.ones(10, np.int64), NAME_WORLD) == pytest.approx(PLAINLY, rel=0.2)
    assert one_other(np.ones(10_000, np.int64), NAME_WORLD) < 0.01


def test_values_of_a_category_are_counted_plainly() -> None:
    """A form's choices are not invented by those who fill it in."""
    counts = np.array([1, 1, 1, 1, 2, 5])
    assert np.exp2(log_share(counts, 11, CATEGORY_WORLD)) * 11 == pytest.approx([1, 1, 1, 1, 1, 4])
