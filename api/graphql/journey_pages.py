"""Pages of one person's journey, from the graph, with what the caller may not see left out."""

from api.graphql import graph_reads
from api.graphql.context import Request
from api.graphql.contract import EventRow
from api.graphql.cursors import Cursor, name_listing, read_cursor, write_cursor
from api.graphql.types.journey import Touchpoint, may_see, touchpoint_of
from api.graphql.types.page import Connection, bounded_first, connect


def journey_page(request: Request, person: str, *, first: int, after: str | None) -> Connection[Touchpoint]:
    """One page of a person's touchpoints, oldest first, ties by id.

    Raises:
        BadInputError: `first` or the cursor is unusable.
    """
    bounded_first(first, request.engine.limits.page)
    listing = name_listing("journey", person, request.caller.role)
    cursor = read_cursor(request.engine.key, after, listing) if after is not None else None
    if cursor is not None:
        request.pin(cursor.snapshot)
    rows = [row for row in graph_reads.journey(request, person) if may_see(request, row)]
    page, more = _cut(rows, first, cursor.row if cursor is not None else None)
    snapshot = request.snapshot().id
    nodes = [
        (
            touchpoint_of(request, row),
            write_cursor(request.engine.key, Cursor(snapshot=snapshot, listing=listing, row=row.id)),
        )
        for row in page
    ]
    return connect(nodes, more=more, after=after, snapshot=snapshot)


def _cut(rows: list[EventRow], first: int, after: str | None) -> tuple[list[EventRow], bool]:
    """The rows after one of them, at most `first`, and whether more follow. Rows that went away start nothing."""
    start = next((place + 1 for place, row in enumerate(rows) if row.id == after), 0 if after is None else len(rows))
    return rows[start : start + first], len(rows) > start + first
