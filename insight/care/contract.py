"""What care gaps are looked for, and which patients are asked about."""

from dataclasses import dataclass
from typing import Final, Literal

import msgspec

from core.settings import Settings
from insight.segments.definition import Compare


class CareGapRule(Settings, frozen=True, kw_only=True):
    """One `[care.gaps.NAME]` block: a condition that asks for a measure every so many days.

    Attributes:
        conditions: phrases; a condition or diagnosis that holds one of them as whole words, in any case, counts.
        measures: phrases; a reading or observation of a measure that holds one of them closes the gap.
        within_days: how long a reading lasts.
    """

    conditions: list[str]
    measures: list[str]
    within_days: int


DEFAULT_GAPS: Final = {
    "diabetes without HbA1c": CareGapRule(
        conditions=["diabetes", "diabetes mellitus"], measures=["hba1c", "hemoglobin a1c"], within_days=180
    ),
    "hypertension without blood pressure": CareGapRule(
        conditions=["hypertension", "high blood pressure"], measures=["blood pressure"], within_days=365
    ),
}


class CareSettings(Settings, frozen=True, kw_only=True):
    """The `[care]` section.

    Attributes:
        gaps: the rules by name; naming any replaces the defaults (diabetes, hypertension).
    """

    gaps: dict[str, CareGapRule] = msgspec.field(default_factory=lambda: dict(DEFAULT_GAPS))


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingFilter:
    """A reading of this measure; the latest one when `latest`, else any; `compare` holds its value against a number."""

    measure: str
    compare: Compare | None = None
    latest: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientFilter:
    """Which patients; every part that is given must hold.

    Attributes:
        conditions: has each of these conditions, by exact name.
        readings: each of these readings.
        age_at_least: in whole years, inclusive.
        age_at_most: in whole years, inclusive.
        no_contact_days: the last contact with care lies longer ago than this, or there was none.
        contact_days: the last contact lies within so many days.
        gaps: has each of these open care gaps, by name.
        kind: `patient`s only, or everybody.
    """

    conditions: tuple[str, ...] = ()
    readings: tuple[ReadingFilter, ...] = ()
    age_at_least: int | None = None
    age_at_most: int | None = None
    no_contact_days: float | None = None
    contact_days: float | None = None
    gaps: tuple[str, ...] = ()
    kind: Literal["patient", "any"] = "patient"
