"""`c360 resolve`, `evaluate`, `explain`, `compare` and `lookup` do what their help says, on a small table."""

import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner, Result

from api.cli.main import build_app
from core.errors import C360Error
from lake.tables import LINKS
from lake.workers import THREADS

GIVEN = (
    "ada",
    "bela",
    "cora",
    "dana",
    "ella",
    "fay",
    "gina",
    "hope",
    "ines",
    "judy",
    "kira",
    "lena",
    "mona",
    "nora",
    "olga",
)
FAMILY = (
    "abbot",
    "baker",
    "carter",
    "dalton",
    "eaton",
    "fisher",
    "garner",
    "hughes",
    "irving",
    "jarvis",
    "keller",
    "lawson",
    "miller",
    "norris",
)
FILES = {"clusters.parquet", "links.parquet", "model.json", "report.html", "inputs.json"}


def person(number: int) -> str:
    """Given name, family name and birth date of one of many people."""
    born = f"{1940 + number % 60}-{1 + number % 12:02d}-{1 + number % 28:02d}"
    return f"{GIVEN[number % 15]},{FAMILY[number % 14]},{born}"


def invoke(*arguments: object) -> Result:
    """Run one command."""
    words = [str(argument) for argument in arguments]
    return CliRunner().invoke(build_app((words[0],)), words)


def done(*arguments: object) -> Result:
    """Run one command that must succeed."""
    result = invoke(*arguments)
    assert result.exit_code == 0, f"{result.output}{result.exception!r}"
    return result


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """150 people, two records each: the second misspells the family name of every third."""
    lines = ["no,first_name,last_name,date_of_birth,email,who"]
    for number in range(150):
        given, family, born = person(number).split(",")
        rest = f"{born},{given}.{number}@mail.example,p{number}"
        lines.append(f"{2 * number},{given},{family},{rest}")
        lines.append(f"{2 * number + 1},{given},{family[::-1] if number % 3 == 0 else family},{rest}")
    path = tmp_path_factory.mktemp("people") / "people.csv"
    path.write_text("\n".join(lines) + "\n")
    return path


@pytest.fixture(scope="module")
def out(people: Path) -> Path:
    """What resolve made of them."""
    folder = people.parent / "out"
    done("resolve", people, "--id", "no", "--ignore", "who", "--out", folder)
    return folder


def test_resolve_writes_its_files(out: Path) -> None:
    """Clusters, links, model and report, in the schemas that are promised."""
    assert {path.name for path in out.iterdir()} == FILES
    clusters = pq.read_table(out / "clusters.parquet")
    assert clusters.column_names == ["source", "record_id", "entity_id", "confidence"]
    assert set(clusters.column("source").to_pylist()) == {"people"}
    assert "17" in clusters.column("record_id").to_pylist()
    links = pq.read_table(out / "links.parquet")
    assert links.schema.equals(LINKS.schema)
    assert all(left.startswith("people:") for left in links.column("left").to_pylist())


@pytest.mark.parametrize("threads", [1, 2, 5])
def test_resolve_twice_writes_the_same_bytes(
    people: Path, out: Path, tmp_path: Path, threads: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same input gives byte-equal files, with any number of threads."""
    monkeypatch.setenv(THREADS, str(threads))
    done("resolve", people, "--id", "no", "--ignore", "who", "--out", tmp_path / "again")
    for name in FILES:
        assert (out / name).read_bytes() == (tmp_path / "again" / name).read_bytes(), name


@pytest.mark.parametrize("name", ["taken", "taken/within"])
def test_a_file_in_place_of_the_folder_is_refused_at_once(people: Path, tmp_path: Path, name: str) -> None:
    """Before anything is matched, whichever command writes a folder; the file stays as it is."""
    (tmp_path / "taken").write_text("mine", encoding="utf-8")
    commands = (
        ("resolve", people, "--id", "no"),
        ("lookup", people, "--against", people, "--id", "no"),
        ("compare", people),
    )
    for words in commands:
        result = invoke(*words, "--out", tmp_path / name)
        assert isinstance(result.exception, C360Error), words
        assert "taken is a file" in result.exception.message
    assert (tmp_path / "taken").read_text(encoding="utf-8") == "mine"


def test_files_of_one_name_are_said_to_be_one_source(people: Path, tmp_path: Path) -> None:
    """A source is called as its file is; who has two of one name hears of it."""
    rows = people.read_text(encoding="utf-8").splitlines()
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "people.csv").write_text("\n".join([rows[0], *rows[1:90]]), encoding="utf-8")
    (tmp_path / "people.csv").write_text("\n".join([rows[0], *rows[90:180]]), encoding="utf-8")
    files = tmp_path / "people.csv", tmp_path / "other" / "people.csv"
    result = done("resolve", *files, "--id", "no", "--ignore", "who", "--out", tmp_path / "out")
    assert "are one source, people." in " ".join(result.output.split())
    assert "are one source, people." in (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    alone = done("resolve", files[0], "--id", "no", "--ignore", "who", "--out", tmp_path / "alone")
    assert "one source" not in alone.output


def test_a_model_learned_elsewhere_is_used(people: Path, out: Path, tmp_path: Path) -> None:
    """`--model` takes a model.json of another folder: the same table gives the same links, and it is handed on."""
    model = out / "model.json"
    done("resolve", people, "--id", "no", "--ignore", "who", "--out", tmp_path, "--model", model)
    assert (tmp_path / "links.parquet").read_bytes() == (out / "links.parquet").read_bytes()
    assert (tmp_path / "model.json").read_bytes() == model.read_bytes()


def test_ignored_columns_are_not_kept(out: Path) -> None:
    """The ignored column is neither evidence nor anywhere in the results' columns."""
    model = json.loads((out / "model.json").read_text())
    assert "who" not in json.dumps([field["name"] for field in model["fields"]])


def test_evaluate_finds_the_pairs(people: Path, out: Path) -> None:
    """On clean people nearly every pair is found, and JSON says so."""
    result = done("evaluate", out, "--truth", people, "--label", "who", "--id", "no", "--json")
    figures = json.loads(result.stdout)
    assert figures["agreement"]["f1"] > 0.9
    assert (figures["labelled"], figures["unlabelled"], figures["absent"]) == (300, 0, 0)


def test_evaluate_takes_files_and_patterns(people: Path, out: Path) -> None:
    """The clusters may be a file, several truth files may follow one option, and a pattern makes the label."""
    more = people.parent / "more.csv"
    more.write_text("no,who\n9999,p1\n")
    arguments = ("--truth", people, more, "--label", "who", "--id", "no", "--label-pattern", r"p(\d+)", "--json")
    figures = json.loads(done("evaluate", out / "clusters.parquet", *arguments).stdout)
    assert figures["absent"] == 1


def test_evaluate_for_people_shows_both_measures(people: Path, out: Path) -> None:
    """Without --json there is a table with pairs and B-cubed."""
    shown = done("evaluate", out, "--truth", people, "--label", "who", "--id", "no").stdout
    assert "pairs" in shown
    assert "B³" in shown


def test_explain_says_why_a_link_is(out: Path) -> None:
    """A link's bits add up, in either order of its ends, as JSON and as a picture."""
    link = pq.read_table(out / "links.parquet").slice(0, 1).to_pylist()[0]
    arguments = (link["right"], link["left"], "--in", out, "--json", "--picture", out.parent / "why.png")
    pair = json.loads(done("explain", *arguments).stdout)["pair"]
    assert sum(each["bits"] for each in pair["contributions"]) == pytest.approx(pair["weight_bits"], abs=0.01)
    assert (out.parent / "why.png").read_bytes().startswith(b"\x89PNG")


def test_explain_weighs_pairs_without_a_link(out: Path) -> None:
    """Two different people are explained too, by the model."""
    pair = json.loads(done("explain", "people:0", "people:3", "--in", out, "--json").stdout)["pair"]
    assert pair["probability"] < 0.5


def test_explain_says_what_holds_an_entity_together(out: Path) -> None:
    """An entity of two is joined by its link."""
    clusters = pq.read_table(out / "clusters.parquet").to_pylist()
    ids = [row["entity_id"] for row in clusters]
    entity_id = next(each for each in ids if ids.count(each) == 2)
    picture = out.parent / "entity.png"
    answer = json.loads(done("explain", "entity", entity_id, "--in", out, "--json", "--picture", picture).stdout)
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert len(answer["entity"]["evidence"]) == 1
    assert "weakest bond" in answer["sentence"]
    shown = done("explain", "entity", entity_id, "--in", out).stdout
    assert "What would have to go to split it" in shown
    assert answer["entity"]["weakest"]["apart"][0] in shown


def test_compare_judges_pairs_in_rows(tmp_path: Path) -> None:
    """Both sides are found by their suffixes; equal people match, different ones do not."""
    lines = ["first_name_l,last_name_l,date_of_birth_l,first_name_r,last_name_r,date_of_birth_r,label"]
    for number in range(120):
        one, two = person(number), person(number + 7)
        lines.append(f"{one},{one},same")
        lines.append(f"{one},{two},other")
    (tmp_path / "pairs.csv").write_text("\n".join(lines) + "\n")
    done("compare", tmp_path / "pairs.csv", "--out", tmp_path / "out")
    rows = pq.read_table(tmp_path / "out" / "pairs.parquet").to_pylist()
    assert [row["pair"] for row in rows] == list(range(240))
    assert {row["verdict"] for row in rows if row["label"] == "same"} == {"match"}
    assert sum(row["verdict"] == "match" for row in rows if row["label"] == "other") < 12


def test_lookup_finds_known_people(people: Path, out: Path, tmp_path: Path) -> None:
    """A known person is found with the entity it belongs to; a stranger is nobody."""
    known = people.read_text().splitlines()[2]
    (tmp_path / "asked.csv").write_text(
        f"no,first_name,last_name,date_of_birth,email,who\n{known}\nx,zelda,quux,1901-01-01,zq@else.example,\n"
    )
    done("lookup", tmp_path / "asked.csv", "--against", out, "--out", tmp_path / "found")
    answers = {row["query"]: row for row in pq.read_table(tmp_path / "found" / "answers.parquet").to_pylist()}
    assert answers["1"]["verdict"] == "match"
    assert answers["1"]["candidate"] in {"people:0", "people:1"}
    assert answers["x"]["verdict"] == "none"
    entities = set(pq.read_table(out / "clusters.parquet").column("entity_id").to_pylist())
    assert set(pq.read_table(tmp_path / "found" / "candidates.parquet").column("entity_id").to_pylist()) <= entities


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("resolve", "nowhere.csv", "--out", "o"), 1),
        (("resolve", "nowhere.csv"), 2),
        (("resolve", "nowhere.csv", "--out", "o", "--map", "nonsense"), 2),
        (("resolve", "nowhere.csv", "--out", "o", "--threshold", "7"), 2),
        (("evaluate", "nowhere", "--truth", "t.csv", "--label", "x"), 1),
        (("explain", "a", "b", "c"), 2),
        (("explain", "one"), 1),
        (("explain", "a", "b", "--in", "nowhere"), 1),
        (("compare", "nowhere.csv", "--out", "o"), 1),
        (("lookup", "nowhere.csv", "--against", "nowhere.csv", "--out", "o"), 1),
    ],
)
def test_failures_are_1_and_wrong_usage_is_2(
    arguments: tuple[str, ...], code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What cannot be done fails with an error that says what to do; a wrong command line is wrong usage."""
    monkeypatch.chdir(tmp_path)
    result = invoke(*arguments)
    assert result.exit_code == code
    if code == 1:
        assert isinstance(result.exception, C360Error)
        assert result.exception.remedy
