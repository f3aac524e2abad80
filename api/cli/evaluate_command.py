"""`c360 evaluate`: how right clusters are, against truth from elsewhere."""

from pathlib import Path
from typing import Annotated

import pyarrow.parquet as pq
import typer
from rich.console import Console
from rich.table import Table

from api.cli.output import print_json
from api.cli.resolve_output import CLUSTERS, need
from core.errors import BadInputError, MissingError
from resolution import Evaluation, evaluate
from resolution.evaluation import TruthOptions, read_truth

COLUMNS = ["source", "record_id", "entity_id"]


def evaluate_command(  # noqa: PLR0913  # every option of the command line is an argument
    clusters: Annotated[list[Path], typer.Argument(metavar="CLUSTERS", help="A resolve's folder or clusters.parquet.")],
    *,
    truth: Annotated[list[Path], typer.Option(metavar="FILE...", help="Files that say who is who.")],
    label: Annotated[str, typer.Option(metavar="COL", help="The column that names the person.")],
    id_: Annotated[
        list[str] | None, typer.Option("--id", metavar="COL", help="Record id; the first each file has.")
    ] = None,
    source: Annotated[str | None, typer.Option(metavar="COL", help="The column that names the source.")] = None,
    label_pattern: Annotated[str | None, typer.Option(metavar="REGEX", help="Group 1 is the label.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Measure clusters against truth: pairwise and B-cubed precision, recall and F1.

    Records without a label are left out and counted. Labelled records that the clusters lack are singletons, counted.
    Several truth files may follow one `--truth`.
    """
    found, more = _part(clusters)
    options = TruthOptions(label=label, id_columns=tuple(id_ or ()), source_column=source, label_pattern=label_pattern)
    file = need(found, CLUSTERS) if found.is_dir() else found
    evaluation = evaluate(pq.read_table(file, columns=COLUMNS), read_truth([*truth, *more], options))
    if json:
        print_json(evaluation)
    else:
        _show(evaluation)


def _part(paths: list[Path]) -> tuple[Path, list[Path]]:
    """Tell the clusters from truth files that came without a `--truth` of their own."""
    found = next((path for path in paths if _is_clusters(path)), None)
    if found is not None:
        return found, [path for path in paths if path != found]
    for path in paths:
        if not path.exists():
            raise MissingError(f"There is no {path}.", remedy="Check the path.", file=str(path))
    raise BadInputError(
        "No clusters are named.", remedy="Name a folder that `c360 resolve` wrote, or its clusters.parquet."
    )


def _is_clusters(path: Path) -> bool:
    if path.is_dir():
        return True
    return path.suffix == ".parquet" and path.is_file() and set(COLUMNS) <= set(pq.read_schema(path).names)


def _show(evaluation: Evaluation) -> None:
    """Print the figures as a table for people."""
    agreement = evaluation.agreement
    table = Table(title="Clusters against truth", title_justify="left")
    for name in ("", "precision", "recall", "F1"):
        table.add_column(name, justify="right" if name else "left")
    table.add_row("pairs", *(f"{part:.4f}" for part in (agreement.precision, agreement.recall, agreement.f1)))
    table.add_row("B³", *(f"{part:.4f}" for part in (agreement.b3_precision, agreement.b3_recall, agreement.b3_f1)))
    console = Console()
    console.print(table)
    console.print(
        f"{agreement.clusters:,} clusters, {agreement.people:,} people; {agreement.exact:,} exactly right, "
        f"{agreement.mixed:,} clusters mix people, {agreement.scattered:,} people are scattered.",
        highlight=False,
    )
    console.print(
        f"{evaluation.labelled:,} of {evaluation.records:,} records have a label; {evaluation.unlabelled:,} without "
        f"are left out; {evaluation.absent:,} labelled records are absent and count as singletons.",
        highlight=False,
    )
