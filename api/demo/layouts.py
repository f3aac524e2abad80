"""The same records in each system's own columns, and the truth beside them.

Pure: tables in, tables out. What a system never asks is not among its columns; what it asked and did not get is "".
"""

from collections.abc import Mapping
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from api.demo.contract import SOURCE_NAMES, Behaviour, Demo, Registrations, Source
from api.demo.draws import Text, days_text, join, words
from api.demo.vocabulary.wellness import DIABETES, HYPERTENSION

ADDRESS: Final = {"address": "address", "city": "city", "state": "state", "zip": "zip"}
LAYOUTS: Final[Mapping[Source, Mapping[str, str]]] = {
    Source.CRM: {
        "contact_id": "record_id", "updated_at": "event_date", "first_name": "first_name", "middle_name": "middle_name",
        "last_name": "last_name", "suffix": "suffix", "birth_date": "date_of_birth", "gender": "sex", "ssn": "ssn",
        "email": "email", "phone": "phone", **ADDRESS,
    },
    Source.WEB_SHOP: {
        "customer_id": "record_id", "created_at": "event_date", "firstName": "first_name", "middleName": "middle_name",
        "lastName": "last_name", "birthday": "date_of_birth", "gender": "sex", "loyaltyCard": "loyalty_id",
        "email": "email", "mobile": "phone", "shippingAddress": "address", "shippingCity": "city",
        "shippingState": "state", "shippingZip": "zip", "browser": "device_id",
    },
    Source.LOYALTY: {
        "enrolment_id": "record_id", "enrolled_on": "event_date", "card_number": "loyalty_id", "given": "first_name",
        "middle": "middle_name", "surname": "last_name", "suffix": "suffix", "dob": "date_of_birth", "sex": "sex",
        "email": "email", "phone": "phone", "street": "address", "town": "city", "state": "state", "postcode": "zip",
        "wearable": "device_id",
    },
    Source.EHR: {
        "patient_id": "record_id", "registered_on": "event_date", "given_name": "first_name",
        "middle_name": "middle_name", "family_name": "last_name", "suffix": "suffix", "birth_date": "date_of_birth",
        "sex": "sex", "ssn": "ssn", "mrn": "mrn", "email": "email", "phone": "phone", "address": "address",
        "city": "city", "state": "state", "zip": "zip",
    },
    Source.CLAIMS: {
        "member_id": "record_id", "effective": "event_date", "member_first": "first_name", "member_mi": "middle_name",
        "member_last": "last_name", "member_suffix": "suffix", "member_dob": "date_of_birth", "member_sex": "sex",
        "member_ssn": "ssn", "rewards_card": "loyalty_id", "member_email": "email", "member_phone": "phone",
        "member_address": "address", "member_city": "city", "member_state": "state", "member_zip": "zip",
    },
    Source.OUTREACH: {
        "contact_id": "record_id", "added": "event_date", "name_first": "first_name", "name_middle": "middle_name",
        "name_last": "last_name", "born": "date_of_birth", "sex": "sex", "card": "loyalty_id", "email": "email",
        "phone": "phone", **ADDRESS,
    },
}  # fmt: skip


def source_table(registrations: Registrations, source: Source) -> pa.Table:
    """The records of one source under its own column names, oldest first."""
    rows = np.flatnonzero(registrations.source == source)
    rows = rows[np.argsort(registrations.day[rows], kind="stable")]
    table = registrations.table.take(pa.array(rows))
    if source == Source.CLAIMS:
        written = days_text(registrations.day[rows], "%m/%d/%Y")
        table = table.set_column(table.schema.get_field_index("event_date"), "event_date", written)
    return pa.table({name: table.column(column).combine_chunks() for name, column in LAYOUTS[source].items()})


def absent(table: pa.Table) -> pa.Table:
    """The same table with nothing instead of "", for formats that know nothing."""
    return pa.table({name: _nothing(table.column(name)) for name in table.column_names})


def _nothing(column: pa.ChunkedArray) -> pa.ChunkedArray:
    if column.type != pa.string():
        return column
    known: pa.ChunkedArray = pc.if_else(pc.equal(column, ""), pa.scalar(None, pa.string()), column)
    return known


def people_truth(demo: Demo) -> pa.Table:
    """Whose each record is: source, key, record_id (`source:key`), person_id, household_id."""
    registrations = demo.registrations
    source = words(SOURCE_NAMES, registrations.source)
    return pa.table(
        {
            "source": source,
            "key": registrations.keys,
            "record_id": join(source, ":", registrations.keys),
            "person_id": registrations.person,
            "household_id": demo.population.household[registrations.person],
        }
    ).sort_by([("source", "ascending"), ("key", "ascending")])


def people_table(registrations: Registrations) -> pa.Table:
    """All records as one people table, as `c360 resolve` takes it; the device is left out, no such table has one."""
    return registrations.table.drop_columns(["device_id"])


def persona_truth(demo: Demo) -> pa.Table:
    """How each person was made to behave."""
    names = [behaviour.name.lower() for behaviour in Behaviour]
    behaviour = demo.population.behaviour
    return pa.table({"person_id": np.arange(len(behaviour)), "persona": words(names, behaviour)})


def segment_truth(demo: Demo) -> pa.Table:
    """Who belongs to the groups that were planted: one row a person and group."""
    population = demo.population
    groups = {
        "lapsed": population.behaviour == Behaviour.LAPSED,
        "bargain_hunters": population.behaviour == Behaviour.BARGAIN_HUNTER,
        "diabetes": population.conditions[:, DIABETES],
        "rising_blood_pressure": population.conditions[:, HYPERTENSION] & population.uncontrolled,
        "marketing_allowed": population.consents,
    }
    tables = [_group(name, np.flatnonzero(members)) for name, members in groups.items()]
    return pa.concat_tables(tables)


def _group(name: str, members: np.ndarray[tuple[int], np.dtype[np.int64]]) -> pa.Table:
    named: Text = words([name], np.zeros(len(members), dtype=np.int64))
    return pa.table({"segment": named, "person_id": members})
