"""The demo's company, whole: everyone, what was written down about them, and what happened. Pure draws."""

import numpy as np
import pyarrow as pa

from api.demo.care import draw_care
from api.demo.commerce import draw_commerce
from api.demo.contract import DEMO_PEOPLE, DEMO_SEED, RECORDS_A_PERSON, Demo
from api.demo.layouts import people_table
from api.demo.population import draw_population
from api.demo.registrations import draw_registrations


def generate(people: int = DEMO_PEOPLE, seed: int = DEMO_SEED) -> Demo:
    """Draw a company of this many people; the same numbers give the same company. About 0.1 ms a person."""
    population = draw_population(people, seed)
    registrations = draw_registrations(population, seed)
    care, visits = draw_care(population, registrations, seed)
    commerce = draw_commerce(population, registrations, visits, seed)
    return Demo(population=population, registrations=registrations, events=care | commerce)


def generate_people(
    people: int, seed: int = DEMO_SEED, per_person: float = RECORDS_A_PERSON
) -> tuple[pa.Table, pa.Table]:
    """Draw records only, at any size, for measuring speed.

    Returns:
        A people table (record_id, source, event_date, names, birth, identifiers, contacts) in random order, and its
        truth (record_id, person_id, household_id) row by row.
    """
    population = draw_population(people, seed)
    registrations = draw_registrations(population, seed, per_person)
    truth = {
        "record_id": registrations.keys,
        "person_id": registrations.person,
        "household_id": population.household[registrations.person].astype(np.int64),
    }
    return people_table(registrations), pa.table(truth)
