"""What was committed survives: kills at random moments, torn and cut files, a full disk."""

import random
import resource
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import closing, contextmanager
from pathlib import Path

import pyarrow as pa
import pytest

from core.errors import BrokenError, ConflictError, RetryableError
from graph.contract import VertexBatch
from graph.embedded.storage import files
from graph.stores.embedded import EmbeddedStore
from tests.graph.embedded_graphs import modern, open_with

WRITER = """
import sys
from pathlib import Path
import pyarrow as pa
from gremlin_python.process.traversal import T
from graph.contract import VertexBatch
from graph.embedded.storage import database
from graph.stores.embedded import EmbeddedStore
database.FOLD_AT = 6
store = EmbeddedStore(Path(sys.argv[1]))
print("ready", flush=True)
for round in range(int(sys.argv[2]), 10**6):
    table = pa.table({"id": [f"v{n}" for n in range(3000)], "round": [round] * 3000})
    store.load([VertexBatch(label="v", table=table)])
    transaction = store.g().tx()
    g = transaction.begin()
    for label in ("mark", "twin"):
        g.add_v(label).property(T.id, f"{label}{round}").property("round", round).iterate()
    transaction.commit()
    for number in range(4):
        store.g().merge_v({T.id: f"n{number}", T.label: "number"}).property("round", round).iterate()
"""


def killed_while_writing(directory: Path, first: int, after_s: float) -> None:
    """Kill a writing process after so many seconds."""
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(directory), str(first)],
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    )
    assert writer.stdout is not None
    assert writer.stdout.readline() == b"ready\n"
    time.sleep(after_s)
    writer.send_signal(signal.SIGKILL)
    writer.wait()
    writer.stdout.close()


def crash_rounds(directory: Path, rounds: int, seed: int) -> None:
    """Kill writers again and again, amid loads, transactions, upserts and folding, and look each time."""
    chance = random.Random(seed)
    floor = 0
    for _ in range(rounds):
        killed_while_writing(directory, floor, chance.random() * 0.4)
        store = EmbeddedStore(directory)
        g = store.g()
        marks = sorted(g.V().has_label("mark").values("round").to_list())
        assert marks == list(range(len(marks)))
        assert sorted(g.V().has_label("twin").values("round").to_list()) == marks
        assert len(marks) >= floor
        assert g.V().has_label("v").values("round").dedup().to_list() in ([], [len(marks) - 1], [len(marks)])
        upserted = g.V().has_label("number").values("round").to_list()
        assert all(0 <= number < len(marks) for number in upserted)
        floor = len(marks)
        store.close()


def test_a_kill_leaves_the_old_or_the_new_state(tmp_path: Path) -> None:
    """After kill -9 in the midst of writing, every write is there whole or not at all, and none is lost."""
    crash_rounds(tmp_path, 8, seed=1)


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_a_hundred_kills(tmp_path: Path) -> None:
    """The same, a hundred times."""
    crash_rounds(tmp_path, 100, seed=2)


def content(directory: Path) -> list[str]:
    """All that a store holds."""
    store = EmbeddedStore(directory)
    try:
        g = store.g()
        return sorted(map(str, [*g.V().element_map().to_list(), *g.E().element_map().to_list()]))
    finally:
        store.close()


def written(directory: Path) -> bytes:
    """The bytes of a graph with bulk and single writes."""
    store = open_with(directory, modern())
    store.g().V("marko").property("age", 30).iterate()
    store.close()
    return (directory / "graph.db").read_bytes()


def is_refused(directory: Path, data: bytes, wanted: list[str]) -> bool:
    """Whether a file of these bytes is refused with a remedy; if not, it holds what is wanted."""
    (directory / "graph.db").write_bytes(data)
    try:
        found = content(directory)
    except (BrokenError, ConflictError) as error:  # the latter where the number of its format is spoilt
        return "c360 run" in error.remedy
    assert found == wanted
    return False


def test_a_file_that_is_no_graph_is_refused(tmp_path: Path) -> None:
    """It says how to get one."""
    (tmp_path / "graph.db").write_bytes(b"not a graph" * 1000)
    with pytest.raises(BrokenError, match="c360 run"):
        EmbeddedStore(tmp_path)


def test_a_cut_file_is_refused(tmp_path: Path) -> None:
    """Whatever is missing at its end, it is never read as a smaller graph; empty pages may be missing."""
    data = written(tmp_path / "good")
    wanted = content(tmp_path / "good")
    (tmp_path / "cut").mkdir()
    refused = [is_refused(tmp_path / "cut", data[: len(data) * part // 20], wanted) for part in range(1, 20)]
    assert sum(refused) > len(refused) // 2


def torn(directory: Path, times: int, seed: int) -> int:
    """Spoil sixteen bytes that hold something, so many times; how many of the files were refused."""
    data = written(directory / "good")
    wanted = content(directory / "good")
    (directory / "torn").mkdir()
    chance = random.Random(seed)
    places = [place for place in range(len(data) - 16) if data[place : place + 16].strip(b"\0")]
    refused = 0
    for _ in range(times):
        place = chance.choice(places)
        spoilt = data[:place] + chance.randbytes(16) + data[place + 16 :]
        refused += is_refused(directory / "torn", spoilt, wanted)
    return refused


def test_a_torn_file_is_refused_or_right(tmp_path: Path) -> None:
    """Spoilt bytes are found out, or lie where there was nothing."""
    assert torn(tmp_path, 60, seed=3) > 0


def test_a_torn_schema_is_refused(tmp_path: Path) -> None:
    """Also where the names of the tables are no text any more."""
    data = written(tmp_path / "good")
    wanted = content(tmp_path / "good")
    (tmp_path / "torn").mkdir()
    spoilt = data.replace(b"CREATE TABLE", b"CREATE \x9a\xff\x9a\xff\x9a")
    assert is_refused(tmp_path / "torn", spoilt, wanted)


def test_a_column_without_one_of_its_parts_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the graph is opened: its other parts are whole, so no checksum tells."""
    monkeypatch.setattr(files, "PART_ROWS", 2)
    written(tmp_path)
    with closing(sqlite3.connect(tmp_path / "graph.db")) as file, file:
        assert file.execute("DELETE FROM part WHERE name = 'p:name' AND number = 1").rowcount
    with pytest.raises(BrokenError, match="c360 run"):
        EmbeddedStore(tmp_path)


def exchange_names(directory: Path) -> None:
    """Put a whole column of two rows, with its checksum, in the place of one of four."""
    taken = "SELECT crc, data FROM part JOIN frame ON frame.number = part.frame"
    with closing(sqlite3.connect(directory / "graph.db")) as file, file:
        short = file.execute(f"{taken} WHERE frame.label = 'software' AND name = 'p:name'").fetchone()
        person = "SELECT number FROM frame WHERE label = 'person'"
        put = f"UPDATE part SET crc = ?, data = ? WHERE name = 'p:name' AND frame = ({person})"
        assert file.execute(put, short).rowcount == 1


def test_another_column_in_the_place_of_one_is_refused(tmp_path: Path) -> None:
    """When the graph is opened, though the data is whole."""
    written(tmp_path)
    exchange_names(tmp_path)
    with pytest.raises(BrokenError, match="c360 run"):
        EmbeddedStore(tmp_path)


def test_a_column_that_changes_under_an_open_graph_is_refused(tmp_path: Path) -> None:
    """When it is read, by its number of rows."""
    written(tmp_path)
    store = EmbeddedStore(tmp_path)
    exchange_names(tmp_path)
    with pytest.raises(BrokenError, match="c360 run"):
        store.g().V().values("name").to_list()
    store.close()


@pytest.mark.slow
def test_two_thousand_torn_files(tmp_path: Path) -> None:
    """The same, often."""
    assert torn(tmp_path, 2000, seed=4) > 1000


@contextmanager
def no_file_larger_than(size: int) -> Generator[None]:
    """A disk on which files grow to this many bytes and no further."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_full_disk_keeps_what_was_there(tmp_path: Path) -> None:
    """The write is refused whole, says so, and succeeds when there is room."""
    store = open_with(tmp_path, modern())
    chance = random.Random(1)
    texts = [chance.randbytes(20).hex() for _ in range(20_000)]
    table = pa.table({"id": [f"x{n}" for n in range(len(texts))], "text": texts})
    batch = VertexBatch(label="x", table=table)
    with no_file_larger_than(300_000), pytest.raises(RetryableError, match="room"):
        store.load([batch])
    assert store.g().V().count().next() == 6
    assert store.load([batch]).vertices_written == len(texts)
    store.close()
    assert len(content(tmp_path)) == len(texts) + 12
