"""The queries. Each is a few lines: check, read, note whom it tells about, and shape."""

import strawberry
from strawberry import Info
from strawberry.scalars import JSON

from api.graphql import explain as explaining
from api.graphql import journey_flows, resolving, segment_answers
from api.graphql.context import request_of
from api.graphql.described import described
from api.graphql.disclosure import tell
from api.graphql.inputs import CustomerFilter, PatientFilter, PersonOrder
from api.graphql.journey_pages import journey_page
from api.graphql.knowing import known_person
from api.graphql.lake_reads import Around
from api.graphql.people_pages import people_page
from api.graphql.types.evidence import Explanation, RecordInput, Resolved
from api.graphql.types.flow import JourneyFilter, Journeys
from api.graphql.types.journey import Touchpoint
from api.graphql.types.page import After, Connection, First
from api.graphql.types.person import Person, person_of
from api.graphql.types.persona import Personas, all_personas
from api.graphql.types.segment import Segment, SegmentPreview


@strawberry.type(description="What can be asked.")
class Query:
    """What can be asked."""

    @described("One person, by id, from the graph. A former id leads to the person it was merged into.")
    def customer(self, info: Info, id: strawberry.ID) -> Person:  # noqa: A002 (the schema's word)
        """One person."""
        request = request_of(info.context)
        row = known_person(request, id)
        tell(info, [row.id])
        return person_of(request, row, Around(request, [row.id]))

    @described("Customers, page by page, from the lake.")
    def customers(
        self,
        info: Info,
        where: CustomerFilter | None = None,
        order_by: PersonOrder | None = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[Person]:
        """Customers, page by page."""
        return people_page(info, "customer", where, order_by, first=first, after=after)

    @described("Patients, page by page, from the lake.")
    def patients(
        self,
        info: Info,
        where: PatientFilter | None = None,
        order_by: PersonOrder | None = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[Person]:
        """Patients, page by page."""
        return people_page(info, "patient", where, order_by, first=first, after=after)

    @described("What happened to one person, oldest first, from the graph.")
    def journey(
        self, info: Info, customer: strawberry.ID, first: First = 20, after: After = None
    ) -> Connection[Touchpoint]:
        """What happened to one person."""
        request = request_of(info.context)
        row = known_person(request, customer)
        tell(info, [row.id])
        return journey_page(request, row.id, first=first, after=after)

    @described("Saved segments, by name, with their sizes; those the caller may know of.")
    def segments(self, info: Info) -> list[Segment]:
        """Saved segments."""
        return segment_answers.all_segments(request_of(info.context))

    @described("How large a segment would be, without saving it.")
    def segment_preview(self, info: Info, definition: JSON) -> SegmentPreview:
        """How large a segment would be."""
        return segment_answers.preview_segment(request_of(info.context), definition)

    @described("How people go from step to step: flow, paths and funnels, from the lake.")
    def journeys(self, info: Info, where: JourneyFilter | None = None) -> Journeys:
        """How people go from step to step."""
        return journey_flows.journeys(request_of(info.context), where or JourneyFilter())

    @described("Kinds of people, found by clustering, as far as the caller may know of them.")
    def personas(self, info: Info) -> Personas:
        """Kinds of people."""
        return all_personas(request_of(info.context))

    @described("Whom a record with these fields is of, as far as is known.")
    def resolve(self, info: Info, record: RecordInput) -> Resolved:
        """Whom a record is of."""
        found = resolving.resolve_record(request_of(info.context), record)
        tell(info, [candidate.entity for candidate in found.candidates])
        return found

    @described("Why two records (`left`, `right`) or one person's records (`entity`) are held to be one.")
    def explain(
        self,
        info: Info,
        left: strawberry.ID | None = None,
        right: strawberry.ID | None = None,
        entity: strawberry.ID | None = None,
    ) -> Explanation:
        """Why records are held to be one person."""
        found = explaining.explain(request_of(info.context), left, right, entity)
        tell(info, found.about)
        return found
