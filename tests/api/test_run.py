"""A run: all or nothing, again is safe, the same everywhere."""

import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from api.cli.status_command import status_command
from api.run import STAGES, RunSummary, Workspace, journal, run_workspace
from api.run.graph_stage import projected
from api.run.settings import written_settings
from core.errors import RetryableError
from core.installed import digest_of
from graph.check import check
from tests.api.workspaces import write_workspace

NOW = datetime(2026, 6, 1, tzinfo=UTC)
LATER = datetime(2026, 6, 2, tzinfo=UTC)
LATEST = datetime(2026, 6, 3, tzinfo=UTC)
KILLS = 2
SHOWN_URL = "postgresql://…"


def run(root: Path, now: datetime = NOW) -> dict[str, object]:
    """Run the workspace and give what is worth comparing."""
    with Workspace.open(root) as workspace:
        summary = run_workspace(workspace, now=now)
        return {"published": summary.published, "snapshot": summary.snapshot, "counts": dict(summary.counts)}


def content(root: Path, *, without: tuple[str, ...] = ()) -> dict[str, str]:
    """SHA-256 of every file of the workspace but the timings."""
    files = [path for path in root.rglob("*") if path.is_file() and path.name not in ("timings.json", ".lock")]
    kept = [path for path in files if path.relative_to(root).parts[0] not in without]
    return {str(path.relative_to(root)): hashlib.sha256(path.read_bytes()).hexdigest() for path in kept}


def rows(root: Path, query: str) -> list[tuple[Any, ...]]:
    """Ask the newest snapshot."""
    with Workspace.open(root) as workspace, workspace.lake.connect(workspace.newest()) as lake:
        return lake.execute(query).fetchall()


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace after its first run; tests copy it or only read it."""
    root = write_workspace(tmp_path_factory.mktemp("first") / "ws")
    run(root)
    return root


def without_clinic(first: Path, folder: Path) -> Path:
    """A copy of the workspace whose settings name no clinic any more."""
    root = Path(shutil.copytree(first, folder / "ws"))
    settings = (root / "c360.toml").read_text(encoding="utf-8")
    begin, end = (settings.index(f"[sources.{name}]") for name in ("clinic", "orders"))
    (root / "c360.toml").write_text(settings[:begin] + settings[end:], encoding="utf-8")
    return root


def test_the_status_names_a_source_that_is_gone(
    first: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What was taken out of the settings is told with what is kept of it, before a run and as JSON; else nothing is."""
    root = without_clinic(first, tmp_path)
    capsys.readouterr()
    status_command(workspace=root)
    assert "Gone: clinic: c360.toml no longer has this source" in " ".join(capsys.readouterr().out.split())
    told: list[object] = []
    for place in (root, first):
        status_command(workspace=place, json=True)
        told.append(json.loads(capsys.readouterr().out)["gone"])
    assert told == [[{"source": "clinic", "records": 30, "events": 0}], []]


def test_a_source_taken_out_of_the_settings_is_named(first: Path, tmp_path: Path) -> None:
    """The run after says whose records it keeps all the same, and how many."""
    root = without_clinic(first, tmp_path)
    with Workspace.open(root) as workspace:
        notes = run_workspace(workspace, now=LATER).notes
    assert any(
        note.startswith("clinic: c360.toml no longer has this source; what it gave is kept: 30 records.")
        for note in notes
    )


def test_records_of_one_person_become_one_entity(first: Path) -> None:
    """Sixty people, thirty of them in the clinic too under a misspelt name, are sixty people and one stranger."""
    assert rows(first, "SELECT count(*) FROM entities") == [(61,)]
    pairs = rows(first, "SELECT count(*) FROM (SELECT entity_id FROM members GROUP BY 1 HAVING count(*) = 2)")
    assert pairs == [(30,)]


def test_the_report_of_a_run_says_its_settings_and_whom_to_review(first: Path) -> None:
    """The page names the workspace, what was set or chosen, and doubtful people."""
    (report,) = first.glob("runs/*/report.html")
    page = report.read_text()
    assert "Who is who in test" in page
    assert "chosen from the data" in page
    assert 'id="review"' in page


def test_a_bad_row_is_rejected_and_nothing_else_is_lost(first: Path) -> None:
    """The order without a readable time is in the rejects with its line and reason; every other order is an event."""
    rejected = rows(first, "SELECT file, line, field FROM rejects")
    assert [(Path(str(file)).name, field) for file, _, field in rejected] == [("orders.csv", "at")]
    orders = (first / "sources" / "orders.csv").read_text().count("\n") - 2
    assert rows(first, "SELECT count(*) FROM events") == [(orders,)]


def test_what_no_mapping_names_is_kept(first: Path) -> None:
    """An unmapped column is in `extra`."""
    assert rows(first, "SELECT extra['shoe_size'] FROM records WHERE record_id = 'crm:3'") in ([("39",)], [(["39"],)])


def test_why_there_are_no_personas_is_kept(first: Path) -> None:
    """The snapshot says why the run found none."""
    reason = "There are fewer than 100 people with known behaviour."
    assert rows(first, "SELECT found, reason FROM persona_search") == [(0, reason)]


def test_running_twice_changes_nothing(first: Path) -> None:
    """The second run publishes no snapshot and writes nothing, to lake or graph."""
    before = content(first)
    assert run(first, LATER)["published"] is False
    assert content(first) == before


def test_equal_inputs_are_byte_equal(first: Path, tmp_path: Path) -> None:
    """Two workspaces with the same key, sources and clock are equal to the byte."""
    other = write_workspace(tmp_path / "elsewhere")
    run(other)
    assert content(other) == content(first)


def test_ids_stay_and_the_log_says_what_changed(tmp_path: Path) -> None:
    """After a correction and a deletion ids stay; the deleted leaves entities and graph and stays in history."""
    root = write_workspace(tmp_path / "ws")
    run(root)
    before: dict[str, str] = dict(rows(root, "SELECT record_id, entity_id FROM members"))
    write_workspace(root, corrected=True, deleted=(5,))
    assert run(root, LATER)["published"] is True
    after: dict[str, str] = dict(rows(root, "SELECT record_id, entity_id FROM members"))
    assert set(before) - set(after) == {"crm:5"}
    assert set(after) - set(before) == {"email:fatima.quispe5@mail.example"}, (
        "the orders of the deleted are nobody's now"
    )
    assert all(after[record] == before[record] for record in set(after) & set(before))
    changes = rows(root, "SELECT change, cause FROM identity_log WHERE record_id = 'crm:5' ORDER BY known_from")
    assert [change for change, _ in changes][-1] == "left"
    assert rows(root, "SELECT count(*) FROM records WHERE record_id = 'crm:5' AND deleted_at IS NOT NULL") == [(1,)]
    with Workspace.open(root) as workspace:
        graph = workspace.graph()
        assert graph.run(graph.g().V(before["crm:5"]).count()) == [0]


def test_who_is_merged_and_parted_again_leaves_no_run_stuck(tmp_path: Path) -> None:
    """A person of the graph becomes a former one when a correction merges two, and a person again when it is undone."""
    root = write_workspace(tmp_path / "ws")
    people = root / "sources" / "crm.csv"
    run(root)
    before = people.read_text(encoding="utf-8")
    header, first, second, *others = before.splitlines()
    key = second.split(",")[0]
    merged = ",".join([key, *first.split(",")[1:]])
    for text, now in ((merged, LATER), (second, LATEST)):
        people.write_text("\n".join([header, first, text, *others]) + "\n", encoding="utf-8")
        run(root, now)
        with Workspace.open(root) as workspace:
            graph = workspace.graph()
            assert graph.snapshot() == workspace.newest().id
            former = graph.run(graph.g().V().has_label("FormerPerson").id_())
            living = graph.run(graph.g().V().has_label("Person").id_())
            assert not {*former} & {*living}
            assert former


def test_a_source_that_is_added_joins_those_who_are_there(tmp_path: Path) -> None:
    """The ids of the others stay, its records join them, and the log says which are new."""
    root = write_workspace(tmp_path / "ws")
    settings = (root / "c360.toml").read_text(encoding="utf-8")
    clinic, orders = settings.index("[sources.clinic]"), settings.index("[sources.orders]")
    (root / "c360.toml").write_text(settings[:clinic] + settings[orders:], encoding="utf-8")
    run(root)
    before: dict[str, str] = dict(rows(root, "SELECT record_id, entity_id FROM members"))
    (root / "c360.toml").write_text(settings, encoding="utf-8")
    run(root, LATER)
    after: dict[str, str] = dict(rows(root, "SELECT record_id, entity_id FROM members"))
    assert {record: after[record] for record in before} == before
    new = sorted(set(after) - set(before))
    assert new
    assert all(record.startswith("clinic:") for record in new)
    log = rows(root, "SELECT record_id, change, cause FROM identity_log WHERE known_from > '2026-06-01' ORDER BY ALL")
    assert [entry for entry in log if entry[0]] == [(record, "joined", "new_record") for record in new]


KILLED = """
import os, signal, sys, time
from datetime import datetime
from pathlib import Path
from api.cli.status_command import status_command
from api.run import STAGES, Workspace, run_workspace

def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

names = [stage.__name__ for stage in STAGES]
def told(stage):
    def run(state):
        print(stage.__name__, flush=True)
        return stage(state)
    run.__name__ = stage.__name__
    return run

with Workspace.open(Path(sys.argv[1])) as workspace:
    stages = STAGES
    if sys.argv[2] == "told":
        stages = (*map(told, STAGES), lambda _: time.sleep(600))
    elif sys.argv[2] in names:
        stages = (*STAGES[: names.index(sys.argv[2]) + 1], die)
    else:
        setattr(type(workspace.graph()), sys.argv[2], die)
    run_workspace(workspace, now=datetime.fromisoformat(sys.argv[3]), stages=stages)
"""


def kill(root: Path, place: str, now: datetime) -> None:
    """Run the workspace and kill the run after a stage, or when it calls a method of the graph store."""
    command = [sys.executable, "-c", KILLED, str(root), place, now.isoformat()]
    killed = subprocess.run(command, env=os.environ, check=False)
    assert killed.returncode == -signal.SIGKILL


def kill_within(root: Path, stage: str, seconds: float) -> None:
    """Run the workspace in a child process, and kill it so long after it has begun a stage."""
    command = [sys.executable, "-c", KILLED, str(root), "told", NOW.isoformat()]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        assert stage in (line.strip() for line in child.stdout), "the run ended before that stage"
        time.sleep(seconds)
        child.kill()
    assert child.returncode == -signal.SIGKILL


def elements(root: Path) -> tuple[object, ...]:
    """The snapshot that the graph shows, and a hash of all that it says of it, label by label."""
    with Workspace.open(root) as workspace:
        store, newest = workspace.graph(), workspace.newest()
        checks = check(store, projected(workspace, newest))
        assert [one for one in checks if not one.equal] == []
        return store.snapshot(), checks


def ends_as(root: Path, untouched: Path) -> bool:
    """Run a workspace once more: whether that ends in the bytes and the graph of a run that was left alone."""
    ended = run(root, NOW)
    assert ended["published"] is True
    assert elements(root) == elements(untouched)
    return content(root, without=("graph",)) == content(untouched, without=("graph",))


QUICKLY = ("ingest_sources", "unify_entities", "publish", "load_graph")
"""What they leave is staged, drafted, published and loaded; kills after the others are in `make test-all`."""
PLACES = [pytest.param(stage.__name__, marks=[] if stage.__name__ in QUICKLY else pytest.mark.slow) for stage in STAGES]


@pytest.mark.parametrize("place", PLACES)
def test_a_killed_run_ends_the_same(first: Path, tmp_path: Path, place: str) -> None:
    """Kill -9 after any stage and a second run give the bytes and the graph of a run that was left alone."""
    root = write_workspace(tmp_path / "ws")
    kill(root, place, NOW)
    assert ends_as(root, first)


@pytest.mark.slow
@pytest.mark.parametrize("stage", [stage.__name__ for stage in STAGES])
def test_a_run_killed_amid_a_stage_ends_the_same(first: Path, tmp_path: Path, stage: str) -> None:
    """Kill -9 at a random instant of any stage and a second run give the same end, though it happens twice."""
    (timings,) = first.glob("runs/*/timings.json")
    seconds = json.loads(timings.read_bytes())[stage]
    root, chance = write_workspace(tmp_path / "ws"), random.Random(stage)
    for _ in range(KILLS):
        kill_within(root, stage, chance.random() * seconds)
    assert ends_as(root, first)


def test_what_a_killed_run_left_is_ended_before_the_next(first: Path, tmp_path: Path) -> None:
    """A run killed before it deletes from the graph is ended, and what has changed since is taken in by a second."""
    root = Path(shutil.copytree(first, tmp_path / "ws"))
    write_workspace(root, deleted=(5,))
    kill(root, "apply", LATER)
    write_workspace(root, deleted=(5, 7))
    assert run(root, LATEST)["published"] is True
    summaries = [json.loads(path.read_bytes()) for path in root.glob("runs/*/summary.json")]
    days = {one["at"][:10]: one["snapshot"] for one in summaries}
    assert sorted(days) == ["2026-06-01", "2026-06-02", "2026-06-03"]
    assert elements(root)[0] == days["2026-06-03"]


def test_a_run_keeps_its_rejects_and_settings(first: Path) -> None:
    """The folder of a run holds the row that was set aside and c360.toml as it was written."""
    (folder,) = first.glob("runs/run_*")
    assert pq.read_table(folder / "rejects.parquet").column("field").to_pylist() == ["at"]
    settings = json.loads((folder / "summary.json").read_bytes())["settings"]
    assert settings == tomllib.loads((first / "c360.toml").read_text(encoding="utf-8"))


def test_a_finished_run_leaves_no_file_half_written(tmp_path: Path) -> None:
    """What a killed run was writing into its folder goes when the run is ended."""
    (tmp_path / "so_far.json").write_text('{"counts": {}, "notes": [], "settings": {}}')
    (tmp_path / ".so_far.json.4711.part").write_text("{")
    summary = RunSummary(
        run_id="run_1", at=NOW, snapshot="snap_1", published=True, counts={}, seconds={}, notes=(), folder=tmp_path
    )
    journal.finish(tmp_path, summary)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["summary.json", "timings.json"]


@given(secret=st.text(st.characters(min_codepoint=33, max_codepoint=126, exclude_characters="'")))
@example(secret="a@b?c://")
def test_kept_settings_hold_no_password(tmp_path_factory: pytest.TempPathFactory, secret: str) -> None:
    """A password in an address is left out, and an environment variable stays a name."""
    root = tmp_path_factory.mktemp("ws")
    url = f"postgresql://me:{secret}@db.example/shop?password={secret}"
    (root / "c360.toml").write_text(f"[a]\nurl = '{url}'\nlist = ['{url}', '${{NAME}}']\n", encoding="utf-8")
    assert written_settings(root) == {"a": {"url": SHOWN_URL, "list": [SHOWN_URL, "${NAME}"]}}


def test_the_code_is_named_by_its_sources(tmp_path: Path) -> None:
    """Equal sources have one name, wherever they lie; a changed file, or a new name for it, gives another."""
    for folder in ("one", "two"):
        (tmp_path / folder / "pkg" / "__pycache__").mkdir(parents=True)
        (tmp_path / folder / "pkg" / "a.py").write_text("x = 1\n")
    (tmp_path / "two" / "pkg" / "__pycache__" / "a.pyc").write_bytes(b"compiled")
    one, two = ([tmp_path / folder / "pkg"] for folder in ("one", "two"))
    assert digest_of(one) == digest_of(two)
    (tmp_path / "one" / "pkg" / "a.py").write_text("x = 2\n")
    (tmp_path / "two" / "pkg" / "a.py").rename(tmp_path / "two" / "pkg" / "b.py")
    assert len({digest_of(one), digest_of(two), digest_of(())}) == 3


def test_a_run_says_what_changed(first: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Other code is a reason for a new snapshot though no source changed, and the run names it."""
    root = Path(shutil.copytree(first, tmp_path / "ws"))
    monkeypatch.setattr("api.run.stages.CODE", ())
    with Workspace.open(root) as workspace:
        summary = run_workspace(workspace, now=LATER, stages=STAGES[:1])
    assert "Changed since the last run: code." in summary.notes


def test_two_runs_do_not_meet(first: Path) -> None:
    """A second run waits for its turn: it is told so, and nothing happens."""
    with Workspace.open(first) as workspace, workspace.locked(), pytest.raises(RetryableError):
        run(first)
