"""Cleaning: golden pairs for every kind of value, and the laws that hold for any text at all."""

from collections.abc import Callable, Sequence
from typing import cast

import duckdb
import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from ingest.clean import clean_column, clean_phones, cleaner
from ingest.clean.codes import CATEGORY, DEVICE, IDENTIFIER, sex_recipe
from ingest.clean.contacts import EMAIL
from ingest.clean.dates import Order, date_recipe, instant_recipe
from ingest.clean.names import FAMILY_FIRST, FULL_NAME, NAME
from ingest.clean.numbers import number_recipe
from ingest.clean.places import COUNTRY, HOUSE_NUMBER, LINE, PLACE, POSTCODE, REGION
from ingest.clean.run import clean_dates, clean_instants, encode
from ingest.clean.text import Recipe
from ingest.clean.titles import NO_NAMES, TITLES
from ingest.people import learn
from ingest.people.learn import date_orders
from ingest.people.name_order import family_first, header_order, second_tells_sex
from ingest.people.plan import Plan

MACROS = ("said", "tidied")
DATES = [
    ("24/04/2506", "1963-04-24"),
    ("2523-02-29", "1980-02-29"),
    ("12/31/1980", "1980-12-31"),
    ("31.12.1997 10:30", "1997-12-31"),
    ("17-May-90", "1990-05-17"),
    ("May 3, 1999", "1999-05-03"),
    ("3. März 1955", "1955-03-03"),
    ("19 de mayo de 1961", "1961-05-19"),
    ("12 марта 1980", "1980-03-12"),
    ("5 stycznia 1990", "1990-01-05"),
    ("1. července 1988", "1988-07-01"),
    ("2. června 1988", "1988-06-02"),
    ("7 Ağustos 1999", "1999-08-07"),
    ("12 Ιανουαρίου 1960", "1960-01-12"),
    ("3. marraskuuta 1955", "1955-11-03"),
    ("3. maaliskuuta 1955", "1955-03-03"),
    ("17 Agustus 1945", "1945-08-17"),
    ("15 ธ.ค. 2497", "1954-12-15"),
    ("5 พฤศจิกายน 2530", "1987-11-05"),
    ("2023-08-05T19:09:58Z", "2023-08-05"),
    ("19560409", "1956-04-09"),
    ("1/7/80", "1980-01-07"),
    ("1861-24-01", "1861-24-01"),
    ("19738013", "1973-80-13"),
    ("05. 08. 1961", "1961-05-08"),
    ("1949.04.27.", "1949-04-27"),
    ("1961年1月9日", "1961-01-09"),
    ("1961년 1월 9일", "1961-01-09"),
    ("١٩٧٠-٠١-٠٢", "1970-01-02"),
    ("1961年", "1961"),
    ("1961年1月", "1961-01"),
    ("๑๙๗๐-๐๑-০২", "1970-01-02"),
    ("2101966", "1966-02-10"),
    ("19451", None),
    ("1970123", None),
    ("1234567", None),
    ("|9470410", "1947-04-10"),
    ("O1/20/1954", "1954-01-20"),
    ("05/17/|955", "1955-05-17"),
    ("1970", "1970"),
    ("05/1980", "1980-05"),
    ("1980-5", "1980-05"),
    ("??-03-1971", "1971-00-03"),
    ("xx.05.1980", "1980-00-05"),
    ("1971-UN-05", "1971-00-05"),
    ("UNK-UNK-UNK", None),
    ("Unkel 1971", None),
    ("1900-01-01", None),
    ("unknown", None),
    ("London", None),
    ("", None),
]
NAMES = [
    ("  Dr. John  SMITH Jr.", (["john", "smith"], "jr")),
    ("Mary-Ann", (["mary-ann"], None)),
    ("O'Brien", (["o'brien"], None)),
    ("Amos720", (["amos"], None)),
    ("Dobbins Senior", (["dobbins"], "sr")),
    ("van der Berg", (["van", "der", "berg"], None)),
    ("Jr", (["jr"], None)),
    ("Amy Jane, M.D.", (["amy", "jane"], None)),
    ("Mag. Eva", (["eva"], None)),
    ("Mag", (["mag"], None)),
    ("Amy Md", (["amy", "md"], None)),
    ("MD", (["md"], None)),
    ("Babyface", (["babyface"], None)),
    ("Boy", (["boy"], None)),
    ("N/A", None),
    ("---", None),
]
NEWBORNS = [
    ("Baby Boy", None),
    ("BABYGIRL", None),
    ("Baby-Boy", None),
    ("Male Infant", None),
    ("newborn", None),
    ("Baby of Anna", None),
    ("Baby Girl A", "a"),
    ("Babyboy #2", "2"),
    ("Baby Girl Twin B", "b"),
    ("Twin 1", "1"),
    ("Stúlka", None),
    ("Recién nacido", None),
    ("GIRL JUDI", None),
    ("Boy Madison A", "a"),
    ("Baby Boy Anna", None),
]
FULL_NAMES = [
    ("John Q. Smith III", (["john", "q"], ["smith"], "iii")),
    ("Smith, John Q.", (["john", "q"], ["smith"], None)),
    ("Smith,", (None, ["smith"], None)),
    ("Smith,John Q", (["john", "q"], ["smith"], None)),
    ("박*호", (None, ["박"], None)),
    ("王**", (None, ["王"], None)),
    ("J*** S****", (["j"], ["s"], None)),
    ("Jo** Smith", (["jo"], ["smith"], None)),
    ("John Smith**", (["john"], ["smith"], None)),
    ("**John Smith", (["john"], ["smith"], None)),
    ("박영호*", (["박영호"], None, None)),
    ("***th John", (["john"], None, None)),
    ("Smith*, John", (["john"], ["smith"], None)),
    ("smith*john", (["john"], ["smith"], None)),
    ("Rev. John Smith", (["john"], ["smith"], None)),
    ("Ludwig van Beethoven", (["ludwig"], ["van", "beethoven"], None)),
    ("van der Berg Anna", (["anna"], ["van", "der", "berg"], None)),
    ("Marie Vander Elst", (["marie"], ["vander", "elst"], None)),
    ("De La Cruz Juan", (["juan"], ["de", "la", "cruz"], None)),
    ("De Andre Johnson", (["de", "andre"], ["johnson"], None)),
    ("Van Thi Nguyen", (["van", "thi"], ["nguyen"], None)),
    ("Du Wei Ming", (["du", "wei"], ["ming"], None)),
    ("PARRISH/SARAH MRS", (["sarah"], ["parrish"], None)),
    ("VAN DER BERG/ANNA", (["anna"], ["van", "der", "berg"], None)),
    ("Kumar s/o Raj", (["kumar", "s", "o"], ["raj"], None)),
    ("S/O Raj", (["s", "o"], ["raj"], None)),
    ("Ramasamy a/l Muthu", (["ramasamy", "a", "l"], ["muthu"], None)),
    ("John Smith/Mary Smith", (["john", "smith", "mary"], ["smith"], None)),
    ("SMITH^JOHN^Q^^DR", (["john", "q"], ["smith"], None)),
    ("PERRIN*MARIE LOUISE/", (["marie", "louise"], ["perrin"], None)),
    ("SMITH^JOHN^Q", (["john", "q"], ["smith"], None)),
    ("ВАСИЛЬЕВ, Александр Павлович", (["александр", "павлович"], ["васильев"], None)),
    ("刘杰", (["刘杰"], None, None)),
    ("Smith, Jr.", (["smith"], None, "jr")),
    ("Mrs. Anna Bennett", (["anna"], ["bennett"], None)),
    ("Amy Kelly, O.D.", (["amy"], ["kelly"], None)),
    ("Amy Kelly M.D.", (["amy"], ["kelly"], None)),
    ("Amy Kelly, MD", (["amy"], ["kelly"], None)),
    ("Karim Uddin Md", (["karim", "uddin"], ["md"], None)),
    ("Kelly, Amy, MD", (["amy"], ["kelly"], None)),
    ("Kelly, Amy, O.D., Ph.D.", (["amy"], ["kelly"], None)),
    ("Amy Kelly, RN, BSN", (["amy"], ["kelly"], None)),
    ("Amy Kelly, P.A.", (["amy"], ["kelly"], None)),
    ("John Smith, Jr., M.D.", (["john"], ["smith"], "jr")),
    ("Amy Kelly '85", (["amy"], ["kelly"], None)),
    ("Dipl.-Ing. Jan Lee", (["jan"], ["lee"], None)),
    ("Mag. Dr. Eva Hahn, MSc", (["eva"], ["hahn"], None)),
    ("Nguyen, Do", (["do"], ["nguyen"], None)),
    ("Amy Ma", (["amy"], ["ma"], None)),
    ("Ma, Amy", (["amy"], ["ma"], None)),
    ("Rahman Md", (["rahman"], ["md"], None)),
    ("Md Rahman", (["md"], ["rahman"], None)),
    ("Kelly, Od", (["od"], ["kelly"], None)),
    ("Mag Eva", (["mag"], ["eva"], None)),
    ("Otto & Frida Lund, MD", (["otto"], ["lund"], None)),
    ("Lund, Baby Boy", (None, ["lund"], None)),
    ("Lund, Girl Anna B", (None, ["lund"], "b")),
    ("Baby Boy Lund", (None, ["lund"], None)),
    ("Lund, Babygirl A", (None, ["lund"], "a")),
    ("Lund, Twin B", (None, ["lund"], "b")),
    ("Lund, Baby of Anna", (None, ["lund"], None)),
    ("Lund, Boy", (["boy"], ["lund"], None)),
    ("Baby Girl Lund", (None, ["lund"], None)),
    ("Newborn Twin B van der Berg", (None, ["van", "der", "berg"], "b")),
    ("Drengur Sigurðarson", (None, ["sigurðarson"], None)),
    ("Neonata Rossi", (None, ["rossi"], None)),
    ("Baby Boy", (None, None, None)),
    ("Lund Baby Girl B", (None, ["lund"], "b")),
    ("Kovács újszülött", (None, ["kovács"], None)),
    ("Baby of Anna Lund", (None, None, None)),
    ("RN de Maria Silva", (None, None, None)),
    ("B/O Neha Sharma", (None, None, None)),
    ("Bo Derek", (["bo"], ["derek"], None)),
    ("B. O. Sharma", (["b", "o"], ["sharma"], None)),
    ("Amy Rn", (["amy"], ["rn"], None)),
    ("Twin City", (["twin"], ["city"], None)),
    ("Baby Sharma", (["baby"], ["sharma"], None)),
]
PHONES = [
    ("(415) 458-5549", "+14154585549"),
    ("1-415-458-5549", "+14154585549"),
    ("+44 (0)20 7946 0018", "+442079460018"),
    ("+39 0352 6553537", "+3903526553537"),
    ("0049 30 901820", "+4930901820"),
    ("415-458-5549 ext. 12", "+14154585549"),
    ("000-000-0000", None),
    ("123-456-7890", None),
    ("none", None),
]
EMAILS = [
    ("Maria Sentosa<MSentosa@Fmail.com>", "msentosa@fmail.com"),
    (" a.b+c@example.org ", "a.b+c@example.org"),
    ("mailto:x@y.de", "x@y.de"),
    ("info@ca-state.gov", None),
    ("noemail@example.com", None),
    ("no at sign", None),
]
PLACES = [
    ("3351 Mamouth St Apt 37", "house_number=3351 street=mamouth_st unit=apt_37"),
    ("11, Alexandra Road", "house_number=11 street=alexandra_road"),
    ("No 223/A, Samagi Mawatha, Wattala", "house_number=223/a street=samagi_mawatha city=wattala"),
    ("House No. 7 Park Lane", "house_number=7 street=park_lane"),
    ("#5 Elm St", "house_number=5 street=elm_st"),
    ("No Name Road", ""),
    ("Hardenbergstrasse 87", "house_number=87 street=hardenbergstrasse"),
    ("County Road 12", ""),
    ("PO Box 12345", ""),
    ("rural route 2, box 12345", ""),
    ("Suite 5, 1234 Main St", "house_number=1234 street=main_st unit=suite_5"),
    (
        "Flat 2, 12 High St, Camden, London NW1 1AA",
        "house_number=12 street=high_st unit=flat_2 city=london postcode=NW1_1AA",
    ),
    (
        "Parkgränd 3 lgh 1039, 587 73 Linköping",
        "house_number=3 street=parkgränd unit=lgh_1039 city=linköping postcode=58773",
    ),
    ("Pod Lesem 261/20, 765 48 Zlín", "house_number=261/20 street=pod_lesem city=zlín postcode=76548"),
    (
        "3212 W. 32nd St Palm Harbor, FL 60527",
        "house_number=3212 street=w._32nd_st city=palm_harbor region=FL postcode=60527",
    ),
    ("97 Hill Rd, Seattle 98101", "house_number=97 street=hill_rd city=seattle postcode=98101"),
    (
        "97 Hill Rd,Seattle,WA,98101-1234, USA",
        "house_number=97 street=hill_rd city=seattle region=WA postcode=98101 country=US",
    ),
    ("97 Hill Rd, Seattle, WA", "house_number=97 street=hill_rd city=seattle region=WA"),
    (
        "12 Elm St, Apt 4, Springfield, Illinois 62704",
        "house_number=12 street=elm_st unit=apt_4 city=springfield region=IL postcode=62704",
    ),
    ("1 Main Ave, New York, NY 10001", "house_number=1 street=main_ave city=new_york region=NY postcode=10001"),
    ("PO Box 37, Smithville, TX 78957", "street=po_box_37 city=smithville region=TX postcode=78957"),
    (
        "12 High Street, Camden, London NW11AA, United Kingdom",
        "house_number=12 street=high_street city=london postcode=NW1_1AA country=GB",
    ),
    ("98 King St, Toronto, ON M5V 2T6", "house_number=98 street=king_st city=toronto region=ON postcode=M5V2T6"),
    ("12 Elm St, Sydney NSW 2000", "house_number=12 street=elm_st city=sydney region=NSW postcode=2000"),
    ("12 MG Road, Chennai - 600039", "house_number=12 street=mg_road city=chennai postcode=600039"),
    ("14 Marine Drive, Pune-411 013", "house_number=14 street=marine_drive city=pune postcode=411013"),
    ("14 Marine Drive, Mumbai 400 020", "house_number=14 street=marine_drive city=mumbai postcode=400020"),
    ("Hauptstr. 5, D-10115 Berlin, Germany", "house_number=5 street=hauptstr. city=berlin postcode=10115 country=DE"),
    ("1052 Budapest, Petőfi Sándor u. 12.", "house_number=12 street=petőfi_sándor_u. city=budapest postcode=1052"),
    ("Via Roma n. 18, 00184 Roma", "house_number=18 street=via_roma city=roma postcode=00184"),
    ("Atatürk Caddesi No:4", "house_number=4 street=atatürk_caddesi"),
    ("1200 Broadway, Apt 4", "house_number=1200 street=broadway unit=apt_4"),
    ("1200 Main Street North, Suite 5", "house_number=1200 street=main_street_north unit=suite_5"),
    ("1200 Main St NW, Washington", "house_number=1200 street=main_st_nw city=washington"),
    ("1250 Avenue of the Americas, 10th Floor", "house_number=1250 street=avenue_of_the_americas unit=10th_floor"),
    ("12 Elm St, Suite 10000", "house_number=12 street=elm_st unit=suite_10000"),
    ("12 Park Place Dr Chicago IL 60601", "house_number=12 street=park_place_dr city=chicago region=IL postcode=60601"),
    ("Hauptstr. 5, 10115 Berlin, DE", "house_number=5 street=hauptstr. city=berlin postcode=10115 country=DE"),
    (
        "98 King St, Toronto, ON M5V 2T6, CA",
        "house_number=98 street=king_st city=toronto region=ON postcode=M5V2T6 country=CA",
    ),
    (
        "12 High Street, London NW1 1AA, UK",
        "house_number=12 street=high_street city=london postcode=NW1_1AA country=GB",
    ),
    ("97 Hill Rd, Oakland, CA", "house_number=97 street=hill_rd city=oakland region=CA"),
    ("Berliner Str. 12, 10115 Berlin", "house_number=12 street=berliner_str. city=berlin postcode=10115"),
    ("Rue Neuve 5, 2300 La Chaux-de-Fonds", "house_number=5 street=rue_neuve city=la_chaux-de-fonds postcode=2300"),
    ("Via Dante 3, 20121 Milano (MI)", "house_number=3 street=via_dante city=milano postcode=20121"),
    ("5323 Oak Avenue\nTampa", "house_number=5323 street=oak_avenue city=tampa"),
    ("12 Elm St, Apt B", "house_number=12 street=elm_st unit=apt_b"),
    ("12 Rose Court, High Street", "house_number=12 street=rose_court,_high_street"),
    ("5 rue de Rivoli, 75001 Paris", "house_number=5 street=rue_de_rivoli city=paris postcode=75001"),
    ("Kerkstraat 12 b, 1017 GP Amsterdam", "house_number=12b street=kerkstraat city=amsterdam postcode=1017GP"),
]
CODES: list[tuple[Recipe, str, object]] = [
    (sex_recipe(), "F", "female"),
    (sex_recipe(), "männlich", "male"),
    (sex_recipe(), "Unknown", None),
    (sex_recipe(), "Mrs.", "female"),
    (sex_recipe(), "Mlle", "female"),
    (sex_recipe(), "Sig.ra", "female"),
    (sex_recipe(), "mevr.", "female"),
    (sex_recipe(), "Pani", "female"),
    (sex_recipe(), "MR", "male"),
    (sex_recipe(), "Hr.", "male"),
    (sex_recipe(), "dhr.", "male"),
    (sex_recipe(), "Sig.", "male"),
    (sex_recipe(), "M.", "male"),
    (sex_recipe(), "Dr.", None),
    (sex_recipe(), "Mx", None),
    (IDENTIFIER, "324-30-7438", "324307438"),
    (IDENTIFIER, "A-5116280", "A5116280"),
    (IDENTIFIER, "999-99-9999", None),
    (IDENTIFIER, "123456789", None),
    (DEVICE, "AA:BB:CC:00:11:22", "aa:bb:cc:00:11:22"),
    (DEVICE, "00000000-0000-0000-0000-000000000000", None),
    (POSTCODE, "se1  7sg", "SE1 7SG"),
    (POSTCODE, "92723-0000", "92723"),
    (POSTCODE, "00000", None),
    (REGION, "massachusetts", "MA"),
    (REGION, "nsw", "NSW"),
    (COUNTRY, "Deutschland", "DE"),
    (HOUSE_NUMBER, "1.0", "1"),
    (PLACE, " St.  Louis, ", "st. louis"),
    (number_recipe(), "$1,234.50", 1234.5),
    (number_recipe(), "-3", -3.0),
    (number_recipe(), "high", None),
    (number_recipe(), "4,50", 4.5),
    (number_recipe(), "4.50 €", 4.5),
    (number_recipe(), "12 EUR", 12.0),
    (number_recipe(), "1.234,50", 1234.5),
    (number_recipe(), "1 234 567,5", 1234567.5),
    (number_recipe(), "1.234.567", 1234567.0),
    (number_recipe(), "1'234.50", 1234.5),
    (number_recipe(), "1,234", 1234.0),
    (number_recipe(decimal_comma=True), "1,234", 1.234),
    (number_recipe(), "1.234", 1.234),
    (number_recipe(decimal_comma=True), "1.234", 1234.0),
    (number_recipe(decimal_comma=True), "1,234.50", 1234.5),
    (number_recipe(), "1e5", 100000.0),
    (number_recipe(), "1.2.3", None),
    (number_recipe(), "2024-03-01", None),
    (number_recipe(), ".", None),
    (CATEGORY, "  Physical  Chemist", "physical chemist"),
]


def cleaned(database: duckdb.DuckDBPyConnection, text: str, recipe: Recipe) -> object:
    """One value through a recipe."""
    return clean_column(database, pa.array([text]), recipe).to_pylist()[0]


@pytest.mark.parametrize(("text", "date"), DATES)
def test_dates_become_iso_as_far_as_known(database: duckdb.DuckDBPyConnection, text: str, date: str | None) -> None:
    """Any order and any script of a month gives one form; what is impossible keeps its digits; fillers say nothing."""
    assert clean_dates(database, pa.array([text]), Order()).to_pylist() == [date]


@pytest.mark.parametrize(
    ("text", "order", "date"),
    [
        ("03/04/2020", Order(day_first=True), "2020-04-03"),
        ("03/25/2020", Order(day_first=True), "2020-03-25"),
        ("05-UNK-1971", Order(day_first=True), "1971-00-05"),
        ("11082020", Order(year_last=True), "2020-11-08"),
        ("11082020", Order(year_last=True, day_first=True), "2020-08-11"),
        ("19560409", Order(year_last=True), "1956-04-09"),
        ("31793", Order(serial=True), "1987-01-16"),
        ("31793.0", Order(serial=True), "1987-01-16"),
        ("850231", Order(packed="ymd"), "1985-02-31"),
        ("310285", Order(packed="dmy"), "1985-02-31"),
        ("022885.0", Order(packed="mdy"), "1985-02-28"),
        ("000000", Order(packed="ymd"), None),
        ("1985059", Order(packed="julian"), "1985-02-28"),
        ("1985399", Order(packed="julian"), None),
    ],
)
def test_a_column_decides_the_order_of_its_dates(
    database: duckdb.DuckDBPyConnection, text: str, order: Order, date: str
) -> None:
    """What one value cannot say is taken from its column, unless only the other order makes a date."""
    assert clean_dates(database, pa.array([text]), order).to_pylist() == [date]


@pytest.mark.parametrize(
    "text", ["UNK-MAR-1971", "nk/Mar/1971", "??/03/1971", "un-03-1971", "__.03.1971", "1971-03-XX"]
)
def test_a_day_that_is_written_as_unknown_leaves_month_and_year(database: duckdb.DuckDBPyConnection, text: str) -> None:
    """Whatever sign stands for it, where the day comes first."""
    (date,) = clean_dates(database, pa.array([text]), Order(day_first=True)).to_pylist()
    assert date.removesuffix("-00") == "1971-03"


@pytest.mark.parametrize(("others", "serial"), [(["31793", "", "unknown"] * 9, True), (["31793", "1987-01-16"], False)])
def test_days_are_counted_by_whole_columns(
    database: duckdb.DuckDBPyConnection, others: list[str], *, serial: bool
) -> None:
    """Five digits are a spreadsheet's day only where nine in ten dates of the source are; blanks do not count."""
    texts = pa.array([*others, "19451"])
    orders = date_orders(database, texts, pa.array(["crm"] * len(texts)), day_first=False)
    assert orders == {"crm": Order(serial=serial)}


@pytest.mark.parametrize(
    ("text", "first", "family"),
    [
        ("SMITH JOHN A", ["john", "a"], ["smith"]),
        ("van der Berg Anna", ["anna"], ["van", "der", "berg"]),
        ("de Souza Maria", ["maria"], ["de", "souza"]),
        ("Smith, John A", ["john", "a"], ["smith"]),
        ("Madonna", ["madonna"], None),
    ],
)
def test_names_of_some_columns_begin_with_the_family_name(
    database: duckdb.DuckDBPyConnection, text: str, first: list[str], family: list[str] | None
) -> None:
    """The first word that is no particle ends the family name; a comma still says more."""
    read = clean_column(database, pa.array([text]), FAMILY_FIRST).to_pylist()[0]
    assert (read["given"], read["family"]) == (first, family)


def test_a_column_of_names_says_which_part_comes_first() -> None:
    """An initial at the end and known given names tell the order; names that nobody knows say nothing."""
    pairs = [(first, family) for first in ("John", "Mary", "Robert") for family in ("Alvord", "Bexley", "Crombie")] * 3
    assert family_first([f"{family} {first} {'ABC'[n % 3]}" for n, (first, family) in enumerate(pairs)]) is True
    assert family_first([f"{family} {first}" for first, family in pairs]) is True
    assert family_first([f"{first} {family}" for first, family in pairs]) is False
    assert family_first([f"{family}, {first}" for first, family in pairs]) is None
    assert family_first(["Qxo Vrzu"] * 30) is None


def test_where_no_list_knows_the_names_the_sex_tells_their_order() -> None:
    """The word that goes with the sex is the given name."""
    names = [f"{family} {first}" for family in ("Zug", "Vork", "Pliff") for first in ("Quaa", "Quab", "Xila", "Xilb")]
    codes = np.tile(np.arange(len(names)), 10)
    sexes = np.array(["Xil" in names[code] for code in codes], np.int64)
    assert second_tells_sex(names, codes, sexes)
    assert not second_tells_sex([" ".join(reversed(name.split())) for name in names], codes, sexes)


@pytest.mark.parametrize(
    "header",
    [
        *(
            "COGNOME E NOME",
            "Příjmení, jméno",
            "Nachname, Vorname",
            "Name, Vorname",
            "Apellidos y nombre",
            "Last, First",
        ),
        *("Familienname Vorname", "Nom Prénom", "nazwisko i imię", "Фамилия, имя, отчество", "Soyadı Adı", "LastFirst"),
        *("Patient Last Name, First Name", "apellido paterno, apellido materno, nombres", "Nom de famille et prénom"),
    ],
)
def test_a_header_says_that_the_family_name_comes_first(header: str) -> None:
    """In the words that single columns of names are known by, in any language."""
    assert header_order(header) is True


@pytest.mark.parametrize(
    "header",
    [
        *("AD_SOYAD", "Ad Soyad", "nombre y apellidos", "Имя Фамилия", "imię i nazwisko", "Vorname Name", "prénom nom"),
        *("First Name Last Name", "given name and surname", "Name and surname", "first middle last", "nome e cognome"),
    ],
)
def test_a_header_says_that_the_given_name_comes_first(header: str) -> None:
    """In the same words."""
    assert header_order(header) is False


@pytest.mark.parametrize(
    "header",
    [
        *(
            "full name",
            "name",
            "customer",
            "ФИО",
            "姓名",
            "Given Name",
            "last name",
            "NOME",
            "surname",
            "nom",
            "name last",
        ),
        *("first name, surname, second given name", "nom i cognoms", "first and last visit of the first doctor"),
    ],
)
def test_a_header_that_does_not_name_each_part_once_says_no_order(header: str) -> None:
    """Then the names themselves do."""
    assert header_order(header) is None


def test_the_order_of_the_header_holds_whatever_the_names_are(database: duckdb.DuckDBPyConnection) -> None:
    """Known given names at the other end do not turn it; under a header without order they do."""
    family = [f"{one}{two}" for one in ("Al", "Bex", "Crom") for two in ("vord", "ley", "bie")]
    names = [f"{one} {first}" for one in family for first in ("John", "Mary", "Robert")]
    turned = [" ".join(reversed(name.split())) for name in names]
    source = pa.array(["one", "two"] * len(names))

    def asked(header: str, column: Sequence[str]) -> tuple[str, ...]:
        table = pa.table({header: [name for name in column for _ in range(2)]})
        return learn.sources_family_first(database, table, header, Plan(), source)

    both = ("one", "two")
    assert (asked("Last, First", turned), asked("First Last", names)) == (both, ())
    assert (asked("name", names), asked("name", turned)) == (both, ())


def test_names_in_parts_tell_the_order_of_whole_ones(database: duckdb.DuckDBPyConnection) -> None:
    """Where no list knows the names; a few that stand in both places do not matter, nor do a handful of names."""
    given, family = ([f"{one}{two}" for two in ("ard", "oby", "une", "irt", "ax")] for one in ("qu", "vl"))
    names = [f"{two} {one}" for one in given for two in family]
    rows = len(names)
    table = pa.table({
        "name": [*names, *[""] * rows],
        "first": [*[""] * rows, *[name.split()[1] for name in names[1:]], "vlard"],
        "last": [*[""] * rows, *[name.split()[0] for name in names]],
    })  # fmt: skip
    source = pa.array([*["one"] * rows, *["two"] * rows])
    plan = Plan(given=("first",), family=("last",))
    assert learn.sources_family_first(database, table, "name", plan, source) == ("one",)
    turned = table.set_column(0, "name", [[" ".join(reversed(name.split())) for name in table["name"].to_pylist()]])
    assert learn.sources_family_first(database, turned, "name", plan, source) == ()
    few = pa.concat_tables([table.slice(0, 9), table.slice(rows)])
    assert learn.sources_family_first(database, few, "name", plan, source[: len(few)]) == ()


@pytest.mark.parametrize(
    ("texts", "packed"),
    [
        (["850231", "991231", "631101"], "ymd"),
        (["310285", "281199", "011163"], "dmy"),
        (["022885", "123199", "110163"], "mdy"),
        (["1985059", "2004366", "1963001"], "julian"),
        (["850231", "1985-02-28"], "ymd"),
        (["19.11.1963"] * 9 + ["191163"], "dmy"),
        (["1985-02-28"] * 30 + ["850231"], ""),
        (["989898", "877665"], ""),
    ],
)
def test_digits_without_signs_are_dates_by_whole_columns(
    database: duckdb.DuckDBPyConnection, texts: list[str], packed: str
) -> None:
    """Six or seven digits are read in the one way that makes dates of most, also beside dates written otherwise.

    Where one in thirty is so short, it has lost some digits.
    """
    orders = date_orders(database, pa.array(texts), pa.array(["crm"] * len(texts)), day_first=False)
    assert orders["crm"].packed == packed


def test_a_common_year_has_no_day_366(database: duckdb.DuckDBPyConnection) -> None:
    """The number of a day that its year does not have is no date, and none of the next year."""
    texts = pa.array(["1985365", "1985366", "1984366", "1900366", "1985000", "1984367"])
    dates = ["1985-12-31", None, "1984-12-31", None, None, None]
    assert clean_dates(database, texts, Order(packed="julian")).to_pylist() == dates


def test_each_source_is_asked_about_its_own_names_alone(
    database: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many names the others have; and one source may begin with the family name where another does not."""
    names = [f"{family} {first}" for family in ("Zug", "Vork", "Pliff") for first in ("Quaa", "Quab", "Xila", "Xilb")]
    turned = [" ".join(reversed(name.split())) for name in names]
    rows = [(f"s{n % 5}", name, "Xil" in name) for name in names * 10 for n in range(4)]
    rows += [("s4", name, "Xil" in name) for name in turned * 10]
    table = pa.table({"name": [name for _, name, _ in rows], "sex": ["fm"[sex] for _, _, sex in rows]})
    asked: list[int] = []

    def counted(mine: Sequence[str], codes: NDArray[np.int64], sexes: NDArray[np.int64]) -> bool:
        asked.append(len(mine))
        return second_tells_sex(mine, codes, sexes)

    monkeypatch.setattr(learn, "second_tells_sex", counted)
    source = pa.array([source for source, _, _ in rows])
    assert learn.sources_family_first(database, table, "name", Plan(sex=("sex",)), source) == ("s0", "s1", "s2", "s3")
    assert asked == [len(names)] * 5


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("昭和60年2月3日", "1985-02-03"),
        ("令和元年5月1日", "2019-05-01"),
        ("S60.2.3", "1985-02-03"),
        ("民國74年2月3日", "1985-02-03"),
    ],
)
def test_years_counted_from_an_emperor_are_read(database: duckdb.DuckDBPyConnection, text: str, date: str) -> None:
    """Eras of Japan and of the Republic of China are years of our calendar."""
    assert clean_dates(database, pa.array([text]), Order()).to_pylist() == [date]


@pytest.mark.parametrize(
    ("text", "plain"),
    [("'0151 2345", "0151 2345"), ('="00123"', "00123"), ("'+49 30", "+49 30"), ("'t Hart", "'t Hart")],
)
def test_what_spreadsheets_write_to_keep_text_is_left_out(
    database: duckdb.DuckDBPyConnection, text: str, plain: str
) -> None:
    """An apostrophe before digits, and a formula that is only a text, say nothing; an apostrophe of a name stays."""
    assert cleaned(database, text, (("c", "said(v)"),)) == plain


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2014-10-22T11:15:41Z", "2014-10-22 11:15:41+00:00"),
        ("2014-10-22 13:15:41+02:00", "2014-10-22 11:15:41+00:00"),
        ("1700000000", "2023-11-14 22:13:20+00:00"),
        ("1700000000000", "2023-11-14 22:13:20+00:00"),
        ("31.12.1997 10:30", "1997-12-31 10:30:00+00:00"),
        ("2014-02-30", "None"),
        ("soon", "None"),
    ],
)
def test_instants_are_read_in_utc(database: duckdb.DuckDBPyConnection, text: str, instant: str) -> None:
    """ISO 8601, epochs and dates with a time become one instant; an impossible one is none."""
    assert str(clean_instants(database, pa.array([text]), Order()).to_pylist()[0]) == instant


@pytest.mark.parametrize(
    ("text", "given", "family"),
    [
        ("Otto & Frida Lund", ["otto"], ["lund"]),
        ("Mr. O. and Mrs. F. Lund", ["o"], ["lund"]),
        ("Herr und Frau Otto Lund", ["otto"], ["lund"]),
        ("Otto Lund & Frida Berg", ["otto"], ["lund"]),
        ("Lund, Otto & Frida", ["otto"], ["lund"]),
        ("Mr & Mrs O P van der Lund", ["o", "p"], ["van", "der", "lund"]),
        ("Andreas Lundand", ["andreas"], ["lundand"]),
        ("Lund & Sons", ["lund"], ["sons"]),
    ],
)
def test_of_two_people_in_one_name_the_first_is_read(
    database: duckdb.DuckDBPyConnection, text: str, given: list[str], family: list[str]
) -> None:
    """With the family name they share, if no other is said; two words that may be a firm's stay together."""
    found = clean_column(database, pa.array([text]), FULL_NAME).to_pylist()[0]
    assert (found["given"], found["family"]) == (given, family)


def test_of_two_given_names_joined_by_and_the_first_is_read(database: duckdb.DuckDBPyConnection) -> None:
    """In a column of given names; two given names of one person are joined by nothing."""
    found = clean_column(database, pa.array(["Otto & Frida", "Otto Frida", "Mr & Mrs O"]), NAME).to_pylist()
    assert [one["words"] for one in found] == [["otto"], ["otto", "frida"], ["o"]]


@pytest.mark.parametrize(("text", "parts"), NAMES)
def test_name_columns_lose_titles_and_give_up_suffixes(
    database: duckdb.DuckDBPyConnection, text: str, parts: tuple[list[str], str | None] | None
) -> None:
    """The words of a name stay, in lower case; titles and signs go; a generation suffix stands apart."""
    found = cleaned(database, text, NAME)
    words, suffix = parts or (None, None)
    assert found == {"words": words, "suffix": suffix, "nicknames": None}


@pytest.mark.parametrize(("text", "twin"), NEWBORNS)
def test_what_stands_until_a_child_has_a_name_is_none(
    database: duckdb.DuckDBPyConnection, text: str, twin: str | None
) -> None:
    """Hospitals write it; which of twins it is stands where a generation would."""
    assert cleaned(database, text, NAME) == {"words": None, "suffix": twin, "nicknames": None}


@pytest.mark.parametrize(("text", "parts"), FULL_NAMES)
def test_full_names_are_taken_apart(
    database: duckdb.DuckDBPyConnection, text: str, parts: tuple[list[str] | None, list[str] | None, str | None]
) -> None:
    """Given names, family name with its particles, and suffix, whichever comes first."""
    given_names, family, suffix = parts
    found = cleaned(database, text, FULL_NAME)
    assert found == {"given": given_names, "family": family, "suffix": suffix, "nicknames": None}


@pytest.mark.parametrize(("text", "phone"), PHONES)
def test_phones_become_e164(database: duckdb.DuckDBPyConnection, text: str, phone: str | None) -> None:
    """A number of a known country is written one way; fillers say nothing."""
    assert clean_phones(database, pa.array([text]), "US").to_pylist() == [phone]


@pytest.mark.parametrize(("text", "email"), EMAILS)
def test_emails_are_found_and_roles_are_not_people(
    database: duckdb.DuckDBPyConnection, text: str, email: str | None
) -> None:
    """The address is taken out of what surrounds it; addresses of a role or of nobody say nothing."""
    assert cleaned(database, text, EMAIL) == email


@pytest.mark.parametrize(("text", "parts"), PLACES)
def test_address_lines_are_taken_apart(database: duckdb.DuckDBPyConnection, text: str, parts: str) -> None:
    """House number, street, unit, city, region, postcode and country, as far as they can be told."""
    found = cast("dict[str, str | None]", cleaned(database, text, LINE))
    told = {name: value for name, value in found.items() if value is not None and name != "line"}
    assert told == {name: value.replace("_", " ") for name, value in (part.split("=") for part in parts.split())}


@pytest.mark.parametrize(("recipe", "text", "value"), CODES)
def test_codes_have_one_form(database: duckdb.DuckDBPyConnection, recipe: Recipe, text: str, value: object) -> None:
    """Whatever a source writes around a code, the code is the same."""
    assert cleaned(database, text, recipe) == value


TEXTS: list[Recipe] = [
    sex_recipe(),
    IDENTIFIER,
    DEVICE,
    POSTCODE,
    REGION,
    COUNTRY,
    HOUSE_NUMBER,
    PLACE,
    EMAIL,
    CATEGORY,
]


@pytest.mark.parametrize("recipe", [*TEXTS, date_recipe(Order()), date_recipe(Order(day_first=True))])
@settings(max_examples=6)
@given(
    texts=st.lists(
        st.text(max_size=30)
        | st.from_regex(r"[0-9|oO]{1,4}[-/. ][0-9]{1,3}[-/. ][0-9]{2,4}")
        | st.from_regex(
            r"(un|UNK|nk|xx|[?]{2}|__|[0-3][0-9])[-/. ](UNK|xx|[?]{2}|Mar|0[1-9])[-/. ]19[0-9]{2}", fullmatch=True
        )
        | st.sampled_from(["Mrs.", "Sig.ra", "M.", "Herr", "Dr."]),
        max_size=60,
    )
)
def test_cleaning_again_changes_nothing(database: duckdb.DuckDBPyConnection, recipe: Recipe, texts: list[str]) -> None:
    """Cleaning is idempotent on any text."""
    once = clean_column(database, pa.array(texts, pa.string()), recipe)
    assert clean_column(database, once, recipe).to_pylist() == once.to_pylist()


@settings(max_examples=6)
@given(texts=st.lists(st.text(max_size=30), max_size=60))
def test_names_survive_cleaning_again(database: duckdb.DuckDBPyConnection, texts: list[str]) -> None:
    """The words of a cleaned name, put together again, are the words of that name."""
    once = clean_column(database, pa.array(texts, pa.string()), NAME).to_pylist()
    joined = [" ".join(one["words"] or []) for one in once]
    again = clean_column(database, pa.array(joined, pa.string()), NAME).to_pylist()
    stable = [(one["words"], two["words"]) for one, two in zip(once, again, strict=True) if two["suffix"] is None]
    assert all(one == two for one, two in stable if one and two)


WHOLE_NAMES = st.lists(
    st.tuples(
        st.sampled_from(["Amy", "Do", "Md", "Mag", "Eva Ma"]), st.sampled_from(["Kelly", "Ma", "O'Dea", "Van Do"])
    ),
    min_size=1,
    max_size=20,
)


@settings(max_examples=6)
@given(
    names=WHOLE_NAMES,
    ahead=st.sampled_from(["", "Mag. ", "Dipl.-Ing. ", "Ing. Mag. "]),
    behind=st.lists(st.sampled_from(["MD", "M.D.", "Ph.D.", "msc", "FACS"]), max_size=3),
    between=st.sampled_from([", ", " "]),
)
def test_degrees_change_no_name(
    database: duckdb.DuckDBPyConnection, names: list[tuple[str, str]], ahead: str, behind: list[str], between: str
) -> None:
    """Whichever stand around it, and also around a name that looks like one."""
    plain = [f"{first} {last}" for first, last in names]
    decked = [between.join([f"{ahead}{name}", *behind]) for name in plain]
    assert clean_column(database, pa.array(decked), FULL_NAME) == clean_column(database, pa.array(plain), FULL_NAME)


WORDS_OF_NAMES = st.sampled_from(
    [
        *("amy", "kelly", "lund", "md", "ma", "do", "mag", "baby", "boy", "twin", "newborn", "infant", "a", "2", "van"),
        "jr",
    ]
)


@settings(max_examples=6)
@given(names=st.lists(st.tuples(*[st.lists(WORDS_OF_NAMES, min_size=1, max_size=3)] * 2), min_size=1, max_size=30))
def test_whole_names_survive_cleaning_again(
    database: duckdb.DuckDBPyConnection, names: list[tuple[list[str], list[str]]]
) -> None:
    """The parts of a cleaned name, put together as `family, given`, are the parts of that name."""
    texts = pa.array([f"{' '.join(last)}, {' '.join(first)}" for last, first in names])
    once = clean_column(database, texts, FULL_NAME).to_pylist()
    whole = [one for one in once if one["given"] and one["family"]]
    joined = [f"{' '.join(one['family'])}, {' '.join(one['given'])}" for one in whole]
    again = clean_column(database, pa.array(joined, pa.string()), FULL_NAME).to_pylist()
    assert [(one["given"], one["family"]) for one in again] == [(one["given"], one["family"]) for one in whole]


@settings(max_examples=6)
@given(numbers=st.lists(st.from_regex(r"\+?[0-9 ()./-]{3,18}", fullmatch=True), max_size=60))
def test_phones_survive_cleaning_again(database: duckdb.DuckDBPyConnection, numbers: list[str]) -> None:
    """A cleaned number is clean."""
    once = clean_phones(database, pa.array(numbers, pa.string()), "US")
    assert clean_phones(database, once, "US").to_pylist() == once.to_pylist()


@settings(max_examples=20)
@given(texts=st.lists(st.text(max_size=12) | st.text("aé\u0301 \t\u00a0\u200b\u3000", max_size=6), max_size=60))
def test_looking_first_changes_no_text(database: duckdb.DuckDBPyConnection, texts: list[str]) -> None:
    """A text that is left as it stands is one that tidying would leave so."""
    looked, always = (clean_column(database, pa.array(texts, pa.string()), (("c", f"{one}(v)"),)) for one in MACROS)
    assert looked.to_pylist() == always.to_pylist()


@settings(max_examples=20)
@given(numbers=st.lists(st.from_regex(r"([0-9])\1{2,9}|0?123456789?0?|0?987654321?0?", fullmatch=True), max_size=30))
def test_every_filler_ends_as_fillers_do(database: duckdb.DuckDBPyConnection, numbers: list[str]) -> None:
    """No made-up number of three digits or more passes because of its end."""
    steps = (("c", "ends_as_filler(v) OR NOT is_filler(v)"),)
    assert all(clean_column(database, pa.array(numbers, pa.string()), steps).to_pylist())


def test_a_column_in_pieces_is_coded_as_in_one() -> None:
    """Where a column was cut does not show in its codes."""
    texts = ["b", "a", None, "b", "", "c", "a"]
    pieces = pa.chunked_array([texts[:2], [], texts[2:5], texts[5:]], pa.string())
    assert encode(pieces).equals(encode(pa.array(texts)))


@pytest.mark.parametrize("quick", [clean_dates, clean_instants])
def test_the_quick_path_agrees_with_the_whole_one(
    database: duckdb.DuckDBPyConnection,
    quick: Callable[[duckdb.DuckDBPyConnection, pa.Array, Order], pa.Array],
) -> None:
    """ISO dates go another way to the same answer, blanks and fillers included."""
    recipe = date_recipe(Order()) if quick is clean_dates else instant_recipe(Order())
    texts = pa.array(["2020-01-31", "1900-01-01", "2020-13-31", "2020-02-30", "", None, "2020-01-31T10:00:00Z"] * 3)
    assert quick(database, texts, Order()).to_pylist() == clean_column(database, texts, recipe).to_pylist()


def test_rows_stay_in_order_however_many() -> None:
    """A column of many distinct values comes back row by row."""
    texts = [f"x{number}@example.org" for number in range(300_000)]
    with cleaner() as database:
        assert clean_column(database, pa.array(texts), EMAIL).to_pylist() == texts


def test_what_is_taken_off_a_name_is_a_title() -> None:
    """A column of titles is told by any title that a name may lose."""
    assert set(NO_NAMES) <= TITLES
