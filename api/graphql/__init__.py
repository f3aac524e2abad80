"""The GraphQL API: schema, guard, resolvers. Nothing here knows of HTTP."""

from api.graphql.context import Engine, Request
from api.graphql.errors import CODES, errors_page
from api.graphql.execution import answer, refused
from api.graphql.schema import schema_text

__all__ = ["CODES", "Engine", "Request", "answer", "errors_page", "refused", "schema_text"]
