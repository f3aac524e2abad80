"""Notes whom an answer tells about, and which fields: every leaf that was selected below the field that found them."""

from collections.abc import Iterable, Iterator

from strawberry import Info
from strawberry.types.nodes import SelectedField, Selection

from api.graphql.context import request_of

PLUMBING = frozenset(
    {"edges", "node", "pageInfo", "cursor", "hasNextPage", "hasPreviousPage", "startCursor", "endCursor"}
)


def tell(info: Info, people: Iterable[str]) -> None:
    """Remember that this resolver's answer tells about these people."""
    fields = sorted({name for field in info.selected_fields for name in _leaves(field.selections, "")})
    request_of(info.context).tell(info.field_name, people, fields)


def _leaves(selections: Iterable[Selection], prefix: str) -> Iterator[str]:
    for selection in selections:
        if not isinstance(selection, SelectedField):
            yield from _leaves(selection.selections, prefix)
        elif selection.selections:
            place = prefix if selection.name in PLUMBING else f"{prefix}{selection.name}."
            yield from _leaves(selection.selections, place)
        elif selection.name not in PLUMBING:
            yield prefix + selection.name
