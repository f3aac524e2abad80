"""Policy: what each role sees, in the table and in the schema."""

from collections.abc import Callable

import pytest
from graphql import GraphQLObjectType, build_schema, is_object_type
from hypothesis import given
from hypothesis import strategies as st

from api.graphql import schema_text
from api.policy import (
    FIELDS,
    OPERATIONS,
    POLICY,
    Access,
    FieldClass,
    Role,
    event_class,
    event_class_sql,
    feature_class,
    policy_page,
)
from insight.personas import CHANNEL_SHARE, TYPE_SHARE
from lake.query import open_views

UNPERSONAL = {
    "PageInfo",
    "Segment",
    "SegmentPreview",
    "Export",
    "ExportFile",
    "Personas",
    "Persona",
    "Trait",
    "Resolved",
}
AGGREGATES = {"Journeys", "Transition", "FunnelStep", "Path"}


def types() -> dict[str, GraphQLObjectType]:
    """The object types of the schema."""
    found = build_schema(schema_text()).type_map.items()
    return {name: kind for name, kind in found if is_object_type(kind) and not name.startswith("__")}


def test_every_field_about_a_person_has_a_class() -> None:
    """Each field of each type about a person stands in the policy, and the policy names no other."""
    wrappers = {name for name in types() if name.endswith(("Connection", "Edge"))}
    personal = set(types()) - wrappers - UNPERSONAL - AGGREGATES - {"Query", "Mutation"}
    fields = {f"{name}.{field}" for name in personal for field in types()[name].fields}
    assert fields == set(FIELDS)


def test_every_operation_stands_in_the_policy() -> None:
    """Each query and mutation is listed, so that none is closed or open by accident."""
    roots = {f"{name}.{field}" for name in ("Query", "Mutation") for field in types()[name].fields}
    assert roots == set(OPERATIONS)


@pytest.mark.parametrize(
    ("role", "field_class", "expected"),
    [
        (Role.MARKETER, FieldClass.HEALTH, Access.DENIED),
        (Role.MARKETER, FieldClass.CONTACT, Access.MASKED),
        (Role.COACH, FieldClass.HEALTH, Access.CLEAR),
        (Role.ANALYST, FieldClass.IDENTITY, Access.DENIED),
        (Role.STEWARD, FieldClass.EVIDENCE, Access.CLEAR),
        (Role.PRACTITIONER, FieldClass.FINANCIAL, Access.DENIED),
    ],
)
def test_roles_see_what_their_work_needs(role: Role, field_class: FieldClass, expected: Access) -> None:
    """The table says what was agreed for each role."""
    assert POLICY[role][field_class] is expected


@given(
    event_type=st.sampled_from(["order", "visit", "email_clicked", "reading", "message_opened", "surgery", "points"]),
    channel=st.sampled_from([None, "web", "store", "clinic", "device", "pharmacy", "post"]),
    written=st.sampled_from([str, str.upper, str.title, " {}\t".format]),
)
def test_events_have_one_class_in_python_and_sql(
    event_type: str, channel: str | None, written: Callable[[str], str]
) -> None:
    """One event alone and the same event among many are held to tell of the same thing, however it is written."""
    as_written = {"type": written(event_type), "channel": written(channel) if channel else None}
    with open_views({}) as database:
        query = f"SELECT {event_class_sql('$type', '$channel')}"
        row = database.execute(query, as_written).fetchone()
    told = event_class(event_type, channel)
    assert row == (told.value,)
    assert event_class(written(event_type), as_written["channel"]) is told


def test_the_page_is_the_table() -> None:
    """The reference page shows every role, field and operation that is enforced."""
    page = policy_page()
    assert all(f"`{name}`" in page for name in (*FIELDS, *OPERATIONS))
    assert all(f"| {role} |" in page for role in Role)


@pytest.mark.parametrize(
    ("feature", "told"),
    [
        (TYPE_SHARE + "order", FieldClass.BEHAVIOUR),
        (TYPE_SHARE + "message_opened", FieldClass.BEHAVIOUR),
        (TYPE_SHARE + "observation", FieldClass.HEALTH),
        (CHANNEL_SHARE + "web", FieldClass.BEHAVIOUR),
        (CHANNEL_SHARE + "clinic", FieldClass.HEALTH),
        ("touchpoints in a year", FieldClass.BEHAVIOUR),
        ("mean Body mass index", FieldClass.HEALTH),
    ],
)
def test_features_of_personas_tell_what_their_events_tell(feature: str, told: FieldClass) -> None:
    """A share of events is classed as those events are, by the names that the search gives; all else is health."""
    assert feature_class(feature) is told
