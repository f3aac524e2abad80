"""Relay connections: pages with cursors, and the argument that bounds them."""

from typing import Annotated, Generic, TypeVar

import strawberry

from core.errors import BadInputError

T = TypeVar("T")

First = Annotated[
    int, strawberry.argument(description="How many at most, from 1 to the server's `api.limits.page`: 100 by default.")
]
After = Annotated[
    str | None, strawberry.argument(description="Go on after this cursor: the pageInfo.endCursor before.")
]


@strawberry.type(description="Where a page stands in its list.")
class PageInfo:
    """Where a page stands in its list."""

    has_next_page: bool
    has_previous_page: bool
    start_cursor: str | None
    end_cursor: str | None


@strawberry.type(description="One element of a list and the cursor of its place.")
class Edge(Generic[T]):
    """One element of a list and the cursor of its place."""

    node: T
    cursor: str


@strawberry.type(description="One page of a list, and the snapshot it was read from.")
class Connection(Generic[T]):
    """One page of a list, and the snapshot it was read from."""

    edges: list[Edge[T]]
    page_info: PageInfo
    snapshot: str


def bounded_first(first: int, most: int) -> int:
    """The size of a page.

    Raises:
        BadInputError: it is out of bounds.
    """
    if not 1 <= first <= most:
        raise BadInputError("`first` is out of bounds.", remedy=f"Ask for 1 to {most}.", field="first")
    return first


def connect(nodes: list[tuple[T, str]], *, more: bool, after: str | None, snapshot: str) -> Connection[T]:
    """Make a page of elements and their cursors."""
    edges = [Edge(node=node, cursor=cursor) for node, cursor in nodes]
    info = PageInfo(
        has_next_page=more,
        has_previous_page=after is not None,
        start_cursor=edges[0].cursor if edges else None,
        end_cursor=edges[-1].cursor if edges else None,
    )
    return Connection(edges=edges, page_info=info, snapshot=snapshot)
