"""Patients, the insured and their dependants."""

from dataclasses import replace
from datetime import date
from typing import Final

from benchmarks.layouts.draw import Draw
from benchmarks.layouts.files import File, Layout, Made, Record
from benchmarks.layouts.numbers import nhs, nir
from benchmarks.layouts.people import contact, population, seen, surname
from benchmarks.layouts.slips import digit, initial, misheard, misread, other_day, typo
from benchmarks.layouts.west import FRENCH, UK, US

SPRING: Final = date(2023, 3, 1)
WINTER: Final = date(2024, 2, 28)


def hospital_adt(draw: Draw) -> Made:
    """Admissions of two hospitals in HL7's parts: DOE^JANE^Q, 19810304, street^^city^zip; newborns without a name."""
    people = population(draw, US, 1200)
    records: list[Record] = []
    for person in seen(draw, people, (0.5, 0.25, 0.15, 0.1)):
        at = contact(draw, person, 0.12)
        family = draw.slip(0.04, typo, surname(draw, person, 0.05)).upper()
        newborn = person.born.year > 2018 and draw.chance(0.4)
        given = "BABY GIRL" if newborn and person.woman else "BABY BOY" if newborn else person.given.upper()
        middle = draw.kept(0.5, person.middle[:1].upper())
        born = other_day(draw, person.born) if draw.chance(0.02) else person.born
        row: dict[str, object] = {
            "FACILITY": draw.choice(("MERCY", "STLUKE")),
            "PID_5": f"{family}^{draw.slip(0.04, typo, given)}^{middle}^{person.suffix.upper()}".rstrip("^"),
            "PID_7": f"{born:%Y%m%d}",
            "PID_8": "F" if person.woman else "M",
            "PID_11": f"{at.line.upper()}^^{at.city.upper()}^^{at.postcode}",
            "PID_13": draw.kept(0.7, "".join(filter(str.isdigit, at.mobile)), instead="9999999999"),
            "PID_19": draw.kept(0.5, _ssn(person.number), instead=draw.choice(("", "999999999"))),
            "PV1_44": f"{draw.day(SPRING, WINTER):%Y%m%d}{draw.filled('1#')}30",
            "PV1_7": draw.choice(("1044^WELBY^MARCUS", "2210^HOUSE^GREG", "3007^GREY^MEREDITH")),
        }
        records.append((person.number, row))
    file = File(name="adt.txt", records=records, key="ENCOUNTER", first="E", separator="|")
    return Made(files=(file,), source="FACILITY")


def _ssn(number: int) -> str:
    """Nine digits of a person, of an area that is never given."""
    return f"9{number * 48_611 % 10**8:08}"


def lab_requests(draw: Draw) -> Made:
    """A laboratory's requests typed from paper: names cut at 10 signs, the physician's name, NHS numbers by half."""
    people = population(draw, UK, 950)
    numbers = [nhs(draw) for _ in people]
    doctors = [f"Dr {draw.choice('ABCDJMPRS')} {UK.surname(draw)}" for _ in range(40)]
    records: list[Record] = []
    for person in seen(draw, people, (0.45, 0.25, 0.15, 0.1, 0.05)):
        born = other_day(draw, person.born) if draw.chance(0.05) else person.born
        row: dict[str, object] = {
            "SURNAME": draw.slip(0.08, misheard, draw.slip(0.04, misread, surname(draw, person, 0.05))).upper()[:10],
            "FORENAME": draw.slip(0.06, misheard, draw.slip(0.1, initial, person.given)).upper()[:10],
            "DOB": draw.kept(0.93, f"{born:%d/%m/%y}", instead=draw.choice(("", "01/01/00"))),
            "SEX": draw.choice(("F", "F", "2")) if person.woman else draw.choice(("M", "M", "1")),
            "NHS NO": draw.kept(0.5, draw.slip(0.03, digit, numbers[person.number])),
            "REQ CLINICIAN": draw.choice(doctors),
            "WARD": draw.choice(("A&E", "OPD", "ICU", "GP")),
            "TESTS": draw.choice(("FBC", "U&E,LFT", "TFT", "HBA1C")),
            "RECEIVED": f"{draw.day(SPRING, WINTER):%d/%m/%y} 11:40",
        }
        records.append((person.number, row))
    return Made(files=(File(name="requests.csv", records=records, key="LAB_NO", first="L"),))


def claims(draw: Draw) -> Made:
    """Claims with the subscriber's name beside the patient's: a family shares the member number and the address."""
    people = population(draw, US, 900, single=0.2)
    head = {one.household: one for one in people if one.role == "head"}
    records: list[Record] = []
    for person in seen(draw, people, (0.3, 0.25, 0.15, 0.1, 0.1, 0.06, 0.04)):
        pays = head[person.household]
        row: dict[str, object] = {
            "member_id": f"XEA{100_000 + pays.number * 37}",
            "rel_cd": {"head": "18", "spouse": "01", "child": "19"}[person.role],
            "pat_last": draw.slip(0.03, typo, person.family),
            "pat_first": draw.slip(0.04, typo, draw.slip(0.04, initial, person.given)),
            "pat_mi": draw.kept(0.4, person.middle[:1]),
            "pat_dob": f"{person.born:%m/%d/%Y}",
            "pat_sex": "F" if person.woman else "M",
            "sub_last": pays.family,
            "sub_first": pays.given,
            "sub_dob": f"{pays.born:%m/%d/%Y}",
            "addr": pays.now.line,
            "city": pays.now.city,
            "zip": pays.now.postcode + draw.kept(0.3, "-" + draw.filled("####")),
            "dx1": draw.filled("J#%.#"),
            "svc_dt": f"{draw.day(SPRING, WINTER):%m/%d/%Y}",
            "npi": draw.choice(("1093817465", "1407855233", "1881692370")),
            "billed": f"{draw.uniform(40, 900):.2f}",
        }
        records.append((person.number, row))
    return Made(files=(File(name="claims.csv", records=records, key="claim_no", first="C"),))


def french_patients(draw: Draw) -> Made:
    """French patients: birth name and name in use, the social security number with its key, latin-1."""
    people = population(draw, FRENCH, 1000)
    numbers = [nir(draw, one.born, woman=one.woman) for one in people]
    records: list[Record] = []
    for person in seen(draw, people, (0.6, 0.25, 0.15)):
        at = contact(draw, person, 0.12)
        marked = draw.chance(0.5)
        names = [person.maiden, surname(draw, person, 0.1), person.given]
        birth, used, given = (name if marked else FRENCH.roman(name) for name in names)
        row: dict[str, object] = {
            "NOM_NAISSANCE": draw.slip(0.03, typo, draw.kept(0.85, birth)).upper(),
            "NOM_USAGE": draw.slip(0.03, typo, used).upper(),
            "PRENOM": draw.slip(0.04, typo, given),
            "DATE_NAISS": f"{person.born:%d/%m/%Y}",
            "SEXE": "F" if person.woman else "M",
            "NIR": draw.kept(0.6, draw.slip(0.02, digit, numbers[person.number])),
            "TEL": draw.kept(0.6, at.mobile),
            "ADRESSE": at.line,
            "CP": at.postcode,
            "COMMUNE": at.city.upper(),
            "MEDECIN_TRAITANT": draw.choice(("DR LEFEBVRE", "DR COHEN", "DR MARTIN P.")),
        }
        records.append((person.number, row))
    file = File(name="patients.csv", records=records, key="IPP", first="80", separator=";", encoding="latin-1")
    return Made(files=(file,))


def insurance_policies(draw: Draw) -> Made:
    """Policies by agents who fill what they lack: 01/01/1900, 9999999999, noemail@x, UNKNOWN, N/A, TBD."""
    people = population(draw, US, 1000)
    records: list[Record] = []
    for person in seen(draw, people, (0.5, 0.25, 0.15, 0.1)):
        at = contact(draw, person, 0.15)
        name = f"{surname(draw, person, 0.05)}, {draw.slip(0.06, typo, person.given)} {person.suffix}"
        row: dict[str, object] = {
            "INSURED_NAME": name.strip(),
            "INSURED_DOB": draw.kept(0.65, f"{person.born:%m/%d/%Y}", instead="01/01/1900"),
            "PHONE": draw.kept(0.6, at.mobile, instead=draw.choice(("9999999999", "0000000000", "N/A"))),
            "EMAIL": draw.kept(0.5, at.email, instead=draw.choice(("noemail@x.example", "none@none.example", "N/A"))),
            "ADDRESS": draw.kept(0.8, at.line, instead=draw.choice(("UNKNOWN", "TBD"))),
            "CITY": draw.kept(0.85, at.city, instead="UNKNOWN"),
            "ZIP": draw.kept(0.85, at.postcode, instead="00000"),
            "AGENT": draw.choice(("K. Barlow", "S. Yost", "J. Pruitt")),
            "POLICY_TYPE": draw.choice(("AUTO", "HOME", "LIFE")),
            "EFF_DATE": f"{draw.day(SPRING, WINTER):%m/%d/%Y}",
        }
        records.append((person.number, row))
    return Made(files=(File(name="policies.csv", records=records, key="POLICY_NO", first="P"),))


def twin_clinic(draw: Draw) -> Made:
    """A children's clinic: twins of one household in great number, a mother's telephone, given names often alike."""
    people = [one for one in population(draw, UK, 2400, single=0) if one.role == "child"]
    twins: list[int] = []
    for at in range(1, len(people)):
        alike = people[at].household == people[at - 1].household and at - 1 not in twins
        if alike and draw.chance(0.5):
            people[at] = replace(people[at], born=people[at - 1].born, family=people[at - 1].family)
            twins.append(at)
    records: list[Record] = []
    for person in seen(draw, people, (0.6, 0.25, 0.15)):
        row: dict[str, object] = {
            "Child first name": draw.slip(0.05, misheard, person.given),
            "Child surname": person.family,
            "Born": f"{person.born:%Y-%m-%d}",
            "Mother": f"{person.mother} {draw.kept(0.7, person.family, instead=person.mother_family)}",
            "Contact tel": draw.kept(0.8, person.now.landline),
            "Postcode": person.now.postcode,
            "Vaccine": draw.choice(("MMR", "HPV", "Flu")),
        }
        records.append((person.number, row))
    return Made(files=(File(name="vaccinations.csv", records=records, key="visit", first="VX"),))


LAYOUTS: Final[tuple[Layout, ...]] = (
    hospital_adt, lab_requests, claims, french_patients, insurance_policies, twin_clinic,
)  # fmt: skip
