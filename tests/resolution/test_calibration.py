"""Calibration: the estimated number of matches is near the true one, whatever the table lacks."""

from collections.abc import Callable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from resolution import ResolutionSettings, resolve
from tests.resolution.people import febrl_people

PEOPLE = 1500


def rare_duplicates(records: pa.Table) -> pa.Table:
    """One record of each person, and a second one of every tenth."""
    label = np.array(records.column("label").to_pylist())
    order = np.argsort(label, kind="stable")
    number = np.empty(len(label), np.int64)
    begins = np.flatnonzero(np.append(True, label[order][1:] != label[order][:-1]))
    number[order] = np.arange(len(label)) - np.repeat(begins, np.diff(np.append(begins, len(label))))
    second = (number == 1) & (label.astype(np.int64) % 10 == 0)
    return records.filter(pa.array((number == 0) | second))


def only_years(records: pa.Table) -> pa.Table:
    """Years of birth instead of dates."""
    place = records.column_names.index("birth_date")
    return records.set_column(place, "birth_date", pc.utf8_slice_codeunits(records.column("birth_date"), 0, 4))


def no_addresses(records: pa.Table) -> pa.Table:
    """Names, dates and numbers only."""
    return records.drop_columns(["addresses"])


def as_it_is(records: pa.Table) -> pa.Table:
    """The table itself."""
    return records


@pytest.mark.parametrize("change", [as_it_is, rare_duplicates, only_years, no_addresses])
def test_estimated_matches_are_near_the_true_number(change: Callable[[pa.Table], pa.Table]) -> None:
    """Within 0.8 and 1.25 of the truth, without labels."""
    records = change(febrl_people(PEOPLE))
    sizes = np.unique(np.array(records.column("label").to_pylist()), return_counts=True)[1]
    true = int((sizes * (sizes - 1) // 2).sum())
    assert 0.8 * true < resolve(records, ResolutionSettings()).report.estimated_matches < 1.25 * true
