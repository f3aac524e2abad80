"""`c360 resolve`: any people tables, no configuration, become clusters, links, a model and a report."""

from pathlib import Path
from typing import Annotated

import typer

from api.cli.output import print_json


def resolve_command(  # noqa: PLR0913  # every option of the command line is an argument
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="People tables: CSV, JSON lines, Parquet or Excel.")
    ],
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
    labels: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Judged pairs (left, right, match), or see --label.")
    ] = None,
    label: Annotated[
        str | None, typer.Option(metavar="COL", help="Column of the labels that names the person.")
    ] = None,
    encoding: Annotated[
        list[str] | None,
        typer.Option(metavar="[FILE=]ENCODING", help="Of one file or all, when not found by itself: cp1251 …"),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Find out which records are of one person, in any people tables and without configuration.

    Writes clusters.parquet, links.parquet, model.json and report.html to the folder, and the rows that could not be
    used to rejects.parquet.
    """
    # All that resolves loads here, so that help comes at once.
    from api.cli.people_tables import column_kinds, encodings_of
    from api.cli.resolve_run import Learned, resolve_files
    from ingest import PeopleOptions
    from resolution import ResolutionSettings

    if label and not labels:
        raise typer.BadParameter("A column of labels needs the file that has it: --labels.", param_hint="--label")
    every, encodings = encodings_of(encoding or ())
    options = PeopleOptions(
        id_columns=tuple(id_ or ()),
        source_column=source,
        ignore=tuple(ignore or ()),
        map=column_kinds(map_ or ()),
        encoding=every,
        encodings=encodings,
    )
    settings = ResolutionSettings(
        threshold=threshold,
        link_only=link_only,
        blocking=tuple(tuple(one.split("+")) for one in rule or ()),
        automatic_blocking=not only_own_rules,
    )
    learned = Learned(model=model, labels=labels, label=label or "")
    summary = resolve_files(files, out, options, settings, learned)
    if json:
        print_json(summary)
        return
    links = "link" if summary.links == 1 else "links"
    typer.echo(f"{summary.records:,} records are {summary.people:,} people; {summary.links:,} {links}.")
    for note in summary.notes:
        typer.echo(f"Note: {note}")
    typer.echo(f"Report: {out / 'report.html'}")
