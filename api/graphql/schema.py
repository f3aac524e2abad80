"""The GraphQL schema: queries and mutations put together, behind the guard."""

from typing import Final

import strawberry
from graphql import GraphQLError
from strawberry.schema.config import StrawberryConfig
from strawberry.types import ExecutionContext

from api.graphql.guard import Guard
from api.graphql.mutations import Mutation
from api.graphql.queries import Query


class Schema(strawberry.Schema):
    """A schema that leaves reporting errors to `errors.request_errors`: Strawberry would log values of people."""

    def process_errors(self, errors: list[GraphQLError], execution_context: ExecutionContext | None = None) -> None:
        """Log nothing."""


SCHEMA: Final = Schema(
    query=Query,
    mutation=Mutation,
    extensions=[Guard],
    config=StrawberryConfig(auto_camel_case=True),
)


def schema_text() -> str:
    """The schema in GraphQL's own language."""
    return SCHEMA.as_str() + "\n"
