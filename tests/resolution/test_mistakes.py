"""Wrong pairs are counted and drawn as if listed one by one, and told by group; changes are sorted right."""

from itertools import combinations

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import BadInputError
from resolution.evaluation import compare_runs
from resolution.evaluation.breakdown import group_figures
from resolution.evaluation.groups import OTHER, codes_of, record_groups
from resolution.evaluation.mistakes import evenly, merged_strangers, pairs_together, split_people

rows = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=14)
Pair = tuple[int, int]


def listed(found: np.ndarray) -> list[Pair]:
    """Pairs as tuples."""
    return [(int(left), int(right)) for left, right in found]


@settings(max_examples=80)
@given(rows=rows)
def test_wrong_pairs_are_those_of_a_loop(rows: list[Pair]) -> None:
    """Strangers merged and people split are exactly the pairs one finds one by one, for each record too."""
    cluster, person = np.array(rows, np.int64).T
    pairs = list(combinations(range(len(rows)), 2))
    merged = [pair for pair in pairs if cluster[pair[0]] == cluster[pair[1]] and person[pair[0]] != person[pair[1]]]
    split = [pair for pair in pairs if cluster[pair[0]] != cluster[pair[1]] and person[pair[0]] == person[pair[1]]]
    for found, expected in ((merged_strangers(cluster, person), merged), (split_people(cluster, person), split)):
        assert found.pairs == len(expected)
        assert listed(evenly(found, 1000)) == expected
        assert found.of_records().tolist() == [sum(row in pair for pair in expected) for row in range(len(rows))]


@given(rows=rows, most=st.integers(1, 6))
def test_a_draw_holds_wrong_pairs_only_and_no_more_than_asked(rows: list[Pair], most: int) -> None:
    """A draw is a part of all pairs, as large as asked for where there are so many."""
    found = pairs_together(np.array(rows, np.int64)[:, 0])
    every, some = listed(evenly(found, 1000)), listed(evenly(found, most))
    assert set(some) <= set(every)
    assert len(some) == min(most, len(every))


def test_groups_have_their_own_precision_and_recall() -> None:
    """Two women are one cluster but two people; one man lies in two clusters."""
    cluster, person = np.array([0, 0, 1, 2]), np.array([0, 1, 2, 2])
    women, men = group_figures(cluster, person, {"sex": pa.array(["f", "f", "m", "m"])})
    assert (women.b3_precision, women.b3_recall, women.merged, women.split) == (0.5, 1, 2, 0)
    assert (men.b3_precision, men.b3_recall, men.merged, men.split) == (1, 0.5, 0, 2)


def test_records_are_grouped_by_what_they_say() -> None:
    """Sex, decade and script are read off the record; what it does not say is unknown."""
    records = pa.table(
        {
            "source": ["crm"] * 4,
            "given_name": ["ada", "zoë", "иван", None],
            "sex": ["female", None, "male", None],
            "birth_date": ["1984-03-12", "1979", None, "199"],
        }
    )
    found = {by: values.to_pylist() for by, values in record_groups(records).items()}
    assert found["script"] == ["Latin", "Latin with marks", "Cyrillic", "unknown"]
    assert found["born"] == ["1980s", "1970s", "unknown", "unknown"]
    assert found["sex"] == ["female", "unknown", "male", "unknown"]


def test_rare_groups_are_taken_together() -> None:
    """Twenty groups become fifteen and the others."""
    codes, names = codes_of(pa.array([f"g{place:02}" for place in range(20) for _ in range(20 - place)]))
    assert names == (*(f"g{place:02}" for place in range(15)), OTHER)
    assert np.bincount(codes)[-1] == 5 + 4 + 3 + 2 + 1


def run(*entities: str) -> pa.Table:
    """A run: the entity of records 0, 1 and so on."""
    count = len(entities)
    return pa.table({"source": ["s"] * count, "record_id": list(map(str, range(count))), "entity_id": list(entities)})


def test_changes_between_runs_are_sorted() -> None:
    """Two merge, a and b, c falls apart, one record moves from d to e, f only changes its name."""
    before = run("a", "b", "b", "c", "c", "d", "d", "e", "f")
    after = run("n", "n", "n", "o", "p", "q", "r", "r", "s")
    found = compare_runs(after, before)
    assert [(each.before, each.after, each.records) for each in found.merged.samples] == [(("a", "b"), ("n",), 3)]
    assert [(each.before, each.after, each.records) for each in found.split.samples] == [(("c",), ("o", "p"), 2)]
    assert [each.before for each in found.moved.samples] == [("d", "e"), ("d",)]
    assert (found.same, found.records, found.added, found.gone) == (1, 9, 0, 0)


@settings(max_examples=40)
@given(rows=rows)
def test_every_entity_is_in_one_kind_of_change(rows: list[Pair]) -> None:
    """Same, merged and moved entities, and the parts of split ones, are all there are."""
    found = compare_runs(run(*(f"n{new}" for new, _ in rows)), run(*(f"o{old}" for _, old in rows)))
    parts = {part for each in found.split.samples for part in each.after}
    assert found.same + found.merged.entities + found.moved.entities + len(parts) == len({new for new, _ in rows})


def test_runs_over_other_records_are_refused() -> None:
    """Nothing in common is an error."""
    with pytest.raises(BadInputError, match="no record in common"):
        compare_runs(run("a"), run("a").set_column(0, "source", pa.array(["t"])))
