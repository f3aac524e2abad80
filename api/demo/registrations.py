"""What six systems wrote down about the same people: which record is whose, and how each came to look as it does.

Error rates follow a large labelled set of customer and patient records: the shares of blanks are by source and field,
the shares of slips such that two records of one person agree as often, field by field. Pure draws; nothing is written.
"""

from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from api.demo.contract import RECORDS_A_PERSON, SOURCE_NAMES, Population, Registrations, Source
from api.demo.dirt import blank, initials, misspell, recase
from api.demo.draws import (
    Flags,
    Numbers,
    Reals,
    Text,
    Vector,
    choose,
    choose_by_row,
    days_text,
    digits,
    join,
    pick,
    stream,
    whole,
    words,
)
from api.demo.population import TODAY

FIRST_DAY: Final = TODAY - 3900
SOURCE_SHARES: Final = (0.24, 0.22, 0.14, 0.22, 0.10, 0.08)
# Rows: crm, web_shop, loyalty, ehr, claims, outreach. How much likelier each behaviour is to be written down there.
LIKELIER: Final = (
    (0.9, 0.8, 3.0, 0.2, 0.3, 0.8),
    (0.6, 0.1, 0.2, 4.0, 2.5, 0.9),
    (1.4, 1.0, 1.1, 0.3, 0.7, 1.3),
    (0.9, 3.0, 0.5, 0.2, 0.3, 1.0),
    (0.6, 3.0, 1.2, 0.1, 0.3, 0.8),
)
# Where each behaviour is sure to be written down: one record of everybody is drawn from here.
HOME: Final = (
    (0.0, 0.1, 0.9, 0.0, 0.0, 0.0),
    (0.0, 0.0, 0.0, 0.9, 0.1, 0.0),
    (0.1, 0.6, 0.3, 0.0, 0.0, 0.0),
    (0.0, 1.0, 0.0, 0.0, 0.0, 0.0),
    (0.0, 0.8, 0.2, 0.0, 0.0, 0.0),
)
FACILITIES: Final = (0.455, 0.315, 0.23)
# Blank shares by field; columns: crm, web_shop, loyalty, ehr, claims, outreach.
BLANK: Final = {
    "middle_name": (0.70, 0.95, 0.80, 0.37, 0.50, 0.95),
    "date_of_birth": (0.65, 0.88, 0.40, 0.05, 0.45, 0.95),
    "sex": (0.80, 0.90, 0.50, 0.04, 0.70, 0.98),
    "ssn": (0.98, 1.0, 1.0, 0.52, 0.65, 1.0),
    "mrn": (1.0, 1.0, 1.0, 0.0, 1.0, 1.0),
    "loyalty_id": (1.0, 0.65, 0.0, 1.0, 0.70, 0.90),
    "email": (0.25, 0.01, 0.20, 0.69, 0.70, 0.40),
    "phone": (0.30, 0.45, 0.25, 0.15, 0.20, 0.20),
    "address": (0.30, 0.20, 0.40, 0.07, 0.03, 0.85),
    "device_id": (1.0, 0.35, 0.50, 1.0, 1.0, 1.0),
}
UPPER: Final = np.array([False, False, False, False, True, False])
KEY_FORMS: Final = ("C-{}", "{}", "{}", "{}", "M{}", "OC{}")


def draw_registrations(population: Population, seed: int, per_person: float = RECORDS_A_PERSON) -> Registrations:
    """Draw the records, in random order, as many a person as asked on average (at least one, at most 22)."""
    rng = stream(seed, "registrations")
    count = np.minimum(rng.geometric(1 / per_person, len(population)), 22)
    person = rng.permutation(np.repeat(np.arange(len(population)), count))
    source = _sources(rng, population.behaviour[person], person)
    day = whole(rng, FIRST_DAY, TODAY - 20, len(person))
    facility = choose(rng, FACILITIES, len(person))
    keys = _keys(rng, source)
    table = _table(rng, population, (person, source, day, facility), keys)
    return Registrations(table=table, person=person, source=source, day=day, facility=facility, keys=keys)


def _sources(rng: np.random.Generator, behaviour: Numbers, person: Numbers) -> Numbers:
    """Which system wrote each record: everybody's first in a home of their behaviour, the rest anywhere."""
    first = np.zeros(len(person), dtype=np.bool_)
    first[np.unique(person, return_index=True)[1]] = True
    source = np.zeros(len(person), dtype=np.int64)
    source[first] = choose_by_row(rng, np.array(HOME)[behaviour[first]])
    left = np.array(SOURCE_SHARES) * len(person) - np.bincount(source[first], minlength=len(SOURCE_SHARES))
    source[~first] = choose_by_row(rng, _source_weights(behaviour[~first], np.maximum(left, 1.0))[behaviour[~first]])
    return source


def _source_weights(behaviour: Numbers, wanted: Reals) -> Reals:
    """Shape (behaviours, sources): chances that give each source its wanted number of these records."""
    mix = np.bincount(behaviour, minlength=len(LIKELIER)) / max(len(behaviour), 1)
    shares = wanted / wanted.sum()
    weights = shares * np.array(LIKELIER)
    for _ in range(50):
        weights /= weights.sum(axis=1, keepdims=True)
        weights *= shares / np.maximum(mix @ weights, 1e-9)
    return np.asarray(weights / weights.sum(axis=1, keepdims=True), dtype=np.float64)


def _keys(rng: np.random.Generator, source: Numbers) -> Text:
    """Each system's own key for its rows; no key says whose it is."""
    numbers = digits(100_000 + rng.permutation(len(source)))
    prefixes = [form.replace("{}", "") for form in KEY_FORMS]
    return join(words(prefixes, source), numbers)


def _table(
    rng: np.random.Generator, population: Population, drawn: tuple[Numbers, Numbers, Numbers, Numbers], keys: Text
) -> pa.Table:
    person, source, day, facility = drawn
    upper = UPPER[source] | ((source == Source.EHR) & (facility == 1))
    columns = {
        "record_id": keys,
        "source": words(SOURCE_NAMES, source),
        "event_date": days_text(day, "%Y-%m-%d"),
        **_names(rng, population, person, day),
        "date_of_birth": _birth(rng, population.birth_day[person], source, facility),
        "sex": _sex(population.male[person], source, facility),
        "ssn": _ssn(rng, words(population.ssn, person)),
        "mrn": pc.choose(pa.array(facility), *(words(mrn, person) for mrn in population.mrns)),
        "loyalty_id": words(population.loyalty, person),
        "email": _email(rng, population, person),
        "phone": _phone(rng, population, person, source, facility),
        **_address(rng, population, person, day),
        "device_id": join(pick(source == Source.LOYALTY, "band-", "ck-"), _device(person, source)),
    }
    columns |= {
        name: recase(upper, columns[name]) for name in ("first_name", "middle_name", "last_name", "address", "city")
    }
    return pa.table(_blanked(rng, columns, source))


def _names(rng: np.random.Generator, population: Population, person: Numbers, day: Numbers) -> dict[str, Text]:
    names, size = population.names, len(person)
    given, middle = words(names.given, person), words(names.middle, person)
    family = pick(day >= names.married_day[person], words(names.married, person), words(names.family, person))
    spoken = pick(rng.random(size) < 0.065, words(names.nickname, person), given)
    spoken = pick(rng.random(size) < 0.005, middle, spoken)
    spoken = misspell(rng, initials(rng.random(size) < 0.01, spoken), 0.038)
    family = misspell(rng, family, 0.042)
    swap = rng.random(size) < 0.008
    short = initials(rng.random(size) < 0.62, middle)
    return {
        "first_name": pick(swap, family, spoken),
        "middle_name": misspell(rng, pick(rng.random(size) < 0.01, given, short), 0.01),
        "last_name": pick(swap, spoken, family),
        "suffix": pick(rng.random(size) < 0.35, words(names.suffix, person), ""),
    }


def _birth(rng: np.random.Generator, birth: Numbers, source: Numbers, facility: Numbers) -> Text:
    size = len(birth)
    days = birth.astype("datetime64[D]")
    month, first = days.astype("datetime64[M]"), days.astype("datetime64[Y]").astype("datetime64[D]")
    number = (days - month.astype("datetime64[D]")).astype(np.int64) + 1
    of_year = month.astype(np.int64) % 12 + 1
    swapped = month.astype("datetime64[Y]").astype("datetime64[M]") + (np.minimum(number, 12) - 1).astype(
        "timedelta64[M]"
    )
    crossed = swapped.astype("datetime64[D]") + (of_year - 1).astype("timedelta64[D]")
    chance = rng.random(size)
    slip = np.select(
        [chance < 0.009, (chance < 0.012) & (number <= 12), chance < 0.017, chance < 0.022],
        [first, crossed, days + rng.choice([-3, -2, -1, 1, 2, 3], size).astype("timedelta64[D]"),
         days + (365.25 * rng.choice([-3, -2, -1, 1, 2], size)).astype(np.int64).astype("timedelta64[D]")],
        default=days,
    ).astype("datetime64[D]").astype(np.int64)  # fmt: skip
    iso, us, compact, dots = (days_text(slip, form) for form in ("%Y-%m-%d", "%m/%d/%Y", "%Y%m%d", "%d.%m.%Y"))
    by_source = np.array([0, 0, 1, 0, 1, 3])[source]
    form = np.where(source == Source.EHR, np.array([0, 2, 1])[facility], by_source)
    written: Text = pc.choose(pa.array(form), iso, us, compact, dots)
    return written


def _sex(male: Flags, source: Numbers, facility: Numbers) -> Text:
    spelled = (source == Source.EHR) & (facility == 0)
    return pick(spelled, pick(male, "male", "female"), pick(male, "M", "F"))


def _ssn(rng: np.random.Generator, ssn: Text) -> Text:
    return pick(rng.random(len(ssn)) < 0.005, "999999999", misspell(rng, ssn, 0.005))


def _email(rng: np.random.Generator, population: Population, person: Numbers) -> Text:
    contacts = population.contacts
    second = rng.random(len(person)) < contacts.email_share[person]
    written = pick(second, words(contacts.emails[1], person), words(contacts.emails[0], person))
    return pick(rng.random(len(person)) < 0.004, "noemail@example.com", misspell(rng, written, 0.022))


def _phone(
    rng: np.random.Generator, population: Population, person: Numbers, source: Numbers, facility: Numbers
) -> Text:
    contacts = population.contacts
    second = rng.random(len(person)) < contacts.phone_share[person]
    number = pick(second, words(contacts.phones[1], person), words(contacts.phones[0], person))
    number = misspell(rng, number, 0.02)
    area, rest = pc.utf8_slice_codeunits(number, 0, 3), pc.utf8_slice_codeunits(number, 3)
    exchange, line = pc.utf8_slice_codeunits(rest, 0, 3), pc.utf8_slice_codeunits(rest, 3)
    bracketed, dashed = join("(", area, ") ", exchange, "-", line), join(area, "-", exchange, "-", line)
    form = np.where(source == Source.EHR, np.array([3, 0, 1])[facility], np.array([0, 1, 2, 0, 1, 0])[source])
    written = pc.choose(pa.array(form), bracketed, dashed, join("+1", number), number)
    return pick(rng.random(len(person)) < 0.006, "000-000-0000", written)


def _address(rng: np.random.Generator, population: Population, person: Numbers, day: Numbers) -> dict[str, Text]:
    contacts, size = population.contacts, len(person)
    first, later, own = (address[person] for address in contacts.addresses)
    moved, left = (at[person] for at in contacts.moves)
    home = np.where(day >= left, own, np.where(day >= moved, later, first))
    places = contacts.places
    habit = (home * 2_654_435_761) % 100 < 55
    line = pick(habit ^ (rng.random(size) < 0.14), words(places.long, home), words(places.short, home))
    line = join(line, blank(rng.random(size) < 0.06, words(places.unit, home)))
    return {
        "address": misspell(rng, line, 0.055),
        "city": misspell(rng, words(places.city, home), 0.025),
        "state": words(places.state, home),
        "zip": misspell(rng, words(places.postcode, home), 0.013),
    }


def _device(person: Numbers, source: Numbers) -> Text:
    """A browser's cookie or a wearable's serial number: one of each a person, not telling who."""
    mixed = ((person + 77) * 0x5F_4A7C_15E9 + np.where(source == Source.LOYALTY, 0x7F4A7C15, 0)) % (1 << 40)
    return digits(mixed, 13)


def _blanked(rng: np.random.Generator, columns: dict[str, Text], source: Vector) -> dict[str, Text]:
    """Leave blank what each system tends not to ask; an address comes or goes as a whole."""
    gone = {field: rng.random(len(source)) < np.array(shares)[source] for field, shares in BLANK.items()}
    gone |= dict.fromkeys(("city", "state", "zip"), gone["address"])
    return {name: blank(gone[name], column) if name in gone else column for name, column in columns.items()}
