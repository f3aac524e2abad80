"""What ingest's tests share: workspaces, and a database that knows how to clean."""

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import duckdb
import pytest

from ingest.clean import cleaner
from tests.ingest.workshop import Workshop


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    """An empty workspace."""
    return Workshop(root=tmp_path)


@pytest.fixture
def workshops(tmp_path: Path) -> Callable[[], Workshop]:
    """Makes empty workspaces."""
    made: list[Workshop] = []

    def make() -> Workshop:
        root = tmp_path / f"w{len(made)}"
        root.mkdir()
        made.append(Workshop(root=root))
        return made[-1]

    return make


@pytest.fixture(scope="session")
def database() -> Iterator[duckdb.DuckDBPyConnection]:
    """A DuckDB that knows the cleaning macros."""
    with closing(cleaner("US")) as connection:
        yield connection
