"""The demo's own files, mapped by looking: what its makers wrote down by hand is proposed, but for a short list."""

import tomllib
from pathlib import Path
from typing import Final

import msgspec
import pytest

from api.demo.export import write_sources
from api.demo.generate import generate
from api.demo.settings_text import DEMO_SETTINGS
from ingest import MapOptions, Proposal, SourceSettings, propose_mapping

BLOCKS: Final = msgspec.convert(tomllib.loads(DEMO_SETTINGS)["sources"], dict[str, SourceSettings])
FILES: Final = {name: block for name, block in BLOCKS.items() if block.type == "files"}
PEOPLE: Final = sorted(name for name, block in FILES.items() if block.content == "people")
EVENTS: Final = sorted(name for name, block in FILES.items() if block.content != "people")
# The channel is no part here: nothing in a file says over which all of it came.
PARTS: Final = ("content", "kind", "key", "observed_at", "at", "type_column", "event_type", "about", "value", "cost")
CANNOT_BE_GUESSED: Final = {
    ("web_shop", "loyaltyCard"): "that every card is of one programme, whatever each system calls it",
    ("loyalty", "card_number"): "the same",
    ("claims", "rewards_card"): "the same",
    ("outreach", "card"): "the same",
    ("loyalty", "suffix"): "what a column will hold in which nobody has anything yet",
    ("claims", "kind"): "that members of a health plan are patients: nothing in their file speaks of care",
    ("claims_lines", "kind"): "that the demo's block leaves open whose diagnoses these are: a patient's is proposed",
    ("web_activity", "event_type"): "that pages seen are called views",
}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with the seven systems' files."""
    folder = tmp_path_factory.mktemp("demo")
    write_sources(generate(1_000), folder / "sources")
    return folder


@pytest.fixture(scope="module")
def people(root: Path) -> dict[str, Proposal]:
    """The people files, each mapped by itself."""
    return {name: proposed(root, name) for name in PEOPLE}


def proposed(root: Path, name: str, known: dict[str, SourceSettings] | None = None) -> Proposal:
    """What is proposed for the file of a source."""
    path = FILES[name].path
    assert isinstance(path, str)
    return propose_mapping(root / path, root=root, known=known, options=MapOptions(name=name))


def differences(name: str, found: SourceSettings) -> set[tuple[str, str]]:
    """The parts and columns that the proposal reads in another way than the demo's own block."""
    block = BLOCKS[name]
    parts = {part for part in PARTS if getattr(found, part) != getattr(block, part)}
    columns = {one for one in block.fields | found.fields if block.fields.get(one) != found.fields.get(one)}
    return {(name, one) for one in parts | columns}


def test_people_are_proposed_as_they_were_written_down(people: dict[str, Proposal]) -> None:
    """The same key, kind and time, and the same kind of every column; only what nobody could guess differs."""
    found = {one for name, proposal in people.items() for one in differences(name, proposal.settings)}
    assert found == {(name, one) for name, one in CANNOT_BE_GUESSED if name in PEOPLE}
    assert {name for name, proposal in people.items() if proposal.rejected} == {"crm", "web_shop"}


@pytest.mark.parametrize("name", EVENTS)
def test_events_are_proposed_for_the_right_owner(root: Path, people: dict[str, Proposal], name: str) -> None:
    """Whose each event is, when it happened and what it was, beside the five people files and the patients' table."""
    known = {one: proposal.settings for one, proposal in people.items()} | {"ehr": BLOCKS["ehr"]}
    proposal = proposed(root, name, known)
    assert (proposal.settings.who, proposal.unread) == (BLOCKS[name].who, ())
    assert differences(name, proposal.settings) == {one for one in CANNOT_BE_GUESSED if one[0] == name}
