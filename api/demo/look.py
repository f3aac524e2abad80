"""Look at a demo that has run: ask the lake, the graph and the truth what there is to tell."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, cast

import duckdb
import numpy as np
import pyarrow.parquet as pq

import gremlin_libs
from api.demo import questions
from api.demo.findings import Findings, Group, Moment, Problem, SourceCount, Story, WrittenDown
from api.demo.journeys import campaign_funnel, top_ways
from api.demo.segments import SEGMENTS
from api.policy import Role, mask_value
from api.run import Workspace
from graph import GraphStore
from insight.personas import likeness
from insight.segments import parse, sentence
from resolution.evaluation import Agreement, evaluate

VIEWER: Final = Role.MARKETER
UNKNOWN: Final = "–"
LARGEST_HOUSEHOLD: Final = (
    "g.V().hasLabel('Household').order().by('size', desc).by('uid').limit(1)"
    f".project('size', 'city').by('size').by(coalesce(values('city'), constant('{UNKNOWN}')))"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What the run left to say: where things are and how long they took."""

    places: Mapping[str, Path]
    seconds: Mapping[str, float]


def look(workspace: Workspace, outcome: Outcome) -> Findings:
    """Ask everything the summary shows of the newest snapshot."""
    with workspace.lake.connect(workspace.newest()) as lake:
        records, people, anonymous, claimed = lake.execute(questions.COUNTS).fetchall()[0]
        personas = tuple(
            Group(name=name, people=size, says=says) for name, size, says in _rows(lake, questions.PERSONAS)
        )
        return Findings(
            sources=_sources(lake, tuple(workspace.settings.sources)),
            problems=tuple(Problem(file=f, reason=r, rows=n, kept=k) for f, r, n, k in _rows(lake, questions.PROBLEMS)),
            records=records,
            people=people,
            anonymous=anonymous,
            claimed=claimed,
            agreement=agreement_with_truth(lake, workspace.root / "truth"),
            household=_household(workspace.graph()),
            story=_story(lake),
            segments=_segments(lake),
            personas=personas,
            no_personas="" if personas else _why_no_personas(lake),
            persona_agreement=_persona_agreement(lake, workspace.root / "truth") if personas else None,
            journeys=top_ways(lake),
            funnel=campaign_funnel(lake),
            places=outcome.places,
            seconds=outcome.seconds,
        )


def agreement_with_truth(lake: duckdb.DuckDBPyConnection, truth: Path) -> Agreement:
    """Hold the people that were found against those that were made up."""
    clusters = lake.sql(questions.CLUSTERS).to_arrow_table()
    table = pq.read_table(truth / "people.parquet", columns=["source", "record_id", "person_id"])
    return evaluate(clusters, table.rename_columns(["source", "record_id", "label"])).agreement


def _rows(lake: duckdb.DuckDBPyConnection, query: str) -> list[tuple[Any, ...]]:
    return lake.execute(query).fetchall()


def _sources(lake: duckdb.DuckDBPyConnection, order: tuple[str, ...]) -> tuple[SourceCount, ...]:
    found = {
        str(source): SourceCount(source=str(source), records=records, events=events, rejects=rejects, problems=problems)
        for source, records, events, rejects, problems in lake.execute(questions.SOURCES).fetchall()
    }
    return tuple(found[source] for source in order if source in found)


def _household(store: GraphStore) -> tuple[int, str]:
    """Size and city of the largest household, from the graph."""
    largest = gremlin_libs.parse(LARGEST_HOUSEHOLD, store.g())
    found = cast("list[dict[str, object]]", store.run(largest))
    return (int(cast("int", found[0]["size"])), str(found[0]["city"])) if found else (1, UNKNOWN)


def _story(lake: duckdb.DuckDBPyConnection) -> Story:
    ((entity,),) = lake.execute(questions.PROTAGONIST).fetchall()
    ((events,),) = lake.execute(questions.EVENT_COUNT, [entity]).fetchall()
    moments = [
        Moment(day=day, type=kind, about=about, channel=channel)
        for day, kind, about, channel, _ in lake.execute(questions.MOMENTS, [entity]).fetchall()
    ]
    records = tuple(_masked(*row) for row in lake.execute(questions.WRITTEN_DOWN, [entity]).fetchall())
    return Story(entity_id=entity, records=records, moments=tuple(moments), events=events)


def _masked(source: str, *values: str | None) -> WrittenDown:
    """A record as a marketer sees it."""
    fields = ("givenName", "familyName", "birthDate", "email", "phone", "city")
    seen = [
        mask_value(VIEWER, f"Person.{field}", value) or UNKNOWN for field, value in zip(fields, values, strict=True)
    ]
    return WrittenDown(
        source=source, name=f"{seen[0]} {seen[1]}", born=seen[2], email=seen[3], phone=seen[4], city=seen[5]
    )


def _segments(lake: duckdb.DuckDBPyConnection) -> tuple[Group, ...]:
    sizes = {str(name): size for name, size in lake.execute(questions.SEGMENT_SIZES).fetchall()}
    return tuple(
        Group(name=name, people=sizes.get(name, 0), says=sentence(parse(tree))) for name, tree in SEGMENTS.items()
    )


def _why_no_personas(lake: duckdb.DuckDBPyConnection) -> str:
    return next((str(reason) for (reason,) in _rows(lake, questions.NO_PERSONAS)), "none")


def _persona_agreement(lake: duckdb.DuckDBPyConnection, truth: Path) -> float:
    """Adjusted Rand index of the personas found with the behaviours planted: 0 by chance, 1 if they are the same."""
    for name in ("people", "personas"):
        lake.register(f"truth_{name}", pq.read_table(truth / f"{name}.parquet"))
    pairs = np.array(lake.execute(questions.PERSONA_PAIRS).fetchall(), dtype=np.int64)
    return likeness(pairs[:, 0], pairs[:, 1])
