"""`c360 resolve`: any people tables, no configuration, become clusters, links, a model and a report."""

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import pyarrow as pa
import typer

from api.cli.compare_command import read_model_file
from api.cli.output import print_json
from api.cli.people_tables import column_kinds, report_reading
from api.cli.progress import RichProgress
from api.cli.resolve_output import Inputs, write_resolution
from ingest import PeopleOptions, read_people
from resolution import Resolution, ResolutionSettings, resolve


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolveSummary:
    """What `c360 resolve --json` prints."""

    out: str
    records: int
    people: int
    links: int
    pairs: int
    threshold: float
    rejected: int
    lost_share: float
    notes: tuple[str, ...]


def resolve_command(  # noqa: PLR0913  # every option of the command line is an argument
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="People tables: CSV, JSON lines or Parquet.")],
    *,
    out: Annotated[Path, typer.Option(help="Folder for the results.")],
    id_: Annotated[
        list[str] | None, typer.Option("--id", metavar="COL", help="Unique id; the first each file has.")
    ] = None,
    source: Annotated[str | None, typer.Option(metavar="COL", help="Its value is the source.")] = None,
    ignore: Annotated[list[str] | None, typer.Option(metavar="COL", help="Never evidence, never kept.")] = None,
    map_: Annotated[list[str] | None, typer.Option("--map", metavar="COL=KIND", help="What a column holds.")] = None,
    link_only: Annotated[bool, typer.Option("--link-only", help="No links inside one source.")] = False,
    threshold: Annotated[float | None, typer.Option(min=0, max=1, help="Least probability of a link.")] = None,
    rule: Annotated[
        list[str] | None, typer.Option("--rule", metavar="FIELD+FIELD", help="Own blocking rule, beside the automatic.")
    ] = None,
    only_own_rules: Annotated[bool, typer.Option("--only-own-rules", help="Block by no automatic rule.")] = False,
    model: Annotated[
        Path | None, typer.Option(metavar="FILE", help="A model.json of another run; without it one is learned.")
    ] = None,
    encoding: Annotated[str | None, typer.Option(help="Of text files, when not found by itself: cp1252 …")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Find out which records are of one person, in any people tables and without configuration.

    Writes clusters.parquet, links.parquet, model.json and report.html to the folder.
    """
    options = PeopleOptions(
        id_columns=tuple(id_ or ()),
        source_column=source,
        ignore=tuple(ignore or ()),
        map=column_kinds(map_ or ()),
        encoding=encoding,
    )
    given = read_model_file(model) if model else None
    # Other pools keep what columns have left behind; the system's takes it back, a sixth of the peak.
    pa.set_memory_pool(pa.system_memory_pool())
    with closing(RichProgress()) as progress:
        progress.start("read")
        people = read_people(files, options)
        pa.default_memory_pool().release_unused()
        progress.finish("read", f"{people.records.num_rows:,} records")
        report_reading(people)
        blocking = tuple(tuple(one.split("+")) for one in rule or ())
        settings = ResolutionSettings(
            threshold=threshold, link_only=link_only, blocking=blocking, automatic_blocking=not only_own_rules
        )
        resolution = resolve(people.records, settings, model=given, progress=progress)
        write_resolution(out, people, resolution, Inputs.of(files, options, settings))
    summary = _summary(out, resolution, people.rejects.num_rows)
    if json:
        print_json(summary)
    else:
        typer.echo(f"{summary.records:,} records are {summary.people:,} people; {summary.links:,} links.")
        for note in summary.notes:
            typer.echo(f"Note: {note}")
        typer.echo(f"Report: {out / 'report.html'}")


def _summary(out: Path, resolution: Resolution, rejected: int) -> ResolveSummary:
    report = resolution.report
    return ResolveSummary(
        out=str(out),
        records=report.records,
        people=report.clusters,
        links=report.links,
        pairs=report.pairs,
        threshold=resolution.model.threshold,
        rejected=rejected,
        lost_share=report.lost_share,
        notes=report.notes,
    )
