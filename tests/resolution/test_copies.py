"""Records that stand many times over are compared and counted once, and joined where that is evidence enough."""

from datetime import UTC, datetime

import numpy as np
import pyarrow as pa
import pytest

from resolution import Resolution, ResolutionSettings, resolve
from resolution.contract import Judgement
from resolution.crowds import LEAST
from tests.resolution.neighbours import neighbours
from tests.resolution.people import pairwise_f1, table

SETTINGS = ResolutionSettings()
COPIES = 1000


def with_copies(people: pa.Table, row: int, copies: int) -> pa.Table:
    """The table with one row so many times more, under ids that sort among the others'."""
    again = people.take(pa.array([row] * copies))
    ids = pa.array([f"s:0{number:04}x" for number in range(copies)])
    return pa.concat_tables([people, again.set_column(people.column_names.index("record_id"), "record_id", ids)])


@pytest.fixture(scope="module")
def crowd() -> tuple[pa.Table, list[str], Resolution]:
    """Sixty neighbours, one of whom stands a thousand times more; who is who; what resolution makes of it."""
    people, label = neighbours(60, 1)
    whole = with_copies(people, 7, COPIES)
    return whole, [*label, *[label[7]] * COPIES], resolve(whole, SETTINGS)


def test_a_thousand_copies_are_one_person(crowd: tuple[pa.Table, list[str], Resolution]) -> None:
    """The copies meet, and everybody else is found as without them."""
    _, label, found = crowd
    assert len(set(found.clusters[-COPIES:].tolist())) == 1
    people, few = neighbours(60, 1)
    assert pairwise_f1(found.clusters[:-COPIES], label[:-COPIES]) == pairwise_f1(
        resolve(people, SETTINGS).clusters, few
    )


def test_each_copy_has_its_link_and_its_confidence(crowd: tuple[pa.Table, list[str], Resolution]) -> None:
    """Links stay in order and name every copy; the report counts all records; estimates hold for all pairs."""
    records, _, found = crowd
    ends = set(found.links.table().column("left").to_pylist()) | set(found.links.table().column("right").to_pylist())
    assert set(records.column("record_id").to_pylist()[-COPIES:]) <= ends
    assert found.links.table().equals(found.links.table().sort_by([("left", "ascending"), ("right", "ascending")]))
    assert found.report.records == records.num_rows
    assert found.membership[-COPIES:].min() > 0.99
    assert found.report.estimated_matches == pytest.approx(COPIES * (COPIES + 1) / 2, rel=0.01)
    assert any("equal" in note for note in found.report.notes)


def test_copies_do_not_depend_on_the_order_of_rows(crowd: tuple[pa.Table, list[str], Resolution]) -> None:
    """Shuffled rows give the same links and the same partition."""
    records, _, found = crowd
    order = np.random.default_rng(3).permutation(records.num_rows)
    again = resolve(records.take(pa.array(order)), SETTINGS)
    assert again.links.table().equals(found.links.table())
    assert (again.clusters == found.clusters[order]).all()


def test_common_names_alone_are_not_one_person() -> None:
    """A thousand records that hold a given name and nothing else stay a thousand people."""
    people, _ = neighbours(60, 1)
    whole = pa.concat_tables(
        [people, table(*({"record_id": f"t:{number}", "given_name": "mary"} for number in range(COPIES)))],
        promote_options="default",
    )
    assert len(set(resolve(whole, SETTINGS).clusters[-COPIES:].tolist())) == COPIES


def test_judged_copies_are_compared_themselves() -> None:
    """A steward parts two of many equal records, and each keeps a cluster of its own."""
    people, _ = neighbours(60, 1)
    whole = with_copies(people, 7, LEAST)
    ids = whole.column("record_id").to_pylist()
    apart = Judgement(left=ids[7], right=ids[-1], verdict="different", who="s", at=datetime(2026, 1, 1, tzinfo=UTC))
    found = resolve(whole, SETTINGS, judgements=[apart])
    assert found.clusters[7] != found.clusters[-1]


def test_sources_that_list_people_once_keep_copies_apart() -> None:
    """Equal records of such a source are two people, and so they are when only links between sources are asked for."""
    people, _ = neighbours(60, 1)
    whole = with_copies(people, 7, LEAST)
    for settings in (ResolutionSettings(one_per_source=("s",)), ResolutionSettings(link_only=True)):
        assert len(set(resolve(whole, settings).clusters.tolist())) == whole.num_rows
