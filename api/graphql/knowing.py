"""Whose existence a caller may know of, and how its absence is said."""

from api.graphql.context import Request
from api.policy import FieldClass
from core.errors import MissingError


def may_know(request: Request, *, is_customer: bool) -> bool:
    """Whether the caller may know that this person exists: who is only a patient is known to those who see health."""
    return is_customer or request.sees(FieldClass.HEALTH) or request.sees(FieldClass.EVIDENCE)


def no_person() -> MissingError:
    """The person is not there, or not for this caller: both sound the same."""
    return MissingError("There is no such person.", remedy="Take an id from `customers` or `patients`.")
