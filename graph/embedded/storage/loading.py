"""Bulk upserts and deletes as arithmetic on columns: frames and batches in, changed frames and counts out.

Nothing here touches the file. A frame whose content would not change is not made anew, so loading twice writes nothing.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.types as pat

from core.errors import BadInputError, ConflictError
from graph.contract import Batch, EdgeBatch, VertexBatch
from graph.embedded.storage.columns import Column, kept_array
from graph.embedded.storage.frames import EDGE, VERTEX, Base, Frame, FrameKey

Rows = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
NEW: Final = -1


class LazyColumns(Mapping[str, pa.Array]):
    """Columns by name, some of them not read yet."""

    def __init__(self, parts: Mapping[str, Column | pa.Array]) -> None:
        self._parts = parts

    def __getitem__(self, name: str) -> pa.Array:
        """The array of a column."""
        part = self._parts[name]
        return part.array if isinstance(part, Column) else part

    def __iter__(self) -> Iterator[str]:
        """The names."""
        return iter(self._parts)

    def __len__(self) -> int:
        """How many."""
        return len(self._parts)

    def replaced(self, name: str, array: pa.Array) -> "LazyColumns":
        """The same with one column in place of another."""
        return LazyColumns({**self._parts, name: array})


def _stored(frame: Frame) -> dict[str, Column]:
    return {"id": frame.ids, **{f"p:{name}": column for name, column in frame.columns.items()}}


@dataclass(frozen=True, kw_only=True)
class Content:
    """All columns of one frame: `id`, for edges `out` and `in`, and properties as `p:name`."""

    key: FrameKey
    columns: LazyColumns
    changed: frozenset[str] = frozenset()

    @property
    def size(self) -> int:
        """How many elements."""
        return len(self.columns["id"])


@dataclass(kw_only=True)
class Draft:
    """The frames as they become; starts with those there are."""

    contents: dict[FrameKey, Content]
    written: dict[str, int] = field(default_factory=lambda: {VERTEX: 0, EDGE: 0})
    deleted: dict[str, int] = field(default_factory=lambda: {VERTEX: 0, EDGE: 0})

    @classmethod
    def of(cls, base: Base) -> "Draft":
        """Begin with these frames; a column is read when it is needed."""
        contents = [Content(key=frame.key, columns=LazyColumns(_stored(frame))) for frame in base.vertex_frames]
        for frame in base.edge_frames:
            ends = {"out": frame.links.out, "in": frame.links.in_}
            contents.append(Content(key=frame.key, columns=LazyColumns({**_stored(frame), **ends})))
        return cls(contents={content.key: content for content in contents})

    def edges_at(self, label: str) -> list[tuple[Content, str]]:
        """Edge frames that end at vertices of a label, with the column of that end."""
        edges = [item for key, item in self.contents.items() if key.kind == EDGE]
        return [(item, "out") for item in edges if item.key.out_label == label] + [
            (item, "in") for item in edges if item.key.in_label == label
        ]


def upsert(draft: Draft, batch: Batch) -> None:
    """Put a batch into the draft; vertices before the edges that need them.

    Raises:
        BadInputError: a column is missing or unusable, an id is null or repeated, or an edge's end is unknown.
        ConflictError: a vertex exists under another label, or a property is of another type.
    """
    if isinstance(batch, VertexBatch):
        key = FrameKey(VERTEX, batch.label)
        _refuse_other_labels(draft, key, _batch_columns(batch.table, ("id",), batch.label)["id"])
        _merge(draft, key, _batch_columns(batch.table, ("id",), batch.label))
    else:
        key = FrameKey(EDGE, batch.label, batch.out_label, batch.in_label)
        columns = _batch_columns(batch.table, ("id", "out", "in_"), batch.label)
        columns["out"] = _end_rows(draft, columns.pop("out"), batch.out_label, batch)
        columns["in"] = _end_rows(draft, columns.pop("in_"), batch.in_label, batch)
        _merge(draft, key, columns)


def _batch_columns(table: pa.Table, fixed: Sequence[str], label: str) -> dict[str, pa.Array]:
    for name in fixed:
        if name not in table.column_names:
            raise BadInputError(f"A batch of {label} has no column {name}.", remedy="Add it.", label=label, column=name)
    columns = {
        (name if name in fixed else f"p:{name}"): kept_array(table.column(name), name) for name in table.column_names
    }
    for name in fixed:
        if columns[name].null_count or not pat.is_string(columns[name].type):
            raise BadInputError(
                f"{label}: column {name} must be text without nulls.", remedy="Mend it.", label=label, column=name
            )
    if pc.count_distinct(columns["id"]).as_py() != len(columns["id"]):
        raise BadInputError(
            f"{label}: an id occurs twice in one batch.", remedy="Give every element once.", label=label
        )
    return columns


def _refuse_other_labels(draft: Draft, key: FrameKey, ids: pa.Array) -> None:
    if len(ids) == 0:
        return
    limits = pc.min_max(ids).as_py()
    for other in draft.contents.values():
        if other.key.kind != VERTEX or other.key == key or not other.size:
            continue
        known = other.columns["id"]
        apart = known[0].as_py() > limits["max"] or limits["min"] > known[-1].as_py()
        if not apart and pc.any(pc.is_in(ids, value_set=known)).as_py():
            raise ConflictError(
                f"A vertex of {key.label} has an id that a {other.key.label} has.", remedy="Give ids a prefix by label."
            )


def _end_rows(draft: Draft, ids: pa.Array, label: str, batch: EdgeBatch) -> pa.Array:
    content = draft.contents.get(FrameKey(VERTEX, label))
    rows = pa.nulls(len(ids), pa.int32()) if content is None else pc.index_in(ids, value_set=content.columns["id"])
    if rows.null_count:
        raise BadInputError(
            f"{rows.null_count} edges of {batch.label} end at a {label} that is not in the graph.",
            remedy="Load the vertices first.",
            label=batch.label,
        )
    return pa.array(rows.to_numpy(), pa.int32())


def _merge(draft: Draft, key: FrameKey, given: dict[str, pa.Array]) -> None:
    current = draft.contents.get(key)
    if current is None:
        if len(given["id"]):
            order = _id_order(given["id"])
            columns = {
                name: column.take(order) for name, column in given.items() if name in ENDS or not _all_null(column)
            }
            draft.contents[key] = Content(key=key, columns=LazyColumns(columns), changed=frozenset(columns))
            draft.written[key.kind] += len(order)
        return
    given = _of_present_types(current, given)
    place = _places(given["id"], current.columns["id"])
    known: Mask = place != NEW
    changed = _changed_rows(current, given, place, known)
    count = int(changed.sum()) + int((~known).sum())
    if count:
        draft.written[key.kind] += count
        _rewrite(draft, current, given, place)


ENDS: Final = ("id", "out", "in")


def _id_order(ids: pa.Array) -> pa.Array:
    order: pa.Array = pc.sort_indices(ids)
    return order


def _all_null(column: pa.Array) -> bool:
    return bool(column.null_count == len(column))


def _of_present_types(current: Content, given: dict[str, pa.Array]) -> dict[str, pa.Array]:
    """Cast each given column to the type its property already has."""
    cast: dict[str, pa.Array] = {}
    for name, column in given.items():
        present = current.columns.get(name)
        if present is None or present.type == column.type:
            cast[name] = column
            continue
        if not _all_null(column) and (pat.is_string(present.type) or pat.is_string(column.type)):
            raise ConflictError(
                f"{current.key.label}.{name.removeprefix('p:')} holds {present.type}, not {column.type}.",
                remedy="Keep one type a property.",
            )
        cast[name] = pa.nulls(len(column), present.type) if _all_null(column) else column.cast(present.type)
    return cast


def _places(ids: pa.Array, known: pa.Array) -> Rows:
    """For each id its row among the known ones, or NEW."""
    found: Rows = pc.fill_null(pc.index_in(ids, value_set=known), NEW).to_numpy().astype(np.int64)
    return found


def _changed_rows(current: Content, given: Mapping[str, pa.Array], place: Rows, known: Mask) -> Mask:
    """Shape (rows given,): known rows in which any column differs."""
    differs = np.zeros(len(place), np.bool_)
    rows = pa.array(place[known])
    where = np.flatnonzero(known)
    if not len(where):
        return differs
    for name in sorted({*current.columns, *given} - {"id"}):
        before = current.columns[name].take(rows) if name in current.columns else None
        after = given[name].take(pa.array(where)) if name in given else None
        differs[where] |= _unequal(before, after)
    return differs


def _unequal(before: pa.Array | None, after: pa.Array | None) -> Mask:
    if before is None or after is None:
        present: Mask = pc.is_valid(after if before is None else before).to_numpy(zero_copy_only=False)
        return present
    unequal: Mask = pc.fill_null(pc.not_equal(before, after), False).to_numpy(zero_copy_only=False)
    one_null: Mask = pc.xor(pc.is_null(before), pc.is_null(after)).to_numpy(zero_copy_only=False)
    return unequal | one_null


def _rewrite(draft: Draft, current: Content, given: Mapping[str, pa.Array], place: Rows) -> None:
    """Make the frame anew: present rows, given rows over them, sorted by id."""
    size = current.size
    new = np.flatnonzero(place == NEW)
    source = np.concatenate([np.arange(size), size + new])
    order: Rows = np.arange(len(source))
    known = np.flatnonzero(place != NEW)
    source[place[known]] = size + known
    if len(new):
        ids = pa.concat_arrays([current.columns["id"], given["id"].take(pa.array(new))])
        order = _id_order(ids).to_numpy()
        source = source[order]
    columns: dict[str, pa.Array] = {}
    for name in sorted({*current.columns, *given}):
        parts = [current.columns.get(name), given.get(name)]
        kind = next(part.type for part in parts if part is not None)
        lengths = (size, len(place))
        full = [pa.nulls(length, kind) if part is None else part for part, length in zip(parts, lengths, strict=True)]
        taken = pa.concat_arrays(full).take(pa.array(source))
        if name in ENDS or not _all_null(taken):
            columns[name] = kept_array(taken, name)
    _replace(draft, current, columns)
    if len(new) and current.key.kind == VERTEX:
        moved = np.empty(size, np.int64)
        moved[order[order < size]] = np.flatnonzero(order < size)
        _move_ends(draft, current.key.label, moved)


def _replace(draft: Draft, current: Content, columns: Mapping[str, pa.Array]) -> None:
    changed = {
        name
        for name, column in columns.items()
        if name not in current.columns or not column.equals(current.columns[name])
    }
    gone = {name for name in current.columns if name not in columns}
    lazy = LazyColumns(columns)
    draft.contents[current.key] = Content(key=current.key, columns=lazy, changed=current.changed | changed | gone)


def _move_ends(draft: Draft, label: str, moved: Rows) -> None:
    """Vertex rows have moved: let edges point to where they are now."""
    if np.array_equal(moved, np.arange(len(moved))):
        return
    for content, end in draft.edges_at(label):
        present = draft.contents[content.key]
        rows = pa.array(moved[present.columns[end].to_numpy()], pa.int32())
        draft.contents[content.key] = Content(
            key=content.key, columns=present.columns.replaced(end, rows), changed=present.changed | {end}
        )


def delete(draft: Draft, kind: str, ids: pa.Array) -> None:
    """Delete elements by id; with a vertex go its edges. Unknown ids are passed over."""
    if len(ids) == 0:
        return
    wanted = kept_array(ids, "id")
    for key in sorted(key for key in draft.contents if key.kind == kind):
        content = draft.contents[key]
        kept: Mask = ~pc.is_in(content.columns["id"], value_set=wanted).to_numpy(zero_copy_only=False)
        _keep(draft, content, kept)


def _keep(draft: Draft, content: Content, kept: Mask) -> None:
    gone = int((~kept).sum())
    if not gone:
        return
    draft.deleted[content.key.kind] += gone
    if content.key.kind == VERTEX:
        for edges, end in draft.edges_at(content.key.label):
            present = draft.contents[edges.key]
            _keep(draft, present, kept[present.columns[end].to_numpy()])
    rows = pa.array(np.flatnonzero(kept))
    columns = {name: kept_array(column.take(rows), name) for name, column in content.columns.items()}
    _replace(
        draft, content, {name: column for name, column in columns.items() if name in ENDS or not _all_null(column)}
    )
    if content.key.kind == VERTEX:
        _move_ends(draft, content.key.label, np.cumsum(kept) - 1)
