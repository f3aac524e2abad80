"""Why records are one person: identities, links, and what each field says in bits."""

from datetime import datetime

import strawberry

from api.graphql.contract import IdentityRow, LinkRow


@strawberry.type(description="What one field says for or against a link.")
class Contribution:
    """What one field says for or against a link."""

    field: str
    level: str
    bits: float


@strawberry.type(description="Evidence that two records are of one person.")
class Link:
    """Evidence that two records are of one person."""

    left: strawberry.ID
    right: strawberry.ID
    probability: float
    weight_bits: float
    rule: str | None
    origin: str | None
    contributions: list[Contribution]


@strawberry.type(description="An identifier, without its value.")
class Identifier:
    """An identifier, without its value."""

    id: strawberry.ID
    system: str
    shared: bool = strawberry.field(description="Known by so many people that it tells nobody apart.")
    people: int


@strawberry.type(description="One source record of a person, and the identifiers it bears.")
class Identity:
    """One source record of a person, and the identifiers it bears."""

    record: strawberry.ID
    source: str
    kind: str | None
    observed_at: datetime | None
    identifiers: list[Identifier]


@strawberry.type(description="Why records are, or are not, held to be one person.")
class Explanation:
    """Why records are, or are not, held to be one person."""

    entity: strawberry.ID | None = strawberry.field(description="The person that holds all of them, if one does.")
    verdict: str = strawberry.field(description="same, different, or alone for a person of one record.")
    sentence: str
    links: list[Link] = strawberry.field(description="For two records, the chain of strongest links between them.")
    snapshot: str
    about: strawberry.Private[tuple[str, ...]]


@strawberry.input(description="What a record says of its person, as its source writes it; give at least two fields.")
class RecordInput:
    """What a record says of its person."""

    given_name: str | None = None
    middle_name: str | None = None
    family_name: str | None = None
    birth_date: str | None = None
    sex: str | None = None
    email: str | None = None
    phone: str | None = None
    address: str | None = None
    city: str | None = None
    region: str | None = None
    postcode: str | None = None
    country: str | None = None


@strawberry.type(description="A person that a record may be of.")
class Candidate:
    """A person that a record may be of."""

    entity: strawberry.ID
    probability: float
    verdict: str = strawberry.field(description="match, possible or none.")
    bits: float
    contributions: list[Contribution]


@strawberry.type(description="Whom a record is of, as far as is known.")
class Resolved:
    """Whom a record is of, as far as is known."""

    entity: strawberry.ID | None = strawberry.field(description="The best candidate that is a match.")
    candidates: list[Candidate]
    snapshot: str


def link_of(row: LinkRow) -> Link:
    """A link as the API shows it."""
    return Link(
        left=strawberry.ID(row.left),
        right=strawberry.ID(row.right),
        probability=row.probability,
        weight_bits=row.weight_bits,
        rule=row.rule,
        origin=row.origin,
        contributions=[Contribution(field=field, level=level, bits=bits) for field, level, bits in row.contributions],
    )


def identity_of(row: IdentityRow) -> Identity:
    """A record and its identifiers as the API shows them."""
    identifiers = [
        Identifier(id=strawberry.ID(one.id), system=one.system, shared=one.shared, people=one.people)
        for one in row.identifiers
    ]
    return Identity(
        record=strawberry.ID(row.record),
        source=row.source,
        kind=row.kind,
        observed_at=row.observed_at,
        identifiers=identifiers,
    )
