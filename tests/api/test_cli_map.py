"""`c360 map` at the command line: names, samples, and what it says a run will set aside."""

import json
import tomllib
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli.main import build_app

HEAD = "member_id,first_name,last_name,email"


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """Two systems' members in files of one name, in a workspace; one row of the first has no key."""
    made = [tmp_path / system / "members.csv" for system in ("claims", "loyalty")]
    for path in made:
        path.parent.mkdir()
        rows = [f"{path.parent.name}{n * 7919 % 1009},Ann{n},Lee,ann{n}@x.org" for n in range(40)]
        path.write_text("\n".join([HEAD, *rows, ",Bo,Lee,b@x.org" if path == made[0] else ""]))
    (tmp_path / "c360.toml").write_text('[workspace]\nname = "w"\n')
    return made[0], made[1]


def mapped(*arguments: object) -> tuple[int, str]:
    """Exit code and output of `c360 map`."""
    result = CliRunner().invoke(build_app(), ["map", *map(str, arguments)])
    return result.exit_code, result.output + (str(result.exception) if result.exception else "")


def test_two_files_of_one_name_become_two_sources(tmp_path: Path, files: tuple[Path, Path]) -> None:
    """A name that is taken is refused with what to do, and --name does it."""
    claims, loyalty = files
    assert mapped(claims, "--workspace", tmp_path, "--write")[0] == 0
    code, said = mapped(loyalty, "--workspace", tmp_path, "--write")
    assert code != 0
    assert "--name" in said
    assert mapped(loyalty, "--workspace", tmp_path, "--name", "loyalty", "--write")[0] == 0
    assert set(tomllib.loads((tmp_path / "c360.toml").read_text())["sources"]) == {"members", "loyalty"}


@pytest.mark.parametrize(("name", "many"), [("a:b", 1), ("a", 2)])
def test_a_name_is_of_one_source(tmp_path: Path, files: tuple[Path, Path], name: str, many: int) -> None:
    """One that ids cannot begin with, or one for two files, is refused."""
    code, said = mapped(*files[:many], "--workspace", tmp_path, "--name", name)
    assert code != 0
    assert "name" in said


def test_json_tells_all_that_the_screen_shows(tmp_path: Path, files: tuple[Path, Path]) -> None:
    """Samples, what each column becomes, how many rows a run will set aside, and the same remarks."""
    code, said = mapped(files[0], "--workspace", tmp_path, "--json")
    told = json.loads(said)
    email = next(one for one in told["columns"] if one["column"] == "email")
    assert (code, email["becomes"], len(email["samples"])) == (0, "email", 3)
    assert told["rows"] == {"read": 41, "rejected": 1, "repeated": 0}
    assert told["remarks"] == ["1 of the first 41 rows will be set aside: they cannot be read, or have no member_id."]


def told(*arguments: object) -> dict[str, object]:
    """What `c360 map --json` says."""
    code, said = mapped(*arguments, "--json")
    assert code == 0, said
    found: dict[str, object] = json.loads(said)
    return found


def phones(path: Path, numbers: list[str]) -> Path:
    """A file of people with these telephone numbers."""
    rows = [f"k{n * 7919 % 1009},Ann{n},Lee{n % 7},{number}" for n, number in enumerate(numbers)]
    path.write_text("\n".join(["member_id,first_name,last_name,phone", *rows]) + "\n")
    return path


SWEDISH = [f"+46 70 123 4{n} 6{n % 10}" for n in range(10, 50)] + [f"070-123 99 {n}" for n in range(10, 30)]


@pytest.mark.parametrize(("said", "then"), [("", "SE"), ('default_region = "NO"\n', "NO")])
def test_numbers_say_their_country_where_nobody_did(tmp_path: Path, said: str, then: str) -> None:
    """With --write the workspace says it from then on; what it said before stays, and the difference is told."""
    settings = tmp_path / "c360.toml"
    settings.write_text(f'[workspace]\nname = "w"\n{said}')
    file = phones(tmp_path / "members.csv", SWEDISH)
    assert 'default_region = "SE"' in str(told(file, "--workspace", tmp_path)["remarks"])
    assert "SE" in str(told(file, "--workspace", tmp_path, "--write")["remarks"])
    assert tomllib.loads(settings.read_text())["workspace"].get("default_region") == then


def test_numbers_of_a_country_that_none_names_are_asked_about(tmp_path: Path, files: tuple[Path, Path]) -> None:
    """Numbers of North America begin with no zero: the user is told, and nothing is written for them."""
    file = phones(tmp_path / "clinic.csv", [f"0912{n * 7919 % 9973:07}" for n in range(40)])
    assert "default_region" in str(told(file, "--workspace", tmp_path, "--write")["remarks"])
    assert "default_region" not in tomllib.loads((tmp_path / "c360.toml").read_text())["workspace"]
    assert "default_region" not in str(told(files[0], "--workspace", tmp_path)["remarks"])


def test_an_ignored_column_plays_no_part(tmp_path: Path, files: tuple[Path, Path]) -> None:
    """It is neither proposed nor shown, and one that is not there is refused by name."""
    assert "email" not in str(told(files[0], "--workspace", tmp_path, "--ignore", "email")["block"])
    code, said = mapped(files[0], "--workspace", tmp_path, "--ignore", "e-mail")
    assert code != 0
    assert "e-mail" in said
