"""A person as the caller may see it: values are masked before the object is made, so nothing hidden is in it."""

from collections.abc import Sequence
from datetime import datetime

import strawberry
from strawberry import Info

from api.graphql import graph_reads
from api.graphql.context import Request, request_of
from api.graphql.contract import HouseholdRow, MemberRow, PersonRow
from api.graphql.described import described
from api.graphql.disclosure import tell
from api.graphql.journey_pages import journey_page
from api.graphql.knowing import known_members
from api.graphql.lake_reads import Around
from api.graphql.types.evidence import Identity, Link, identity_of, link_of
from api.graphql.types.journey import Touchpoint
from api.graphql.types.page import After, Connection, First
from api.graphql.types.persona import Trait, open_personas
from api.policy import FieldClass
from insight.ages import age_of


@strawberry.type(description="A condition, and when it was first mentioned.")
class Condition:
    """A condition, and when it was first mentioned."""

    name: str
    since: datetime


@strawberry.type(description="Care that a person should have had and has not.")
class CareGap:
    """Care that a person should have had and has not."""

    name: str
    since: datetime


@strawberry.type(description="The newest reading of one measure.")
class Reading:
    """The newest reading of one measure."""

    measure: str
    value: float | None
    unit: str | None
    at: datetime


@strawberry.type(description="One condition that speaks for a person's being in a segment, and what shows it.")
class SegmentReason:
    """One condition that speaks for a person's being in a segment."""

    says: str = strawberry.field(description="The condition as a sentence; after `not: ` where it must not hold.")
    found: str = strawberry.field(description="What is known of the person, such as `3 such events`.")


@strawberry.type(description="A segment a person is in.")
class SegmentName:
    """A segment a person is in."""

    id: strawberry.ID
    name: str
    person: strawberry.Private[str]
    around: strawberry.Private[Around]

    @described(
        "Why the person is in it, as of the snapshot: the conditions that hold, and those under a `not` that do not. "
        "A segment that asks about what the caller may not see is not among a person's segments."
    )
    def why(self) -> list[SegmentReason]:
        """The conditions of the segment that speak for the person's being in it."""
        return [
            SegmentReason(says=f"not: {one.says}" if one.negated else one.says, found=one.found)
            for one in self.around.reasons(self.id, self.person)
            if one.holds != one.negated
        ]


@strawberry.type(description="Somebody who lives in a household.")
class HouseholdMember:
    """Somebody who lives in a household."""

    id: strawberry.ID
    given_name: str | None
    family_name: str | None
    birth_year: int | None


@strawberry.type(description="People who live together.")
class Household:
    """People who live together."""

    id: strawberry.ID
    size: int
    city: str | None
    postcode: str | None
    members: list[HouseholdMember]


@strawberry.type(description="One person, as far as all sources together know and the caller may see.")
class Person:
    """One person, as far as all sources together know and the caller may see."""

    id: strawberry.ID
    is_customer: bool | None
    is_patient: bool | None
    given_name: str | None
    middle_name: str | None
    family_name: str | None
    suffix: str | None
    birth_date: str | None = strawberry.field(description="YYYY, YYYY-MM or YYYY-MM-DD, as far as known.")
    birth_year: int | None
    age: int | None = strawberry.field(description="In whole years, at the snapshot's clock.")
    sex: str | None
    email: str | None
    phone: str | None
    city: str | None
    region: str | None
    postcode: str | None
    country: str | None
    confidence: float | None = strawberry.field(description="That all records are of this person, 0 to 1.")
    records: int | None
    first_seen: datetime | None
    around: strawberry.Private[Around]

    @described("Conditions, oldest first.")
    def conditions(self) -> list[Condition]:
        """Conditions, oldest first."""
        return [Condition(name=row.name, since=row.since) for row in self.around.conditions.get(self.id, [])]

    @described("The newest reading of each measure.")
    def readings(self) -> list[Reading]:
        """The newest reading of each measure."""
        return [
            Reading(measure=row.measure, value=row.value, unit=row.unit, at=row.at)
            for row in self.around.readings.get(self.id, [])
        ]

    @described("Care the person should have had and has not, longest open first.")
    def care_gaps(self) -> list[CareGap]:
        """Care the person should have had and has not."""
        return [CareGap(name=row.name, since=row.since) for row in self.around.care_gaps.get(self.id, [])]

    @described("When care last met the person; readings of devices do not count.")
    def last_contact(self) -> datetime | None:
        """When care last met the person."""
        return next(iter(self.around.last_contact.get(self.id, [])), None)

    @described("Segments the person is in by their present definitions, as far as the caller may know of them.")
    def segments(self) -> list[SegmentName]:
        """Segments the person is in; a stay by an earlier definition is none, until a run has seen the new one."""
        known = self.around.known_segments
        return [
            SegmentName(id=strawberry.ID(key), name=name, person=self.id, around=self.around)
            for key, name, version in self.around.segments.get(self.id, [])
            if key in known and known[key].saved.version == version
        ]

    @described("The person's persona.")
    def persona(self) -> str | None:
        """The person's persona."""
        persona = next(iter(self.around.persona.get(self.id, [])), None)
        return persona if persona in open_personas(self.around.request) else None

    @described("What sets the person's persona apart, strongest first, as far as the caller may know.")
    def persona_why(self) -> list[Trait]:
        """The traits of the person's persona."""
        persona = next(iter(self.around.persona.get(self.id, [])), None)
        known = open_personas(self.around.request)
        return known[persona].traits if persona in known else []

    @described("The person's household, from the graph.")
    def household(self, info: Info) -> Household | None:
        """The person's household."""
        request = request_of(info.context)
        row = graph_reads.household(request, self.id)
        if row is None:
            return None
        members = known_members(request, row.members)
        tell(info, (member.id for member in members))
        return _household_of(request, row, members)

    @described("The source records of the person and their identifiers, from the graph.")
    def identities(self, info: Info) -> list[Identity]:
        """The source records of the person."""
        return [identity_of(row) for row in graph_reads.identities(request_of(info.context), self.id)]

    @described("The links that hold the person's records together, strongest first, from the graph.")
    def evidence(self, info: Info) -> list[Link]:
        """The links that hold the person's records together."""
        return [link_of(row) for row in graph_reads.evidence(request_of(info.context), self.id)]

    @described("What happened to the person, oldest first, from the graph.")
    def journey(self, info: Info, first: First = 20, after: After = None) -> Connection[Touchpoint]:
        """What happened to the person, oldest first."""
        return journey_page(request_of(info.context), self.id, first=first, after=after)


def person_of(request: Request, row: PersonRow, around: Around) -> Person:
    """One person as the caller may see it."""

    def shown(name: str, value: str | None) -> str | None:
        return request.shown(f"Person.{name}", value)

    evidence = request.sees(FieldClass.EVIDENCE)
    year = row.birth_date[:4] if row.birth_date else ""
    return Person(
        id=strawberry.ID(row.id),
        is_customer=row.is_customer if request.sees(FieldClass.BEHAVIOUR) else None,
        is_patient=row.is_patient if request.sees(FieldClass.HEALTH) else None,
        given_name=shown("givenName", row.given_name),
        middle_name=shown("middleName", row.middle_name),
        family_name=shown("familyName", row.family_name),
        suffix=shown("suffix", row.suffix),
        birth_date=shown("birthDate", row.birth_date),
        birth_year=int(year) if year.isdigit() else None,
        age=age_of(row.birth_date, request.snapshot().at),
        sex=shown("sex", row.sex),
        email=shown("email", row.email),
        phone=shown("phone", row.phone),
        city=shown("city", row.city),
        region=shown("region", row.region),
        postcode=shown("postcode", row.postcode),
        country=shown("country", row.country),
        confidence=row.confidence if evidence else None,
        records=row.records if evidence else None,
        first_seen=row.first_seen,
        around=around,
    )


def _household_of(request: Request, row: HouseholdRow, known: Sequence[MemberRow]) -> Household:
    members = [
        HouseholdMember(
            id=strawberry.ID(member.id),
            given_name=request.shown("HouseholdMember.givenName", member.given_name),
            family_name=request.shown("HouseholdMember.familyName", member.family_name),
            birth_year=member.birth_year,
        )
        for member in known
    ]
    return Household(
        id=strawberry.ID(row.id),
        size=len(members),
        city=row.city,
        postcode=request.shown("Household.postcode", row.postcode),
        members=members,
    )
