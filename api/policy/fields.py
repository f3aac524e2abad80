"""Every field of the API that tells about one person: its class, and its mask where a role sees it masked.

Keys are `Type.field` of the GraphQL schema. A field of a type listed here that is missing from this table is denied.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from api.policy.contract import Access, FieldClass, Role
from api.policy.masking import mask_email, mask_name, mask_phone, mask_postcode, mask_year
from api.policy.table import access


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field's class, and the mask of its text; without a mask, a role that sees it masked does not see it."""

    field_class: FieldClass
    mask: Callable[[str], str] | None = None

    def open_to(self, role: Role) -> bool:
        """Whether the role may ask for the field."""
        seen = access(role, self.field_class)
        return seen is Access.CLEAR or (seen is Access.MASKED and self.mask is not None)


def _of(field_class: FieldClass, *names: str, mask: Callable[[str], str] | None = None) -> dict[str, Field]:
    return dict.fromkeys(names, Field(field_class=field_class, mask=mask))


PERSON: Final[Mapping[str, Field]] = {
    **_of(FieldClass.PSEUDONYM, "id", "firstSeen"),
    **_of(FieldClass.IDENTITY, "givenName", "middleName", "familyName", "suffix", mask=mask_name),
    **_of(FieldClass.IDENTITY, "birthDate", mask=mask_year),
    **_of(FieldClass.DEMOGRAPHIC, "birthYear", "age", "sex", "city", "region", "country"),
    **_of(FieldClass.CONTACT, "email", mask=mask_email),
    **_of(FieldClass.CONTACT, "phone", mask=mask_phone),
    **_of(FieldClass.CONTACT, "postcode", mask=mask_postcode),
    **_of(FieldClass.BEHAVIOUR, "isCustomer", "segments", "persona", "personaWhy"),
    **_of(FieldClass.HEALTH, "isPatient", "conditions", "readings", "lastContact", "careGaps"),
    **_of(FieldClass.EVIDENCE, "confidence", "records", "identities", "evidence"),
    **_of(FieldClass.PSEUDONYM, "household", "journey"),
}

FIELDS: Final[Mapping[str, Field]] = {
    **{f"Person.{name}": field for name, field in PERSON.items()},
    **_of(FieldClass.DEMOGRAPHIC, "Household.id", "Household.size", "Household.city"),
    **_of(FieldClass.CONTACT, "Household.postcode", mask=mask_postcode),
    **_of(FieldClass.PSEUDONYM, "Household.members", "HouseholdMember.id"),
    **_of(FieldClass.IDENTITY, "HouseholdMember.givenName", "HouseholdMember.familyName", mask=mask_name),
    **_of(FieldClass.DEMOGRAPHIC, "HouseholdMember.birthYear"),
    **_of(FieldClass.PSEUDONYM, "Touchpoint.id", "Touchpoint.type", "Touchpoint.at", "Touchpoint.channel"),
    **_of(FieldClass.PSEUDONYM, "Touchpoint.about", "Touchpoint.value", "Touchpoint.unit", "Touchpoint.source"),
    **_of(FieldClass.FINANCIAL, "Touchpoint.cost"),
    **_of(FieldClass.HEALTH, "Condition.name", "Condition.since", "CareGap.name", "CareGap.since"),
    **_of(FieldClass.HEALTH, "Reading.measure", "Reading.value", "Reading.unit", "Reading.at"),
    **_of(FieldClass.EVIDENCE, "Identity.record", "Identity.source", "Identity.kind", "Identity.observedAt"),
    **_of(FieldClass.EVIDENCE, "Identity.identifiers"),
    **_of(FieldClass.EVIDENCE, "Identifier.id", "Identifier.system", "Identifier.shared", "Identifier.people"),
    **_of(FieldClass.EVIDENCE, "Link.left", "Link.right", "Link.probability", "Link.weightBits"),
    **_of(FieldClass.EVIDENCE, "Link.rule", "Link.origin", "Link.contributions"),
    **_of(FieldClass.IDENTITY, "Contribution.field", "Contribution.level", "Contribution.bits"),
    **_of(FieldClass.PSEUDONYM, "Explanation.snapshot", "SegmentName.id"),
    **_of(FieldClass.BEHAVIOUR, "SegmentName.name", "SegmentName.why", "SegmentReason.says", "SegmentReason.found"),
    **_of(
        FieldClass.EVIDENCE, "Explanation.entity", "Explanation.verdict", "Explanation.sentence", "Explanation.links"
    ),
    **_of(FieldClass.PSEUDONYM, "Candidate.entity", "Candidate.probability", "Candidate.verdict"),
    **_of(FieldClass.IDENTITY, "Candidate.bits", "Candidate.contributions"),
}


def mask_value(role: Role, name: str, value: str | None) -> str | None:
    """The value of `Type.field` as the role may see it: itself, its mask, or nothing."""
    field = FIELDS.get(name)
    if value is None or field is None:
        return None
    match access(role, field.field_class):
        case Access.CLEAR:
            return value
        case Access.MASKED:
            return field.mask(value) if field.mask is not None else None
        case Access.DENIED:
            return None
