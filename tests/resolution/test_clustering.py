"""Clusters obey stewards and hard constraints, whatever the evidence says."""

from datetime import UTC, datetime

import numpy as np
import pyarrow as pa
import pytest

from core.errors import BadInputError
from resolution import Judgement, Resolution, ResolutionSettings, resolve
from resolution.budget import size_bands
from resolution.clustering import agglomerate
from resolution.clustering.agglomerate import in_company
from tests.resolution.people import febrl_people

AT = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def records() -> pa.Table:
    """Some Febrl people, every second record of another source."""
    people = febrl_people(150)
    source = pa.array(["a" if row % 2 else "b" for row in range(people.num_rows)])
    return people.set_column(people.column_names.index("source"), "source", source)


@pytest.fixture(scope="module")
def plain(records: pa.Table) -> Resolution:
    """What the evidence alone says."""
    return resolve(records, ResolutionSettings())


def judge(left: str, right: str, verdict: str, *, day: int = 1, withdrawn: bool = False) -> Judgement:
    """A steward's word."""
    at = AT.replace(day=day)
    return Judgement(
        left=left,
        right=right,
        verdict="same" if verdict == "same" else "different",
        who="ann",
        at=at,
        withdrawn=withdrawn,
    )


def together(found: Resolution, records: pa.Table, left: str, right: str) -> bool:
    """Whether two records share a cluster."""
    ids = records.column("record_id").to_pylist()
    return bool(found.clusters[ids.index(left)] == found.clusters[ids.index(right)])


def a_link(found: Resolution) -> tuple[str, str]:
    """The strongest link."""
    best = int(np.argmax(found.links.table().column("weight_bits").to_numpy()))
    return found.links.table().column("left")[best].as_py(), found.links.table().column("right")[best].as_py()


def strangers(found: Resolution, records: pa.Table) -> tuple[str, str]:
    """Two records that nothing joins."""
    ids = records.column("record_id").to_pylist()
    other = int(np.flatnonzero(found.clusters != found.clusters[0])[0])
    return ids[0], ids[other]


def test_company_raises_the_doubtful_and_bounds_the_certain() -> None:
    """Among many, little evidence is worth more and certainty never whole; of two, it stands as it is."""
    said = np.array([0.3, 0.3, 0.3, 1.0, 1.0])
    found = in_company(said, np.array([1, 3, 10, 10, 0]))
    assert found[0] == pytest.approx(0.3)
    assert found[0] < found[1] < found[2]
    assert found[3] < 0.998
    assert found[4] == 1


def test_records_that_a_steward_keeps_apart_stay_apart(records: pa.Table, plain: Resolution) -> None:
    """A "different" outranks the strongest link."""
    left, right = a_link(plain)
    found = resolve(records, ResolutionSettings(), judgements=[judge(left, right, "different")], model=plain.model)
    assert together(plain, records, left, right)
    assert not together(found, records, left, right)


def test_records_that_a_steward_joins_are_joined(records: pa.Table, plain: Resolution) -> None:
    """A "same" outranks all evidence, and its link says so."""
    left, right = strangers(plain, records)
    found = resolve(records, ResolutionSettings(), judgements=[judge(left, right, "same")], model=plain.model)
    assert together(found, records, left, right)
    row = next(one for one in found.links.table().to_pylist() if {one["left"], one["right"]} == {left, right})
    assert (row["origin"], row["probability"]) == ("steward", 1.0)


@pytest.mark.parametrize("later", [judge("x", "y", "same", day=2), judge("x", "y", "different", day=2, withdrawn=True)])
def test_the_newest_judgement_holds(records: pa.Table, plain: Resolution, later: Judgement) -> None:
    """A later word, or a withdrawal, replaces an earlier one."""
    left, right = a_link(plain)
    newest = Judgement(left=right, right=left, verdict=later.verdict, who="bob", at=later.at, withdrawn=later.withdrawn)
    both = [newest, judge(left, right, "different")]
    assert together(resolve(records, ResolutionSettings(), judgements=both, model=plain.model), records, left, right)


def test_a_unique_identifier_is_never_two_in_one_cluster(records: pa.Table, plain: Resolution) -> None:
    """Records with different values of a unique system never meet."""
    found = resolve(records, ResolutionSettings(unique_identifiers=("soc_sec",)), model=plain.model)
    values: dict[int, set[str]] = {}
    for cluster, held in zip(found.clusters.tolist(), records.column("identifiers").to_pylist(), strict=True):
        values.setdefault(cluster, set()).update(one["value"] for one in held if one["value"])
    assert max(len(each) for each in values.values()) == 1


@pytest.mark.parametrize("settings", [ResolutionSettings(one_per_source=("a",)), ResolutionSettings(link_only=True)])
def test_a_source_that_lists_people_once_is_believed(
    records: pa.Table, plain: Resolution, settings: ResolutionSettings
) -> None:
    """At most one record of such a source is in a cluster."""
    found = resolve(records, settings, model=plain.model)
    mine = np.array(records.column("source").to_pylist()) == "a"
    assert np.unique(found.clusters[mine], return_counts=True)[1].max() == 1


def test_an_unknown_source_is_named(records: pa.Table) -> None:
    """A constraint on a source that is not there is a mistake, not a wish."""
    with pytest.raises(BadInputError, match="crm"):
        resolve(records, ResolutionSettings(one_per_source=("crm",)))


def test_judgements_on_absent_records_are_counted(records: pa.Table, plain: Resolution) -> None:
    """A judgement that names a deleted record is no error, but is told."""
    found = resolve(records, ResolutionSettings(), judgements=[judge("gone", "away", "same")], model=plain.model)
    assert any("not here" in note for note in found.report.notes)


def test_components_merged_side_by_side_end_as_one_after_another(
    records: pa.Table, plain: Resolution, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither clusters nor confidences nor links depend on into how many parts components are dealt."""
    left, right = strangers(plain, records)
    said = [judge(left, right, "different")]
    many = resolve(records, ResolutionSettings(), judgements=said, model=plain.model)
    monkeypatch.setattr(agglomerate, "PARTS", 1)
    one = resolve(records, ResolutionSettings(), judgements=said, model=plain.model)
    assert np.array_equal(one.clusters, many.clusters)
    assert np.array_equal(one.membership, many.membership)
    assert one.links.table().equals(many.links.table())


def test_a_largest_block_below_a_window_is_refused(records: pa.Table) -> None:
    """Blocks are cut into windows of twenty, so fewer cannot be asked for."""
    with pytest.raises(BadInputError, match="largest block"):
        resolve(records, ResolutionSettings(largest_block=19))


@pytest.mark.parametrize("largest", [20, 80, 81, 100, 1000])
def test_bands_of_block_sizes_ascend_to_the_largest(largest: int) -> None:
    """Sizes from two to the largest block are in exactly one band each."""
    found = size_bands(largest)
    assert found[0] == 2
    assert found[-1] == largest + 1
    assert (np.diff(found) > 0).all()
