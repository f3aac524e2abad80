"""What the generator hands on: who there is, what was written down about them, what happened, and the truth."""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import IntEnum
from typing import Final

import numpy as np
import pyarrow as pa

from api.demo.draws import Flags, Numbers, Text

DEMO_NOW: Final = datetime(2026, 11, 1, 6, tzinfo=UTC)
DEMO_SEED: Final = 360
DEMO_PEOPLE: Final = 20_000
RECORDS_A_PERSON: Final = 3.0
DAY_S: Final = 86_400


class Source(IntEnum):
    """The sources that write people down."""

    CRM = 0
    WEB_SHOP = 1
    LOYALTY = 2
    EHR = 3
    CLAIMS = 4
    OUTREACH = 5


class Behaviour(IntEnum):
    """How a person deals with the company: the truth behind personas."""

    ACTIVE_SHOPPER = 0
    CHRONIC_CARE = 1
    LAPSED = 2
    BARGAIN_HUNTER = 3
    DIGITAL_ONLY = 4


SOURCE_NAMES: Final = ("crm", "web_shop", "loyalty", "ehr", "claims", "outreach")


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """What people are called; each column has one row a person."""

    given: Text
    nickname: Text
    middle: Text
    family: Text
    married: Text
    married_day: Numbers
    suffix: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Contacts:
    """How people are reached. Each has up to two e-mails and phones, and up to three addresses one after the other."""

    emails: tuple[Text, Text]
    email_share: np.ndarray[tuple[int], np.dtype[np.float64]]
    phones: tuple[Text, Text]
    phone_share: np.ndarray[tuple[int], np.dtype[np.float64]]
    addresses: tuple[Numbers, Numbers, Numbers]
    moves: tuple[Numbers, Numbers]
    places: "Places"


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Addresses in their long and short spelling."""

    long: Text
    short: Text
    unit: Text
    city: Text
    state: Text
    postcode: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Population:
    """Everyone there is. Days count from 1970-01-01; every column has one row a person."""

    household: Numbers
    birth_day: Numbers
    male: Flags
    behaviour: Numbers
    conditions: Flags
    uncontrolled: Flags
    consents: Flags
    names: Names
    contacts: Contacts
    ssn: Text
    loyalty: Text
    mrns: tuple[Text, Text, Text]

    def __len__(self) -> int:
        """How many people."""
        return len(self.household)


@dataclass(frozen=True, slots=True, kw_only=True)
class Registrations:
    """What was written down about people, one row a record, in the columns of a people table, and the truth beside it.

    `table` has record_id, source, event_date, the person's fields as text ("" where blank) and device_id.
    """

    table: pa.Table
    person: Numbers
    source: Numbers
    day: Numbers
    facility: Numbers
    keys: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Demo:
    """All of it: people, records, events by stream, and what is wrong on purpose."""

    population: Population
    registrations: Registrations
    events: dict[str, pa.Table]
