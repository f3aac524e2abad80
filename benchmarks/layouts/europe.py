"""Tables in the languages of Europe, each with its own ways with names and numbers."""

from dataclasses import replace
from datetime import date
from typing import Final

from benchmarks.layouts.draw import Draw
from benchmarks.layouts.east import CZECH, GREEK, HUNGARIAN, POLISH, RUSSIAN, TURKISH, patronymic
from benchmarks.layouts.files import File, Layout, Made, Record
from benchmarks.layouts.numbers import bsn, cpf, dni, iban, kennitala, pesel, rodne_cislo, tckn
from benchmarks.layouts.people import Person, contact, mail, population, seen, surname
from benchmarks.layouts.slips import digit, typo
from benchmarks.layouts.speech import plain
from benchmarks.layouts.west import DUTCH, ICELANDIC, PORTUGUESE, SPANISH

SPRING: Final = date(2023, 3, 1)
WINTER: Final = date(2024, 2, 28)
GENITIVES: Final = (
    ("ður", "ðar"),
    ("björn", "bjarnar"),
    ("Björn", "Bjarnar"),
    ("ur", "s"),
    ("i", "a"),
    ("nn", "ns"),
    ("ll", "ls"),
)
PARTICLES: Final = ("van den ", "van der ", "op den ", "van 't ", "van ", "de ", "ter ", "El ")


def spanish_bank(draw: Draw) -> Made:
    """A Spanish bank: two surnames, of which one is sometimes left out; DNI with its letter, IBAN shared by couples."""
    people = population(draw, SPANISH, 900)
    numbers = [dni(draw) for _ in people]
    accounts = [iban(draw, "ES", 20) for _ in people]
    records: list[Record] = []
    for person in seen(draw, people, (0.6, 0.28, 0.12)):
        at = contact(draw, person, 0.12)
        marked = draw.chance(0.7)
        given = draw.slip(0.04, typo, person.given)
        account = person.household if person.role != "child" else person.number
        row: dict[str, object] = {
            "NOMBRE": given if marked else SPANISH.roman(given).upper(),
            "APELLIDO1": person.family if marked else SPANISH.roman(person.family).upper(),
            "APELLIDO2": draw.kept(
                0.85, person.mother_family if marked else SPANISH.roman(person.mother_family).upper()
            ),
            "NIF": draw.kept(0.7, draw.slip(0.02, digit, numbers[person.number])),
            "FECHA_NAC": f"{person.born:%d/%m/%Y}",
            "IBAN": draw.kept(0.6, accounts[account]),
            "MOVIL": draw.kept(0.6, at.mobile),
            "DOMICILIO": at.line,
            "CP": at.postcode,
            "POBLACION": at.city,
        }
        records.append((person.number, row))
    file = File(name="titulares.csv", records=records, key="COD_CLIENTE", first="CL", separator=";", encoding="latin-1")
    return Made(files=(file,))


def brazilian_school(draw: Draw) -> Made:
    """A Brazilian school network: full names in one column, parts left out, the mother's name, CPF by a third."""
    people = [replace(one, middle="" if draw.chance(0.6) else one.middle) for one in population(draw, PORTUGUESE, 1000)]
    numbers = [cpf(draw) for _ in people]
    records: list[Record] = []
    for person in seen(draw, people, (0.6, 0.25, 0.15)):
        parts = [person.given, person.middle, person.mother_family, person.family]
        if draw.chance(0.15):
            parts[2] = ""
        name = " ".join(part for part in parts if part)
        row: dict[str, object] = {
            "nome_completo": draw.slip(0.06, typo, name if draw.chance(0.5) else PORTUGUESE.roman(name).upper()),
            "dt_nasc": draw.kept(0.9, f"{person.born:%d/%m/%Y}"),
            "nome_da_mae": draw.kept(0.8, f"{person.mother} {person.mother_family}"),
            "cpf": draw.kept(0.35, numbers[person.number]),
            "turma": draw.choice(("1A", "1B", "2A", "3C")),
            "celular": draw.kept(0.5, contact(draw, person, 0.15).mobile),
            "bairro": draw.choice(("Centro", "Boa Vista", "Santa Cruz", "Jardim América")),
        }
        records.append((person.number, row))
    return Made(files=(File(name="alunos.csv", records=records, key="matricula", first="20", separator=";"),))


def dutch_energy(draw: Draw) -> Made:
    """A Dutch energy supplier: initials, tussenvoegsel, postcode and house number; no birthdays, many movers."""
    people = [one for one in population(draw, DUTCH, 1500) if one.role != "child"]
    records: list[Record] = []
    for person in seen(draw, people, (0.6, 0.25, 0.15)):
        at = contact(draw, person, 0.25)
        name = surname(draw, person, 0.08)
        prefix = next((part for part in PARTICLES if name.startswith(part)), "")
        row: dict[str, object] = {
            "Voorletters": f"{person.given[0]}.{draw.kept(0.5, f'{person.middle[0]}.')}",
            "Tussenvoegsel": prefix.strip() if draw.chance(0.9) else "",
            "Achternaam": draw.slip(0.04, typo, name.removeprefix(prefix)),
            "Postcode": at.postcode if draw.chance(0.7) else at.postcode.replace(" ", ""),
            "Huisnr": at.number,
            "Woonplaats": at.city,
            "E-mailadres": draw.kept(0.6, at.email),
            "Telefoon": draw.kept(0.5, draw.choice((at.mobile, at.landline))),
            "Rekening": draw.kept(0.6, _account(person.household)),
            "Product": draw.choice(("Stroom", "Gas", "Stroom+Gas")),
        }
        records.append((person.number, row))
    return Made(files=(File(name="klanten.csv", records=records, key="Klantnr", first="8", separator=";"),))


def _account(household: int) -> str:
    return iban(Draw(f"account {household}"), "NL", 10)


def dutch_municipality(draw: Draw) -> Made:
    """A Dutch municipality's two desks: BSN nearly always, given names in full, a wife's name before her own."""
    people = population(draw, DUTCH, 900)
    numbers = [bsn(draw) for _ in people]
    files: tuple[list[Record], list[Record]] = ([], [])
    for person in seen(draw, people, (0.55, 0.35, 0.1)):
        at = contact(draw, person, 0.1)
        married = person.family != person.maiden
        names: dict[str, object] = {
            "voornamen": f"{person.given} {person.middle}" if draw.chance(0.6) else person.given,
            "geslachtsnaam": f"{person.family}-{person.maiden}" if married and draw.chance(0.5) else person.maiden,
        }
        row: dict[str, object] = names | {
            "geboortedatum": f"{person.born:%d-%m-%Y}",
            "bsn": draw.kept(0.85, draw.slip(0.01, digit, numbers[person.number])),
            "straat": at.street,
            "nr": at.number,
            "pc": at.postcode,
        }
        draw.choice(files).append((person.number, row))
    return Made(
        files=(
            File(name="balie.csv", records=files[0], key="zaak", first="B"),
            File(name="wmo.csv", records=files[1], key="zaak", first="W"),
        )
    )


def polish_clinic(draw: Draw) -> Made:
    """A Polish clinic: -ski and -ska, PESEL by half, given names cut short by clerks."""
    people = population(draw, POLISH, 900)
    numbers = [pesel(draw, one.born, woman=one.woman) for one in people]
    records: list[Record] = []
    for person in seen(draw, people, (0.6, 0.25, 0.15)):
        at = contact(draw, person, 0.12)
        marked = draw.chance(0.75)
        names = [draw.slip(0.05, typo, person.given), draw.slip(0.05, typo, surname(draw, person, 0.08))]
        given, family = (name if marked else POLISH.roman(name) for name in names)
        row: dict[str, object] = {
            "Imię": given,
            "Nazwisko": family,
            "Data urodzenia": draw.kept(0.8, f"{person.born:%Y-%m-%d}"),
            "PESEL": draw.kept(0.5, draw.slip(0.02, digit, numbers[person.number])),
            "Telefon": draw.kept(0.6, at.mobile),
            "Adres": f"{at.line}, {at.postcode} {at.city}",
            "Lekarz": draw.choice(("lek. Zych", "dr Banaś", "dr Cieślak")),
        }
        records.append((person.number, row))
    return Made(files=(File(name="pacjenci.csv", records=records, key="Nr karty", first="KP", encoding="cp1250"),))


def czech_members(draw: Draw) -> Made:
    """Members of Czech clubs: -ová, rodné číslo with its slash, titles in the name, half of the marks left out."""
    people = population(draw, CZECH, 900)
    numbers = [rodne_cislo(draw, one.born, woman=one.woman) for one in people]
    records: list[Record] = []
    for person in seen(draw, people, (0.65, 0.25, 0.1)):
        at = contact(draw, person, 0.12)
        name = f"{draw.slip(0.05, typo, surname(draw, person, 0.06))} {person.given}"
        title = draw.choice(("Ing. ", "Mgr. ", "MUDr. ")) if draw.chance(0.1) else ""
        row: dict[str, object] = {
            "Člen": title + (name if draw.chance(0.5) else CZECH.roman(name)),
            "RČ": draw.kept(0.45, numbers[person.number]),
            "Narozen": draw.kept(0.6, f"{person.born.day}. {person.born.month}. {person.born.year}"),
            "Bydliště": f"{at.line}, {at.city}",
            "PSČ": at.postcode,
            "E-mail": draw.kept(0.5, at.email),
            "Příspěvek": draw.choice(("zaplaceno", "dluží")),
        }
        records.append((person.number, row))
    return Made(files=(File(name="clenove.csv", records=records, key="č.", first="5", separator=";"),))


def hungarian_patients(draw: Draw) -> Made:
    """Hungarian patients: family name first in one column, wives as -né, the mother's birth name, the town of birth."""
    people = population(draw, HUNGARIAN, 850)
    towns = tuple(HUNGARIAN.cities)
    records: list[Record] = []
    for person in seen(draw, people, (0.6, 0.25, 0.15)):
        wife = person.role == "spouse" and person.woman and draw.chance(0.25)
        name = f"{person.family}né {person.maiden} {person.given}" if wife else f"{person.maiden} {person.given}"
        at = contact(draw, person, 0.1)
        row: dict[str, object] = {
            "Név": draw.slip(0.06, typo, name),
            "Születési név": draw.kept(0.5, f"{person.maiden} {person.given}"),
            "Anyja neve": draw.kept(0.8, f"{person.mother_family} {person.mother}"),
            "Szül. hely": towns[person.number % len(towns)],
            "Szül. idő": f"{person.born:%Y.%m.%d}.",
            "TAJ": draw.kept(0.4, f"{person.number * 1_000_003 % 10**9:09}"),
            "Irsz": at.postcode,
            "Cím": at.line,
        }
        records.append((person.number, row))
    return Made(files=(File(name="paciensek.csv", records=records, key="Törzsszám", first="T", separator=";"),))


def turkish_subscribers(draw: Draw) -> Made:
    """Turkish subscribers: AD SOYAD in capitals with and without dotted İ, TCKN by half, telephones shared at home."""
    people = population(draw, TURKISH, 950)
    numbers = [tckn(draw) for _ in people]
    records: list[Record] = []
    for person in seen(draw, people, (0.6, 0.25, 0.15)):
        at = contact(draw, person, 0.12)
        name = f"{person.given} {surname(draw, person, 0.08)}"
        proper = name.replace("i", "İ").replace("ı", "I").upper()
        row: dict[str, object] = {
            "AD SOYAD": draw.slip(0.06, typo, draw.choice((proper, TURKISH.roman(name).upper(), name))),
            "TC KİMLİK NO": draw.kept(0.5, draw.slip(0.03, digit, numbers[person.number])),
            "DOĞUM YILI": draw.kept(0.6, str(person.born.year)),
            "GSM": draw.kept(0.7, at.mobile),
            "ADRES": draw.kept(0.7, at.line),
            "İL": at.city,
            "TARİFE": draw.choice(("EKO", "SÜPER", "GENÇ")),
        }
        records.append((person.number, row))
    return Made(files=(File(name="aboneler.csv", records=records, key="ABONE_NO", first="A", separator=";"),))


def greek_register(draw: Draw) -> Made:
    """A Greek register in capitals and a travel list in Latin letters, joined by little but names, father and year."""
    people = population(draw, GREEK, 900)
    taxes = [draw.filled("%########") for _ in people]
    greek: list[Record] = []
    latin: list[Record] = []
    for person in seen(draw, people, (0.6, 0.25, 0.15)):
        at = contact(draw, person, 0.1)
        if draw.chance(0.65):
            names = (draw.slip(0.04, typo, name) for name in (person.family, person.given, person.father))
            family, given, father = (_capitals(name) for name in names)
            row: dict[str, object] = {
                "ΕΠΩΝΥΜΟ": family,
                "ΟΝΟΜΑ": given,
                "ΠΑΤΡΩΝΥΜΟ": father,
                "ΗΜ/ΝΙΑ ΓΕΝΝΗΣΗΣ": f"{person.born:%d/%m/%Y}",
                "ΑΦΜ": draw.kept(0.6, taxes[person.number]),
                "ΔΙΕΥΘΥΝΣΗ": at.line,
            }
            greek.append((person.number, row))
        else:
            travel: dict[str, object] = {
                "Surname": GREEK.roman(person.family),
                "Name": GREEK.roman(person.given),
                "Birth": f"{person.born:%d/%m/%Y}",
                "Mobile": draw.kept(0.7, at.mobile),
                "VAT no": draw.kept(0.4, taxes[person.number]),
            }
            latin.append((person.number, travel))
    return Made(
        files=(
            File(name="mitroo.csv", records=greek, key="Α/Α", first="M"),
            File(name="travel.csv", records=latin, key="no", first="T"),
        )
    )


def _capitals(text: str) -> str:
    """Greek capitals bear no accents."""
    return plain(text).upper()


def russian_clinic(draw: Draw) -> Made:
    """A Russian clinic: ФИО in one column, sometimes initials; a private laboratory writes it in Latin letters."""
    people = population(draw, RUSSIAN, 1000)
    snils = [draw.filled("###-###-### ##") for _ in people]
    clinic: list[Record] = []
    private: list[Record] = []
    for person in seen(draw, people, (0.55, 0.3, 0.15)):
        at = contact(draw, person, 0.1)
        after = patronymic(person.father, woman=person.woman)
        family = surname(draw, person, 0.06)
        if draw.chance(0.7):
            short = draw.chance(0.1)
            said = f"{person.given[0]}. {after[0]}." if short else f"{person.given} {after}"
            row: dict[str, object] = {
                "ФИО": draw.slip(0.05, typo, f"{family} {said}").replace("ё", draw.choice("её")),
                "Дата рождения": f"{person.born:%d.%m.%Y}",
                "СНИЛС": draw.kept(0.5, snils[person.number]),
                "Телефон": draw.kept(0.6, at.mobile),
                "Адрес": at.line,
                "Участок": draw.randint(1, 12),
            }
            clinic.append((person.number, row))
        else:
            lab: dict[str, object] = {
                "last_name": RUSSIAN.roman(family),
                "first_name": RUSSIAN.roman(person.given),
                "dob": str(person.born),
                "phone": draw.kept(0.7, "7" + "".join(filter(str.isdigit, at.mobile))[1:]),
                "email": draw.kept(0.5, at.email),
            }
            private.append((person.number, lab))
    return Made(
        files=(
            File(name="пациенты.csv", records=clinic, key="№ карты", first="К", separator=";", encoding="cp1251"),
            File(name="lab.csv", records=private, key="order_id", first="L"),
        )
    )


def icelandic_union(draw: Draw) -> Made:
    """An Icelandic union: names after the father in one column, kennitala by half."""
    people = [_after_father(draw, one) for one in population(draw, ICELANDIC, 800)]
    numbers = [kennitala(draw, one.born) for one in people]
    records: list[Record] = []
    for person in seen(draw, people, (0.7, 0.2, 0.1)):
        at = contact(draw, person, 0.12)
        given = f"{person.given} {person.middle}" if person.number % 3 == 0 and draw.chance(0.6) else person.given
        row: dict[str, object] = {
            "Nafn": draw.slip(0.05, typo, f"{given} {person.family}"),
            "Kennitala": draw.kept(0.5, numbers[person.number]),
            "Heimili": at.line,
            "Póstnr": at.postcode,
            "Sími": draw.kept(0.6, at.mobile),
            "Netfang": draw.kept(0.5, at.email),
            "Deild": draw.choice(("A", "B", "C")),
        }
        records.append((person.number, row))
    return Made(files=(File(name="felagar.csv", records=records, key="nr", first="F"),))


def _after_father(draw: Draw, person: Person) -> Person:
    father = person.father
    whose = next((father.removesuffix(end) + more for end, more in GENITIVES if father.endswith(end)), f"{father}s")
    family = f"{whose}{'dóttir' if person.woman else 'son'}"
    named = replace(person, family=family, maiden=family)
    now, then = (replace(at, email=mail(draw, ICELANDIC, named)) for at in (person.now, person.then))
    return replace(named, now=now, then=then if draw.chance(0.3) else replace(then, email=now.email))


LAYOUTS: Final[tuple[Layout, ...]] = (
    spanish_bank, brazilian_school, dutch_energy, dutch_municipality, polish_clinic, czech_members, hungarian_patients,
    turkish_subscribers, greek_register, russian_clinic, icelandic_union,
)  # fmt: skip
