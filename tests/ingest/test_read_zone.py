"""Machine-readable zones: a line of a passport or card becomes what it says."""

import pyarrow as pa
import pytest

from ingest import PeopleOptions
from ingest.read import read_rows
from ingest.read_zone import with_zones_read

TD3 = {
    "top": "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
    "low": "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
}
TD1 = {
    "one": "I<UTOD231458907<<<<<<<<<<<<<<<",
    "two": "7408122F1204159UTO<<<<<<<<<<<6",
    "three": "ERIKSSON<<ANNA<MARIA<<<<<<<<<<",
}
"""The specimens of ICAO Doc 9303."""


@pytest.mark.parametrize(("zone", "number"), [(TD3, "L898902C3"), (TD1, "D23145890")])
def test_a_zone_becomes_its_fields(zone: dict[str, str], number: str) -> None:
    """Names, number, nationality, birthday and sex stand where the lines were, whatever these are called."""
    read = with_zones_read(pa.table({"x": ["a"], **{name: [line] for name, line in zone.items()}}))
    found = {name.partition(" ")[2]: read.column(name).to_pylist()[0] for name in read.column_names}
    wanted = {"surname": "ERIKSSON", "given names": "ANNA MARIA", "document number": number}
    assert found == wanted | {"": "a", "nationality": "UTO", "date of birth": "1974-08-12", "sex": "F"}


def test_other_columns_stay_as_they_are() -> None:
    """Codes with such signs, columns of which a tenth is no line, and what the user has mapped are left alone."""
    lines = [*[TD3["low"]] * 8, "unread", ""]
    table = pa.table({"a": lines, "b": ["A<B<C"] * 10, "c": [TD3["top"]] * 10})
    assert with_zones_read(table, keep=["c"]) is table


def test_people_are_read_from_their_zones() -> None:
    """A record of a zone is as one of plain columns."""
    tables = {"gate": pa.table({"id": ["1"], **{name: [line] for name, line in TD3.items()}})}
    (record,) = read_rows(tables, PeopleOptions(id_columns=("id",))).records.to_pylist()
    assert (record["family_name"], record["birth_date"], record["sex"]) == ("eriksson", "1974-08-12", "female")
