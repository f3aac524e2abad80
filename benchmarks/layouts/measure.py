"""One layout through `c360 resolve` as it comes, and what its clusters are worth."""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from benchmarks.layouts.files import Made, write
from benchmarks.process import run
from benchmarks.rivals.score import measured
from resolution.evaluation import Agreement


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """What came of a layout.

    Attributes:
        rows: records of all files.
        files: how many.
        matches: pairs of records that are one person.
        found: pairs in the clusters; none when the command failed, as all below.
        f1: pairwise.
        precision: pairwise.
        recall: pairwise.
        b3_f1: of records.
        estimated: pairs of one person as the run estimates them.
        wall_s: seconds of the command.
    """

    rows: int
    files: int
    matches: int
    found: int | None = None
    f1: float | None = None
    precision: float | None = None
    recall: float | None = None
    b3_f1: float | None = None
    estimated: float | None = None
    wall_s: float | None = None


def command(found: Made, paths: list[Path], out: Path) -> list[str]:
    """The arguments of `c360`: files, what names a row, the source where there is one; nothing else."""
    keys = dict.fromkeys(file.key for file in found.files)
    words = ["resolve", *map(str, paths), *(word for key in keys for word in ("--id", key))]
    return [*words, *(("--source", found.source) if found.source else ()), "--out", str(out), "--json"]


def measure(found: Made, folder: Path, program: list[str]) -> Score:
    """Write a layout below the folder, resolve it, and compare with its truth.

    Args:
        found: the layout.
        folder: holds the files, `out`, and what the command said as `messages.txt`.
        program: the words that start `c360`.
    """
    paths = write(found, folder)
    truth = pq.read_table(folder / "truth.parquet")
    rows, matches = len(truth), _pairs(truth.column("person"))
    out = folder / "out"
    done = run([*program, *command(found, paths, out)], limit_s=300, log=folder / "messages.txt")
    if done is None:
        return Score(rows=rows, files=len(paths), matches=matches)
    agreed = _agreement(truth, pq.read_table(out / "clusters.parquet"))
    return Score(
        rows=rows,
        files=len(paths),
        matches=matches,
        found=agreed.pairs_predicted,
        f1=round(agreed.f1, 4),
        precision=round(agreed.precision, 4),
        recall=round(agreed.recall, 4),
        b3_f1=round(agreed.b3_f1, 4),
        estimated=round(json.loads(done.output)["estimated_matches"], 1),
        wall_s=done.wall_s,
    )


def _pairs(person: pa.ChunkedArray) -> int:
    counts = np.asarray(pc.value_counts(person).field("counts"), np.int64)
    return int((counts * (counts - 1) // 2).sum())


def _agreement(truth: pa.Table, clusters: pa.Table) -> Agreement:
    """A record that the clusters lack stands alone."""
    place = np.asarray(pc.index_in(truth.column("record_id"), value_set=clusters.column("record_id")).fill_null(-1))
    entity = np.unique(np.asarray(clusters.column("entity_id").to_pylist()), return_inverse=True)[1].astype(np.int64)
    alone = np.arange(len(place)) + len(entity)
    cluster = np.where(place >= 0, entity[place], alone) if len(entity) else alone
    return measured(cluster.astype(np.int64), np.asarray(truth.column("person"), np.int64))
