"""Segments: their definitions, sizes, previews and exports."""

from datetime import datetime

import strawberry
from strawberry.scalars import JSON


@strawberry.type(description="A saved segment.")
class Segment:
    """A saved segment."""

    id: strawberry.ID
    name: str
    version: int = strawberry.field(description="Which version of the definition; 1 is the first.")
    says: str = strawberry.field(description="The definition as a sentence.")
    definition: JSON
    size: int = strawberry.field(description="People in it, in the answer's snapshot.")
    share: float = strawberry.field(description="Of all people, 0 to 1.")
    saved_at: datetime


@strawberry.type(description="How large a segment would be, without saving it.")
class SegmentPreview:
    """How large a segment would be, without saving it."""

    says: str
    size: int
    people: int = strawberry.field(description="All people there are.")
    share: float
    warnings: list[str] = strawberry.field(description="Values of the definition that nobody has, as sentences.")
    snapshot: str


@strawberry.type(description="One file of an export.")
class ExportFile:
    """One file of an export."""

    path: str
    rows: int
    bytes: int
    sha256: str


@strawberry.type(description="A finished export on the server's disk, in the workspace's `exports` folder.")
class Export:
    """A finished export."""

    folder: str
    rows: int
    columns: list[str]
    files: list[ExportFile]
    snapshot: str
