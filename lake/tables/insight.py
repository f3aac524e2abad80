"""What insight found: segments and who is in them, personas, and what people consented to."""

from typing import Final

import pyarrow as pa

from lake.tables.types import INSTANT, Table, column

TRAIT: Final = pa.struct(
    [
        pa.field("feature", pa.string(), nullable=False),
        pa.field("says", pa.string(), nullable=False),
        pa.field("mean", pa.float64(), nullable=False),
        pa.field("overall", pa.float64(), nullable=False),
        pa.field("lift", pa.float64(), nullable=False),
    ]
)

SEGMENT_MEMBERSHIP: Final = Table(
    name="segment_membership",
    row="One stay of one person in one segment.",
    key=("segment_id", "entity_id", "entered_at"),
    schema=pa.schema(
        [
            column("segment_id", pa.string(), "The segment (`s_…`).", required=True),
            column("segment", pa.string(), "Its name.", required=True),
            column("definition_version", pa.int64(), "Which version of its definition.", required=True),
            column("entity_id", pa.string(), "The person.", required=True),
            column("entered_at", INSTANT, "Clock of the run that first found the person in.", required=True),
            column("left_at", INSTANT, "Clock of the run that first found the person out; null while in."),
        ]
    ),
)

PERSONAS: Final = Table(
    name="personas",
    row="One kind of person, found by clustering.",
    key=("persona_id",),
    schema=pa.schema(
        [
            column("persona_id", pa.string(), "The persona (`p_…`).", required=True),
            column("name", pa.string(), "Named by its strongest traits.", required=True),
            column("size", pa.int64(), "People in it.", required=True),
            column("share", pa.float64(), "Of all people clustered, 0 to 1.", required=True),
            column("stability", pa.float64(), "Mean adjusted Rand index over bootstrap samples.", required=True),
            column("traits", pa.list_(TRAIT), "What sets it apart, strongest first.", required=True),
        ]
    ),
)

PERSONA_MEMBERS: Final = Table(
    name="persona_members",
    row="One person's persona.",
    key=("entity_id",),
    schema=pa.schema(
        [
            column("entity_id", pa.string(), "The person.", required=True),
            column("persona_id", pa.string(), "The persona.", required=True),
            column("distance", pa.float64(), "To the persona's centre, in standard deviations.", required=True),
        ]
    ),
)

PERSONA_SEARCH: Final = Table(
    name="persona_search",
    row="The run's search for personas: how many it found, or why none.",
    key=("seed",),
    schema=pa.schema(
        [
            column("seed", pa.int64(), "What the search drew its samples by.", required=True),
            column("found", pa.int64(), "How many stable personas there are.", required=True),
            column("reason", pa.string(), "Why there are no stable personas, a sentence; null where there are some."),
        ]
    ),
)

CARE_GAPS: Final = Table(
    name="care_gaps",
    row="Care that one patient should have had and has not, as of the run.",
    key=("entity_id", "name"),
    schema=pa.schema(
        [
            column("entity_id", pa.string(), "The patient.", required=True),
            column("name", pa.string(), "The rule's name in c360.toml.", required=True),
            column("since", INSTANT, "Since when the gap has been open.", required=True),
            column("evidence", pa.string(), "The event that shows it.", required=True),
        ]
    ),
)

CONSENTS: Final = Table(
    name="consents",
    row="What one person allows or refuses, since when.",
    key=("record_id", "purpose", "since"),
    schema=pa.schema(
        [
            column("record_id", pa.string(), "The record that says so.", required=True),
            column("purpose", pa.string(), "marketing, care, research …", required=True),
            column("granted", pa.bool_(), "True for consent, false for refusal.", required=True),
            column("since", INSTANT, "When it was given or withdrawn.", required=True),
        ]
    ),
)
