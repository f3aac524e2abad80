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
