"""Whatever is asked, in whatever role: no error without a documented code, none INTERNAL, no 5xx.

Schemathesis writes the documents from the schema and sends them over HTTP; its own check of server errors, which takes
every GraphQL error for one, is replaced by ours.
"""

import contextlib
import re
import threading
import time
from collections.abc import Generator, Iterator
from typing import Any

import msgspec
import pytest
import schemathesis
import uvicorn
from graphql import ValueNode, parse_value
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from api.graphql import CODES, schema_text
from api.policy import Role
from tests.api.conftest import Api, entity_id

QUICK, THOROUGH = 4, 60
DEFINITIONS: tuple[dict[str, Any], ...] = (
    {"match": "event", "type": ["order"], "at_least": 1},
    {"match": "not", "of": {"match": "profile", "field": "city", "op": "eq", "value": "whitby"}},
    {"match": "related", "to": "condition", "names": ["asthma"]},
    {"match": "segment", "name": "nobody"},
    {"match": "nonsense"},
)


def literal(value: Any) -> ValueNode:
    """A value of JSON as a literal of GraphQL."""
    return parse_value(written(value))


def written(value: Any) -> str:
    """The text of a literal."""
    if hasattr(value, "items"):
        return "{" + ", ".join(f"{name}: {written(item)}" for name, item in value.items()) + "}"
    if hasattr(value, "append"):
        return "[" + ", ".join(written(item) for item in value) + "]"
    return msgspec.json.encode(value).decode()


moments = st.datetimes().map(lambda moment: literal(moment.isoformat() + "Z"))
schemathesis.graphql.scalar("JSON", st.sampled_from([literal(one) for one in DEFINITIONS]))
schemathesis.graphql.scalar("DateTime", moments | st.just(literal("yesterday")))
schemathesis.graphql.scalar(
    "ID", st.sampled_from([literal(entity_id(9)), literal("e_1"), literal("'; DROP"), literal("")])
)


def tame(document: str) -> str:
    """Bring page sizes into bounds and drop cursors, so that the document gets further than the first check."""
    bounded = re.sub(r"\b(first|length): -?\d+", r"\1: 7", document)
    return re.sub(r'\b(after): "(?:[^"\\]|\\.)*"', r"\1: null", bounded)


def every_error_is_documented(_context: object, response: Any, _case: object) -> None:
    """The check that takes the place of schemathesis' server-error check."""
    assert response.status_code < 500
    errors: list[dict[str, Any]] = response.json().get("errors") or []
    assert all(error["extensions"]["code"] in CODES for error in errors)
    assert not [error for error in errors if error["extensions"]["code"] in {"INTERNAL", "BROKEN"}]


@contextlib.contextmanager
def served(api: Api) -> Generator[str]:
    """The API behind a real HTTP server on a free port."""
    server = uvicorn.Server(uvicorn.Config(api.app, port=0, log_level="critical", lifespan="off", ws="none"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}/graphql"
    server.should_exit = True
    thread.join()


@pytest.fixture
def address(whole: Api) -> Iterator[tuple[Api, str]]:
    """The API of the company, with its graph, and its address."""
    with served(whole) as url:
        yield whole, url


def ask_everything(api: Api, url: str, role: Role, examples: int) -> None:
    """Send generated documents for every query and mutation."""
    schema: Any = schemathesis.graphql.from_file(schema_text())
    headers = {"Authorization": f"Bearer {api.keys[role]}"}
    for found in schema.get_all_operations():
        operation = found.ok()

        @given(case=operation.as_strategy(), tamed=st.booleans())
        @settings(
            max_examples=examples,
            phases=[Phase.generate],
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.large_base_example],
            deadline=None,
            derandomize=True,
            database=None,
        )
        def send(case: Any, tamed: bool) -> None:  # noqa: FBT001 (schemathesis' own)
            case.body = tame(case.body) if tamed else case.body
            case.call_and_validate(base_url=url, headers=headers, checks=[every_error_is_documented])

        send()


@pytest.mark.parametrize("role", Role)
def test_no_document_finds_an_undocumented_error(address: tuple[Api, str], role: Role) -> None:
    """A few generated documents for each query and mutation, in each role."""
    api, url = address
    ask_everything(api, url, role, QUICK)


@pytest.mark.slow
@pytest.mark.parametrize("role", Role)
def test_many_documents_find_no_undocumented_error(address: tuple[Api, str], role: Role) -> None:
    """Many generated documents for each query and mutation, in each role."""
    api, url = address
    ask_everything(api, url, role, THOROUGH)
