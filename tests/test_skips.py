"""Where everything is meant to run, a skip that nobody allowed fails the run."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SKIPPED = 'import pytest\n\n\ndef test_it():\n    pytest.skip("the moon is full")\n'


@pytest.mark.parametrize(
    ("listed", "code"),
    [("# ^the moon\n^the sun is up$\n", 1), ("# why\n^the moon is full$\n", 0), (None, 0)],
    ids=["unlisted", "listed", "no list"],
)
def test_only_a_listed_reason_may_skip(tmp_path: Path, listed: str | None, code: int) -> None:
    """A run with a skip passes if the list has its reason or there is no list; otherwise it fails and names it."""
    shutil.copyfile(ROOT / "conftest.py", tmp_path / "conftest.py")
    (tmp_path / "test_it.py").write_text(SKIPPED, encoding="utf-8")
    environment = {name: value for name, value in os.environ.items() if name != "C360_ALLOWED_SKIPS"}
    if listed is not None:
        (tmp_path / "allowed.txt").write_text(listed, encoding="utf-8")
        environment["C360_ALLOWED_SKIPS"] = str(tmp_path / "allowed.txt")
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--rootdir", str(tmp_path), "test_it.py"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == code, done.stdout
    assert ("not an allowed reason to skip" in done.stdout) is (code == 1)
