"""The ledger: appended, never changed, and it shows when someone tried."""

import sqlite3
import threading
from pathlib import Path

import pytest

from core.errors import BrokenError
from lake.ledger import Ledger


def test_entries_come_back_in_order(tmp_path: Path) -> None:
    """What was appended is read in the same order, stream by stream, also after reopening."""
    ledger = Ledger(tmp_path / "ledger.db")
    places = [ledger.append("audit", {"n": n}) for n in range(3)]
    ledger.append("keys", {"n": 9})
    ledger.close()
    ledger = Ledger(tmp_path / "ledger.db")
    assert places == [1, 2, 3]
    assert [entry.entry["n"] for entry in ledger.entries("audit", after=1)] == [1, 2]
    assert ledger.verify("audit") == 3


@pytest.mark.parametrize("change", ["UPDATE entries SET entry = '{}'", "DELETE FROM entries"])
def test_entries_cannot_be_changed(tmp_path: Path, change: str) -> None:
    """The database itself refuses to change or remove an entry."""
    Ledger(tmp_path / "ledger.db").append("audit", {"n": 1})
    with (
        sqlite3.connect(tmp_path / "ledger.db") as database,
        pytest.raises(sqlite3.IntegrityError, match="append-only"),
    ):
        database.execute(change)
    database.close()


@pytest.mark.parametrize(
    "change", ["UPDATE entries SET entry = '{}' WHERE seq = 2", "DELETE FROM entries WHERE seq = 2"]
)
def test_a_forged_entry_shows(tmp_path: Path, change: str) -> None:
    """Who drops the triggers and changes an entry breaks the chain at that place."""
    ledger = Ledger(tmp_path / "ledger.db")
    ledger.append_all("audit", [{"n": n} for n in range(3)])
    with sqlite3.connect(tmp_path / "ledger.db") as database:
        database.executescript(f"DROP TRIGGER entries_stay; DROP TRIGGER entries_last; {change};")
    database.close()
    with pytest.raises(BrokenError) as caught:
        ledger.verify("audit")
    assert caught.value.facts["entry"] == 2


def test_threads_append_one_chain(tmp_path: Path) -> None:
    """Entries of several threads stand in one unbroken chain."""
    ledger = Ledger(tmp_path / "ledger.db")
    threads = [threading.Thread(target=lambda: [ledger.append("audit", {}) for _ in range(10)]) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert ledger.verify("audit") == 40
