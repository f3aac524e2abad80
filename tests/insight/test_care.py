"""Care gaps and patients, on the small company."""

from datetime import datetime, timedelta

import duckdb

from insight.care import CareGapRule, CareSettings, PatientFilter, ReadingFilter, open_gaps, patients
from insight.segments import facts_of
from insight.segments.definition import Compare

RULES = {"diabetes unmeasured": CareGapRule(conditions=["Diabetes"], measures=["HbA1c"], within_days=180)}
EVERYBODY = [f"e_{number:04d}" for number in range(150)]


def _gaps(company: duckdb.DuckDBPyConnection, now: datetime) -> list[dict[str, object]]:
    return open_gaps(company, RULES, now).to_pylist()


def test_a_gap_is_a_condition_without_a_recent_reading(company: duckdb.DuckDBPyConnection, now: datetime) -> None:
    """Exactly those have the gap who have the condition and no reading in the last 180 days."""
    now_ms = round(now.timestamp() * 1000)
    expected: list[str] = []
    for person, facts in facts_of(company, EVERYBODY).items():
        past = [event for event in facts.events if event.at_ms <= now_ms]
        ill = any(event.about == "diabetes" and event.type == "condition" for event in past)
        fresh = [e for e in past if e.about == "hba1c" and e.type == "reading" and e.at_ms > now_ms - 180 * 86_400_000]
        expected += [person] if ill and not fresh else []
    assert [gap["entity_id"] for gap in _gaps(company, now)] == expected
    assert 5 < len(expected) < 145


def test_a_gap_names_its_evidence_and_since_when(company: duckdb.DuckDBPyConnection, now: datetime) -> None:
    """Evidence is an event of that very person, and no gap begins after the moment asked about."""
    facts = facts_of(company, EVERYBODY)
    for gap in _gaps(company, now):
        events = facts[str(gap["entity_id"])].events
        assert gap["evidence"] in {event.event_id for event in events}
        assert isinstance(gap["since"], datetime)
        assert gap["since"] <= now


def test_a_phrase_matches_whole_words_only(company: duckdb.DuckDBPyConnection, now: datetime) -> None:
    """Diabetes is not found in prediabetes, nor the other way round."""
    rules = {"x": CareGapRule(conditions=["diabete"], measures=["hba1c"], within_days=180)}
    assert open_gaps(company, rules, now).num_rows == 0


def test_defaults_watch_diabetes_and_hypertension() -> None:
    """Without any setting two gaps are looked for."""
    assert sorted(CareSettings().gaps) == ["diabetes without HbA1c", "hypertension without blood pressure"]


def test_patients_are_filtered_by_every_part(company: duckdb.DuckDBPyConnection, now: datetime) -> None:
    """Condition, age, contact and gap must all hold of each patient shown."""
    wanted = PatientFilter(
        conditions=("diabetes",), age_at_least=30, contact_days=700, gaps=("diabetes unmeasured",), kind="any"
    )
    found = patients(company, wanted, RULES, now).to_pylist()
    assert found
    for row in found:
        assert "diabetes" in row["conditions"]
        assert row["age"] >= 30
        assert row["last_contact"] > now - timedelta(days=700)
        assert row["gaps"] == ["diabetes unmeasured"]


def test_readings_narrow_and_no_contact_is_the_opposite_of_contact(
    company: duckdb.DuckDBPyConnection, now: datetime
) -> None:
    """Contact within some days and none within them split the patients in two."""
    high = ReadingFilter(measure="weight", compare=Compare(op="gte", value=6))
    everybody, near, far, heavy = (
        set(patients(company, wanted, RULES, now).column("entity_id").to_pylist())
        for wanted in (
            PatientFilter(),
            PatientFilter(contact_days=60),
            PatientFilter(no_contact_days=60),
            PatientFilter(readings=(high,)),
        )
    )
    assert near | far == everybody
    assert not near & far
    assert 0 < len(heavy) < len(everybody)
