"""Registers that are no shop's: rolls, censuses, charities, libraries, prisons, pensions, staff, borders."""

from datetime import date
from typing import Final

from benchmarks.layouts.draw import Draw
from benchmarks.layouts.files import File, Layout, Made, Record
from benchmarks.layouts.numbers import luhn, pension
from benchmarks.layouts.people import Person, contact, population, seen, surname
from benchmarks.layouts.slips import digit, initial, misheard, misread, other_day, typo
from benchmarks.layouts.west import GERMAN, UK, US

SPRING: Final = date(2023, 3, 1)
WINTER: Final = date(2024, 2, 28)
BIRTHPLACES: Final = (
    "Otley",
    "Ripon",
    "Selby",
    "Thirsk",
    "Whitby",
    "Malton",
    "Leeds",
    "Leeds",
    "Hull",
    "Ireland",
    "N K",
)
EXCEL: Final = date(1899, 12, 30)


def university_roll(draw: Draw) -> Made:
    """Students and alumni in two files: preferred and legal names, university and private e-mails, married names."""
    people = [one for one in population(draw, UK, 1000, single=0.7) if one.role != "child"]
    roll: list[Record] = []
    alumni: list[Record] = []
    for person in people:
        campus = f"{person.given[0]}{person.maiden[:5]}{person.number % 90 + 10}@campus.example".lower()
        short = person.given[:3] if draw.chance(0.15) else person.given
        row: dict[str, object] = {
            "Legal First Name": person.given,
            "Preferred Name": short,
            "Surname": draw.slip(0.02, typo, person.maiden),
            "Date of Birth": f"{person.born:%d-%b-%Y}",
            "Email": campus,
            "Programme": draw.choice(("BSc Physics", "BA History", "LLB", "MSc Data")),
            "Entry Year": person.born.year + 19,
        }
        roll.append((person.number, row))
        if draw.chance(0.5):
            at = contact(draw, person, 0.1)
            later: dict[str, object] = {
                "full name": f"{short} {person.family}",
                "grad_year": person.born.year + 22,
                "degree": row["Programme"],
                "personal_email": draw.kept(0.8, at.email),
                "campus_email": draw.kept(0.5, campus),
                "cell": draw.kept(0.5, at.mobile),
                "dob": draw.kept(0.6, str(person.born)),
            }
            alumni.append((person.number, later))
    draw.shuffle(alumni)
    return Made(
        files=(
            File(name="roll.csv", records=roll, key="Student ID", first="S"),
            File(name="alumni.csv", records=alumni, key="constituent", first="AL"),
        )
    )


def voter_rolls(draw: Draw) -> Made:
    """Two years of a voter roll: nearly all in both, only a year of birth, households under one address."""
    people = [one for one in population(draw, US, 1900) if one.born.year < 2003]
    files: list[list[Record]] = []
    for year in (2020, 2024):
        records: list[Record] = []
        for person in people:
            if draw.chance(0.05):
                continue
            at = person.then if year == 2020 and draw.chance(0.15) else person.now
            row: dict[str, object] = {
                "LAST_NAME": draw.slip(0.02, typo, surname(draw, person, 0.1 if year == 2020 else 0)).upper(),
                "FIRST_NAME": draw.slip(0.02, typo, person.given).upper(),
                "MIDDLE_NAME": (person.middle if draw.chance(0.6) else person.middle[:1]).upper(),
                "NAME_SUFFIX": person.suffix.upper(),
                "BIRTH_YEAR": person.born.year,
                "RES_ADDRESS": at.line.upper(),
                "RES_CITY": at.city.upper(),
                "RES_ZIP": at.postcode,
                "PARTY": draw.choice(("D", "R", "N")),
                "PRECINCT": at.postcode[-2:] + "A",
            }
            records.append((person.number, row))
        draw.shuffle(records)
        files.append(records)
    old, new = files
    return Made(
        files=(
            File(name="voters_2020.txt", records=old, key="VOTER_ID", first="20", separator="\t"),
            File(name="voters_2024.txt", records=new, key="VOTER_ID", first="24", separator="\t"),
        )
    )


def census_sheets(draw: Draw) -> Made:
    """Two transcribed censuses ten years apart: ages off by a year or two, misread letters, no dates, no numbers."""
    people = population(draw, UK, 1300, single=0.1)
    files: list[list[Record]] = []
    for year in (2014, 2024):
        records = [
            (person.number, _sheet(draw, person, year))
            for person in people
            if person.born.year <= year and draw.chance(0.85)
        ]
        files.append(records)
    old, new = files
    return Made(
        files=(
            File(name="census_a.csv", records=old, key="line", first="A"),
            File(name="census_b.csv", records=new, key="line", first="B"),
        )
    )


def _sheet(draw: Draw, person: Person, year: int) -> dict[str, object]:
    married = person.family if person.role != "child" or year == 2024 else person.maiden
    at = person.then if year == 2014 else person.now
    roles = {"head": "Head", "spouse": "Wife" if person.woman else "Husband", "child": "Dau" if person.woman else "Son"}
    return {
        "Schedule": person.household + 1 if year == 2014 else person.household * 37 % 997 + 1,
        "Surname": draw.slip(0.12, misread, married),
        "Forename": draw.slip(0.1, misread, draw.slip(0.1, initial, person.given)),
        "Relation": roles[person.role],
        "Sex": "F" if person.woman else "M",
        "Age": max(year - person.born.year + draw.choice((0, 0, 0, 0, 1, -1, 2)), 0),
        "Occupation": draw.choice(("Scholar", "Labourer", "Clerk", "Weaver", "Domestic", "")),
        "Where born": BIRTHPLACES[person.number * 31 % len(BIRTHPLACES)],
        "Street": at.street,
    }


def charity_donors(draw: Draw) -> Made:
    """Donors of a charity: titles with initials, couples as Mr & Mrs, a postcode, no birthdays."""
    people = [one for one in population(draw, UK, 1300) if one.role != "child"]
    records: list[Record] = []
    for person in seen(draw, people, (0.6, 0.22, 0.12, 0.06)):
        at = contact(draw, person, 0.1)
        given = person.given[:1] if draw.chance(0.5) else person.given
        title = "Mrs" if person.woman else "Mr"
        couple = person.role == "spouse" and draw.chance(0.25)
        row: dict[str, object] = {
            "Title": "Mr & Mrs" if couple else title,
            "Initials/Name": given,
            "Surname": draw.slip(0.04, typo, surname(draw, person, 0.03)),
            "House": at.number,
            "Post code": at.postcode if draw.chance(0.8) else at.postcode.replace(" ", "").lower(),
            "Donor email": draw.kept(0.35, at.email),
            "Gift Aid": draw.choice(("Y", "N")),
            "Amount": f"£{draw.choice((5, 10, 20, 50, 100))}.00",
            "Date": f"{draw.day(SPRING, WINTER):%d/%m/%Y}",
        }
        records.append((person.number, row))
    return Made(files=(File(name="donations.csv", records=records, key="Gift ref", first="GA"),))


def library_cards(draw: Draw) -> Made:
    """A library's borrowers: one field of 20 signs for the name, children on a parent's telephone, UNKNOWN for much."""
    people = population(draw, US, 1300, single=0.2)
    records: list[Record] = []
    for person in seen(draw, people, (0.75, 0.2, 0.05)):
        at = contact(draw, person, 0.15)
        name = (
            f"{surname(draw, person, 0.06)}, {draw.slip(0.05, typo, person.given)} {draw.kept(0.5, person.middle[:1])}"
        )
        row: dict[str, object] = {
            "PATRON": name.strip()[:20],
            "PTYPE": "JUV" if person.born.year > 2010 else "ADULT",
            "BIRTH": draw.kept(0.75, f"{person.born:%m-%d-%Y}", instead="UNKNOWN"),
            "TELE": draw.kept(0.8, at.landline, instead="UNKNOWN"),
            "ADDR": f"{at.line}${at.city} {at.postcode}",
            "NOTE": draw.choice(("", "", "", "owes $2.10", "lost card")),
            "EXP": f"{draw.day(SPRING, WINTER):%m-%d-%Y}",
        }
        records.append((person.number, row))
    return Made(files=(File(name="patrons.txt", records=records, key="BARCODE", first="2100", separator="|"),))


def prison_bookings(draw: Draw) -> Made:
    """Bookings into a prison: aliases, false birthdays as numbers of days of a spreadsheet; some come many times."""
    people = [one for one in population(draw, US, 1000, single=0.8) if one.role != "child"]
    states = [luhn(draw, "%######") for _ in range(1000)]
    records: list[Record] = []
    for person in seen(draw, people, (0.45, 0.2, 0.12, 0.08, 0.06, 0.05, 0.04)):
        alias = draw.chance(0.1)
        given = US.given(draw, woman=person.woman) if alias else draw.slip(0.06, misheard, person.given)
        born = other_day(draw, person.born) if draw.chance(0.1) else person.born
        row: dict[str, object] = {
            "Name": f"{draw.slip(0.06, misheard, person.family)}, {given}",
            "AKA": draw.kept(0.2, draw.choice(("Slim", "Red", "Tiny", "Ace", "Doc"))),
            "DOB": (born - EXCEL).days,
            "Race": "WBHAO"[person.number % 5],
            "Sex": "F" if person.woman else "M",
            "Hgt": 150 + person.number * 7 % 45 + draw.choice((0, 0, 0, 1, -1)),
            "Eyes": ("BRO", "BLU", "GRN", "HAZ")[person.number % 4],
            "SID": draw.kept(0.55, states[person.number]),
            "Booked": (draw.day(SPRING, WINTER) - EXCEL).days,
            "Charge": draw.choice(("DUI", "THEFT", "FTA", "ASSAULT")),
        }
        records.append((person.number, row))
    return Made(files=(File(name="bookings.csv", records=records, key="Booking#", first="BK"),))


def pension_cryptic(draw: Draw) -> Made:
    """A German pension fund's host extract: VNAM, NNAM, GBDAT; umlauts kept or spelled out; insurance number."""
    people = [one for one in population(draw, GERMAN, 1500) if one.born.year < 2004]
    numbers = {one.number: pension(draw, one.born, one.maiden) for one in people}
    records: list[Record] = []
    for person in seen(draw, people, (0.6, 0.25, 0.1, 0.05)):
        at = contact(draw, person, 0.15)
        born = other_day(draw, person.born) if draw.chance(0.02) else person.born
        names = [surname(draw, person, 0.12), person.given, person.maiden]
        family, given, birth = (_host(name) if draw.chance(0.8) else name.upper() for name in names)
        row: dict[str, object] = {
            "ANR": "2" if person.woman else "1",
            "NNAM": draw.slip(0.03, typo, family),
            "VNAM": draw.slip(0.03, typo, given),
            "GNAM": draw.kept(0.4, birth) if person.woman else "",
            "GBDAT": f"{born:%d%m%Y}",
            "VSNR": draw.kept(0.6, draw.slip(0.03, digit, numbers[person.number])),
            "STR": _host(at.line)[:20],
            "PLZ": at.postcode,
            "WOHNO": _host(at.city),
            "STAT": draw.choice(("A", "R", "W")),
        }
        records.append((person.number, row))
    file = File(name="BESTAND.txt", records=records, key="SATZNR", first="00", separator=";", encoding="latin-1")
    return Made(files=(file,))


def _host(text: str) -> str:
    for mark, letters in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss"), ("Ö", "Oe"), ("Ü", "Ue")):
        text = text.replace(mark, letters)
    return text.upper()


def staff(draw: Draw) -> Made:
    """Staff of a company and of one it bought: few in both, work e-mails made of names, few private numbers."""
    people = [one for one in population(draw, UK, 1400) if one.born.year < 2005][:850]
    ours: list[Record] = []
    bought: list[Record] = []
    for person in seen(draw, people, (0.9, 0.1)):
        at = contact(draw, person, 0.1)
        common: dict[str, object] = {"Worker": f"{person.given} {surname(draw, person, 0.05)}"}
        if draw.chance(0.6):
            work = f"{person.given}.{person.family}@ours.example".lower().replace(" ", "").replace("'", "")
            row: dict[str, object] = common | {
                "Hire Date": str(draw.day(SPRING, WINTER)),
                "Job Profile": draw.choice(("Analyst", "Driver", "Nurse", "Clerk")),
                "Email - Work": work,
                "Phone - Home": draw.kept(0.3, at.mobile),
                "Date of Birth": str(person.born),
                "Manager": f"{draw.choice(people).given} {draw.choice(people).family}",
                "Home Postcode": draw.kept(0.7, at.postcode),
            }
            ours.append((person.number, row))
        else:
            known: dict[str, object] = {
                "forename": person.given,
                "surname": surname(draw, person, 0.05),
                "dob": f"{person.born:%d/%m/%Y}",
                "email": f"{person.given[0]}{person.family}@bought.example".lower().replace(" ", ""),
                "postcode": at.postcode,
                "start": f"{draw.day(SPRING, WINTER):%d/%m/%Y}",
            }
            bought.append((person.number, known))
    return Made(
        files=(
            File(name="workers.csv", records=ours, key="Employee ID", first="W"),
            File(name="legacy.csv", records=bought, key="emp", first="L"),
        )
    )


def border_mrz(draw: Draw) -> Made:
    """Border crossings by the two lines of a passport, and visa forms typed by hand; passports are renewed."""
    people = population(draw, GERMAN, 700, single=0.5)
    crossings: list[Record] = []
    forms: list[Record] = []
    for person in seen(draw, people, (0.5, 0.25, 0.15, 0.1)):
        renewed = draw.chance(0.25)
        passport = f"C{(person.number * 7919 + renewed * 104_729) % 10**8:08}"
        if draw.chance(0.65):
            crossings.append((person.number, _lines(draw, person, passport)))
            continue
        row: dict[str, object] = {
            "Surname": draw.slip(0.04, typo, person.family),
            "Given names": f"{person.given} {draw.kept(0.5, person.middle)}".strip(),
            "Date of birth": f"{person.born:%d %b %Y}",
            "Travel document": draw.kept(0.9, draw.slip(0.03, digit, passport)),
            "Sex": "Female" if person.woman else "Male",
            "Email": draw.kept(0.6, contact(draw, person, 0.1).email),
            "Purpose": draw.choice(("Tourism", "Business", "Study")),
        }
        forms.append((person.number, row))
    return Made(
        files=(
            File(name="crossings.csv", records=crossings, key="event", first="X"),
            File(name="visa_forms.csv", records=forms, key="application", first="V"),
        )
    )


def _lines(draw: Draw, person: Person, passport: str) -> dict[str, object]:
    family, given = (_host(name).replace(" ", "<").replace("-", "<") for name in (person.family, person.given))
    name = "".join(sign if sign.isascii() else "<" for sign in f"P<D<<{family}<<{given}")
    sex = "F" if person.woman else "M"
    born, ends = f"{person.born:%y%m%d}", "280630"
    body = f"{passport}{_check(passport)}D<<{born}{_check(born)}{sex}{ends}{_check(ends)}"
    return {
        "port": draw.choice(("DOVER", "CALAIS", "HARWICH")),
        "mrz1": name[:44].ljust(44, "<"),
        "mrz2": body.ljust(44, "<"),
        "crossed_at": f"{draw.day(SPRING, WINTER)}T{draw.filled('1#')}:00:00",
    }


def _check(text: str) -> int:
    """The check digit of machine-readable travel documents (ICAO 9303)."""
    value = (0 if sign == "<" else int(sign, 36) for sign in text)
    return sum(one * (7, 3, 1)[at % 3] for at, one in enumerate(value)) % 10


LAYOUTS: Final[tuple[Layout, ...]] = (
    university_roll, voter_rolls, census_sheets, charity_donors, library_cards, prison_bookings, pension_cryptic, staff,
    border_mrz,
)  # fmt: skip
