"""Precision, recall and F1 are those one can work out by hand, and records without a label never count."""

from collections import Counter
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import BadInputError, MissingError
from resolution.evaluation import TruthOptions, agreement, evaluate, read_truth

labelled = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=14)


def clusters(*rows: tuple[str, str, str]) -> pa.Table:
    """A clusters table of (source, record, entity)."""
    return pa.Table.from_pylist([dict(zip(("source", "record_id", "entity_id"), row, strict=True)) for row in rows])


def test_the_figures_are_those_worked_out_by_hand() -> None:
    """Clusters {a b c} {d e} against people {a b} {c d e}: 2 of 4 pairs are right, 2 of 4 are found."""
    found = agreement(np.array([0, 0, 0, 1, 1]), np.array([0, 0, 1, 1, 1]))
    assert (found.pairs_right, found.pairs_predicted, found.pairs_true) == (2, 4, 4)
    assert (found.precision, found.recall, found.f1) == (0.5, 0.5, 0.5)
    assert found.b3_precision == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1 + 1) / 5)
    assert found.b3_recall == pytest.approx((1 + 1 + 1 / 3 + 2 / 3 + 2 / 3) / 5)
    assert (found.exact, found.mixed, found.scattered) == (0, 1, 1)


@settings(max_examples=60)
@given(rows=labelled)
def test_pairs_are_counted_as_if_one_by_one(rows: list[tuple[int, int]]) -> None:
    """The counts from group sizes are the counts of a loop over all pairs."""
    pairs = [(one[0] == other[0], one[1] == other[1]) for one, other in combinations(rows, 2)]
    found = agreement(*np.array(rows, dtype=np.int64).T)
    assert found.pairs_predicted == sum(together for together, _ in pairs)
    assert found.pairs_true == sum(same for _, same in pairs)
    assert found.pairs_right == sum(together and same for together, same in pairs)


@settings(max_examples=60)
@given(rows=labelled)
def test_b_cubed_is_the_mean_over_records(rows: list[tuple[int, int]]) -> None:
    """Each record's share of its cluster that is its person, averaged."""
    cell, cluster = Counter(rows), Counter(row[0] for row in rows)
    by_hand = sum(cell[row] / cluster[row[0]] for row in rows) / len(rows)
    assert agreement(*np.array(rows, dtype=np.int64).T).b3_precision == pytest.approx(by_hand)


@given(rows=labelled)
def test_truth_and_clusters_trade_precision_for_recall(rows: list[tuple[int, int]]) -> None:
    """Measured the other way round, precision and recall change places."""
    cluster, person = np.array(rows, dtype=np.int64).T
    one, other = agreement(cluster, person), agreement(person, cluster)
    assert (one.precision, one.b3_precision) == pytest.approx((other.recall, other.b3_recall))


def test_truth_against_itself_is_perfect() -> None:
    """Clusters that are the people have every figure at 1, singletons too."""
    found = agreement(np.array([0, 0, 1]), np.array([5, 5, 3]))
    assert (found.f1, found.b3_f1, found.exact) == (1, 1, 2)


def test_whole_clusters_and_information_are_those_worked_out_by_hand() -> None:
    """Clusters {a b} {c} {d} against people {a b} {c d}: one of three is a person, one of two people is a cluster."""
    found = agreement(np.array([0, 0, 1, 2]), np.array([0, 0, 1, 1]))
    assert (found.cluster_precision, found.cluster_recall, found.cluster_f1) == pytest.approx((1 / 3, 1 / 2, 2 / 5))
    assert (found.merging_bits, found.splitting_bits, found.information_bits) == pytest.approx((0, 0.5, 0.5))


@settings(max_examples=60)
@given(rows=labelled)
def test_variation_of_information_is_twice_the_joint_entropy_less_both(rows: list[tuple[int, int]]) -> None:
    """VI(C, K) = 2 H(C, K) - H(C) - H(K)."""

    def entropy(values: Sequence[object]) -> float:
        shares = np.array(list(Counter(values).values())) / len(values)
        return float(-(shares * np.log2(shares)).sum())

    by_hand = 2 * entropy(rows) - entropy([row[0] for row in rows]) - entropy([row[1] for row in rows])
    assert agreement(*np.array(rows, dtype=np.int64).T).information_bits == pytest.approx(by_hand, abs=1e-9)


def test_unlabelled_records_are_left_out_and_absent_ones_are_singletons() -> None:
    """A record without a label counts nowhere; a labelled one that is missing misses its pairs."""
    table = clusters(("s", "1", "e1"), ("s", "2", "e1"), ("s", "3", "e1"))
    truth = pa.table({"record_id": ["1", "2", "3", "4"], "label": ["p", "p", " ", "p"]})
    found = evaluate(table, truth)
    assert (found.labelled, found.unlabelled, found.absent) == (2, 1, 1)
    assert (found.agreement.precision, found.agreement.recall) == pytest.approx((1, 1 / 3))


def test_records_are_joined_by_source_where_their_ids_repeat() -> None:
    """Two sources may both have a record 1."""
    table = clusters(("a", "1", "e1"), ("b", "1", "e2"), ("a", "2", "e1"))
    truth = pa.table({"source": ["a", "b", "a"], "record_id": ["1", "1", "2"], "label": ["p", "q", "p"]})
    found = evaluate(table, truth)
    assert found.joined_on == ("source", "record_id")
    assert (found.agreement.f1, found.agreement.exact) == (1, 2)
    with pytest.raises(BadInputError, match="does not say whose"):
        evaluate(table, truth.drop_columns(["source"]))


def test_a_unique_record_id_needs_no_source() -> None:
    """Where ids are unique, another name for the source is no obstacle, and numbers join as text."""
    truth = pa.table({"source": ["elsewhere"], "record_id": [7], "label": [1]})
    assert evaluate(clusters(("s", "7", "e")), truth).joined_on == ("record_id",)


def test_truth_may_name_records_whole() -> None:
    """Ids as `source:key`, as `c360` writes them elsewhere, are understood; a record that is not there is absent."""
    table = clusters(("a", "1", "e1"), ("b", "1", "e2"), ("a", "2", "e1"))
    found = evaluate(table, pa.table({"record_id": ["a:1", "b:1", "a:2", "b:9"], "label": ["p", "q", "p", "q"]}))
    assert (found.labelled, found.absent, found.joined_on) == (3, 1, ("source", "record_id"))
    assert found.agreement.precision == 1


def test_truth_that_contradicts_itself_is_refused() -> None:
    """One record cannot be two people."""
    with pytest.raises(BadInputError, match="two labels"):
        evaluate(clusters(("s", "1", "e")), pa.table({"record_id": ["1", "1"], "label": ["p", "q"]}))


def test_truth_of_other_records_is_refused() -> None:
    """When nothing joins, the remedy names the options."""
    with pytest.raises(BadInputError, match="--id"):
        evaluate(clusters(("s", "1", "e")), pa.table({"record_id": ["x"], "label": ["p"]}))


def test_truth_files_are_read_as_text(tmp_path: Path) -> None:
    """Leading zeros stay, headers may hold spaces, each file uses the first id column it has."""
    (tmp_path / "one.csv").write_text("key, who\n007,rec-12-a\n008,none\n")
    (tmp_path / "two.csv").write_text("other,who\n009,rec-12-b\n")
    options = TruthOptions(label="who", id_columns=("key", "other"), label_pattern=r"rec-(\d+)-")
    truth = read_truth([tmp_path / "one.csv", tmp_path / "two.csv"], options)
    assert truth.to_pylist() == [
        {"source": "one", "record_id": "007", "label": "12"},
        {"source": "one", "record_id": "008", "label": None},
        {"source": "two", "record_id": "009", "label": "12"},
    ]


def test_lines_may_end_in_either_way(tmp_path: Path) -> None:
    """A header that one program wrote and rows of another are one table."""
    (tmp_path / "t.csv").write_bytes(b"key,who\n1,p\r\n2,q\r\n")
    truth = read_truth([tmp_path / "t.csv"], TruthOptions(label="who", id_columns=("key",)))
    assert truth.column("label").to_pylist() == ["p", "q"]


@pytest.mark.parametrize(("name", "sign"), [("t.csv", ","), ("t.tsv", "\t")])
def test_truth_may_have_line_breaks_in_quotes_and_rows_that_end_early(tmp_path: Path, name: str, sign: str) -> None:
    """Both in one file, in any number of rows, and each row keeps its label."""
    rows = [f'{n},p{n % 7},"line\nand line {n}"\n' if n % 3 else f"{n},p{n % 7}\n" for n in range(9000)]
    (tmp_path / name).write_text("".join(["key,who,note\n", *rows]).replace(",", sign))
    truth = read_truth([tmp_path / name], TruthOptions(label="who", id_columns=("key",)))
    assert truth.column("record_id").to_pylist() == [str(n) for n in range(9000)]
    assert truth.column("label").to_pylist() == [f"p{n % 7}" for n in range(9000)]


def test_a_line_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    """A line with too many cells is told by its number."""
    (tmp_path / "t.csv").write_text("key,who\n" + "1,p\n" * 3000 + "2,q,r,s,t\n" + "3,p\n" * 3000)
    with pytest.raises(BadInputError, match=r"t\.csv, line 3002,"):
        read_truth([tmp_path / "t.csv"], TruthOptions(label="who", id_columns=("key",)))


def test_without_an_id_column_rows_are_numbered_from_0(tmp_path: Path) -> None:
    """Truth without ids joins on the row number, as resolving does."""
    (tmp_path / "t.csv").write_text("who\np\nq\n")
    assert read_truth([tmp_path / "t.csv"], TruthOptions(label="who")).column("record_id").to_pylist() == ["0", "1"]


@pytest.mark.parametrize(
    ("name", "options", "says"),
    [
        ("t.csv", TruthOptions(label="nobody"), "no column 'nobody'"),
        ("t.csv", TruthOptions(label="who", source_column="src"), "has the column 'src'"),
        ("t.csv", TruthOptions(label="who", label_pattern="("), "no regular expression"),
        ("t.csv", TruthOptions(label="who", label_pattern="rec"), "has no group"),
        ("t.txt", TruthOptions(label="who"), "no kind we read"),
    ],
)
def test_wrong_options_say_what_is_wrong(tmp_path: Path, name: str, options: TruthOptions, says: str) -> None:
    """Every unusable option is named."""
    (tmp_path / name).write_text("who\np\n")
    with pytest.raises(BadInputError, match=says):
        read_truth([tmp_path / name], options)


def test_a_missing_truth_file_is_named(tmp_path: Path) -> None:
    """A path that leads nowhere is missing, not bad."""
    with pytest.raises(MissingError, match="nowhere"):
        read_truth([tmp_path / "nowhere.csv"], TruthOptions(label="who"))
