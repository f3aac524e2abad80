"""Columns settled together: what one is depends on what stands beside it in its own file, and not on other files."""

import random
from collections.abc import Mapping, Sequence

import pyarrow as pa
import pytest

from ingest import PeopleOptions, read_rows
from tests.ingest.test_kinds import FAMILY, GIVEN, kinds_of, people, words

ROWS = 400
FIRST = ["Juan", "Jose", "Maria", "Ana", "Luis", "Carlos", "Pedro", "Miguel", "Rosa", "Elena", "Laura", "Sofia"]
SPANISH = [
    *("Garcia", "Lopez", "Martinez", "Sanchez", "Perez", "Gomez", "Fernandez", "Gonzalez", "Rodriguez", "Diaz"),
    *("Moreno", "Alvarez", "Romero", "Navarro", "Torres", "Dominguez", "Vazquez", "Ramos", "Gil", "Serrano", "Blanco"),
    *("Molina", "Morales", "Suarez", "Ortega", "Delgado", "Castro", "Ortiz", "Rubio", "Marin"),
]
TRADES = ["Carter", "Shoemaker", "Baker", "Cooper", "Taylor", "Smith", "Fisher", "Turner", "Mason", "Miller", "Weaver"]


def drawn(values: Sequence[str], seed: int = 1) -> list[str]:
    """A column of these values."""
    draw = random.Random(seed)
    return [draw.choice(values) for _ in range(ROWS)]


def whole() -> list[str]:
    """A column of whole names."""
    return [f"{given} {family}" for given, family in zip(drawn(GIVEN, 2), drawn(FAMILY, 3), strict=True)]


def files(*columns: Mapping[str, list[str]]) -> pa.Table:
    """The columns of several files, as they stand below each other."""
    rows = [len(next(iter(one.values()))) for one in columns]
    return pa.table(
        {
            name: [*[""] * sum(rows[:place]), *values, *[""] * sum(rows[place + 1 :])]
            for place, one in enumerate(columns)
            for name, values in one.items()
        }
    )


@pytest.mark.parametrize("header", ["trade", "qux"])
def test_trades_beside_a_whole_name_are_no_family_name(header: str) -> None:
    """Carter and Shoemaker are family names as well, but not of those who are called otherwise in their rows."""
    assert kinds_of(pa.table({"name": whole(), header: drawn(TRADES)})) == {"name": "full_name", header: "category"}


def test_a_family_name_that_the_whole_name_holds_is_one() -> None:
    """Whatever its header says, for both say the same."""
    names = whole()
    assert kinds_of(pa.table({"name": names, "qux": [name.split()[1] for name in names]}))["qux"] == "family_name"


@pytest.mark.parametrize(
    ("surnames", "first"), [("王李張劉陳楊趙黃", "豪國淑雅美涵如"), ("김이박최정강조윤", "민준서연지우하")]
)
def test_names_without_a_space_are_known_by_their_family_names(surnames: str, first: str) -> None:
    """Of China and Korea; words that seldom begin with one are no names."""
    names = [one + "".join(pair) for one, *pair in zip(drawn(surnames), drawn(first, 2), drawn(first, 3), strict=True)]
    assert kinds_of(pa.table({"qux": names, "email": mails(1)}))["qux"] == "full_name"
    few = drawn(names[:9])
    assert kinds_of(pa.table({"qux": few, "email": mails(1)}))["qux"] != "full_name"
    goods = [one + "".join(pair) for one, *pair in zip(drawn(first), drawn(first, 2), drawn(surnames, 3), strict=True)]
    assert kinds_of(pa.table({"qux": goods, "姓名": names}))["qux"] != "full_name"


@pytest.mark.parametrize("header", ["收件人", "Recipient", "Empfänger"])
def test_who_receives_is_somebody_else_where_the_person_is_named(header: str) -> None:
    """Unless most receive themselves; a table of parcels names nobody else."""
    assert kinds_of(pa.table({header: whole(), "email": mails(1)}))[header] == "full_name"
    gifts = [*whole()[: ROWS // 3], *whole()[ROWS // 3 :][::-1]]
    assert kinds_of(pa.table({"name": whole(), header: gifts, "email": mails(1)}))[header] == "category"
    own = [*whole()[: ROWS - 9], *whole()[ROWS - 9 :][::-1]]
    assert kinds_of(pa.table({"name": whole(), header: own, "email": mails(1)}))[header] == "full_name"


def test_a_relative_beside_the_person_is_somebody_else() -> None:
    """Who has the family name in common and another first name is a husband or a co-buyer; an earlier name is not."""
    family, first = drawn(FAMILY, 4), drawn(GIVEN)
    names = [" ".join(pair) for pair in zip(first, family, strict=True)]
    wives = [" ".join(pair) for pair in zip(first[1:] + first[:1], family, strict=True)]
    assert kinds_of(pa.table({"NAME1": names, "NAME2": wives, "email": mails(1)}))["NAME2"] == "category"
    married = [" ".join(pair) for pair in zip(first, family[1:] + family[:1], strict=True)]
    assert kinds_of(pa.table({"NAME1": names, "NAME2": married, "email": mails(1)}))["NAME2"] == "full_name"


def test_dates_as_early_and_late_as_births_of_another_file_are_births() -> None:
    """Though they are of ten years only; visits are later, and a header that says more is believed."""
    born = drawn([f"{year}-0{month}-12" for year in range(1960, 1970) for month in range(1, 10)])
    visits = [f"20{day[2:]}" for day in born]
    named = {"name": whole()}
    for header, dates, kind in (("Date", born, "birth_date"), ("Date", visits, "date"), ("hire date", born, "date")):
        assert kinds_of(files(named | {"date of birth": born}, named | {header: dates}))[header] == kind


def test_the_first_name_has_the_header_of_the_last() -> None:
    """Beside a seller who shares no name with the client either."""
    columns = {"clientName": drawn(GIVEN), "clientLastName": drawn(FAMILY, 4), "sellerName": drawn(GIVEN, 7)}
    both = [" ".join(pair) for pair in zip(columns["clientName"], columns["clientLastName"], strict=True)]
    found = kinds_of(pa.table(columns | {"receiverName": both}))
    assert (found["clientName"], found["clientLastName"]) == ("given_name", "family_name")


def test_numbers_of_researchers_and_of_papers_are_told_by_their_form() -> None:
    """An ORCID is of a person, whatever its header; a DOI is of a paper that several have written."""
    people = [f"0000-0002-{row % 40:04}-123X" for row in range(ROWS)]
    papers = [f"10.1038/s{row % 50:05}" for row in range(ROWS)]
    found = kinds_of(pa.table({"author": whole(), "qux": people, "doi": papers}))
    assert (found["qux"], found["doi"]) == ("identifier", "text")


@pytest.mark.parametrize("word", ["subscriber", "policyholder", "payer", "holder"])
@pytest.mark.parametrize("own", ["patient_", ""])
@pytest.mark.parametrize("whole_name", [True, False])
def test_whoever_pays_is_not_the_patient(word: str, own: str, *, whole_name: bool) -> None:
    """Neither names nor numbers nor birth dates, wherever the columns stand; alone, he is the person."""
    numbers = [f"{row % 200:03}-12-{row:04}" for row in range(ROWS)]
    names = (
        {f"{word}_name": whole()}
        if whole_name
        else {f"{word}_surname": drawn(FAMILY, 3), f"{word}_given_name": drawn(GIVEN, 3)}
    )
    payer = names | {f"{word}_national_no": numbers}
    patient = {f"{own}surname": drawn(FAMILY), f"{own}given_name": drawn(GIVEN), f"{own}national_no": numbers[::-1]}
    for columns in (payer | patient, patient | payer):
        found = kinds_of(pa.table(columns))
        assert {found[name] for name in payer} == {"text"}
        assert [found[name] for name in patient] == ["family_name", "given_name", "national_id"]
    assert "text" not in kinds_of(pa.table(payer)).values()


def test_names_by_shape_are_looked_for_in_each_file() -> None:
    """Where one file has names that everybody knows, those of another that nobody knows are found still."""
    first, last = words("აბგდევზთ", 60), words("იკლმნოპჟ", 200)
    unknown = {"qa": [one.title() for one in drawn(last)], "qb": [one.title() for one in drawn(first)]}
    assert kinds_of(files({"name": whole()}, unknown)) == {
        "name": "full_name",
        "qa": "family_name",
        "qb": "given_name",
    }
    beside = kinds_of(pa.table({"name": whole(), **unknown}))
    assert set(beside.values()) <= {"full_name", "category", "text"}


YEARS = [str(year) for year in range(1930, 2010)]


@pytest.mark.parametrize("header", ["yob", "fodt_aar"])
def test_beside_a_year_of_birth_a_date_without_header_is_of_something_else(header: str) -> None:
    """In one file: weddings span a lifetime too; a file of its own may have birth dates."""
    years, dates = drawn(YEARS), people()["birth_date"]
    assert kinds_of(pa.table({header: years, "qux": dates})) == {header: "birth_year", "qux": "date"}
    assert kinds_of(files({header: years}, {"qux": dates})) == {header: "birth_year", "qux": "birth_date"}


def test_a_date_whose_header_says_birth_stays_one_beside_the_year() -> None:
    """Two columns that say so are both believed."""
    table = pa.table({"yob": drawn(YEARS), "dob": people()["birth_date"]})
    assert kinds_of(table) == {"yob": "birth_year", "dob": "birth_date"}


def initials() -> list[str]:
    """A column of two or three letters each."""
    draw = random.Random(5)
    return ["".join(draw.choices("ABCDEFGHJKLMNPRST", k=draw.randint(2, 3))) for _ in range(ROWS)]


def test_initials_alone_stand_for_the_given_name() -> None:
    """In a file without names, whatever another file has; beside a name they are of the second name."""
    subjects = {"subject_initials": initials(), "dob": people()["birth_date"]}
    named = {"first name": drawn(GIVEN), "surname": drawn(FAMILY)}
    assert kinds_of(pa.table(subjects))["subject_initials"] == "given_name"
    assert kinds_of(files(subjects, named))["subject_initials"] == "given_name"
    assert kinds_of(pa.table(subjects | named))["subject_initials"] == "middle_name"


def test_first_names_of_two_files_are_both_first_names() -> None:
    """Without headers; of two in one file the second is a middle name."""
    one, other, family = drawn(GIVEN), drawn(GIVEN, 4), drawn(FAMILY)
    apart = kinds_of(files({"qa": one, "surname": family}, {"qb": other, "nachname": family}))
    assert (apart["qa"], apart["qb"]) == ("given_name", "given_name")
    beside = kinds_of(pa.table({"qa": one, "qb": other, "surname": family}))
    assert sorted((beside["qa"], beside["qb"])) == ["given_name", "middle_name"]


@pytest.mark.parametrize("titles", [["Mr", "Mrs", "Ms", "Miss"], ["Mr.", "Mrs."], ["Herr", "Frau"], ["dhr.", "mevr."]])
@pytest.mark.parametrize("header", ["title", "salutation", "qux"])
def test_titles_tell_the_sex_where_nothing_else_does(header: str, titles: list[str]) -> None:
    """Whatever their header says."""
    assert kinds_of(pa.table({"name": whole(), header: drawn(titles)}))[header] == "sex"


def test_titles_beside_a_sex_say_nothing() -> None:
    """They would tell it twice; the sex in another file does not matter."""
    titles, sexes = drawn(["Mr", "Mrs"]), drawn("FM")
    assert kinds_of(pa.table({"name": whole(), "title": titles, "sex": sexes}))["title"] == "text"
    found = kinds_of(files({"name": whole(), "title": titles}, {"full name": whole(), "sex": sexes}))
    assert (found["title"], found["sex"]) == ("sex", "sex")


def test_who_signs_for_a_person_is_no_part_of_the_name() -> None:
    """A witness beside a person is somebody else; in a table of witnesses they are the people."""
    columns = {
        "witness_name": whole(),
        "witness_phone": drawn([f"+4930{number * 7919 % 10**7:07}" for number in range(90)]),
    }
    assert kinds_of(pa.table(columns)) == {"witness_name": "full_name", "witness_phone": "phone"}
    assert set(kinds_of(pa.table({"name": whole()[::-1], **columns})).values()) == {"full_name", "category"}


def test_a_doctor_beside_guessed_names_is_not_the_patient() -> None:
    """Two columns that look like names stay the person's own, whoever is named in a third."""
    table = pa.table({"q1": drawn(GIVEN), "q2": drawn(FAMILY), "doctor_name": whole()})
    assert kinds_of(table) == {"q1": "given_name", "q2": "family_name", "doctor_name": "category"}


def test_titles_of_doctors_or_of_men_alone_tell_no_sex() -> None:
    """PAN is a card in India; what says the sex says both."""
    for values in (["Dr", "Prof", "Rev"], ["PAN", "PAN", "Dr"]):
        assert kinds_of(pa.table({"name": whole(), "title": drawn(values)}))["title"] != "sex"


@pytest.mark.parametrize("own", ["", "Customer "])
@pytest.mark.parametrize("role", ["Zahler ", "Recipient "])
def test_what_stands_under_a_role_is_somebody_elses(own: str, role: str) -> None:
    """A buyer beside a guest has the guest's headers under another word: neither names nor address are the guest's."""
    guest = {f"{own}First Name": drawn(GIVEN), f"{own}Last Name": drawn(FAMILY, 4), f"{own}Email": mails(1)}
    buyer = {f"{role}First Name": drawn(GIVEN, 5), f"{role}Last Name": drawn(FAMILY, 6), f"{role}Email": mails(2)}
    kinds = dict(zip(guest, ("given_name", "family_name", "email"), strict=True))
    assert kinds_of(pa.table(guest | buyer)) == kinds | dict.fromkeys(buyer, "text")


def test_one_word_for_the_person_is_no_header_under_a_role() -> None:
    """`Attorney` and `Defendant` stand beside each other; neither has the other's headers."""
    columns = {"defendant": whole(), "race": whole()[::-1], "attorney": whole()[1:] + whole()[:1]}
    assert kinds_of(pa.table(columns))["attorney"] == "category"


@pytest.mark.parametrize("word", ["Customer", "Previous", "Home", "Billing"])
def test_words_of_the_person_are_no_role(word: str) -> None:
    """A customer's name beside a product's, an earlier name and a second address are the person's own."""
    columns = {"name": whole(), "email": mails(1), f"{word} name": whole()[::-1], f"{word} email": mails(2)}
    assert kinds_of(pa.table(columns))[f"{word} email"] == "email"


def test_one_column_under_a_word_is_no_role() -> None:
    """It takes two: a name alone may be anything."""
    columns = {"name": whole(), "email": mails(1), "zahler email": mails(2)}
    assert kinds_of(pa.table(columns))["zahler email"] == "email"


@pytest.mark.parametrize("header", ["number", "Número", "Nr.", "No", "номер"])
def test_a_number_beside_a_street_is_the_houses(header: str) -> None:
    """Unless it numbers the rows, or the street has numbers of its own."""
    streets = [f"{name} Street" for name in drawn(FAMILY)]
    table = {"name": whole(), "street": streets, "city": drawn(["Leeds", "York", "Hull"])}
    rows = len(streets)
    assert kinds_of(pa.table(table | {header: [str(3 + row % 30) for row in range(rows)]}))[header] == "house_number"
    assert kinds_of(pa.table(table | {header: [str(row) for row in range(rows)]}))[header] != "house_number"
    assert kinds_of(pa.table(table | {header: [str(1 + row % 5) for row in range(rows)]}))[header] != "house_number"
    numbered = table | {"street": [f"{row % 90 + 1} {street}" for row, street in enumerate(streets)]}
    assert kinds_of(pa.table(numbered | {header: [str(3 + row % 30) for row in range(rows)]}))[header] != "house_number"


@pytest.mark.parametrize("header", ["username", "User Name", "login", "ник", "qux"])
def test_names_chosen_in_a_program_are_identifiers(header: str) -> None:
    """By their digits or the point in them where no header tells; a person's name is none, whatever stands above it."""
    numbered = [f"{name.lower()}{row % 45}" for row, name in enumerate(drawn(FAMILY))]
    first = [f"{name.lower()}{row % 45}" for row, name in enumerate(drawn(GIVEN))]
    joined = [
        f"{one.lower()}.{other.lower()}{row % 40}"
        for row, (one, other) in enumerate(zip(drawn(GIVEN), drawn(FAMILY, 4), strict=True))
    ]
    for handles in (numbered, first, joined):
        assert kinds_of(pa.table({"email": mails(1), header: handles}))[header] == "identifier"
    assert kinds_of(pa.table({"email": mails(1), header: drawn(GIVEN)}))[header] in {"given_name", "full_name"}
    assert kinds_of(pa.table({"email": mails(1), header: whole()}))[header] == "full_name"


@pytest.mark.parametrize(
    ("header", "values"),
    [
        ("qux", [f"sku{number}" for number in range(100, 112)]),
        ("seat", [f"{row}{number}" for row in "ABCDEF" for number in range(10, 25)]),
        ("website", [f"{name.lower()}.com" for name in FAMILY]),
        ("usuario", ["jperez", "mlopez", "agarcia"]),
    ],
)
def test_words_that_many_share_are_no_names_of_a_person(header: str, values: list[str]) -> None:
    """Goods, seats, firms, and clerks who type the rows."""
    assert kinds_of(pa.table({"email": mails(1), header: drawn(values)}))[header] != "identifier"


def test_under_the_header_of_a_handle_other_contents_count() -> None:
    """Numbers that people have, and whole names, are read as they would be under any header."""
    numbers = drawn([f"2{number:08}" for number in range(0, 10**8, 10**6 + 7)])
    assert (
        kinds_of(pa.table({"email": mails(1), "Utente": numbers}))["Utente"]
        == kinds_of(pa.table({"email": mails(1), "qux": numbers}))["qux"]
    )
    assert kinds_of(pa.table({"email": mails(1), "User": whole()}))["User"] == "full_name"


def test_a_table_of_doctors_is_about_doctors() -> None:
    """Where there are as many of them as of the people they deal with; else the people are meant."""
    doctors = {"Doctor Name": whole(), "Doctor Email": mails(1)}
    assert (
        kinds_of(pa.table(doctors | {"Contact Person": drawn(["Ann Hill", "Bo Lund", "Cy Diaz"])}))["Doctor Name"]
        == "full_name"
    )
    few = {"Doctor Name": drawn(["Ann Hill", "Bo Lund", "Cy Diaz"])}
    assert kinds_of(pa.table({"Name": whole()} | few))["Doctor Name"] == "category"


def test_names_by_shape_are_looked_for_in_every_file() -> None:
    """One file has whole names that no list knows, the next has parts; each finds its own."""
    first, last = words("ბგდევზთი", 40), words("იკლმნოპჟ", 60)
    parts = {"ra": drawn(first), "rb": drawn(last, 2)}
    found = kinds_of(files({"qa": [" ".join(pair) for pair in zip(*parts.values(), strict=True)]}, parts))
    assert (found["qa"], {found["ra"], found["rb"]}) == ("full_name", {"given_name", "family_name"})


def test_years_as_early_and_late_as_births_of_another_file_are_births() -> None:
    """Beside them in one file they are something else, as are years of another time."""
    years = drawn([str(year) for year in range(1940, 2000)])
    joined = drawn([str(year) for year in range(1975, 2020)])
    named = {"name": whole()}
    assert kinds_of(files(named | {"year of birth": years}, named | {"qb": years[::-1]}))["qb"] == "birth_year"
    assert kinds_of(files(named | {"year of birth": years}, named | {"qb": joined}))["qb"] == "number"
    assert kinds_of(pa.table(named | {"year of birth": years, "qb": years[::-1]}))["qb"] == "number"


PHONES = [f"+1 614 555 {2000 + number // 2}" for number in range(ROWS)]


def mails(seed: int) -> list[str]:
    """Addresses of their own."""
    return [f"{name.lower()}{seed}{row}@mail.example" for row, name in enumerate(drawn(GIVEN, seed))]


def visits(rows: int = 600) -> dict[str, list[str]]:
    """Owners of no known names, each with two visits and one number, and a doctor who is another each time."""
    first, last = words("ბგდევზთი", 90), words("იკლმნოპჟ", 200)
    draw = random.Random(9)
    owners = [f"{draw.choice(first)} {draw.choice(last)}".title() for _ in range(rows // 2)]
    numbers = [f"{draw.randint(1, 28):02}12{number:06}" for number in range(rows // 2)]
    doctors = [f"{draw.choice(first)} {draw.choice(last)}".title() for _ in range(rows)]
    return {
        "qa": [one for one in owners for _ in range(2)],
        "qb": doctors,
        "kennitala": [one for one in numbers for _ in range(2)],
    }


def test_names_go_with_the_numbers_of_their_owner() -> None:
    """Of two columns of names that nobody knows, the one that stays where the number stays is the person's."""
    table = visits()
    found = kinds_of(pa.table(table))
    assert (found["qa"], found["qb"] in {"full_name", "given_name", "family_name"}) == ("full_name", False)
    turned = kinds_of(pa.table({"qb": table["qb"], "qa": table["qa"], "kennitala": table["kennitala"]}))
    assert turned == found


def test_a_clerk_of_a_known_name_is_not_the_person() -> None:
    """A few known family names of officers, each in many rows, keep no unknown names from being the person's."""
    table = visits()
    officers = random.Random(2).choices(FAMILY, k=len(table["qa"]))
    found = kinds_of(pa.table({"qx": officers, "qa": table["qa"], "kennitala": table["kennitala"]}))
    assert (found["qa"], found["qx"]) == ("full_name", "category")


def test_names_in_kana_are_the_names_where_all_rows_have_them() -> None:
    """One file has them whole and the next in parts; kanji beside them are left out, or kana where rows lack them."""
    draw = random.Random(3)
    family = [("渡辺", "ワタナベ"), ("佐藤", "サトウ"), ("鈴木", "スズキ"), ("高橋", "タカハシ"), ("田中", "タナカ")]
    given = [("一八", "カズヤ"), ("清可", "キヨカ"), ("善弥", "ゼンヤ"), ("要枝", "カナエ"), ("高暉", "タカアキ")]
    those = [(draw.choice(family), draw.choice(given)) for _ in range(200)]
    whole_names = {"氏名": [f + g for (f, _), (g, _) in those], "フリガナ": [f"{f} {g}" for (_, f), (_, g) in those]}
    parts = {
        "姓": [f for (f, _), _ in those],
        "名": [g for _, (g, _) in those],
        "セイ": [f for (_, f), _ in those],
        "メイ": [g for _, (_, g) in those],
    }
    found = kinds_of(files(whole_names, parts))
    assert {name: found[name] for name in ("フリガナ", "セイ", "メイ")} == {
        "フリガナ": "full_name",
        "セイ": "family_name",
        "メイ": "given_name",
    }
    assert {found["氏名"], found["姓"], found["名"]} <= {"category", "text"}
    few = {**parts, "セイ": ["", *parts["セイ"][1:60], *[""] * 140], "メイ": ["", *parts["メイ"][1:60], *[""] * 140]}
    assert {name: kind for name, kind in kinds_of(pa.table(few)).items() if kind in {"family_name", "given_name"}} == {
        "姓": "family_name",
        "名": "given_name",
    }


@pytest.mark.parametrize("header", ["date_of_burial", "Buried", "date of admission"])
def test_days_of_other_events_are_no_births(header: str) -> None:
    """However many years they span."""
    days = drawn([f"{year}-0{1 + year % 9}-1{year % 9}" for year in range(1850, 2010, 3)])
    assert kinds_of(pa.table({"name": whole(), header: days}))[header] == "date"


def test_letters_of_companies_are_no_initials() -> None:
    """Ten letters are groups; the initials of second names are more."""
    few, many = drawn(list("ABCDEFGHIK")), drawn(list("ABCDEFGHIJKLMNOPRSTW"))
    assert kinds_of(pa.table({"name": whole(), "co": few}))["co"] == "category"
    assert kinds_of(pa.table({"name": whole(), "co": many}))["co"] == "middle_name"


def test_a_double_family_name_beside_a_name_is_a_part() -> None:
    """In Brazil and Spain most have two; what stands beside them is the first name then."""
    double = [f"{one} {other}" for one, other in zip(drawn(FAMILY, 2), drawn(FAMILY, 3), strict=True)]
    found = kinds_of(pa.table({"clientName": drawn(GIVEN), "clientLastName": double}))
    assert found == {"clientName": "given_name", "clientLastName": "family_name"}


def test_last_names_first_without_a_space_are_whole_names() -> None:
    """As courts write them, under a header that nobody knows."""
    names = [f"{family.upper()},{given.upper()}" for given, family in zip(drawn(GIVEN), drawn(FAMILY, 2), strict=True)]
    assert kinds_of(pa.table({"qux": names}))["qux"] == "full_name"


def shuffled(table: pa.Table, seed: int) -> pa.Table:
    """The table with its rows in another order."""
    order = list(range(table.num_rows))
    random.Random(seed).shuffle(order)
    return table.take(pa.array(order))


@pytest.mark.parametrize("share", [0.3, 0.42, 0.6])
def test_whose_name_it_is_does_not_depend_on_the_order_of_rows(share: float) -> None:
    """Near the bound too, where the names of some rows are another's."""
    draw = random.Random(3)
    table = visits()
    table["qb"] = [own if draw.random() > share else other for own, other in zip(table["qa"], table["qb"], strict=True)]
    whole_table = pa.table(table)
    assert len({tuple(sorted(kinds_of(shuffled(whole_table, seed)).items())) for seed in range(4)}) == 1


def firms(header: str) -> pa.Table:
    """Firms with a telephone each, and three people who answer it, under this header."""
    draw = random.Random(4)
    names = [f"{one} {other}" for one in GIVEN for other in FAMILY]
    rows = [(f"Qx{number} Handel", f"+4930{4_000_000 + number * 7919}") for number in range(150) for _ in range(3)]
    people = [draw.choice(names) for _ in rows]
    return pa.table({"qx": [firm for firm, _ in rows], "phone": [phone for _, phone in rows], header: people})


@pytest.mark.parametrize("header", ["customer name", "contact person", "qz"])
def test_a_firm_is_not_the_person_who_answers_its_telephone(header: str) -> None:
    """Its name stays where its telephone stays; but the people's names come again with it as well."""
    assert kinds_of(firms(header))[header] == "full_name"


def test_what_the_user_says_of_names_is_not_questioned() -> None:
    """Where an override names the person, the firm does not become it."""
    assert kinds_of(firms("qz"), qz="full_name") == {"qx": "category", "phone": "phone", "qz": "full_name"}


def test_years_of_birth_of_two_files_are_both_read() -> None:
    """Each under a header of its own; a column of years that none names is a number beside them."""
    years = drawn([str(year) for year in range(1930, 2010)])
    one, other = {"name": whole(), "yob": years}, {"full name": whole()[::-1], "birth year": years, "qux": years}
    found = kinds_of(files(one, other))
    assert (found["yob"], found["birth year"], found["qux"]) == ("birth_year", "birth_year", "number")
    tables = {
        "a": pa.table(one | {"id": list(map(str, range(ROWS)))}),
        "b": pa.table(other | {"id": list(map(str, range(ROWS)))}),
    }
    assert read_rows(tables, PeopleOptions(id_columns=("id",))).records.column("birth_date").null_count == 0


def test_the_second_of_two_applicants_is_somebody_else() -> None:
    """However many names each column has."""
    columns = {"APP2_FULL_NM": [f"{word} {word[::-1]}son" for word in words("abcdefgh", ROWS)]}
    found = kinds_of(pa.table({"APP1_FULL_NM": whole()} | columns))
    assert (found["APP1_FULL_NM"], found["APP2_FULL_NM"] == "full_name") == ("full_name", False)


def test_sentences_are_no_names() -> None:
    """Whatever word they end in."""
    notes = drawn([f"the son of the late {one} {other} and of his wife" for one in GIVEN for other in FAMILY])
    assert kinds_of(pa.table({"name": whole(), "more": [f"{one} Smith" for one in notes]}))["more"] in {
        "text",
        "category",
    }


def test_bare_columns_of_a_few_clinics_are_not_the_patients() -> None:
    """A role with more names and telephones than the bare columns is the person."""
    clinics = {
        "name": drawn([f"{one} Clinic" for one in FAMILY]),
        "phone": drawn([f"+4930111{n}22" for n in range(10, 21)]),
    }
    people_ = {"Pasien name": whole(), "Pasien phone": drawn([f"+4930{n * 7919 % 10**7:07}" for n in range(390)])}
    found = kinds_of(pa.table(clinics | people_))
    assert (found["Pasien name"], found["Pasien phone"]) == ("full_name", "phone")


def test_products_are_no_names_where_customers_come_often() -> None:
    """Sixty customers in three thousand orders have names that a lexicon knows, and each has many rows."""
    draw = random.Random(6)
    customers = [f"{draw.choice(GIVEN)} {draw.choice(FAMILY)}" for _ in range(60)]
    products = [f"{one} {other}".title() for one in words("abcdefg", 40) for other in words("hijklmn", 20)]
    table = {"kupac": draw.choices(customers, k=3000), "artikal": draw.choices(products, k=3000)}
    assert kinds_of(pa.table(table))["kupac"] == "full_name"


@pytest.mark.parametrize(
    ("ends", "kind"), [(("gasse", "weg", "straat", "laan", "allee"), "address"), ((" Ward", " team", " model"), "text")]
)
def test_streets_that_end_in_a_number_are_addresses(ends: tuple[str, ...], kind: str) -> None:
    """Without a header; wards, teams and models end in a number as well."""
    draw = random.Random(4)
    words = [
        f"{a}{b}{c}" for a in ("Mar", "Lin", "Os") for b in ("ten", "den", "ter", "kel") for c in ("a", "o", "i", "u")
    ]
    cells = [f"{draw.choice(words)}{draw.choice(ends)} {draw.randint(1, 200)}" for _ in range(2000)]
    assert (kinds_of(pa.table({"qux": cells}))["qux"] == "address") == (kind == "address")


def test_a_nickname_beside_a_first_name_is_no_family_name() -> None:
    """Where most rows have the whole name."""
    shown = [name if place % 5 else "Kiki" for place, name in enumerate(whole())]
    table = pa.table(
        {"id": list(map(str, range(ROWS))), "first_name": [name.split()[0] for name in whole()], "shown": shown}
    )
    people = read_rows({"a": table}, PeopleOptions(id_columns=("id",), map={"shown": "full_name"})).records
    assert "kiki" not in people.column("family_name").to_pylist()


def test_a_column_that_holds_whole_names_where_the_other_holds_none_is_of_whole_names() -> None:
    """NAME1 and NAME2, as of SAP: the family name and the first name, or all in one, or in care of somebody."""
    draw = random.Random(5)
    rows: list[tuple[str, str]] = []
    for given, family in zip(drawn(GIVEN, 6), drawn(FAMILY, 7), strict=True):
        ways = [
            (family, given),
            (f"{given} {family}", ""),
            (f"{family}, {given}", ""),
            (f"{given} {family}", "c/o Roe"),
        ]
        rows.append(draw.choices(ways, [5, 3, 2, 1])[0])
    table = pa.table(
        {"id": [str(n) for n in range(ROWS)], "NAME1": [a for a, _ in rows], "NAME2": [b for _, b in rows]}
    )
    assert kinds_of(table.drop_columns(["id"])) == {"NAME1": "full_name", "NAME2": "given_name"}
    people = read_rows({"kna1": table}, PeopleOptions(id_columns=("id",))).records
    found = set(zip(people.column("given_name").to_pylist(), people.column("family_name").to_pylist(), strict=True))
    assert found <= {(given.lower(), family.lower()) for given in GIVEN for family in FAMILY}


def test_several_words_beside_a_whole_name_are_somebody_elses() -> None:
    """A mother under a header that nobody knows is no first name, though hers are known; nor is the name a last one."""
    mothers = [f"{given} {family}son" for given, family in zip(drawn(GIVEN, 7), drawn(FAMILY, 8), strict=True)]
    assert kinds_of(pa.table({"nafn": whole(), "qux": mothers})) == {"nafn": "full_name", "qux": "category"}


def test_first_names_of_two_words_beside_a_whole_name_are_the_persons_own() -> None:
    """Where the whole name holds them both."""
    first = [" ".join(pair) for pair in zip(drawn(GIVEN, 2), drawn(GIVEN, 4), strict=True)]
    names = [f"{given} {family}" for given, family in zip(first, drawn(FAMILY, 3), strict=True)]
    assert kinds_of(pa.table({"name": names, "qux": first}))["qux"] in {"given_name", "full_name"}


def test_how_a_letter_begins_is_no_second_family_name() -> None:
    """Beside Grainne and Byrne, "Ms G Byrne" says neither more; with it, the name would be told twice."""
    given, family = drawn(GIVEN, 2), drawn(FAMILY, 3)
    letters = [f"Ms {first[0]} {last}" for first, last in zip(given, family, strict=True)]
    found = kinds_of(pa.table({"first name": given, "surname": family, "qux": letters}))
    assert found == {"first name": "given_name", "surname": "family_name", "qux": "text"}


def test_a_name_that_is_mostly_the_name_again_is_another_name_of_the_person() -> None:
    """As a name at birth, which only those who married have another of; told as a group it would count twice."""
    first, last = words("აბგდევზთ", 60), words("იკლმნოპჟ", 200)
    names = [f"{a} {b}" for a, b in zip(drawn(first, 2), drawn(last, 3), strict=True)]
    others = [f"{a} {b}" for a, b in zip(drawn(first, 2), drawn(last, 9), strict=True)]
    at_birth = [
        other if place % 4 == 0 else name for place, (name, other) in enumerate(zip(names, others, strict=True))
    ]
    assert kinds_of(pa.table({"full name": names, "qux": at_birth}))["qux"] == "full_name"
    assert kinds_of(pa.table({"full name": names, "qux": others}))["qux"] != "full_name"


def test_a_second_family_name_under_an_unknown_header_stays_one() -> None:
    """It holds more than the told name; and one row that meets another file's name says nothing of the others."""
    given, family = drawn(GIVEN, 2), drawn(FAMILY, 3)
    both = [f"{one} {other}" for one, other in zip(family, drawn(FAMILY, 9), strict=True)]
    assert kinds_of(pa.table({"first name": given, "surname": family, "qux": both}))["qux"] != "text"
    half = ROWS // 2
    meeting = pa.table(
        {
            "first name": given,
            "surname": [*family[: half + 1], *[""] * (half - 1)],
            "qux": [*[""] * half, *both[half:]],
        }
    )
    assert kinds_of(meeting)["qux"] == "family_name"


def test_a_firm_called_name_leaves_the_names_of_people() -> None:
    """First and last names of two words that no header tells are names, whatever stands under "name"."""
    firms = [" ".join(words) for words in zip(drawn(SPANISH), drawn(TRADES), drawn(SPANISH, 4), strict=True)]
    first = [" ".join(pair) for pair in zip(drawn(FIRST, 2), drawn(FIRST, 4), strict=True)]
    last = [" ".join(pair) for pair in zip(drawn(SPANISH, 3), drawn(SPANISH, 6), strict=True)]
    found = kinds_of(pa.table({"name": firms, "qux": first, "quux": last}))
    assert found == {"name": "category", "qux": "given_name", "quux": "family_name"}


def test_names_go_with_their_numbers_in_each_file() -> None:
    """That another file names people under a header decides nothing here, where rows never have that column."""
    seen = {name: values for name, values in visits().items() if name != "qb"}
    clerks = random.Random(2).choices(whole(), k=len(seen["qa"]))
    other = {"name": [name for name in whole()[:200] for _ in range(2)], "phone": PHONES}
    found = kinds_of(files(other, {**seen, "qb": clerks}))
    assert (found["name"], found["qa"], found["qb"]) == ("full_name", "full_name", "category")


@pytest.mark.parametrize(("own", "kind"), [("email", "email"), ("phone", "phone")])
def test_contacts_of_staff_are_not_the_customers(own: str, kind: str) -> None:
    """Ten in four hundred rows beside one for each customer are of who serves them, and the customers' when alone."""
    contact = {"email": "p{}@x.org", "phone": "+1 614 55{:05}"}[kind]
    customers, staff = ([contact.format(number % some + 20_000) for number in range(ROWS)] for some in (ROWS, 10))
    table = pa.table({"name": whole(), own: customers, f"account owner {own}": staff})
    assert kinds_of(table) == {"name": "full_name", own: kind, f"account owner {own}": "category"}
    assert kinds_of(table.drop_columns([own]))[f"account owner {own}"] == kind
