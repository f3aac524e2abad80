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
from api.graphql.people_sql import PEOPLE
from api.graphql.saved_segments import Known, known_segment, known_segments, read_definition, store_segment
from api.graphql.types.segment import Export, ExportFile, Segment, SegmentPreview
from api.policy import FIELDS, allowed
from core.errors import BadInputError
from insight.segments import Saved, dump, preview, sentence, to_sql
from lake import export_rows

LONGEST_NAME: Final = 80
PARTITIONS: Final = ("country", "region", "sex", "birth_year")
EXPORTED: Final = {
    "given_name": "givenName",
    "middle_name": "middleName",
    "family_name": "familyName",
    "birth_date": "birthDate",
    "birth_year": "birthYear",
    "sex": "sex",
    "email": "email",
    "phone": "phone",
    "city": "city",
    "region": "region",
    "postcode": "postcode",
    "country": "country",
    "is_customer": "isCustomer",
    "is_patient": "isPatient",
}


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
    unknown = [name for name in partition_by if name not in columns or name not in PARTITIONS]
    if unknown or len(set(partition_by)) != len(partition_by):
        raise BadInputError("An export is not partitioned by that.", remedy=f"Use one of: {', '.join(PARTITIONS)}.")
    members = to_sql(known.whole, request.snapshot().at)
    known_to_caller = "true" if may_know(request, is_customer=False) else "is_customer"
    query = (
        f"SELECT {_selected(columns)} FROM ({PEOPLE}) WHERE id IN ({members.text}) AND {known_to_caller} ORDER BY id"
    )
    people = request.connection().execute(f"SELECT entity_id FROM ({query})", list(members.parameters)).fetchall()
    request.tell("exportSegment", (person[0] for person in people), columns)
    request.write_audit()
    done = export_rows(
        request.connection(),
        query,
        members.parameters,
        request.engine.exports / f"{segment_id}_{secrets.token_hex(4)}",
        snapshot=request.snapshot().id,
        partition_by=tuple(partition_by),
    )
    files = [ExportFile(path=file.path, rows=file.rows, bytes=file.bytes, sha256=file.sha256) for file in done.files]
    return Export(folder=done.folder.name, rows=done.rows, columns=columns, files=files, snapshot=done.snapshot)


def exported_columns(request: Request) -> list[str]:
    """The columns of an export for this caller; what would be masked is left out."""
    return [
        "entity_id",
        *(
            column
            for column, name in EXPORTED.items()
            if allowed(request.caller.role, [FIELDS[f"Person.{name}"].field_class])
        ),
    ]


def _selected(columns: Sequence[str]) -> str:
    expressions = {
        "entity_id": "id AS entity_id",
        "birth_year": "TRY_CAST(left(birth_date, 4) AS INTEGER) AS birth_year",
    }
    return ", ".join(expressions.get(column, column) for column in columns)


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
