"""One query for each kind of edge, over the lake's views and the prepared tables."""

from typing import Final

from graph.projection.steps import EdgeQuery

RECORD_KNOWN: Final = """
SELECT b.uid AS out, i.id AS in_ FROM graph_borne b JOIN graph_identifier i USING (system, value) ORDER BY ALL
"""

PERSON_KNOWN: Final = """
SELECT DISTINCT b.entity_id AS out, i.id AS in_
FROM graph_borne b JOIN graph_identifier i USING (system, value) ORDER BY ALL
"""

OBSERVED: Final = """
SELECT e.event_id AS out, i.id AS in_
FROM graph_event e JOIN graph_identifier i ON i.system = 'device' AND i.value = e.device ORDER BY ALL
"""

LINKED: Final = """
FROM links k JOIN graph_living a ON a.record_id = k.left JOIN graph_living b ON b.record_id = k.right
"""

REFUSED: Final = "k.origin = 'steward' AND k.probability < 0.5"
DEMANDED: Final = "k.origin = 'steward' AND k.probability >= 0.5"

MATCHED: Final = f"""
SELECT a.uid AS out, b.uid AS in_, k.probability, k.weight_bits, k.blocking_rule AS rule, k.origin,
       CAST(to_json(k.contributions) AS VARCHAR) AS why
{LINKED} WHERE NOT ({REFUSED}) ORDER BY out, in_
"""

LIVES_AT: Final = """
SELECT DISTINCT l.entity_id AS out, a.id AS in_
FROM graph_lives l JOIN graph_address a USING (street_key, place_key) ORDER BY ALL
"""

HOUSEHOLD_AT: Final = """
SELECT h.id AS out, a.id AS in_
FROM graph_household h JOIN graph_address a USING (street_key, place_key) ORDER BY ALL
"""

MEMBER_OF: Final = """
SELECT DISTINCT l.entity_id AS out, h.id AS in_
FROM graph_lives l JOIN graph_household h USING (street_key, place_key, family_name) ORDER BY ALL
"""

NEXT: Final = """
SELECT event_id AS out, follower AS in_, follower_ts - at_ts AS gap_ms FROM (
    SELECT event_id, at_ts,
           lead(event_id) OVER journey AS follower, lead(at_ts) OVER journey AS follower_ts
    FROM graph_event WINDOW journey AS (PARTITION BY entity_id ORDER BY at_ts, event_id)
) WHERE follower IS NOT NULL ORDER BY out
"""

ABOUT_PRODUCT: Final = """
SELECT e.event_id AS out, p.id AS in_ FROM graph_event e JOIN graph_product p USING (about)
WHERE e.kind IS NULL ORDER BY out
"""

ABOUT_CONCEPT: Final = """
SELECT e.event_id AS out, c.id AS in_ FROM graph_event e JOIN graph_concept c USING (kind, about) ORDER BY out
"""

HAS_CONDITION: Final = """
SELECT e.entity_id AS out, c.id AS in_, min(e.at_ts) AS since_ts
FROM graph_event e JOIN graph_concept c USING (kind, about)
WHERE e.kind = 'condition' GROUP BY ALL ORDER BY out, in_
"""

PERFORMED_BY: Final = """
SELECT e.event_id AS out, p.id AS in_ FROM graph_event e JOIN graph_provider p USING (provider) ORDER BY out
"""

PART_OF: Final = """
SELECT e.event_id AS out, c.id AS in_ FROM graph_event e JOIN graph_campaign c USING (campaign) ORDER BY out
"""

CARES_FOR: Final = """
SELECT DISTINCT p.id AS out, e.entity_id AS in_ FROM graph_event e JOIN graph_provider p USING (provider) ORDER BY ALL
"""

IN_SEGMENT: Final = """
SELECT entity_id AS out, segment_id AS in_, epoch_ms(max(entered_at)) AS entered_ts
FROM segment_membership WHERE left_at IS NULL AND entity_id IN (SELECT entity_id FROM graph_living)
GROUP BY entity_id, segment_id ORDER BY out, in_
"""

EVIDENCED_BY: Final = """
SELECT p.id AS out, c.evidence AS in_
FROM graph_gap p JOIN care_gaps c USING (entity_id, name) JOIN graph_event e ON e.event_id = c.evidence
ORDER BY ALL
"""

HAS_PERSONA: Final = """
SELECT entity_id AS out, persona_id AS in_, distance
FROM persona_members
WHERE entity_id IN (SELECT entity_id FROM graph_living) AND persona_id IN (SELECT persona_id FROM personas)
ORDER BY out, in_
"""

MERGED_INTO: Final = "SELECT entity_id AS out, current_id AS in_, merged_ts FROM graph_merged ORDER BY out"
SEGMENT_BY: Final = f"SELECT DISTINCT out, run_id AS in_ FROM (SELECT in_ AS out FROM ({IN_SEGMENT})), graph_shown"
PERSONA_BY: Final = "SELECT persona_id AS out, run_id AS in_ FROM personas, graph_shown ORDER BY out"
HAS_RECORD: Final = "SELECT entity_id AS out, uid AS in_ FROM graph_living ORDER BY ALL"
DID: Final = "SELECT entity_id AS out, event_id AS in_, at_ts, type FROM graph_event ORDER BY out, in_"


def _edges(label: str, out_label: str, in_label: str, sql: str) -> EdgeQuery:
    return EdgeQuery(label=label, out_label=out_label, in_label=in_label, sql=sql)


def _judged(condition: str) -> str:
    return f"SELECT a.uid AS out, b.uid AS in_ {LINKED} WHERE {condition} ORDER BY ALL"


EDGE_QUERIES: Final = (
    _edges("HAS_RECORD", "Person", "Record", HAS_RECORD),
    _edges("KNOWN_BY", "Record", "Identifier", RECORD_KNOWN),
    _edges("KNOWN_BY", "Person", "Identifier", PERSON_KNOWN),
    _edges("OBSERVED_ON", "Event", "Identifier", OBSERVED),
    _edges("MATCHED_WITH", "Record", "Record", MATCHED),
    _edges("NOT_SAME_AS", "Record", "Record", _judged(REFUSED)),
    _edges("MUST_LINK", "Record", "Record", _judged(DEMANDED)),
    _edges("MERGED_INTO", "FormerPerson", "Person", MERGED_INTO),
    _edges("LIVES_AT", "Person", "Address", LIVES_AT),
    _edges("LIVES_AT", "Household", "Address", HOUSEHOLD_AT),
    _edges("MEMBER_OF", "Person", "Household", MEMBER_OF),
    _edges("DID", "Person", "Event", DID),
    _edges("NEXT", "Event", "Event", NEXT),
    _edges("ABOUT", "Event", "Product", ABOUT_PRODUCT),
    _edges("ABOUT", "Event", "Concept", ABOUT_CONCEPT),
    _edges("HAS_CONDITION", "Person", "Concept", HAS_CONDITION),
    _edges("PERFORMED_BY", "Event", "Provider", PERFORMED_BY),
    _edges("PART_OF", "Event", "Campaign", PART_OF),
    _edges("CARES_FOR", "Provider", "Person", CARES_FOR),
    _edges("IN_SEGMENT", "Person", "Segment", IN_SEGMENT),
    _edges("HAS_GAP", "Person", "CareGap", "SELECT entity_id AS out, id AS in_ FROM graph_gap ORDER BY ALL"),
    _edges("EVIDENCED_BY", "CareGap", "Event", EVIDENCED_BY),
    _edges("HAS_PERSONA", "Person", "Persona", HAS_PERSONA),
    _edges("PRODUCED_BY", "Segment", "Run", SEGMENT_BY + " ORDER BY out"),
    _edges("PRODUCED_BY", "Persona", "Run", PERSONA_BY),
)
