"""Runs read what one column packs with something else: places with births, births in numbers, digits of any script."""

import tomllib
from pathlib import Path

import msgspec
import pytest

from core.errors import BadInputError
from ingest import SourceSettings, propose_mapping
from tests.ingest.workshop import Workshop

ROWS = 60
BORN = [(1940 + row, row % 12 + 1, row % 28 + 1) for row in range(ROWS)]
PLACES = ("Solo", "Jakarta", "Bogor", "Medan")
NAMES = ("Ann Lee", "Bo Karlsson", "Cia Lind", "Dag Holm", "Eva Berg")


def members(head: str, cells: list[str]) -> str:
    """A file of people with a number, a name, and these cells."""
    rows = [f"m-{row}x{row * 7919 % 10007};{NAMES[row % 5]};{cell}" for row, cell in enumerate(cells)]
    return "\n".join([f"member_id;name;{head}", *rows]) + "\n"


def numbers(rows: range = range(ROWS)) -> list[str]:
    """Swedish numbers of these people."""
    return [f"{year}{month:02}{day:02}-{row + 1000}" for row, (year, month, day) in enumerate(BORN) if row in rows]


def settings(head: str, cells: list[str], workshop: Workshop) -> SourceSettings:
    """The block that is proposed of them."""
    text = propose_mapping(workshop.write("members.csv", members(head, cells)), root=workshop.root).text
    return msgspec.convert(tomllib.loads(text)["sources"]["members"], SourceSettings)


def births(workshop: Workshop) -> list[object]:
    """The births that the last run read, in the order of the rows."""
    return [birth for (birth,) in workshop.ask("SELECT birth_date FROM records ORDER BY ingested_at, birth_date")]


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    """An empty workspace."""
    return Workshop(root=tmp_path)


def test_a_run_reads_births_from_the_numbers_that_a_mapping_names(workshop: Workshop) -> None:
    """The block says how numbers hold them, and the record which column the birth is from; new rows need no others."""
    source = settings("personnummer", numbers(), workshop)
    assert source.fields["personnummer date of birth"] == "birth_date:swedish_with_century"
    assert source.fields["personnummer"].startswith("identifier")
    workshop.run(members=source)
    assert births(workshop) == [f"{year}-{month:02}-{day:02}" for year, month, day in BORN]
    (original,) = workshop.ask("SELECT original FROM records WHERE birth_date = '1940-01-01'")[0]
    assert original == {
        "name": "Ann Lee", "personnummer": "19400101-1000", "personnummer date of birth": "1940-01-01",
    }  # fmt: skip
    workshop.write("members.csv", members("personnummer", [*numbers(), "19110203-1234"]))
    workshop.run(members=source)
    assert births(workshop)[-1] == "1911-02-03"


def test_a_birth_in_a_column_of_its_own_counts_before_that_in_a_number(workshop: Workshop) -> None:
    """The number says it where the column does not."""
    own = ["" if row % 2 else f"1{year - 1001}-{month:02}-{day:02}" for row, (year, month, day) in enumerate(BORN)]
    cells = [f"{number};{birth}" for number, birth in zip(numbers(), own, strict=True)]
    workshop.run(members=settings("personnummer;born", cells, workshop))
    told = [birth or f"{year}-{month:02}-{day:02}" for birth, (year, month, day) in zip(own, BORN, strict=True)]
    assert births(workshop) == sorted(told)


def test_a_run_reads_places_and_births_of_one_cell(workshop: Workshop) -> None:
    """The proposal names both halves; a cell whose day cannot be read is told as it stands, and its row is kept."""
    cells = [f"{PLACES[row % 4]}, {day:02}-{month:02}-{year}" for row, (year, month, day) in enumerate(BORN)]
    source = settings("Tempat/Tgl Lahir", cells, workshop)
    assert {"Tempat/Tgl Lahir place of birth", "Tempat/Tgl Lahir date of birth"} <= set(source.fields)
    assert "Tempat/Tgl Lahir" not in source.fields
    workshop.write("members.csv", members("Tempat/Tgl Lahir", [*cells, "Solo, 45 1985"]))
    workshop.run(members=source)
    read = births(workshop)
    assert read[:-1] == [f"{year}-{month:02}-{day:02}" for year, month, day in BORN]
    assert read[-1] is None
    assert workshop.ask("SELECT field, value, kept FROM rejects") == [
        ("Tempat/Tgl Lahir date of birth", "Solo, 45 1985", True)
    ]
    assert workshop.ask("SELECT count(*) FROM records WHERE cardinality(extra) > 0") == [(0,)]


def test_a_run_reads_machine_readable_lines(workshop: Workshop) -> None:
    """The second line of a passport has the number, the birth and the sex."""
    cells = [
        f"P{row:08}0SWE{year % 100:02}{month:02}{day:02}1{'FM'[row % 2]}3001011<<<<<<<<<<<<<<00"
        for row, (year, month, day) in enumerate(BORN)
    ]
    source = settings("mrz2", cells, workshop)
    assert source.fields["mrz2 sex"] == "sex"
    workshop.run(members=source)
    assert births(workshop) == [f"{year}-{month:02}-{day:02}" for year, month, day in BORN]
    assert workshop.ask("SELECT DISTINCT sex FROM records ORDER BY sex") == [("female",), ("male",)]


def test_a_run_reads_the_digits_of_every_script(workshop: Workshop) -> None:
    """Telephones and days alike; what was written is kept as it was."""
    foreign = str.maketrans("0123456789", "०१२३४५६७८९")
    cells = [f"98{row:08};{day:02}/{month:02}/{year}" for row, (year, month, day) in enumerate(BORN)]
    source = SourceSettings(
        path="members.csv", key="member_id", fields={"name": "full_name", "tel": "phone", "born": "birth_date"}
    )
    workshop.write("members.csv", members("tel;born", cells))
    workshop.run(members=source)
    written = workshop.ask("SELECT phones, birth_date FROM records ORDER BY birth_date")
    workshop.forget()
    workshop.write("members.csv", members("tel;born", [cell.translate(foreign) for cell in cells]))
    workshop.run(members=source)
    assert workshop.ask("SELECT phones, birth_date FROM records ORDER BY birth_date") == written
    assert workshop.ask("SELECT original['tel'] FROM records ORDER BY birth_date")[0] == ("९८००००००००",)


def test_an_unknown_way_of_holding_births_is_said(workshop: Workshop) -> None:
    """With those that are known."""
    workshop.write("members.csv", members("pnr", numbers()))
    source = SourceSettings(path="members.csv", key="member_id", fields={"pnr date of birth": "birth_date:swedisch"})
    with pytest.raises(BadInputError, match="birth_date:swedisch") as found:
        workshop.run(members=source)
    assert "swedish" in (found.value.remedy or "")


def test_a_part_of_a_column_that_is_not_there_is_said(workshop: Workshop) -> None:
    """As any other column is."""
    workshop.write("members.csv", members("pnr", numbers()))
    source = SourceSettings(path="members.csv", key="member_id", fields={"pno date of birth": "birth_date:swedish"})
    with pytest.raises(BadInputError, match="no column 'pno date of birth'"):
        workshop.run(members=source)


def test_numbers_of_a_known_source_are_called_as_there(workshop: Workshop) -> None:
    """Their values say it, whatever their headers do; numbers that share nothing keep their names."""
    first = settings("personnummer", numbers(), workshop)
    other = workshop.write("clients.csv", members("Tax-ID", numbers()))
    known = {"members": first}
    text = propose_mapping(other, root=workshop.root, known=known).text
    assert f'Tax-ID = "{first.fields["personnummer"]}"' in text
    strange = workshop.write("clients.csv", members("Tax-ID", [f"X{row * 7907 % 9973:07}" for row in range(ROWS)]))
    assert 'Tax-ID = "identifier:tax"' in propose_mapping(strange, root=workshop.root, known=known).text


def test_a_run_reads_postcodes_and_towns_of_one_cell(workshop: Workshop) -> None:
    """The proposal names both; a cell with one of them alone says that."""
    towns = ["Arnhem", "Breda", "München", "Den Haag"]
    cells = [f"{6800 + row} {'CX'[row % 2]}B {towns[row % 4]}" for row in range(ROWS)]
    source = settings("PLZ/Ort", cells, workshop)
    assert (source.fields["PLZ/Ort postcode"], source.fields["PLZ/Ort city"]) == ("postcode", "city")
    workshop.write("members.csv", members("PLZ/Ort", [*cells, "Haarlem", "1012 AB"]))
    workshop.run(members=source)
    found = workshop.ask("SELECT addresses[1].postcode, addresses[1].city FROM records")
    assert {("6800CB", "arnhem"), ("6803XB", "den haag"), (None, "haarlem"), ("1012AB", None)} <= set(found)


def test_houses_and_streets_are_no_postcodes_and_towns(workshop: Workshop) -> None:
    """A number and a name under a header that says no place."""
    source = settings("address", [f"{1200 + row} Main Street" for row in range(ROWS)], workshop)
    assert source.fields["address"] == "address"


def test_a_column_that_went_missing_is_not_made_of_another(workshop: Workshop) -> None:
    """An owner's name holds no city, though the header begins as that of the city did."""
    rows = "".join(f"k{row},Ann Lee {row},Bath\n" for row in range(ROWS))
    workshop.write("members.csv", "id,owner,owner_city\n" + rows)
    for fields in ({"owner city": "city"}, {"owner": "full_name", "owner city": "city"}):
        with pytest.raises(BadInputError, match="no column 'owner city'"):
            workshop.run(members=SourceSettings(path="members.csv", key="id", fields=fields))


def test_numbers_of_somebody_else_are_not_called_as_the_persons_own(workshop: Workshop) -> None:
    """Of the member and who brought him, the member; nobody where only a sponsor is told."""
    first = settings("card_no", [f"{row * 7919 + 10**7}" for row in range(ROWS)], workshop)
    first = msgspec.structs.replace(first, fields=first.fields | {"card_no": "identifier:card"})
    numbers_ = [str(row * 7919 + 10**7) for row in range(ROWS)]
    both = members(
        "membership;introduced_by", [f"{one};{other}" for one, other in zip(numbers_, numbers_[::-1], strict=True)]
    )
    text = propose_mapping(workshop.write("club.csv", both), root=workshop.root, known={"members": first}).text
    assert text.count("identifier:card") == 1
    assert 'membership = "identifier:card"' in text
    sponsors = workshop.write("club.csv", members("sponsor_no", numbers_))
    assert "identifier:card" not in propose_mapping(sponsors, root=workshop.root, known={"members": first}).text
