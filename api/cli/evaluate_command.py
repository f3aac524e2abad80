"""`c360 evaluate`: how right clusters are, against truth, by a reviewed sample, or against another run."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import typer

from api.cli import evaluate_options as options
from api.cli.evaluate_output import Evaluated, show
from api.cli.evaluate_run import break_down_run, open_finished, sweep_run, write_review_sample
from api.cli.evidence import open_evidence
from api.cli.options import As
from api.cli.output import print_json
from core.errors import BadInputError, MissingError
from resolution.evaluation import (
    TruthOptions,
    compare_runs,
    estimates,
    match_truth,
    measure,
    read_reviewed,
    read_truth,
)

COLUMNS = ["source", "record_id", "entity_id"]


def evaluate_command(  # noqa: PLR0913  # every option of the command line is an argument
    clusters: options.Clusters,
    *,
    truth: options.Truth = None,
    label: options.Label = None,
    id_: options.Id = None,
    source: options.Source = None,
    label_pattern: options.LabelPattern = None,
    errors: options.Errors = False,
    sweep: options.SweepTo = None,
    sample: options.SampleSize = None,
    reviewed: options.Reviewed = None,
    against: options.Against = None,
    as_: As = None,
    json: options.Json = False,
) -> None:
    """Measure clusters: by pairs, records (B-cubed), whole clusters and variation of information.

    Against truth, records without a label are left out and counted; labelled records that the clusters lack are
    singletons, counted. Several truth files may follow one `--truth`. Without truth, have a sample reviewed, or compare
    two runs.
    """
    found, more = _part(clusters)
    files = [*(truth or ()), *more]
    if files and label is None:
        raise typer.BadParameter("Truth needs the column that names the person.", param_hint="--label")
    if not files and not (sample or reviewed or against):
        raise typer.BadParameter("Give --truth, --sample, --reviewed or --against.")
    if (errors or sweep) and not files:
        raise typer.BadParameter("--errors and --sweep need --truth.")
    table = _read_clusters(found)
    said = TruthOptions(
        label=label or "", id_columns=tuple(id_ or ()), source_column=source, label_pattern=label_pattern
    )
    matched = match_truth(table, read_truth(files, said)) if files else None
    run = open_finished(_folder(found), table, as_) if errors or sweep or sample else None
    answer = Evaluated(
        evaluation=measure(matched, table) if matched else None,
        breakdown=break_down_run(run, matched) if run and matched and errors else None,
        sweep=sweep_run(run, matched, sweep) if run and matched and sweep else None,
        estimates=estimates(read_reviewed(reviewed)) if reviewed else None,
        changes=compare_runs(table, _earlier(found, against)) if against else None,
        sample=write_review_sample(run, sample) if run and sample else None,
    )
    if json:
        print_json(answer.as_json())
    else:
        show(answer)


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


def _read_clusters(path: Path) -> pa.Table:
    """The clusters of a folder, a workspace or a file."""
    if path.is_dir():
        return open_evidence(path, "evaluate").clusters()
    if not _is_clusters(path):
        raise MissingError(f"{path} holds no clusters.", remedy="Name a folder that `c360 resolve` wrote.")
    return pq.read_table(path, columns=COLUMNS)


def _earlier(clusters: Path, against: Path) -> pa.Table:
    """The clusters of another folder, workspace or file; of an earlier run, where a workspace's is named."""
    if against.exists() or not clusters.is_dir():
        return _read_clusters(against)
    return open_evidence(clusters, "evaluate").clusters(str(against))


def _folder(path: Path) -> Path:
    """The folder of a run, which knows its files and its model."""
    return path if path.is_dir() else path.parent
