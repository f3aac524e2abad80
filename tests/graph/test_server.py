"""A busy server is asked again, a wrong request is not, and an absent server is named as such."""

import random
import socket
from collections.abc import Callable, Iterator

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import BadInputError, RetryableError
from graph import VertexBatch, connect_server
from graph.stores.requests import REQUEST_PARTS, REQUEST_UPSERTS, requests
from graph.stores.retries import Retries
from graph.stores.rows import Row, changed, rows, stale

BUSY = RuntimeError("500: ConcurrentModificationException: somebody else writes")


def failing(*errors: Exception) -> Callable[[], str]:
    """A call that raises these one after the other, and then succeeds."""
    left: Iterator[Exception] = iter(errors)

    def call() -> str:
        for error in left:
            raise error
        return "done"

    return call


def test_a_clash_is_tried_again_after_growing_waits() -> None:
    """Waits are spread by chance, below limits that double."""
    waits: list[float] = []
    retries = Retries(sleep=waits.append, chance=random.Random(1))
    assert retries.run(failing(BUSY, BUSY, BUSY)) == "done"
    assert len(waits) == 3
    assert all(0 <= wait <= 0.05 * 2**attempt for attempt, wait in enumerate(waits))


def test_a_server_that_stays_busy_is_said_to_be() -> None:
    """After the last attempt the caller may try later."""
    with pytest.raises(RetryableError):
        Retries(attempts=2, sleep=lambda _: None).run(failing(BUSY, BUSY, BUSY))


def test_a_wrong_request_is_not_repeated() -> None:
    """Only errors that pass are worth another attempt."""
    with pytest.raises(ZeroDivisionError):
        Retries(sleep=lambda _: pytest.fail("it waited")).run(failing(ZeroDivisionError()))


def test_an_address_where_nobody_listens_is_retryable() -> None:
    """The driver is not even asked."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with pytest.raises(RetryableError):
        connect_server(f"ws://127.0.0.1:{port}/gremlin")


def test_an_address_that_is_none_is_bad_input() -> None:
    """The message says how an address looks."""
    with pytest.raises(BadInputError, match="ws://"):
        connect_server("localhost:8182")


def row(name: str, **properties: int) -> Row:
    """A vertex."""
    return Row(id=name, label="Event", properties=properties)


@given(st.lists(st.integers(0, 250) | st.just(0), max_size=120))
def test_requests_hold_every_row_once_and_stay_within_their_size(sizes: list[int]) -> None:
    """Rows keep their order; a request is over the limit only if one row alone is."""
    wanted = [row(f"v_{at}", **{f"p{number}": 1 for number in range(size)}) for at, size in enumerate(sizes)]
    cut = list(requests(wanted, {}))
    assert [item for part in cut for item in part] == wanted
    assert all(len(part) == 1 or sum(1 + len(item.properties) for item in part) <= REQUEST_PARTS for part in cut)
    assert all(len(part) <= REQUEST_UPSERTS for part in cut)


def test_only_what_differs_is_written() -> None:
    """New rows, other values, and properties that should be gone count; equal rows do not."""
    present = {"a": {"x": 1}, "b": {"x": 1, "y": 2}, "c": {"x": 3}}
    wanted = [row("a", x=1), row("b", x=1), row("c", x=1), row("d")]
    assert [item.id for item in changed(wanted, present)] == ["b", "c", "d"]
    assert stale(wanted[1], present) == ("y",)


def test_an_absent_value_is_no_property() -> None:
    """A null in a batch is left out of its row."""
    table = pa.table({"id": ["a", "b"], "x": [None, 1]})
    assert [dict(item.properties) for item in rows(VertexBatch(label="Event", table=table))] == [{}, {"x": 1}]
