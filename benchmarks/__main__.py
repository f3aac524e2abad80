"""`make bench`: match every labelled set with one default, and write down accuracy, time and memory.

`C360_DATA` names the folder with the sets. Each is resolved by the command a user would type, in a process of its own.
Results go to `benchmarks/results/resolution.json`; `tools/reference.py` makes `docs/reference/accuracy.md` of them.
"""

import json
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path

from benchmarks.process import Measured, run_command
from benchmarks.surroundings import data_folder, keep, machine, today

ROOT = Path(__file__).parents[1]
RESULTS = ROOT / "benchmarks" / "results" / "resolution.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledSet:
    """A labelled set: its files, what names a row, and where the truth is (never shown to `resolve`).

    Attributes:
        name: what the table calls it.
        use: tune (looked at while the engine was made) or report (never).
        files: globs below the data folder.
        resolve: arguments of `c360 resolve`.
        truth: globs of the files with the label.
        evaluate: arguments of `c360 evaluate`.
    """

    name: str
    use: str
    files: tuple[str, ...]
    resolve: tuple[str, ...]
    truth: tuple[str, ...]
    evaluate: tuple[str, ...]


FEBRL = ("--label", "rec_id", "--id", "rec_id", "--label-pattern", r"rec-(\d+)-")
SENZING = ("customers.csv", "reference.csv", "watchlist.csv")
SETS = (
    LabelledSet(
        name="historical_50k",
        use="tune",
        files=("historical_50k/*.parquet",),
        resolve=("--id", "unique_id", "--ignore", "cluster"),
        truth=("historical_50k/*.parquet",),
        evaluate=("--label", "cluster", "--id", "unique_id"),
    ),
    LabelledSet(
        name="multisource_114k",
        use="tune",
        files=("multisource_114k/records.parquet",),
        resolve=("--id", "record_id", "--source", "source"),
        truth=("multisource_114k/truth.parquet",),
        evaluate=("--label", "simulant_id", "--id", "record_id"),
    ),
    LabelledSet(
        name="census_cis",
        use="report",
        files=("census_cis/*.parquet",),
        resolve=("--id", "census_id", "--id", "cis_id", "--ignore", "person_id"),
        truth=("census_cis/*.parquet",),
        evaluate=("--label", "person_id", "--id", "census_id", "--id", "cis_id"),
    ),
    LabelledSet(
        name="febrl3",
        use="smoke",
        files=("febrl/dataset3.csv",),
        resolve=("--id", "rec_id"),
        truth=("febrl/dataset3.csv",),
        evaluate=FEBRL,
    ),
    LabelledSet(
        name="febrl4",
        use="smoke",
        files=("febrl/dataset4?.csv",),
        resolve=("--id", "rec_id"),
        truth=("febrl/dataset4?.csv",),
        evaluate=FEBRL,
    ),
    LabelledSet(
        name="senzing_truthset",
        use="smoke",
        files=tuple(f"senzing_truthset/{name}" for name in SENZING),
        resolve=("--id", "RECORD_ID", "--source", "DATA_SOURCE"),
        truth=("senzing_truthset/actual_truthset_key.csv",),
        evaluate=("--label", "CLUSTER_ID", "--id", "RECORD_ID", "--source", "DATA_SOURCE"),
    ),
    LabelledSet(
        name="customers_1m",
        use="report",
        files=("customers_1m/records.parquet",),
        resolve=("--id", "record_id", "--source", "source"),
        truth=("customers_1m/truth.parquet",),
        evaluate=("--label", "person_id", "--id", "record_id"),
    ),
)


def measure(labelled: LabelledSet, data: Path, folder: Path) -> dict[str, object]:
    """Resolve one set and evaluate it."""
    out = folder / labelled.name
    done = run_command(["resolve", *_paths(data, labelled.files), *labelled.resolve, "--out", str(out)])
    judged = run_command(["evaluate", str(out), *_truth(data, labelled), *labelled.evaluate, "--json"])
    return {"set": labelled.name, "use": labelled.use, **_figures(done), "evaluation": json.loads(judged.output)}


def _truth(data: Path, labelled: LabelledSet) -> list[str]:
    return [word for path in _paths(data, labelled.truth) for word in ("--truth", path)]


def _paths(data: Path, globs: tuple[str, ...]) -> list[str]:
    return [str(path) for pattern in globs for path in sorted(data.glob(pattern))]


def _figures(done: Measured) -> dict[str, float]:
    return {name: value for name, value in asdict(done).items() if name != "output"}


def main(names: list[str]) -> int:
    """Measure the named sets, or all of them."""
    data = data_folder()
    known = [labelled.name for labelled in SETS]
    if not set(names) <= set(known):
        print(f"Name sets of: {', '.join(known)}.", file=sys.stderr)
        return 1
    chosen = [labelled for labelled in SETS if not names or labelled.name in names]
    rows: list[dict[str, object]] = []
    with tempfile.TemporaryDirectory() as folder:
        for labelled in chosen:
            started = time.perf_counter()
            rows.append(measure(labelled, data, Path(folder)))
            print(f"{labelled.name}: {time.perf_counter() - started:.0f} s", file=sys.stderr)
    kept = {
        "date": today(),
        "version": version("customer360-engine"),
        "machine": machine(),
        "sets": rows,
    }
    keep(kept, RESULTS)
    print(json.dumps(kept, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
