"""What changed between two clusterings of the same records: people merged, split, or put together anew.

Clusters are told apart by their records, never by their ids, which are named after a record.
"""

from dataclasses import dataclass, replace
from typing import Any, Final

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from core.errors import BadInputError
from resolution.evaluation.agreement import Agreement, Ints, agreement

Flags = npt.NDArray[np.bool_]

SAMPLES: Final = 10
SHARED: Final = """
    SELECT n.entity_id AS new_id, o.entity_id AS old_id, dense_rank() OVER (ORDER BY n.entity_id) - 1 AS new,
        dense_rank() OVER (ORDER BY o.entity_id) - 1 AS old
    FROM new AS n JOIN old AS o USING (source, record_id)
    ORDER BY n.source, n.record_id"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """One change: the entities before and after.

    Attributes:
        before: entity ids of the earlier run, sorted.
        after: entity ids of the later run, sorted.
        records: records they hold together.
    """

    before: tuple[str, ...]
    after: tuple[str, ...]
    records: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Changes of one kind.

    Attributes:
        entities: how many entities of the later run came about so (for splits: entities of the earlier run).
        records: records they hold.
        samples: the largest first; ties by id.
    """

    entities: int
    records: int
    samples: tuple[Changed, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RunDiff:
    """A later run against an earlier one, over the records that both have.

    Attributes:
        records: records in both.
        added: records only the later run has.
        gone: records only the earlier run has.
        same: entities with exactly the same records in both.
        merged: entities made of two or more whole earlier ones.
        split: earlier entities that fell apart into two or more whole later ones.
        moved: entities made of parts of earlier ones.
        agreement: the later run measured as if the earlier one were true.
    """

    records: int
    added: int
    gone: int
    same: int
    merged: Change
    split: Change
    moved: Change
    agreement: Agreement


def compare_runs(later: pa.Table, earlier: pa.Table) -> RunDiff:
    """Say what changed from an earlier run to a later one.

    Args:
        later: columns source, record_id and entity_id, one row a record.
        earlier: the same of the other run.

    Raises:
        BadInputError: the runs have no record in common.
    """
    with duckdb.connect() as database:
        for name, table in (("new", later), ("old", earlier)):
            database.register(f"given_{name}", table.select(["source", "record_id", "entity_id"]))
            database.execute(f"CREATE TEMP TABLE {name} AS SELECT COLUMNS(*)::VARCHAR FROM given_{name}")
        found = database.sql(SHARED).fetchnumpy()
    new, old = (np.asarray(found[name], np.int64) for name in ("new", "old"))
    if not len(new):
        raise BadInputError("The two runs have no record in common.", remedy="Name a run over the same records.")
    cells = share_out(new, old)
    later_names, earlier_names = _names(found["new_id"], new), _names(found["old_id"], old)
    seen = Side(of=cells.new, other=cells.old, names=later_names, other_names=earlier_names)
    back = Side(of=cells.old, other=cells.new, names=earlier_names, other_names=later_names)
    return RunDiff(
        records=len(new),
        added=later.num_rows - len(new),
        gone=earlier.num_rows - len(new),
        same=int(cells.same.sum()),
        merged=_change(seen, cells.shared, cells.merged),
        split=_turned(_change(back, cells.shared, cells.split)),
        moved=_change(seen, cells.shared, cells.moved),
        agreement=agreement(new, old),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Cells:
    """Two partitions of the same records, and what became of each cluster.

    Attributes:
        new: shape (cells,). Later cluster of each cell, ascending; a cell is what two clusters share.
        old: shape (cells,). Earlier cluster of each cell.
        shared: shape (cells,). Records in it.
        same: shape (later clusters,). Unchanged.
        merged: shape (later clusters,). Made of two or more whole earlier ones.
        moved: shape (later clusters,). Made of parts.
        split: shape (earlier clusters,). Fell apart into two or more whole later ones.
    """

    new: Ints
    old: Ints
    shared: Ints
    same: Flags
    merged: Flags
    moved: Flags
    split: Flags


def share_out(new: Ints, old: Ints) -> Cells:
    """Say what became of each cluster.

    Args:
        new: shape (records,). Later cluster of each record, from 0 without gaps.
        old: shape (records,). Earlier cluster of each, from 0 without gaps.
    """
    width = int(old.max(initial=0)) + 1
    cells, shared = np.unique(new * width + old, return_counts=True)
    of_new, of_old = cells // width, cells % width
    old_inside, new_inside = shared == np.bincount(old)[of_old], shared == np.bincount(new)[of_new]
    olds, news = np.bincount(of_new), np.bincount(of_old)
    whole = np.bincount(of_new, old_inside) == olds
    split = (np.bincount(of_old, new_inside) == news) & (news > 1)
    part_of_split = np.bincount(of_new, split[of_old]) > 0
    return Cells(
        new=of_new,
        old=of_old,
        shared=shared,
        same=whole & (olds == 1),
        merged=whole & (olds > 1),
        moved=~(whole | part_of_split),
        split=split,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """The cells as seen from one run's clusters: their numbers and names, and those of the other run."""

    of: Ints
    other: Ints
    names: list[str]
    other_names: list[str]


def _change(seen: Side, shared: Ints, chosen: Flags) -> Change:
    """Count the chosen clusters and name the largest."""
    records = np.bincount(seen.of, shared).astype(np.int64)
    places = sorted(np.flatnonzero(chosen).tolist(), key=lambda place: (-records[place], seen.names[place]))
    return Change(
        entities=len(places),
        records=int(records[chosen].sum()),
        samples=tuple(
            Changed(
                before=tuple(sorted(seen.other_names[int(other)] for other in seen.other[seen.of == place])),
                after=(seen.names[place],),
                records=int(records[place]),
            )
            for place in places[:SAMPLES]
        ),
    )


def _turned(change: Change) -> Change:
    """A change seen from the earlier run, told in the order of time."""
    samples = tuple(Changed(before=each.after, after=each.before, records=each.records) for each in change.samples)
    return replace(change, samples=samples)


def _names(ids: Any, codes: Ints) -> list[str]:
    """The name of each cluster by its number."""
    _, first = np.unique(codes, return_index=True)
    return [str(each) for each in np.asarray(ids)[first]]
