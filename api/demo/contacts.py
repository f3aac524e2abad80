"""How people are reached: e-mail, telephone and postal addresses, some shared in a household, some left behind.

Pure draws; nothing is written here.
"""

from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from api.demo.contract import DEMO_NOW, Contacts, Names, Places
from api.demo.draws import Numbers, Text, Vector, choose, digits, join, pick, stream, whole, words, zipf
from api.demo.vocabulary import places as vocabulary

TODAY: Final = DEMO_NOW.toordinal() - 719_163
FIRST_DAY: Final = TODAY - 3900


def draw_contacts(names: Names, household: Numbers, head: Numbers, birth_day: Numbers, seed: int) -> Contacts:
    """Draw everyone's e-mails, phones and addresses."""
    rng = stream(seed, "contacts")
    people = len(household)
    city_of_household = choose(rng, zipf(len(CITY_NAME), flat=4.0, power=0.8), people)
    places, addresses, moves = _draw_addresses(rng, household, head, city_of_household)
    primary, second = _email(rng, names, birth_day), _email(rng, names, birth_day)
    shared = (head != np.arange(people)) & (rng.random(people) < 0.10)
    mobile, landline = _phone(rng, city_of_household[household]), _phone(rng, city_of_household[household])
    at_home = rng.random(people) < 0.3
    return Contacts(
        emails=(primary, pick(shared, words(primary, head), second)),
        email_share=np.where(shared | (rng.random(people) < 0.42), 0.30, 0.0),
        phones=(mobile, pick(at_home, words(landline, head), landline)),
        phone_share=np.where(rng.random(people) < 0.6, 0.35, 0.0),
        addresses=addresses,
        moves=moves,
        places=places,
    )


CITY_NAME: Final = [city[0] for city in vocabulary.CITIES]
CITY_STATE: Final = [city[1] for city in vocabulary.CITIES]
CITY_PREFIX: Final = [city[2] for city in vocabulary.CITIES]
CITY_AREA: Final = [city[3] for city in vocabulary.CITIES]


def _draw_addresses(
    rng: np.random.Generator, household: Numbers, head: Numbers, city: Numbers
) -> tuple[Places, tuple[Numbers, Numbers, Numbers], tuple[Numbers, Numbers]]:
    """Two addresses a household and one a person of their own; where nobody moves, they are one."""
    people = len(household)
    at_first, later, own = np.arange(people), people + np.arange(people), 2 * people + np.arange(people)
    elsewhere = choose(rng, zipf(len(CITY_NAME), flat=4.0, power=0.8), 2 * people)
    stays = rng.random(2 * people) < 0.1
    cities = np.r_[city, np.where(stays[:people], city, elsewhere[:people])]
    cities = np.r_[cities, np.where(stays[people:], city[household], elsewhere[people:])]
    moved = (rng.random(people) < 0.42)[household]
    leaves = rng.random(people) < np.where(head == np.arange(people), 0.18, 0.40)
    house_day = whole(rng, FIRST_DAY, TODAY, people)[household]
    own_day = whole(rng, FIRST_DAY, TODAY, people)
    never = np.int64(TODAY + 1)
    addresses = (at_first[household], later[household], own)
    return _places(rng, cities), addresses, (np.where(moved, house_day, never), np.where(leaves, own_day, never))


def streets() -> tuple[list[str], list[str]]:
    """Every street in its long and its short spelling, in one order."""
    names = [start + middle.rstrip() for middle in vocabulary.STREET_MIDDLES for start in vocabulary.STREET_STARTS]
    long = [
        f"{side[1]}{name} {kind[0]}" for name in names for kind in vocabulary.STREET_KINDS[:6] for side in _sides(name)
    ]
    short = [
        f"{side[0]}{name} {kind[1]}" for name in names for kind in vocabulary.STREET_KINDS[:6] for side in _sides(name)
    ]
    return long, short


def _sides(name: str) -> tuple[tuple[str, str], ...]:
    """Short street names are found on several sides of a town."""
    return vocabulary.STREET_SIDES if " " not in name else vocabulary.STREET_SIDES[:1]


def _places(rng: np.random.Generator, city: Vector) -> Places:
    size = len(city)
    long, short = streets()
    street = stream(0, "street order").permutation(len(long))[choose(rng, zipf(len(long), flat=30.0, power=0.7), size)]
    number = digits(whole(rng, 100, 9999, size))
    unit = pick(rng.random(size) < 0.28, join(" Apt ", digits(whole(rng, 1, 60, size))), "")
    zone = np.minimum(rng.exponential(24, size).astype(np.int64), 99)
    return Places(
        long=join(number, " ", words(long, street)),
        short=join(number, " ", words(short, street)),
        unit=unit,
        city=words(CITY_NAME, city),
        state=words(CITY_STATE, city),
        postcode=join(words(CITY_PREFIX, city), digits(zone, 2)),
    )


def _phone(rng: np.random.Generator, city: Vector) -> Text:
    """Ten digits: the area code of a city, an exchange that can be, a line."""
    exchange, line = whole(rng, 200, 1000, len(city)), whole(rng, 0, 10_000, len(city))
    exchange = np.where(exchange % 100 == 11, exchange + 1, exchange)
    return join(words(CITY_AREA, city), digits(exchange, 3), digits(line, 4))


def _email(rng: np.random.Generator, names: Names, birth_day: Numbers) -> Text:
    """An address made of a person's names the way people do, some with a year or a number to tell namesakes apart."""
    size = len(birth_day)
    given, family = pc.utf8_lower(names.given), pc.utf8_lower(pc.replace_substring(names.family, " ", ""))
    initial = pc.utf8_slice_codeunits(given, 0, 1)
    number = digits(whole(rng, 10, 10_000, size))
    year = digits(((1970 + birth_day // 365.25) % 100).astype(np.int64), 2)
    forms = (
        join(given, ".", family), join(initial, family, year), join(given, family, number),
        join(given, "_", family, year), join(family, ".", given, number), join(given, number),
        join(given, family, year),
    )  # fmt: skip
    form = choose(rng, (0.13, 0.24, 0.22, 0.15, 0.12, 0.04, 0.10), size)
    user = pc.choose(pa.array(form), *forms)
    domains = [domain for domain, _ in vocabulary.MAIL_DOMAINS]
    return join(user, "@", words(domains, choose(rng, [share for _, share in vocabulary.MAIL_DOMAINS], size)))
