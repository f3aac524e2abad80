"""How text is encoded: what a file says of itself is believed, what is guessed is told, and no sign is lost."""

from pathlib import Path

import pyarrow.compute as pc
import pytest

from core.errors import BadInputError
from ingest import PeopleOptions, SourceSettings, propose_mapping, read_people
from ingest.adapters.files import guessed_encoding, read_chunks
from tests.ingest.workshop import Workshop

NAMES = ["Müller", "José", "Łukasz", "Zoë", "Åse"]
WESTERN = [name for name in NAMES if name != "Łukasz"]
CRM = SourceSettings(path="crm.csv", key="id", fields={"first": "given_name", "last": "family_name"})


def table(names: list[str]) -> str:
    """People of these family names."""
    return "id,first,last\n" + "".join(f"{number},Ann,{name}\n" for number, name in enumerate(names, 1))


def lines(names: list[str]) -> str:
    """The same as JSON lines."""
    return "".join(f'{{"id": "{number}", "last": "{name}"}}\n' for number, name in enumerate(names, 1))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("kind", ["csv", "jsonl"])
def test_every_sign_comes_through(tmp_path: Path, kind: str, encoding: str) -> None:
    """UTF-8 and UTF-16 are found, with or without a byte order mark, and nothing has to be said or guessed."""
    path = tmp_path / f"x.{kind}"
    path.write_bytes((table if kind == "csv" else lines)(NAMES[:3]).encode(encoding))
    chunks = list(read_chunks(path, guess=False))
    assert [name for chunk in chunks if chunk.rows.num_columns for name in chunk.rows["last"].to_pylist()] == NAMES[:3]


def test_a_run_does_not_guess(workshop: Workshop) -> None:
    """A source that is not UTF-8 is refused by line and byte, with what to write; written down, it is read."""
    workshop.write("crm.csv", table(WESTERN).encode("cp1252"))
    with pytest.raises(BadInputError, match=r"crm\.csv is not UTF-8: see line 2, byte 22 of") as error:
        workshop.run(crm=CRM)
    assert 'encoding = "cp1252"' in str(error.value.remedy)
    said = SourceSettings(path="crm.csv", key="id", fields=CRM.fields, encoding="cp1252")
    workshop.run(crm=said)
    names = [row[0] for row in workshop.ask("SELECT original['last'] FROM records ORDER BY record_id")]
    assert names == WESTERN


@pytest.mark.parametrize("kind", ["csv", "jsonl", "json"])
def test_bytes_that_stand_for_nothing_cost_only_their_row(tmp_path: Path, kind: str) -> None:
    """In any encoding a row with such a byte is rejected, its bytes shown; no name holds a sign of doubt."""
    path = tmp_path / f"x.{kind}"
    text = (table if kind == "csv" else lines)(["Müller", "?sa", "Zoë"])
    text = "[" + text.strip().replace("\n", ",\n") + "]" if kind == "json" else text
    path.write_bytes(text.encode("cp1252").replace(b"?", b"\x81"))
    chunks = list(read_chunks(path, encoding="cp1252"))
    assert [name for chunk in chunks for name in chunk.rows["last"].to_pylist()] == ["Müller", "Zoë"]
    (reject,) = [one for chunk in chunks for one in chunk.rejects]
    assert reject.reason == "Not cp1252: set the source's encoding."
    assert reject.value is not None
    assert "\\x81sa" in reject.value


def test_a_mapping_names_the_encoding_it_guessed(workshop: Workshop) -> None:
    """What a file does not say of itself is written into its block; what it says is not."""
    western = workshop.write("crm.csv", table(WESTERN * 3).encode("cp1252"))
    assert propose_mapping(western, root=workshop.root).settings.encoding == "cp1252"
    marked = workshop.write("erp.csv", table(NAMES * 3).encode("utf-16"))
    assert propose_mapping(marked, root=workshop.root).settings.encoding is None


def test_reading_without_configuration_says_what_it_guessed(tmp_path: Path) -> None:
    """Windows-1252 is taken where nothing is said, and told; what is said is believed."""
    path = tmp_path / "x.csv"
    path.write_bytes(table(["Müller"]).encode("cp1252"))
    guessed = read_people([path], PeopleOptions(id_columns=("id",)))
    assert guessed.guessed == {"x.csv": "cp1252"}
    path.write_bytes(table(["Łukasz"]).encode("cp1250"))
    said = read_people([path], PeopleOptions(id_columns=("id",), encoding="cp1250"))
    assert (said.guessed, said.records["family_name"].to_pylist()) == ({}, ["łukasz"])


RUSSIAN = "№ карты,Фамилия,Имя\n1,Кузнецова,Анна\n2,Щербаков,Пётр\n"
HEBREW = "מספר,שם משפחה,שם פרטי\n1,לוי,נועה\n2,מזרחי,יעל\n"
JAPANESE = "番号,姓,名\n1,髙橋,さくら\n2,佐々木,健太\n3,渡辺,ゆうこ\n"
CHINESE = "编号,姓,名\n1,欧阳,晓明\n2,张,伟\n"
POLISH = "numer,nazwisko,imię\n1,Wałęsa,Łucja\n2,Gąsior,Święcisława\n"
CZECH = "číslo,příjmení,jméno\n1,Dvořák,Jiří\n2,Němec,Matěj\n"
TURKISH = "numara,soyadı,adı\n1,Yıldız,Işıl\n2,Doğan,Şeyma\n"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (RUSSIAN, "cp1251"),
        (RUSSIAN.replace("№", "номер"), "koi8_r"),
        (HEBREW, "cp1255"),
        (JAPANESE, "cp932"),
        (JAPANESE.replace("髙", "高"), "euc_jp"),
        (CHINESE, "gb18030"),
        (POLISH, "cp1250"),
        (CZECH, "cp1250"),
        (TURKISH, "cp1254"),
        (table(WESTERN).replace("last", "größe"), "cp1252"),
    ],
)
def test_the_encoding_is_told_by_its_bytes(tmp_path: Path, text: str, encoding: str) -> None:
    """What many tables are exported in is found by what it spells, and told; each file is judged by itself."""
    path, other = tmp_path / "x.csv", tmp_path / "y.csv"
    path.write_bytes(text.encode(encoding))
    other.write_bytes(text.encode("utf-8"))
    assert guessed_encoding(path) == encoding
    people = read_people([path, other], PeopleOptions(id_columns=(text.split(",", maxsplit=1)[0],)))
    assert people.guessed == {"x.csv": encoding}
    one, two = (people.records.filter(pc.field("source") == name) for name in "xy")
    assert one.column("family_name").to_pylist() == two.column("family_name").to_pylist()


def test_a_column_that_is_known_to_be_there_tells_guesses_apart(tmp_path: Path) -> None:
    """Of two readings that look equally good, the one with the named column counts."""
    path = tmp_path / "x.csv"
    path.write_bytes("Kdő,b\n1,ő\n".encode("cp1250"))
    assert guessed_encoding(path) == "cp1252"
    assert guessed_encoding(path, ["Kdő"]) == "cp1250"


def test_an_encoding_may_be_said_of_one_file(tmp_path: Path) -> None:
    """It counts above that of all; one for a file that is not read is refused."""
    old, new = tmp_path / "old.csv", tmp_path / "new.csv"
    old.write_bytes(table(["Łukasz"]).encode("iso8859_2"))
    new.write_bytes(table(["Łukasz"]).encode("cp1250"))
    options = PeopleOptions(id_columns=("id",), encoding="cp1250", encodings={"old.csv": "iso8859_2"})
    assert read_people([old, new], options).records["family_name"].to_pylist() == ["łukasz", "łukasz"]
    with pytest.raises(BadInputError, match=r"no file is called 'old\.csv'"):
        read_people([new], options)


@pytest.mark.parametrize("encoding", ["utf-9", "hex", "rot13"])
def test_what_is_no_encoding_is_refused(tmp_path: Path, encoding: str) -> None:
    """Also what Python calls a codec, but no text is written in."""
    path = tmp_path / "x.csv"
    path.write_text("a\n1\n")
    with pytest.raises(BadInputError, match=f"no encoding '{encoding}'"):
        list(read_chunks(path, encoding=encoding))
