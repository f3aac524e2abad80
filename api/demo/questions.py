"""What the demo asks the lake: SQL over its views. Text only; `look` runs it."""

from typing import Final

SOURCES: Final = """
    SELECT source, sum(records)::BIGINT, sum(events)::BIGINT, sum(rejects)::BIGINT, sum(problems)::BIGINT FROM (
        SELECT source, count(*) AS records, 0 AS events, 0 AS rejects, 0 AS problems
        FROM records WHERE NOT anonymous GROUP BY source
        UNION ALL SELECT source, 0, count(*), 0, 0 FROM events GROUP BY source
        UNION ALL SELECT source, 0, 0, count_if(NOT kept), count_if(kept) FROM rejects GROUP BY source)
    GROUP BY source ORDER BY source"""

PROBLEMS: Final = """
    SELECT file, reason, count(*) AS rows, kept FROM rejects GROUP BY ALL ORDER BY rows DESC, file, reason LIMIT 12"""

COUNTS: Final = """
    SELECT (SELECT count(*) FROM records WHERE NOT anonymous AND deleted_at IS NULL),
        (SELECT count(DISTINCT entity_id) FROM members JOIN records USING (record_id) WHERE NOT anonymous),
        (SELECT count(*) FROM (SELECT entity_id FROM members JOIN records USING (record_id)
            GROUP BY entity_id HAVING bool_and(anonymous))),
        (SELECT count(*) FROM events JOIN records USING (record_id)
            WHERE who_system = 'device' AND NOT anonymous AND "at" < records.observed_at)"""

CLUSTERS: Final = """
    SELECT source, record_id, entity_id FROM members JOIN records USING (record_id) WHERE NOT anonymous
    ORDER BY record_id"""

PROTAGONIST: Final = """
    SELECT m.entity_id FROM members m JOIN records r USING (record_id)
    LEFT JOIN (
        SELECT mm.entity_id, count(DISTINCT e.type) AS types, count(*) AS events
        FROM events e JOIN members mm USING (record_id) GROUP BY mm.entity_id) d ON d.entity_id = m.entity_id
    WHERE NOT r.anonymous
    GROUP BY m.entity_id, d.types, d.events HAVING count(*) BETWEEN 4 AND 8
    ORDER BY count(DISTINCT r.source) DESC, coalesce(d.types, 0) DESC, count(DISTINCT r.given_name) DESC, m.entity_id
    LIMIT 1"""

WRITTEN_DOWN: Final = """
    SELECT source, given_name, family_name, birth_date, emails[1], phones[1], addresses[1].city
    FROM records JOIN members USING (record_id) WHERE entity_id = ? ORDER BY source, record_id"""

MOMENTS: Final = """
    SELECT strftime("at", '%Y-%m-%d'), type, coalesce(about, attributes['campaign'], ''), coalesce(channel, ''),
        count(*) OVER () FROM events JOIN members USING (record_id)
    WHERE entity_id = ? QUALIFY row_number() OVER (PARTITION BY type ORDER BY "at" DESC, event_id) <= 2
    ORDER BY "at" DESC, event_id LIMIT 12"""

EVENT_COUNT: Final = "SELECT count(*) FROM events JOIN members USING (record_id) WHERE entity_id = ?"

SEGMENT_SIZES: Final = """
    SELECT segment, count(*) FROM segment_membership WHERE left_at IS NULL GROUP BY segment ORDER BY segment"""

PERSONAS: Final = """
    SELECT name, size, array_to_string(list_transform(traits[1:4], lambda t: t.says), '; ')
    FROM personas ORDER BY size DESC, persona_id"""

NO_PERSONAS: Final = "SELECT reason FROM persona_search WHERE reason IS NOT NULL"

PERSONA_PAIRS: Final = """
    SELECT dense_rank() OVER (ORDER BY p.persona_id) - 1, dense_rank() OVER (ORDER BY b.persona) - 1
    FROM persona_members p
    JOIN (SELECT entity_id, min(record_id) AS record_id FROM members GROUP BY entity_id) m USING (entity_id)
    JOIN truth_people t ON t.record_id = m.record_id
    JOIN truth_personas b ON b.person_id = t.person_id
    ORDER BY p.entity_id"""
