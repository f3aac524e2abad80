"""A finished resolve looked into again: its records read, its candidate pairs weighed, by its own model."""

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from api.cli.progress import RichProgress
from api.cli.resolve_output import Inputs, read_inputs, read_model
from core.errors import BadInputError, ConflictError
from ingest import read_people
from resolution import MatchModel
from resolution.evaluation import (
    Breakdown,
    Candidates,
    Matched,
    Sweep,
    break_down,
    draw_sample,
    sweep,
    weigh_candidates,
    write_sample,
)

SAMPLE: Final = "sample.csv"
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """A finished run.

    Attributes:
        folder: what it wrote.
        inputs: what it read, and how.
        records: the records, read again.
        model: its model.
        cluster: shape (records,). Cluster of each record, from 0.
        rows: shape (clusters table,). The record of each row.
    """

    folder: Path
    inputs: Inputs
    records: pa.Table
    model: MatchModel
    cluster: Ints
    rows: Ints

    def candidates(self) -> Candidates:
        """Its candidate pairs, weighed again."""
        with closing(RichProgress()) as progress:
            return weigh_candidates(self.records, self.inputs.settings, self.model, progress)


def open_finished(folder: Path, clusters: pa.Table) -> Finished:
    """Read a run's records and model again.

    Args:
        folder: what `c360 resolve` wrote.
        clusters: its clusters.

    Raises:
        BadInputError: the files have changed since.
    """
    inputs = read_inputs(folder)
    records = read_people([Path(file) for file in inputs.files], inputs.options()).records
    ids = pc.binary_join_element_wise(clusters.column("source"), clusters.column("record_id"), ":")
    rows = pc.index_in(ids, value_set=records.column("record_id")).combine_chunks()
    if rows.null_count or len(rows) != records.num_rows:
        raise BadInputError("The files have changed since the run.", remedy="Run `c360 resolve` again.")
    places = np.asarray(rows, np.int64)
    cluster = np.empty(records.num_rows, np.int64)
    cluster[places] = np.unique(np.asarray(clusters.column("entity_id").to_pylist()), return_inverse=True)[1]
    return Finished(
        folder=folder, inputs=inputs, records=records, model=read_model(folder), cluster=cluster, rows=places
    )


def break_down_run(run: Finished, matched: Matched) -> Breakdown:
    """Say where the run errs, over the labelled records that it holds."""
    there = matched.place >= 0
    cluster, person = (_renumbered(each[there]) for each in (matched.cluster, matched.person))
    return break_down(run.records, run.model, cluster, person, run.rows[matched.place[there]])


def sweep_run(run: Finished, matched: Matched, picture: Path) -> Sweep:
    """Measure every threshold, and draw it."""
    from resolution.evaluation.figures import sweep_figure, write_figure

    there = matched.place >= 0
    person = np.full(run.records.num_rows, -1, np.int64)
    person[run.rows[matched.place[there]]] = _renumbered(matched.person[there])
    found = sweep(run.candidates(), person)
    write_figure(picture, sweep_figure(found, run.model.threshold))
    return found


def write_review_sample(run: Finished, pairs: int) -> Path:
    """Write pairs to review into the run's folder.

    Raises:
        ConflictError: there is a sample already; somebody may be filling it in.
    """
    path = run.folder / SAMPLE
    if path.exists():
        raise ConflictError(f"{path} is there already.", remedy="Move it, or delete it.", file=str(path))
    write_sample(path, run.records, draw_sample(run.candidates(), run.cluster, pairs))
    return path


def _renumbered(codes: Ints) -> Ints:
    return np.unique(codes, return_inverse=True)[1].astype(np.int64)
