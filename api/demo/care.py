"""What people do as patients: visits, diagnoses, medications, measurements, claims, wearables, and answers.

A first visit brings the diagnoses, the diagnoses their medications, and later visits measurements; in some people these
drift upwards year by year. Pure draws.
"""

from typing import Final

import numpy as np
import pyarrow as pa

from api.demo.contract import DAY_S, Population, Registrations, Source
from api.demo.draws import Columns, Flags, Numbers, Reals, Text, Vector, choose, digits, join, stream, whole, words
from api.demo.timing import NOW_S, Cast, cast_of, in_time_order, instants, later, moments, repeats
from api.demo.vocabulary.wellness import (
    CONDITIONS,
    DIABETES,
    HYPERTENSION,
    MEASURES,
    MEDICATIONS,
    PROVIDERS,
    QUESTIONS,
    VISITS,
    VITALS,
)

# By behaviour: active shopper, chronic care, lapsed, bargain hunter, digital only.
VISIT_RATES: Final = np.array([0.2, 8.0, 0.4, 0.2, 0.2])
CLAIM_RATES: Final = np.array([0.4, 6.0, 0.5, 0.4, 0.3])
READING_RATES: Final = np.array([8.0, 4.0, 2.0, 3.0, 30.0])
STEPS: Final = np.array([9800.0, 4300.0, 6000.0, 6800.0, 8300.0])
PULSE: Final = np.array([61.0, 77.0, 70.0, 69.0, 65.0])
STRANGERS: Final = 0.01
SQL_TIME: Final = "%Y-%m-%d %H:%M:%S"
VISIT_COSTS: Final = np.array([180.0, 120.0, 260.0, 60.0, 85.0])


def draw_care(
    population: Population, registrations: Registrations, seed: int
) -> tuple[dict[str, pa.Table], tuple[Numbers, Numbers]]:
    """Draw the EHR's four event tables, claims, device readings and answers; and who visited when."""
    rng = stream(seed, "care")
    patients = cast_of(registrations, "record_id", [Source.EHR])
    row, at = _visits(rng, population, patients)
    first = np.full(len(patients.person), NOW_S, dtype=np.int64)
    np.minimum.at(first, row, at)
    conditions, started = _conditions(rng, population, patients, first)
    streams = {
        "ehr_encounters": _encounters(rng, patients, row, at),
        "ehr_conditions": conditions,
        "ehr_medications": _medications(rng, patients, started),
        "ehr_observations": _observations(rng, population, patients, (row, at)),
        "claims_lines": _claims(rng, population, cast_of(registrations, "record_id", [Source.CLAIMS])),
        "device_readings": _readings(rng, population, cast_of(registrations, "device_id", [Source.LOYALTY])),
        "outreach_answers": _answers(rng, population, cast_of(registrations, "record_id", [Source.OUTREACH])),
    }
    return streams, (patients.person[row], at)


def _visits(rng: np.random.Generator, population: Population, patients: Cast) -> tuple[Numbers, Numbers]:
    """Everybody with a record was there once; then as they need."""
    row = np.concatenate(
        [np.arange(len(patients.person)), repeats(rng, VISIT_RATES[population.behaviour[patients.person]])]
    )
    return row, moments(rng, population, patients.person[row])


def _encounters(rng: np.random.Generator, patients: Cast, row: Numbers, at: Numbers) -> pa.Table:
    kind = choose(rng, (0.2, 0.4, 0.1, 0.2, 0.1), len(row))
    home = (patients.person[row] * 7) % len(PROVIDERS)
    provider = np.where(rng.random(len(row)) < 0.8, home, whole(rng, 0, len(PROVIDERS), len(row)))
    cost = VISIT_COSTS[kind] * rng.lognormal(0, 0.25, len(row))
    columns: Columns = {
        "patient_id": words(patients.handle, row),
        "started_at": instants(at, SQL_TIME),
        "reason": words(VISITS, kind),
        "provider": words(PROVIDERS, provider),
        "cost": np.round(cost, 2),
    }
    return _numbered(in_time_order(columns, at), "encounter_id", "E")


def _conditions(
    rng: np.random.Generator, population: Population, patients: Cast, first: Numbers
) -> tuple[pa.Table, tuple[Numbers, Numbers, Numbers]]:
    """Each condition once, at the first visit or a while before it ended up in the record."""
    row, condition = np.nonzero(population.conditions[patients.person])
    at = first[row] + whole(rng, 300, 3000, len(row))
    columns: Columns = {
        "patient_id": words(patients.handle, row),
        "onset": instants(at, SQL_TIME),
        "code": words([code for _, code in CONDITIONS], condition),
        "description": words([name for name, _ in CONDITIONS], condition),
    }
    return _numbered(in_time_order(columns, at), "condition_id", "D"), (row, condition, at)


def _medications(rng: np.random.Generator, patients: Cast, started: tuple[Numbers, Numbers, Numbers]) -> pa.Table:
    """Prescribed the same day, then refilled about every three months for a while."""
    row, condition, since = started
    treated = rng.random(len(row)) < 0.85
    row, condition, since = row[treated], condition[treated], since[treated]
    most = np.maximum((NOW_S - since) // (91 * DAY_S), 0)
    fills = 1 + np.minimum(rng.poisson(2.5, len(row)), most)
    which = np.repeat(np.arange(len(row)), fills)
    nth = np.arange(len(which)) - np.repeat(np.cumsum(fills) - fills, fills)
    at = np.minimum(
        since[which] + 1800 + nth * 91 * DAY_S + whole(rng, 0, 5 * DAY_S, len(which)) * (nth > 0), NOW_S - 1
    )
    columns: Columns = {
        "patient_id": words(patients.handle, row[which]),
        "started_at": instants(at, SQL_TIME),
        "medication": words(MEDICATIONS, condition[which]),
        "reason": words([name for name, _ in CONDITIONS], condition[which]),
        "cost": np.round(12 + 9.5 * condition[which] + rng.exponential(6, len(which)), 2),
    }
    return _numbered(in_time_order(columns, at), "medication_id", "M")


def _observations(
    rng: np.random.Generator, population: Population, patients: Cast, visits: tuple[Numbers, Numbers]
) -> pa.Table:
    """Blood pressure at most visits; other measures as the conditions ask; drifting upwards where uncontrolled."""
    row, at = visits
    person = patients.person[row]
    has = population.conditions[person]
    chance = np.stack(
        [
            np.full(len(row), 0.7),
            np.where(has[:, DIABETES], 0.6, 0.06),
            np.full(len(row), 0.25),
            np.full(len(row), 0.1),
        ],
        axis=1,
    )
    taken, measure = np.nonzero(rng.random(chance.shape) < chance)
    person, at = person[taken], at[taken] + 600
    value = _measured(rng, population, person, measure, at)
    columns: Columns = {
        "patient_id": words(patients.handle, row[taken]),
        "taken_at": instants(at, SQL_TIME),
        "measure": words([measure[0] for measure in MEASURES], measure),
        "value": np.round(value, 1),
        "unit": words([measure[1] for measure in MEASURES], measure),
    }
    return _numbered(in_time_order(columns, at), "observation_id", "O")


def _measured(rng: np.random.Generator, population: Population, person: Numbers, measure: Numbers, at: Vector) -> Reals:
    """What the measurement gives: the person's own level, what the condition adds, the drift, and noise."""
    middle, spread = (np.array([entry[part] for entry in MEASURES], dtype=np.float64)[measure] for part in (2, 3))
    own = ((person * 2_654_435_761) % 1000) / 500.0 - 1.0
    years = 3.0 + (at - NOW_S) / (365 * DAY_S)
    sick = population.conditions[person, np.where(measure == 0, HYPERTENSION, DIABETES)]
    raised: Flags = sick & (measure <= 1)
    shift: Reals = np.where(measure == 0, 14.0, 1.3) * raised
    drift: Reals = np.where(measure == 0, 7.0, 0.6) * years * (raised & population.uncontrolled[person])
    return np.asarray(
        middle + spread * own + shift + drift + rng.normal(0, 0.35, len(person)) * spread, dtype=np.float64
    )


def _claims(rng: np.random.Generator, population: Population, members: Cast) -> pa.Table:
    row = repeats(rng, CLAIM_RATES[population.behaviour[members.person]])
    person = members.person[row]
    at = moments(rng, population, person)
    condition = choose(rng, np.full(len(CONDITIONS), 1.0), len(row))
    kind = choose(rng, (0.25, 0.4, 0.1, 0.2, 0.05), len(row))
    billed = VISIT_COSTS[kind] * rng.lognormal(0.5, 0.4, len(row))
    columns: Columns = {
        "member_id": words(members.handle, row),
        "service_date": instants(at, "%m/%d/%Y"),
        "service": words(VISITS, kind),
        "diagnosis_code": words([code for _, code in CONDITIONS], condition),
        "provider": words(PROVIDERS, (person * 7) % len(PROVIDERS)),
        "billed": np.round(billed, 2),
        "paid": np.round(billed * rng.uniform(0.55, 0.95, len(row)), 2),
    }
    return _numbered(in_time_order(columns, at), "claim_id", "CL")


def _readings(rng: np.random.Generator, population: Population, bands: Cast) -> pa.Table:
    """Steps, sleep and pulse by wearables, some of which nobody ever claims."""
    strangers = max(int(STRANGERS * len(population)), 1)
    row = repeats(rng, np.concatenate([READING_RATES[population.behaviour[bands.person]], np.full(strangers, 8.0)]))
    person = np.concatenate([bands.person, np.arange(strangers)])[row]
    at = moments(rng, population, person)
    kind = choose(rng, (0.5, 0.25, 0.25), len(row))
    handles = pa.concat_arrays([bands.handle, join("band-9", digits(np.arange(strangers), 12))])
    columns: Columns = {
        "device_id": words(handles, row),
        "at": instants(at),
        "measure": words([name for name, _ in VITALS], kind),
        "value": _vital(rng, population, person, kind, at),
        "unit": words([unit for _, unit in VITALS], kind),
    }
    return in_time_order(columns, at)


def _vital(rng: np.random.Generator, population: Population, person: Numbers, kind: Numbers, at: Vector) -> Reals:
    behaviour, size = population.behaviour[person], len(person)
    years = 3.0 + (at - NOW_S) / (365 * DAY_S)
    worse = population.uncontrolled[person] * years
    steps = np.round(STEPS[behaviour] * (1 - 0.1 * worse) * rng.lognormal(0, 0.25, size))
    sleep = np.round(np.clip(rng.normal(7.1 - 0.2 * worse, 0.9, size), 2.5, 11), 1)
    pulse = np.round(PULSE[behaviour] + 2.5 * worse + rng.normal(0, 4, size))
    return np.select([kind == 0, kind == 1], [steps, sleep], default=pulse)


def _answers(rng: np.random.Generator, population: Population, contacts: Cast) -> pa.Table:
    """Consent is asked of everyone, and once in a while again; the rest by chance."""
    people = len(contacts.person)
    asked: list[tuple[Numbers, Numbers]] = [(np.arange(people), np.zeros(people, dtype=np.int64))]
    for question in range(1, len(QUESTIONS)):
        some = np.flatnonzero(rng.random(people) < 0.5)
        asked.append((some, np.full(len(some), question, dtype=np.int64)))
    row, asks = (np.concatenate(parts) for parts in zip(*asked, strict=True))
    at = later(rng, moments(rng, population, contacts.person[row]), 600.0)
    columns: Columns = {
        "contact_id": words(contacts.handle, row),
        "asked_at": instants(at),
        "question": words([question for question, _ in QUESTIONS], asks),
        "response": _responses(rng, population, contacts.person[row], asks),
    }
    return in_time_order(columns, at)


def _responses(rng: np.random.Generator, population: Population, person: Numbers, question: Numbers) -> Text:
    """An answer to each question; consent to marketing is as the person decided once."""
    answers = [answer for _, answers in QUESTIONS for answer in answers]
    starts = np.cumsum([0, *(len(answers) for _, answers in QUESTIONS)])
    size = np.diff(starts)[question]
    drawn = (rng.random(len(person)) * size).astype(np.int64)
    drawn = np.where(question == 0, ~population.consents[person], drawn)
    return words(answers, starts[question] + drawn)


def _numbered(table: pa.Table, name: str, prefix: str) -> pa.Table:
    """Give the rows the system's own numbers, in its order."""
    return table.add_column(0, name, join(prefix, digits(1_000_000 + np.arange(table.num_rows))))
