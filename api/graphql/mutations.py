"""The mutations: new segment definitions, and exports."""

import strawberry
from strawberry import Info
from strawberry.scalars import JSON

from api.graphql import segment_answers
from api.graphql.context import request_of
from api.graphql.described import described
from api.graphql.types.segment import Export, Segment


@strawberry.type(description="What can be changed.")
class Mutation:
    """What can be changed."""

    @described("Save a segment definition, or with `replace` a new version of one.")
    def create_segment(self, info: Info, name: str, definition: JSON, replace: bool = False) -> Segment:  # noqa: FBT001, FBT002 (an argument of the schema)
        """Save a segment definition."""
        return segment_answers.create_segment(request_of(info.context), name, definition, anew=replace)

    @described("Write the members of a segment to the workspace's `exports` folder as Parquet.")
    def export_segment(self, info: Info, segment: strawberry.ID, partition_by: list[str] | None = None) -> Export:
        """Export a segment."""
        return segment_answers.export_segment(request_of(info.context), segment, partition_by or ())
