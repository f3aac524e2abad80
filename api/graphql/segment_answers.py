"""Answers about segments: the list, a preview, a new one, and an export."""

import secrets
from collections.abc import Sequence
from typing import Final

import msgspec
import strawberry

from api.graphql.context import Request
from api.graphql.contract import Query
from api.graphql.knowing import may_know
from api.graphql.lake_reads import fetch
from api.graphql.saved_segments import (
    Known,
    field_of,
    known_segment,
    known_segments,
    read_definition,
    store_segment,
)
from api.graphql.types.segment import Export, ExportFile, Segment, SegmentPreview
from api.policy import FIELDS, allowed
from api.run.exports import COLUMNS, PERSON, ExportOptions, export_people
from core.errors import BadInputError
from insight.contract import Sql
from insight.segments import Saved, dump, preview, sentence, to_sql

LONGEST_NAME: Final = 80


def all_segments(request: Request) -> list[Segment]:
    """Every segment the caller may know of, by name."""
    return [_segment(request, known) for known in known_segments(request).values()]


def preview_segment(request: Request, tree: object) -> SegmentPreview:
    """How large a definition's segment is."""
    _, whole = read_definition(request, tree)
    found = preview(request.connection(), whole, request.snapshot().at, examples=0)
    return SegmentPreview(
        says=sentence(whole), size=found.size, people=found.people, share=found.share, snapshot=request.snapshot().id
    )


def create_segment(request: Request, name: str, tree: object, *, replace: bool) -> Segment:
    """Save a definition under a name.

    Raises:
        BadInputError: the name is empty, too long, or holds what cannot be printed.
    """
    if not name.strip() or len(name) > LONGEST_NAME or not name.isprintable():
        raise BadInputError("That is no name for a segment.", remedy=f"Use 1 to {LONGEST_NAME} printable characters.")
    given, whole = read_definition(request, tree)
    request.snapshot()
    saved = store_segment(request, name.strip(), given, replace=replace)
    return _segment(request, Known(saved=saved, whole=whole, at=request.engine.clock()))


def export_segment(request: Request, segment_id: str, partition_by: Sequence[str]) -> Export:
    """Write the members of a segment for analysts; only columns that the caller sees clearly are in it.

    Everybody exported is in the audit log before the first file is written.

    Raises:
        MissingError: there is no such segment for this caller.
        BadInputError: the export cannot be partitioned by that column.
    """
    known = known_segment(request, segment_id)
    columns = exported_columns(request)

    def told(people: Sequence[str]) -> None:
        request.tell("exportSegment", people, [PERSON, *columns])
        request.write_audit()

    done = export_people(
        request.connection(),
        _exportable(request, to_sql(known.whole, request.snapshot().at)),
        request.engine.exports / f"{segment_id}_{secrets.token_hex(4)}",
        snapshot=request.snapshot(),
        told=told,
        options=ExportOptions(columns=columns, partition_by=partition_by),
    )
    files = [ExportFile(path=file.path, rows=file.rows, bytes=file.bytes, sha256=file.sha256) for file in done.files]
    return Export(
        folder=done.folder.name, rows=done.rows, columns=[PERSON, *columns], files=files, snapshot=done.snapshot
    )


def exported_columns(request: Request) -> list[str]:
    """The columns of an export for this caller, the id apart; what would be masked is left out."""
    return [name for name in COLUMNS if allowed(request.caller.role, [FIELDS[field_of(name)].field_class])]


def _exportable(request: Request, members: Sql) -> Sql:
    """Those members whom the caller may know of."""
    if may_know(request, is_customer=False):
        return members
    text = f"SELECT entity_id FROM entities WHERE list_contains(kinds, 'customer') AND entity_id IN ({members.text})"
    return Sql(text=text, parameters=members.parameters)


def _segment(request: Request, known: Known) -> Segment:
    size, share = _size(request, known)
    saved: Saved = known.saved
    return Segment(
        id=strawberry.ID(saved.segment_id),
        name=saved.name,
        version=saved.version,
        says=sentence(saved.definition),
        definition=msgspec.json.decode(dump(saved.definition)),
        size=size,
        share=share,
        saved_at=known.at,
    )


def _size(request: Request, known: Known) -> tuple[int, float]:
    """From the snapshot's membership; a version that no run has seen yet is counted now, as of the same clock."""
    members = (
        "SELECT count(*), (SELECT count(*) FROM entities) FROM segment_membership"
        " WHERE left_at IS NULL AND segment_id = ? AND definition_version = ?"
    )
    query = Query(text=members, parameters=(known.saved.segment_id, known.saved.version))
    size, people = fetch(request, query)[0]
    if size:
        return size, size / people
    found = preview(request.connection(), known.whole, request.snapshot().at, examples=0)
    return found.size, found.share
