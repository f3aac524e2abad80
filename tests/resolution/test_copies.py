"""Records that stand many times over are compared and counted once, and joined where that is evidence enough."""

from datetime import UTC, datetime

import numpy as np
import pyarrow as pa
import pytest

from core.errors import BadInputError
from resolution import Resolution, ResolutionSettings, resolve
from resolution.contract import Judgement
from resolution.crowds import LEAST
from resolution.encode.records import NEEDED, completed
from resolution.equals import stands_for
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


def test_ids_that_repeat_among_copies_are_refused() -> None:
    """Records that are equal in their ids too are no copies but a mistake, and none of them is dropped in silence."""
    people, _ = neighbours(60, 1)
    whole = pa.concat_tables([people, *[people.slice(7, 1)] * COPIES])
    with pytest.raises(BadInputError, match="repeat"):
        resolve(whole, SETTINGS)


def test_of_copies_the_one_of_the_lowest_id_stands_for_the_others() -> None:
    """Whichever row comes first, and whether its columns have dictionaries; unlike rows stand for themselves."""
    people, _ = neighbours(60, 1)
    whole = completed(with_copies(people, 7, LEAST))
    ids = whole.column("record_id").to_pylist()
    for order in (np.arange(len(ids)), np.random.default_rng(2).permutation(len(ids))):
        table = whole.take(pa.array(order))
        named = table.column("family_name").combine_chunks().dictionary_encode()
        table = table.set_column(table.column_names.index("family_name"), "family_name", named)
        stands = stands_for(table, np.zeros(len(ids), np.bool_))
        found = {ids[order[row]]: ids[order[stood]] for row, stood in enumerate(stands)}
        equal = {ids[7], *ids[-LEAST:]}
        assert {found[name] for name in equal} == {min(equal)}
        assert all(found[name] == name for name in found.keys() - equal)


def test_empty_and_unknown_values_are_equal() -> None:
    """A copy that leaves a column empty is equal to one that does not say it."""
    people, _ = neighbours(60, 1)
    whole = completed(with_copies(people, 7, LEAST)).to_pylist()
    for place, row in enumerate(whole[-LEAST:]):
        row["middle_name"] = "" if place % 2 else None
    whole[7]["middle_name"] = None
    stands = stands_for(pa.Table.from_pylist(whole, schema=NEEDED), np.zeros(len(whole), np.bool_))
    assert len(set(stands[-LEAST:].tolist())) == 1


def test_rows_without_names_are_told_apart_by_what_they_have() -> None:
    """Where all names are unknown, later columns part what is not equal."""
    rows = [{"record_id": f"t:{number}", "emails": [f"a{number // LEAST}@x.org"]} for number in range(3 * LEAST)]
    stands = stands_for(completed(table(*rows)), np.zeros(3 * LEAST, np.bool_))
    assert len(set(stands.tolist())) == 3
