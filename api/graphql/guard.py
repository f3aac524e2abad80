"""What every document must pass before it is validated and run: the cost rule, then the policy.

The policy looks at every `Type.field` the document mentions, each once; fragments are not followed, because their own
fields are mentioned where they are defined.
"""

from collections.abc import Iterator
from typing import Final

from graphql import DocumentNode, FieldNode, GraphQLError, TypeInfo, TypeInfoVisitor, Visitor, visit
from strawberry.extensions import SchemaExtension

from api.graphql.context import Request
from api.graphql.cost import check_cost
from api.policy import FIELDS, OPERATIONS, Role, may_call
from core.errors import C360Error, DeniedError

ROOTS: Final = frozenset({"Query", "Mutation"})
PERSONAL: Final = frozenset(name.partition(".")[0] for name in FIELDS)


class Guard(SchemaExtension):
    """Stands before parsing, and between parsing and validation."""

    def on_operation(self) -> Iterator[None]:
        """Bound how much of the document is parsed."""
        request: Request = self.execution_context.context
        self.execution_context.parse_options["max_tokens"] = request.engine.limits.tokens
        yield

    def on_validate(self) -> Iterator[None]:
        """Refuse what costs too much, and what the role may not see; what passes is validated."""
        execution = self.execution_context
        request: Request = execution.context
        document = execution.graphql_document
        if document is not None:
            try:
                check_cost(document, execution.variables or {}, request.engine.limits)
            except C360Error as error:
                execution.pre_execution_errors = [GraphQLError(error.message, original_error=error)]
            else:
                schema = execution.schema._schema  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]  # there is no other way
                execution.pre_execution_errors = refusals(document, TypeInfo(schema), request.caller.role) or None
        yield


def refusals(document: DocumentNode, types: TypeInfo, role: Role) -> list[GraphQLError]:
    """One error for each operation and each field of the document that is closed to the role."""
    mentioned = _Mentioned(types)
    visit(document, TypeInfoVisitor(types, mentioned))
    return [
        GraphQLError(error.message, node, original_error=error)
        for name, node in mentioned.fields.items()
        if (error := _refusal(name, role)) is not None
    ]


class _Mentioned(Visitor):
    """Collects every `Type.field` with the first place that mentions it."""

    def __init__(self, types: TypeInfo) -> None:
        super().__init__()
        self.fields: dict[str, FieldNode] = {}
        self._types = types

    def enter_field(self, node: FieldNode, *_: object) -> None:
        """Note one field."""
        parent = self._types.get_parent_type()
        if parent is not None and self._types.get_field_def() is not None and not node.name.value.startswith("__"):
            self.fields.setdefault(f"{parent.name}.{node.name.value}", node)


def _refusal(name: str, role: Role) -> DeniedError | None:
    kind = name.partition(".")[0]
    if kind in ROOTS:
        open_to = may_call(role, name)
    elif kind in PERSONAL:
        open_to = name in FIELDS and FIELDS[name].open_to(role)
    else:
        open_to = True
    if open_to:
        return None
    kinds = ", ".join(OPERATIONS.get(name, ())) if kind in ROOTS else FIELDS[name].field_class if name in FIELDS else ""
    return DeniedError(
        f"A {role} may not ask for {name}.", remedy="See docs/reference/policy.md.", field=name, needs=kinds
    )
