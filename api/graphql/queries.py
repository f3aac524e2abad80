"""The queries. Each is a few lines: check, read, note whom it tells about, and shape."""

import strawberry
from strawberry import Info
from strawberry.scalars import JSON

from api.graphql import graph_reads, segment_answers
from api.graphql.context import request_of
from api.graphql.disclosure import tell
from api.graphql.inputs import CustomerFilter, PatientFilter, PersonOrder, customer_clauses, patient_clauses
from api.graphql.knowing import may_know, no_person
from api.graphql.journey_pages import journey_page
from api.graphql.lake_reads import Around
from api.graphql.people_pages import people_page
from api.graphql.types.journey import Touchpoint
from api.graphql.types.page import After, Connection, First
from api.graphql.types.person import Person, person_of
from api.graphql.types.segment import Segment, SegmentPreview


@strawberry.type(description="What can be asked.")
class Query:
    """What can be asked."""

    @strawberry.field(
        description="One person, by id, from the graph. A former id leads to the person it was merged into."
    )
    def customer(self, info: Info, id: strawberry.ID) -> Person:  # noqa: A002 (the schema's word)
        """One person."""
        request = request_of(info.context)
        row = graph_reads.profile(request, id)
        if row is None or not may_know(request, is_customer=row.is_customer):
            raise no_person()
        tell(info, [row.id])
        return person_of(request, row, Around(request, [row.id]))

    @strawberry.field(description="Customers, page by page, from the lake.")
    def customers(
        self,
        info: Info,
        where: CustomerFilter | None = None,
        order_by: PersonOrder | None = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[Person]:
        """Customers, page by page."""
        order = order_by or PersonOrder()
        return people_page(
            info, kind="customer", where=where, clauses=customer_clauses, order=order, first=first, after=after
        )

    @strawberry.field(description="Patients, page by page, from the lake.")
    def patients(
        self,
        info: Info,
        where: PatientFilter | None = None,
        order_by: PersonOrder | None = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[Person]:
        """Patients, page by page."""
        order = order_by or PersonOrder()
        return people_page(
            info, kind="patient", where=where, clauses=patient_clauses, order=order, first=first, after=after
        )

    @strawberry.field(description="What happened to one person, oldest first, from the graph.")
    def journey(
        self, info: Info, customer: strawberry.ID, first: First = 20, after: After = None
    ) -> Connection[Touchpoint]:
        """What happened to one person."""
        request = request_of(info.context)
        row = graph_reads.profile(request, customer)
        if row is None or not may_know(request, is_customer=row.is_customer):
            raise no_person()
        tell(info, [row.id])
        return journey_page(request, row.id, first=first, after=after)

    @strawberry.field(description="Saved segments, by name, with their sizes; those the caller may know of.")
    def segments(self, info: Info) -> list[Segment]:
        """Saved segments."""
        return segment_answers.all_segments(request_of(info.context))

    @strawberry.field(description="How large a segment would be, without saving it.")
    def segment_preview(self, info: Info, definition: JSON) -> SegmentPreview:
        """How large a segment would be."""
        return segment_answers.preview_segment(request_of(info.context), definition)
