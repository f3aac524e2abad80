"""The source port: one suite on every adapter. Operations, versions, watermarks."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from core.errors import BadInputError, MissingError
from ingest import Source, SourceSettings
from ingest.sources import open_source

COLUMNS = ("id", "name", "seen", "gone", "v")
ROWS: list[tuple[str, ...]] = [
    ("1", "Ann", "2020-01-01", "", "1"),
    ("2", "Bob", "2020-01-02", "true", "2"),
    ("3", "NA", "2020-01-03", "no", "1"),
]
LATER = ("4", "Dee", "2020-02-01", "", "1")
Maker = Callable[[Path, list[tuple[str, ...]]], SourceSettings]


def csv_source(root: Path, rows: list[tuple[str, ...]]) -> SourceSettings:
    """A CSV file."""
    (root / "people.csv").write_text("\n".join(",".join(row) for row in [COLUMNS, *rows]) + "\n")
    return SourceSettings(path="people.csv", key="id", version="v", observed_at="seen", deleted="gone")


def sqlite_source(root: Path, rows: list[tuple[str, ...]]) -> SourceSettings:
    """A table of a SQLite database, whose columns hold what they like."""
    path = root / "people.db"
    path.unlink(missing_ok=True)
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE people (id INTEGER, name TEXT, seen TEXT, gone, v INTEGER)")
        database.executemany("INSERT INTO people VALUES (?, ?, ?, nullif(?, ''), ?)", rows)
    database.close()
    url = "sqlite:///people.db"
    return SourceSettings(
        type="sql", url=url, table="people", key="id", version="v", observed_at="seen", deleted="gone"
    )


def postgres_binaries() -> Path | None:
    """Where PostgreSQL's own programs are."""
    found = shutil.which("initdb")
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return Path(found).parent if found else next(iter(folders), None)


@contextmanager
def postgres(folder: Path) -> Generator[Path]:
    """A private cluster that answers on a socket in the folder."""
    binaries = postgres_binaries()
    if binaries is None:
        pytest.skip("PostgreSQL is not installed")
    data = folder / "data"
    # The server refuses to run as root.
    user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    if user:
        shutil.chown(folder, "postgres")
        for parent in folder.parents:
            if parent.stat().st_uid == 0 and parent != Path("/"):
                parent.chmod(parent.stat().st_mode | 0o011)

    def call(*arguments: str) -> None:
        subprocess.run([*user, *arguments], check=True, capture_output=True, cwd="/")

    call(str(binaries / "initdb"), "-D", str(data), "-U", "postgres", "-A", "trust", "--no-sync")
    options = f"-k {folder} -c listen_addresses='' -c fsync=off"
    call(str(binaries / "pg_ctl"), "-D", str(data), "-o", options, "-l", str(folder / "log"), "-w", "start")
    try:
        yield folder
    finally:
        call(str(binaries / "pg_ctl"), "-D", str(data), "-m", "immediate", "stop")


def postgres_source(rows: list[tuple[str, ...]], socket: Path) -> SourceSettings:
    """A table of a PostgreSQL database."""
    import adbc_driver_postgresql.dbapi as driver

    url = f"postgresql://postgres@/postgres?host={socket}"
    with driver.connect(url) as database, database.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS people")
        cursor.execute("CREATE TABLE people (id INTEGER, name TEXT, seen DATE, gone TEXT, v BIGINT)")
        for row in rows:
            cursor.execute(
                f"INSERT INTO people VALUES ({row[0]}, '{row[1]}', '{row[2]}', nullif('{row[3]}', ''), {row[4]})"
            )
        database.commit()
    return SourceSettings(
        type="sql", url=url, table="people", key="id", version="v", observed_at="seen", deleted="gone"
    )


@pytest.fixture(params=["csv", "sqlite", pytest.param("postgres", marks=pytest.mark.slow)])
def maker(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Maker]:
    """Makes a source of rows, in each kind of place."""
    if request.param != "postgres":
        yield {"csv": csv_source, "sqlite": sqlite_source}[request.param]
        return
    with postgres(tmp_path_factory.mktemp("pg")) as socket:
        yield lambda _, rows: postgres_source(rows, socket)


def given(source: Source, since: str | None = None) -> tuple[list[tuple[str, object, object]], str]:
    """What a source gives: operation, key and version of each row; and its last watermark."""
    found: list[tuple[str, object, object]] = []
    mark = ""
    for batch in source.batches(since):
        versions = batch.versions.to_pylist() if batch.versions is not None else [None] * batch.rows.num_rows
        keys = batch.rows.column("id").to_pylist()
        found += [(batch.operation, key, version) for key, version in zip(keys, versions, strict=True)]
        mark = batch.watermark
    return sorted(found, key=lambda row: str(row[1])), mark


def test_rows_come_with_operation_and_version(maker: Maker, tmp_path: Path) -> None:
    """A row that is marked deleted is a delete; each carries the source's version; NA is a name."""
    source = open_source("s", maker(tmp_path, ROWS), tmp_path)
    rows, _ = given(source)
    assert rows == [("upsert", "1", 1), ("delete", "2", 2), ("upsert", "3", 1)]
    names = [name for batch in source.batches(None) for name in batch.rows.column("name").to_pylist()]
    assert sorted(names) == ["Ann", "Bob", "NA"]


def test_the_watermark_goes_on_from_where_it_was(maker: Maker, tmp_path: Path) -> None:
    """Nothing new gives nothing; a later row is given."""
    settings = maker(tmp_path, ROWS)
    _, mark = given(open_source("s", settings, tmp_path))
    assert given(open_source("s", settings, tmp_path), mark)[0] == []
    rows, _ = given(open_source("s", maker(tmp_path, [*ROWS, LATER]), tmp_path), mark)
    assert ("upsert", "4", 1) in rows


def test_a_version_that_is_no_number_is_rejected(tmp_path: Path) -> None:
    """The row is named, and the others come."""
    source = open_source("s", csv_source(tmp_path, [*ROWS, ("5", "Eve", "2020-01-05", "", "two")]), tmp_path)
    batches = list(source.batches(None))
    assert sum(batch.rows.num_rows for batch in batches) == 3
    (reject,) = [one for batch in batches for one in batch.rejects.to_pylist()]
    assert (reject["line"], reject["field"], reject["value"]) == (5, "v", "two")


@pytest.mark.parametrize(
    ("settings", "error", "says"),
    [
        (SourceSettings(), BadInputError, "has no path"),
        (SourceSettings(type="sql", url="sqlite:///x.db"), BadInputError, "a table or a query"),
        (SourceSettings(type="sql", url="sqlite:///x.db", table="t"), MissingError, "no database x.db"),
        (SourceSettings(type="sql", url="mysql://x", table="t"), BadInputError, "no database we read"),
        (SourceSettings(path="nothing.csv"), MissingError, "No file is at nothing.csv"),
    ],
)
def test_a_source_that_is_not_there_says_so(
    tmp_path: Path, settings: SourceSettings, error: type[Exception], says: str
) -> None:
    """The message names what is missing and where to mend it."""
    with pytest.raises(error, match=says):
        list(open_source("s", settings, tmp_path).batches(None))


def test_a_refused_query_is_bad_input(tmp_path: Path) -> None:
    """A database's refusal comes as ours, without its rows."""
    settings = sqlite_source(tmp_path, ROWS)
    wrong = SourceSettings(type="sql", url=settings.url, query="SELECT nothing FROM people")
    with pytest.raises(BadInputError, match="refuses the source's query"):
        list(open_source("s", wrong, tmp_path).batches(None))
