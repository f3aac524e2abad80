"""Who is who: links between records, entities, their members, and the history of all that."""

from typing import Final

import pyarrow as pa

from lake.tables.types import INSTANT, PROFILE, STRINGS, Table, column

CONTRIBUTION: Final = pa.struct(
    [
        pa.field("field", pa.string(), nullable=False),
        pa.field("level", pa.string(), nullable=False),
        pa.field("bits", pa.float64(), nullable=False),
    ]
)
PROVENANCE: Final = pa.struct(
    [
        pa.field("field", pa.string(), nullable=False),
        pa.field("value", pa.string(), nullable=False),
        pa.field("record_id", pa.string(), nullable=False),
        pa.field("rule", pa.string(), nullable=False),
    ]
)

LINKS: Final = Table(
    name="links",
    row="Evidence that two records are of one person.",
    key=("left", "right"),
    schema=pa.schema(
        [
            column("left", pa.string(), "Record id, the smaller of the two.", required=True),
            column("right", pa.string(), "Record id, the larger of the two.", required=True),
            column("probability", pa.float64(), "That both are one person, 0 to 1.", required=True),
            column("weight_bits", pa.float64(), "Log-odds of the same, prior included, in bits.", required=True),
            column(
                "contributions", pa.list_(CONTRIBUTION), "What each field says for or against, in bits.", required=True
            ),
            column("blocking_rule", pa.string(), "The rule that first proposed the pair.", required=True),
            column("model_version", pa.string(), "Version of the match model.", required=True),
            column("origin", pa.string(), "model, rule or steward.", required=True),
        ]
    ),
)

ENTITIES: Final = Table(
    name="entities",
    row="One person, as far as all sources together know.",
    key=("entity_id",),
    schema=pa.schema(
        [
            column("entity_id", pa.string(), "Stable id (`e_…`).", required=True),
            column("kinds", STRINGS, "customer, patient or both.", required=True),
            *PROFILE,
            column(
                "provenance",
                pa.list_(PROVENANCE),
                "Each golden value, its record, and the rule that chose it.",
                required=True,
            ),
            column("confidence", pa.float64(), "That the members are all of one person, 0 to 1.", required=True),
            column("members", STRINGS, "Record ids, sorted.", required=True),
            column("created_at", INSTANT, "When the entity first appeared.", required=True),
        ]
    ),
)

MEMBERS: Final = Table(
    name="members",
    row="One record's place in one entity.",
    key=("record_id",),
    schema=pa.schema(
        [
            column("record_id", pa.string(), "The record.", required=True),
            column("entity_id", pa.string(), "The entity it belongs to.", required=True),
            column("confidence", pa.float64(), "That it belongs there, 0 to 1.", required=True),
        ]
    ),
)

IDENTITY_LOG: Final = Table(
    name="identity_log",
    row="One change of who is who. Append-only and bitemporal.",
    key=("entity_id", "record_id", "change", "known_from"),
    schema=pa.schema(
        [
            column("entity_id", pa.string(), "The entity that changed.", required=True),
            column("change", pa.string(), "created, joined, left, merged_into, split_from or erased.", required=True),
            column("record_id", pa.string(), "The record that joined or left."),
            column("other_entity_id", pa.string(), "The entity merged into or split from."),
            column("valid_from", INSTANT, "Since when it is so in the world.", required=True),
            column("known_from", INSTANT, "Since when the engine knows it: the run's clock.", required=True),
            column("run_id", pa.string(), "The run that found out.", required=True),
            column("cause", pa.string(), "model, steward, source_deleted, new_record …", required=True),
        ]
    ),
)
