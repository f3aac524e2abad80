"""Column kinds: contents first, header second, and caution where both are thin."""

import os
import random
from pathlib import Path

import pyarrow as pa
import pytest

from core.errors import BadInputError
from ingest import detect_kinds
from ingest.adapters.files import read_file
from ingest.clean import cleaner
from ingest.contract import ColumnKind
from ingest.kinds import with_same_identifiers, with_same_phones, without_row_numbers
from ingest.kinds.facts import LONGEST, column_facts
from ingest.kinds.header import read_header

GIVEN = ["Anna", "James", "Maria", "Robert", "Linda", "David", "Susan", "Thomas", "Emma", "Paul", "Zyx", "Olga"]
FAMILY = ["Smith", "Johnson", "Miller", "Garcia", "Wilson", "Taylor", "Moore", "Kowalski", "Xu", "Rossi", "Quirke"]
CITIES = ["Chicago", "Houston", "Boston", "Denver", "Springfield", "Oakville", "Madison", "Leeds", "Paris"]
STREETS = ["Oak Street", "Main St", "Maple Avenue", "Hill Road", "Park Lane", "2nd Ave"]


def people(rows: int = 400) -> dict[str, list[str]]:
    """A table of people, every column by what it is."""
    draw = random.Random(7)

    def digits(*ranges: tuple[int, int]) -> str:
        return "-".join(str(draw.randint(*each)) for each in ranges)

    def date(first: int, last: int) -> str:
        return f"{draw.randint(first, last)}-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}"

    return {
        "given_name": [draw.choice(GIVEN) for _ in range(rows)],
        "family_name": [draw.choice(FAMILY) for _ in range(rows)],
        "birth_date": [date(1930, 2015) for _ in range(rows)],
        "date": [date(2018, 2024) for _ in range(rows)],
        "email": [f"{draw.choice(GIVEN)}{draw.randint(1, 999)}@mail.com" for _ in range(rows)],
        "phone": [f"({digits((201, 989))}) {digits((200, 999), (1000, 9999))}" for _ in range(rows)],
        "sex": [draw.choice(["F", "M", "female", ""]) for _ in range(rows)],
        "national_id": [digits((100, 899), (10, 99), (1000, 9999)) for _ in range(rows)],
        "address": [f"{draw.randint(1, 9999)} {draw.choice(STREETS)}" for _ in range(rows)],
        "city": [draw.choice(CITIES) for _ in range(rows)],
        "region": [draw.choice(["CA", "TX", "NY", "WA", "OR"]) for _ in range(rows)],
        "postcode": [f"{draw.randint(501, 99950):05}" for _ in range(rows)],
        "identifier": [f"L{draw.randint(10**7, 10**8 - 1)}" for _ in range(rows)],
        "category": [draw.choice(["baker", "nurse", "smith of gold", "judge"]) for _ in range(rows)],
        "number": [f"{draw.uniform(0, 500):.2f}" for _ in range(rows)],
        "ignore": [str(number) for number in range(rows)],
    }


def kinds_of(table: pa.Table, **overrides: str) -> dict[str, str]:
    """Column to kind."""
    return {one.column: one.kind for one in detect_kinds(table, overrides=overrides)}


def test_contents_alone_decide() -> None:
    """Without any header, every column of a people table is what it is."""
    columns = people()
    names = {f"c{number}": kind for number, kind in enumerate(columns)}
    table = pa.table(dict(zip(names, columns.values(), strict=True)))
    assert kinds_of(table) == names


@pytest.mark.parametrize(
    "form", ["99 999 999-9", "9999999999999A", "AA-9999 9999", "999.999.999-99", "***-**-9999/999"]
)
def test_long_numbers_of_one_form_that_come_again_are_of_people(form: str) -> None:
    """Whatever their header, and with whatever signs between; numbers that never come again are left out later."""
    draw = random.Random(5)
    forms = {"9": "0123456789", "A": "ABCEFGHJKX"}
    numbers = ["".join(draw.choice(forms.get(sign, sign)) for sign in form) for _ in range(300)]
    assert kinds_of(pa.table({"фбв": numbers + numbers[:60]})) == {"фбв": "identifier"}


def test_numbers_of_no_one_form_or_of_many_are_no_identifiers() -> None:
    """Amounts, remarks with numbers, lots of which each is in many rows, and dates beside a word stay what they are."""
    draw = random.Random(6)
    amounts = [f"{draw.randint(1, 99999)},{draw.randint(0, 999):03}.{draw.randint(10, 99)}" for _ in range(300)]
    words = ["paid", "owes", "came", "for", "with", "about", "yesterday"]
    remarks = [
        " ".join(draw.choices(words, k=draw.randint(2, 6))) + f" {draw.randint(1000, 99999)}" for _ in range(300)
    ]
    lots = [f"{draw.randint(0, 29):04} of 2023" for _ in range(360)]
    born = [f"Lyon, {draw.randint(1, 28):02}.{draw.randint(1, 12):02}.{draw.randint(1930, 2010)}" for _ in range(300)]
    table = pa.table({"qa": amounts + amounts[:60], "qb": remarks + remarks[:60], "qc": lots, "qd": born + born[:60]})
    assert "identifier" not in kinds_of(table).values()


def test_initials_beside_a_family_name_are_the_given_name() -> None:
    """Where no column has given names; beside these they are more of them, and a class of few letters is none."""
    draw = random.Random(8)
    initials = [". ".join(draw.choices("ABCDEFGHJKLMNPRSTW", k=draw.randint(1, 3))) + "." for _ in range(300)]
    family = [draw.choice(FAMILY) for _ in range(300)]
    classes = [draw.choice("ABCD") for _ in range(300)]
    given = [draw.choice(GIVEN) for _ in range(300)]
    assert kinds_of(pa.table({"q": initials, "surname": family}))["q"] == "given_name"
    assert kinds_of(pa.table({"q": initials, "surname": family, "first name": given}))["q"] != "given_name"
    assert kinds_of(pa.table({"q": classes, "surname": family}))["q"] == "category"


def test_numbers_that_neighbours_share_are_of_houses() -> None:
    """Two of one postcode live at one number more often than not, and are seldom of one age."""
    draw = random.Random(9)
    rows = [(f"{draw.randint(10000, 99999)}", str(draw.randint(1, 180))) for _ in range(200)] * 2
    table = pa.table(
        {
            "first name": [draw.choice(GIVEN) for _ in rows],
            "postcode": [code for code, _ in rows],
            "qa": [number for _, number in rows],
            "qb": [str(draw.randint(1, 99)) for _ in rows],
        }
    )
    found = kinds_of(table)
    assert (found["qa"], found["qb"]) == ("house_number", "number")


def two_files(one: list[str], other: list[str]) -> pa.Table:
    """A column of each of two files, as they stand below each other."""
    return pa.table({"tax number": [*one, *[""] * len(other)], "ref no": [*[""] * len(one), *other]})


def test_identifiers_of_two_files_that_share_values_are_one() -> None:
    """Whatever their headers and signs; numbers that count up, or that a few happen to share, are two."""
    draw = random.Random(10)
    taxes = [str(draw.randint(10**9, 10**10)) for _ in range(300)]
    signed = [f"{number[:3]}-{number[3:]}" for number in taxes[:100]]
    others = [str(draw.randint(10**9, 10**10)) for _ in range(200)]

    def systems(one: list[str], other: list[str]) -> int:
        table = two_files(one, other)
        said = [ColumnKind(column=name, kind="identifier", system=name, confidence=0.9) for name in table.column_names]
        same = with_same_identifiers(table, said)
        return len({kind.system for kind in without_row_numbers(table, same) if kind.kind == "identifier"})

    assert systems(taxes, signed + others) == 1
    assert systems(taxes + taxes, others + others) == 2
    counted = [str(10**6 + n) for n in range(300)]
    assert systems(counted + counted, counted[100:] + counted) == 2


def test_numbers_of_one_file_that_are_telephones_of_another_are_telephones() -> None:
    """With the country before them or without; numbers that few telephones share stay what they are."""
    draw = random.Random(11)
    called = [f"04{draw.randrange(10**7, 10**8)}" for _ in range(300)]

    def kind(numbers: list[str]) -> str:
        table = two_files(numbers, called)
        said = [
            ColumnKind(column="tax number", kind="identifier", system="tax", confidence=0.9),
            ColumnKind(column="ref no", kind="phone", confidence=0.9),
        ]
        return with_same_phones(table, said)[0].kind

    others = [f"04{draw.randrange(10**7, 10**8)}" for _ in range(300)]
    assert kind([f"+358{number[1:]}" for number in called[:100]] + others[:200]) == "phone"
    assert kind(called[:100] + others[:200]) == "phone"
    assert kind(called[:20] + others[:280]) == "identifier"


def test_names_of_one_file_are_told_without_those_of_another() -> None:
    """A name beside a family name is the given name, whatever the columns of a second file are called."""
    columns = people()
    blank = [""] * 400
    table = pa.table(
        {
            "surname": [*columns["family_name"], *blank],
            "name": [*columns["given_name"], *blank],
            "nachname": [*blank, *columns["family_name"]],
            "vorname": [*blank, *columns["given_name"]],
        }
    )
    assert list(kinds_of(table).values()) == ["family_name", "given_name"] * 2


def test_a_writing_in_another_script_is_no_second_name() -> None:
    """Also where a few rows have the same script in both columns."""
    draw = random.Random(11)
    family, given = ["Волков", "Зуев", "Лосев", "Орлов", "Гусев"], ["Анна", "Пётр", "Олег", "Нина", "Юрий", "Вера"]
    latin = [f"{draw.choice(FAMILY)} {draw.choice(GIVEN)}" for _ in range(300)]
    own = [f"{draw.choice(family)}{draw.choice(given)}" if n % 6 else latin[n] for n in range(300)]
    found = kinds_of(pa.table({"full name": own, "полное имя": latin}))
    assert found == {"full name": "text", "полное имя": "full_name"}


def test_birth_dates_of_two_files_do_not_compete() -> None:
    """Where one header says it and the other is not known; two of one file do."""
    dates = people()["birth_date"]
    other = people()["date"]
    apart = pa.table({"birth": [*dates, *[""] * 400], "qux": [*[""] * 400, *dates]})
    assert list(kinds_of(apart).values()) == ["birth_date", "birth_date"]
    beside = pa.table({"birth": dates, "qux": dates[::-1], "seen": other})
    assert list(kinds_of(beside).values()) == ["birth_date", "date", "date"]


def test_the_order_of_columns_and_rows_does_not_matter() -> None:
    """Shuffled columns and rows are the same columns."""
    columns = people()
    order = random.Random(3).sample(range(400), 400)
    table = pa.table({f"c{number}": values for number, values in enumerate(columns.values())})
    shuffled = table.take(order).select(random.Random(4).sample(table.column_names, len(columns)))
    assert kinds_of(shuffled) == kinds_of(table)


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("Vorname", "given_name"),
        ("prénom", "given_name"),
        ("Apellidos", "family_name"),
        ("Nachname", "family_name"),
        ("cognome", "family_name"),
        ("firstName", "given_name"),
        ("NAME_LAST", "family_name"),
    ],
)
def test_headers_are_read_in_several_languages(header: str, kind: str) -> None:
    """Words that no lexicon knows are what their header says."""
    words = [f"{a}{b}" for a in "brkmtz" for b in ("ilva", "onqe", "ushk", "arwen")]
    assert kinds_of(pa.table({header: words * 3})) == {header: kind}


def test_contents_outrank_the_header() -> None:
    """A place of birth is no birth date, nor is a date of death, and e-mails are e-mails under any name."""
    columns = people()
    table = pa.table(
        {
            "birth place": columns["city"],
            "contact phone": columns["email"],
            "death_date": columns["birth_date"],
            "event_date": columns["date"],
            "dob": columns["birth_date"],
        }
    )
    assert list(kinds_of(table).values()) == ["category", "email", "date", "date", "birth_date"]


@pytest.mark.parametrize(
    "header",
    [
        *("geboortedatum", "geboorte_datum", "reported_birth_date", "passport_dob", "imported_date_of_birth"),
        *("statement_dob", "BirthDate_Imported", "date_of_birth_reported"),
    ],
)
def test_a_place_inside_another_word_hides_no_birth_date(header: str) -> None:
    """What was reported, imported or in a passport is a birth date still; a mother's is none."""
    born = people()["birth_date"]
    assert kinds_of(pa.table({header: born, f"mother_{header}": born})) == {
        header: "birth_date",
        f"mother_{header}": "date",
    }


@pytest.mark.parametrize("header", ["geburtsort", "geboorteplaats", "birthcity", "placeofbirth", "StateOfBirth"])
def test_a_place_of_birth_in_one_word_is_told_aside(header: str) -> None:
    """Headers without spaces say the same as those with."""
    assert read_header(header).kinds[0] == "aside"


@pytest.mark.parametrize("header", ["고객성향", "신청상태", "생성일시", "식별번호", "도서명"])
def test_a_korean_syllable_inside_a_word_says_nothing(header: str) -> None:
    """The sign of a family name, a city or a province alone is one; inside another word it is not."""
    assert read_header(header).kinds == ()
    assert [read_header(one).kinds[0] for one in ("성", "시", "도")] == ["family_name", "city", "region"]


def test_row_numbers_constants_and_blanks_are_no_evidence() -> None:
    """What tells nobody apart is ignored, whatever it is called."""
    rows = [str(number) for number in range(5, 105)]
    table = pa.table({"customer_id": rows, "system": ["crm"] * 100, "note": [""] * 100, "x": ["unknown", "n/a"] * 50})
    assert set(kinds_of(table).values()) == {"ignore"}


def test_thin_evidence_is_text_or_category() -> None:
    """A handful of words is not taken for names, and short numbers not for dates."""
    table = pa.table(
        {"a": ["red", "blue", "red", "red", "blue", "red"], "b": ["lorem ipsum", "dolor", "sit", "amet", "x", "y"]}
    )
    assert set(kinds_of(table).values()) <= {"category", "text"}


def test_parts_of_a_birth_date_are_seen_together() -> None:
    """Day, month and year without headers are parts of a birth date; a year alone is only a number."""
    draw = random.Random(1)
    parts = {
        "a": [str(draw.randint(1, 31)) for _ in range(500)],
        "b": [str(draw.randint(1, 12)) for _ in range(500)],
        "c": [str(draw.randint(1930, 2015)) for _ in range(500)],
    }
    assert kinds_of(pa.table(parts)) == {"a": "birth_day", "b": "birth_month", "c": "birth_year"}
    assert kinds_of(pa.table({"c": parts["c"]})) == {"c": "number"}


def test_the_user_has_the_last_word() -> None:
    """An override is not questioned; one that names no column or no kind is refused."""
    table = pa.table({"a": ["x"] * 30})
    (found,) = detect_kinds(table, overrides={"a": "identifier:mrn"})
    assert (found.kind, found.system, found.confidence) == ("identifier", "mrn", 1.0)
    with pytest.raises(BadInputError, match="no column 'b'"):
        detect_kinds(table, overrides={"b": "email"})
    with pytest.raises(BadInputError, match="'mail' is no kind"):
        detect_kinds(table, overrides={"a": "mail"})


EXPECTED = {
    "historical_50k/historical_figures_with_errors_50k.parquet": (
        "full_name full_name given_name family_name birth_date category postcode sex category"
    ),
    "multisource_114k/records.parquet": (
        "given_name middle_name family_name birth_date age sex category house_number street unit city region postcode "
        "national_id middle_name address category"
    ),
    "customers_1m/records.parquet": (
        "date given_name middle_name family_name suffix birth_date sex national_id identifier identifier email phone "
        "address city region postcode"
    ),
    "census_cis/census.parquet": (
        "given_name family_name sex birth_day birth_month birth_year house_number address postcode street address"
    ),
    "febrl/dataset3.csv": "given_name family_name house_number street unit city postcode region birth_date national_id",
}
LEFT_OUT = {"unique_id", "cluster", "record_id", "source", "person_id", "census_id", "rec_id"}


@pytest.mark.parametrize("name", EXPECTED)
def test_published_data_is_read_right(name: str) -> None:
    """Every column of the reference sets is what its documentation says it is."""
    if "C360_DATA" not in os.environ:
        pytest.skip("C360_DATA is not set")
    table = read_file(Path(os.environ["C360_DATA"]) / name, rows=60_000).rows
    evidence = table.select([column for column in table.column_names if column not in LEFT_OUT])
    assert list(kinds_of(evidence).values()) == EXPECTED[name].split()


def test_a_handful_of_groups_is_no_family_name() -> None:
    """White and Black in every row are groups, whatever the header's language."""
    groups = [["White", "Black", "Asian", "Latino", "Other", "Native"][number % 6] for number in range(900)]
    assert kinds_of(pa.table({"Gruppe": groups})) == {"Gruppe": "category"}


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("jour_naissance", "birth_day"),
        ("mois de naissance", "birth_month"),
        ("annee_naissance", "birth_year"),
        ("giorno di nascita", "birth_day"),
        ("zweiter_Vorname", "middle_name"),
    ],
)
def test_parts_of_dates_and_second_names_are_read_in_several_languages(header: str, kind: str) -> None:
    """A day, month or year of birth is no date of birth, and a second first name no first name."""
    assert read_header(header).kinds[0] == kind


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("Příjmení", "family_name"),
        ("ФИО", "full_name"),
        ("Имя пациента", "given_name"),
        ("जन्म तिथि", "birth_date"),
        ("นามสกุล", "family_name"),
        ("DOĞUM TARİHİ", "birth_date"),
        ("客户手机号码", "phone"),
        ("생년월일", "birth_date"),
        ("שם משפחה", "family_name"),
        ("اسم العائلة", "family_name"),
        ("MIDL_NAME", "middle_name"),
        ("klantnaam", "full_name"),
        ("LUOGO_NASCITA", "aside"),
        ("NOME_MAE", "aside"),
        ("sei_kana", "family_name"),
        ("मकान संख्या", "house_number"),
        ("STRAS", "street"),
        ("mother's maiden name", "aside"),
    ],
)
def test_headers_are_known_in_the_scripts_of_the_world(header: str, kind: str) -> None:
    """With accents or without, in capitals, inside a longer header where a script has no spaces."""
    assert read_header(header).kinds[0] == kind


@pytest.mark.parametrize("header", ["postcode", "ZIP", "zip_code"])
def test_a_postcode_of_nine_digits_is_no_telephone_number(header: str) -> None:
    """Where the header says so; a telephone number under that header is one still."""
    draw = random.Random(16)
    codes = [f"{draw.randint(501, 9999):05}-{draw.randint(1, 9999):04}" for _ in range(400)]
    assert kinds_of(pa.table({header: codes})) == {header: "postcode"}
    assert kinds_of(pa.table({header: people()["phone"]})) == {header: "phone"}


@pytest.mark.parametrize(
    ("header", "form"), [("qux", "AB_{}_07"), ("customer_ref", "cust_{}"), ("customer_id", "c_{}")]
)
def test_codes_with_underscores_are_identifiers(header: str, form: str) -> None:
    """As those with hyphens, points and slashes are."""
    numbers = random.Random(17).sample(range(10**5, 10**6), 200)
    assert kinds_of(pa.table({header: [form.format(number) for number in numbers]})) == {header: "identifier"}


def test_of_long_cells_only_the_beginning_is_looked_at() -> None:
    """However long a column's cells are, each pattern sees so many signs; how many differ is told of the whole."""
    cells = [", ".join(["Anna Smith"] * 5000) + f" {number}" for number in range(40)]
    with cleaner() as database:
        facts = column_facts(database, pa.chunked_array([cells + cells[:10]]))
    assert {len(value) for value in facts.values} == {LONGEST}
    assert (facts.rows, facts.filled, facts.distinct, sum(facts.counts)) == (50, 50, 40, 50)


def test_short_cells_are_looked_at_whole() -> None:
    """Beside long ones too."""
    cells = ["x" * 390 + "end", "y" * 5000]
    with cleaner() as database:
        facts = column_facts(database, pa.chunked_array([cells]))
    assert sorted(facts.values) == [cells[0], "y" * LONGEST]


NUMBERED = {
    "rodné číslo": "999999/9999",
    "RČ": "059999/9999",
    "Pers.nr": "999999-9999",
    "pers-/orgnr": "99999999-9999",
    "fnr": "99999999999",
    "CPR-nr.": "999999-9999",
    "Henkilötunnus": "999999-999A",
    "PESEL pacjenta": "99999999999",
    "TAJ szám": "999 999 999",
    "T.C. Kimlik No": "99999999999",
    "Aadhaar No": "9999 9999 9999",
    "No. KTP": "9999999999999999",
    "CPF": "999.999.999-99",
    "DNI/NIE": "99999999A",
    "RUN": "99.999.999-9",
    "SIN": "999-999-999",
    "NHS number": "999 999 9999",
    "NINO": "AA 99 99 99 A",
    "AHV-Nr.": "756.9999.9999.99",
    "N° sécu": "9 99 99 99 999 999 99",
    "מספר זהות": "999999999",
    "身分證字號": "A999999999",
    "MyKad": "999999-99-9999",
}


@pytest.mark.parametrize("header", NUMBERED)
def test_national_identifiers_are_known_by_their_names(header: str) -> None:
    """However their digits are grouped, and where they might be dialled; under the same header words stay words."""
    draw = random.Random(12)
    signs = {"9": "0123456789", "A": "ABCEFGHJKX"}
    numbers = ["".join(draw.choice(signs.get(sign, sign)) for sign in NUMBERED[header]) for _ in range(300)]
    assert kinds_of(pa.table({header: numbers + numbers[:60]})) == {header: "national_id"}
    assert "national_id" not in kinds_of(pa.table({header: people()["city"]})).values()


def test_telephone_numbers_and_numbers_of_runs_are_no_national_identifiers() -> None:
    """Signs that only telephone numbers have outrank the header, and short counts are nobody's number."""
    phones = people()["phone"]
    runs = [str(random.Random(n).randint(1, 60)) for n in range(300)]
    assert list(kinds_of(pa.table({"tax id": phones})).values()) == ["phone"]
    assert "national_id" not in kinds_of(pa.table({"RUN": runs, "rc": runs})).values()
    assert read_header("run length").kinds == ()


@pytest.mark.parametrize(
    "header",
    [
        *("jméno rodiče", "Imię i nazwisko rodzica", "telefon rodzica", "PESEL matki", "anyja leánykori neve"),
        *("ANNE ADI", "Baba adı", "Veli Tel", "Mors tlf", "fars personnummer", "NIF do pai", "Telefon Eltern", "ouder"),
        *("genitore", "tuteur", "responsable légal", "vårdnadshavare", "опекун", "телефон матери", "監護人"),
        *("pays de naissance", "local de nascimento", "MIEJSCE_UR", "země narození", "Szül. hely", "fødselssted"),
        *("födelseland", "syntymäkunta", "doğum yeri", "страна рождения", "lugar de nacimiento"),
    ],
)
def test_relatives_and_places_of_birth_are_told_aside_in_many_languages(header: str) -> None:
    """What is of a parent or a guardian, or says where somebody was born, is not the person's own."""
    assert read_header(header).kinds[0] == "aside"


@pytest.mark.parametrize("header", ["far from home", "morada", "rodinný stav", "data urodzenia", "kraj", "land"])
def test_words_that_only_look_like_kin_or_birth_are_not_told_aside(header: str) -> None:
    """A word of several meanings says what it says beside others."""
    assert "aside" not in read_header(header).kinds


def words(letters: str, count: int) -> list[str]:
    """Words that no lexicon knows."""
    draw = random.Random(len(letters))
    return ["".join(draw.choices(letters, k=draw.randint(3, 7))) for _ in range(count)]


def test_names_that_nobody_knows_are_names_where_nothing_else_is() -> None:
    """Without header and lexicon, the most varied words are names, whole ones where they are of several words."""
    draw = random.Random(2)
    first, last = words("აბგდევზთ", 60), words("იკლმნოპჟ", 200)
    rows = [(draw.choice(first).title(), draw.choice(last).title()) for _ in range(900)]
    born = [f"{draw.randint(1930, 2010)}-{draw.randint(1, 12):02}-03" for _ in rows]
    apart = pa.table({"a": [one for one, _ in rows], "b": [one for _, one in rows], "c": born})
    assert kinds_of(apart) == {"a": "given_name", "b": "family_name", "c": "birth_date"}
    whole = pa.table({"a": [" ".join(row) for row in rows], "c": born})
    assert kinds_of(whole) == {"a": "full_name", "c": "birth_date"}


def test_a_list_of_words_for_thousands_of_rows_is_no_name() -> None:
    """Where forty diagnoses and fifty drugs stand in three thousand rows, nobody is named."""
    draw = random.Random(2)
    lists = {"diagnosis": words("abdeilnorstuv", 40), "drug": words("aceghilmopx", 50)}
    table = pa.table({name: draw.choices(found, k=3000) for name, found in lists.items()})
    assert set(kinds_of(table).values()) <= {"category", "text"}


def test_somebody_elses_name_is_no_name_of_the_person() -> None:
    """A mother's name is compared whole, and a header for first names that holds whole names is one of whole names."""
    columns = people()
    whole = [" ".join(pair) for pair in zip(columns["given_name"], columns["family_name"], strict=True)]
    table = pa.table({"NOME": whole, "NOME_MAE": whole[::-1], "dob": columns["birth_date"]})
    assert kinds_of(table) == {"NOME": "full_name", "NOME_MAE": "category", "dob": "birth_date"}


@pytest.mark.parametrize(
    "header", ["Head of household", "HEAD_NAME", "hoh name", "jefe de hogar", "treatment_supporter"]
)
def test_who_heads_a_household_is_somebody_else_where_its_people_are_named(header: str) -> None:
    """A register of households by their heads alone names these."""
    columns = people()
    whole = [" ".join(pair) for pair in zip(columns["given_name"], columns["family_name"], strict=True)]
    both = {"name": whole, header: whole[::-1], "sex": columns["sex"]}
    assert kinds_of(pa.table(both)) == {"name": "full_name", header: "category", "sex": "sex"}
    assert kinds_of(pa.table({header: whole, "phone": columns["phone"]}))[header] == "full_name"


@pytest.mark.parametrize(
    ("header", "kind"),
    [("sailed", "date"), ("date", "date"), ("version", "date"), ("birth date", "birth_date"), ("flat no", "unit")],
)
def test_months_of_years_are_dates_and_of_births_only_by_their_header(header: str, kind: str) -> None:
    """1872-04 is a month, unless the header names something else; however long ago, nobody is born by that alone."""
    months = [f"{year}-{1 + year % 12:02}" for year in range(1850, 2020)]
    found = kinds_of(pa.table({header: months, "email": [f"a{number}@x.org" for number in range(len(months))]}))
    assert found[header] == kind


def test_a_relatives_phone_is_not_the_persons_own() -> None:
    """Brothers and sisters share their mother's phone, e-mail, address and numbers: each is compared whole."""
    columns = people()
    told = {f"mother_{kind}": columns[kind] for kind in ("phone", "email", "address", "national_id", "postcode")}
    assert set(kinds_of(pa.table(told)).values()) == {"category"}


def test_birth_dates_of_two_files_are_both_birth_dates() -> None:
    """Where each row has only one of them, no column has to give way."""
    born = people()["birth_date"]
    table = pa.table({"Geburtsdatum": born[:200] + [""] * 200, "birth_date": [""] * 200 + born[200:]})
    assert set(kinds_of(table).values()) == {"birth_date"}
    assert sorted(kinds_of(pa.table({"Geburtsdatum": born, "birth_date": born})).values()) == ["birth_date", "date"]


@pytest.mark.parametrize("form", ["{} 00:00:00", "{}T00:00:00Z", "{}.0"])
def test_a_birth_date_with_a_time_of_midnight_is_a_birth_date(form: str) -> None:
    """Spreadsheets add midnight, or a decimal, to what is only a day."""
    born = [form.format(one.replace("-", "") if form.endswith(".0") else one) for one in people()["birth_date"]]
    assert kinds_of(pa.table({"Birth": born})) == {"Birth": "birth_date"}


def test_a_spreadsheets_days_are_dates_where_the_header_says_birth() -> None:
    """Days since 1899 under any other header are numbers."""
    days = [str(draw) for draw in random.Random(5).sample(range(12000, 40000), 300)]
    assert kinds_of(pa.table({"DOB": days, "x": days})) == {"DOB": "birth_date", "x": "number"}


def test_typing_errors_in_days_and_months_do_not_hide_them() -> None:
    """A few impossible values are many of the distinct ones, but few rows."""
    draw = random.Random(1)
    rows = [(draw.randint(1930, 2005), draw.randint(1, 12), draw.randint(1, 31)) for _ in range(900)]
    rows += [(1950, 17, 0), (1951, 0, 45), (1952, 21, 77)]
    table = pa.table({name: [str(row[at]) for row in rows] for at, name in enumerate(("by", "bm", "bd"))})
    assert kinds_of(table) == {"by": "birth_year", "bm": "birth_month", "bd": "birth_day"}


def test_a_few_whole_numbers_for_everybody_are_groups() -> None:
    """The number of a county tells groups apart; an amount of so few values does not, for its header says so."""
    codes = [str(100 + number % 30) for number in range(3000)]
    table = pa.table({"CONDADO": codes, "total": codes})
    assert kinds_of(table) == {"CONDADO": "category", "total": "number"}


def test_what_another_column_tells_is_no_evidence_twice() -> None:
    """A county beside its precincts, and a race's name beside its code, are left out, but for one of both."""
    draw = random.Random(4)
    rows = [(draw.randint(0, 199), draw.choice("WBHA")) for _ in range(4000)]
    table = pa.table(
        {
            "precinct": [f"P{number:03}" for number, _ in rows],
            "county": [f"district {number % 20}" for number, _ in rows],
            "race_code": [race for _, race in rows],
            "race_desc": [{"W": "wh", "B": "bl", "H": "hi", "A": "as"}[race] for _, race in rows],
            "party": [draw.choice(["DEM", "REP", "UNA"]) for _ in rows],
        }
    )
    kinds = kinds_of(table.rename_columns(["c1", "c2", "c3", "c4", "c5"]))
    assert [kinds[name] for name in ("c1", "c2", "c5")] == ["category", "text", "category"]
    assert sorted((kinds["c3"], kinds["c4"])) == ["category", "text"]


def test_moments_and_net_addresses_number_nobody() -> None:
    """Seconds since 1970 under a header of time are dates, and addresses of the net are text."""
    draw = random.Random(8)
    table = pa.table(
        {
            "signup_ts": [str(draw.randint(1_500_000_000, 1_600_000_000)) for _ in range(300)],
            "ip": [".".join(str(draw.randint(1, 250)) for _ in range(4)) for _ in range(300)],
        }
    )
    assert kinds_of(table) == {"signup_ts": "date", "ip": "text"}


def test_a_region_where_there_is_no_other_place_is_a_group() -> None:
    """Of an address only its street, postcode and city are compared; a county alone is compared as it stands."""
    draw = random.Random(9)
    counties = [draw.choice(["Kent", "Essex", "Surrey", "Devon"]) for _ in range(400)]
    assert kinds_of(pa.table({"county": counties})) == {"county": "category"}
    cities = [draw.choice(CITIES) for _ in range(400)]
    assert kinds_of(pa.table({"county": counties, "city": cities})) == {"county": "region", "city": "city"}


def test_packed_dates_are_told_by_their_digits() -> None:
    """Six digits, or a year and a day of it, that make dates in every row are dates; a lifetime of them is of birth."""
    draw = random.Random(10)
    days = [(draw.randint(30, 99), draw.randint(1, 12), draw.randint(1, 28)) for _ in range(300)]
    table = pa.table(
        {
            "c1": [f"{year:02}{month:02}{day:02}" for year, month, day in days],
            "c2": [f"20{draw.randint(10, 20)}{draw.randint(1, 365):03}" for _ in days],
            "c3": [f"{draw.randint(100000, 999999)}" for _ in days],
        }
    )
    assert kinds_of(table) == {"c1": "birth_date", "c2": "date", "c3": "number"}


def test_digests_of_contacts_are_identifiers() -> None:
    """What was hashed before it was handed over is compared as a number of its own, whatever its header says."""
    draw = random.Random(11)
    emails = [f"{draw.getrandbits(256):064x}" for _ in range(200)]
    assert kinds_of(pa.table({"hashed_email": emails * 2})) == {"hashed_email": "identifier"}


def test_numbers_of_rows_are_no_evidence() -> None:
    """An identifier that hardly ever comes twice numbers rows; one that people bring again, and a user's word, stay."""
    rows = 600
    table = pa.table({"order_no": [f"O{n:07}" for n in range(rows)], "card_no": [f"C{n // 2:07}" for n in range(rows)]})
    kinds = {one.column: one.kind for one in without_row_numbers(table, detect_kinds(table))}
    assert kinds == {"order_no": "ignore", "card_no": "identifier"}
    told = detect_kinds(table, overrides={"order_no": "identifier:order"})
    assert [one.kind for one in without_row_numbers(table, told)] == ["identifier", "identifier"]


def test_names_beside_each_other_tell_what_they_are() -> None:
    """A name without the family name beside it is the first name; one without the person's first name is another's."""
    draw = random.Random(12)
    rows = [(draw.choice(GIVEN), draw.choice(FAMILY), draw.choice(GIVEN)) for _ in range(400)]
    table = pa.table(
        {
            "NAME": [given for given, _, _ in rows],
            "SURNAME": [family for _, family, _ in rows],
            "father": [f"{father} {family}" for _, family, father in rows],
            "agent name": [f"{draw.choice(GIVEN)} {draw.choice(FAMILY)}" for _ in rows],
        }
    )
    kinds = kinds_of(table.rename_columns(["NAME", "SURNAME", "c3", "agent name"]))
    assert kinds == {"NAME": "given_name", "SURNAME": "family_name", "c3": "category", "agent name": "category"}


def test_the_first_name_is_the_one_that_tells_the_sex() -> None:
    """Of two columns of names that nobody knows, fewer first names than last names or not, sex decides."""
    draw = random.Random(13)
    women, men, last = ([f"{start}{a}{b}" for a in "aeiou" for b in "bdgklmn"] for start in ("Qua", "Vro", "Xil"))
    rows = [(draw.choice(last), sex, draw.choice(women if sex == "q" else men)) for sex in draw.choices("qz", k=800)]
    table = pa.table(list(map(list, zip(*rows, strict=True))), names=["c1", "c2", "c3"])
    assert kinds_of(table) == {"c1": "family_name", "c2": "category", "c3": "given_name"}


def test_the_order_of_many_rows_does_not_matter() -> None:
    """Where a table has too many rows to look at all, those looked at are drawn by what is in them."""
    draw = random.Random(14)
    rows = [(draw.choice(GIVEN), draw.choice(FAMILY)) for _ in range(10_000)]
    others = [f"{draw.choice(['Henry', 'Walter', 'Alice'])} {draw.choice(['Baker', 'Cooper', 'Turner'])}" for _ in rows]
    table = pa.table(
        {
            "first name": [given for given, _ in rows],
            "last name": [family for _, family in rows],
            "c3": [others[place] if place % 2 else " ".join(row) for place, row in enumerate(rows)],
        }
    )
    kinds = {"first name": "given_name", "last name": "family_name", "c3": "full_name"}
    orders = (range(10_000), range(9_999, -1, -1), draw.sample(range(10_000), 10_000))
    assert [kinds_of(table.take(list(order))) for order in orders] == [kinds] * 3


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        *(("postcode", "postcode"), ("zip", "postcode"), ("amount", "number"), ("phone", "phone")),
        *(("dob", "birth_date"), ("created", "date"), ("c1", "date")),
    ],
)
def test_six_digits_are_dates_only_where_the_header_allows_it(header: str, kind: str) -> None:
    """A header that names something else than a date is believed, whatever calendar its digits fit."""
    digits = [f"51{month:02}{day:02}" for month in range(1, 13) for day in range(1, 29)]
    assert kinds_of(pa.table({header: digits, "email": [f"a{number}@x.org" for number in digits]}))[header] == kind
