"""Candidate recall of blocking: `python -m benchmarks.recall SET…` counts the true pairs that some rule proposes.

`SET:0.2` takes the records of a fifth of the set's people.
`C360_DATA` names the folder with the labelled sets, read as `c360 resolve` reads them. Beside the recall stand the
pairs a record and the number of pairs, so that a change of rules can be seen in all three.
Results: `benchmarks/results/recall.json`.
"""

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from benchmarks.__main__ import SETS, LabelledSet
from benchmarks.surroundings import data_folder, keep, today
from core.progress import Silent
from ingest import PeopleOptions, read_people
from lake.memory import Handed
from resolution import ResolutionSettings
from resolution.blocking.walk import Walk, collect_pairs
from resolution.pipeline import STAGES, Work, compare_pairs

RESULTS = Path(__file__).parent / "results" / "recall.json"
BUDGET = 20
SEED = 1
STEP = 50_000
NAMES = ("historical_50k", "multisource_114k", "customers_1m:0.2")


def measure(labelled: LabelledSet, data: Path, share: float) -> dict[str, object]:
    """Block one set, all of it or the records of a share of its people, and count."""
    files = [path for pattern in labelled.files for path in sorted(data.glob(pattern))]
    words = labelled.resolve
    named = [(words[at], words[at + 1]) for at in range(0, len(words), 2)]
    ids = tuple(value for flag, value in named if flag == "--id")
    options = PeopleOptions(
        id_columns=ids,
        source_column=next((value for flag, value in named if flag == "--source"), None),
        ignore=tuple(value for flag, value in named if flag == "--ignore"),
    )
    records = read_people(files, options).records
    label = _labels(records, labelled, data, ids)
    chosen = np.random.default_rng(SEED).random(int(label.max()) + 1) < share
    records, label = records.filter(pa.array(chosen[label])), label[chosen[label]]
    walk, order = _walk(records)
    label = label[order]
    pairs = reached = 0
    for begin in range(0, len(label), STEP):
        left, right, _ = collect_pairs(walk, np.arange(begin, min(begin + STEP, len(label))))
        pairs += len(left)
        reached += int(((label[left] == label[right]) & (label[left] >= 0)).sum())
    sizes = np.unique(label[label >= 0], return_counts=True)[1]
    true = int((sizes * (sizes - 1) // 2).sum())
    return {
        "set": labelled.name,
        "share": share,
        "records": len(label),
        "pairs": pairs,
        "pairs_a_record": round(pairs / len(label), 2),
        "largest_block": walk.cap,
        "true_pairs": true,
        "recall": round(reached / true, 5),
    }


def _walk(records: pa.Table) -> tuple[Walk, NDArray[np.int32]]:
    """What the stages before comparing propose, and the input row of each coded one."""
    settings = ResolutionSettings(pair_budget=BUDGET)
    work = Work(records=Handed(records), settings=settings, judgements=(), progress=Silent())
    for stage in STAGES[: STAGES.index(compare_pairs)]:
        work = stage(work)
    assert work.blocks is not None
    assert work.encoded is not None
    return work.blocks.walk, work.encoded.order


def _labels(records: pa.Table, labelled: LabelledSet, data: Path, ids: tuple[str, ...]) -> NDArray[np.int64]:
    """The truth of each record as a number, -1 where there is none."""
    paths = [path for pattern in labelled.truth for path in sorted(data.glob(pattern))]
    column = labelled.evaluate[labelled.evaluate.index("--label") + 1]
    told: dict[str, str] = {}
    for path in paths:
        table = pq.read_table(path)
        key = next(name for name in ids if name in table.column_names)
        told |= dict(
            zip(map(str, table.column(key).to_pylist()), map(str, table.column(column).to_pylist()), strict=True)
        )
    found = np.array([told.get(key, "") for key in records.column("source_key").to_pylist()])
    number = np.unique(found, return_inverse=True)[1].astype(np.int64)
    return np.where(found == "", -1, number)


def main(names: tuple[str, ...]) -> int:
    """Measure the named sets; those measured before keep their figures."""
    data = data_folder()
    kept = {_key(entry): entry for entry in json.loads(RESULTS.read_text())["sets"]} if RESULTS.exists() else {}
    for name, _, share in (word.partition(":") for word in names):
        labelled = next(one for one in SETS if one.name == name)
        entry = {**measure(labelled, data, float(share or 1)), "date": today()}
        kept[_key(entry)] = entry
        print(entry, file=sys.stderr)
    found = {
        "budget": BUDGET,
        "sets": [kept[name] for name in sorted(kept)],
    }
    keep(found, RESULTS)
    return 0


def _key(entry: dict[str, Any]) -> tuple[str, float]:
    return entry["set"], entry["share"]


if __name__ == "__main__":
    sys.exit(main(tuple(sys.argv[1:]) or NAMES))
