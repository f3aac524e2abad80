"""A finished resolve looked into again: its records read, its candidate pairs weighed, by its own model."""

from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from api.cli.contract import Evidence
from api.cli.evidence import open_evidence
from api.cli.progress import RichProgress
from core.errors import BadInputError, ConflictError
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
        evidence: where it is.
        folder: the same, where a sample goes.
        who: who reads, for the audit log of a workspace.
        records: the records, read again.
        model: its model.
        cluster: shape (records,). Cluster of each record, from 0.
        rows: shape (clusters table,). The record of each row.
    """

    evidence: Evidence
    folder: Path
    who: str | None
    records: pa.Table
    model: MatchModel
    cluster: Ints
    rows: Ints

    def candidates(self) -> Candidates:
        """Its candidate pairs, weighed again."""
        evidence = self.evidence
        with closing(RichProgress()) as progress:
            return weigh_candidates(
                self.records, evidence.settings(), self.model, judgements=evidence.judgements(), progress=progress
            )

    def tell(self, records: Iterable[str]) -> None:
        """Write down that somebody is told about the people of these records."""
        self.evidence.tell(sorted(set(records)), self.who)


def open_finished(folder: Path, clusters: pa.Table, who: str | None) -> Finished:
    """Read a run's records and model again.

    Args:
        folder: what `c360 resolve` wrote, or a workspace.
        clusters: its clusters.
        who: who reads.

    Raises:
        BadInputError: the files have changed since.
    """
    evidence = open_evidence(folder, "evaluate")
    records = evidence.records()
    ids = pc.binary_join_element_wise(clusters.column("source"), clusters.column("record_id"), ":")
    rows = pc.index_in(ids, value_set=records.column("record_id")).combine_chunks()
    if rows.null_count or len(rows) != records.num_rows:
        raise BadInputError("The files have changed since the run.", remedy="Run `c360 resolve` again.")
    places = np.asarray(rows, np.int64)
    cluster = np.empty(records.num_rows, np.int64)
    cluster[places] = np.unique(np.asarray(clusters.column("entity_id").to_pylist()), return_inverse=True)[1]
    return Finished(
        evidence=evidence,
        folder=folder,
        who=who,
        records=records,
        model=evidence.model(),
        cluster=cluster,
        rows=places,
    )


def break_down_run(run: Finished, matched: Matched) -> Breakdown:
    """Say where the run errs, over the labelled records that it holds."""
    there = matched.place >= 0
    cluster, person = (_renumbered(each[there]) for each in (matched.cluster, matched.person))
    found = break_down(run.records, run.model, cluster, person, run.rows[matched.place[there]])
    run.tell(end for kind in (found.merged, found.split) for one in kind.patterns for end in (one.left, one.right))
    return found


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
    drawn = draw_sample(run.candidates(), run.cluster, pairs)
    rows = np.union1d(drawn.left, drawn.right)
    run.tell(run.records.column("record_id").take(pa.array(rows)).to_pylist())
    write_sample(path, run.records, drawn)
    return path


def _renumbered(codes: Ints) -> Ints:
    return np.unique(codes, return_inverse=True)[1].astype(np.int64)
