"""Pictures: written where asked, the same bytes for the same facts, and the layout of process maps."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from insight.journeys.layout import process_map
from insight.pictures import draw_personas, draw_process, draw_segments
from insight.pictures.charts import span
from insight.pictures.labels import Rectangle, place_labels

FLOW = pa.table(
    {
        "from_step": [None, "view", "order", "view", "view"],
        "to_step": ["view", "order", "visit", "view", None],
        "transitions": [9, 6, 2, 1, 1],
        "median_s": [None, 60.0, 90_000.0, 5.0, None],
    }
)
STEPS = pa.table({"step": ["view", "order", "visit"], "touchpoints": [10, 6, 2]})


def test_a_process_map_goes_round_from_the_first_step() -> None:
    """Steps stand in the order in which they follow; repeats, beginnings and ends are no arrows."""
    found = process_map(FLOW, STEPS)
    assert [node.step for node in found.nodes] == ["view", "order", "visit"]
    assert [(arrow.source, arrow.target) for arrow in found.arrows] == [("view", "order"), ("order", "visit")]
    assert [node.begins for node in found.nodes] == [9, 0, 0]


@pytest.mark.parametrize("suffix", [".png", ".svg"])
def test_the_same_facts_give_the_same_bytes(tmp_path: Path, suffix: str) -> None:
    """Pictures are deterministic, so that an unchanged run changes no file."""
    points, labels = np.array([[0.0, 1.0], [1.0, 0.0], [2.0, 2.0]]), np.array([0, 0, 1])
    drawn = [
        [
            draw_personas(tmp_path / f"{turn}p{suffix}", points, labels, ["Big", "Small"]).read_bytes(),
            draw_segments(tmp_path / f"{turn}s{suffix}", [("Loyal", 3), ("Lapsed", 1)], 10).read_bytes(),
            draw_process(tmp_path / f"{turn}f{suffix}", process_map(FLOW, STEPS)).read_bytes(),
        ]
        for turn in range(2)
    ]
    assert drawn[0] == drawn[1]
    assert all(len(picture) > 5000 for picture in drawn[0])


def test_a_length_of_time_is_said_in_its_unit() -> None:
    """Nobody has to divide seconds."""
    assert [span(value) for value in (0, 45, 5400, 3 * 86_400, 400 * 86_400)] == [
        "0 s",
        "45 s",
        "1.5 h",
        "3 days",
        "1.1 years",
    ]


def test_one_of_a_unit_is_said_as_one() -> None:
    """A month is no months, and what rounds to one is one."""
    assert [span(value) for value in (1, 3600, 86_400, 31 * 86_400, 370 * 86_400)] == [
        "1 s",
        "1 h",
        "1 day",
        "1 month",
        "1 year",
    ]


def test_labels_stand_where_there_is_room() -> None:
    """A label takes its best place, or the best that is free; where none is, the one that hides least."""
    one, other = Rectangle(0, 0, 2, 1), Rectangle(5, 0, 2, 1)
    half = Rectangle(1, 0, 2, 1)
    assert place_labels([(one, other), (one, other), (half, one)], []) == [one, other, half]
    assert place_labels([(one, half)], [other]) == [one]
    assert one.covers(half) == 1
    assert one.covers(other) == 0
