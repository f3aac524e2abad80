"""What a document would cost, counted before it is validated or run.

Each field costs one, a field of `WEIGHTS` more, and all below a page costs once for each element asked for.
Introspection is free; graphql-core bounds how deep it may go. Fragments
are counted once and remembered, so the count takes time linear in the document however they nest. Depth, fields and
repeated names are bounded too, because validation itself compares fields of one name pair by pair.

graphql-core and Strawberry offer limiters of depth and aliases; they walk fragments again at every use.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    IntValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    VariableNode,
)

from api.graphql.errors import TooCostlyError
from api.policy.limits import Limits

WEIGHTS: Final[Mapping[str, int]] = {
    "customer": 5,
    "customers": 20,
    "patients": 40,
    "journey": 5,
    "journeys": 200,
    "flow": 100,
    "funnel": 200,
    "paths": 100,
    "segments": 20,
    "segmentPreview": 200,
    "personas": 20,
    "resolve": 300,
    "explain": 20,
    "createSegment": 50,
    "exportSegment": 500,
    "household": 5,
    "identities": 5,
    "evidence": 5,
    "why": 5,
    "__schema": 0,
    "__type": 0,
}
PAGES: Final = frozenset({"customers", "patients", "journey"})
DEFAULT_FIRST: Final = 20
LARGEST: Final = 1 << 40
DEEPEST: Final = 30


@dataclass(frozen=True, slots=True)
class Count:
    """What a selection holds: its cost, its fields, its depth."""

    cost: int = 0
    fields: int = 0
    depth: int = 0

    def beside(self, other: "Count") -> "Count":
        """Both together."""
        return Count(
            min(self.cost + other.cost, LARGEST), min(self.fields + other.fields, LARGEST), max(self.depth, other.depth)
        )


class _Counter:
    """Counts selections of one document; each fragment once."""

    def __init__(self, document: DocumentNode, variables: Mapping[str, object], limits: Limits) -> None:
        self._fragments = {
            node.name.value: node for node in document.definitions if isinstance(node, FragmentDefinitionNode)
        }
        self._known: dict[str, Count] = {}
        self._variables = variables
        self._limits = limits

    def selection(self, node: SelectionSetNode | None, level: int = 0) -> Count:
        """Count one selection set."""
        if level > DEEPEST:
            raise _refusal("depth", DEEPEST)
        total = Count()
        names: Counter[str] = Counter()
        for child in (node.selections if node is not None else ()) or ():
            if isinstance(child, FieldNode):
                names[child.alias.value if child.alias else child.name.value] += 1
                total = total.beside(self._field(child, level))
            elif isinstance(child, FragmentSpreadNode):
                names[f"...{child.name.value}"] += 1
                total = total.beside(self._fragment(child.name.value, level))
            else:
                total = total.beside(self.selection(getattr(child, "selection_set", None), level + 1))
        if names and max(names.values()) > self._limits.repeats:
            raise _refusal("repeats", self._limits.repeats)
        return total

    def _field(self, node: FieldNode, level: int) -> Count:
        below = self.selection(node.selection_set, level + 1)
        times = self._first(node) if node.name.value in PAGES else 1
        own = WEIGHTS.get(node.name.value, 1)
        if own == 0:
            return Count()
        return Count(min(own + times * below.cost, LARGEST), min(1 + below.fields, LARGEST), below.depth + 1)

    def _fragment(self, name: str, level: int) -> Count:
        if name not in self._known:
            self._known[name] = Count()
            fragment = self._fragments.get(name)
            self._known[name] = self.selection(fragment.selection_set, level + 1) if fragment else Count()
        return self._known[name]

    def _first(self, node: FieldNode) -> int:
        for argument in node.arguments or ():
            if argument.name.value == "first":
                value = argument.value
                if isinstance(value, IntValueNode):
                    return self._bounded(int(value.value[:12]))
                if isinstance(value, VariableNode):
                    given = self._variables.get(value.name.value)
                    return self._bounded(given) if isinstance(given, int) else self._limits.page
        return self._bounded(DEFAULT_FIRST)

    def _bounded(self, first: int) -> int:
        return min(max(first, 1), self._limits.page)


def check_cost(document: DocumentNode, variables: Mapping[str, object], limits: Limits) -> int:
    """Count a parsed document, and give its cost.

    Raises:
        TooCostlyError: it goes beyond a limit; the message names which.
    """
    counter = _Counter(document, variables, limits)
    total = Count()
    for definition in document.definitions:
        if isinstance(definition, FragmentDefinitionNode | OperationDefinitionNode):
            count = counter.selection(definition.selection_set)
            total = total.beside(count) if isinstance(definition, OperationDefinitionNode) else total
    for name in ("cost", "fields", "depth"):
        if getattr(total, name) > getattr(limits, name):
            raise _refusal(name, getattr(limits, name))
    return total.cost


def _refusal(limit: str, most: int) -> TooCostlyError:
    return TooCostlyError(
        f"The document goes beyond the limit of {limit}.",
        remedy="Ask for less in one document, page by page.",
        limit=limit,
        most=most,
    )
