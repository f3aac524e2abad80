"""What `c360 resolve` does once its arguments are read: tables in, a folder of results out."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import typer

from api.cli.compare_command import read_model_file
from api.cli.output import check_folder
from api.cli.people_tables import report_reading
from api.cli.progress import RichProgress
from api.cli.resolve_output import REJECTED, Inputs, write_resolution
from ingest import PeopleOptions, read_people
from lake.memory import give_back, use_one_heap
from resolution import Resolution, ResolutionSettings, resolve
from resolution.compiled import load_kept
from resolution.evaluation import TruthOptions, read_labels

KEPT: Final = ("record_id", "source", "source_key")
"""Columns of the records that the results name; the others are let go once they are coded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolveSummary:
    """What `c360 resolve --json` prints.

    `estimated_matches` are pairs of records of one person, in clusters and between them, copies of a record among them.
    """

    out: str
    records: int
    people: int
    links: int
    pairs: int
    estimated_matches: float
    threshold: float
    rejected: int
    lost_share: float
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """Where a model comes from, if not from the records alone.

    Attributes:
        model: a model.json of another run.
        labels: a file of judged pairs, or of people where `label` is set.
        label: the column of the labels that names the person.
    """

    model: Path | None = None
    labels: Path | None = None
    label: str = ""


def resolve_files(
    files: Sequence[Path], out: Path, options: PeopleOptions, settings: ResolutionSettings, learned: Learned
) -> ResolveSummary:
    """Resolve people tables and write the results to a folder.

    Args:
        files: the tables.
        out: the folder.
        options: how to read them.
        settings: how to resolve them.
        learned: where the model comes from.
    """
    check_folder(out)
    given = read_model_file(learned.model) if learned.model else None
    said = TruthOptions(label=learned.label, id_columns=options.id_columns, source_column=options.source_column)
    use_one_heap()
    with closing(RichProgress()) as progress, ThreadPoolExecutor(1) as beside:
        beside.submit(load_kept)
        progress.start("read")
        people = read_people(files, options)
        give_back()
        progress.finish("read", f"{people.records.num_rows:,} records")
        report_reading(people)
        judged = read_labels(learned.labels, people.records, said) if learned.labels else None
        records = [people.records]
        people = replace(people, records=people.records.select(KEPT))
        resolution = resolve(records.pop(), settings, model=given, labels=judged, progress=progress)
        write_resolution(out, people, resolution, Inputs.of(files, options, settings))
    if people.rejects.num_rows:
        typer.echo(f"Every row that could not be used: {out / REJECTED}", err=True)
    return _summary(out, resolution, people.rejects.num_rows)


def _summary(out: Path, resolution: Resolution, rejected: int) -> ResolveSummary:
    report = resolution.report
    return ResolveSummary(
        out=str(out),
        records=report.records,
        people=report.clusters,
        links=report.links,
        pairs=report.pairs,
        estimated_matches=report.estimated_matches,
        threshold=resolution.model.threshold,
        rejected=rejected,
        lost_share=report.lost_share,
        notes=report.notes,
    )
