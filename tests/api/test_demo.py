"""The demo runs the whole engine on a made-up company and says what it found in words anybody understands."""

import io
import re
from pathlib import Path
from typing import Any, Final

import msgspec
import pyarrow.parquet as pq
import pytest
from rich.console import Console

from api.demo.findings import Findings
from api.demo.making import make_workspace
from api.demo.running import run_demo
from api.demo.segments import EXPORTED, SEGMENTS
from api.demo.settings_text import DEMO_SETTINGS
from api.demo.summary import summary
from api.graphql import answer
from api.policy import Caller, Role
from api.run import Workspace
from api.run.settings import WorkspaceSettings
from api.server.engine import engine_of
from core.errors import ConflictError
from core.settings import parse_settings
from insight.segments import parse

README: Final = Path(__file__).parents[2] / "README.md"


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Findings]:
    """A demo of 300 people, run."""
    root = tmp_path_factory.mktemp("demo") / "demo"
    return root, run_demo(root, 300)


def test_the_people_found_are_nearly_all_right(ran: tuple[Path, Findings]) -> None:
    """On 300 people nine in ten pairs put together are right, and nine in ten that belong together are found."""
    agreement = ran[1].agreement
    assert agreement.people == 300
    assert agreement.precision > 0.9
    assert agreement.recall > 0.9


def test_every_good_row_comes_in_and_every_bad_one_is_set_aside(ran: tuple[Path, Findings]) -> None:
    """All records of the truth are records of the lake; of the planted bad rows most are set aside, with a reason."""
    root, findings = ran
    assert findings.records == pq.read_metadata(root / "truth/people.parquet").num_rows
    assert sum(source.rejects for source in findings.sources) >= 12
    assert findings.problems
    assert all(row.reason for row in findings.problems)


def test_unclaimed_devices_stay_apart_and_claimed_ones_follow(ran: tuple[Path, Findings]) -> None:
    """Some devices belong to nobody; some events came before their owner was known, and are theirs."""
    assert ran[1].anonymous > 0
    assert ran[1].claimed > 50


def test_every_segment_holds_somebody_but_not_everybody(ran: tuple[Path, Findings]) -> None:
    """The demo's segments are worth looking at."""
    assert [group.name for group in ran[1].segments] == list(SEGMENTS)
    assert all(0 < group.people < ran[1].people for group in ran[1].segments)


def test_the_story_shows_no_full_name_and_no_contact(ran: tuple[Path, Findings]) -> None:
    """One person's records come from several sources, and whatever could name them is masked."""
    story = ran[1].story
    assert len({record.source for record in story.records}) >= 3
    assert story.moments
    shown = msgspec.json.encode(story).decode().lower()
    assert "@" not in shown.replace("•••@", "")
    names, contacts = _known_of(ran[0], story.entity_id)
    assert len(names) >= 2
    assert len(contacts) >= 2
    assert sorted(name for name in names if re.search(rf"\b{re.escape(name)}\b", shown)) == []
    assert sorted(contact for contact in contacts if contact in shown) == []


def _known_of(root: Path, entity: str) -> tuple[set[str], set[str]]:
    """Names of more than a letter, and contacts and numbers of a person: golden, of each record, and as written."""
    mine = """SELECT {0} FROM entities WHERE entity_id = $id UNION ALL
        SELECT {1} FROM records JOIN members USING (record_id) WHERE entity_id = $id"""
    names = "given_name, middle_name, family_name"
    contacts = "list_concat(emails, phones, list_transform(phones, lambda one: one[-7:]))"
    with Workspace.open(root) as workspace, workspace.lake.connect(workspace.newest()) as lake:
        named = lake.execute(mine.format(names, names), {"id": entity}).fetchall()
        query = mine.format(contacts, f"list_concat({contacts}, map_values(original))")
        reached = {
            str(value).lower() for (row,) in lake.execute(query, {"id": entity}).fetchall() for value in row or ()
        }
    numbers = {value for value in reached if "@" in value or len(re.sub(r"\D", "", value)) >= 7}
    return {str(name) for row in named for name in row if name is not None and len(name) > 1}, numbers


def test_the_readmes_document_is_answered_as_it_shows(ran: tuple[Path, Findings]) -> None:
    """What the README asks of the demo as a marketer has an answer of the shape that the README shows, and no error."""
    blocks = dict(re.findall(r"(?ms)^```(graphql|json)\n(.*?)^```$", README.read_text(encoding="utf-8")))
    caller = Caller(key_id="0" * 12, role=Role.MARKETER, purpose="marketing")
    with Workspace.open(ran[0]) as workspace:
        found = answer(engine_of(workspace), caller, blocks["graphql"])
    assert _alike(msgspec.json.decode(blocks["json"]), found)
    assert msgspec.json.decode(msgspec.json.encode(found), type=dict[str, Any])["data"]["customers"]["edges"]


def _alike(shown: Any, found: Any) -> bool:
    """Whether both have the same keys, and lists and values of the same kinds; anything may be unknown."""
    kinds: set[object] = {type(shown), type(found)}
    if kinds == {dict}:
        return shown.keys() == found.keys() and all(_alike(shown[key], found[key]) for key in shown)
    if kinds == {list}:
        return all(_alike(shown[0], one) for one in found)
    return found is None or len(kinds) == 1


def test_the_summary_can_be_read_on_a_narrow_screen(ran: tuple[Path, Findings]) -> None:
    """Everything prints within 80 columns, and names what a marketer looks for."""
    console = Console(width=80, record=True, file=io.StringIO())
    for part in summary(ran[1]):
        console.print(part)
    text = console.export_text()
    assert max(map(len, text.splitlines())) <= 80
    assert all(
        word in text for word in ("What came in", "From records to people", "Segments", EXPORTED, "Where things are")
    )


def test_the_summary_speaks_to_a_marketer(ran: tuple[Path, Findings]) -> None:
    """No word of engineers, no missing value and no broken number is in it, and it fits on a few screens."""
    console = Console(width=80, record=True, file=io.StringIO())
    for part in summary(ran[1]):
        console.print(part)
    text = console.export_text()
    story = text.partition("Where things are")[0]
    jargon = r"\b(?:entity|entities|clusters?|snapshots?|vertex|vertices|traversals?|parquet|null|none|nan|inf)\b"
    assert re.findall(jargon, story, re.IGNORECASE) == []
    assert len(text.splitlines()) <= 160


def test_everything_the_summary_points_to_is_there(ran: tuple[Path, Findings]) -> None:
    """Reports, pictures, tables and the exported segment exist; so does the export's manifest."""
    root, findings = ran
    assert all(place.exists() for place in findings.places.values())
    assert (root / "exports/win-back/manifest.json").is_file()
    assert len(list((root / "pictures").glob("*.png"))) >= 3


def test_the_findings_are_plain_values(ran: tuple[Path, Findings]) -> None:
    """They can be written as JSON, paths as text."""
    written = msgspec.json.decode(msgspec.json.encode(ran[1], enc_hook=str))
    assert written["agreement"]["people"] == 300
    assert isinstance(written["household"][0], int)


def test_a_folder_that_is_no_demo_is_left_alone(tmp_path: Path) -> None:
    """The demo replaces an earlier demo and nothing else."""
    (tmp_path / "precious.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(ConflictError, match="no demo"):
        make_workspace(tmp_path, 200)
    assert [path.name for path in tmp_path.iterdir()] == ["precious.txt"]


def test_an_earlier_demo_is_replaced(tmp_path: Path) -> None:
    """Making it again gives the same files."""
    make_workspace(tmp_path, 200)
    first = {path: path.read_bytes() for path in sorted(tmp_path.rglob("*")) if path.is_file()}
    (tmp_path / "lake").mkdir()
    make_workspace(tmp_path, 200)
    assert {path: path.read_bytes() for path in sorted(tmp_path.rglob("*")) if path.is_file()} == first
    assert not (tmp_path / "lake").exists()


def test_the_settings_and_segments_are_valid() -> None:
    """The demo's c360.toml and segment definitions pass the checks that a user's do."""
    settings = parse_settings(DEMO_SETTINGS, WorkspaceSettings, name="c360.toml", environment={})
    assert len(settings.sources) == 17
    assert all(parse(tree) for tree in SEGMENTS.values())
