"""Answers about segments: the list, a preview, a new one, and an export."""

import secrets
from collections.abc import Sequence
from dataclasses import replace
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
    members_of,
    read_definition,
    store_segment,
)
from api.graphql.types.segment import Export, ExportFile, Segment, SegmentPreview
from api.policy import FIELDS, FieldClass, allowed
from api.run.exports import COLUMNS, PERSON, ExportOptions, export_people, size_now
from core.errors import BadInputError
from insight.contract import Sql
from insight.segments import Saved, Unheard, dump, preview, sentence

LONGEST_NAME: Final = 80


def all_segments(request: Request) -> list[Segment]:
    """Every segment the caller may know of, by name."""
    return [_segment(request, known) for known in known_segments(request).values()]


def preview_segment(request: Request, tree: object) -> SegmentPreview:
    """How large a definition's segment is."""
    _, whole = read_definition(request, tree)
    found = preview(request.connection(), whole, request.snapshot().at, examples=0, region=request.engine.region)
    return SegmentPreview(
        says=sentence(whole),
        size=found.size,
        people=found.people,
        share=found.share,
        warnings=[str(_shown(request, one)) for one in found.unheard],
        snapshot=request.snapshot().id,
    )


def _shown(request: Request, told: Unheard) -> Unheard:
    """Values of a field that the caller sees are named; those of events only where health may be seen among them."""
    field = FIELDS.get(field_of(told.part))
    open_to = allowed(request.caller.role, [field.field_class if field else FieldClass.HEALTH])
    return told if open_to else replace(told, near=())


def create_segment(request: Request, name: str, tree: object, *, anew: bool) -> Segment:
    """Save a definition under a name.

    Raises:
        BadInputError: the name is empty, too long, or holds what cannot be printed.
    """
    if not name.strip() or len(name) > LONGEST_NAME or not name.isprintable():
        raise BadInputError("That is no name for a segment.", remedy=f"Use 1 to {LONGEST_NAME} printable characters.")
    given, whole = read_definition(request, tree)
    request.snapshot()
    saved = store_segment(request, name.strip(), given, replace=anew)
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
        _exportable(request, members_of(request, known)),
        request.engine.exports / f"{known.saved.segment_id}_{secrets.token_hex(4)}",
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
    size = size_now(request.connection(), known.meant, request.snapshot().at, region=request.engine.region)
    people = fetch(request, Query(text="SELECT count(*) FROM entities"))[0][0]
    return size, size / people if people else 0.0
