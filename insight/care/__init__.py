"""Care: gaps between what a condition asks for and what was done, and patients by what matters to a practitioner."""

from insight.care.contract import CareGapRule, CareSettings, PatientFilter, ReadingFilter
from insight.care.gaps import gaps_sql, open_gaps
from insight.care.patients import patients, patients_sql, to_definition

__all__ = [
    "CareGapRule",
    "CareSettings",
    "PatientFilter",
    "ReadingFilter",
    "gaps_sql",
    "open_gaps",
    "patients",
    "patients_sql",
    "to_definition",
]
