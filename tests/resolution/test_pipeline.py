"""Resolution from end to end: right, the same every time, and able to say why."""

import numpy as np
import pyarrow as pa
import pytest

from core.errors import BadInputError
from lake.tables import LINKS
from lake.workers import THREADS
from resolution import STAGES, MatchModel, Resolution, ResolutionSettings, resolve, score_pairs
from resolution.febrl import febrl
from tests.resolution.people import febrl_people, pairwise_f1, table

SETTINGS = ResolutionSettings()


@pytest.fixture(scope="module")
def records() -> pa.Table:
    """Some Febrl people."""
    return febrl_people(300)


@pytest.fixture(scope="module")
def found(records: pa.Table) -> Resolution:
    """What resolution makes of them."""
    return resolve(records, SETTINGS)


def test_two_clean_sources_are_linked_almost_perfectly() -> None:
    """Febrl's fourth data set reaches a pairwise F1 above 0.99 with no setting."""
    people = febrl("febrl4")
    assert pairwise_f1(resolve(people, SETTINGS).clusters, people.column("label").to_pylist()) > 0.99


def test_row_order_changes_nothing(records: pa.Table, found: Resolution) -> None:
    """Shuffled rows give the same links, model, and cluster and confidence of every record."""
    order = np.random.default_rng(5).permutation(records.num_rows)
    again = resolve(records.take(pa.array(order)), SETTINGS)
    assert again.links.table().equals(found.links.table())
    assert again.model == found.model
    assert (again.clusters == found.clusters[order]).all()
    assert (again.membership == found.membership[order]).all()


@pytest.mark.parametrize("threads", [1, 2, 3, 8])
@pytest.mark.parametrize("budget", [1, 20])
def test_the_number_of_threads_changes_nothing(
    records: pa.Table, threads: int, budget: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Links, model, clusters and confidences are equal to the last bit, be all blocks used or the best of them."""
    settings = ResolutionSettings(pair_budget=budget)
    found = resolve(records, settings)
    monkeypatch.setenv(THREADS, str(threads))
    again = resolve(records, settings)
    assert again.links.table().equals(found.links.table())
    assert again.model == found.model
    assert again.clusters.tobytes() == found.clusters.tobytes()
    assert again.membership.tobytes() == found.membership.tobytes()


def test_contributions_add_up_to_the_weight(found: Resolution) -> None:
    """Every link can say why, to the fourth decimal, and its probability is its weight."""
    for row in found.links.table().slice(0, 200).to_pylist():
        assert sum(part["bits"] for part in row["contributions"]) == pytest.approx(row["weight_bits"], abs=1e-3)
        assert row["probability"] == pytest.approx(1 / (1 + 2 ** -row["weight_bits"]), abs=1e-6)
        assert row["left"] < row["right"]


def test_links_are_in_the_declared_schema_and_order(found: Resolution) -> None:
    """Links fit the lake, sorted by left and right, each once."""
    assert found.links.table().schema.equals(LINKS.schema)
    pairs = list(
        zip(
            found.links.table().column("left").to_pylist(), found.links.table().column("right").to_pylist(), strict=True
        )
    )
    assert pairs == sorted(set(pairs))


def test_links_hold_clusters_together(records: pa.Table, found: Resolution) -> None:
    """A link never leaves its cluster, and links join every cluster."""
    label = dict(zip(records.column("record_id").to_pylist(), found.clusters.tolist(), strict=True))
    pairs = list(
        zip(
            found.links.table().column("left").to_pylist(), found.links.table().column("right").to_pylist(), strict=True
        )
    )
    assert all(label[left] == label[right] for left, right in pairs)
    linked = {record for pair in pairs for record in pair}
    sizes = np.bincount(found.clusters)
    assert all(sizes[cluster] == 1 or record in linked for record, cluster in label.items())


def test_membership_is_a_probability(found: Resolution) -> None:
    """Confidence lies between 0 and 1; a record alone is sure of itself."""
    alone = np.bincount(found.clusters)[found.clusters] == 1
    assert ((found.membership >= 0) & (found.membership <= 1)).all()
    assert (found.membership[alone] == 1).all()


def test_a_saved_model_gives_the_same_answer(records: pa.Table, found: Resolution) -> None:
    """Applying the model that was learned changes nothing."""
    again = resolve(records, SETTINGS, model=MatchModel.from_json(found.model.to_json()))
    assert again.links.table().equals(found.links.table())
    assert (again.clusters == found.clusters).all()


def test_pairs_scored_alone_weigh_what_their_links_say(records: pa.Table, found: Resolution) -> None:
    """`score_pairs` and the links table agree."""
    place = {record: row for row, record in enumerate(records.column("record_id").to_pylist())}
    links = found.links.table().slice(0, 50)
    left, right = (np.array([place[one] for one in links.column(side).to_pylist()]) for side in ("left", "right"))
    scored = score_pairs(records, right, left, found.model)
    assert scored.bits.tolist() == links.column("weight_bits").to_pylist()


def test_the_report_counts_what_happened(records: pa.Table, found: Resolution) -> None:
    """Counts in the report agree with each other and with the results."""
    report = found.report
    assert report.records == records.num_rows == sum(size * count for size, count in report.cluster_sizes)
    assert report.pairs == sum(rule.pairs for rule in report.rules) == sum(count for _, count in report.histogram)
    assert report.links == found.links.num_rows
    assert report.clusters == len(np.unique(found.clusters))


def test_a_threshold_is_obeyed(records: pa.Table, found: Resolution) -> None:
    """No link is less probable than asked for, and the model keeps what was asked."""
    strict = resolve(records, ResolutionSettings(threshold=0.999), model=found.model)
    assert min(strict.links.table().column("probability").to_pylist()) >= 0.999
    assert strict.model.threshold == 0.999


@pytest.mark.parametrize("rows", [[], [{"given_name": "ann"}], [{}, {}], [{"given_name": "ann"}, {"given_name": "bo"}]])
def test_a_table_with_nothing_to_match_says_so(rows: list[dict[str, object]]) -> None:
    """Every record stays alone, with a note."""
    people = table(*rows) if rows else table({}).slice(0, 0)
    found = resolve(people, SETTINGS)
    assert found.clusters.tolist() == list(range(len(rows)))
    assert "stays alone" in found.report.notes[0]


def test_repeated_record_ids_are_refused() -> None:
    """Two records of one id cannot be told apart."""
    with pytest.raises(BadInputError, match="repeat"):
        resolve(table({"record_id": "s:1"}, {"record_id": "s:1"}), SETTINGS)


@pytest.mark.parametrize("settings", [ResolutionSettings(threshold=1.0), ResolutionSettings(pair_budget=0)])
def test_settings_out_of_range_are_refused(settings: ResolutionSettings) -> None:
    """The message names the setting's meaning."""
    with pytest.raises(BadInputError):
        resolve(table({}), settings)


def test_the_stages_are_printable() -> None:
    """The pipeline is a tuple of functions, each with a sentence."""
    assert [stage.__name__ for stage in STAGES] == [
        "encode_records",
        "block_records",
        "train_model",
        "spend_budget",
        "compare_pairs",
        "cluster_records",
        "spread_copies",
        "choose_links",
        "sum_up",
        "write_links",
    ]
    assert all(stage.__doc__ for stage in STAGES)
