"""The documentation works: every command and file of a page, from top to bottom, in an empty folder.

A fenced block that names a file after its language is written to that file; in a `console` block each line that begins
with `$ ` is run and must succeed.
"""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = sorted([*(ROOT / "docs" / "tutorial").glob("*.md"), *(ROOT / "docs" / "how-to").glob("*.md")])
BLOCK = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\[[^\]]*\]\(([^)#:]+)(?:#[^)]*)?\)")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_can_be_followed(page: Path, tmp_path: Path) -> None:
    """Whoever types what the page says, gets what it promises."""
    ran = 0
    for language, name, body in BLOCK.findall(page.read_text(encoding="utf-8")):
        if name:
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(body, encoding="utf-8")
        for command in re.findall(r"^\$ (.*)$", body, re.MULTILINE) if language == "console" else ():
            words = shlex.split(command)
            assert words[0] == "c360", command
            done = subprocess.run(
                [sys.executable, "-m", "api.cli", *words[1:]], cwd=tmp_path, capture_output=True, text=True, check=False
            )
            assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
            ran += 1
    assert ran


def test_the_readme_leads_to_every_page() -> None:
    """Whoever begins at the README finds each tutorial and each how-to."""
    links = LINK.findall((ROOT / "README.md").read_text(encoding="utf-8"))
    assert [page.name for page in PAGES if page.relative_to(ROOT).as_posix() not in links] == []


@pytest.mark.parametrize("example", sorted((ROOT / "examples").glob("*.py")), ids=lambda example: example.stem)
def test_an_example_runs(example: Path, tmp_path: Path) -> None:
    """Every example runs by itself, in an empty folder, and prints something."""
    done = subprocess.run([sys.executable, str(example)], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "page", sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]), ids=lambda page: page.stem
)
def test_links_lead_somewhere(page: Path) -> None:
    """Every relative link of every page leads to a file."""
    links = LINK.findall(page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []
