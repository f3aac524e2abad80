"""Strings become codes the same way however a table holds them."""

from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lake.tables.types import ADDRESS
from resolution.encode import Encoded, encode, names, places, values
from resolution.encode.codes import ADDRESS as ADDRESS_AT
from resolution.encode.codes import STREET
from resolution.encode.letters import before_sign
from resolution.encode.pool import fill_signs
from resolution.encode.spelling import PRIVATE_SIGNS, PRIVATE_USE
from tests.resolution.people import identifier, table

texts = st.lists(st.text(st.sampled_from([*map(chr, range(128)), *"éßİ’日😀"]), max_size=8), max_size=30)
Change = Callable[[pa.Array], pa.Array]
CHANGES = (
    (names.fold, names.fold_slowly),
    (values.squeezed, values.squeezed_slowly),
    (places.squeezed, places.squeezed_slowly),
)


@pytest.mark.parametrize(("quick", "slow"), CHANGES)
@given(given=texts)
def test_letters_are_rewritten_as_arrow_does(quick: Change, slow: Change, given: list[str]) -> None:
    """A table of ASCII says what lower case, accents and expressions say; a slice is as good as a column."""
    column = pa.array(given, pa.string())
    assert quick(column).equals(slow(column))
    assert quick(column[1:]).equals(slow(column[1:]))


def test_letters_without_an_accent_to_lose_are_spelled_without_them() -> None:
    """A name is one whether its letters were on the keyboard or not."""
    written = pa.array(["Kılıç", "Weiß", "Søren", "Łukasz", "Đorđević", "Æthelred", "İbrahim"])
    plain = ["kilic", "weiss", "soren", "lukasz", "dordevic", "aethelred", "ibrahim"]
    assert names.fold(written).to_pylist() == plain


@given(given=texts)
def test_text_is_cut_and_decoded_as_python_does(given: list[str]) -> None:
    """What stands before an @, and every code point; those beyond 16 bits are signs of private use."""
    column, whole = pa.array(given, pa.string()), "".join(given)
    signs = np.empty(len(whole), np.uint16)
    fill_signs(column, signs)
    assert before_sign(column, "@").to_pylist() == [text.split("@")[0] for text in given]
    assert signs.tolist() == [
        ord(letter) if letter <= "\uffff" else PRIVATE_USE + ord(letter) % PRIVATE_SIGNS for letter in whole
    ]


def test_columns_with_dictionaries_are_coded_as_those_without() -> None:
    """A reader that hands on a file's dictionaries changes nothing, in plain columns and in addresses."""
    people = [
        {
            "given_name": "Ann",
            "family_name": "",
            "sex": "female",
            "addresses": [{"city": "Bath", "line": "12 High St"}],
        },
        {"given_name": "Bob", "birth_date": "1980", "addresses": [{"street": "High Street", "house_number": "12"}]},
        {
            "given_name": "Ann",
            "birth_date": "1980",
            "addresses": [{"street": "", "line": "3b Low Road"}, {"city": "Bath"}],
        },
    ]
    plain = encode(table(*people))
    coded = encode(_with_dictionaries(table(*people)))
    assert all(
        np.array_equal(np.asarray(one), np.asarray(other)) for one, other in zip(plain.codes, coded.codes, strict=True)
    )
    assert plain.codes.place[0, ADDRESS_AT] == plain.codes.place[1, ADDRESS_AT] >= 0


@pytest.mark.parametrize(("first", "count"), [(0, 200), (0, 100), (0, 0), (37, 100), (199, 1)])
@pytest.mark.parametrize("chunks", [1, 2, 3])
def test_a_part_of_a_table_is_coded_as_a_copy_of_it(first: int, count: int, chunks: int) -> None:
    """Rows that stand in the midst of larger arrays, or in several, are read from where they begin."""
    people = [
        {
            "given_name": f"Ann{row % 7}",
            "family_name": None if row % 5 == 0 else f"Lee{row % 11}",
            "birth_date": f"19{row % 90 + 10}-0{row % 9 + 1}-01",
            "emails": [f"a{row}@example.org", f"b{row % 3}@example.org"][: row % 3],
            "phones": [f"555 01{row:03}"],
            "identifiers": identifier("policy", f"P{row % 50:04}") if row % 4 else [],
            "addresses": [{"line": f"{row} High Street", "city": f"City {row % 6}"}] * (row % 3),
            "categories": [("trade", f"trade {row % 4}"), ("age", str(20 + row % 50))][: row % 3],
        }
        for row in range(200)
    ]
    whole = table(*people)
    cuts = np.linspace(0, len(whole), chunks + 1).astype(int).tolist()
    part = pa.concat_tables([whole.slice(begin, end - begin) for begin, end in pairwise(cuts)]).slice(first, count)
    copy = table(*({"record_id": f"s:{first + at:04}", **row} for at, row in enumerate(people[first : first + count])))
    for one, other in zip(encode(part).codes, encode(copy).codes, strict=True):
        assert np.array_equal(np.asarray(one), np.asarray(other))


def _kinds(first: list[str], second: list[str]) -> set[str]:
    """Kinds of values of two sources whose records have one number each."""
    rows = [
        {"source": source, "identifiers": identifier("household", number)}
        for source, numbers in (("old", first), ("new", second))
        for number in numbers
    ]
    return {kind.name for kind in encode(table(*rows)).kinds}


def test_short_numbers_that_no_two_sources_share_are_each_sources_own() -> None:
    """Households numbered by each census say nothing across them; long or shared numbers, and few, stay together."""
    first, second = ([str(number) for number in range(start, start + 30)] for start in (100, 900))
    apart = {"identifier:household of old", "identifier:household of new"}
    together = {"identifier:household"}
    assert _kinds(first, second) == apart
    assert _kinds(first, [*second, "105"]) == together
    assert _kinds(first[:10], second) == together
    assert _kinds([f"{number}000000" for number in first], [f"{number}000000" for number in second]) == together


def test_a_system_said_to_be_one_is_not_parted_by_sources() -> None:
    """Unique identifiers, and those that a given model knows, are one system whatever their numbers look like."""
    rows = [{"source": one, "identifiers": identifier("c", f"{one}{at}")} for one in "ab" for at in range(30)]
    assert {kind.name for kind in encode(table(*rows)).kinds} == {"identifier:c of a", "identifier:c of b"}
    assert {kind.name for kind in encode(table(*rows), ["c"]).kinds} == {"identifier:c"}


def test_a_category_is_as_rare_as_among_those_who_know_it() -> None:
    """Another file without the column makes no value of it rarer."""
    smokers = [{"categories": [("smoker", "never" if number % 4 else "daily")]} for number in range(40)]
    others = [{"given_name": f"name{number}"} for number in range(400)]
    alone, beside = (_rarities(encode(table(*rows))) for rows in (smokers, [*smokers, *others]))
    assert alone == beside


def _rarities(encoded: Encoded) -> dict[int, float]:
    """The rarity of each value, by how many records hold it."""
    held = np.bincount(encoded.codes.value)
    return {int(held[code]): float(encoded.codes.rarity[code]) for code in np.flatnonzero(held)}


def _with_dictionaries(records: pa.Table) -> pa.Table:
    for name in ("source", "given_name", "family_name", "birth_date", "sex"):
        place = records.schema.get_field_index(name)
        records = records.set_column(place, name, records.column(name).combine_chunks().dictionary_encode())
    lists = records.column("addresses").combine_chunks()
    parts = [lists.values.field(at).dictionary_encode() for at in range(ADDRESS.num_fields)]
    address = pa.StructArray.from_arrays(parts, names=[field.name for field in ADDRESS])
    place = records.schema.get_field_index("addresses")
    return records.set_column(place, "addresses", pa.ListArray.from_arrays(lists.offsets, address))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Nieuwstr.", "Nieuwstraat"),
        ("Hauptstr.", "Hauptstraße"),
        ("Lange Str.", "Lange Straße"),
        ("Av. de la Gare", "Avenue de la Gare"),
        ("R. Augusta", "Rua Augusta"),
        ("C/ Mayor", "Calle Mayor"),
        ("V.le Roma", "Viale Roma"),
        ("ul. Długa", "Ulica Długa"),
        ("ул. Ленина", "улица Ленина"),
    ],
)
def test_streets_are_the_same_however_their_kind_is_written(one: str, other: str) -> None:
    """In front of the name, behind it, or within."""
    assert street_of(one) == street_of(other) != street_of("Rue Victor Hugo")


def test_a_numbered_street_keeps_its_kind() -> None:
    """A Calle 15 crosses a Carrera 15; and a name is left of every street."""
    assert street_of("Calle 15") != street_of("Carrera 15")
    assert street_of("Rue") == "rue"


def street_of(street: str) -> str:
    """The name by which a street is compared."""
    person = {"given_name": "Ann", "addresses": [{"street": street, "city": "Bath"}]}
    codes = encode(table(person, {"given_name": "Bob"})).codes
    at = codes.place[0, STREET]
    return "".join(map(chr, codes.chars[codes.start[at] : codes.start[at + 1]]))
