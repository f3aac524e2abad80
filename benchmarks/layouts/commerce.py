"""Customers: what shops, marketers and clubs export."""

import hashlib
import json
from dataclasses import replace
from datetime import date
from typing import Final

from benchmarks.layouts.draw import Draw
from benchmarks.layouts.files import File, Layout, Made, Record
from benchmarks.layouts.people import Contact, Person, contact, mail, population, seen, surname
from benchmarks.layouts.slips import digit, initial, misheard, other_day, typo
from benchmarks.layouts.west import GERMAN, UK, US

SPRING: Final = date(2023, 3, 1)
WINTER: Final = date(2024, 2, 28)


def crm_contacts(draw: Draw) -> Made:
    """Exports of three sales and mailing tools, each with its own headers; a third of the people in more than one."""
    people = population(draw, US, 1300)
    sales: list[Record] = []
    hub: list[Record] = []
    mailing: list[Record] = []
    for person in seen(draw, people, (0.6, 0.28, 0.12)):
        at = contact(draw, person, 0.1)
        given = draw.slip(0.06, typo, draw.slip(0.05, initial, person.given))
        family = draw.slip(0.05, typo, surname(draw, person, 0.05))
        kind = draw.random()
        if kind < 0.4:
            sales.append((person.number, _sales(draw, at, given, family)))
        elif kind < 0.75:
            hub.append((person.number, _hub(draw, at, given, family)))
        else:
            said = draw.kept(0.7, given)
            mailing.append((person.number, _mailing(draw, at.email, said, family if said else "")))
    return Made(
        files=(
            File(name="salesforce_contacts.csv", records=sales, key="Contact ID", first="003"),
            File(name="hubspot.csv", records=hub, key="Record ID", first="7"),
            File(name="subscribed_members.csv", records=mailing, key="LEID", first="9"),
        )
    )


def _sales(draw: Draw, at: Contact, given: str, family: str) -> dict[str, object]:
    return {
        "Salutation": draw.kept(0.5, draw.choice(("Mr.", "Ms.", "Mrs.", "Dr."))),
        "First Name": given,
        "Last Name": family,
        "Title": draw.choice(("VP Sales", "Buyer", "Owner", "Engineer", "", "")),
        "Account Name": draw.choice(("Acme Holdings", "Northwind", "Globex", "Initech", "Umbrella Foods")),
        "Mailing Street": draw.kept(0.7, at.line),
        "Mailing City": at.city,
        "Mailing Zip/Postal Code": at.postcode,
        "Phone": draw.kept(0.5, at.landline),
        "Mobile": draw.kept(0.6, at.mobile),
        "Email": draw.kept(0.85, at.email),
        "Lead Source": draw.choice(("Web", "Trade Show", "Referral")),
        "Created Date": f"{draw.day(SPRING, WINTER):%m/%d/%Y}",
    }


def _hub(draw: Draw, at: Contact, given: str, family: str) -> dict[str, object]:
    return {
        "First Name": given,
        "Last Name": family,
        "Email": draw.kept(0.9, at.email),
        "Phone Number": draw.kept(0.6, "+1" + "".join(filter(str.isdigit, at.mobile))),
        "Contact owner": draw.choice(("Dana Fields", "Marc Levin", "Priya Nair")),
        "Lifecycle Stage": draw.choice(("lead", "customer", "subscriber")),
        "City": draw.kept(0.5, at.city),
        "Create Date": f"{draw.day(SPRING, WINTER)} 09:{draw.filled('%#')}"[:16],
        "Associated Company": draw.choice(("", "Acme", "Northwind Inc", "Globex Corp")),
    }


def _mailing(draw: Draw, email: str, given: str, family: str) -> dict[str, object]:
    return {
        "Email Address": email,
        "First Name": given,
        "Last Name": family,
        "MEMBER_RATING": draw.randint(1, 5),
        "OPTIN_TIME": f"{draw.day(SPRING, WINTER)} 10:22:31",
        "OPTIN_IP": draw.filled("10.%#.%#.%#"),
        "TAGS": draw.choice(("newsletter", "webinar,newsletter", "")),
    }


def shop_orders(draw: Draw) -> Made:
    """A shop's orders with billing and shipping parts: many orders a customer, and gifts sent to others."""
    people = population(draw, US, 900)
    records: list[Record] = []
    for person in seen(draw, people, (0.35, 0.25, 0.15, 0.1, 0.06, 0.04, 0.03, 0.02)):
        at = contact(draw, person, 0.08)
        name = f"{draw.slip(0.04, typo, person.given)} {surname(draw, person, 0.04)}"
        gift = draw.chance(0.12)
        other = draw.choice(people) if gift else person
        to = other.now if gift else at
        row: dict[str, object] = {
            "Email": draw.slip(0.02, typo, at.email),
            "Financial Status": draw.choice(("paid", "paid", "refunded")),
            "Total": f"{draw.uniform(8, 240):.2f}",
            "Created at": f"{draw.day(SPRING, WINTER)} 14:05:11 -0500",
            "Billing Name": draw.slip(0.1, lambda _, text: text.lower(), name),
            "Billing Street": draw.slip(0.05, typo, at.line),
            "Billing City": at.city,
            "Billing Zip": at.postcode,
            "Billing Phone": draw.kept(0.6, at.mobile),
            "Shipping Name": f"{other.given} {other.family}",
            "Shipping Street": to.line,
            "Shipping City": to.city,
            "Shipping Zip": to.postcode,
            "Shipping Phone": draw.kept(0.5, to.mobile),
        }
        records.append((person.number, row))
    return Made(files=(File(name="orders_export.csv", records=records, key="Name", first="#1"),))


def loyalty_cards(draw: Draw) -> Made:
    """Loyalty cards of a supermarket: birthdays without a year, a household's mobile, many lost cards."""
    people = population(draw, UK, 1100, single=0.2)
    records: list[Record] = []
    for person in seen(draw, people, (0.7, 0.22, 0.08)):
        at = contact(draw, person, 0.15)
        row: dict[str, object] = {
            "first_nm": draw.slip(0.05, misheard, person.given).upper(),
            "last_nm": surname(draw, person, 0.04).upper(),
            "birthday": draw.kept(0.6, f"{person.born:%d-%m}"),
            "mobile_no": draw.kept(0.75, at.mobile.replace(" ", "")),
            "email_addr": draw.kept(0.5, at.email),
            "home_store": draw.randint(1, 40),
            "points": draw.randint(0, 9000),
            "pcode": draw.kept(0.8, at.postcode.replace(" ", "")),
        }
        records.append((person.number, row))
    return Made(files=(File(name="cards.csv", records=records, key="card_no", first="6338", separator=";"),))


def hotel_guests(draw: Draw) -> Made:
    """Guests of hotels in capitals: no birthdays, a passport on some stays, other guests in the same room."""
    people = population(draw, UK, 500) + [
        replace(one, number=one.number + 500) for one in population(draw, GERMAN, 300)
    ]
    passports = [draw.filled("#########") for _ in people]
    records: list[Record] = []
    for person in seen(draw, people, (0.55, 0.25, 0.12, 0.08)):
        at = contact(draw, person, 0.1)
        row: dict[str, object] = {
            "PROPERTY": draw.choice(("LHR01", "FRA02", "CDG01")),
            "GUEST_LAST": draw.slip(0.05, typo, person.family).upper(),
            "GUEST_FIRST": draw.slip(0.08, initial, person.given).upper(),
            "ARRIVAL": f"{draw.day(SPRING, WINTER):%d-%b-%y}".upper(),
            "NIGHTS": draw.randint(1, 9),
            "ROOM": draw.filled("%##"),
            "NATIONALITY": "GB" if person.number < 500 else "DE",
            "PASSPORT_NO": draw.kept(0.4, draw.slip(0.03, digit, passports[person.number])),
            "E_MAIL": draw.kept(0.5, at.email.upper()),
            "TEL": draw.kept(0.5, at.mobile),
            "ADDR1": draw.kept(0.6, at.line.upper()),
            "CITY": draw.kept(0.7, at.city.upper()),
        }
        records.append((person.number, row))
    return Made(files=(File(name="guests.txt", records=records, key="CONF_NO", first="HT", separator="\t"),))


def airline_passengers(draw: Draw) -> Made:
    """Passengers as SURNAME/GIVEN MR, cut at 20 signs, families on one booking, birthdays as 04MAR81."""
    people = population(draw, UK, 900, single=0.25)
    card = [draw.filled("BA########") for _ in people]
    records: list[Record] = []
    for person in seen(draw, people, (0.5, 0.25, 0.15, 0.1)):
        name = f"{person.family}/{draw.slip(0.04, typo, person.given)}"
        if draw.chance(0.3):
            name += f" {person.middle}"
        row: dict[str, object] = {
            "PNR": f"{(person.household * 7919 + draw.randrange(4)) % 36**6:06X}",
            "PAX_NAME": f"{name} {_form(person)}".upper()[:20],
            "DOB": draw.kept(0.7, f"{person.born:%d%b%y}".upper()),
            "FQTV": draw.kept(0.35, card[person.number]),
            "FLT": draw.choice(("BA117", "BA286", "BA015")),
            "DEP_DATE": f"{draw.day(SPRING, WINTER):%d%b%y}".upper(),
            "SEAT": draw.filled("%#") + draw.choice("ABCDEF"),
            "CTCM": draw.kept(0.4, person.now.mobile.replace(" ", "")),
        }
        records.append((person.number, row))
    return Made(files=(File(name="manifest.csv", records=records, key="TICKET", first="125-", separator="|"),))


def _form(person: Person) -> str:
    if person.born.year > 2012:
        return "MISS" if person.woman else "MSTR"
    return "MRS" if person.woman else "MR"


def gym_members(draw: Draw) -> Made:
    """Members of one gym, every one once: households and namesakes but no duplicates."""
    people = population(draw, UK, 800)
    records: list[Record] = []
    for person in seen(draw, people, (1.0,)):
        row: dict[str, object] = {
            "Member": f"{person.given} {person.family}",
            "Gender": "F" if person.woman else "M",
            "DOB": f"{person.born:%d/%m/%Y}",
            "Email": draw.kept(0.8, person.now.email),
            "Mobile": draw.kept(0.8, person.now.mobile),
            "Postcode": person.now.postcode,
            "Joined": f"{draw.day(SPRING, WINTER):%d/%m/%Y}",
            "Plan": draw.choice(("Off-peak", "Full", "Family")),
        }
        records.append((person.number, row))
    return Made(files=(File(name="members.csv", records=records, key="Member No", first="G"),))


def german_shop(draw: Draw) -> Made:
    """A German shop: semicolons, latin-1, DD.MM.YY, umlauts written in three ways."""
    people = population(draw, GERMAN, 1000)
    records: list[Record] = []
    for person in seen(draw, people, (0.65, 0.23, 0.12)):
        at = contact(draw, person, 0.12)
        way = draw.choice((str, _umlauts, US.roman))
        row: dict[str, object] = {
            "Anrede": "Frau" if person.woman else "Herr",
            "Vorname": way(draw.slip(0.04, typo, person.given)),
            "Nachname": way(draw.slip(0.03, typo, surname(draw, person, 0.05))),
            "Straße": way(at.line if draw.chance(0.6) else at.line.replace("straße", "str.").replace("Straße", "Str.")),
            "PLZ": at.postcode,
            "Ort": way(at.city),
            "Telefon": draw.kept(0.6, draw.choice((at.mobile, at.landline))),
            "E-Mail": draw.kept(0.7, at.email),
            "Geburtsdatum": draw.kept(0.5, f"{person.born:%d.%m.%y}"),
            "Kunde seit": f"{draw.day(SPRING, WINTER):%d.%m.%y}",
        }
        records.append((person.number, row))
    file = File(name="kunden.csv", records=records, key="KdNr", first="K", separator=";", encoding="latin-1")
    return Made(files=(file,))


def _umlauts(text: str) -> str:
    for mark, letters in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss"), ("Ö", "Oe"), ("Ü", "Ue")):
        text = text.replace(mark, letters)
    return text


def email_only(draw: Draw) -> Made:
    """Sign-ups of which only the e-mail is kept, with the time in milliseconds; plus signs and capitals vary."""
    people = list({one.now.email: one for one in population(draw, US, 900)}.values())
    records: list[Record] = []
    for person in seen(draw, people, (0.7, 0.2, 0.1)):
        local, _, host = person.now.email.partition("@")
        kind = draw.random()
        if kind < 0.1:
            local += draw.choice(("+news", "+shop", "+test"))
        elif kind < 0.2:
            local = local.title()
        email = draw.slip(0.04, typo, f"{local}@{host}")
        records.append((person.number, {"email": email, "ts": 1_680_000_000_000 + draw.randrange(10**10)}))
    return Made(files=(File(name="signups.csv", records=records, key="rowid"),))


def hashed_emails(draw: Draw) -> Made:
    """Two clean-room partners: SHA-256 of e-mail and telephone, given name, year of birth, start of the ZIP code."""
    people = population(draw, US, 1200)
    files: tuple[list[Record], list[Record]] = ([], [])
    for person in seen(draw, people, (0.6, 0.3, 0.1)):
        at = contact(draw, person, 0.12)
        row: dict[str, object] = {
            "hem_sha256": draw.kept(0.85, _hash(at.email)),
            "phone_sha256": draw.kept(0.6, _hash("".join(filter(str.isdigit, at.mobile)))),
            "fn": draw.kept(0.8, person.given.lower()),
            "yob": draw.kept(0.7, str(person.born.year)),
            "zip3": at.postcode[:3],
            "g": draw.kept(0.6, "f" if person.woman else "m"),
        }
        draw.choice(files).append((person.number, row))
    return Made(
        files=tuple(
            File(name=f"partner_{letter}.csv", records=records, key="row_id", first=letter)
            for letter, records in zip("ab", files, strict=True)
        )
    )


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def nested_events(draw: Draw) -> Made:
    """Profiles as nested JSON lines: names, addresses and lists of contacts inside objects."""
    people = population(draw, US, 800)
    records: list[Record] = []
    for person in seen(draw, people, (0.6, 0.25, 0.15)):
        at = contact(draw, person, 0.12)
        contacts = [{"type": "email", "value": at.email}] if draw.chance(0.8) else []
        contacts += [{"type": "phone", "value": at.mobile}] if draw.chance(0.6) else []
        row: dict[str, object] = {
            "profile": {
                "name": {"first": draw.slip(0.06, typo, person.given), "last": surname(draw, person, 0.05)},
                "birthDate": str(person.born) if draw.chance(0.5) else None,
            },
            "contacts": contacts,
            "address": {"street": at.line, "city": at.city, "zip": at.postcode} if draw.chance(0.7) else None,
            "consent": {"marketing": draw.chance(0.5), "updated": f"{draw.day(SPRING, WINTER)}T08:00:00Z"},
        }
        records.append((person.number, row))
    return Made(files=(File(name="profiles.ndjson", records=records, key="profile_id", first="p-"),))


def list_cells(draw: Draw) -> Made:
    """A marketing warehouse's CSV whose cells are JSON: lists of all e-mails and telephones, traits as an object."""
    people = population(draw, UK, 800)
    records: list[Record] = []
    for person in seen(draw, people, (0.6, 0.28, 0.12)):
        at = contact(draw, person, 0.15)
        emails = [at.email] + ([person.then.email] if draw.chance(0.3) else [])
        phones = [at.mobile, at.landline] if draw.chance(0.4) else [at.mobile]
        row: dict[str, object] = {
            "full_name": f"{draw.slip(0.05, typo, person.given)} {surname(draw, person, 0.05)}",
            "emails": json.dumps(emails if draw.chance(0.85) else []),
            "phones": json.dumps(phones if draw.chance(0.7) else []),
            "traits": json.dumps({"plan": draw.choice(("free", "pro")), "city": at.city, "postcode": at.postcode}),
            "last_seen": 1_700_000_000 + draw.randrange(10**7),
        }
        records.append((person.number, row))
    return Made(files=(File(name="users.csv", records=records, key="user_id", first="u"),))


def typed_parquet(draw: Draw) -> Made:
    """A lake table of typed columns: days, telephone numbers as integers, lists of e-mails, times in milliseconds."""
    people = population(draw, US, 1000)
    records: list[Record] = []
    for person in seen(draw, people, (0.65, 0.25, 0.1)):
        at = contact(draw, person, 0.12)
        born = other_day(draw, person.born) if draw.chance(0.03) else person.born
        row: dict[str, object] = {
            "given_name": draw.slip(0.05, typo, person.given),
            "family_name": draw.slip(0.04, typo, surname(draw, person, 0.05)),
            "birth_dt": born if draw.chance(0.8) else None,
            "phone_num": int("1" + "".join(filter(str.isdigit, at.mobile))) if draw.chance(0.7) else None,
            "email_list": [at.email, mail(draw, US, person)][: draw.randint(0, 2)],
            "zip": int(at.postcode),
            "created_ms": 1_600_000_000_000 + draw.randrange(10**11),
            "score": round(draw.random(), 4),
            "active": draw.chance(0.9),
        }
        records.append((person.number, row))
    return Made(files=(File(name="dim_customer.parquet", records=records, key="customer_sk"),))


def vet_owners(draw: Draw) -> Made:
    """Owners of animals at two surgeries: couples on one account, several telephones in a cell, the animal's name."""
    people = [one for one in population(draw, UK, 1400, single=0.3) if one.role != "child"]
    partner = {one.household: one for one in people if one.role == "spouse"}
    records: list[Record] = []
    for person in seen(draw, people, (0.7, 0.22, 0.08)):
        at = contact(draw, person, 0.1)
        other = partner.get(person.household)
        both = other is not None and other is not person and draw.chance(0.3)
        phones = [draw.slip(0.03, digit, at.mobile)] + ([at.landline] if draw.chance(0.5) else [])
        row: dict[str, object] = {
            "Owner": _couple(person, other) if both and other else f"{_title(person)} {person.given} {person.family}",
            "Phones": draw.kept(0.85, draw.choice((" / ", "; ", ", ")).join(phones)),
            "Address": f"{at.line}, {at.city}, {at.postcode}",
            "Animal": draw.choice(("Bella", "Max", "Charlie", "Poppy", "Rex", "Molly", "Daisy", "Alfie")),
            "Species": draw.choice(("Dog", "Cat", "Rabbit")),
            "Surgery": draw.choice(("North", "South")),
        }
        records.append((person.number, row))
    return Made(files=(File(name="owners.csv", records=records, key="account", first="V"),), source="Surgery")


def _title(person: Person) -> str:
    return "Mrs" if person.woman else "Mr"


def _couple(person: Person, other: Person) -> str:
    if person.family == other.family:
        return f"{person.given} & {other.given} {person.family}"
    return f"{person.given} {person.family} & {other.given} {other.family}"


LAYOUTS: Final[tuple[Layout, ...]] = (
    crm_contacts, shop_orders, loyalty_cards, hotel_guests, airline_passengers, gym_members, german_shop, email_only,
    hashed_emails, nested_events, list_cells, typed_parquet, vet_owners,
)  # fmt: skip
