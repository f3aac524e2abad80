"""One query for each kind of vertex, over the lake's views and the prepared tables."""

from typing import Final

from graph.projection.steps import VertexQuery

PERSON: Final = """
SELECT
    e.entity_id AS id,
    list_contains(e.kinds, 'customer') AS is_customer, list_contains(e.kinds, 'patient') AS is_patient,
    e.given_name, e.middle_name, e.family_name, e.suffix, e.birth_date,
    TRY_CAST(left(e.birth_date, 4) AS BIGINT) AS birth_year, e.sex,
    e.emails[1] AS email, e.phones[1] AS phone,
    e.addresses[1].city AS city, e.addresses[1].region AS region, e.addresses[1].postcode AS postcode,
    e.addresses[1].country AS country,
    e.confidence, l.records, epoch_ms(e.created_at) AS created_ts
FROM entities e
JOIN (SELECT entity_id, count(*) AS records FROM graph_living GROUP BY entity_id) l USING (entity_id)
ORDER BY id
"""

RECORD: Final = """
SELECT l.uid AS id, r.source, r.kind, epoch_ms(r.observed_at) AS observed_ts, epoch_ms(r.ingested_at) AS ingested_ts,
       r.given_name, r.family_name, r.birth_date
FROM graph_living l JOIN records r USING (record_id)
ORDER BY id
"""

HOUSEHOLD: Final = """
SELECT h.id, count(DISTINCT l.entity_id) AS size, min(l.city) AS city, min(l.postcode) AS postcode
FROM graph_household h JOIN graph_lives l USING (street_key, place_key, family_name)
GROUP BY h.id ORDER BY h.id
"""

ADDRESS: Final = """
SELECT a.id, min(l.line) AS line, min(l.city) AS city, min(l.region) AS region, min(l.postcode) AS postcode,
       min(l.country) AS country
FROM graph_address a JOIN graph_lives l USING (street_key, place_key)
GROUP BY a.id ORDER BY a.id
"""

EVENT: Final = """
SELECT event_id AS id, type, at_ts, channel, value, cost, source, question, response, unit
FROM graph_event ORDER BY id
"""

SNAPSHOT: Final = VertexQuery(label="Snapshot", sql="SELECT snapshot_id AS id, at_ts FROM graph_shown")
"""Comes after everything else: a graph that has it is complete."""

CONCEPT: Final = """
SELECT c.id, c.kind, c.about AS name, min(e.code) AS code
FROM graph_concept c JOIN graph_event e USING (kind, about)
GROUP BY ALL ORDER BY c.id
"""

SEGMENT: Final = """
SELECT segment_id AS id, min(segment) AS name, max(definition_version) AS version, count(DISTINCT entity_id) AS size
FROM segment_membership
WHERE left_at IS NULL AND entity_id IN (SELECT entity_id FROM graph_living)
GROUP BY segment_id ORDER BY id
"""

CARE_GAP: Final = """
SELECT p.id, p.name, epoch_ms(c.since) AS since_ts
FROM graph_gap p JOIN care_gaps c USING (entity_id, name)
ORDER BY p.id
"""

VERTEX_QUERIES: Final = (
    VertexQuery(label="Identifier", sql="SELECT id, system, shared, people FROM graph_identifier ORDER BY id"),
    VertexQuery(label="Person", sql=PERSON),
    VertexQuery(label="FormerPerson", sql="SELECT entity_id AS id FROM graph_merged ORDER BY id"),
    VertexQuery(label="Record", sql=RECORD),
    VertexQuery(label="Household", sql=HOUSEHOLD),
    VertexQuery(label="Address", sql=ADDRESS),
    VertexQuery(label="Event", sql=EVENT),
    VertexQuery(label="Product", sql="SELECT id, about AS name FROM graph_product ORDER BY id"),
    VertexQuery(label="Concept", sql=CONCEPT),
    VertexQuery(label="Campaign", sql="SELECT id, campaign AS name FROM graph_campaign ORDER BY id"),
    VertexQuery(label="Provider", sql="SELECT id, provider AS name FROM graph_provider ORDER BY id"),
    VertexQuery(label="Segment", sql=SEGMENT),
    VertexQuery(label="CareGap", sql=CARE_GAP),
    VertexQuery(label="Persona", sql="SELECT persona_id AS id, name, size, share FROM personas ORDER BY id"),
    VertexQuery(label="Run", sql="SELECT run_id AS id, at_ts FROM graph_shown"),
)
"""Identifiers come first: they are what concurrent writers are most likely to share."""
