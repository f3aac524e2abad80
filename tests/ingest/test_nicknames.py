"""Nicknames: told from the name they stand in, kept beside it, and another name of the person in matching."""

import re

import duckdb
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest import SourceSettings
from ingest.clean import clean_column
from ingest.clean.names import FULL_NAME, NAME
from resolution.encode import encode
from tests.ingest.workshop import Workshop

GIVEN = [
    ("William (Bill)", ["william"], ["bill"]),
    ("Robert “Bobby Ray” X.", ["robert", "x"], ["bobby ray"]),
    ("Robert 'Bob' 'Rob'", ["robert"], ["bob", "rob"]),
    ("Robert (called Bob)", ["robert"], ["bob"]),
    ("James, known as 'Jim'", ["james"], ["jim"]),
    ("T.J. (Teejay)", ["t", "j"], ["teejay"]),
    ("Jose' 'Pepe'", ["jose'"], ["pepe"]),
    ("D'Angelo 'Dee'", ["d'angelo"], ["dee"]),
    ("‘Bob’", ["bob"], None),
    ("(Bob)", ["bob"], None),
    ("O'Brien", ["o'brien"], None),
    ("N'Golo", ["n'golo"], None),
    ("'Iolani", ["'iolani"], None),
    ("Kaʻahumanu", ["kaʻahumanu"], None),
    ("Ka'ahumanu 'Ewa", ["ka'ahumanu", "'ewa"], None),
    ("van 't Hoff", ["van", "'t", "hoff"], None),
    ("Robert (Jr.)", ["robert"], None),
    ("Mary (née Jones)", ["mary", "née", "jones"], None),
    ("Robert (Bob", ["robert", "bob"], None),
]
FULL = [
    ('Robert "Bob" Smith', ["robert"], ["smith"], ["bob"]),
    ("William (Bill) Jones", ["william"], ["jones"], ["bill"]),
    ("Jones, Margaret 'Peggy'", ["margaret"], ["jones"], ["peggy"]),
    ("Robert Smith, aka Bob", ["robert"], ["smith"], ["bob"]),
    ("Smith, Robert a.k.a. Bob", ["robert"], ["smith"], ["bob"]),
    ("Robert Smith known as Bob", ["robert"], ["smith"], ["bob"]),
    ("Dr. William (Bill) Jones (Jr)", ["william"], ["jones"], ["bill"]),
    ("Ludwig 'Lou' van Beethoven", ["ludwig"], ["van", "beethoven"], ["lou"]),
    ("Jones (Smith), Mary", ["mary"], ["jones", "smith"], None),
    ("Ann-Marie D'Angelo", ["ann-marie"], ["d'angelo"], None),
    ("Sean O'Brien", ["sean"], ["o'brien"], None),
    ("'Bob'", ["bob"], None, None),
]
SIGNS = [('"', '"'), ("“", "”"), ("'", "'"), ("‘", "’"), ("(", ")"), ("[", "]"), ("aka ", ""), ("called ", "")]
WORDS = st.from_regex(r"[a-z]{3,9}", fullmatch=True).filter(
    lambda word: (
        word not in {"aka", "called", "van", "von", "vom", "unknown", "iii", "jnr", "snr", "junior", "senior"}
        and not re.match(r"(the|mrs|miss|prof|herr|frau|mme|mlle|sig|sra|dhr|nan|nil|null|none|test|tbd|xxx|unk)", word)
    )
)
TEXT = st.text(max_size=24) | st.text(alphabet="ab '’\"(),|-. 1[]k", max_size=24)


def test_a_nickname_leaves_the_name_it_stands_in(database: duckdb.DuckDBPyConnection) -> None:
    """Quotes, brackets and `aka` set it apart; apostrophes of a name, generations and maiden names do not."""
    found = clean_column(database, pa.array([text for text, *_ in GIVEN]), NAME).to_pylist()
    told = [(text, one["words"], one["nicknames"]) for (text, *_), one in zip(GIVEN, found, strict=True)]
    assert told == GIVEN


def test_a_full_name_is_read_without_its_nickname(database: duckdb.DuckDBPyConnection) -> None:
    """Wherever it stands, given and family name are what they are without it."""
    found = clean_column(database, pa.array([text for text, *_ in FULL]), FULL_NAME).to_pylist()
    told = [(text, one["given"], one["family"], one["nicknames"]) for (text, *_), one in zip(FULL, found, strict=True)]
    assert told == FULL


@settings(max_examples=6)
@given(people=st.lists(st.tuples(WORDS, WORDS, st.sampled_from(SIGNS)), min_size=1, max_size=60))
def test_any_nickname_is_found(
    database: duckdb.DuckDBPyConnection, people: list[tuple[str, str, tuple[str, str]]]
) -> None:
    """Whatever the words are, the one between the signs is the nickname and the other the name."""
    texts = [f"{name.title()} {before}{nickname.title()}{after}" for name, nickname, (before, after) in people]
    found = clean_column(database, pa.array(texts), NAME).to_pylist()
    told = [(one["words"], one["nicknames"]) for one in found]
    assert told == [([name], [nickname]) for name, nickname, _ in people]


@settings(max_examples=6)
@given(texts=st.lists(TEXT, max_size=60))
def test_a_cleaned_name_holds_no_nickname(database: duckdb.DuckDBPyConnection, texts: list[str]) -> None:
    """Cleaning again finds none, and the words stay as they are: what was set apart was all there was."""
    once = clean_column(database, pa.array(texts, pa.string()), NAME).to_pylist()
    joined = [" ".join(one["words"] or []) for one in once if one["suffix"] is None]
    again = clean_column(database, pa.array(joined, pa.string()), NAME).to_pylist()
    kept = [(text, " ".join(one["words"] or [])) for text, one in zip(joined, again, strict=True) if one["words"]]
    assert all(one["nicknames"] is None for one in again)
    assert all(text == words for text, words in kept)


@settings(max_examples=6)
@given(texts=st.lists(st.text(alphabet="abc '\"(),.", max_size=24), max_size=60))
def test_no_letter_of_a_name_is_lost(database: duckdb.DuckDBPyConnection, texts: list[str]) -> None:
    """Every letter is in the words or in the nicknames, a nickname said twice counting once."""
    for text, one in zip(texts, clean_column(database, pa.array(texts, pa.string()), NAME).to_pylist(), strict=True):
        said = str(one["words"]) + str(one["nicknames"])
        assert set(re.findall(r"[abc]", text)) <= set(re.findall(r"[abc]", said))


def test_a_record_keeps_nickname_and_original(workshop: Workshop) -> None:
    """The nicknames of all name columns stand in one list, and the source's words beside them."""
    fields = {"first": "given_name", "whole": "full_name"}
    workshop.write("p.csv", "id,first,whole\n1,Robert (Bob),\"Robert 'Bobby' Smith\"\n2,Ann,Ann Lee\n")
    workshop.run(p=SourceSettings(path="p.csv", key="id", fields=fields))
    assert workshop.ask("SELECT given_name, middle_name, nicknames, original FROM records ORDER BY record_id") == [
        ("robert", None, ["bob", "bobby"], {"first": "Robert (Bob)", "whole": "Robert 'Bobby' Smith"}),
        ("ann", None, None, {"first": "Ann", "whole": "Ann Lee"}),
    ]


def test_a_nickname_is_another_name_of_the_person() -> None:
    """Resolution reads it as one more given name, after those the record has."""
    columns = {"record_id": ["a", "b"], "source": ["s", "s"], "given_name": ["robert", "bob"]}
    nicknames = pa.array([["bob", "rob"], None], pa.list_(pa.string()))
    codes = encode(pa.table(columns | {"nicknames": nicknames})).codes
    first, second = codes.token[:, :3].tolist()
    assert second[0] == first[1]
    assert codes.slot[0, :3].tolist() == [codes.slot[1, 0]] * 3
