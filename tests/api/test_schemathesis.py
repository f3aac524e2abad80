"""Whatever is asked, in whatever role: no error without a documented code, none INTERNAL, no 5xx; and all can succeed.

Schemathesis writes the documents from the schema and sends them over HTTP; its own check of server errors, which takes
every GraphQL error for one, is replaced by ours.
"""

import contextlib
import re
import threading
import time
from collections.abc import Generator, Iterator
from dataclasses import replace
from typing import Any

import msgspec
import pytest
import schemathesis
import uvicorn
from graphql import (
    REMOVE,
    ArgumentNode,
    FieldNode,
    NameNode,
    ObjectValueNode,
    SelectionSetNode,
    TypeInfo,
    TypeInfoVisitor,
    ValueNode,
    Visitor,
    build_schema,
    parse,
    parse_value,
    print_ast,
    visit,
)
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from api.graphql import CODES, schema_text
from api.policy import FIELDS, OPERATIONS, Limits, Role, may_call
from api.run.segments import save_segment
from api.server import build_app
from insight.segments import parse as parse_definition
from resolution import MatchModel
from tests.api.conftest import Api, entity_id, person

SCHEMA = build_schema(schema_text())

QUICK, THOROUGH = 2, 40
ELSEWHERE = {"match": "not", "of": {"match": "profile", "field": "city", "op": "eq", "value": "whitby"}}
DEFINITIONS: tuple[dict[str, Any], ...] = (
    {"match": "event", "type": ["order"], "at_least": 1},
    ELSEWHERE,
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
    bounded = re.sub(r"\b(first|length|withinS): -?[\d.e+-]+", r"\1: 7", document)
    return re.sub(r'\b(after): "(?:[^"\\]|\\.)*"', r"\1: null", bounded)


def arguments_of(operation: str, segment: str) -> dict[str, Any]:
    """Arguments with which the operation can be answered."""
    someone = person(9)
    record = {"givenName": someone["given_name"], "familyName": someone["family_name"], "email": someone["emails"][0]}
    given: dict[str, dict[str, Any]] = {
        "Query.customer": {"id": entity_id(9)},
        "Query.journey": {"customer": entity_id(9)},
        "Query.segmentPreview": {"definition": ELSEWHERE},
        "Query.resolve": {"record": record},
        "Query.explain": {"entity": entity_id(9)},
        "Mutation.createSegment": {"name": "elsewhere", "definition": ELSEWHERE, "replace": True},
        "Mutation.exportSegment": {"segment": segment},
    }
    return given.get(operation, {})


def steered(document: str, role: Role, arguments: dict[str, Any]) -> str:
    """The document with arguments of its operation that can be answered, without fields that are closed to the role."""
    types = TypeInfo(SCHEMA)
    return print_ast(visit(parse(tame(document)), TypeInfoVisitor(types, _Steering(types, role, arguments))))


class _Steering(Visitor):
    """Rewrites a generated document so that it can succeed; all else of it stays."""

    def __init__(self, types: TypeInfo, role: Role, arguments: dict[str, Any]) -> None:
        super().__init__()
        self._types, self._role, self._arguments = types, role, arguments

    def enter_field(self, node: FieldNode, *_: object) -> FieldNode | None:
        parent = self._types.get_parent_type()
        if parent is not None and parent.name in ("Query", "Mutation"):
            given = parse_value(written(self._arguments))
            assert isinstance(given, ObjectValueNode)
            return replace(node, arguments=tuple(ArgumentNode(name=one.name, value=one.value) for one in given.fields))
        return None

    def leave_field(self, node: FieldNode, *_: object) -> object:
        """Runs within the field's parent again."""
        parent = self._types.get_parent_type()
        name = f"{parent.name}.{node.name.value}" if parent is not None else ""
        closed = name in FIELDS and not FIELDS[name].open_to(self._role)
        return REMOVE if closed else None

    def leave_selection_set(self, node: SelectionSetNode, *_: object) -> SelectionSetNode | None:
        """A selection that lost every field asks for its type instead."""
        if node.selections:
            return None
        return SelectionSetNode(selections=(FieldNode(name=NameNode(value="__typename"), arguments=(), directives=()),))


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
def address(whole: Api, model: MatchModel) -> Iterator[tuple[Api, str]]:
    """The API of the company, with its graph and a match model, without a limit of how often, and its address."""
    engine = replace(whole.engine, model=lambda: model, limits=Limits(requests_per_minute=1_000_000))
    api = replace(whole, engine=engine, app=build_app(engine))
    with served(api) as url:
        yield api, url


def ask_everything(api: Api, url: str, role: Role, examples: int) -> set[str]:
    """Send generated documents for every query and mutation; give those that were answered without an error."""
    schema: Any = schemathesis.graphql.from_file(schema_text())
    segment = save_segment(api.engine.ledger, "buyers", parse_definition(ELSEWHERE), who="test", replace=True)
    operations = [found.ok() for found in schema.get_all_operations()]
    options = {"base_url": url, "headers": {"Authorization": f"Bearer {api.keys[role]}"}}
    return {
        operation.label
        for operation in operations
        if ask_operation(operation, role, arguments_of(operation.label, segment.segment_id), examples, options)
    }


def ask_operation(operation: Any, role: Role, arguments: dict[str, Any], examples: int, options: dict[str, Any]) -> int:
    """Send each generated document as it is, tamed, and steered; give how many were answered without an error."""
    answered = 0

    @given(case=operation.as_strategy())
    @settings(
        max_examples=examples,
        phases=[Phase.generate],
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.large_base_example],
        deadline=None,
        derandomize=True,
        database=None,
    )
    def send(case: Any) -> None:
        nonlocal answered
        for body in (case.body, tame(case.body), steered(case.body, role, arguments)):
            case.body = body
            response = case.call_and_validate(checks=[every_error_is_documented], **options)
            answered += "errors" not in response.json()

    send()
    return answered


@pytest.mark.parametrize("role", Role)
def test_no_document_finds_an_undocumented_error(address: tuple[Api, str], role: Role) -> None:
    """A few generated documents for each query and mutation, in each role; what the role may call succeeds once."""
    api, url = address
    answered = ask_everything(api, url, role, QUICK)
    assert answered == {name for name in OPERATIONS if may_call(role, name)}


@pytest.mark.slow
@pytest.mark.parametrize("role", Role)
def test_many_documents_find_no_undocumented_error(address: tuple[Api, str], role: Role) -> None:
    """Many generated documents for each query and mutation, in each role."""
    api, url = address
    ask_everything(api, url, role, THOROUGH)
