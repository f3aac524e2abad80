"""The demo's pictures: how large the segments are, which ways people take, and how far personas lie apart."""

from datetime import datetime
from pathlib import Path
from typing import Final

import duckdb
import numpy as np

from api.demo import questions
from insight.journeys import JourneyOptions, flow, steps
from insight.personas import on_a_plane, read_features
from insight.pictures import draw_personas, draw_process, draw_segments, process_map

SHOPPING: Final = ("message_sent", "message_opened", "message_clicked", "view", "order", "purchase")
CARING: Final = ("visit", "condition", "medication", "observation", "claim")


def draw_pictures(lake: duckdb.DuckDBPyConnection, now: datetime, folder: Path, people: int) -> tuple[Path, ...]:
    """Draw everything the newest snapshot has to show, below the folder; as PNG, by the same data the same bytes.

    Args:
        lake: views of the snapshot.
        now: its clock.
        folder: where to; made if need be.
        people: how many were found, browsers and wearables of nobody known included.
    """
    sizes = lake.execute(questions.SEGMENT_SIZES).fetchall()
    drawn = [draw_segments(folder / "segments.png", [(str(name), int(size)) for name, size in sizes], people)]
    for name, types in (("shopping", SHOPPING), ("care", CARING)):
        options = JourneyOptions(types=types, collapse=True)
        process = process_map(flow(lake, options), steps(lake, options))
        drawn.append(draw_process(folder / f"{name}.png", process, f"Journeys: {name}"))
    personas = _draw_personas(lake, now, folder / "personas.png")
    return (*drawn, *personas)


def _draw_personas(lake: duckdb.DuckDBPyConnection, now: datetime, path: Path) -> tuple[Path, ...]:
    """People on a plane, coloured by persona; nothing where there are none."""
    found = lake.execute("SELECT persona_id, name FROM personas ORDER BY size DESC, persona_id").fetchall()
    if not found:
        return ()
    place = {str(persona): turn for turn, (persona, _) in enumerate(found)}
    persona_of = dict(lake.execute("SELECT entity_id, persona_id FROM persona_members").fetchall())
    table = read_features(lake, now)
    points, shares = on_a_plane(table)
    labels = np.array([place.get(str(persona_of.get(entity)), -1) for entity in table.entity_ids], dtype=np.int64)
    return (draw_personas(path, points, labels, [str(name) for _, name in found], shares),)
