"""Headers: whose column it is, what is written short, and the word that all of a table begin with."""

import random

import pyarrow as pa
import pytest

from ingest.kinds.header import prefix_of, read_header
from tests.ingest.test_kinds import CITIES, kinds_of, people, words


@pytest.mark.parametrize(
    "header",
    [
        *(
            "dependent1",
            "Dependent 2 First Name",
            "dependant_1_name",
            "child1_name",
            "Child 2",
            "child name 3",
            "son 1",
        ),
        *("beneficiary 2 last name", "sister_name", "sibling", "brother's name", "Authorized Official Last Name"),
    ],
)
def test_relatives_are_told_aside(header: str) -> None:
    """A dependant, a numbered child, a sister and who signs for a firm are others than the person."""
    assert read_header(header).kinds[0] == "aside"


@pytest.mark.parametrize(
    "header",
    [
        *("guarantor_name", "witness", "Witness 1 Name", "informant", "cosigner"),
        *("attorney first name", "co_applicant_first_name", "coborrower name"),
    ],
)
def test_who_signs_for_a_person_is_told(header: str) -> None:
    """A guarantor, a witness and an attorney are others than the person, where the person stands beside them."""
    assert read_header(header).of_official()


@pytest.mark.parametrize("header", ["childhood disease", "children", "number of dependents", "witnessed_at", "owner"])
def test_words_that_begin_like_others_are_not_told_aside(header: str) -> None:
    """A count of children, a day on which something was witnessed and an owner are the person's own."""
    assert "aside" not in read_header(header).kinds


def test_names_of_others_are_compared_whole() -> None:
    """The first name of a numbered dependant or of a guarantor is no given name, nor a witness a whole one."""
    columns = people()
    given, family = columns["given_name"], columns["family_name"]
    whole = [" ".join(pair) for pair in zip(given[::-1], family, strict=True)]
    others = {
        "dependent_1_first_name": given[::-1],
        "guarantor_first_name": given[7:] + given[:7],
        "authorized_official_last_name": family[::-1],
        "witness": whole[::-1],
    }
    kinds = kinds_of(pa.table({"first_name": given, "last_name": family, **others}))
    assert kinds == {"first_name": "given_name", "last_name": "family_name"} | dict.fromkeys(others, "category")


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        *(("business_address", "address"), ("Provider Business Mailing Address City Name", "city")),
        *(
            ("Business Phone", "phone"),
            ("Business Fax", "phone"),
            ("business_email", "email"),
            ("Business Zip", "postcode"),
        ),
        *(("provider_business_practice_location_address_telephone_number", "phone"), ("business_name", "category")),
        *(("business unit", "category"), ("practice name", "category"), ("school_name", "category")),
        *(("Facility Name", "category"), ("campaign name", "category"), ("patient name", "full_name")),
        *(("ethnicity_concept_id", "category"), ("ethnicity", "category"), ("city", "city"), ("HomeCity", "city")),
        *(("owner", "full_name"), ("OWNER1", "full_name"), ("Owner 2", "full_name"), ("co-owner", "full_name")),
        *(
            ("fodt_aar", "birth_year"),
            ("født år", "birth_year"),
            ("fødselsår", "birth_year"),
            ("födelseår", "birth_year"),
        ),
        *(
            ("Telefoon", "phone"),
            ("telefoonnummer", "phone"),
            ("apellido1", "family_name"),
            ("apellido2", "family_name"),
        ),
        *(("trade", "category"), ("dat_naiss", "birth_date"), ("owner id", "identifier")),
    ],
)
def test_what_a_header_names_first_is_its_kind(header: str, kind: str) -> None:
    """A place of business is reached as a home is, the name of a practice is a group, and an owner is a person."""
    assert read_header(header).kinds[0] == kind


@pytest.mark.parametrize("header", ["ethnicity_concept_id", "capacity"])
def test_a_city_inside_another_word_is_none(header: str) -> None:
    """Ethnicity and capacity hold the letters of one."""
    assert "city" not in read_header(header).kinds


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        *(("FRST_NM", "given_name"), ("LST_NM", "family_name"), ("SRNM", "family_name"), ("GVN_NM", "given_name")),
        *(("PHN_NBR", "phone"), ("TLPHN", "phone"), ("CTRY_NM", "country"), ("ZIPCD", "postcode"), ("GNDR", "sex")),
        *(("MI", "middle_name"), ("mid_nm", "middle_name"), ("PSTLZ", "postcode")),
    ],
)
def test_usual_abbreviations_are_read_as_the_words_they_stand_for(header: str, kind: str) -> None:
    """As old systems, whose headers hold few letters, write them."""
    assert read_header(header).kinds[0] == kind


@pytest.mark.parametrize(
    ("names", "prefix"),
    [
        (["DCD_NOM", "DCD_PRENOM", "DCD_SEXE", "DCD_COMMUNE"], "dcd "),
        (["PAT_FRST_NM", "PAT_LST_NM", "PAT_PHN", "PAT_ZIPCD", "loaded", "source"], "pat "),
        (["PAT_FRST_NM", "PAT_LST_NM", "PAT_PHN"], ""),
        (["PAT_FRST_NM", "PAT_LST_NM", "PAT_PHN", "PAT_ZIPCD", "a", "b", "c"], ""),
        (["mother_name", "mother_dob", "mother_phone", "mother_address"], ""),
        (["pat", "pat", "pat", "pat"], ""),
        ([], ""),
    ],
)
def test_a_word_that_most_headers_begin_with_says_what_rows_are(names: list[str], prefix: str) -> None:
    """Four headers at least, and three in five; the word for a relative says whose they are, and stays."""
    assert prefix_of(names) == prefix


def test_columns_are_known_without_the_word_that_all_begin_with() -> None:
    """NOM alone is a family name, and so is DCD_NOM where every header has DCD before it."""
    columns = people()
    table = pa.table(
        {
            "DCD_NOM": words("abdeilnorstuv", 400),
            "DCD_PRENOM": words("aceghilmopx", 400),
            "DCD_SEXE": columns["sex"],
            "DCD_DATE_NAISSANCE": columns["birth_date"],
        }
    )
    assert list(kinds_of(table).values()) == ["family_name", "given_name", "sex", "birth_date"]


@pytest.mark.parametrize(
    ("names", "kinds"),
    [
        (["customer_no", "customer_name", "customer_city", "customer_email"], ["identifier", "full_name"]),
        (["birth_date", "birth_place", "birth_state", "birth_country", "full_name"], ["birth_date", "aside"]),
        (["phone_home", "phone_work", "phone_cell", "phone_other", "name"], ["phone", "phone"]),
        (["tax_id", "tax_year", "tax_name", "tax_address"], ["national_id"]),
    ],
)
def test_a_header_that_says_something_is_read_whole(names: list[str], kinds: list[str]) -> None:
    """The word that most headers begin with is left out only where the rest is needed to understand one."""
    prefix = prefix_of(names)
    assert prefix
    assert [read_header(name, prefix).kinds[0] for name in names[: len(kinds)]] == kinds


def test_columns_of_relatives_alone_stay_theirs() -> None:
    """A table in which every header says mother has nothing of the person's own."""
    columns = people()
    told = {f"mother_{kind}": columns[kind] for kind in ("given_name", "family_name", "phone", "email")}
    assert set(kinds_of(pa.table(told)).values()) == {"category"}


def test_groups_by_name_are_no_whole_names() -> None:
    """What somebody goes to, a practice or a school, is compared as it stands, also where it is named for a person."""
    draw = random.Random(15)
    practices = [f"{name} Clinic" for name in ("Anna Smith", "Paul Moore", *CITIES)]
    schools = [f"{name} School" for name in ("James Wilson", "Emma Taylor", *CITIES)]
    table = pa.table(
        {
            "practice name": [draw.choice(practices) for _ in range(400)],
            "school_name": [draw.choice(schools) for _ in range(400)],
        }
    )
    assert set(kinds_of(table).values()) == {"category"}


@pytest.mark.parametrize(
    "header",
    ["data ślubu", "Sterbedatum", "date de décès", "fecha de defunción", "óbito", "halál ideje", "дата смерти"],
)
def test_days_of_weddings_and_deaths_are_no_births(header: str) -> None:
    """However long the time is that they span, in any language."""
    assert kinds_of(pa.table({header: people()["birth_date"]}))[header] == "date"


@pytest.mark.parametrize("header", ["świadkowie", "chrzestni", "témoins", "Trauzeugen", "padrinos", "свидетели"])
def test_witnesses_and_godparents_are_somebody_else(header: str) -> None:
    """Beside the person's own name, in any language."""
    columns = people()
    own = {"first name": columns["given_name"], "last name": columns["family_name"]}
    there = [
        f"{given} {family}" for given, family in zip(columns["given_name"][::-1], columns["family_name"], strict=True)
    ]
    assert kinds_of(pa.table(own | {header: there}))[header] not in {"full_name", "family_name", "middle_name"}


@pytest.mark.parametrize(
    "header", ["szul_datum", "szül. dátum", "data ur.", "dat_urodz", "nar datum", "date nais", "dogum tarihi"]
)
def test_a_word_of_birth_beside_a_word_of_days_is_a_birth_date(header: str) -> None:
    """However short the word is written, in whatever order."""
    assert read_header(header).kinds[0] == "birth_date"


@pytest.mark.parametrize("header", ["móðir", "faðir", "kt_móður", "nafn föður", "forráðamaður", "maki"])
def test_icelandic_parents_are_told_aside(header: str) -> None:
    """With their names and numbers, for every case that they stand in."""
    assert read_header(header).kinds[0] == "aside"


@pytest.mark.parametrize("header", ["ur date", "ur data", "born database", "narrative date", "geb datenschutz"])
def test_words_that_only_begin_like_births_are_none(header: str) -> None:
    """The day of a utilisation review and a database are no births."""
    assert "birth_date" not in read_header(header).kinds


@pytest.mark.parametrize("header", ["batch_no", "Lot Number", "lot", "batch id"])
def test_numbers_of_lots_are_nobodys(header: str) -> None:
    """A batch of vaccine is given to many."""
    assert read_header(header).kinds[0] == "text"
