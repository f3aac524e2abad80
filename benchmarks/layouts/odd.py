"""Tables at the edges: headers that mean nothing, names alone, hardly anybody, clerks who fill in."""

from dataclasses import replace
from datetime import date
from typing import Final

from benchmarks.layouts.draw import Draw
from benchmarks.layouts.files import File, Layout, Made, Record
from benchmarks.layouts.people import Person, contact, population, seen, surname
from benchmarks.layouts.slips import digit, initial, misread, other_day, typo
from benchmarks.layouts.west import FRENCH, GERMAN, UK, US

SPRING: Final = date(2023, 3, 1)
WINTER: Final = date(2024, 2, 28)


def cryptic_columns(draw: Draw) -> Made:
    """Columns F1 to F9 in a mixed order, with codes between that mean nothing."""
    people = population(draw, US, 1000)
    records: list[Record] = []
    for person in seen(draw, people, (0.65, 0.25, 0.1)):
        at = contact(draw, person, 0.12)
        row: dict[str, object] = {
            "F1": draw.choice(("A", "B", "C", "Q")),
            "F2": draw.slip(0.05, typo, surname(draw, person, 0.05)),
            "F3": at.postcode,
            "F4": draw.slip(0.05, typo, person.given),
            "F5": draw.kept(0.7, f"{person.born:%Y%m%d}"),
            "F6": draw.randint(0, 9999),
            "F7": draw.kept(0.6, "".join(filter(str.isdigit, at.mobile))),
            "F8": at.line,
            "F9": f"{draw.day(SPRING, WINTER):%Y%m%d}",
        }
        records.append((person.number, row))
    return Made(files=(File(name="extract.txt", records=records, key="F0", separator="|"),))


def names_only(draw: Draw) -> Made:
    """Given and family names and nothing else; no two people bear the same."""
    people = _unlike(population(draw, UK, 900))
    records: list[Record] = []
    for person in seen(draw, people, (0.7, 0.25, 0.05)):
        row: dict[str, object] = {
            "forename": draw.slip(0.05, typo, f"{person.given} {person.middle}" if draw.chance(0.7) else person.given),
            "surname": draw.slip(0.06, typo, person.family),
        }
        records.append((person.number, row))
    return Made(files=(File(name="attendance.csv", records=records, key="no"),))


def _unlike(people: list[Person]) -> list[Person]:
    """One person of each given and family name."""
    return list({(one.given, one.family): one for one in people}.values())


def two_people(draw: Draw) -> Made:
    """Three hundred rows of two people, with slips in most of them."""
    people = population(draw, US, 40, single=1)[::20]
    records: list[Record] = []
    for _ in range(300):
        person = draw.choice(people)
        row: dict[str, object] = {
            "first_name": draw.slip(0.3, typo, draw.slip(0.1, initial, person.given)),
            "last_name": draw.slip(0.3, typo, person.family),
            "dob": f"{other_day(draw, person.born) if draw.chance(0.1) else person.born:%m/%d/%Y}",
            "email": draw.kept(0.6, draw.slip(0.1, typo, person.now.email)),
            "phone": draw.kept(0.6, draw.slip(0.1, digit, person.now.mobile)),
        }
        records.append((person.number, row))
    return Made(files=(File(name="notes.csv", records=records),))


def thousand_copies(draw: Draw) -> Made:
    """Registrations of a service in which two test accounts stand a thousand times among a thousand customers."""
    people = population(draw, UK, 900)
    testers = people[:2]
    people_seen = seen(draw, people, (0.75, 0.2, 0.05)) + [one for one in testers for _ in range(500)]
    draw.shuffle(people_seen)
    records: list[Record] = []
    for person in people_seen:
        at = contact(draw, person, 0 if person in testers else 0.1)
        row: dict[str, object] = {
            "firstname": draw.slip(0.03, typo, person.given),
            "lastname": draw.slip(0.03, typo, person.family),
            "mail": at.email,
            "tel": at.mobile if person in testers else draw.kept(0.6, at.mobile),
            "registered": f"{draw.day(SPRING, WINTER)}T00:00:{draw.filled('0#')}",
        }
        records.append((person.number, row))
    return Made(files=(File(name="registrations.csv", records=records, key="uid"),))


def contest_entries(draw: Draw) -> Made:
    """Entries of a contest: forty people with dozens of entries each, hardly anybody once."""
    people = population(draw, FRENCH, 45, single=0.7)
    records: list[Record] = []
    for person in people:
        for _ in range(draw.choice((1, 5, 12, 25, 40))):
            at = contact(draw, person, 0.2)
            row: dict[str, object] = {
                "prenom": draw.slip(0.1, typo, person.given),
                "nom": draw.slip(0.1, typo, surname(draw, person, 0.05)),
                "courriel": draw.kept(0.8, at.email),
                "code_postal": at.postcode,
                "naissance": draw.kept(0.5, f"{person.born:%d/%m/%Y}"),
                "reponse": draw.choice("ABCD"),
            }
            records.append((person.number, row))
    draw.shuffle(records)
    return Made(files=(File(name="participations.csv", records=records, key="bulletin", separator=";"),))


def clerk_autofill(draw: Draw) -> Made:
    """A garage's job cards: clerks leave the last customer's telephone or e-mail, or enter the garage's own."""
    people = population(draw, UK, 1000)
    records: list[Record] = []
    last = people[0]
    for person in seen(draw, people, (0.6, 0.25, 0.1, 0.05)):
        at = contact(draw, person, 0.1)
        phone = draw.choice((last.now.mobile, "01632 960000")) if draw.chance(0.12) else at.mobile
        email = draw.choice((last.now.email, "desk@garage.example")) if draw.chance(0.12) else draw.kept(0.6, at.email)
        given, family = draw.slip(0.05, typo, person.given), draw.slip(0.05, typo, surname(draw, person, 0.04))
        if draw.chance(0.05):
            given, family = family, given
        row: dict[str, object] = {
            "Cust First": given,
            "Cust Last": family,
            "Tel": phone,
            "E-mail": email,
            "Reg": draw.filled("@@## @@@"),
            "Postcode": draw.kept(0.7, at.postcode),
            "Date in": f"{draw.day(SPRING, WINTER):%d/%m/%Y}",
        }
        records.append((person.number, row))
        last = person
    return Made(files=(File(name="jobs.csv", records=records, key="Job", first="J"),))


def parish_books(draw: Draw) -> Made:
    """Scanned parish books: names, the father's name and a year, letters misread in one name of five."""
    people = [
        replace(one, born=one.born.replace(year=one.born.year - 100, day=1)) for one in population(draw, GERMAN, 1100)
    ]
    records: list[Record] = []
    for person in seen(draw, people, (0.6, 0.3, 0.1)):
        row: dict[str, object] = {
            "Vorname": draw.slip(
                0.12, misread, f"{person.given} {person.middle}" if draw.chance(0.6) else person.given
            ),
            "Familienname": draw.slip(0.15, misread, person.maiden),
            "Vater": draw.slip(0.1, misread, draw.kept(0.8, person.father)),
            "Jahr": person.born.year + draw.choice((0, 0, 0, 0, 1, -1)),
            "Ort": person.now.city,
            "Buch": draw.choice(("Taufen", "Trauungen", "Begräbnisse")),
        }
        records.append((person.number, row))
    return Made(files=(File(name="kirchenbuch.csv", records=records, key="Eintrag", separator="\t"),))


LAYOUTS: Final[tuple[Layout, ...]] = (
    cryptic_columns, names_only, two_people, thousand_copies, contest_entries, clerk_autofill, parish_books,
)  # fmt: skip
