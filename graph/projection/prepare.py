"""The tables that a projection prepares: who is living, what they bear, where they live, what they did."""

from collections.abc import Mapping
from typing import Final

from core.clock import epoch_ms
from graph.projection.steps import Name, Prepare, Shown
from lake.query import quoted

DEFAULT_LIMIT: Final = 3
IDENTIFIER_LIMITS: Final[Mapping[str, int]] = {
    "ssn": 1,
    "national_id": 1,
    "mrn": 1,
    "loyalty": 2,
    "email": 3,
    "device": 4,
    "phone": 6,
}
"""The most people an identifier of each system may be known of before it counts as shared; others: `DEFAULT_LIMIT`."""

HOUSEHOLD_LIMIT: Final = 12
"""More people than this of one family name at one address are an institution or a coincidence, not a household."""

IDENTIFIER_PREFIX: Final = "i_1"
"""The 1 is the version of the workspace key."""

LIVING: Final = """
SELECT r.record_id, r.uid, m.entity_id
FROM records r JOIN members m USING (record_id) JOIN entities e USING (entity_id)
WHERE r.deleted_at IS NULL
"""

MERGED: Final = """
WITH RECURSIVE last_merge AS (
    SELECT entity_id, max(known_from) AS known_from,
           arg_max(other_entity_id, (known_from, other_entity_id)) AS other_entity_id
    FROM identity_log WHERE change = 'merged_into' AND entity_id NOT IN (SELECT entity_id FROM graph_living)
    GROUP BY entity_id
), walk AS (
    SELECT entity_id, other_entity_id AS current_id, known_from FROM last_merge
    UNION
    SELECT walk.entity_id, next.other_entity_id, greatest(walk.known_from, next.known_from)
    FROM walk JOIN last_merge next ON next.entity_id = walk.current_id
)
SELECT entity_id, current_id, epoch_ms(max(known_from)) AS merged_ts
FROM walk WHERE current_id IN (SELECT entity_id FROM graph_living) GROUP BY entity_id, current_id
"""
"""Ids that nobody bears now and the living person each leads to; one whose chain ends in nobody is left out."""

BORNE: Final = """
SELECT DISTINCT uid, entity_id, system, value FROM (
    SELECT l.uid, l.entity_id, i.system AS system, i.value AS value
    FROM graph_living l JOIN records r USING (record_id), unnest(r.identifiers) AS t(i)
    UNION ALL
    SELECT l.uid, l.entity_id, 'email', v
    FROM graph_living l JOIN records r USING (record_id), unnest(r.emails) AS t(v)
    UNION ALL
    SELECT l.uid, l.entity_id, 'phone', v
    FROM graph_living l JOIN records r USING (record_id), unnest(r.phones) AS t(v)
    UNION ALL
    SELECT l.uid, l.entity_id, 'device', v
    FROM graph_living l JOIN records r USING (record_id), unnest(r.devices) AS t(v)
) WHERE value IS NOT NULL AND value <> ''
"""

KNOWN: Final = """
SELECT entity_id, system, value FROM graph_borne JOIN records USING (uid)
GROUP BY entity_id, system, value, anonymous
QUALIFY NOT anonymous OR bool_and(anonymous) OVER (PARTITION BY system, value)
"""
"""Who bears each identifier; whoever stands for the identifier alone is nobody more where a known person bears it."""

EVENT: Final = """
SELECT
    v.event_id, l.entity_id, v.source, v.type, epoch_ms(v.at) AS at_ts, v.channel, v.value, v.cost,
    nullif(v.about, '') AS about, v.attributes['code'] AS code, v.attributes['question'] AS question,
    v.attributes['response'] AS response, v.attributes['unit'] AS unit,
    nullif(v.attributes['campaign'], '') AS campaign, nullif(v.attributes['provider'], '') AS provider,
    nullif(coalesce(v.attributes['device'], CASE WHEN v.who_system = 'device' THEN v.who_value END), '') AS device,
    CASE
        WHEN v.type IN ('condition', 'diagnosis') THEN 'condition'
        WHEN v.type = 'medication' THEN 'medication'
        WHEN v.type IN ('reading', 'observation') THEN 'measure'
        WHEN v.type = 'answer' THEN 'question'
        WHEN v.type = 'procedure' THEN 'procedure'
    END AS kind
FROM events v JOIN graph_living l USING (record_id)
"""

ADDRESS: Final = """
SELECT
    e.entity_id, e.family_name, a.city, a.region, a.postcode, a.country,
    coalesce(nullif(concat_ws(' ', a.house_number, a.street, a.unit), ''), a.line) AS line,
    lower(coalesce(nullif(concat_ws(' ', a.house_number, a.street, a.unit), ''), a.line)) AS street_key,
    lower(coalesce(a.postcode, a.city)) AS place_key
FROM entities e, unnest(e.addresses) AS t(a)
WHERE e.entity_id IN (SELECT entity_id FROM graph_living)
"""

HOUSEHOLD: Final = f"""
SELECT street_key, place_key, family_name
FROM graph_lives JOIN graph_address USING (street_key, place_key)
WHERE family_name IS NOT NULL
GROUP BY ALL HAVING count(DISTINCT entity_id) BETWEEN 2 AND {HOUSEHOLD_LIMIT}
ORDER BY ALL
"""


def steps(shown: Shown, limits: Mapping[str, int]) -> tuple[Prepare | Name, ...]:
    """Say what to prepare, in order.

    Args:
        shown: the snapshot and its run.
        limits: by system, over and above `IDENTIFIER_LIMITS`.
    """
    return (
        Prepare(table="graph_shown", sql=_shown(shown)),
        Prepare(table="graph_living", sql=LIVING),
        Prepare(table="graph_merged", sql=MERGED),
        Prepare(table="graph_event", sql=EVENT),
        Prepare(table="graph_borne", sql=BORNE),
        Prepare(table="graph_known", sql=KNOWN),
        Name(table="graph_value", sql=_distinct("system, value", BORNE_OR_OBSERVED), prefix=IDENTIFIER_PREFIX),
        Prepare(table="graph_identifier", sql=_identifiers({**IDENTIFIER_LIMITS, **limits})),
        Prepare(table="graph_lives", sql=ADDRESS),
        Name(table="graph_address", sql=_distinct("street_key, place_key", LOCATED), prefix="a"),
        Name(table="graph_household", sql=HOUSEHOLD, prefix="h"),
        Name(table="graph_product", sql=_distinct("about", PRODUCTS), prefix="pr", personal=False),
        Name(table="graph_concept", sql=_distinct("kind, about", CONCEPTS), prefix="c", personal=False),
        Name(table="graph_campaign", sql=_distinct("campaign", CAMPAIGNS), prefix="ca", personal=False),
        Name(table="graph_provider", sql=_distinct("provider", PROVIDERS), prefix="pv"),
        Name(table="graph_gap", sql=_distinct("entity_id, name", GAPS), prefix="gap"),
    )


BORNE_OR_OBSERVED: Final = """(
    SELECT system, value FROM graph_borne
    UNION ALL SELECT 'device', device FROM graph_event WHERE device IS NOT NULL
)"""
LOCATED: Final = "graph_lives WHERE street_key IS NOT NULL AND place_key IS NOT NULL"
PRODUCTS: Final = "graph_event WHERE kind IS NULL AND about IS NOT NULL"
CONCEPTS: Final = "graph_event WHERE kind IS NOT NULL AND about IS NOT NULL"
CAMPAIGNS: Final = "graph_event WHERE campaign IS NOT NULL"
GAPS: Final = "care_gaps WHERE entity_id IN (SELECT entity_id FROM graph_living)"
PROVIDERS: Final = "graph_event WHERE provider IS NOT NULL"


def _shown(shown: Shown) -> str:
    snapshot, run = quoted(shown.snapshot_id), quoted(shown.run_id)
    return f"SELECT {snapshot} AS snapshot_id, {run} AS run_id, CAST({epoch_ms(shown.at)} AS BIGINT) AS at_ts"


def _distinct(columns: str, source: str) -> str:
    return f"SELECT DISTINCT {columns} FROM {source} ORDER BY {columns}"


def _identifiers(limits: Mapping[str, int]) -> str:
    """Each identifier with the number of its people and whether that is over its system's limit."""
    cases = " ".join(f"WHEN {quoted(system)} THEN {limit}" for system, limit in sorted(limits.items()))
    return f"""
        SELECT id, system, value, people, people > CASE system {cases} ELSE {DEFAULT_LIMIT} END AS shared FROM (
            SELECT v.id, v.system, v.value, count(DISTINCT b.entity_id) AS people
            FROM graph_value v LEFT JOIN graph_known b USING (system, value) GROUP BY v.id, v.system, v.value
        )
    """
